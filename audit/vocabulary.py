"""What the codes of acts and objects are called in the user's language.

Each room adds its own words in `AppConfig.ready()`; a code nobody named is shown as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy as _

from audit.errors import Text

_words: dict[str, Text] = {}


class _Pages:
    """Set once at start-up, read afterwards: the addresses are put together on the highest floor."""

    title: Callable[[str], str] = staticmethod(lambda name: name)


def add(words: Mapping[str, Text]) -> None:
    """Name codes of acts, kinds of objects or outcomes."""
    _words.update(words)


def word_for(code: str) -> Text:
    """Return what `code` is called, or the code itself."""
    return _words.get(code, code)


def set_page_titles(title: Callable[[str], str]) -> None:
    """Let `title(name)` say what the page or address of that name in the URL conf is called."""
    _Pages.title = staticmethod(title)


def page_called(name: str) -> str:
    """Return what a page or an address of the API is called, by the name a refused request left."""
    return _Pages.title(name)


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
