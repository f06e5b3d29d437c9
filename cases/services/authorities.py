"""Opening a case against an authority, from a lead or beside another case (A-1, A-1-2; Rules 67-70).

Which body of the directory it is, the room above enters; here the authority is a party by its name.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from cases.machine import Act
from cases.models import (
    Case,
    CaseLink,
    Lead,
    LinkKind,
    Party,
    PartyKind,
    PartyRole,
    TeamMember,
    TeamPosition,
)
from cases.models.matter import Track
from cases.registries import EffectLine
from cases.selectors.people import open_team
from cases.services import acts
from cases.services.numbering import next_serial
from cases.services.recusals import carry_over
from cases.services.tags import tags_to_take_over, take_over_tags
from cases.states import AdministrativeState


def open_from_lead(act: Act, preview: bool) -> list[EffectLine]:
    """Open the case that the decision to file against an authority makes (A-1); left in `act.extra`."""
    lines = [
        EffectLine(
            "case",
            _("A case against the authority is opened; the handler becomes its lead handler."),
        )
    ]
    lead: Lead = act.matter
    if preview:
        return lines + tags_to_take_over(lead)
    assert lead.handler is not None  # the guard `handler_may_lead`
    case = _create(act, lead, lead=lead, summary=lead.summary, created_by=lead.handler)
    TeamMember.objects.create(case=case, user=lead.handler, position=TeamPosition.LEAD)
    assert act.event is not None  # effects that write run after the event
    _begin(act, case, {"lead": lead.key})
    take_over_tags(actor=act.event.recorded_by, lead=lead, case=case)
    return lines


def open_beside(act: Act, preview: bool) -> list[EffectLine]:
    """Open a case against an authority beside the case of the act, with its team (A-1-2; Rules 69)."""
    lines = [
        EffectLine(
            "case",
            _("A case against the authority is opened, linked to this one, with the same team."),
        )
    ]
    if preview:
        return lines
    source: Case = act.matter
    assert act.event is not None  # effects that write run after the event
    author = act.event.recorded_by or source.created_by
    case = _create(act, source, lead=None, summary=source.summary, created_by=author)
    for member in open_team(source):
        TeamMember.objects.create(case=case, user=member.user, position=member.position)
    carry_over(source, case)
    CaseLink.objects.create(source=source, target=case, kind=LinkKind.RELATED, created_by=author)
    _begin(act, case, {"beside": source.key})
    return lines


def _create(
    act: Act, origin: Lead | Case, *, lead: Lead | None, summary: str, created_by: User
) -> Case:
    facts, year = act.facts, act.legal_day.year
    serial = next_serial(office=origin.office, year=year, series="case")
    case = Case.objects.create(
        key=f"{origin.office.code}-{year}-{serial:05}",
        office=origin.office,
        department=origin.department,
        year=year,
        serial=serial,
        title=facts["case_title"],
        confidential=origin.confidential,
        created_by=created_by,
        lead=lead,
        track=Track.ADMINISTRATIVE,
        state=AdministrativeState.ADM_FILED,
        legal_bases=facts["legal_bases"],
        filed_on=act.legal_day,
        summary=summary,
        minors_concerned=bool(facts.get("minors_concerned")),
    )
    Party.objects.create(
        case=case,
        role=PartyRole.AUTHORITY,
        kind=PartyKind.PUBLIC_BODY,
        name=facts["authority_name"],
        created_by=created_by,
    )
    act.extra["case"] = case
    return case


def _begin(act: Act, case: Case, origin: dict[str, Any]) -> None:
    """Record the beginning of the case; the period to serve its decision runs from it (Rules 70)."""
    assert act.event is not None  # effects that write run after the event
    event = acts.record_event(
        actor=act.event.recorded_by,
        matter=case,
        kind="case_opened",
        legal_day=act.legal_day,
        facts=origin
        | {
            "track": Track.ADMINISTRATIVE.value,
            "authority": act.facts["authority"],
            "authority_name": act.facts["authority_name"],
        },
        machine=case.machine,
        object_id=case.pk,
        transition=act.declaration.code,
        to_state=case.state,
        proposal=act.event.proposal,
    )
    acts.announce_event(event, actor=act.event.recorded_by, matter=case)
