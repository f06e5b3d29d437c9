"""What the record already says of a document's contents, each with the place it was taken from."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from audit import clock
from audit.errors import Text
from cases.models import Case, Event, Lead, PartyRole
from cases.selectors.events import corrected, current_facts, latest
from cases.selectors.people import lead_handler, open_team
from deadlines.derive import rulebook_of
from deadlines.periods import Period, Unit
from documents.numerals import chinese
from evidence.selectors import standing_facts
from notices import performance_prefill
from notices.catalogue import DocumentType

if TYPE_CHECKING:
    Matter = Lead | Case

Prefilled = dict[str, tuple[str, str]]

SOURCES: dict[str, Text] = {
    "lead": _("Lead"),
    "case": _("Case"),
    "event": _("Event"),
    "office": _("Office"),
    "team": _("Handling team"),
    "evidence": _("Evidence"),
    "law": _("Law"),
    "wording": _("Usual wording"),
    "person": _("Typed in"),
    "signature": _("Day of signature"),
}
# The bases of law 3.2a in the words of a document.
BASES_ZH = {
    "PIPL 70": "《中华人民共和国个人信息保护法》第七十条",
    "CPL 58": "《中华人民共和国民事诉讼法》第五十八条第二款",
    "MPL 106": "《中华人民共和国未成年人保护法》第一百零六条",
    "ATF 47": "《中华人民共和国反电信网络诈骗法》第四十七条",
}
FILING_RULES_ZH = "《人民检察院公益诉讼办案规则》第二十八条、第三十条、第八十五条"
SUIT_NOTICE_ZH = (
    "法律规定的消费者组织和由国家网信部门确定的组织等适格主体，"
    "可以就上述行为依法向人民法院提起民事公益诉讼。"
    "拟提起诉讼的，请在公告期间内将有关情况书面告知本院。"
)
UNITS_ZH = {Unit.DAY: "日", Unit.MONTH: "个月", Unit.YEAR: "年", Unit.WORKING_DAY: "个工作日"}
PROPOSALS_ZH = {"terminate": "建议终结案件。", "announce": "建议发布诉前公告。"}


def bases_zh(codes: list[str]) -> str:
    """Return the articles of standing in the words of a document, joined."""
    return "、".join(BASES_ZH[code] for code in codes if code in BASES_ZH)


def announcement_period_zh(matter: Matter) -> str:
    """Return the length of P-01 under the rulebook of the matter, for example 三十日 (Rules 91)."""
    length = rulebook_of(matter).periods["P-01"].length
    assert length is not None  # the rulebook's check keeps a mandatory period from having none
    return period_zh(length)


def period_zh(period: Period) -> str:
    """Return a length in the words of a document."""
    return f"{chinese(period.length)}{UNITS_ZH.get(period.unit, '小时')}"


def _today() -> tuple[str, str]:
    return clock.today().isoformat(), "person"


def _lead_line(lead: Lead) -> tuple[str, str]:
    return f"{lead.title}（{lead.key}）", "lead"


def _of_register(matter: Matter) -> Prefilled:
    lead = cast(Lead, matter)
    reporter = "依法保密" if lead.reporter_confidential else lead.reporter_name
    found: Prefilled = {
        "source": (f"{LEAD_SOURCES_ZH[lead.source]}：{lead.source_detail}", "lead"),
        "received_on": (lead.received_on.isoformat(), "lead"),
        "reporter": (reporter or "无", "lead"),
        "summary": (lead.summary, "lead"),
    }
    assessment = getattr(lead, "assessment", None)
    if assessment:
        reasons = (assessment.truthfulness_reason, assessment.feasibility_reason)
        found["evaluation"] = ("\n".join(reasons), "lead")
    return found


LEAD_SOURCES_ZH = {
    "complaint": "控告举报",
    "own_casework": "检察办案中发现",
    "enforcement_platform": "行政执法信息共享平台",
    "transfer": "国家机关、社会团体和人大代表、政协委员等转交",
    "media": "新闻媒体、社会舆论反映",
    "other_duty": "其他在履行职责中发现",
}


def _of_transfer(matter: Matter) -> Prefilled:
    lead = cast(Lead, matter)
    facts = current_facts(lead, "lead_transferred")
    target = Office.objects.filter(pk=facts.get("target_office") or 0).first()
    event = latest(lead, "lead_transferred")
    reasons = event.proposal.reasons if event and event.proposal else ""
    return {
        "addressee": (target.name if target else "", "event"),
        "lead": (f"{lead.title}（{lead.key}）\n{lead.summary}", "lead"),
        "reason": (reasons, "event"),
        "ground": (str(facts.get("jurisdiction_ground", "")), "event"),
        "materials": (str(facts.get("materials", "")), "event"),
        "day": _today(),
    }


def _of_inquiry(matter: Matter) -> Prefilled:
    lead = cast(Lead, matter)
    source = f"{LEAD_SOURCES_ZH[lead.source]}：{lead.source_detail}"
    assessment = getattr(lead, "assessment", None)
    return {
        "origin": (source, "lead"),
        "facts": (str(current_facts(lead, "inquiry_finished").get("result", "")), "event"),
        "feasibility": (assessment.feasibility_reason if assessment else "", "lead"),
        "day": _today(),
    }


def _of_filing_form(matter: Matter) -> Prefilled:
    lead = cast(Lead, matter)
    held = latest(lead, "inquiry_started") is not None
    return {
        "lead": _lead_line(lead),
        "violator": (lead.suspected_processor, "lead"),
        "facts": (lead.summary, "lead"),
        "law": (f"{BASES_ZH['PIPL 70']}、{FILING_RULES_ZH}", "law"),
        "inquiry_report": ("附初步调查报告" if held else "未开展初步调查", "event"),
    }


def _violators(case: Case) -> str:
    names = case.parties.filter(role=PartyRole.VIOLATOR, removed_at=None).values_list(
        "name", flat=True
    )
    return "、".join(names) or ("身份尚未查明的行为人" if case.violator_unknown else "")


def _harm(case: Case, facts: dict[str, Any]) -> str:
    return "\n".join(
        str(facts[name]) for name in ("harm", "numerous_individuals") if facts.get(name)
    )


def _of_filing_decision(matter: Matter) -> Prefilled:
    case = cast(Case, matter)
    facts = current_facts(case, "case_filed")
    return {
        "violator": (_violators(case), "case"),
        "facts": (str(facts.get("unlawful_act", "")) or case.summary, "event"),
        "harm": (_harm(case, facts), "event"),
        "basis": (f"{bases_zh(case.legal_bases)}、{FILING_RULES_ZH}", "law"),
        "decision": (f"对{case.title}立案", "case"),
    } | fixed(matter, "D-06")


def _of_refusal(matter: Matter) -> Prefilled:
    lead = cast(Lead, matter)
    return {
        "lead": _lead_line(lead),
        "reason": (str(current_facts(lead, "filing_refused").get("reason", "")), "event"),
    } | fixed(matter, "D-07")


def _of_major_lead(matter: Matter) -> Prefilled:
    lead = cast(Lead, matter)
    superior = lead.office.parent
    return {
        "addressee": (superior.name if superior else "", "office"),
        "summary": (lead.summary, "lead"),
        "day": _today(),
    }


def _of_plan(matter: Matter) -> Prefilled:
    staff = "、".join(member.user.name for member in open_team(cast(Case, matter)))
    return {"staff": (staff, "team"), "day": _today()}


def _established(case: Case) -> Prefilled:
    """Return what the evidence establishes in each group of Rules 86, each fact with its place.

    Facts on confidential exhibits are left out: the report is read by more people than the exhibit.
    """
    found: dict[str, list[str]] = {}
    facts = standing_facts(case).exclude(exhibit__confidential=True)
    for fact in facts.order_by("group", "id"):
        place = "，".join(
            filter(None, (f"证据{fact.exhibit.number}" if fact.exhibit else "", fact.page))
        )
        found.setdefault(fact.group, []).append(f"{fact.text}（{place}）" if place else fact.text)
    return {group: ("\n".join(texts), "evidence") for group, texts in found.items()}


def _of_closing_report(matter: Matter) -> Prefilled:
    case = cast(Case, matter)
    filed = current_facts(case, "case_filed")
    closed = current_facts(case, "investigation_closed")
    proposal = PROPOSALS_ZH.get(str(closed.get("proposal", "")), "")
    return {
        "violator": (_violators(case), "case"),
        "act": (str(filed.get("unlawful_act", "")), "event"),
        "harm": (_harm(case, filed), "event"),
        "law": (bases_zh(case.legal_bases), "law"),
        "proposal": ("\n".join(filter(None, (closed.get("conclusion"), proposal))), "event"),
        "day": _today(),
    } | _established(case)


OUTCOMES_ZH = {
    "terminate": "建议终结案件。",
    "transfer": "建议移送有管辖权的人民检察院起诉。",
    "sue": "建议依法提起民事公益诉讼。",
}


def _of_review_report(matter: Matter) -> Prefilled:
    case = cast(Case, matter)
    published = latest(case, "announcement_published")
    reported = current_facts(case, "review_reported")
    filed = current_facts(case, "case_filed")
    outcome = OUTCOMES_ZH.get(str(reported.get("outcome", "")), "")
    return {
        "announcement": (_published_zh(published), "event"),
        "facts": (str(filed.get("unlawful_act", "")), "event"),
        "law": (bases_zh(case.legal_bases), "law"),
        "proposal": ("\n".join(filter(None, (reported.get("conclusion"), outcome))), "event"),
        "day": _today(),
    }


def _published_zh(published: Event | None) -> str:
    if published is None:
        return ""
    day, facts = corrected(published)
    medium = facts.get("medium", "")
    return f"{day.year}年{day.month}月{day.day}日在{medium}发布公告，公告期为三十日。"


def _of_announcement(matter: Matter) -> Prefilled:
    case = cast(Case, matter)
    filed = current_facts(case, "case_filed")
    handler = lead_handler(case)
    rules = "《人民检察院公益诉讼办案规则》第九十一条"
    return {
        "harm_facts": (
            "\n".join(filter(None, (str(filed.get("unlawful_act", "")), _harm(case, filed)))),
            "event",
        ),
        "basis": (f"{bases_zh(case.legal_bases)}、{rules}", "law"),
        "suit_notice": (SUIT_NOTICE_ZH, "wording"),
        "contact_person": (handler.name if handler else "", "team"),
        "telephone": (case.office.telephone, "office"),
        "address": (case.office.address, "office"),
        "announcing_unit": (case.office.name, "office"),
        "announcing_day": _today(),
    } | fixed(case, "D-41")


def fixed(matter: Matter, code: str) -> Prefilled:
    """Return the contents that follow from law or record and are never typed in."""
    if code == "D-41":
        return {"period": (announcement_period_zh(matter), "law")}
    if kind := DECISIONS.get(code):
        return {"decision_day": (_day_of(matter, kind), "event")}
    return {}


# The event whose day a decision bears (norm C013).
DECISIONS = {"D-06": "case_filed", "D-07": "filing_refused"}


def _day_of(matter: Matter, kind: str) -> str:
    event = latest(matter, kind)
    return corrected(event)[0].isoformat() if event else ""


PREFILLS: dict[str, Callable[[Matter], Prefilled]] = {
    "D-01": _of_register,
    "D-02": _of_transfer,
    "D-03": _of_transfer,
    "D-04": _of_inquiry,
    "D-05": _of_filing_form,
    "D-06": _of_filing_decision,
    "D-07": _of_refusal,
    "D-08": _of_major_lead,
    "D-09": _of_plan,
    "D-40": _of_closing_report,
    "D-41": _of_announcement,
    "D-43": _of_review_report,
    "D-66": performance_prefill.urging_letter,
    "D-67": performance_prefill.monitoring_sheet,
    "D-85": performance_prefill.closing_form,
    "D-86": performance_prefill.look_back_report,
}


def prefilled(kind: DocumentType, matter: Matter) -> dict[str, dict[str, str]]:
    """Return the contents of a new document as `Document.content` keeps them; empty where unknown."""
    found = PREFILLS[kind.code](matter)
    content = {}
    for item in kind.contents:
        value, source = found.get(item.name, ("", ""))
        content[item.name] = {"value": value.strip(), "source": source if value.strip() else ""}
    return content
