"""The columns of the list of cases: what a reader may choose from, and what each writes into a table.

An address may name the columns, so that a link shows what its sender saw; else they are those the reader
chose, else the usual ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from audit.clock import BEIJING
from cases.models import Case, LegalBasis

# A row of the list: a case with the annotations of `cases.selectors.case_list.case_rows`.
Row = Any


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        code: how addresses and programs call it; the API gives members of the answer under it.
        sort: the order its heading asks for; empty where there is none.
        heads: the headings of its cells in a table that leaves the house.
        cells: what it writes there for a case: whole numbers, days or texts.
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


def day_of(instant: datetime) -> date:
    """Return the day of an instant in Beijing."""
    return instant.astimezone(BEIJING).date()


def _bases(case: Case) -> list[object]:
    return ["; ".join(str(LegalBasis(basis).label) for basis in case.legal_bases)]


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
    Column(
        "tags",
        _("Labels"),
        (_("Labels"),),
        lambda case: ["; ".join(tag["name"] for tag in case.tag_rows)],
    ),
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
SHOWN: Final = tuple(column for column in ALL if column.shown)
BY_CODE: Final = {column.code: column for column in ALL}
USUAL: Final = tuple(column.code for column in SHOWN if column.usual)
# By it a row is opened, so no list is without it.
OPENING: Final = "title"
# How an address writes them.
BETWEEN = ","


def chosen(codes: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns of the page that `codes` name, each once, in their order; unknown ones are left out.

    The column by which a row is opened comes first where it is not named; without any it is the usual ones.
    """
    known = tuple(dict.fromkeys(code for code in codes if code in BY_CODE and BY_CODE[code].shown))
    if not known:
        known = USUAL
    elif OPENING not in known:
        known = (OPENING, *known)
    return tuple(BY_CODE[code] for code in known)


def split(text: str) -> list[str]:
    """Return the codes an address names."""
    return [code for code in text.split(BETWEEN) if code]


def joined(columns: Sequence[Column]) -> str:
    """Return columns as an address names them."""
    return BETWEEN.join(column.code for column in columns)
