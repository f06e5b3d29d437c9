"""One act on several cases: each its own act, in its own transaction, with its own outcome.

Nothing is decided in bulk that is not decided singly: the services of one case are called one after the
other, with their guards, events and audit entries. What one case refuses stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from audit.errors import Invalid, NotVisible, Refusal
from cases.models import Case, Tag
from cases.selectors.matters import get_case
from cases.services import tags, team

# Each act takes some tenths of a second; a page waits for all of them.
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Outcome:
    """What became of the act on one case.

    Attributes:
        key: as it was asked for.
        case: None when there is none for this actor.
        refusal: why it was not done; None when it was.
    """

    key: str
    case: Case | None
    refusal: Refusal | None = None


def assign_cases(*, actor: User, keys: Sequence[str], handler: User, reason: str) -> list[Outcome]:
    """Give each of the cases to another lead handler; open tasks go along (Rules 6).

    Raises:
        Invalid: no case is named, or more than `MOST_AT_ONCE`.
    """

    def give(case: Case) -> None:
        team.hand_over(actor=actor, matter=case, successor=handler, reason=reason)

    return _in_turn(actor, keys, give)


def tag_cases(
    *, actor: User, keys: Sequence[str], put_on: Collection[Tag], take_off: Collection[Tag]
) -> list[Outcome]:
    """Put labels on each of the cases and take others off; what a case bears or lacks already is no fault.

    Raises:
        Invalid: no case is named, or more than `MOST_AT_ONCE`, or no label.
    """
    if not put_on and not take_off:
        raise Invalid(_("Choose a label to put on or to take off."), code="no_tag")

    def tag(case: Case) -> None:
        tags.tag_case(actor=actor, case=case, put_on=put_on, take_off=take_off)

    return _in_turn(actor, keys, tag)


def _in_turn(actor: User, keys: Sequence[str], act: Callable[[Case], None]) -> list[Outcome]:
    return [_one(actor, key, act) for key in _counted(keys)]


def _one(actor: User, key: str, act: Callable[[Case], None]) -> Outcome:
    try:
        case = get_case(actor, key)
    except NotVisible as refusal:
        return Outcome(key, None, refusal)
    try:
        act(case)
    except Refusal as refusal:
        return Outcome(key, case, refusal)
    return Outcome(key, case)


def _counted(keys: Sequence[str]) -> list[str]:
    """Return every key once.

    Raises:
        Invalid: there is none, or there are more than `MOST_AT_ONCE`.
    """
    once = list(dict.fromkeys(keys))
    if not once:
        raise Invalid(_("Mark at least one case."), code="no_case")
    if len(once) > MOST_AT_ONCE:
        raise Invalid(
            _("At most %(most)d cases go at once. Mark fewer, and repeat for the rest.")
            % {"most": MOST_AT_ONCE},
            code="too_many_cases",
        )
    return once
