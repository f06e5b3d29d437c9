"""What the events of this room create: tasks, and the transfer another office sees."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cases.machine import Act
from cases.models import Event
from cases.registries import EffectLine, Reception, add_effect, annulments, receptions
from cases.selectors.people import lead_handler
from cases.services import tasks
from litigation.apart import TAKING_IN
from litigation.forms.review import Intention
from litigation.models import CaseTransfer, Court

# Kinds of tasks the system opens; one of a kind and owner is open at a time.
CHOOSE_WAY = "plaintiff_has_sued"
CONTACT_WILLING = "plaintiff_will_sue"
EXPIRY_STUCK = "announcement_not_expired"


def ask_after_reply(act: Act, preview: bool) -> list[EffectLine]:
    """Ask the handler to choose when an eligible body has sued, to keep contact when it will (T13)."""
    intention = act.facts.get("intention")
    if intention == Intention.HAS:
        kind, article = CHOOSE_WAY, "Rules 90, 100"
        title = gettext_noop("%(name)s has sued: support that suit or terminate this case.")
    elif intention == Intention.WILL:
        kind, article = CONTACT_WILLING, "Rules 93"
        title = gettext_noop("%(name)s says it will sue: ask, and note the contact.")
    else:
        return []
    values = {"name": str(act.facts.get("name", ""))}
    owner = lead_handler(act.matter)
    if not preview and owner is not None:
        tasks.open_task(
            matter=act.matter,
            title=title,
            values=values,
            owner=owner,
            created_by=None,
            kind=kind,
            article=article,
            event=act.event,
        )
    return [EffectLine("task", _(title) % values)]


def close_choice(act: Act, preview: bool) -> list[EffectLine]:
    """Close the question which way to go once one was gone (T14, T15)."""
    if not preview:
        recorded_by = act.event.recorded_by if act.event else None
        for kind in (CHOOSE_WAY, CONTACT_WILLING):
            tasks.close_kind(matter=act.matter, kind=kind, closed_by=recorded_by)
    return []


def close_expiry_task(act: Act, preview: bool) -> list[EffectLine]:
    """Close the task about what kept the announcement from expiring (T16)."""
    if not preview:
        tasks.close_kind(matter=act.matter, kind=EXPIRY_STUCK, closed_by=None)
    return [EffectLine("deadline", _("The review for prosecution begins (P-02)."))]


def send_case(act: Act, preview: bool) -> list[EffectLine]:
    """Show the case to the office it was sent to, until that office has acknowledged it (T20)."""
    if not preview:
        assert act.event is not None  # effects that write run after the event
        CaseTransfer.objects.create(
            source=act.matter,
            event=act.event,
            target_office_id=act.facts["target_office"],
            competent_court=Court.objects.get(pk=act.facts["competent_court"]).name,
            ground=act.facts["transfer_ground"],
            sent_on=act.legal_day,
        )
    return [EffectLine("transfer", _("The receiving office is asked to acknowledge the case."))]


def taken_in(event: Event) -> str:
    """Say that the receiving office goes on with the case, so that its sending is not annulled (T20, T64)."""
    transfer = CaseTransfer.objects.filter(event=event, received_case__isnull=False).first()
    if transfer is None:
        return ""
    values = {"office": transfer.target_office.name, "day": transfer.received_on}
    return (
        _(
            "%(office)s received the case on %(day)s and goes on with it (Rules 16). It ends there, or is "
            "sent back by that office."
        )
        % values
    )


def register() -> None:
    """Hand the effects to the registry."""
    add_effect("announcement_reply:litigation", ask_after_reply)
    add_effect("support_begun:litigation", close_choice)
    add_effect("case_terminated:litigation", close_choice)
    add_effect("announcement_expired:litigation", close_expiry_task)
    add_effect("case_transferred:litigation", send_case)
    annulments.register("case_transferred", taken_in)
    receptions.register("case", Reception(step=TAKING_IN))
