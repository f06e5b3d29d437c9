"""Entering a meeting of the procuratorial committee that decided (Rules 22; POL 32; PCR 9, 21; norm C019)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from audit import clock
from audit.errors import Invalid
from cases.models import Case, CommitteeMeeting, Lead
from cases.selectors import people
from cases.services.attachments import store

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
    return CommitteeMeeting.objects.create(
        held_on=meeting.held_on,
        chair=meeting.chair,
        members=meeting.members,
        present=meeting.present,
        votes_for=meeting.votes_for,
        minutes=store(meeting.minutes, actor=actor, matter=matter, purpose="committee_minutes"),
        entered_by=actor,
    )


def _require_chair(actor: User, matter: Matter, concerned: User, chair: User) -> None:
    if not chairs(matter, concerned).filter(pk=chair.pk).exists():
        sentence = _(
            "On the chief procurator the committee decides with a deputy chief in the chair."
        )
        raise _invalid("chair", sentence, "Rules 22")
    if chair != actor and not _is_secretary(actor, matter):
        sentence = _(
            "You enter a meeting of which you were in the chair; any other the committee secretary enters."
        )
        raise _invalid("chair", sentence, "Rules 22")


def _require_day(day: date, not_before: date) -> None:
    if day > clock.today():
        sentence = _("This day lies in the future. Enter the day on which it really happened.")
        raise _invalid("held_on", sentence, "Rules 22")
    if day < not_before:
        sentence = _("The committee cannot have decided before %(day)s, when it was asked.")
        raise _invalid("held_on", sentence % {"day": not_before.isoformat()}, "Rules 22")


def _require_carried(meeting: Meeting) -> None:
    if meeting.present > meeting.members:
        sentence = _("No more members can be present than the committee has.")
        raise _invalid("present", sentence, "POL 32")
    if meeting.present * 2 <= meeting.members:
        sentence = _("The committee had no quorum: more than half of its members must be present.")
        raise _invalid("present", sentence, "POL 32")
    if meeting.votes_for > meeting.present:
        raise _invalid("votes_for", _("No more can vote than are present."), "PCR 21")
    if meeting.votes_for * 2 <= meeting.members:
        sentence = _(
            "The decision was not carried: more than half of all members must vote for it."
        )
        raise _invalid("votes_for", sentence, "PCR 21")


def _invalid(field: str, sentence: str, law: str) -> Invalid:
    return Invalid(sentence, errors={field: [sentence]}, law=law)
