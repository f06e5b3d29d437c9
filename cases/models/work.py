"""The daily work around a matter: tasks, comments, notes, contacts, who is editing."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.language import is_chinese
from cases.models.event import Event
from cases.models.matter import Case, Lead
from cases.models.proposal import Proposal


class OfMatter(models.Model):
    """Belongs to exactly one lead or case."""

    lead = models.ForeignKey(
        Lead, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )

    class Meta:
        abstract = True

    @property
    def matter(self) -> Lead | Case:
        owner = self.case or self.lead
        assert owner is not None  # held by each table's constraint …_of_one_matter
        return owner


def one_matter(name: str) -> models.CheckConstraint:
    """Return the named constraint that a row belongs to one lead or one case."""
    return models.CheckConstraint(
        condition=Q(lead__isnull=True) ^ Q(case__isnull=True), name=f"{name}_of_one_matter"
    )


# What the kind of a task begins with that asks for a document to be filed; its code follows.
FILE_DOCUMENT = "file_document:"


class TaskState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")


class Task(OfMatter):
    """Something one person has to do by a day (design 1, idea 4)."""

    kind = models.CharField(_("kind"), max_length=40, default="manual")
    # Of a task the system opened: the sentence before its translation, and what it names.
    title = models.CharField(_("what is to be done"), max_length=300)
    title_values = models.JSONField(default=dict, editable=False)
    article = models.CharField(_("article"), max_length=60, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        on_delete=models.PROTECT,
        related_name="tasks",
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=TaskState.choices, default=TaskState.OPEN
    )
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="tasks")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    closing_note = models.CharField(_("closing note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering: ClassVar = ["due_on", "id"]
        indexes: ClassVar = [
            models.Index(
                fields=["owner", "due_on"], condition=Q(state="open"), name="task_open_of_owner"
            )
        ]
        constraints: ClassVar = [
            one_matter("task"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(closed_at__isnull=False),
                name="closed_task_has_an_instant",
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """What is to be done: as typed, or in the reader's language when the system asks for it."""
        if self.kind == "manual":
            return self.title
        return gettext(self.title) % {
            name: _spoken(value) for name, value in self.title_values.items()
        }


def _spoken(value: str | dict[str, str]) -> str:
    """Return a term of law as a reader reads it: in Chinese, on English pages with its gloss."""
    if isinstance(value, str):
        return value
    chinese = is_chinese()
    return value["zh"] if chinese else f"{value['zh']} · {value['en']}"


class Comment(OfMatter):
    """A remark on a matter or on a proposal; kept as written."""

    proposal = models.ForeignKey(
        Proposal, null=True, blank=True, on_delete=models.PROTECT, related_name="comments"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("comment"), max_length=5000)
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [one_matter("comment")]

    def __str__(self) -> str:
        return self.text[:50]


class TeamNote(OfMatter):
    """A working note only the handling team reads."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(_("note"), max_length=10000)
    at = models.DateTimeField(_("at"), default=clock.now)

    class Meta:
        verbose_name = _("note of the team")
        verbose_name_plural = _("notes of the team")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [one_matter("note")]

    def __str__(self) -> str:
        return self.text[:50]


class ContactMedium(models.TextChoices):
    TELEPHONE = "telephone", _("Telephone")
    MEETING = "meeting", _("Meeting")
    LETTER = "letter", _("Letter")
    ELECTRONIC = "electronic", _("Electronic message")
    VISIT = "visit", _("Visit")


class ContactRecord(OfMatter):
    """A conversation with somebody outside: who, when, by what, what was said."""

    day = models.DateField(_("day"))
    person = models.CharField(_("with whom"), max_length=100)
    organisation = models.CharField(_("organisation"), max_length=200, blank=True)
    medium = models.CharField(_("medium"), max_length=12, choices=ContactMedium.choices)
    content = models.TextField(_("content"), max_length=5000)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=clock.now)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering: ClassVar = ["-day", "-id"]
        constraints: ClassVar = [one_matter("contact")]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"


class EditPresence(models.Model):
    """Somebody has a form of a matter open; a hint, never a lock."""

    matter_key = models.CharField(max_length=40)
    section = models.CharField(max_length=40)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("presence in a form")
        verbose_name_plural = _("presences in forms")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter_key", "section", "user"], name="edit_presence_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.matter_key}"
