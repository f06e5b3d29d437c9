"""What the acts of this room are called in the audit record."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from audit import vocabulary


def register() -> None:
    """Hand the words to the audit record."""
    vocabulary.add(
        {"statistics": _("Statistics"), "statistics.exported": _("Statistics taken out as a file")}
    )
