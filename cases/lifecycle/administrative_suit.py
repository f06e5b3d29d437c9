"""The suit against an authority and the end of its case (A8, AX1; law 3.9; Rules 81-84; JI 22-25)."""

from __future__ import annotations

from django.db import models

from accounts.models import Role
from cases.machine import HEAD_THEN_CHIEF, STATE, LegalDay, Proposer, declared
from cases.states import AdministrativeState


class AdministrativeSuit(models.Model):
    """Decision to sue, suit, withdrawal or change of claim, closing."""

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="A-9",
        sources=(AdministrativeState.ADM_REVIEW,),
        target=AdministrativeState.ADM_SUIT,
        title_zh="决定提起行政公益诉讼",
        title_en="Decide to sue the authority",
        article="Rules 81-83; JI 21-22",
        event_kind="administrative_suit_decided",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=(
            "reply_and_rectification_are_over",
            "ground_of_rules_82",
            "harm_goes_on",
            "claims_of_rules_83",
            "no_duty_of_third_persons",
            "claims_match_the_measures",
        ),
        needs_documents=("D-43",),
        makes_documents=("D-45",),
    )
    def decide_administrative_suit(self) -> None:
        """Bring the authority to court with what the recommendation asked for in vain."""

    @declared(
        STATE,
        code="A-9-2",
        sources=(AdministrativeState.ADM_SUIT,),
        title_zh="向法院递交行政公益诉讼起诉书",
        title_en="Deliver the complaint against the authority",
        article="JI 22; Rules 81; APL 51",
        event_kind="administrative_suit_submitted",
        proposer=Proposer.TEAM,
        requirements=("not_delivered_yet", "complaint_issued", "pre_suit_procedure_proven"),
        needs_documents=("D-45",),
    )
    def deliver_administrative_complaint(self) -> None:
        """Hand in the complaint with the proof of the recommendation."""

    @declared(
        STATE,
        code="A-9-3",
        sources=(AdministrativeState.ADM_SUIT,),
        title_zh="法院登记立案（行政公益诉讼）",
        title_en="The court registers the administrative suit",
        article="APL 51, 67, 81",
        event_kind="administrative_suit_accepted",
        proposer=Proposer.TEAM,
        requirements=("complaint_is_at_the_court", "not_registered_yet"),
    )
    def record_registration(self) -> None:
        """The court has the suit under a number of its own."""

    @declared(
        STATE,
        code="A-9-4",
        sources=(AdministrativeState.ADM_SUIT,),
        title_zh="行政机关收到起诉状副本",
        title_en="The complaint is served on the authority",
        article="APL 67",
        event_kind="administrative_complaint_served",
        proposer=Proposer.TEAM,
        requirements=("suit_is_registered",),
    )
    def record_service_of_complaint(self) -> None:
        """Its time to answer runs from that day."""

    @declared(
        STATE,
        code="A-9-5",
        sources=(AdministrativeState.ADM_SUIT,),
        title_zh="法院裁判（行政公益诉讼）",
        title_en="The court decides the administrative suit",
        article="APL 69-78; JI 25",
        event_kind="administrative_suit_judged",
        proposer=Proposer.TEAM,
        requirements=("suit_is_registered", "decision_is_stored"),
    )
    def record_decision(self) -> None:
        """What the court decided on each claim."""

    @declared(
        STATE,
        code="A-9-6",
        sources=(AdministrativeState.ADM_SUIT,),
        title_zh="裁判送达（行政公益诉讼）",
        title_en="The decision is served on a party",
        article="APL 85",
        event_kind="administrative_decision_served",
        proposer=Proposer.TEAM,
        requirements=("suit_is_judged", "served_once_each"),
    )
    def record_service_of_decision(self) -> None:
        """Each party's time to appeal runs from its own service."""

    @declared(
        STATE,
        code="A-9-7",
        sources=(AdministrativeState.ADM_SUIT,),
        title_zh="裁判生效（行政公益诉讼）",
        title_en="The decision takes effect",
        article="APL 85; JI 25",
        event_kind="administrative_decision_effective",
        proposer=Proposer.TEAM,
        requirements=("suit_is_judged", "both_are_served", "nobody_can_appeal"),
    )
    def record_effect(self) -> None:
        """Nobody appealed in time, or the second instance has decided."""

    @declared(
        STATE,
        code="A-10",
        sources=(AdministrativeState.ADM_SUIT,),
        target=AdministrativeState.ADM_TERMINATED,
        title_zh="撤回行政公益诉讼",
        title_en="Withdraw the suit against the authority",
        article="Rules 84; JI 24",
        event_kind="administrative_suit_withdrawn",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("suit_is_not_judged", "authority_has_performed"),
        act_requirements=("withdrawal_issued", "court_receipt_stored"),
        needs_documents=("D-55",),
        legal_day=LegalDay.ACT,
    )
    def withdraw_administrative_suit(self) -> None:
        """The authority performed its duty in full while the suit ran."""

    @declared(
        STATE,
        code="A-10-2",
        sources=(AdministrativeState.ADM_SUIT,),
        title_zh="变更为请求确认违法",
        title_en="Change the claim: confirm the illegality",
        article="Rules 84; JI 24",
        event_kind="administrative_claim_changed",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("suit_is_not_judged", "authority_has_performed"),
        act_requirements=("court_receipt_stored",),
        needs_documents=("D-56",),
        legal_day=LegalDay.ACT,
    )
    def confirm_illegality(self) -> None:
        """The authority performed, and its failure is still to be found unlawful."""

    @declared(
        STATE,
        code="A-11",
        sources=(
            AdministrativeState.ADM_SUIT,
            AdministrativeState.ADM_TERMINATED,
            AdministrativeState.ADM_TRANSFERRED,
        ),
        target=AdministrativeState.CLOSED,
        title_zh="行政案件结案",
        title_en="Close the case against the authority",
        article="Rules 106; law 3.10a",
        event_kind="administrative_case_closed",
        proposer=Proposer.HANDLER,
        route=(Role.DEPARTMENT_HEAD,),
        requirements=(
            "measures_came_to_an_end",
            "transferred_case_is_taken_in",
            "suit_came_to_an_end",
            "no_open_clock",
            "returns_are_in",
        ),
        needs_documents=("D-85",),
    )
    def close_administrative_case(self) -> None:
        """Every measure is final, no clock runs and every paper is in."""
