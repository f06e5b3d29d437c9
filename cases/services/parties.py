"""Writing the parties of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, NotPermitted, stated_reason
from cases.models import Case, Party, PartyKind, PartyRole
from cases.selectors import people
from cases.selectors.parties import COVERED
from cases.services import acts


def _require_member(actor: User, case: Case) -> None:
    if not people.is_member(case, actor):
        raise NotPermitted(_("Only the handling team changes the parties."), code="not_in_the_team")


def _audit(
    party: Party,
    actor: User,
    action: str,
    fields: Sequence[str],
    *,
    read: bool = False,
    reason: str = "",
) -> None:
    audit.record(
        actor=actor,
        action=action,
        read=read,
        reason=reason,
        object_type="party",
        object_id=party.pk,
        details={"fields": sorted(fields)},
        **acts.audit_scope(party.case),
    )


@transaction.atomic
def add_party(*, actor: User, case: Case, facts: dict[str, Any]) -> Party:
    """Add a party with the cleaned data of `PartyForm`."""
    locked = acts.lock(case)
    _require_member(actor, case)
    party = Party.objects.create(case=case, created_by=actor, **facts)
    acts.raise_version(locked)
    _audit(party, actor, "party.added", list(facts))
    return party


@transaction.atomic
def change_party(*, actor: User, party: Party, facts: dict[str, Any], version: int) -> Party:
    """Change a party.

    Raises:
        Conflict: somebody changed it meanwhile, and `details` holds the present values; or role or name of
            a co-plaintiff would change, which its event tells.
    """
    locked_case = acts.lock(party.case)
    _require_member(actor, party.case)
    locked = Party.objects.select_for_update().get(pk=party.pk)
    if locked.version != version or locked.removed_at:
        raise Conflict(
            _("Somebody changed this party while you were writing. Compare and save again."),
            code="lost_update",
            details={name: getattr(locked, name) for name in facts} | {"version": locked.version},
        )
    changed = [name for name, value in facts.items() if getattr(locked, name) != value]
    if {"role", "name"} & set(changed):
        _require_not_joined(locked)
    for name in changed:
        setattr(locked, name, facts[name])
    locked.version += 1
    locked.save()
    acts.raise_version(locked_case)
    _audit(locked, actor, "party.changed", changed)
    return locked


@transaction.atomic
def remove_party(*, actor: User, party: Party, reason: str) -> Party:
    """Take a party off the case; the row stays, with the reason.

    Raises:
        Invalid: no reason is given.
        Conflict: it is a co-plaintiff, whose event tells that it joined.
    """
    locked_case = acts.lock(party.case)
    _require_member(actor, party.case)
    _require_not_joined(party)
    why = stated_reason(reason, _("Say why the party is removed."))
    _take_off(party, actor, why)
    acts.raise_version(locked_case)
    return party


def _take_off(party: Party, actor: User, why: str) -> None:
    party.removed_at, party.removed_reason = clock.now(), why[:300]
    party.save(update_fields=["removed_at", "removed_reason"])
    _audit(party, actor, "party.removed", [])


def _require_not_joined(party: Party) -> None:
    if party.joined_by_id is None:
        return
    raise Conflict(
        _(
            "This party joined the suit by an entry of the case, which says who it is (CPLI 285). Correct "
            "that entry: the name, or that the court has permitted it. The party follows."
        ),
        code="joined_by_an_event",
        law="CPLI 285",
        details={"event": party.joined_by_id},
    )


# --- co-plaintiffs -------------------------------------------------------------------------------


@transaction.atomic
def keep_joined(*, actor: User, case: Case, told: Mapping[int, str], why: str) -> None:
    """Make the co-plaintiffs of a case those its events tell of (T26); doing it again changes nothing.

    Args:
        actor: who recorded, corrected or annulled the event; who may do so was asked there.
        told: the name of each co-plaintiff by the key of the event by which it joined.
        why: the reason with which one that no event tells of any more is taken off.
    """
    rows = case.parties.select_for_update().filter(joined_by__isnull=False)
    present = {party.joined_by_id: party for party in rows if party.joined_by_id}
    for event, name in told.items():
        _let_in(actor, case, event, name, present.get(event))
    for event, party in present.items():
        if event not in told and party.removed_at is None:
            _take_off(party, actor, why)


def _let_in(actor: User, case: Case, event: int, name: str, party: Party | None) -> None:
    """Enter who joined by an event, under its name; an entry of that eligible plaintiff is taken over."""
    if party is None:
        known = case.parties.filter(
            role=PartyRole.ELIGIBLE_PLAINTIFF, name=name, removed_at=None, joined_by=None
        )
        party = known.first() or Party(
            case=case,
            role=PartyRole.ELIGIBLE_PLAINTIFF,
            kind=PartyKind.ORGANISATION,
            created_by=actor,
        )
    wanted = {"joined_by_id": event, "name": name, "removed_at": None, "removed_reason": ""}
    changed = [field for field, value in wanted.items() if getattr(party, field) != value]
    for field in changed:
        setattr(party, field, wanted[field])
    if party._state.adding:
        party.save()
        _audit(party, actor, "party.added", changed)
    elif changed:
        party.version += 1
        party.save()
        _audit(party, actor, "party.changed", changed)


@transaction.atomic
def reveal_contact(*, actor: User, party: Party, reason: str) -> None:
    """Leave the trace that `actor`, who sees the case, looks at address and telephone, and why.

    Raises:
        Invalid: no reason is given.
    """
    why = stated_reason(reason, _("Say why you need to see it."))
    _audit(party, actor, "party.revealed", COVERED[party.kind], read=True, reason=why)


@transaction.atomic
def open_for_change(*, actor: User, party: Party) -> None:
    """Leave the trace that a member of the team opens the whole entry in order to change it.

    Raises:
        NotPermitted: the actor is not in the team.
    """
    _require_member(actor, party.case)
    _audit(party, actor, "party.opened_for_change", COVERED[party.kind], read=True)
