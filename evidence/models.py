"""Exhibits and the facts they prove. Every table here is append-only by grant and by trigger.

What is no longer relied on gets a second row that says so, with the reason; nothing is deleted.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit import clock
from audit.words import pairs_index
from cases.forms.facts import InvestigativeMethod
from cases.models import Case
from evidence.facts import FactGroup


class StatutoryKind(models.TextChoices):
    """Kinds of evidence in civil public-interest cases (Rules 34)."""

    DOCUMENT = "document", pgettext_lazy("kind of evidence", "Document")
    OBJECT = "object", _("Physical evidence")
    AUDIO_VISUAL = "audio_visual", _("Audio-visual material")
    ELECTRONIC = "electronic", _("Electronic data")
    TESTIMONY = "testimony", _("Testimony of a witness")
    STATEMENT = "statement", _("Statement of a party")
    APPRAISAL = "appraisal", _("Appraisal opinion")
    EXPERT = "expert", _("Expert opinion")
    INSPECTION = "inspection", _("Record of inspection")


# A copy of these says how it was made (Rules 39).
MADE_BY_A_PROCESS = (StatutoryKind.AUDIO_VISUAL, StatutoryKind.ELECTRONIC)
# What is said at the field, and behind it by the constraint of the table.
TWO_STAFF = _("At least two procuratorial staff must act together (Rules 36). Name another person.")
WHY_A_COPY = _("Say why this is a copy and not the original (Rules 38, 39).")
HOW_COPIED = _("Say how the copy was made (Rules 39).")


# What an exhibit is found by.
EXHIBIT_WORDS = ("name", "source", "file_name")


class Exhibit(models.Model):
    """One piece of evidence of a case: a file in the write-once store and where it comes from."""

    case = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="exhibits", editable=False
    )
    number = models.PositiveIntegerField(_("number"), editable=False)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(
        _("statutory kind (Rules 34)"), max_length=12, choices=StatutoryKind.choices
    )
    source = models.CharField(
        _("source"), max_length=300, help_text=_("Who gave it or where it was found.")
    )
    method = models.CharField(
        _("obtained by (Rules 35)"),
        max_length=12,
        choices=InvestigativeMethod.choices,
        blank=True,
        help_text=_(
            "Leave empty when it was submitted, transferred or already in the file of the lead."
        ),
    )
    obtained_on = models.DateField(_("obtained on"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    first_collector = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("collected by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    second_collector = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("together with"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    also_present = models.CharField(
        _("also present"),
        max_length=200,
        blank=True,
        help_text=_("Technicians, judicial police, experts, the holder."),
    )
    original = models.BooleanField(_("original"), default=False)
    copy_reason = models.CharField(
        _("why a copy"),
        max_length=300,
        blank=True,
        help_text=_("Required for a copy: the original is difficult to obtain or secret."),
    )
    copy_process = models.CharField(
        _("how the copy was made, where the original is"),
        max_length=500,
        blank=True,
        help_text=_("Required for copies of audio-visual material and electronic data (Rules 39)."),
    )
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    confidential = models.BooleanField(
        _("confidential"),
        default=False,
        help_text=_(
            "Holds personal information, privacy or business secrets: not shown in open court "
            "(CPL 71). Only the team and those who decide see it."
        ),
    )
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    size = models.PositiveBigIntegerField(_("size in bytes"), editable=False)
    media_type = models.CharField(_("media type"), max_length=100, editable=False)
    file_name = models.CharField(_("file name"), max_length=255, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), default=clock.now, editable=False)

    class Meta:
        verbose_name = _("exhibit")
        verbose_name_plural = _("exhibits")
        ordering: ClassVar = ["case", "number"]
        indexes: ClassVar = [pairs_index(*EXHIBIT_WORDS, name="exhibit_words")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "number"],
                name="exhibit_number_once",
                violation_error_message=_("The case has an exhibit of this number already."),
            ),
            # Named by the links between facts and exhibits: both belong to one case.
            models.UniqueConstraint(
                fields=["id", "case"],
                name="exhibit_of_its_case",
                violation_error_message=_("The exhibit is in the file of this case already."),
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="exhibit_numbered_from_one",
                violation_error_message=_("Exhibits are numbered from 1."),
            ),
            models.CheckConstraint(
                condition=Q(size__gt=0),
                name="exhibit_not_empty",
                violation_error_message=_("The file is empty."),
            ),
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"),
                name="exhibit_sha256_form",
                violation_error_message=_("The digest is no SHA-256."),
            ),
            models.CheckConstraint(
                condition=Q(method="")
                | (
                    Q(first_collector__isnull=False)
                    & Q(second_collector__isnull=False)
                    & ~Q(first_collector=F("second_collector"))
                ),
                name="exhibit_collected_by_two_staff",
                violation_error_message=TWO_STAFF,
            ),
            models.CheckConstraint(
                condition=Q(original=True) | ~Q(copy_reason=""),
                name="exhibit_copy_has_a_reason",
                violation_error_message=WHY_A_COPY,
            ),
            models.CheckConstraint(
                condition=Q(original=True) | ~Q(kind__in=MADE_BY_A_PROCESS) | ~Q(copy_process=""),
                name="exhibit_copy_says_how_it_was_made",
                violation_error_message=HOW_COPIED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("exhibit_detail", args=[self.case.key, self.number])

    @property
    def label(self) -> str:
        """The number as people say it, for example E-0007."""
        return f"E-{self.number:04}"

    @property
    def is_withdrawn(self) -> bool:
        return hasattr(self, "withdrawal")

    def clean(self) -> None:
        """Say at its field what the constraints of the table would refuse.

        Raises:
            ValidationError: with the fields.
        """
        errors = self._collection_errors() | self._copy_errors()
        if self.obtained_on and self.obtained_on > clock.today():
            errors["obtained_on"] = _(
                "This day lies in the future. Enter the day on which it really happened."
            )
        if errors:
            raise ValidationError(errors)

    def _collection_errors(self) -> dict[str, ValidationError | object]:
        if not self.method:
            return {}
        errors: dict[str, ValidationError | object] = {}
        if not self.place:
            errors["place"] = _("Say where it was collected (Rules 38, 39).")
        if not self.first_collector_id:
            errors["first_collector"] = _("Name who collected it.")
        if not self.second_collector_id or self.first_collector_id == self.second_collector_id:
            errors["second_collector"] = TWO_STAFF
        return errors

    def _copy_errors(self) -> dict[str, ValidationError | object]:
        if self.original:
            return {}
        errors: dict[str, ValidationError | object] = {}
        if not self.copy_reason:
            errors["copy_reason"] = WHY_A_COPY
        if self.kind in MADE_BY_A_PROCESS and not self.copy_process:
            errors["copy_process"] = HOW_COPIED
        return errors


class Withdrawal(models.Model):
    """The team no longer relies on an exhibit; the exhibit and its file stay."""

    exhibit = models.OneToOneField(Exhibit, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField(_("reason"), max_length=1000)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("withdrawal of an exhibit")
        verbose_name_plural = _("withdrawals of exhibits")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="withdrawal_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.exhibit}: {self.reason}"


class Strength(models.TextChoices):
    """How a fact is proven; shown with its sign in the proof matrix."""

    DIRECT = "direct", _("Direct proof")
    PARTIAL = "partial", _("Partial, to be completed")
    CORROBORATING = "corroborating", _("Corroborating")


SIGNS = {Strength.DIRECT: "●", Strength.PARTIAL: "◐", Strength.CORROBORATING: "○"}


class FactLink(models.Model):
    """What one exhibit proves, or a finding stated without one, in one of the seven groups."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fact_links")
    group = models.CharField(_("group of facts"), max_length=10, choices=FactGroup.choices)
    exhibit = models.ForeignKey(
        Exhibit, null=True, blank=True, on_delete=models.PROTECT, related_name="fact_links"
    )
    text = models.TextField(_("what it proves, or what was found"), max_length=2000)
    page = models.CharField(_("page or place in the file"), max_length=60, blank=True)
    strength = models.CharField(
        _("strength"), max_length=13, choices=Strength.choices, default=Strength.DIRECT
    )
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    stated_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("stated fact")
        verbose_name_plural = _("stated facts")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["case", "group"], name="fact_link_case_group")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="fact_is_stated"),
            models.CheckConstraint(
                condition=Q(group__in=FactGroup.values), name="fact_of_one_of_seven_groups"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_group_display()}: {self.text[:60]}"

    @property
    def sign(self) -> str:
        """The sign of the strength in the proof matrix."""
        return SIGNS[Strength(self.strength)]


class FactRemoval(models.Model):
    """A stated fact that no longer stands."""

    link = models.OneToOneField(FactLink, on_delete=models.PROTECT, related_name="removal")
    reason = models.CharField(_("reason"), max_length=300)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    removed_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("removal of a stated fact")
        verbose_name_plural = _("removals of stated facts")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="fact_removed_with_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.link}: {self.reason}"
