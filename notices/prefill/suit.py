"""D-42 and D-44 to D-49: what announcement, review and claims already say of ending or bringing a suit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from cases.models import Case, Event, Lead
from cases.models.matter import Track
from cases.selectors.events import corrected, latest, reference_of, standing_since
from documents.numerals import chinese_date
from evidence.facts import FactGroup
from evidence.models import Exhibit
from litigation import rounds
from litigation import selectors as litigation
from litigation.forms.claims import defendants_of, standing_claims
from litigation.forms.review import Intention, Replier
from litigation.models import ClaimKind
from notices.models import Document, DocumentStatus
from notices.prefill.announcement import established, published
from notices.prefill.decisions import fixed
from notices.prefill.laws import articles_of_suit
from notices.prefill.outgoing import open_exhibits
from notices.prefill.proceedings import (
    claims,
    court_of,
    defendant_names,
    defendants,
    flat,
    office_zh,
)
from notices.prefill.said import (
    Prefilled,
    Said,
    joined,
    on_event,
    on_exhibit,
    said,
    today,
)
from notices.prefill.words import LEAD_SOURCES_ZH, announcement_period_zh, filed, harm, unlawful_act

if TYPE_CHECKING:
    Matter = Lead | Case

LIABLE_ZH = "的上述行为侵害众多个人的个人信息权益，致使社会公共利益受到损害，应当依法承担民事责任。"
PRESUMED_FAULT_ZH = (
    "处理个人信息侵害个人信息权益造成损害，个人信息处理者不能证明自己没有过错的，"
    "应当承担损害赔偿等侵权责任。"
)
DAMAGES_ZH = (
    "损害赔偿责任按照个人因此受到的损失或者个人信息处理者因此获得的利益确定；"
    "两者难以确定的，根据实际情况确定赔偿数额。"
)
SEALED_ZH = "涉及个人信息、个人隐私或者商业秘密的证据，另行提交，不在公开开庭时出示。"
ANNOUNCED_ZH = (
    "社会公共利益受到损害的事实、适格主体可以向人民法院提起诉讼的告知、公告期间、"
    "联系人和联系电话、公告单位和公告日期。"
)
COSTS_ENCLOSED_ZH = "鉴定、评估、专家咨询等费用票据"


def complaint(matter: Matter) -> Prefilled:
    """D-45: parties, claims, the way to the suit, facts with their evidence, reasons and law."""
    case = cast(Case, matter)
    court = court_of(case)
    return {
        "litigator": office_zh(case),
        "defendant": defendants(case),
        "claims": claims(case),
        "course": course(case),
        "facts": facts(case),
        "evidence": evidence(case),
        "reasons": reasons(case),
        "basis": said(articles_of_suit(case), "law"),
        "court": said(court.name if court else "", "event"),
        "attachments": enclosures(case),
        "day": today(),
    } | fixed(case, "D-45")


# --- the way to the suit -------------------------------------------------------------------------


def course(case: Case) -> Said:
    """Return how the case was found, filed and announced, that nobody else sued, and what it goes with."""
    parts = (filing_zh(case), announced(case), nobody_sued(case), _criminal_case(case))
    return joined(parts, "event")


def filing_zh(case: Case) -> Said:
    """Return how the office came to know of the case, and on which day it was filed."""
    event = filed(case)[0]
    day = corrected(event)[0] if event else case.filed_on
    source = f"（线索来源：{LEAD_SOURCES_ZH[case.lead.source]}）" if case.lead else ""
    text = f"本院在履行公益诉讼检察职责中发现本案线索{source}，于{chinese_date(day)}决定立案。"
    return said(text, "event", on_event(event))


def announced(case: Case) -> Said:
    """Return where and when the announcement was published, and for how long (Rules 91; JI 13)."""
    event = latest(case, "announcement_published")
    if event is None:
        return said("", "event")
    day, told = corrected(event)
    medium = f"在{told['medium']}" if told.get("medium") else ""
    text = (
        f"本院于{chinese_date(day)}{medium}发布公告，告知法律规定的机关和有关组织可以提起诉讼，"
        f"公告期间为{announcement_period_zh(case)}。"
    )
    return said(text, "event", on_event(event))


def nobody_sued(case: Case) -> Said:
    """Return that the announcement expired and no eligible subject sued, where the record says so."""
    expired = standing_since(case, "announcement_expired", rounds.ANNOUNCEMENT)
    if not expired or litigation.eligible_plaintiffs(case):
        return said("", "event")
    text = "公告期满，法律规定的机关和有关组织没有提起诉讼。"
    return said(text, "event", on_event(expired[-1]))


def _criminal_case(case: Case) -> Said:
    event = latest(case, "criminal_case_joined")
    if event is None or case.track != Track.CRIMINAL_INCIDENTAL:
        return said("", "event")
    court = litigation.criminal_court(case)
    number = corrected(event)[1].get("criminal_case_number", "")
    text = (
        f"与本案相关的刑事案件（{number}）由{court or '人民法院'}审理，"
        "本院依法一并提起附带民事公益诉讼。"
    )
    return said(text, "event", on_event(event))


# --- facts, evidence, reasons --------------------------------------------------------------------


def facts(case: Case) -> Said:
    """Return what is established, group by group, with its exhibits; of act and harm else the filing's words.

    The day on which the harm was last found to persist follows (Rules 96).
    """
    found = established(case)
    found.setdefault(FactGroup.ACT, unlawful_act(case))
    found.setdefault(FactGroup.HARM, harm(case))
    told = [found[group] for group in FactGroup if group in found]
    return joined((*told, _persistence(case)), "evidence")


def _persistence(case: Case) -> Said:
    event = latest(case, "suit_decided")
    told = corrected(event)[1] if event else {}
    finding, found_on = told.get("harm_finding"), told.get("harm_found_on")
    if not finding:
        return said("", "event")
    when = f"经{chinese_date(date.fromisoformat(found_on))}核查，" if found_on else ""
    return said(f"{when}{finding}", "event", on_event(event))


def evidence(case: Case) -> Said:
    """Return each exhibit with its source (CPL 124); confidential ones are told of, never named (CPL 71)."""
    lines = [
        said(f"{row.name}（证据{row.number}，来源：{row.source}）", "evidence", on_exhibit(row))
        for row in open_exhibits(case)
    ]
    return joined((*lines, _from_criminal_file(case), _sealed(case)), "evidence")


def _from_criminal_file(case: Case) -> Said:
    pieces = len(litigation.criminal_evidence(case))
    event = latest(case, "criminal_evidence_listed")
    text = f"刑事案件中依法收集、与本案事实相同的证据{pieces}件（见证据材料目录）" if pieces else ""
    return said(text, "event", on_event(event))


def _sealed(case: Case) -> Said:
    rows = Exhibit.objects.filter(case=case, withdrawal__isnull=True, confidential=True)
    return said(SEALED_ZH if rows.exists() else "", "wording")


def reasons(case: Case) -> Said:
    """Return why the defendants are liable, as far as the law itself says it (PIPL 69, 70; law 5)."""
    names = defendant_names(case)
    parts = [said(f"被告{names.text}{LIABLE_ZH}" if names.text else "", "wording")]
    if "PIPL 70" in case.legal_bases:
        parts.append(said(PRESUMED_FAULT_ZH, "law"))
        if standing_claims(case).filter(kind=ClaimKind.DAMAGES).exists():
            parts.append(said(DAMAGES_ZH, "law"))
    return joined(parts, "wording")


def enclosures(case: Case) -> Said:
    """Return what goes with the complaint (JI 14; law 3.4): copies for each defendant, and the proofs."""
    copies = defendants_of(case).count()
    lines = [
        f"起诉书副本{copies}份",
        "证据材料目录及证据材料",
        "社会公共利益受到损害的初步证明材料",
        "已经履行公告程序的证明材料",
    ]
    if standing_claims(case).filter(kind=ClaimKind.COSTS).exists():
        lines.append(COSTS_ENCLOSED_ZH)
    return said("\n".join(lines), "law")


# --- what the complaint is handed in with --------------------------------------------------------


def proof_of_announcement(matter: Matter) -> Prefilled:
    """D-46: what was announced, where, until when, who replied, and the proofs that are kept of it."""
    case = cast(Case, matter)
    event = latest(case, "announcement_published")
    court = court_of(case)
    return {
        "court": said(court.name if court else "", "event"),
        "case": said(case.title, "case"),
        "announcement": said(f"{_number_of_announcement(case)}{ANNOUNCED_ZH}", "wording"),
        "published": published(event),
        "period": _period(case, event),
        "replies": _replies_in_words(case),
        "proof": said("\n".join(_proofs(event)), "event", on_event(event)),
        "day": today(),
    }


def _number_of_announcement(case: Case) -> str:
    """Return what the issued announcement is called by its number."""
    rows = Document.objects.filter(case=case, code="D-41", status=DocumentStatus.ISSUED)
    number = rows.order_by("-id").values_list("number", flat=True).first()
    return f"{number}公告，载明" if number else "公告载明"


def _period(case: Case, event: Event | None) -> Said:
    """Return the period with its last day, as it was computed (P-01)."""
    row = litigation.announcement_period(case)
    if event is None or row is None:
        return said("", "event")
    text = (
        f"{announcement_period_zh(case)}，自{chinese_date(corrected(event)[0])}起计算，"
        f"于{chinese_date(row.effective_day)}届满。"
    )
    return said(text, "event", on_event(event))


def _proofs(event: Event | None) -> list[str]:
    """Return the files kept with the publication, each with the digest by which it is known."""
    rows = event.proofs.order_by("pk") if event else ()
    return [f"{row.name}（SHA-256：{row.sha256}）" for row in rows]


# --- replies -------------------------------------------------------------------------------------

REPLIERS_ZH = {
    Replier.ELIGIBLE: "法律规定的机关、有关组织",
    Replier.VICTIM: "被侵权人",
    Replier.AUTHORITY: "行政机关",
    Replier.OTHER: "其他",
}
INTENTIONS_ZH: dict[str, str] = {
    Intention.WILL_NOT: "表示不起诉",
    Intention.WILL: "表示将提起诉讼",
    Intention.HAS: "已经提起诉讼",
    Intention.NOTHING: "未表明是否起诉",
}


def replies_to_announcement(case: Case) -> list[tuple[Event, date, dict[str, Any]]]:
    """Return the replies to the last announcement with their days and facts (Rules 93)."""
    rows = standing_since(case, "announcement_reply", rounds.ANNOUNCEMENT)
    return [(event, *corrected(event)) for event in rows]


def _replies_in_words(case: Case) -> Said:
    told = replies_to_announcement(case)
    if not told:
        expired = standing_since(case, "announcement_expired", rounds.ANNOUNCEMENT)
        text = "公告期间，本院未收到答复。" if expired else ""
        return said(text, "event", on_event(expired[-1] if expired else None))
    lines = (
        said(
            f"{chinese_date(day)}，{name_of(facts)}{intention_of(facts)}。",
            "event",
            on_event(event),
        )
        for event, day, facts in told
    )
    return joined(lines, "event")


def name_of(facts: dict[str, Any]) -> str:
    """Return who replied; a victim or somebody else is told of by the role alone."""
    role = str(facts.get("replier", ""))
    if role in (Replier.VICTIM, Replier.OTHER):
        return REPLIERS_ZH[Replier(role)]
    return flat(facts.get("name"))


def intention_of(facts: dict[str, Any]) -> str:
    """Return what the reply says about a suit of its own; of a victim it says nothing."""
    if facts.get("replier") != Replier.ELIGIBLE:
        return "就公告作出答复"
    said_of_suit = str(facts.get("intention", ""))
    court = f"（受诉法院：{facts['court']}）" if facts.get("court") else ""
    return INTENTIONS_ZH.get(said_of_suit, "作出答复") + court


def log_of_replies(matter: Matter) -> Prefilled:
    """D-42: each reply to the announcement with its day, its content and what was done about it."""
    case = cast(Case, matter)
    announced = latest(case, "announcement_published")
    told = replies_to_announcement(case)
    done = _followed(case)
    cells = {
        "when": [chinese_date(day) for _event, day, _facts in told],
        "who": [flat(facts.get("name")) for _event, _day, facts in told],
        "content": [_content(facts) for _event, _day, facts in told],
        "decision": [done.get(reference_of(event), "待处理") for event, _day, _facts in told],
    }
    events = [event for event, _day, _facts in told]
    return {
        name: joined(
            (
                said(text or "—", "event", on_event(event))
                for event, text in zip(events, texts, strict=True)
            ),
            "event",
        )
        for name, texts in cells.items()
    } | {"announcement": published(announced), "day": today()}


def _content(facts: dict[str, Any]) -> str:
    words = flat(facts.get("content"))
    return f"{intention_of(facts)}。{words}" if facts.get("replier") == Replier.ELIGIBLE else words


def _followed(case: Case) -> dict[str, str]:
    """Return what came of looking into each reply, by what other events call it (Rules 93)."""
    rows = standing_since(case, "announcement_reply_followed", rounds.ANNOUNCEMENT)
    told = [corrected(event)[1] for event in rows]
    return {str(facts.get("reply")): flat(facts.get("result")) for facts in told}
