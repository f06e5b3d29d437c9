"""The search through every room: whatever a person may see of cases, leads, documents and exhibits."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.keyset import CappedCount, capped_count
from cases import registries
from cases.forms.picks import SeveralField
from cases.registries import Found, SearchSource

# So many rows of one source are shown; whoever wants more opens the list or writes more.
MOST = 20
# The lists take no longer words either.
LONGEST = 100


class SearchForm(forms.Form):
    """The words, of which only the length is limited, and where to look for them."""

    q = forms.CharField(
        label=_("Number, title, party or words"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "size": "50"}),
    )
    group = SeveralField(
        label=_("Look only in"),
        required=False,
        help_text=_("Where nothing is marked, everything is searched."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(source.code, source.title) for source in registries.search.values()]
        self.fields["group"].choices = groups  # type: ignore[attr-defined]

    @property
    def words(self) -> str:
        """What to look for, empty where the form is wrong; only after `is_valid`."""
        return "" if self.errors else str(self.cleaned_data["q"])

    @property
    def groups(self) -> list[str]:
        """The codes of the sources to look in, none for all; only after `is_valid`."""
        return list(self.cleaned_data.get("group", ()))


@dataclass(frozen=True)
class Group:
    """What one source found.

    Attributes:
        count: how many rows it found, `rows` among them.
    """

    source: SearchSource
    words: str
    rows: Sequence[Found]
    count: CappedCount

    @property
    def more(self) -> bool:
        """Whether it found more than `rows`."""
        return self.count.number > len(self.rows)

    @property
    def page(self) -> str:
        """The list that shows all of it, empty where no page does."""
        return self._list(0)

    @property
    def address(self) -> str:
        """The same list in the API."""
        return self._list(1)

    def _list(self, which: int) -> str:
        if self.source.lists is None:
            return ""
        words = urlencode({self.source.parameter: self.words})
        return f"{reverse(self.source.lists[which])}?{words}"


def search(actor: User, words: str, groups: Collection[str] = ()) -> list[Group]:
    """Return what `actor` may see that holds `words`, by source; what found nothing is left out.

    Args:
        groups: the codes of the sources to look in; none stands for all.
    """
    found = [_found(source, actor, words) for source in _asked(groups)]
    return [group for group in found if group.rows]


def _asked(groups: Collection[str]) -> list[SearchSource]:
    return [row for row in registries.search.values() if not groups or row.code in groups]


def _found(source: SearchSource, actor: User, words: str) -> Group:
    """Return what says the words; else what bears them as its number, several things that share one."""
    group = _group(source, words, source.find(actor, words))
    if group.rows or source.numbered is None or not _may_be_number(words):
        return group
    # The lists find words as they are typed: none would show these.
    return _group(replace(source, lists=None), words, source.numbered(actor, spellings(words)))


def _group(source: SearchSource, words: str, found: QuerySet[Any]) -> Group:
    rows = list(found[: MOST + 1])
    count = capped_count(found) if len(rows) > MOST else CappedCount(len(rows), capped=False)
    return Group(source, words, [source.show(row) for row in rows[:MOST]], count)


def numbered(actor: User, words: str, groups: Collection[str] = ()) -> Found | None:
    """Return the one thing `actor` sees that bears exactly this number, in `groups` as `search` says.

    The rooms are asked in their order: the number of a case is also that of its first document. None where
    nothing bears it, or where several do and a person has to choose.
    """
    if not _may_be_number(words):
        return None
    ways = spellings(words)
    for source in _asked(groups):
        rows = list(source.numbered(actor, ways)[:2]) if source.numbered else []
        if rows:
            return source.show(rows[0]) if len(rows) == 1 else None
    return None


def _may_be_number(words: str) -> bool:
    return any(character.isdigit() for character in words)


# The brackets of a year: official documents have the first, courts the second, keyboards the others.
BRACKETS = ("〔〕", "（）", "()", "[]", "【】")
_PLAIN = str.maketrans("".join(BRACKETS), "{}" * len(BRACKETS))
# What is taken for a hyphen though Unicode calls it no dash: minus, box line, hyphen bullet.
_LIKE_HYPHENS = "−─⁃"


def spellings(words: str) -> tuple[str, ...]:
    """Return in which ways a number may be kept that was typed with any brackets, dashes and letters."""
    half_width = unicodedata.normalize("NFKC", "".join(words.split()))
    # Numbers of other bodies may be kept with another dash, as they were typed.
    plain = [text.translate(_PLAIN) for text in (_with_hyphens(half_width), half_width)]
    ways = [text.replace("{", pair[0]).replace("}", pair[1]) for text in plain for pair in BRACKETS]
    return tuple(dict.fromkeys(form for way in ways for form in (way, way.upper(), way.lower())))


def _with_hyphens(text: str) -> str:
    return "".join(
        "-" if unicodedata.category(sign) == "Pd" or sign in _LIKE_HYPHENS else sign
        for sign in text
    )
