"""Preparing a recommendation: addressee, period, urgency and measures, until it is decided (Rules 75)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from accounts.models import User
from administrative.models import Measure, Recommendation
from administrative.selectors import body_of
from audit import services as audit
from audit.errors import Conflict, NotPermitted, NotVisible
from cases.models import Case
from cases.selectors import people
from cases.services import acts
from cases.states import AdministrativeState

# Where a recommendation is prepared: from the filing until the decision.
PREPARED_IN = (
    AdministrativeState.ADM_FILED,
    AdministrativeState.ADM_CONSULTING,
    AdministrativeState.ADM_INVESTIGATION_CLOSED,
)


def require_preparable(actor: User, case: Case) -> None:
    """Refuse who may not prepare, and a case in which nothing is prepared any more.

    Raises:
        NotPermitted: the actor is not in the team.
        Conflict: it is a civil case, or the recommendation is decided.
    """
    if not people.is_member(case, actor):
        raise NotPermitted(
            _("Only the handling team prepares the recommendation."), code="not_in_the_team"
        )
    if case.state not in PREPARED_IN:
        raise Conflict(
            _("A recommendation is prepared before it is decided; the state is “%(state)s”.")
            % {"state": case.get_state_display()},
            code="not_prepared_now",
            law="Rules 75",
        )


def require_begun(row: Recommendation | None) -> Recommendation:
    """Return the recommendation measures are added to.

    Raises:
        Conflict: it is not begun.
    """
    if row is None:
        raise Conflict(
            _("Begin the recommendation first: name its period and its addressee."),
            code="not_begun",
            law="Rules 75",
        )
    return row


def _locked(case: Case) -> Recommendation | None:
    return Recommendation.objects.select_for_update().filter(case=case).first()


def _audited(actor: User, case: Case, action: str, row: Recommendation, **details: Any) -> None:
    audit.record(
        actor=actor,
        action=f"recommendation.{action}",
        object_type="recommendation",
        object_id=row.pk,
        details=details,
        **acts.audit_scope(case),
    )


@transaction.atomic
def prepare(*, actor: User, case: Case, facts: dict[str, Any], version: int = 0) -> Recommendation:
    """Begin or change the recommendation of a case, with the cleaned data of `PrepareForm`.

    Args:
        version: of the recommendation as the actor saw it; 0 where there was none.

    Raises:
        NotPermitted, Conflict: as `require_preparable`; or somebody changed it meanwhile.
    """
    locked = acts.lock(case)
    assert isinstance(locked, Case)
    require_preparable(actor, locked)
    row = _locked(locked)
    _require_same(row, version, facts)
    if row is None:
        return _begin(actor, locked, facts)
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    if changed:
        for name in changed:
            setattr(row, name, facts[name])
        row.version += 1
        row.save(update_fields=[*changed, "version"])
        acts.raise_version(locked)
        _audited(actor, locked, "changed", row, fields=sorted(changed))
    return row


def _require_same(row: Recommendation | None, version: int, facts: dict[str, Any]) -> None:
    if (row.version if row else 0) != version:
        raise Conflict(
            _(
                "Somebody changed this recommendation while you were writing. Compare and save again."
            ),
            code="lost_update",
            details=_present(row, facts),
        )


def _present(row: Recommendation | None, facts: dict[str, Any]) -> dict[str, Any]:
    if row is None:
        return {"version": 0}
    return {name: getattr(row, name) for name in facts} | {"version": row.version}


def _begin(actor: User, case: Case, facts: dict[str, Any]) -> Recommendation:
    body = body_of(case)
    assert body is not None  # every case of the track names its authority
    row = Recommendation.objects.create(case=case, body=body, created_by=actor, **facts)
    acts.raise_version(case)
    _audited(actor, case, "begun", row)
    return row


def _open(actor: User, case: Case, version: int | None = None) -> tuple[Case, Recommendation]:
    locked = acts.lock(case)
    assert isinstance(locked, Case)
    require_preparable(actor, locked)
    row = _locked(locked)
    begun = require_begun(row)
    if version is not None:
        _require_same(begun, version, {})
    return locked, begun


def _locked_measure(row: Recommendation, measure: Measure) -> Measure:
    found = row.measures.select_for_update().filter(pk=measure.pk).first()
    if found is None:
        raise NotVisible(_("There is no such measure."))
    return found


def _raise(row: Recommendation, case: Case) -> None:
    Recommendation.objects.filter(pk=row.pk).update(version=F("version") + 1)
    acts.raise_version(case)


@transaction.atomic
def add_measure(*, actor: User, case: Case, facts: dict[str, Any]) -> Measure:
    """Add a measure at the end, with the cleaned data of `MeasureForm` (Rules 75(6)).

    Raises:
        NotPermitted, Conflict: nothing is prepared here by the actor, or any more.
    """
    locked, row = _open(actor, case)
    last = row.measures.aggregate(last=Max("number"))["last"] or 0
    measure = Measure.objects.create(recommendation=row, number=last + 1, **facts)
    _raise(row, locked)
    _audited(actor, locked, "measure_added", row, number=measure.number)
    return measure


@transaction.atomic
def change_measure(
    *,
    actor: User,
    case: Case,
    measure: Measure,
    facts: dict[str, Any],
    version: int | None = None,
) -> Measure:
    """Change a measure before the decision.

    Args:
        version: of the recommendation as the actor read it; None where nobody read it first.

    Raises:
        NotPermitted, Conflict: nothing is prepared here by the actor, or any more; somebody changed it
            meanwhile.
    """
    locked, row = _open(actor, case, version)
    present = _locked_measure(row, measure)
    for name, value in facts.items():
        setattr(present, name, value)
    present.save(update_fields=[*facts])
    _raise(row, locked)
    _audited(actor, locked, "measure_changed", row, number=present.number)
    return present


@transaction.atomic
def remove_measure(
    *, actor: User, case: Case, measure: Measure, version: int | None = None
) -> None:
    """Take a measure out before the decision; those after it move up.

    Args:
        version: of the recommendation as the actor read it; None where nobody read it first.

    Raises:
        NotPermitted, Conflict: nothing is prepared here by the actor, or any more; somebody changed it
            meanwhile.
    """
    locked, row = _open(actor, case, version)
    present = _locked_measure(row, measure)
    number = present.number
    present.delete()
    for later in row.measures.filter(number__gt=number).order_by("number"):
        later.number -= 1
        later.save(update_fields=["number"])
    _raise(row, locked)
    _audited(actor, locked, "measure_removed", row, number=number)
