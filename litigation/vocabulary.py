"""What the acts of this room are called in the audit record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from audit import vocabulary
from audit.errors import Text

WORDS: dict[str, Text] = {
    "court.added": _("Court entered"),
    "court.changed": _("Court corrected"),
    "court.closed": _("Court closed"),
    "court": _("Court"),
    "eligible_subject.added": _("Eligible subject entered"),
    "eligible_subject.changed": _("Eligible subject corrected"),
    "eligible_subject.closed": _("Eligible subject closed"),
    "eligible_subject": _("Eligible subject"),
}


def register() -> None:
    """Hand the words to the audit record."""
    vocabulary.add(WORDS)
