"""What the steps of law 3.9 create: rows, tasks, and what the proposal screen announces."""

from __future__ import annotations

from django.utils.translation import gettext as _

from administrative.apart import TAKING_IN
from administrative.models import Measure
from administrative.selectors import recommendation_of
from administrative.services import receiving, recording
from cases.machine import Act
from cases.models import Event
from cases.registries import EffectLine, Reception, add_effect, annulments, receptions
from cases.services import tasks
from litigation.effects.replies import taken_in
from litigation.models import CaseTransfer

Lines = list[EffectLine]


def _event(act: Act) -> Event:
    assert act.event is not None  # effects that write run after the event
    return act.event


def fix_recommendation(act: Act, preview: bool) -> Lines:
    """From the decision on nothing of the recommendation changes (A-5; Rules 75)."""
    row = recommendation_of(act.matter)
    if not preview and row is not None:
        recording.decide(recommendation=row, event=_event(act))
    return [EffectLine("recommendation", _("The recommendation and its measures are fixed."))]


def enter_reply(act: Act, preview: bool) -> Lines:
    """Keep what was answered to each measure (A-6-2)."""
    row = recommendation_of(act.matter)
    if not preview and row is not None:
        recording.log_reply(recommendation=row, event=_event(act))
    return [EffectLine("reply", _("The reply is kept, measure by measure, to be read."))]


def enter_assessment(act: Act, preview: bool) -> Lines:
    """Keep what was found of the measure, and remind of its next test (S80)."""
    if not preview:
        measure = Measure.objects.select_related("recommendation__case").get(
            pk=act.facts["measure"]
        )
        recording.assess(measure=measure, event=_event(act))
    lines = [EffectLine("measure", _("The measure stands as it was found."))]
    if act.facts.get("next_test_on"):
        lines.append(EffectLine("task", _("A task reminds of the next test.")))
    return lines


def ask_to_record_suspension(act: Act, preview: bool) -> Lines:
    """The suspension is recorded with the next-higher office (A-7-2; Rules 78)."""
    if not preview:
        recording.ask_to_record_suspension(act.matter, _event(act))
    return [EffectLine("task", _("Record the suspension with the next-higher office."))]


def suspension_is_recorded(act: Act, preview: bool) -> Lines:
    """What the task asked for is done (S83)."""
    if not preview:
        tasks.close_kind(
            matter=act.matter,
            kind=recording.RECORD_SUSPENSION,
            closed_by=_event(act).recorded_by,
        )
    return []


def send_case(act: Act, preview: bool) -> Lines:
    """Show the case to the office it was sent to, until that office has acknowledged it (A-8-3)."""
    if not preview:
        CaseTransfer.objects.create(
            source=act.matter,
            event=_event(act),
            target_office_id=act.facts["target_office"],
            ground=act.facts["ground"],
            sent_on=act.legal_day,
        )
    return [EffectLine("transfer", _("The receiving office is asked to acknowledge the case."))]


def register() -> None:
    """Hand the effects to the registry, and how the case goes on in another office."""
    add_effect("recommendation_decided:administrative", fix_recommendation)
    add_effect("authority_replied:administrative", enter_reply)
    add_effect("measure_assessed:administrative", enter_assessment)
    add_effect("administrative_review_suspended:administrative", ask_to_record_suspension)
    add_effect("suspension_recorded:administrative", suspension_is_recorded)
    add_effect("administrative_case_transferred:administrative", send_case)
    annulments.register("administrative_case_transferred", taken_in)
    receptions.register("administrative", Reception(TAKING_IN, receiving.carry_over))
