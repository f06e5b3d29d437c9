"""The machines of the lead (L*) and of the case (P*, C*, E*): law 3.1, 3.2 and 14.1.

A method does nothing but stand for the change of state: guards are the requirements its declaration
names, records are made by `cases.services.acts`, effects by those who registered them.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, FSMModelMixin

from accounts.models import Role
from cases.forms.proposals import AnnouncementProposalForm
from cases.machine import LegalDay, Proposer, declared
from cases.states import CaseState, LeadState

HEAD_THEN_CHIEF = (Role.DEPARTMENT_HEAD, Role.CHIEF)


class LeadLifecycle(FSMModelMixin, models.Model):
    """From registration to the one outcome every lead has (Rules 24-30; norm C160)."""

    state = FSMField(
        _("state"),
        default=LeadState.LEAD_REGISTERED,
        choices=LeadState.choices,
        protected=True,
        editable=False,
    )

    class Meta:
        abstract = True

    @declared(
        state,
        code="T02",
        sources=(
            LeadState.LEAD_REGISTERED,
            LeadState.LEAD_ASSESSING,
            LeadState.PRELIM_INVESTIGATION,
        ),
        target=LeadState.LEAD_TRANSFERRED,
        title_zh="移送案件线索",
        title_en="Transfer the lead",
        article="Rules 26",
        event_kind="lead_transferred",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=("not_own_jurisdiction", "transfer_not_returned"),
        makes_documents=("D-02", "D-03"),
    )
    def transfer(self) -> None:
        """Hand a lead outside the office's jurisdiction to the competent office."""

    @declared(
        state,
        code="T03",
        sources=(LeadState.LEAD_REGISTERED,),
        target=LeadState.LEAD_ASSESSING,
        title_zh="分派线索",
        title_en="Assign the lead",
        article="Rules 6, 27",
        event_kind="lead_assigned",
        proposer=Proposer.DEPARTMENT_HEAD,
        requirements=("handler_without_conflict",),
        makes_documents=("D-01",),
    )
    def assign(self) -> None:
        """Give the lead to a handling prosecutor."""

    @declared(
        state,
        code="T04",
        sources=(LeadState.LEAD_ASSESSING,),
        target=LeadState.PRELIM_INVESTIGATION,
        title_zh="开展初步调查",
        title_en="Start the preliminary inquiry",
        article="Rules 27",
        event_kind="inquiry_started",
        proposer=Proposer.HANDLER,
        requirements=("inquiry_necessary",),
    )
    def start_inquiry(self) -> None:
        """Look into facts that the assessment leaves unclear."""

    @declared(
        state,
        code="T05",
        sources=(LeadState.PRELIM_INVESTIGATION,),
        target=LeadState.LEAD_ASSESSING,
        title_zh="初步调查终结",
        title_en="Finish the preliminary inquiry",
        article="Rules 27",
        event_kind="inquiry_finished",
        proposer=Proposer.HANDLER,
        needs_documents=("D-04",),
    )
    def finish_inquiry(self) -> None:
        """Return to the assessment with the report of the inquiry."""

    @declared(
        state,
        code="T06",
        sources=(LeadState.LEAD_ASSESSING, LeadState.PRELIM_INVESTIGATION),
        target=LeadState.FILED,
        title_zh="立案",
        title_en="File the case",
        article="Rules 28-30, 85; PIPL 70",
        event_kind="case_filed",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=(
            "handler_may_lead",
            "lead_assessed",
            "inquiry_report_attached",
            "public_interest_harmed",
            "unlawful_act_possible",
            "numerous_individuals_assessed",
            "violator_known_or_severe",
            "legal_basis_in_force",
        ),
        needs_documents=("D-05",),
        makes_documents=("D-06",),
    )
    def file(self) -> None:
        """Turn the lead into a case by the chief procurator's decision."""

    @declared(
        state,
        code="T07",
        sources=(LeadState.LEAD_ASSESSING, LeadState.PRELIM_INVESTIGATION),
        target=LeadState.NOT_FILED,
        title_zh="不立案",
        title_en="Do not file",
        article="Rules 30",
        event_kind="filing_refused",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("lead_assessed", "inquiry_report_attached", "reason_for_not_filing"),
        needs_documents=("D-05",),
        makes_documents=("D-07",),
    )
    def refuse_filing(self) -> None:
        """End the lead without a case."""

    @declared(
        state,
        code="T60",
        sources=(LeadState.NOT_FILED,),
        target=LeadState.LEAD_ASSESSING,
        title_zh="因新事实重新评估",
        title_en="Reopen on new facts",
        article="",
        event_kind="lead_reopened",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=("new_facts_stated",),
    )
    def reopen(self) -> None:
        """Assess again a lead that was not filed (law 3.2 T60: not regulated, a design decision)."""

    @declared(
        state,
        code="M01",
        sources=(LeadState.LEAD_REGISTERED, LeadState.LEAD_ASSESSING),
        target=LeadState.MERGED,
        title_zh="并入已有线索",
        title_en="Merge into another lead",
        article="",
        event_kind="lead_merged",
        proposer=Proposer.HANDLER,
        route=(Role.DEPARTMENT_HEAD,),
        requirements=("merge_target_open",),
    )
    def merge(self) -> None:
        """End a lead that tells the same facts as another (outcome "merged" of norm C160)."""


class CaseLifecycle(FSMModelMixin, models.Model):
    """The civil case: from filing (P1) onwards (law 3.1)."""

    INITIAL_STATES: ClassVar = (CaseState.FILED,)

    state = FSMField(
        _("state"),
        default=CaseState.FILED,
        choices=CaseState.choices,
        protected=True,
        editable=False,
    )

    class Meta:
        abstract = True

    @declared(
        state,
        code="T08",
        sources=(CaseState.FILED,),
        target=CaseState.INVESTIGATING,
        title_zh="开展调查",
        title_en="Start the investigation",
        article="Rules 33, 36",
        event_kind="investigation_started",
        proposer=Proposer.HANDLER,
        requirements=("team_with_one_lead", "two_staff"),
        needs_documents=("D-09",),
    )
    def start_investigation(self) -> None:
        """Begin to collect evidence under the investigation plan."""

    @declared(
        state,
        code="T10",
        sources=(CaseState.INVESTIGATING,),
        target=CaseState.INVESTIGATION_CLOSED,
        title_zh="调查终结",
        title_en="Close the investigation",
        article="Rules 86, 89; law 14.1",
        event_kind="investigation_closed",
        proposer=Proposer.HANDLER,
        requirements=("seven_fact_groups",),
        makes_documents=("D-40",),
    )
    def close_investigation(self) -> None:
        """End the investigation; its report proposes to terminate or to announce."""

    @declared(
        state,
        code="T11",
        sources=(CaseState.INVESTIGATION_CLOSED,),
        target=CaseState.TERMINATED,
        title_zh="终结案件",
        title_en="Terminate the case",
        article="Rules 90",
        event_kind="case_terminated",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("report_proposes_termination", "termination_ground", "not_to_be_supported"),
        needs_documents=("D-40",),
        makes_documents=("D-44",),
    )
    def terminate(self) -> None:
        """End the case on a ground of Rules 90."""

    @declared(
        state,
        code="T12",
        sources=(CaseState.INVESTIGATION_CLOSED,),
        target=CaseState.ANNOUNCING,
        title_zh="发布诉前公告",
        title_en="Publish the pre-suit announcement",
        article="Rules 91; JI 13",
        event_kind="announcement_published",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=(
            "report_proposes_announcement",
            "announcement_five_items",
        ),
        act_requirements=(
            "announcement_issued",
            "medium_of_national_influence",
            "publication_proven",
        ),
        needs_documents=("D-40", "D-41"),
        legal_day=LegalDay.ACT,
        proposal_form=AnnouncementProposalForm,
    )
    def announce(self) -> None:
        """Publish the announcement; its clock starts on the day it was published."""
