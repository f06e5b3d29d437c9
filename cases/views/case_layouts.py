"""The ways in which the list of cases is drawn; the address says which."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.views.kept_filters import KeptList

# The parameter of the address; without it the rows are listed.
LAYOUT = "layout"
ROWS, BOARD, CARDS = "", "board", "cards"
TITLES = {ROWS: _("List"), BOARD: _("By stage"), CARDS: _("Completeness of the cards")}
TEMPLATES = {
    ROWS: "cases/case_list.html",
    BOARD: "cases/case_board.html",
    CARDS: "cases/case_cards.html",
}
# What is complete when a case ends interests nobody before: these filters are set, and can be taken away.
SET_BY_LAYOUT = {CARDS: {"open": "on"}}


def layout_of(given: QueryDict) -> str:
    """Return how an address asks that the list be drawn."""
    asked = given.get(LAYOUT, "")
    return asked if asked in TITLES else ROWS


def layouts(kept: KeptList, given: QueryDict) -> list[dict[str, Any]]:
    """Return each way of drawing the same cases, with its address."""
    present = layout_of(given)
    return [
        {"title": title, "address": address_of(kept, given, code), "current": code == present}
        for code, title in TITLES.items()
    ]


def address_of(kept: KeptList, given: QueryDict, layout: str) -> str:
    """Return the address of the same cases drawn in another way."""
    query = kept.query(given, without=(LAYOUT,))
    for name, value in SET_BY_LAYOUT.get(layout, {}).items():
        query[name] = value
    if layout:
        query[LAYOUT] = layout
    return kept.address(query.urlencode())
