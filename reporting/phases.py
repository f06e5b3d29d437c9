"""The parts of the procedure that figures tell apart, each with the states of law 3.1 and 3.9 in it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Case as Choice
from django.db.models import CharField, Value, When
from django.utils.translation import gettext_lazy as _

from audit.errors import Text
from cases.states import AdministrativeState, CaseState


@dataclass(frozen=True)
class Phase:
    """Some states of cases that a reader of figures takes together."""

    code: str
    title: Text
    states: tuple[str, ...]


PHASES = (
    Phase(
        "investigation",
        _("Investigation"),
        (
            CaseState.FILED,
            CaseState.INVESTIGATING,
            CaseState.INVESTIGATION_CLOSED,
            AdministrativeState.ADM_FILED,
            AdministrativeState.ADM_CONSULTING,
            AdministrativeState.ADM_INVESTIGATION_CLOSED,
        ),
    ),
    Phase(
        "pre_suit",
        _("Pre-suit procedure"),
        (
            CaseState.ANNOUNCING,
            AdministrativeState.ADM_REC_ISSUED,
            AdministrativeState.ADM_AWAITING_REPLY,
        ),
    ),
    Phase(
        "follow_up",
        _("Follow-up"),
        (
            AdministrativeState.ADM_FOLLOW_UP,
            AdministrativeState.ADM_SUSPENDED,
            AdministrativeState.ADM_REVIEW,
        ),
    ),
    Phase(
        "review",
        _("Review for prosecution"),
        (
            CaseState.REVIEW_FOR_PROSECUTION,
            CaseState.SUIT_DECIDED,
            CaseState.SUPPORTING_PROSECUTION,
        ),
    ),
    Phase(
        "court",
        _("Before the court"),
        (
            CaseState.SUIT_SUBMITTED,
            CaseState.COURT_REJECTED,
            CaseState.COURT_ACCEPTED,
            CaseState.PRETRIAL,
            CaseState.TRIAL,
            CaseState.SETTLEMENT_ANNOUNCED,
            CaseState.LITIGATION_SUSPENDED,
            CaseState.JUDGED_FIRST,
            CaseState.SECOND_INSTANCE,
            CaseState.RETRIAL,
            AdministrativeState.ADM_SUIT,
        ),
    ),
    Phase(
        "performance",
        _("Performance"),
        (
            CaseState.MEDIATION_EFFECTIVE,
            CaseState.EFFECTIVE,
            CaseState.PERFORMANCE_PERIOD,
            CaseState.ENFORCEMENT,
            CaseState.ENF_SUSPENDED,
            CaseState.ENF_ROUND_TERMINATED,
            CaseState.PERFORMED,
            CaseState.LOOK_BACK,
        ),
    ),
    Phase(
        "to_close",
        _("Ended, to be closed"),
        (
            CaseState.TERMINATED,
            CaseState.TRANSFERRED_FOR_SUIT,
            CaseState.WITHDRAWN,
            CaseState.LITIGATION_TERMINATED,
            CaseState.ENF_TERMINATED,
            AdministrativeState.ADM_TERMINATED,
            AdministrativeState.ADM_TRANSFERRED,
        ),
    ),
)
# A case in one of these is open no more.
CLOSED = (CaseState.CLOSED, CaseState.ARCHIVED)


def phase_of_state() -> Choice:
    """Return the expression of the phase a case stands in; empty once it is closed."""
    return Choice(
        *(When(state__in=phase.states, then=Value(phase.code)) for phase in PHASES),
        default=Value(""),
        output_field=CharField(),
    )
