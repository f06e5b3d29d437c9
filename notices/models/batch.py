"""One document for many cases or addressees: what was asked for, and how far it is.

The rows are the whole truth of a batch: a worker that is killed leaves them as they were after the last
item, and the next worker goes on with what still waits.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Office
from audit import clock
from cases.models import Case
from notices.catalogue import TYPES, DocumentType
from notices.models.document import Document


class ItemState(models.TextChoices):
    """How far one item is; a refused one may be tried again."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    REFUSED = "refused", _("Not made")


class DocumentBatch(models.Model):
    """One document type for many cases, or for many addressees of one case.

    `texts` are the contents typed once for all, by name. A batch only drafts, and makes final what stays in
    the office; it approves and issues nothing.
    """

    office = models.ForeignKey(
        Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(_("document type"), max_length=8)
    texts = models.JSONField(_("content"), default=dict)
    make_final = models.BooleanField(_("make final what lacks nothing"), default=False)
    # Of the form it was sent with: the same form sent twice is one batch.
    token = models.UUIDField(default=uuid.uuid4, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=clock.now)
    # When its person left it at what was made; until then what was refused waits for him.
    settled_at = models.DateTimeField(_("settled at"), null=True)

    class Meta:
        verbose_name = _("batch of documents")
        verbose_name_plural = _("batches of documents")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["created_by", "-id"], name="batch_of_person")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["created_by", "token"], name="one_batch_per_form")
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("batch_detail", args=[self.pk])

    @property
    def type(self) -> DocumentType:
        return TYPES[self.code]


class BatchItem(models.Model):
    """One document of a batch: for which case, to whom, and what became of it."""

    batch = models.ForeignKey(DocumentBatch, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField(_("position"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    addressee = models.CharField(_("addressee"), max_length=200, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ItemState.choices, default=ItemState.WAITING
    )
    document = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField(_("why refused"), max_length=1000, blank=True)
    # How often a worker began it, and when last: what ends its worker each time is not begun for ever.
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    begun_at = models.DateTimeField(_("begun at"), null=True)
    done_at = models.DateTimeField(_("done at"), null=True)

    class Meta:
        verbose_name = _("document of a batch")
        verbose_name_plural = _("documents of a batch")
        ordering: ClassVar = ["batch", "position"]
        indexes: ClassVar = [
            models.Index(
                fields=["position", "id"], condition=Q(state="waiting"), name="batch_item_waiting"
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_batch_item_per_place"),
            models.UniqueConstraint(
                fields=["batch", "case", "addressee"], name="one_batch_item_per_addressee"
            ),
            models.UniqueConstraint(fields=["document"], name="document_of_one_batch_item"),
            models.CheckConstraint(
                condition=Q(state="done", document__isnull=False, done_at__isnull=False)
                | (~Q(state="done") & Q(document__isnull=True)),
                name="batch_item_done_names_its_document",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(sentence=""),
                name="refused_batch_item_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "done", "refused"]),
                name="batch_item_state_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.addressee}".strip()
