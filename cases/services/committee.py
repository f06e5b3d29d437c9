"""Meetings of the procuratorial committee: entering one that decided, and who reads its minutes.

Rules 22; POL 32; PCR 9, 21, 27, 28; norm C019.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Role, User
from audit import clock
from audit.errors import NotPermitted, invalid_field, stated_reason
from cases.models import Attachment, Case, CommitteeMeeting, Event, Lead
from cases.selectors import people
from cases.selectors.matters import is_visible
from cases.services import acts, tasks
from cases.services.attachments import store
from cases.services.routes import standing_of

if TYPE_CHECKING:
    Matter = Lead | Case

# The event by which the chief lets somebody read the minutes of one meeting.
OPENED = "committee_minutes_opened"


@dataclass(frozen=True)
class Meeting:
    """A meeting as its minutes show it.

    Attributes:
        members: how many the committee has, whether present or not.
        votes_for: how many voted for the decision that is entered.
    """

    held_on: date
    chair: User
    members: int
    present: int
    votes_for: int
    minutes: UploadedFile[Any]


def chairs(matter: Matter, concerned: User) -> QuerySet[User]:
    """Return who may be in the chair when the chief is concerned: the deputies of the office (Rules 22)."""
    return people.deciders(matter, Role.DEPUTY_CHIEF).exclude(pk=concerned.pk)


def may_enter(actor: User, matter: Matter, concerned: User) -> bool:
    """Say whether `actor` enters what the committee decided: its secretary, or a deputy in the chair."""
    if actor.pk == concerned.pk:
        return False
    return _is_secretary(actor, matter) or chairs(matter, concerned).filter(pk=actor.pk).exists()


def _is_secretary(actor: User, matter: Matter) -> bool:
    return people.deciders(matter, Role.COMMITTEE_SECRETARY).filter(pk=actor.pk).exists()


def record_meeting(
    *, actor: User, matter: Matter, concerned: User, meeting: Meeting, not_before: date
) -> CommitteeMeeting:
    """Keep a meeting and its minutes, inside the caller's transaction.

    Args:
        concerned: the chief on whose recusal it decided.
        not_before: the day on which the application or the request was received.

    Raises:
        Invalid: the wrong chair, a wrong day, no quorum, or the decision was not carried.
    """
    _require_chair(actor, matter, concerned, meeting.chair)
    _require_day(meeting.held_on, not_before)
    _require_carried(meeting)
    _ask_for_the_notice(matter, actor)
    return CommitteeMeeting.objects.create(
        held_on=meeting.held_on,
        chair=meeting.chair,
        members=meeting.members,
        present=meeting.present,
        votes_for=meeting.votes_for,
        minutes=store(meeting.minutes, actor=actor, matter=matter, purpose="committee_minutes"),
        entered_by=actor,
    )


def _ask_for_the_notice(matter: Matter, actor: User) -> None:
    """Open the task of what follows a decision of the committee (PCR 28)."""
    tasks.open_task(
        matter=matter,
        kind="committee_notice",
        title=gettext_noop(
            "Notify what the committee decided and record the minutes with the next-higher procuratorate"
        ),
        article="PCR 28",
        owner=actor,
        created_by=actor,
    )


def _require_chair(actor: User, matter: Matter, concerned: User, chair: User) -> None:
    if not chairs(matter, concerned).filter(pk=chair.pk).exists():
        sentence = _(
            "On the chief procurator the committee decides with a deputy chief in the chair."
        )
        raise invalid_field("chair", sentence, "Rules 22")
    if chair != actor and not _is_secretary(actor, matter):
        sentence = _(
            "You enter a meeting of which you were in the chair; any other the committee secretary enters."
        )
        raise invalid_field("chair", sentence, "Rules 22")


def _require_day(day: date, not_before: date) -> None:
    if day > clock.today():
        sentence = _("This day lies in the future. Enter the day on which it really happened.")
        raise invalid_field("held_on", sentence, "Rules 22")
    if day < not_before:
        sentence = _("The committee cannot have decided before %(day)s, when it was asked.")
        raise invalid_field("held_on", sentence % {"day": not_before.isoformat()}, "Rules 22")


def _require_carried(meeting: Meeting) -> None:
    if meeting.present > meeting.members:
        sentence = _("No more members can be present than the committee has.")
        raise invalid_field("present", sentence, "POL 32")
    if meeting.present * 2 <= meeting.members:
        sentence = _("The committee had no quorum: more than half of its members must be present.")
        raise invalid_field("present", sentence, "POL 32")
    if meeting.votes_for > meeting.present:
        raise invalid_field("votes_for", _("No more can vote than are present."), "PCR 21")
    if meeting.votes_for * 2 <= meeting.members:
        sentence = _(
            "The decision was not carried: more than half of all members must vote for it."
        )
        raise invalid_field("votes_for", sentence, "PCR 21")


# --- reading the minutes (PCR 27) -----------------------------------------------------------------


def may_permit(actor: User, matter: Matter) -> bool:
    """Say whether `actor` lets people read minutes of the committee: the chief, or who acts for him."""
    return standing_of(actor, matter, Role.CHIEF) is not None


def may_read_minutes(actor: User, meeting: CommitteeMeeting) -> bool:
    """Say whether `actor`, who sees the matter, may read the minutes of a meeting (PCR 27).

    The handler for his own case; everybody else with the permission of the chief procurator. Whoever
    entered the meeting has its paper.
    """
    matter = _matter_of(meeting)
    return (
        people.is_handler(matter, actor)
        or actor.pk == meeting.entered_by_id
        or may_permit(actor, matter)
        or _opened_to(actor, meeting).exists()
    )


def require_may_read(actor: User, attachment: Attachment) -> None:
    """Refuse the minutes of the committee to who may not read them; any other file passes.

    Raises:
        NotPermitted: they are minutes, and `actor` has no permission of the chief.
    """
    meeting = CommitteeMeeting.objects.filter(minutes=attachment).first()
    if meeting is None or may_read_minutes(actor, meeting):
        return
    raise NotPermitted(
        _(
            "Minutes of the procuratorial committee are read with the permission of the chief procurator, "
            "and by the handler of the case. Ask the chief procurator."
        ),
        code="minutes_closed",
        law="PCR 27",
    )


@transaction.atomic
def open_minutes(*, actor: User, meeting: CommitteeMeeting, person: User, reason: str) -> Event:
    """Let `person` read the minutes of one meeting; the permission is an event of the matter.

    Raises:
        NotPermitted: the actor is not the chief procurator.
        Invalid: no reason, or the person does not see the matter or may read them already.
    """
    matter = _matter_of(meeting)
    if not may_permit(actor, matter):
        raise NotPermitted(
            _("The chief procurator permits to read minutes of the committee."),
            code="wrong_role",
            law="PCR 27",
        )
    why = stated_reason(reason, _("The reason is missing."), law="PCR 27")
    _require_opens_something(person, meeting)
    event = acts.record_event(
        actor=actor,
        matter=acts.lock(matter),
        kind=OPENED,
        legal_day=clock.today(),
        facts={"minutes": meeting.minutes_id, "person": person.pk},
        reason=why,
    )
    acts.announce_event(event, actor=actor, matter=matter)
    return event


def _require_opens_something(person: User, meeting: CommitteeMeeting) -> None:
    name = {"name": person.name}
    if not is_visible(person, _matter_of(meeting)):
        sentence = _("%(name)s does not see this matter; the permission would open nothing.")
        raise invalid_field("person", sentence % name, "PCR 27")
    if may_read_minutes(person, meeting):
        raise invalid_field("person", _("%(name)s may read them already.") % name, "PCR 27")


def _opened_to(person: User, meeting: CommitteeMeeting) -> QuerySet[Event]:
    facts = {"facts__minutes": meeting.minutes_id, "facts__person": person.pk}
    found: QuerySet[Event] = _matter_of(meeting).events.filter(kind=OPENED, **facts)
    return found


def _matter_of(meeting: CommitteeMeeting) -> Matter:
    matter = meeting.minutes.case or meeting.minutes.lead
    assert matter is not None  # held by the constraint attachment_of_one_matter
    return matter
