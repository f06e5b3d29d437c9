"""The list of cases drawn as a board: a column for each stage, in it how many cases stand in each state.

It counts and links, no more: a case moves by a proposal on its own page.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

from audit.keyset import CappedCount
from cases.forms.case_list import CaseFilterForm
from cases.selectors.case_board import StageCounts, counts_by_stage
from cases.states import TITLES_OF_STATES, Stage, stage_of
from cases.views.case_layouts import LAYOUT
from cases.views.kept_filters import KeptList


@dataclass(frozen=True)
class Entry:
    """One count and the list of what was counted."""

    title: str
    count: CappedCount
    address: str


@dataclass(frozen=True)
class Column:
    """One stage and the states of it in which cases stand."""

    stage: Entry
    states: list[Entry]


def board_of(form: CaseFilterForm, kept: KeptList, given: QueryDict) -> list[Column]:
    """Return the columns of the board for the filter; empty when nothing fits it.

    Args:
        given: the parameters of the address, which every link keeps.
    """
    found = counts_by_stage(form.found(), _asked(form))
    columns = [_column(each, kept, given) for each in found]
    return columns if any(column.states for column in columns) else []


def _asked(form: CaseFilterForm) -> list[str]:
    """Return the states the filter leaves: it is no use to count the others."""
    chosen, stage = form.cleaned_data.get("state"), form.cleaned_data.get("stage")
    return [
        state
        for state, _title in form.fields["state"].choices  # type: ignore[attr-defined]
        if (not chosen or state in chosen) and (not stage or stage_of(state) in stage)
    ]


def _column(found: StageCounts, kept: KeptList, given: QueryDict) -> Column:
    stage = Stage(found.stage)
    return Column(
        Entry(str(stage.label), found.total, _listed(kept, given, "stage", stage)),
        [
            Entry(str(TITLES_OF_STATES[state]), count, _listed(kept, given, "state", state))
            for state, count in found.states.items()
        ],
    )


def _listed(kept: KeptList, given: QueryDict, name: str, value: str) -> str:
    """Return the address of the list with one filter set to one value and the others kept."""
    query = kept.query(given, without=(LAYOUT,))
    query[name] = value
    return kept.address(query.urlencode())
