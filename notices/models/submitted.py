"""What a document said when a round of approval began: the record keeps it, whatever is typed later."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit import clock
from notices.models.document import Document


class SubmittedText(models.Model):
    """The contents of a document under the digest that a proposal was bound to; append-only.

    The proposal itself holds digests alone. With these rows whoever decides is shown what is different.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    contents = models.JSONField(_("content"))
    submitted_at = models.DateTimeField(_("submitted at"), default=clock.now)

    class Meta:
        verbose_name = _("submitted text")
        verbose_name_plural = _("submitted texts")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["document", "digest"], name="submitted_text_kept_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.digest[:12]}"
