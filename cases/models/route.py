"""Approval routes an office has chosen for itself (law 2.2: the chain is configurable per office)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from audit import clock


class ApprovalRoute(models.Model):
    """Who must agree to one transition in one office, in order; without a row the declared route counts."""

    office = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="+"
    )
    transition = models.CharField(_("transition"), max_length=8)
    roles = models.JSONField(_("approval route"), default=list)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("set by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    set_at = models.DateTimeField(_("set at"), default=clock.now)

    class Meta:
        verbose_name = _("approval route")
        verbose_name_plural = _("approval routes")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "transition"], name="cases_approvalroute_one_per_transition"
            ),
            models.CheckConstraint(
                condition=~Q(roles=[]), name="cases_approvalroute_somebody_decides"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.transition}: {' → '.join(self.roles)}"
