"""The search through every room: whatever a person may see of cases, leads, documents and exhibits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases import registries
from cases.registries import Found, SearchSource

# So many rows of one source are shown; whoever wants more opens the list or writes more.
MOST = 20
# The lists take no longer words either.
LONGEST = 100


class SearchForm(forms.Form):
    """The words; only their length is limited."""

    q = forms.CharField(
        label=_("Number, title, party or words"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


@dataclass(frozen=True)
class Group:
    """What one source found.

    Attributes:
        more: whether it found more than `rows`.
    """

    source: SearchSource
    words: str
    rows: Sequence[Found]
    more: bool

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


def search(actor: User, words: str) -> list[Group]:
    """Return what `actor` may see that holds `words`, by source; what found nothing is left out."""
    groups = [_found(source, actor, words) for source in registries.search.values()]
    return [group for group in groups if group.rows]


def _found(source: SearchSource, actor: User, words: str) -> Group:
    rows = list(source.find(actor, words)[: MOST + 1])
    return Group(source, words, [source.show(row) for row in rows[:MOST]], len(rows) > MOST)
