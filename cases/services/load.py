"""Setting how many points an open matter weighs in the office."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import clock
from audit import services as audit
from audit.errors import Invalid, NotPermitted
from cases.models import LoadWeights
from cases.models.load import MOST_POINTS, TOO_MANY_POINTS
from cases.selectors.load import weights_of

MAY_SET = (Role.CHIEF, Role.DEPARTMENT_HEAD)


def may_set_weights(actor: User) -> bool:
    """Say whether `actor` sets the points for his office: the chief procurator or a department head."""
    return accounts.has_role(actor, *MAY_SET)


@transaction.atomic
def set_weights(*, actor: User, points: Mapping[str, int]) -> LoadWeights:
    """Let open matters of the actor's office weigh so many points from now on.

    Args:
        points: some or all of `LoadWeights.FIELDS`; what is left out stays.

    Raises:
        NotPermitted: the actor leads neither the office nor a department.
        Invalid: a number is not 0 to `MOST_POINTS`.
    """
    if not may_set_weights(actor):
        raise NotPermitted(_("The chief procurator or a department head sets these points."))
    wrong = [name for name, value in points.items() if not 0 <= value <= MOST_POINTS]
    if wrong:
        raise Invalid(TOO_MANY_POINTS, errors={name: [TOO_MANY_POINTS] for name in wrong})
    before = weights_of(actor.office_id).values()
    row, _created = LoadWeights.objects.update_or_create(
        office=actor.office,
        defaults={**before, **points, "set_by": actor, "set_at": clock.now()},
    )
    after = row.values()
    audit.record(
        actor=actor,
        action="load_weights.set",
        object_type="load_weights",
        object_id=row.pk,
        details={
            "before": {name: before[name] for name in after if before[name] != after[name]},
            "after": {name: after[name] for name in after if before[name] != after[name]},
        },
    )
    return row
