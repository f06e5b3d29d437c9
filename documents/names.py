"""Names of files as people gave them, made fit to be shown and to be offered for download.

The store never uses them: a file lies under its digest.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST = 255
UNNAMED = "unnamed"
# Controls, formats (direction marks, zero width), surrogates, private use, line separators.
_LEFT_OUT = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_SEPARATORS = re.compile(r"[/\\]")
_FORBIDDEN_ON_WINDOWS = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_LONGEST_SUFFIX = 16


def safe_name(name: str) -> str:
    """Return the last part of `name` without steering characters, at most 255 characters long.

    Chinese stays. A long name keeps its ending; one of which nothing is left becomes ``unnamed``.
    """
    last = _SEPARATORS.split(name)[-1]
    kept = "".join(c for c in last if unicodedata.category(c) not in _LEFT_OUT)
    clean = unicodedata.normalize("NFC", kept).translate(_FORBIDDEN_ON_WINDOWS)
    return _shortened(" ".join(clean.split()).strip(". ")) or UNNAMED


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, suffix = name.rpartition(".")
    ending = dot + suffix if stem and len(suffix) <= _LONGEST_SUFFIX else ""
    return name[: LONGEST - len(ending)] + ending
