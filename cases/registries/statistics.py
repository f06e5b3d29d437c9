"""What a statistical item is: what the events of some kinds are counted as (design 3)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.language import is_chinese


class Unit(models.TextChoices):
    """What one event of an item stands for."""

    LEADS = "leads", _("leads")
    CASES = "cases", _("cases")
    ACTS = "acts", _("acts")
    DOCUMENTS = "documents", _("documents")


class Uncounted(StrEnum):
    """Why no statistical item counts the events of a kind."""

    INTERNAL = (
        "An act within the procuratorate; the decision it prepares or reports is what counts."
    )
    STEP = "A step of a proceeding whose beginning and outcome count."
    PART = "It comes with another event of the same act; whether the act counts is said of that."
    RECORD = "It concerns the record or who keeps it, and nothing of the procedure."
    CLOCK = "It starts, lengthens, stops or ends a period, which other blocks of figures show."
    OTHER_BLOCK = "As far as figures are made of it, a block of its own makes them."


@dataclass(frozen=True)
class StatisticalItem:
    """One figure that is counted from events, declared once; the kinds that feed it name it.

    Attributes:
        code: for example ``announcements``.
        definition_zh, definition_en: what is counted, and what is not.
        unit: what one counted event stands for.
        track: the only track whose figures show it, whatever the matter its events are recorded in; empty
            where the track of the matter decides.
    """

    code: str
    title_zh: str
    title_en: str
    definition_zh: str
    definition_en: str
    unit: Unit = Unit.ACTS
    track: str = ""

    @property
    def title(self) -> str:
        """Title in the reader's language."""
        return self.title_zh if is_chinese() else self.title_en

    @property
    def definition(self) -> str:
        """What is counted, in the reader's language."""
        return self.definition_zh if is_chinese() else self.definition_en
