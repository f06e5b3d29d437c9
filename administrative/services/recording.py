"""The rows that follow from the events of law 3.9, each in the transaction of its act."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop

from administrative.models import (
    Answer,
    Assessment,
    AssessmentResult,
    Body,
    CaseAuthority,
    Measure,
    Recommendation,
    Reply,
)
from cases.models import Case, Event
from cases.selectors.people import lead_handler
from cases.services import tasks

RETEST = "retest_measure"
RECORD_SUSPENSION = "record_suspension"


def on_event_recorded(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """Enter the authority of a case when it is opened; free a recommendation whose decision is annulled."""
    if event.kind == "case_opened" and event.facts.get("authority") and event.case is not None:
        CaseAuthority.objects.create(
            case=event.case, body=Body.objects.get(pk=event.facts["authority"])
        )
    if event.annuls is not None and event.annuls.kind == "recommendation_decided":
        Recommendation.objects.filter(decision=event.annuls).update(decision=None)


def decide(*, recommendation: Recommendation, event: Event) -> None:
    """Fix a recommendation by the decision that was made on it (Rules 75)."""
    recommendation.decision = event
    recommendation.save(update_fields=["decision"])


def log_reply(*, recommendation: Recommendation, event: Event) -> Reply:
    """Keep a reply with what it says to each measure (JI 21)."""
    facts = event.facts
    reply = Reply.objects.create(
        recommendation=recommendation,
        event=event,
        number=facts.get("number") or "",
        text=facts["text"],
    )
    for measure in recommendation.measures.all():
        text = str(facts.get(f"answer_{measure.pk}") or "").strip()
        proven = bool(facts.get(f"proven_{measure.pk}"))
        if text or proven:
            Answer.objects.create(reply=reply, measure=measure, text=text, with_proof=proven)
    return reply


def assess(*, measure: Measure, event: Event) -> Assessment:
    """Keep what was found of a measure, and remind of its next test (Rules 77)."""
    facts = event.facts
    again = facts.get("next_test_on")
    row = Assessment.objects.create(
        measure=measure,
        event=event,
        result=AssessmentResult(facts["result"]),
        findings=facts["findings"],
        next_test_on=date.fromisoformat(again) if again else None,
    )
    measure.retest_on = row.next_test_on
    measure.save(update_fields=["retest_on"])
    _remind_of_test(measure, event)
    return row


def _remind_of_test(measure: Measure, event: Event) -> None:
    case = measure.recommendation.case
    kind = f"{RETEST}:{measure.pk}"
    tasks.close_kind(matter=case, kind=kind, closed_by=event.recorded_by)
    owner = lead_handler(case)
    if measure.retest_on is None or owner is None:
        return
    tasks.open_task(
        matter=case,
        kind=kind,
        title=gettext_noop("Test measure %(number)s again: %(text)s"),
        values={"number": str(measure.number), "text": measure.text[:80]},
        article="Rules 77",
        owner=owner,
        created_by=event.recorded_by,
        due_on=measure.retest_on,
        event=event,
    )


def ask_to_record_suspension(case: Case, event: Event) -> None:
    """Ask the lead handler to record the suspension with the next-higher office (Rules 78; no period)."""
    owner = lead_handler(case)
    if owner is None or case.office.parent is None:
        return
    tasks.open_task(
        matter=case,
        kind=RECORD_SUSPENSION,
        title=gettext_noop("Record the suspension of the review with the next-higher office (S83)"),
        article="Rules 78",
        owner=owner,
        created_by=event.recorded_by,
        event=event,
    )
