"""A case against an authority in the office it was transferred to (A-8-3, T64; Rules 16, 79)."""

from __future__ import annotations

from collections.abc import Mapping

from accounts.models import User
from administrative.models import CaseAuthority, Measure, Recommendation
from administrative.selectors import recommendation_of
from cases.models import Case, Event

Copies = Mapping[int, Event]


def carry_over(actor: User, source: Case, case: Case, copies: Copies) -> None:
    """Enter in the new case the authority and the recommendation with everything that became of it.

    Each row rests on the copy of the event it rested on; what rested on an annulled event stays behind.
    """
    CaseAuthority.objects.create(case=case, body=CaseAuthority.objects.get(case=source).body)
    sent = recommendation_of(source)
    if sent is None:
        return
    row = _copy_of_recommendation(sent, case)
    measures = {measure.pk: _copy_of_measure(measure, row) for measure in sent.measures.all()}
    _carry_replies(sent, row, measures, copies)
    for measure in sent.measures.all():
        _carry_assessments(measure, measures[measure.pk], copies)
    decision = copies.get(sent.decision_id or 0)
    if decision is not None:
        row.decision = decision
        row.save(update_fields=["decision"])


def _copy_of_recommendation(sent: Recommendation, case: Case) -> Recommendation:
    row = Recommendation.objects.get(pk=sent.pk)
    row.pk, row._state.adding = None, True
    # Fixed by its decision once its measures are there: a decided one takes none any more.
    row.case, row.decision = case, None
    row.save()
    return row


def _copy_of_measure(measure: Measure, row: Recommendation) -> Measure:
    copy = Measure.objects.get(pk=measure.pk)
    copy.pk, copy._state.adding = None, True
    copy.recommendation = row
    copy.save()
    return copy


def _carry_replies(
    sent: Recommendation, row: Recommendation, measures: Mapping[int, Measure], copies: Copies
) -> None:
    for reply in sent.replies.filter(event__in=list(copies)).order_by("pk"):
        answers = list(reply.answers.all())
        reply.pk, reply._state.adding = None, True
        reply.recommendation, reply.event = row, copies[reply.event_id]
        reply.save()
        for answer in answers:
            answer.pk, answer._state.adding = None, True
            answer.reply, answer.measure = reply, measures[answer.measure_id]
            answer.save()


def _carry_assessments(measure: Measure, copy: Measure, copies: Copies) -> None:
    for found in measure.assessments.filter(event__in=list(copies)).order_by("pk"):
        found.pk, found._state.adding = None, True
        found.measure, found.event = copy, copies[found.event_id]
        found.save()
