"""The machine of the lead: from registration to its one outcome (L*; law 3.1, 3.2, 14.1)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from accounts.models import Role
from cases.machine import HEAD_THEN_CHIEF, Proposer, declared
from cases.refreshing import RefreshedState
from cases.states import LeadState


class LeadLifecycle(RefreshedState, models.Model):
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
        code="A-1",
        sources=(LeadState.LEAD_ASSESSING, LeadState.PRELIM_INVESTIGATION),
        target=LeadState.FILED,
        title_zh="对行政机关立案",
        title_en="File the case against an authority",
        article="Rules 67-70",
        event_kind="administrative_case_filed",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=(
            "handler_may_lead",
            "lead_assessed",
            "inquiry_report_attached",
            "authority_has_the_duty",
            "harm_by_the_authority",
            "authority_may_have_failed",
            "one_case_an_authority",
            "administrative_basis_in_force",
        ),
        needs_documents=("D-05",),
        makes_documents=("D-06",),
    )
    def file_against_authority(self) -> None:
        """Turn the lead into a case against an authority, by the chief procurator's decision."""

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
