"""Who has checked an item of the case card (核验), and which value it had then."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit import clock
from cases.models.work import OfMatter, one_matter


class CardCheck(OfMatter):
    """One person's word that a value of the card agrees with the paper it comes from.

    It is bound to the value by its digest: it says nothing of another value. A row is never changed; what was
    checked of a lead holds for the case that was filed from it.
    """

    item = models.CharField(_("item of the card"), max_length=60)
    digest = models.CharField(_("digest"), max_length=64)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("checked by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    checked_at = models.DateTimeField(_("checked at"), default=clock.now)

    class Meta:
        verbose_name = _("check of the case card")
        verbose_name_plural = _("checks of the case card")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            one_matter("card_check"),
            models.UniqueConstraint(
                fields=["case", "item", "digest"],
                name="card_value_of_case_checked_once",
                violation_error_message=_("This value is checked already."),
            ),
            models.UniqueConstraint(
                fields=["lead", "item", "digest"],
                name="card_value_of_lead_checked_once",
                violation_error_message=_("This value is checked already."),
            ),
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="card_check_names_its_value",
                violation_error_message=_("A check names the digest of the value it speaks of."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter}: {self.item}"
