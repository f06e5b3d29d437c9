"""Who reads the minutes of the procuratorial committee (PCR 27).

The rule holds for every file of minutes: of a recusal of the chief, and of a decision on the case.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Role, User
from audit import clock
from audit.errors import NotPermitted, invalid_field, stated_reason
from cases.models import Attachment, Case, Event, Lead
from cases.selectors import people
from cases.selectors.matters import is_visible
from cases.services import acts
from cases.services.routes import standing_of

if TYPE_CHECKING:
    Matter = Lead | Case

# The event by which the chief lets somebody read the minutes of one meeting.
OPENED = "committee_minutes_opened"
# What minutes are kept for: the recusal of a chief, a decision on the case (S04).
PURPOSES = ("committee_minutes", "committee_decided")


def is_minutes(attachment: Attachment) -> bool:
    """Say whether a file is minutes of the committee."""
    return attachment.purpose in PURPOSES


def may_permit(actor: User, matter: Matter) -> bool:
    """Say whether `actor` lets people read minutes of the committee: the chief, or who acts for him."""
    return standing_of(actor, matter, Role.CHIEF) is not None


def may_read_minutes(actor: User, minutes: Attachment) -> bool:
    """Say whether `actor`, who sees the matter, may read these minutes (PCR 27).

    The handler for his own case; everybody else with the permission of the chief procurator. Whoever
    entered the meeting has its paper.
    """
    return not closed_to(actor, [minutes])


def require_may_read(actor: User, attachment: Attachment) -> None:
    """Refuse the minutes of the committee to who may not read them; any other file passes.

    Raises:
        NotPermitted: they are minutes, and `actor` has no permission of the chief.
    """
    if not is_minutes(attachment) or may_read_minutes(actor, attachment):
        return
    raise NotPermitted(
        _(
            "Minutes of the procuratorial committee are read with the permission of the chief procurator, "
            "and by the handler of the case. Ask the chief procurator."
        ),
        code="minutes_closed",
        law="PCR 27",
    )


def closed_to(actor: User, files: Iterable[Attachment]) -> set[int]:
    """Return which of `files`, by key, are minutes that `actor`, who sees their matters, may not read.

    The cost follows from the matters they belong to, not from how many there are.
    """
    kept: dict[Matter, list[Attachment]] = {}
    for file in files:
        if is_minutes(file):
            kept.setdefault(_matter_of(file), []).append(file)
    return {key for matter, rows in kept.items() for key in _closed_in(actor, matter, rows)}


def _closed_in(actor: User, matter: Matter, minutes: list[Attachment]) -> set[int]:
    if people.is_handler(matter, actor) or may_permit(actor, matter):
        return set()
    events = matter.events.filter(kind=OPENED, facts__person=actor.pk)
    opened = set(events.values_list("facts__minutes", flat=True))
    return {row.pk for row in minutes if row.uploaded_by_id != actor.pk and row.pk not in opened}


@transaction.atomic
def open_minutes(*, actor: User, minutes: Attachment, person: User, reason: str) -> Event:
    """Let `person` read the minutes of one meeting; the permission is an event of the matter.

    Raises:
        NotPermitted: the actor is not the chief procurator.
        Invalid: no reason, or the person does not see the matter or may read them already.
    """
    matter = _matter_of(minutes)
    if not may_permit(actor, matter):
        raise NotPermitted(
            _("The chief procurator permits to read minutes of the committee."),
            code="wrong_role",
            law="PCR 27",
        )
    why = stated_reason(reason, _("The reason is missing."), law="PCR 27")
    _require_opens_something(person, minutes)
    event = acts.record_event(
        actor=actor,
        matter=acts.lock(matter),
        kind=OPENED,
        legal_day=clock.today(),
        facts={"minutes": minutes.pk, "person": person.pk},
        reason=why,
    )
    acts.announce_event(event, actor=actor, matter=matter)
    return event


def _require_opens_something(person: User, minutes: Attachment) -> None:
    name = {"name": person.name}
    if not is_visible(person, _matter_of(minutes)):
        sentence = _("%(name)s does not see this matter; the permission would open nothing.")
        raise invalid_field("person", sentence % name, "PCR 27")
    if may_read_minutes(person, minutes):
        raise invalid_field("person", _("%(name)s may read them already.") % name, "PCR 27")


def _matter_of(minutes: Attachment) -> Matter:
    matter = minutes.case or minutes.lead
    assert matter is not None  # held by the constraint attachment_of_one_matter
    return matter
