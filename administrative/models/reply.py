"""What an authority answered, as a whole and to each measure (JI 21; Rules 77)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from administrative.models.recommendation import Measure, Recommendation
from cases.models import Event


class Reply(models.Model):
    """One written answer; the event that logged it is the truth, this row lets it be listed and compared."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="replies"
    )
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="authority_reply")
    number = models.CharField(_("number of the letter"), max_length=100, blank=True)
    text = models.TextField(_("what it says"), max_length=5000)

    class Meta:
        verbose_name = _("reply of an authority")
        verbose_name_plural = _("replies of authorities")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(text__regex=r"\S"), name="reply_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.recommendation}: {self.event.legal_day}"


class Answer(models.Model):
    """What a reply says to one measure.

    Attributes:
        with_proof: whether something came with it that shows what was done.
    """

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="answers")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("answer"), max_length=5000)
    with_proof = models.BooleanField(_("with proof"), default=False)

    class Meta:
        verbose_name = _("answer to a measure")
        verbose_name_plural = _("answers to measures")
        ordering: ClassVar = ["reply", "measure"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["reply", "measure"], name="answer_once_a_reply")
        ]

    def __str__(self) -> str:
        return f"{self.measure}: {self.text[:60]}"
