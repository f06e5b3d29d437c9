"""What the kernel's own events create: the case a filing opens, the lead a transfer hands over."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Office, User
from audit import clock
from cases.machine import Act
from cases.models import (
    Case,
    Lead,
    LeadSource,
    Party,
    PartyKind,
    PartyRole,
    TeamMember,
    TeamPosition,
)
from cases.registries import EffectLine, effects
from cases.services import acts, authorities
from cases.services.back_entry import go_on_in_case
from cases.services.leads import register_lead
from cases.services.numbering import next_serial
from cases.services.tags import tags_to_take_over, take_over_tags


def assign_handler(act: Act, preview: bool) -> list[EffectLine]:
    """Give the lead its handling prosecutor (T03)."""
    if not preview:
        lead: Lead = act.matter
        lead.handler = User.objects.get(pk=act.facts["handler"])
        lead.department = lead.handler.department or lead.department
        lead.save(update_fields=["handler", "department"])
    return [EffectLine("handler", _("The handling prosecutor is entered."))]


def open_case(act: Act, preview: bool) -> list[EffectLine]:
    """Open the case that the decision to file makes (T06); it is left in `act.extra["case"]`."""
    lines = [EffectLine("case", _("A case is opened; the handler becomes its lead handler."))]
    lead: Lead = act.matter
    if preview:
        return lines + tags_to_take_over(lead)
    case = _create_case(act, lead)
    act.extra["case"] = case
    assert lead.handler is not None  # the guard `handler_may_lead`
    TeamMember.objects.create(case=case, user=lead.handler, position=TeamPosition.LEAD)
    enter_violator(act.facts, case)
    assert act.event is not None  # effects that write run after the event
    event = acts.record_event(
        actor=act.event.recorded_by,
        matter=case,
        kind="case_opened",
        legal_day=act.legal_day,
        facts={"lead": lead.key},
        machine="case",
        object_id=case.pk,
        transition="T06",
        to_state=case.state,
        proposal=act.event.proposal,
    )
    acts.announce_event(event, actor=act.event.recorded_by, matter=case)
    take_over_tags(actor=act.event.recorded_by, lead=lead, case=case)
    return lines


def _create_case(act: Act, lead: Lead) -> Case:
    facts = act.facts
    year = act.legal_day.year
    serial = next_serial(office=lead.office, year=year, series="case")
    return Case.objects.create(
        key=f"{lead.office.code}-{year}-{serial:05}",
        office=lead.office,
        department=lead.department,
        year=year,
        serial=serial,
        title=facts["case_title"],
        confidential=lead.confidential,
        created_by=lead.handler or lead.created_by,
        lead=lead,
        legal_bases=facts["legal_bases"],
        filed_on=act.legal_day,
        summary=lead.summary,
        act_place=facts.get("act_place", ""),
        harm_place=facts.get("harm_place", ""),
        persons_concerned=facts.get("persons_concerned"),
        items_concerned=facts.get("items_concerned"),
        minors_concerned=bool(facts.get("minors_concerned")),
        sensitive=bool(facts.get("sensitive")),
        violator_unknown=bool(facts.get("violator_unknown")),
        severe=bool(facts.get("severe")),
    )


def enter_violator(facts: dict[str, Any], case: Case) -> None:
    """Enter the processor that a filing names as the violator of the case; none while he is unknown."""
    if facts.get("violator_unknown") or not facts.get("processor"):
        return
    Party.objects.create(
        case=case,
        role=PartyRole.VIOLATOR,
        kind=PartyKind.ORGANISATION,
        name=facts["processor"],
        created_by=case.created_by,
    )


def hand_lead_to_office(act: Act, preview: bool) -> list[EffectLine]:
    """Enter the transferred lead in the register of the receiving office (T02; Rules 26)."""
    office = Office.objects.filter(pk=int(act.facts.get("target_office") or 0)).first()
    lines = [
        EffectLine(
            "lead", _("The lead is entered in the register of %(office)s.") % {"office": office}
        )
    ]
    if preview or office is None:
        return lines
    lead: Lead = act.matter
    act.extra["received"] = register_lead(
        actor=lead.handler or lead.created_by,
        origin=lead,
        facts={
            "office": office,
            "title": lead.title,
            "source": LeadSource.TRANSFER,
            "source_detail": f"{lead.office.name} {lead.key}",
            "received_on": clock.today(),
            "summary": lead.summary,
            "suspected_processor": lead.suspected_processor,
            "major": False,
            "confidential": lead.confidential,
        },
    )
    return lines


def enter_merge(act: Act, preview: bool) -> list[EffectLine]:
    """Name the lead that goes on."""
    if not preview:
        act.matter.merged_into_id = act.facts["into"]
        act.matter.save(update_fields=["merged_into"])
    return [EffectLine("lead", _("The other lead goes on; this one ends."))]


def register() -> None:
    """Hand the kernel's effects to the registry; rooms above add theirs under their own kinds."""
    effects.register("lead_assigned:cases", (assign_handler,))
    effects.register("case_filed:cases", (open_case, go_on_in_case))
    effects.register("administrative_case_filed:cases", (authorities.open_from_lead, go_on_in_case))
    effects.register("administrative_case_split:cases", (authorities.open_beside,))
    effects.register("lead_transferred:cases", (hand_lead_to_office,))
    effects.register("lead_merged:cases", (enter_merge,))
