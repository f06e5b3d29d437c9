"""Writing the parties of a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, NotPermitted, stated_reason
from cases.models import Case, Party
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
        Conflict: somebody changed it meanwhile; `details` holds the present values.
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
    """
    locked_case = acts.lock(party.case)
    _require_member(actor, party.case)
    why = stated_reason(reason, _("Say why the party is removed."))
    party.removed_at = clock.now()
    party.removed_reason = why[:300]
    party.save(update_fields=["removed_at", "removed_reason"])
    acts.raise_version(locked_case)
    _audit(party, actor, "party.removed", [])
    return party


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
