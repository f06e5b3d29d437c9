"""The stage of a document type in law 7.2: which states of law 3.1 it names, and how it is read."""

from __future__ import annotations

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit.errors import Text
from audit.language import is_chinese
from cases.states import CASE_STATE_LAW, LEAD_STATE_LAW, STATES_OF_CASES, LeadState

STATE = re.compile(r"([A-Z]+?)(\d+)([A-Z]?)")
# Of a case before those of a lead: a lead that is filed goes on as the case.
_LABELS: dict[str, Text] = {
    **{law[0]: LeadState(state).label for state, law in LEAD_STATE_LAW.items()},
    **{law[0]: dict(STATES_OF_CASES)[state] for state, law in CASE_STATE_LAW.items()},
}
_CHINESE = {code: name for code, name in (*LEAD_STATE_LAW.values(), *CASE_STATE_LAW.values())}
# What is no state of a lead or a case here: any will do, or a proceeding beside the case (law 3.6, 4).
_BESIDE: dict[str, Text] = {
    "any": _("any"),
    "INJ": _("personality-right injunction"),
    "PRES": _("preservation"),
}


def parts_of(stage: str) -> list[str]:
    """Return the states and ranges of states a stage names."""
    return stage.split(", ")


def beside_the_states(stage: str) -> bool:
    """Say whether a stage names something a lead or case here is never in."""
    named = (code for part in parts_of(stage) for code in part.split("-"))
    return any(code not in _LABELS for code in named)


def covers(stage: str, state: str) -> bool:
    """Say whether a stage names the state with that code of law 3.1 or 3.9, for example ``P4`` or ``A2``."""
    return any(_covers(part, state) for part in parts_of(stage))


def _covers(part: str, state: str) -> bool:
    first, _dash, last = part.partition("-")
    if not last:
        return part == state
    begin, end, here = (STATE.fullmatch(code) for code in (first, last, state))
    if not (begin and end and here) or begin[1] != here[1]:
        return False
    return int(begin[2]) <= int(here[2]) <= int(end[2])


def stage_label(stage: str) -> str:
    """Return a stage as a reader reads it: each state by its code and its name."""
    return gettext(", ").join(_part_label(part) for part in parts_of(stage))


def _part_label(part: str) -> str:
    first, _dash, last = part.partition("-")
    if not last:
        return _state_label(first)
    ends = {"first": _state_label(first), "last": _state_label(last)}
    return gettext("%(first)s to %(last)s") % ends


def _state_label(code: str) -> str:
    if code in _BESIDE:
        return str(_BESIDE[code])
    return f"{code} {_CHINESE[code] if is_chinese() else _LABELS[code]}"
