"""The stage of a document type in law 7.2: which states of law 3.1 it names, and how it is read."""

from __future__ import annotations

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit.errors import Text
from audit.language import is_chinese
from cases.states import CASE_STATE_LAW, LEAD_STATE_LAW, CaseState, LeadState

STATE = re.compile(r"([A-Z]+?)(\d+)([A-Z]?)")
# Of a case before those of a lead: a lead that is filed goes on as the case.
_STATES: dict[str, LeadState | CaseState] = {
    **{law[0]: LeadState(state) for state, law in LEAD_STATE_LAW.items()},
    **{law[0]: CaseState(state) for state, law in CASE_STATE_LAW.items()},
}
_CHINESE = {code: name for code, name in (*LEAD_STATE_LAW.values(), *CASE_STATE_LAW.values())}
# What is no state of a lead or a case here: any will do, a proceeding that runs beside the case (law 3.6, 4),
# or a step of the administrative track (law 3.9).
_BESIDE: dict[str, Text] = {
    "any": _("any"),
    "INJ": _("personality-right injunction"),
    "PRES": _("preservation"),
}
_ADMINISTRATIVE: dict[str, Text] = {
    "A2": _("consultation with the authority"),
    "A4": _("recommendation issued"),
    "A5": _("waiting for the reply"),
    "A6": _("follow-up"),
    "A6S": _("review suspended"),
    "A7": _("review of the performance"),
    "A8": _("administrative suit"),
}


def parts_of(stage: str) -> list[str]:
    """Return the states and ranges of states a stage names."""
    return stage.split(", ")


def beside_the_states(stage: str) -> bool:
    """Say whether a stage names something a lead or case here is never in."""
    named = (code for part in parts_of(stage) for code in part.split("-"))
    return any(code not in _STATES for code in named)


def covers(stage: str, state: str) -> bool:
    """Say whether a stage names the state with that code of law 3.1, for example ``P4``."""
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
    if code in _ADMINISTRATIVE:
        return f"{code} {_ADMINISTRATIVE[code]}"
    return f"{code} {_CHINESE[code] if is_chinese() else _STATES[code].label}"
