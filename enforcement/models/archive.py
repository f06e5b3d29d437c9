"""The index of the archived file: every stored file of a case with its SHA-256 (Rules 106; norm C123)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Event


class ArchiveIndex(models.Model):
    """One index, made by the system after it has read and compared every file.

    Attributes:
        manifest: SHA-256 of the manifest file, which lies in the store: digest, size and name of each piece.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="archive_indexes")
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    manifest = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("size in bytes"))

    class Meta:
        verbose_name = _("archive index")
        verbose_name_plural = _("archive indexes")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(manifest__regex=r"^[0-9a-f]{64}$"), name="archive_manifest_form"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case}: {self.manifest[:12]}"


class ArchiveEntry(models.Model):
    """One piece of an index: volume, number, what it is, its digest."""

    index = models.ForeignKey(ArchiveIndex, on_delete=models.PROTECT, related_name="entries")
    volume = models.CharField(_("volume"), max_length=20)
    number = models.PositiveIntegerField(_("number"))
    place = models.CharField(_("place"), max_length=60)
    title = models.CharField(_("title"), max_length=300)
    day = models.DateField(_("day"))
    name = models.CharField(_("file name"), max_length=255, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    confidential = models.BooleanField(_("confidential"), default=False)

    class Meta:
        verbose_name = _("piece of an archive index")
        verbose_name_plural = _("pieces of an archive index")
        ordering: ClassVar = ["index", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["index", "volume", "number"], name="archive_number_once"
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="archive_sha256_form"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volume} {self.number}: {self.title}"
