"""The track of a case as it follows from its events, and the case split off from it (law 3.10, 14.1)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from cases.machine import Act
from cases.models import (
    Case,
    CaseLink,
    Event,
    LinkKind,
    TeamMember,
)
from cases.models.matter import Track
from cases.selectors.events import standing_events
from cases.selectors.people import lead_handler, open_team
from cases.services import acts, tasks
from cases.services.recusals import carry_over
from cases.states import CaseState
from evidence.services.transfer import copy_evidence
from litigation.forms.criminal import Origin
from litigation.services.copying import copy_parties, open_copy

TRACKS = {"criminal_case_joined": Track.CRIMINAL_INCIDENTAL, "criminal_case_left": Track.CIVIL}
SPLIT_OFF = "civil_part_split_off"


def on_event_recorded(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """Bring the track of a case in line when it joined a criminal case or left it."""
    if event.case is not None and event.kind in TRACKS:
        track = track_told(event.case)
        assert track is not None  # this event tells of it
        event.case.track = track
        event.case.save(update_fields=["track"])


def track_told(case: Case) -> Track | None:
    """Return the track the events of a case tell; None when none of them tells of it."""
    told = standing_events(case).filter(kind__in=TRACKS).order_by("-id")
    last = told.values_list("kind", flat=True).first()
    return TRACKS[last] if last else None


def split_off(act: Act) -> Case:
    """Open the civil case of its own, with the team, parties and evidence of its origin (norm C162).

    It begins anew, with its own events and so with its own periods; the announcement is due there too.
    Runs inside the act's transaction.
    """
    source: Case = act.matter
    assert act.event is not None  # effects that write run after the event
    actor = act.event.recorded_by or source.created_by
    case = open_copy(
        source,
        created_by=actor,
        office=source.office,
        department=source.department,
        year=act.legal_day.year,
        state=CaseState.FILED,
        title=act.facts["case_title"],
        track=Track.CIVIL,
        filed_on=act.legal_day,
        rulebook="",
    )
    for member in open_team(source):
        TeamMember.objects.create(case=case, user=member.user, position=member.position)
    carry_over(source, case)
    copy_parties(actor, source, case)
    copy_evidence(actor=actor, source=source, target=case)
    CaseLink.objects.create(source=source, target=case, kind=LinkKind.SPLIT, created_by=actor)
    _record_beginning(act, case)
    if act.facts["origin"] == Origin.ENDS:
        _ask_to_end(source, case)
    return case


def _record_beginning(act: Act, case: Case) -> None:
    assert act.event is not None  # effects that write run after the event
    event = acts.record_event(
        actor=act.event.recorded_by,
        matter=case,
        kind="case_split_off",
        legal_day=act.legal_day,
        facts={"from_case": act.matter.key},
        machine="case",
        object_id=case.pk,
        transition=act.declaration.code,
        to_state=case.state,
        proposal=act.event.proposal,
    )
    acts.announce_event(event, actor=act.event.recorded_by, matter=case)


def _ask_to_end(source: Case, case: Case) -> None:
    owner = lead_handler(source)
    if owner is None:
        return
    tasks.open_task(
        matter=source,
        title=gettext_noop("The civil part goes on as %(case)s: end this case (Rules 90)."),
        values={"case": case.key},
        owner=owner,
        created_by=None,
        kind=SPLIT_OFF,
        article="Rules 90",
    )
