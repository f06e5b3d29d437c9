"""Claims, delivery of the complaint, the door of the court (P6, C1, C2, CX1; law 3.2, 3.4).

What the court decides needs no approval of the office: the handling team records it with the paper that
proves it. Codes that begin with S are records law 3.2 has no number for.
"""

from __future__ import annotations

from django.db import models

from cases.machine import HEAD_THEN_CHIEF, STATE, LegalDay, Proposer, declared
from cases.states import AT_FIRST_INSTANCE, AdministrativeState, CaseState, Stage, stage_of

# While the claims are drafted, before the complaint goes to the court.
DRAFTING = (CaseState.REVIEW_FOR_PROSECUTION, CaseState.SUIT_DECIDED)
# A report that was forgotten is made up for as long as the case is not closed.
SINCE_DELIVERY = tuple(
    state
    for state in CaseState
    if stage_of(state) != Stage.PRE_LITIGATION
    and state not in (CaseState.CLOSED, CaseState.ARCHIVED)
)


class Suit(models.Model):
    """Claims, suit, acceptance or rejection."""

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="S10",
        sources=DRAFTING,
        title_zh="拟定诉讼请求",
        title_en="Draft a claim",
        article="Rules 46, 98",
        event_kind="claim_entered",
        proposer=Proposer.HANDLER,
        requirements=("claim_is_measurable", "costs_have_invoices", "limitation_is_watched"),
    )
    def enter_claim(self) -> None:
        """Enter one claim against one or all defendants."""

    @declared(
        STATE,
        code="S11",
        sources=DRAFTING,
        title_zh="删去诉讼请求",
        title_en="Strike a drafted claim",
        article="Rules 46",
        event_kind="claim_struck",
        proposer=Proposer.HANDLER,
        requirements=("claim_stands",),
    )
    def strike_claim(self) -> None:
        """Take a claim out before the complaint is delivered."""

    @declared(
        STATE,
        code="T22",
        sources=(CaseState.SUIT_DECIDED,),
        target=CaseState.SUIT_SUBMITTED,
        title_zh="向人民法院提交起诉书",
        title_en="Deliver the complaint to the court",
        article="Rules 46; JI 5, 14; CPL 122-124",
        event_kind="complaint_delivered",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=(
            "claims_entered",
            "complaint_complete",
            "defendant_identified",
            "court_is_competent",
            "office_matches_court",
            "review_period_kept",
            "not_sued_before",
            "suit_follows_designation",
            "publication_stored",
            "not_split_off",
            "claims_follow_recommendation",
        ),
        act_requirements=(
            "complaint_issued",
            "package_complete",
            "no_court_fee",
            "delivery_receipt",
        ),
        needs_documents=("D-45", "D-46"),
        legal_day=LegalDay.ACT,
    )
    def deliver_complaint(self) -> None:
        """Hand complaint and annexes to the court; the review period ends with the delivery."""

    @declared(
        STATE,
        code="S28",
        sources=(*SINCE_DELIVERY, AdministrativeState.ADM_SUIT, AdministrativeState.ADM_TERMINATED),
        title_zh="起诉书报上一级院备案",
        title_en="Complaint reported for record",
        article="Rules 46",
        event_kind="complaint_reported",
        proposer=Proposer.TEAM,
        requirements=("complaint_not_reported",),
    )
    def report_complaint(self) -> None:
        """Report the complaint to the next-higher office, within five days of its delivery."""

    @declared(
        STATE,
        code="T23",
        sources=(CaseState.SUIT_SUBMITTED, *AT_FIRST_INSTANCE),
        target=CaseState.COURT_REJECTED,
        title_zh="不予受理或者驳回起诉",
        title_en="Rejected by the court",
        article="CPL 126, 157, 171; JI 15",
        event_kind="suit_rejected",
        proposer=Proposer.TEAM,
        requirements=("rejection_fits_the_state",),
    )
    def reject_suit(self) -> None:
        """The court does not accept the suit, or dismisses it."""

    @declared(
        STATE,
        code="T24",
        sources=(CaseState.SUIT_SUBMITTED,),
        target=CaseState.COURT_ACCEPTED,
        title_zh="人民法院立案",
        title_en="Registered by the court",
        article="CPL 126; CPLI 282; JI 14-15",
        event_kind="suit_accepted",
        proposer=Proposer.TEAM,
        requirements=(
            "defendant_identified",
            "claims_entered",
            "complaint_complete",
            "court_of_the_suit_competent",
            "announcement_done",
            "preliminary_proof_delivered",
        ),
    )
    def accept_suit(self) -> None:
        """The court registers the case."""

    @declared(
        STATE,
        code="S27",
        sources=(CaseState.COURT_REJECTED,),
        title_zh="对不予受理、驳回起诉裁定上诉",
        title_en="Appeal against the rejection",
        article="CPL 157, 171",
        event_kind="rejection_appealed",
        proposer=Proposer.TEAM,
        requirements=("rejection_appeal_in_time",),
    )
    def appeal_rejection(self) -> None:
        """Appeal against the ruling within ten days of its service."""

    @declared(
        STATE,
        code="T52",
        sources=(CaseState.COURT_REJECTED,),
        target=CaseState.COURT_ACCEPTED,
        title_zh="上诉后人民法院立案或者继续审理",
        title_en="Accepted after an appeal",
        article="CPL 126, 157, 171",
        event_kind="suit_accepted",
        proposer=Proposer.TEAM,
        requirements=("rejection_was_appealed",),
    )
    def accept_after_appeal(self) -> None:
        """The appeal against the rejection succeeded."""

    @declared(
        STATE,
        code="T52-2",
        sources=(CaseState.COURT_REJECTED,),
        target=CaseState.SUIT_DECIDED,
        title_zh="补正后另行起诉",
        title_en="Sue again after curing the defects",
        article="CPL 126, 127",
        event_kind="suit_prepared_again",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=("defects_cured",),
    )
    def sue_again(self) -> None:
        """Cure what the court found missing and bring the suit again."""
