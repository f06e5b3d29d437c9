"""D-63 to D-67: what judgment, trial and obligations already say (law 3.8, 3.10a).

Everything is read from events: this room does not know the tables of the obligations.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from audit import clock
from cases.models import Case, Event, Lead
from cases.selectors.events import corrected, current_facts, latest, standing_events
from cases.states import Stage
from documents.numerals import chinese_date
from litigation import selectors as litigation
from litigation.models import Judgment
from notices.bodies.statutes import CPL_ZH, JI_ZH, RECOMMENDING_ZH, RULES_ZH, SUPERVISING_ZH
from notices.catalogue.supervision import d64_recommendation_to_court as d64
from notices.prefill.outgoing import contacts, term
from notices.prefill.said import Prefilled, Said, joined, numbered, on_event, said, today

if TYPE_CHECKING:
    Matter = Lead | Case

URGING_ZH = f"{JI_ZH}第十二条、{CPL_ZH}第二百四十七条"

Entered = list[tuple[Event, dict[str, Any]]]


def entered_obligations(case: Case) -> Entered:
    """Return each obligation as it was entered: the event and its facts as they stand."""
    return [(event, corrected(event)[1]) for event in standing_events(case, "obligation_entered")]


def _finished(case: Case) -> set[int]:
    events = standing_events(case, "obligation_finished")
    return {int(event.facts["obligation"]) for event in events}


def _due_zh(facts: dict[str, Any]) -> str:
    named = facts.get("performance_until")
    return f"{chinese_date(date.fromisoformat(named))}前" if named else "裁判生效时"


def _listed(entered: Entered, words: list[str]) -> Said:
    pairs = zip(entered, words, strict=True)
    return numbered((said(text, "event", on_event(event)) for (event, _), text in pairs), "event")


def _court(case: Case) -> Said:
    court = litigation.court_of(case)
    moved = latest(case, "court_changed") or latest(case, "complaint_delivered")
    return said(str(court) if court else "", "event", on_event(moved))


def _effective(case: Case) -> Judgment | None:
    rows = Judgment.objects.filter(case=case, effective_on__isnull=False, set_aside_by__isnull=True)
    return rows.select_related("event").last()


def decision_of(case: Case) -> Said:
    """Return the number of the effective decision and the day it took effect."""
    judgment = _effective(case)
    if judgment is None or judgment.effective_on is None:
        return said("", "event")
    text = f"{judgment.number}，{chinese_date(judgment.effective_on)}生效"
    return said(text, "event", on_event(judgment.event))


def retrial_recommendation(matter: Matter) -> Prefilled:
    """D-63: the court, its decision, how the suit went, and when the committee decided."""
    case = cast(Case, matter)
    committee = latest(case, "committee_decided")
    decided = chinese_date(corrected(committee)[0]) if committee else ""
    return {
        "addressee": _court(case),
        "case": said(case.title, "case"),
        "decision": decision_of(case),
        "course": _course(case),
        "basis": said(
            f"{CPL_ZH}第二百一十九条、{RECOMMENDING_ZH}第八条、{SUPERVISING_ZH}第八十一条", "law"
        ),
        "committee": said(decided, "event", on_event(committee)),
        "attachments": said("检察卷宗", "wording"),
        "day": today(),
    }


COURSE_ZH = {
    "complaint_delivered": "本院向人民法院提起民事公益诉讼。",
    "suit_accepted": "人民法院立案。",
    "hearing_held": "人民法院开庭审理。",
}


def _course(case: Case) -> Said:
    """Return the steps of the suit with their days, and each decision that stands."""
    rows = standing_events(case).filter(kind__in=COURSE_ZH)
    steps = [(corrected(event)[0], COURSE_ZH[event.kind], event) for event in rows]
    judgments = Judgment.objects.filter(case=case).select_related("event")
    steps += [
        (row.pronounced_on, f"人民法院作出{row.number}裁判。", row.event) for row in judgments
    ]
    steps.sort(key=lambda step: (step[0], step[2].pk))
    return joined(
        (
            said(f"{chinese_date(day)}，{text}", "event", on_event(event))
            for day, text, event in steps
        ),
        "event",
    )


def court_recommendation(matter: Matter) -> Prefilled:
    """D-64: whether trial or enforcement is meant, the court's case, the basis and the term to reply."""
    case = cast(Case, matter)
    enforcing = case.stage == Stage.POST_LITIGATION
    return {
        "which": said(d64.ENFORCEMENT if enforcing else d64.TRIAL, "case"),
        "addressee": _court(case),
        "case": _enforcement_case(case) if enforcing else _trial_case(case),
        "facts": _referred(case),
        "basis": said(f"{RULES_ZH}第六十六条、{RECOMMENDING_ZH}第九条", "law"),
        # Three months in enforcement (P-49, not verified); two as for every other recommendation (P-57).
        "reply": term(case, "P-49" if enforcing else "P-57"),
        "day": today(),
    } | contacts(case)


def _trial_case(case: Case) -> Said:
    number = litigation.court_case_number(case)
    told = latest(case, "court_changed") or latest(case, "suit_accepted")
    return said(f"{number}{case.title}", "event", on_event(told))


def _enforcement_case(case: Case) -> Said:
    event = latest(case, "enforcement_filed")
    number = str(current_facts(case, "enforcement_filed").get("number", ""))
    return said(f"{number}{case.title}", "event", on_event(event))


def _referred(case: Case) -> Said:
    """Return what the suing department referred to the supervising one (Rules 9)."""
    event = latest(case, "supervision_referred")
    text = str(current_facts(case, "supervision_referred").get("matter_of", ""))
    return said(text, "event", on_event(event))


def request_to_explain(matter: Matter) -> Prefilled:
    """D-65: the enforcement case, what is owed, and the term to explain."""
    case = cast(Case, matter)
    return {
        "addressee": _court(case),
        "case": _enforcement_case(case),
        "facts": _referred(case),
        "basis": said(f"{SUPERVISING_ZH}第一百零五条", "law"),
        "question": said(
            "1．案件执行的进展情况\n2．未能执行完毕的原因\n3．下一步的执行措施", "wording"
        ),
        "reply": term(case, "P-48"),
        "day": today(),
    } | contacts(case)


def urging_letter(matter: Matter) -> Prefilled:
    """D-66: which decision, what is due and not performed, on which basis the court is to enforce."""
    case = cast(Case, matter)
    finished = _finished(case)
    left = [
        (event, facts)
        for event, facts in entered_obligations(case)
        if facts["obligation"] not in finished and _is_due(facts)
    ]
    words = [f"{facts['text']}（履行期限：{_due_zh(facts)}）" for _, facts in left]
    return {
        "addressee": _court(case),
        "case": said(case.title, "case"),
        "decision": decision_of(case),
        "items": _listed(left, words),
        "basis": said(URGING_ZH, "law"),
        "day": today(),
    } | contacts(case)


def _is_due(facts: dict[str, Any]) -> bool:
    """Say whether the time to perform is over; what names no day is owed from the effect on."""
    named = facts.get("performance_until")
    return not named or date.fromisoformat(named) < clock.today()


def monitoring_sheet(matter: Matter) -> Prefilled:
    """D-67: what is owed, until when, and with which evidence it was performed."""
    case = cast(Case, matter)
    entered = entered_obligations(case)
    return {
        "decision": decision_of(case),
        "items": _listed(entered, [facts["text"] for _, facts in entered]),
        "due": _listed(entered, [_due_zh(facts) for _, facts in entered]),
        "evidence": _listed(entered, [_evidence_zh(case, facts) for _, facts in entered]),
        "day": today(),
    }


def _evidence_zh(case: Case, entered: dict[str, Any]) -> str:
    events = standing_events(case, "performance_recorded").filter(
        facts__obligation=entered["obligation"]
    )
    told = [corrected(event)[1] for event in events]
    lines = [
        f"{chinese_date(date.fromisoformat(facts['performed_on']))}：{facts.get('account', '')}"
        for facts in told
    ]
    return "；".join(lines) or "尚无"
