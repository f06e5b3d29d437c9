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
# What the card of an ended case lacks is filled in by nobody: this is set, and can be taken away. Whoever
# names states has said it himself.
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
    """Return the address of the same cases drawn in another way, without what the present one set."""
    present = SET_BY_LAYOUT.get(layout_of(given), {})
    query = kept.query(given, without=(LAYOUT, *present))
    if not query.getlist("state"):
        query.update(SET_BY_LAYOUT.get(layout, {}))
    if layout:
        query[LAYOUT] = layout
    return kept.address(query.urlencode())
