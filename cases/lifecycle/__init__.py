"""The machines of the lead (L*) and of the case (P*, C*, E* and A*): law 3.1, 3.2, 3.9 and 14.1.

A method does nothing but stand for the change of state: guards are the requirements its declaration
names, records are made by `cases.services.acts`, effects by those who registered them.
"""

from __future__ import annotations

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from cases.lifecycle.administrative import Administrative
from cases.lifecycle.administrative_suit import AdministrativeSuit
from cases.lifecycle.closing import Closing
from cases.lifecycle.enforcement import Enforcement
from cases.lifecycle.governance import Governance
from cases.lifecycle.judgment import Judging
from cases.lifecycle.jurisdiction import Jurisdiction
from cases.lifecycle.leads import LeadLifecycle
from cases.lifecycle.pre_litigation import PreLitigation
from cases.lifecycle.review import Review
from cases.lifecycle.suit import Suit
from cases.lifecycle.trial import Trial
from cases.refreshing import RefreshedState
from cases.states import STATES_OF_CASES, AdministrativeState, CaseState

__all__ = ["CaseLifecycle", "LeadLifecycle"]


class CaseLifecycle(
    RefreshedState,
    AdministrativeSuit,
    Administrative,
    Governance,
    Jurisdiction,
    Closing,
    Enforcement,
    Judging,
    Trial,
    Suit,
    Review,
    PreLitigation,
):
    """The civil case, a class a stage (law 3.1), and the case against an authority (law 3.9)."""

    # By filing, or by the receipt of another office's case (T64).
    INITIAL_STATES: ClassVar = (CaseState.FILED, CaseState.REVIEW_FOR_PROSECUTION)
    ADMINISTRATIVE_INITIAL_STATES: ClassVar = (
        AdministrativeState.ADM_FILED,
        AdministrativeState.ADM_REVIEW,
    )

    state = FSMField(
        _("state"),
        default=CaseState.FILED,
        choices=STATES_OF_CASES,
        protected=True,
        editable=False,
    )

    class Meta:
        abstract = True
