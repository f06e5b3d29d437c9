"""One act on several leads or cases: each its own act, in its own transaction, with its own outcome.

Nothing is decided in bulk that is not decided singly: the services of one matter are called one after the
other, with their guards, events and audit entries. What one refuses stops no other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from audit import clock
from audit.errors import Invalid, NotVisible, Refusal
from cases.models import Case, Lead, Tag
from cases.selectors.matters import get_case, get_lead
from cases.services import acts, tags, team
from cases.states import LeadState

if TYPE_CHECKING:
    Matter = Lead | Case

# Each act takes some tenths of a second; a page waits for all of them.
MOST_AT_ONCE = 100


@dataclass(frozen=True)
class Outcome:
    """What became of the act on one lead or case.

    Attributes:
        key: as it was asked for.
        matter: None when there is none for this actor.
        refusal: why it was not done; None when it was.
    """

    key: str
    matter: Matter | None
    refusal: Refusal | None = None


@dataclass(frozen=True)
class _Several:
    """What several of one kind are, and what is said when too few or too many are named."""

    find: Callable[[User, str], Any]
    one: str
    few: Promise
    many: Promise


_CASES = _Several(
    get_case,
    "case",
    gettext_lazy("Mark at least one case."),
    gettext_lazy("At most %(most)d cases go at once. Mark fewer, and repeat for the rest."),
)
_LEADS = _Several(
    get_lead,
    "lead",
    gettext_lazy("Mark at least one lead."),
    gettext_lazy("At most %(most)d leads go at once. Mark fewer, and repeat for the rest."),
)


def assign_cases(*, actor: User, keys: Sequence[str], handler: User, reason: str) -> list[Outcome]:
    """Give each of the cases to another lead handler; open tasks go along (Rules 6).

    Raises:
        Invalid: no case is named, or more than `MOST_AT_ONCE`.
    """

    def give(case: Case) -> None:
        team.hand_over(actor=actor, matter=case, successor=handler, reason=reason)

    return _in_turn(_CASES, actor, keys, give)


def assign_leads(
    *, actor: User, keys: Sequence[str], handler: User, reason: str, conflict_checked: bool
) -> list[Outcome]:
    """Give each of the leads to a handling prosecutor (Rules 6, 27).

    One that was given to nobody yet is assigned (T03), which asks whether grounds of recusal were looked for;
    any other is handed over for a reason, and open tasks go along.

    Raises:
        Invalid: no lead is named, or more than `MOST_AT_ONCE`.
    """
    facts = {"handler": handler.pk, "legal_day": clock.today().isoformat()}
    if conflict_checked:
        facts["conflict_checked"] = "on"

    def give(lead: Lead) -> None:
        if lead.state == LeadState.LEAD_REGISTERED:
            acts.record_directly(actor=actor, matter=lead, code="T03", data=facts)
        else:
            team.hand_over(actor=actor, matter=lead, successor=handler, reason=reason)

    return _in_turn(_LEADS, actor, keys, give)


def tag_cases(
    *, actor: User, keys: Sequence[str], put_on: Collection[Tag], take_off: Collection[Tag]
) -> list[Outcome]:
    """Put labels on each of the cases and take others off; what a case bears or lacks already is no fault.

    Raises:
        Invalid: no case is named, or more than `MOST_AT_ONCE`, or no label.
    """
    return _tag_in_turn(_CASES, actor, keys, put_on, take_off)


def tag_leads(
    *, actor: User, keys: Sequence[str], put_on: Collection[Tag], take_off: Collection[Tag]
) -> list[Outcome]:
    """Do to leads what `tag_cases` does to cases.

    Raises:
        Invalid: no lead is named, or more than `MOST_AT_ONCE`, or no label.
    """
    return _tag_in_turn(_LEADS, actor, keys, put_on, take_off)


def _tag_in_turn(
    several: _Several,
    actor: User,
    keys: Sequence[str],
    put_on: Collection[Tag],
    take_off: Collection[Tag],
) -> list[Outcome]:
    if not put_on and not take_off:
        raise Invalid(_("Choose a label to put on or to take off."), code="no_tag")

    def tag(matter: Matter) -> None:
        tags.tag_matter(actor=actor, matter=matter, put_on=put_on, take_off=take_off)

    return _in_turn(several, actor, keys, tag)


def _in_turn(
    several: _Several, actor: User, keys: Sequence[str], act: Callable[[Any], None]
) -> list[Outcome]:
    return [_one(several, actor, key, act) for key in _counted(several, keys)]


def _one(several: _Several, actor: User, key: str, act: Callable[[Any], None]) -> Outcome:
    try:
        matter = several.find(actor, key)
    except NotVisible as refusal:
        return Outcome(key, None, refusal)
    try:
        act(matter)
    except Refusal as refusal:
        return Outcome(key, matter, refusal)
    return Outcome(key, matter)


def _counted(several: _Several, keys: Sequence[str]) -> list[str]:
    """Return every key once.

    Raises:
        Invalid: there is none, or there are more than `MOST_AT_ONCE`.
    """
    once = list(dict.fromkeys(keys))
    if not once:
        raise Invalid(str(several.few), code=f"no_{several.one}")
    if len(once) > MOST_AT_ONCE:
        raise Invalid(str(several.many) % {"most": MOST_AT_ONCE}, code=f"too_many_{several.one}s")
    return once
