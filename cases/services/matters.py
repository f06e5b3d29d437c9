"""Writing what a case says of itself: its summary, places, counts and marks."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Invalid, NotPermitted
from cases.models import Case, Party, PartyRole
from cases.selectors import people
from cases.services import acts
from cases.services.parties import add_party

# What `change_case` may change; everything else follows from acts.
CHANGEABLE = (
    "summary",
    "act_place",
    "harm_place",
    "persons_concerned",
    "items_concerned",
    "minors_concerned",
    "sensitive",
    "severe",
    "confidential",
)


def _require_handler(actor: User, case: Case) -> None:
    if not people.is_handler(case, actor):
        raise NotPermitted(
            _("Only the handling prosecutors of this case may do this. Ask the lead handler."),
            code="wrong_role",
            law="Rules 6",
        )


@transaction.atomic
def change_case(*, actor: User, case: Case, facts: dict[str, Any], version: int) -> Case:
    """Change what the case says of itself, with the cleaned data of `CaseForm`.

    Args:
        facts: values of fields of `CHANGEABLE`; a field that is not named stays.
        version: `Case.version` as the actor saw it.

    Raises:
        NotPermitted: the actor does not handle the case.
        Conflict: the case has moved; `details` holds the present values and version.
        Invalid: the harm is no longer called severe while the violator is unknown (Rules 29).
        ValueError: a field that no person may change is named.
    """
    if strange := facts.keys() - set(CHANGEABLE):
        raise ValueError(f"Not changeable: {sorted(strange)}")
    locked = Case.objects.select_for_update().get(pk=case.pk)
    _require_handler(actor, locked)
    if locked.version != version:
        raise Conflict(
            _("Somebody changed this case while you were writing. Compare and save again."),
            code="lost_update",
            details={name: getattr(locked, name) for name in facts} | {"version": locked.version},
        )
    changed = [name for name, value in facts.items() if getattr(locked, name) != value]
    if not changed:
        return locked
    for name in changed:
        setattr(locked, name, facts[name])
    _require_severe_while_unknown(locked)
    locked.version += 1
    locked.save(update_fields=[*changed, "version"])
    audit.record(
        actor=actor,
        action="case.changed",
        object_type="case",
        object_id=locked.pk,
        details={"fields": sorted(changed)},
        **acts.audit_scope(locked),
    )
    return locked


def _require_severe_while_unknown(case: Case) -> None:
    if case.violator_unknown and not case.severe:
        sentence = _("While the violator is unknown the harm must be severe (Rules 29).")
        raise Invalid(sentence, errors={"severe": [sentence]}, code="not_severe", law="Rules 29")


@transaction.atomic
def identify_violator(*, actor: User, case: Case, facts: dict[str, Any]) -> Party:
    """Enter the violator of a case that was filed without knowing him (Rules 29; norm C012).

    Args:
        facts: the cleaned data of `PartyForm`; the role is always that of the violator.

    Raises:
        NotPermitted: the actor does not handle the case.
        Conflict: the violator is known already.
    """
    locked = Case.objects.select_for_update().get(pk=case.pk)
    _require_handler(actor, locked)
    if not locked.violator_unknown:
        raise Conflict(
            _("The violator of this case is known. Add further violators as parties."),
            code="violator_known",
        )
    party = add_party(actor=actor, case=locked, facts=facts | {"role": PartyRole.VIOLATOR})
    locked.refresh_from_db()
    locked.violator_unknown = False
    locked.save(update_fields=["violator_unknown"])
    event = acts.record_event(
        actor=actor,
        matter=locked,
        kind="violator_identified",
        legal_day=clock.today(),
        facts={"party": party.pk},
    )
    acts.announce_event(event, actor=actor, matter=locked)
    return party
