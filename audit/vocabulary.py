"""What the codes of acts and objects are called in the user's language.

Each room adds its own words in `AppConfig.ready()`; a code nobody named is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from audit.errors import Text

_words: dict[str, Text] = {}


def add(words: Mapping[str, Text]) -> None:
    """Name codes of acts, kinds of objects or outcomes."""
    _words.update(words)


def word_for(code: str) -> Text:
    """Return what `code` is called, or the code itself."""
    return _words.get(code, code)


add(
    {
        "audit.viewed": _("Audit record viewed"),
        "audit.entry_viewed": _("Audit entry viewed"),
        "audit.verified": _("Audit record verified"),
        "audit": _("Audit record"),
        "audit_event": _("Audit entry"),
        "list": _("List"),
        "page": _("Page"),
        "success": _("Success"),
        "refused": _("Refused"),
        "failed": _("Failed"),
    }
)
