"""From filing to the decision to sue, and the ways out before it (P*; law 3.2, 14.1)."""

from __future__ import annotations

from django.db import models

from cases.forms.proposals import AnnouncementProposalForm
from cases.machine import HEAD_THEN_CHIEF, STATE, LegalDay, Proposer, declared
from cases.states import CaseState


class PreLitigation(models.Model):
    """Investigation, announcement, review for prosecution."""

    class Meta:
        abstract = True

    @declared(
        STATE,
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
        STATE,
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
        STATE,
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
        STATE,
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
