"""When two entries may mean the same body: what is left of a name without its region and its signs."""

from __future__ import annotations

import re
import unicodedata

from administrative.bodies import regions
from audit import clock

# What people write differently without meaning another body.
_SIGNS = re.compile(r"[\W_]+")


def normalised(name: str, region: str = "") -> str:
    """Return what of a name tells bodies of one region apart.

    Width, case, blanks and punctuation do not count, nor does the region the name begins with. A name that
    is nothing but its region stays whole.
    """
    plain = _plain(name)
    for beginning in _beginnings(region):
        if plain.startswith(beginning) and plain != beginning:
            return plain.removeprefix(beginning)
    return plain


def _plain(text: str) -> str:
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _beginnings(region: str) -> list[str]:
    """Return how a name of the region may begin, the longest first: 浙江省杭州市, 杭州市."""
    if not region:
        return []
    today, code, found = clock.today(), region, [""]
    while code:
        row = regions.region_on(code, today) or regions.last_known(code)
        if row is None:
            break
        found.append(_plain(row.name) + found[-1])
        code = regions.above(code)
    return [text for text in reversed(found) if text]
