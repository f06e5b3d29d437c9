"""D-66 and D-67: what judgment and obligations already say (law 3.10a).

Everything is read from events: this room does not know the tables of the obligations.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from cases.models import Case, Event, Lead
from cases.selectors.events import corrected, standing_events
from litigation import selectors as litigation
from litigation.models import Judgment
from notices.prefill.said import Prefilled, Said, day_zh, numbered, on_event, said, today

if TYPE_CHECKING:
    Matter = Lead | Case

URGING_ZH = (
    "《最高人民法院、最高人民检察院关于检察公益诉讼案件适用法律若干问题的解释》第十二条、"
    "《中华人民共和国民事诉讼法》第二百四十七条"
)

Entered = list[tuple[Event, dict[str, Any]]]


def entered_obligations(case: Case) -> Entered:
    """Return each obligation as it was entered: the event and its facts as they stand."""
    return [(event, corrected(event)[1]) for event in standing_events(case, "obligation_entered")]


def _finished(case: Case) -> set[int]:
    events = standing_events(case, "obligation_finished")
    return {int(event.facts["obligation"]) for event in events}


def _due_zh(facts: dict[str, Any]) -> str:
    named = facts.get("performance_until")
    return f"{day_zh(date.fromisoformat(named))}前" if named else "裁判生效时"


def _listed(entered: Entered, words: list[str]) -> Said:
    pairs = zip(entered, words, strict=True)
    return numbered((said(text, "event", on_event(event)) for (event, _), text in pairs), "event")


def urging_letter(matter: Matter) -> Prefilled:
    """D-66: which decision, what is due and not performed, on which basis the court is to enforce."""
    case = cast(Case, matter)
    court = litigation.court_of(case)
    finished = _finished(case)
    left = [
        (event, facts)
        for event, facts in entered_obligations(case)
        if facts["obligation"] not in finished
    ]
    words = [f"{facts['text']}（履行期限：{_due_zh(facts)}）" for _, facts in left]
    return {
        "addressee": said(str(court) if court else "", "event"),
        "decision": said(_decision_zh(case), "event"),
        "items": _listed(left, words),
        "basis": said(URGING_ZH, "law"),
        "day": today(),
    }


def _decision_zh(case: Case) -> str:
    effective = Judgment.objects.filter(
        case=case, effective_on__isnull=False, set_aside_by__isnull=True
    )
    judgment = effective.last()
    if judgment is None or judgment.effective_on is None:
        return ""
    return f"{judgment.number}，{day_zh(judgment.effective_on)}生效"


def monitoring_sheet(matter: Matter) -> Prefilled:
    """D-67: what is owed, until when, and with which evidence it was performed."""
    case = cast(Case, matter)
    entered = entered_obligations(case)
    return {
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
        f"{day_zh(date.fromisoformat(facts['performed_on']))}：{facts.get('account', '')}"
        for facts in told
    ]
    return "；".join(lines) or "尚无"
