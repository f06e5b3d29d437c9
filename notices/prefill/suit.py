"""D-42 and D-44 to D-49: what announcement, review and claims already say of ending or bringing a suit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from cases.models import Case, Lead
from cases.models.matter import Track
from cases.selectors.events import corrected, latest, standing_since
from evidence.facts import FactGroup
from evidence.models import Exhibit
from litigation import rounds
from litigation import selectors as litigation
from litigation.forms.claims import defendants_of, standing_claims
from litigation.models import ClaimKind
from notices.catalogue.announcement.d45_complaint import CIVIL, INCIDENTAL
from notices.prefill.announcement import established
from notices.prefill.laws import articles_of_suit
from notices.prefill.proceedings import claims, court_of, defendant_names, defendants, office_zh
from notices.prefill.said import (
    Prefilled,
    Said,
    day_zh,
    joined,
    on_event,
    on_exhibit,
    said,
    today,
)
from notices.prefill.words import (
    LEAD_SOURCES_ZH,
    announcement_period_zh,
    filed,
    harm,
    unlawful_act,
)

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
    } | kind_of_suit(case)


def kind_of_suit(case: Case) -> Prefilled:
    """Return which suit it is: of its own, or beside a criminal case (Rules 97; JI 20)."""
    incidental = case.track == Track.CRIMINAL_INCIDENTAL
    return {"suit": said(INCIDENTAL if incidental else CIVIL, "case")}


# --- the way to the suit -------------------------------------------------------------------------


def course(case: Case) -> Said:
    """Return how the case was found, filed and announced, that nobody else sued, and what it goes with."""
    parts = (_filing(case), announced(case), nobody_sued(case), _criminal_case(case))
    return joined(parts, "event")


def _filing(case: Case) -> Said:
    event = filed(case)[0]
    day = corrected(event)[0] if event else case.filed_on
    source = f"（线索来源：{LEAD_SOURCES_ZH[case.lead.source]}）" if case.lead else ""
    text = f"本院在履行公益诉讼检察职责中发现本案线索{source}，于{day_zh(day)}决定立案。"
    return said(text, "event", on_event(event))


def announced(case: Case) -> Said:
    """Return where and when the announcement was published, and for how long (Rules 91; JI 13)."""
    event = latest(case, "announcement_published")
    if event is None:
        return said("", "event")
    day, told = corrected(event)
    medium = f"在{told['medium']}" if told.get("medium") else ""
    text = (
        f"本院于{day_zh(day)}{medium}发布公告，告知法律规定的机关和有关组织可以提起诉讼，"
        f"公告期间为{announcement_period_zh(case)}。"
    )
    return said(text, "event", on_event(event))


def nobody_sued(case: Case) -> Said:
    """Return that the announcement expired and no eligible subject sued, where the record says so."""
    expired = standing_since(case, "announcement_expired", rounds.ANNOUNCEMENT).last()
    if expired is None or litigation.eligible_plaintiffs(case):
        return said("", "event")
    text = "公告期满，法律规定的机关和有关组织没有提起诉讼。"
    return said(text, "event", on_event(expired))


def _criminal_case(case: Case) -> Said:
    event = latest(case, "criminal_case_joined")
    if event is None or case.track != Track.CRIMINAL_INCIDENTAL:
        return said("", "event")
    court, number = litigation.criminal_court(case), corrected(event)[1]["criminal_case_number"]
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
    when = f"经{day_zh(date.fromisoformat(found_on))}核查，" if found_on else ""
    return said(f"{when}{finding}", "event", on_event(event))


def open_exhibits(case: Case) -> list[Exhibit]:
    """Return the exhibits a document may name: not withdrawn, not confidential."""
    rows = Exhibit.objects.filter(case=case, withdrawal__isnull=True, confidential=False)
    return list(rows.order_by("number"))


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
