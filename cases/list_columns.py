"""The columns of a list, and those of the list of cases: what may be chosen, what each writes into a table.

An address may name the columns, so that a link shows what its sender saw; else they are those the reader
chose, else the usual ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.clock import BEIJING
from cases.models import Case, LegalBasis

# A row of the list: of cases one with the annotations of `cases.selectors.case_list.case_rows`.
Row = Any
# How an address writes what is chosen.
BETWEEN = ","


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        code: how addresses and programs call it; the API gives members of the answer under it.
        sort: the order its heading asks for; empty where there is none.
        heads: the headings of its cells in a table that leaves the house.
        cells: what it writes there for a row: whole numbers, days or texts.
        usual: whether it is shown before anybody has chosen.
        members: the members of the answer of the API it stands for; by default its code.
        shown: whether the page has it too, or only a table that leaves the house.
    """

    code: str
    title: Promise
    heads: tuple[Promise, ...]
    cells: Callable[[Row], list[object]]
    sort: str = ""
    usual: bool = True
    members: tuple[str, ...] = ()
    shown: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The members of the answer of the API."""
        return self.members or (self.code,)


@dataclass(frozen=True)
class Columns:
    """The columns of one list.

    Attributes:
        every: in the order in which they stand before anybody has chosen.
        opening: the code of the one by which a row is opened, so that no list is without it.
        first: the code of the one that is always in the answer of the API: it tells a program the row.
    """

    every: tuple[Column, ...]
    opening: str
    first: str

    @cached_property
    def shown(self) -> tuple[Column, ...]:
        """Those the page has too."""
        return tuple(column for column in self.every if column.shown)

    @cached_property
    def by_code(self) -> dict[str, Column]:
        """All of them by their codes."""
        return {column.code: column for column in self.every}

    @cached_property
    def usual(self) -> tuple[str, ...]:
        """The codes of those shown before anybody has chosen."""
        return tuple(column.code for column in self.shown if column.usual)

    def chosen(self, codes: Iterable[str]) -> tuple[Column, ...]:
        """Return the columns of the page that `codes` name, each once, in their order.

        Unknown ones are left out. The column by which a row is opened comes first where it is not named;
        without any it is the usual ones.
        """
        there = {column.code for column in self.shown}
        known = tuple(dict.fromkeys(code for code in codes if code in there)) or self.usual
        if self.opening not in known:
            known = (self.opening, *known)
        return tuple(self.by_code[code] for code in known)


def day_of(instant: datetime) -> date:
    """Return the day of an instant in Beijing."""
    return instant.astimezone(BEIJING).date()


def _bases(case: Case) -> list[object]:
    return ["; ".join(str(LegalBasis(basis).label) for basis in case.legal_bases)]


def _labels(matter: Row) -> list[object]:
    return ["; ".join(tag["name"] for tag in matter.tag_rows)]


# The labels of a lead or a case (`cases.selectors.tags.tag_rows`).
LABELS: Final = Column("tags", _("Labels"), (_("Labels"),), _labels)
# The order in which they stand before anybody has chosen.
ALL: Final = (
    Column(
        "key",
        _("Number"),
        (_("Key"), _("Case number")),
        lambda case: [case.key, case.official_number],
        sort="key",
        members=("key", "url", "official_number"),
    ),
    Column(
        "title",
        _("Title"),
        (_("Title"),),
        lambda case: [case.title],
        members=("title", "confidential", "guard_in_doubt", "back_entry"),
    ),
    Column(
        "track",
        _("Track"),
        (_("Track"),),
        lambda case: [case.get_track_display()],
        usual=False,
        members=("track", "kind"),
    ),
    LABELS,
    Column(
        "state",
        _("State, days in it"),
        (_("Stage"), _("State"), _("In this state since")),
        lambda case: [case.stage.label, case.get_state_display(), case.state_since],
        sort="state_since",
        members=("stage", "state", "state_title", "law_code", "state_since"),
    ),
    Column(
        "next_deadline",
        _("Next deadline"),
        (_("Next deadline"),),
        lambda case: [case.next_deadline],
        sort="next_deadline",
    ),
    Column(
        "lead_handler", _("Lead handler"), (_("Lead handler"),), lambda case: [case.handler_name]
    ),
    Column(
        "respondents",
        _("Violator or authority"),
        (_("Violator or authority"),),
        lambda case: ["; ".join(case.respondents)],
    ),
    Column("bases", _("Legal basis"), (_("Legal basis"),), _bases, shown=False, members=("legal_bases",)),
    Column(
        "persons_concerned",
        _("Persons concerned"),
        (_("Persons concerned"),),
        lambda case: [case.persons_concerned],
        usual=False,
    ),
    Column(
        "items_concerned",
        _("Items of information"),
        (_("Items of information"),),
        lambda case: [case.items_concerned],
        shown=False,
    ),
    Column(
        "filed_on", _("Filed on"), (_("Filed on"),), lambda case: [case.filed_on], sort="filed_on"
    ),
    Column(
        "updated_at",
        _("Latest entry"),
        (_("Latest entry"),),
        lambda case: [day_of(case.updated_at)],
        sort="updated",
        usual=False,
    ),
)  # fmt: skip
CASES: Final = Columns(ALL, opening="title", first="key")
SHOWN: Final = CASES.shown
BY_CODE: Final = CASES.by_code
USUAL: Final = CASES.usual


def split(text: str) -> list[str]:
    """Return the codes an address names."""
    return [code for code in text.split(BETWEEN) if code]


def joined(columns: Sequence[Column]) -> str:
    """Return columns as an address names them."""
    return BETWEEN.join(column.code for column in columns)
