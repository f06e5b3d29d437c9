"""Meetings of the procuratorial committee: entering one that decided on a recusal of the chief.

Rules 22; POL 32; PCR 9, 21, 28; norm C019. Who reads its minutes: `cases.services.minutes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Role, User
from audit import clock
from audit.errors import invalid_field
from cases.models import Case, CommitteeMeeting, Lead
from cases.selectors import people
from cases.services import tasks
from cases.services.attachments import store
from cases.voting import Vote

if TYPE_CHECKING:
    Matter = Lead | Case


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
    vote = Vote(meeting.members, meeting.present, meeting.votes_for)
    if not vote.quorum:
        sentence = _("The committee had no quorum: more than half of its members must be present.")
        raise invalid_field("present", sentence, "POL 32")
    if meeting.votes_for > meeting.present:
        raise invalid_field("votes_for", _("No more can vote than are present."), "PCR 21")
    if not vote.carried:
        sentence = _(
            "The decision was not carried: more than half of all members must vote for it."
        )
        raise invalid_field("votes_for", sentence, "PCR 21")
