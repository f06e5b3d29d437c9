"""What a case is found by: its own words and those of its parties, as the search takes them apart."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.matter import Case


class CaseWords(models.Model):
    """The words of one case, folded; triggers on cases and parties keep them, nothing else writes them."""

    case = models.OneToOneField(
        Case, primary_key=True, on_delete=models.CASCADE, related_name="words"
    )
    text = models.TextField(_("words"))
    pairs = SearchVectorField()

    class Meta:
        verbose_name = _("words of a case")
        verbose_name_plural = _("words of cases")
        indexes: ClassVar = [GinIndex(fields=["pairs"], name="case_words_pairs")]

    def __str__(self) -> str:
        return self.text[:60]
