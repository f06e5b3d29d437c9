"""Calendar feeds: an address outside the house under which one person's deadlines can be read."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit import clock
from cases.models import Case


class FeedScope(models.TextChoices):
    """Whose deadlines a feed tells of."""

    OWN = "own", _("My deadlines")
    VISIBLE = "visible", _("Deadlines of the matters I see")
    CASE = "case", pgettext_lazy("feed", "One case")


class CalendarFeed(models.Model):
    """A feed of one person; who knows its token reads what that person may see at that moment.

    The token is shown once and never kept: the row holds its SHA-256. `fetches` counts since
    `window_began_at`. `content_digest` and `changed_at` tell a calendar program whether anything is
    new, a deadline that is gone included.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds"
    )
    scope = models.CharField(_("for what"), max_length=8, choices=FeedScope.choices)
    case = models.ForeignKey(
        Case, verbose_name=_("case"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("made at"), default=clock.now)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    last_fetched_at = models.DateTimeField(_("last fetched at"), null=True)
    window_began_at = models.DateTimeField(null=True)
    fetches = models.PositiveIntegerField(default=0)
    content_digest = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(scope="case", case__isnull=False)
                | (~Q(scope="case") & Q(case__isnull=True)),
                name="feed_of_a_case_names_it",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.owner_id}"
