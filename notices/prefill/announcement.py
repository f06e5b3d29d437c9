"""D-40, D-41 and D-43: what evidence, filing and announcement already say."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from cases.models import Case, Event, Lead
from cases.selectors.events import corrected, current_facts, latest
from cases.selectors.people import lead_handler
from documents.numerals import chinese_date
from evidence.models import FactLink
from evidence.selectors import standing_facts
from notices.bodies.statutes import JI_ZH, RULES_ZH
from notices.prefill.decisions import fixed
from notices.prefill.said import Prefilled, Said, joined, on_event, on_exhibit, said, today
from notices.prefill.words import announcement_period_zh, bases_zh, harm, unlawful_act, violators

if TYPE_CHECKING:
    Matter = Lead | Case

SUIT_NOTICE_ZH = (
    "法律规定的消费者组织和由国家网信部门确定的组织等适格主体，"
    "可以就上述行为依法向人民法院提起民事公益诉讼。"
    "拟提起诉讼的，请在公告期间内将有关情况书面告知本院。"
)
PROPOSALS_ZH = {"terminate": "建议终结案件。", "announce": "建议发布诉前公告。"}
OUTCOMES_ZH = {
    "terminate": "建议终结案件。",
    "transfer": "建议移送有管辖权的人民检察院起诉。",
    "sue": "建议依法提起民事公益诉讼。",
}


def established(case: Case) -> Prefilled:
    """Return what the evidence establishes in each group of Rules 86, each fact with its place.

    Facts on confidential exhibits are left out: a document is read by more people than the exhibit.
    """
    found: dict[str, list[Said]] = {}
    facts = standing_facts(case).exclude(exhibit__confidential=True)
    for fact in facts.order_by("group", "id"):
        found.setdefault(fact.group, []).append(_fact(fact))
    return {group: joined(texts, "evidence") for group, texts in found.items()}


def _fact(fact: FactLink) -> Said:
    place = "，".join(
        filter(None, (f"证据{fact.exhibit.number}" if fact.exhibit else "", fact.page))
    )
    text = "".join(line.strip() for line in fact.text.splitlines())
    # The place belongs to the sentence: it stands before the full stop.
    shown = f"{text.rstrip('。')}（{place}）。" if place else text
    return said(shown, "evidence", on_exhibit(fact.exhibit, fact.page))


def closing_report(matter: Matter) -> Prefilled:
    """D-40: the facts of Rules 86 with their evidence, and the proposal."""
    case = cast(Case, matter)
    event = latest(case, "investigation_closed")
    closed = current_facts(case, "investigation_closed")
    proposal = PROPOSALS_ZH.get(str(closed.get("proposal", "")), "")
    words = "\n".join(filter(None, (closed.get("conclusion"), proposal)))
    return {
        "violator": said(violators(case), "case"),
        "act": unlawful_act(case),
        "harm": harm(case),
        "law": said(bases_zh(case.legal_bases), "law"),
        "proposal": said(words, "event", on_event(event)),
        "day": today(),
    } | established(case)


def review_report(matter: Matter) -> Prefilled:
    """D-43: the announcement, the facts, and the proposal."""
    case = cast(Case, matter)
    event = latest(case, "review_reported")
    reported = current_facts(case, "review_reported")
    outcome = OUTCOMES_ZH.get(str(reported.get("outcome", "")), "")
    words = "\n".join(filter(None, (reported.get("conclusion"), outcome)))
    return {
        "announcement": _announced(case),
        "facts": unlawful_act(case),
        "law": said(bases_zh(case.legal_bases), "law"),
        "proposal": said(words, "event", on_event(event)),
        "day": today(),
    }


def published(event: Event | None) -> Said:
    """Return when and where the announcement was published; empty while it is not."""
    if event is None:
        return said("", "event")
    day, facts = corrected(event)
    address = f"，网址：{facts['url']}" if facts.get("url") else ""
    text = f"{chinese_date(day)}在{facts.get('medium', '')}发布{address}。"
    return said(text, "event", on_event(event))


def _announced(case: Case) -> Said:
    """Return the publication and how long the announcement runs (P-01)."""
    event = latest(case, "announcement_published")
    told = published(event)
    if not told.text:
        return told
    text = f"{told.text}公告期为{announcement_period_zh(case)}。"
    return said(text, "event", on_event(event))


def announcement(matter: Matter) -> Prefilled:
    """D-41: the five items of Rules 91."""
    case = cast(Case, matter)
    handler = lead_handler(case)
    return {
        "harm_facts": joined((unlawful_act(case), harm(case)), "event"),
        "basis": said(
            f"{bases_zh(case.legal_bases)}、{JI_ZH}第十三条、{RULES_ZH}第九十一条", "law"
        ),
        "suit_notice": said(SUIT_NOTICE_ZH, "wording"),
        "contact_person": said(handler.name if handler else "", "team"),
        "telephone": said(case.office.telephone, "office"),
        "address": said(case.office.address, "office"),
        "announcing_unit": said(case.office.name, "office"),
        "announcing_day": today(),
    } | fixed(case, "D-41")
