"""The official notices of years as they were published in the application."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit import clock


class CalendarNotice(models.Model):
    """The official notice of one year as it was published in the application; the latest edition stands.

    Rows are added and never changed. `days` holds [day, "off" or "work", name, name in English].
    """

    year = models.PositiveSmallIntegerField(_("year"))
    edition = models.PositiveSmallIntegerField(_("edition"))
    source = models.CharField(_("official notice"), max_length=200)
    source_en = models.CharField(_("official notice in English"), max_length=200)
    days = models.JSONField(_("days"))
    sha256 = models.CharField(max_length=64)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), default=clock.now)

    class Meta:
        verbose_name = _("notice of a year")
        verbose_name_plural = _("notices of years")
        ordering: ClassVar = ["year", "edition"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "edition"],
                name="notice_edition_once",
                violation_error_message=_("Somebody else published this year just now."),
            ),
            models.CheckConstraint(
                condition=~Q(source=""),
                name="notice_names_its_source",
                violation_error_message=_("Name the official notice."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}/{self.edition}"
