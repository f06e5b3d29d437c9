"""What the filters of lists have in common: who reads, what he is offered, which filters say something."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from cases.forms.picks import Choice
from cases.selectors.lists import Around, around


class ListFilterForm(forms.Form):
    """What a list can be narrowed by; everything may be left empty.

    Attributes:
        list_name: under which the list keeps filters and columns.
    """

    list_name: ClassVar[str]

    def __init__(self, *args: Any, actor: User, place: Around | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self._offered = self.offered(place or around(actor, self.list_name))
        for name, rows in self._offered.items():
            self.fields[name].offer(rows)  # type: ignore[attr-defined]

    @property
    def drawn_by(self) -> str:
        """All that decides in one language how the fields beside the words are drawn: set, offered, wrong.

        Drawing a dozen fields takes a quarter of the time of a list, and most readers set none of them.
        """
        fields = [bound for bound in self if bound.name != "q"]
        given = [(bound.name, bound.data, bound.errors.as_json()) for bound in fields]
        return repr((given, self._offered))

    @abstractmethod
    def offered(self, place: Around) -> dict[str, Sequence[Choice]]:
        """Return what is offered in the fields whose choices are rows of the house."""

    @abstractmethod
    def found(self) -> QuerySet[Any]:
        """Return the rows the actor sees and the filter leaves."""

    def names_set(self) -> list[str]:
        """Return the names of the filters that say something; only after `is_valid`."""
        return [name for name, value in self.cleaned_data.items() if value]
