"""What an open matter weighs where an office compares desks before it assigns; a habit, no law."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from audit import clock

MOST_POINTS = 100
TOO_MANY_POINTS = _("Choose 0 to 100 points for each.")


def _points(label: Any, meaning: Any, *, usual: int) -> models.PositiveSmallIntegerField[int, int]:
    return models.PositiveSmallIntegerField(
        label,
        default=usual,
        help_text=meaning,
        validators=[MaxValueValidator(MOST_POINTS, TOO_MANY_POINTS)],
    )


class LoadWeights(models.Model):
    """An office's own points for open matters, in whole points from 0 to `MOST_POINTS`.

    No article of law names any. What stands here as default is used until an office sets its own. How many
    persons are harmed does not count: it is often unknown when a case is assigned.
    """

    office = models.OneToOneField(Office, on_delete=models.PROTECT, related_name="+")
    lead = _points(_("open lead"), _("Each lead the person handles that has no outcome."), usual=1)
    pre_litigation = _points(
        _("case before the suit"),
        _("Each case the person leads, until the complaint is with the court."),
        usual=3,
    )
    litigation = _points(
        _("case in court"),
        _("Each case the person leads, from the complaint to the last judgment."),
        usual=5,
    )
    post_litigation = _points(
        _("case after the judgment"),
        _("Each case the person leads while it is performed, enforced or looked back on."),
        usual=2,
    )
    suspended = _points(
        _("suspended case"),
        _("Instead of the points of its stage, while suit, enforcement or review is suspended."),
        usual=1,
    )
    criminal_incidental = _points(
        _("beside a criminal case, in addition"),
        _("Added for each case the person leads that is criminal-incidental."),
        usual=0,
    )
    administrative = _points(
        _("against an authority, in addition"),
        _("Added for each case the person leads that is against an authority."),
        usual=0,
    )
    minors = _points(
        _("minors concerned, in addition"),
        _("Added for each case the person leads that says that minors are concerned."),
        usual=1,
    )
    member = _points(
        _("case of a colleague"),
        _("Each open case in whose team the person is without leading it; nothing is added."),
        usual=1,
    )
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("set at"), default=clock.now)

    FIELDS: ClassVar = (
        *("lead", "pre_litigation", "litigation", "post_litigation", "suspended"),
        *("criminal_incidental", "administrative", "minors", "member"),
    )

    class Meta:
        verbose_name = _("points of open matters")
        verbose_name_plural = _("points of open matters")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    lead__lte=MOST_POINTS,
                    pre_litigation__lte=MOST_POINTS,
                    litigation__lte=MOST_POINTS,
                    post_litigation__lte=MOST_POINTS,
                    suspended__lte=MOST_POINTS,
                    criminal_incidental__lte=MOST_POINTS,
                    administrative__lte=MOST_POINTS,
                    minors__lte=MOST_POINTS,
                    member__lte=MOST_POINTS,
                ),
                name="points_of_matters_up_to_100",
                violation_error_message=TOO_MANY_POINTS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.office_id}: {self.values()}"

    def values(self) -> dict[str, int]:
        """Return the points by what they are for."""
        return {name: getattr(self, name) for name in self.FIELDS}
