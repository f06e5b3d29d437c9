"""How the statistics join words, with the punctuation of the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext


def joined(*parts: str) -> str:
    """Return the parts that say something, one after the other."""
    return pgettext("between two parts", ", ").join(filter(None, parts))


def told(name: str, sentence: str) -> str:
    """Return what is said of a name."""
    return _("%(name)s: %(sentence)s") % {"name": name, "sentence": sentence}


def days_told(days: int) -> str:
    """Return a number of days with its word."""
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
