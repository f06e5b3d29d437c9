"""Cases that came in bulk from a former system: which line of its file each one is."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from audit import clock
from cases.models.matter import Case


class FormerCase(models.Model):
    """One case of a former system that stands here now; a file read again enters nothing twice.

    `reference` is its number there. `sha256` is the digest of its line: another line under the same number is
    refused.
    """

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(_("number in the former system"), max_length=100)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="former")
    sha256 = models.CharField(max_length=64)
    imported_at = models.DateTimeField(_("imported at"), default=clock.now)

    class Meta:
        verbose_name = _("case of a former system")
        verbose_name_plural = _("cases of a former system")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "reference"],
                name="former_case_once",
                violation_error_message=_("This case of the former system is here already."),
            )
        ]

    def __str__(self) -> str:
        return self.reference
