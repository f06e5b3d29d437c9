"""What lists need beside the rows themselves: the days they sort by, labels, and what a reader keeps."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from audit import clock
from cases.models.matter import NOT_BLANK, Case, Lead

# A case without a running deadline stands behind every other, in whichever order it is asked for.
AFTER_ALL_DAYS, BEFORE_ALL_DAYS = date(9999, 12, 31), date(1, 1, 1)


# A filter that is kept is no longer than this.
LONGEST_QUERY = 1000


class CaseDates(models.Model):
    """The days of one case by which lists sort; triggers keep them, nothing else writes them.

    A list of a million cases in the order of a day is a walk along an index of this table. `next_due` follows
    the deadlines (their room keeps it), the rest the record of events.
    """

    case = models.OneToOneField(
        Case, primary_key=True, on_delete=models.CASCADE, related_name="dates"
    )
    next_due = models.DateField(_("next deadline"), null=True)
    state_since = models.DateField(_("in this state since"))
    updated_at = models.DateTimeField(_("latest entry"))
    due_rising = models.GeneratedField(
        expression=Coalesce("next_due", Value(AFTER_ALL_DAYS)),
        output_field=models.DateField(),
        db_persist=True,
    )
    due_falling = models.GeneratedField(
        expression=Coalesce("next_due", Value(BEFORE_ALL_DAYS)),
        output_field=models.DateField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("days of a case")
        verbose_name_plural = _("days of cases")
        indexes: ClassVar = [
            models.Index(fields=["due_rising", "case"], name="case_dates_due_rising"),
            models.Index(fields=["due_falling", "case"], name="case_dates_due_falling"),
            models.Index(fields=["state_since", "case"], name="case_dates_state_since"),
            models.Index(fields=["updated_at", "case"], name="case_dates_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.next_due}"


class TagUse(models.TextChoices):
    """What a label says: the field of life a lead or case is about, or something of the work on it."""

    FIELD = "field", _("Field of life")
    WORK = "work", _("Work on it")


class Tag(models.Model):
    """A label of one office for its leads and cases; retired ones stay where they are, no more are put on."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="tags")
    name = models.CharField(_("label"), max_length=30)
    use = models.CharField(
        _("use of the label"), max_length=10, choices=TagUse.choices, default=TagUse.FIELD
    )
    retired = models.BooleanField(_("retired"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("label")
        verbose_name_plural = _("labels")
        ordering: ClassVar = ["use", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["office", "name"],
                name="tag_name_once_per_office",
                violation_error_message=_("The office has a label of this name already."),
            ),
            models.CheckConstraint(
                condition=Q(name__regex=NOT_BLANK),
                name="tag_has_a_name",
                violation_error_message=_("A label needs a name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PutOn(models.Model):
    """A label on a lead or a case; who put it on and who took it off stands in the audit record.

    Attributes:
        relation: the field that names what bears the label.
    """

    relation: ClassVar[str]

    put_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    put_on_at = models.DateTimeField(default=clock.now)

    class Meta:
        abstract = True


class CaseTag(PutOn):
    """A label on a case."""

    relation = "case"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="case_tags")

    class Meta:
        verbose_name = _("label of a case")
        verbose_name_plural = _("labels of cases")
        ordering: ClassVar = ["tag__use", "tag__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "tag"],
                name="tag_once_per_case",
                violation_error_message=_("The case bears this label already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.tag}"


class LeadTag(PutOn):
    """A label on a lead."""

    relation = "lead"

    lead = models.ForeignKey(Lead, on_delete=models.PROTECT, related_name="lead_tags")
    tag = models.ForeignKey(Tag, on_delete=models.PROTECT, related_name="lead_tags")

    class Meta:
        verbose_name = _("label of a lead")
        verbose_name_plural = _("labels of leads")
        ordering: ClassVar = ["tag__use", "tag__name"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["lead", "tag"],
                name="tag_once_per_lead",
                violation_error_message=_("The lead bears this label already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.lead_id}: {self.tag}"


class ListColumns(models.Model):
    """The columns one person wants to see in one list, in their order."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="list_columns"
    )
    list_name = models.CharField(max_length=40)
    columns = ArrayField(models.CharField(max_length=30))

    class Meta:
        verbose_name = _("columns of a list")
        verbose_name_plural = _("columns of lists")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "list_name"],
                name="one_choice_of_columns_per_list",
                violation_error_message=_("The columns of this list are chosen already."),
            ),
            models.CheckConstraint(
                condition=Q(columns__len__gt=0),
                name="list_shows_a_column",
                violation_error_message=_("A list shows at least one column."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.list_name}"


class SavedFilter(models.Model):
    """A filter a user keeps, as the query string of the list; one of each list may open it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="saved_filters"
    )
    list_name = models.CharField(max_length=40)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    shared = models.BooleanField(_("shared with the office"), default=False)
    opens_list = models.BooleanField(_("opens the list"), default=False)
    weight = models.PositiveSmallIntegerField(_("place in the order"), default=100)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering: ClassVar = ["weight", "name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "list_name", "name"],
                name="saved_filter_name_once",
                violation_error_message=_("You keep a filter of this name already."),
            ),
            models.UniqueConstraint(
                fields=["user", "list_name"],
                condition=Q(opens_list=True),
                name="one_filter_opens_a_list",
                violation_error_message=_("Only one of your filters opens a list."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
