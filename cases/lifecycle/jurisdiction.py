"""Which office handles the case, under whose direction, with what staff and time (law 2.2, 3.3; Rules 10-18).

None of these records changes the state. Codes that begin with S are records law 3.2 has no number for.
"""

from __future__ import annotations

from django.db import models

from cases.machine import HEAD_THEN_CHIEF, STATE, LegalDay, Proposer, declared
from cases.states import AdministrativeState, CaseState

RUNNING: tuple[str, ...] = tuple(
    state
    for state in (*CaseState, *AdministrativeState)
    if state not in (CaseState.CLOSED, CaseState.ARCHIVED)
)
BEFORE_DELIVERY = (
    CaseState.FILED,
    CaseState.INVESTIGATING,
    CaseState.INVESTIGATION_CLOSED,
    CaseState.ANNOUNCING,
    CaseState.REVIEW_FOR_PROSECUTION,
    CaseState.SUIT_DECIDED,
)


class Jurisdiction(models.Model):
    """Examination and dispute of jurisdiction, directions, borrowed staff, the criminal case beside."""

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="S50",
        sources=BEFORE_DELIVERY,
        title_zh="审查管辖",
        title_en="Examine the jurisdiction",
        article="Rules 14-18; JI 5; CPLI 24-25, 283",
        event_kind="jurisdiction_examined",
        proposer=Proposer.HANDLER,
        requirements=("place_is_named",),
    )
    def examine_jurisdiction(self) -> None:
        """Keep which office may file and which court is competent, as the places tell."""

    @declared(
        STATE,
        code="S51",
        sources=BEFORE_DELIVERY,
        title_zh="协商管辖争议",
        title_en="Negotiate a dispute about jurisdiction",
        article="Rules 17",
        event_kind="jurisdiction_negotiated",
        proposer=Proposer.HANDLER,
    )
    def negotiate_jurisdiction(self) -> None:
        """First stage: the two offices negotiate, and agree or do not."""

    @declared(
        STATE,
        code="S52",
        sources=BEFORE_DELIVERY,
        title_zh="上级院指定管辖",
        title_en="Jurisdiction designated by the superior",
        article="Rules 17",
        event_kind="jurisdiction_designated",
        proposer=Proposer.HANDLER,
        requirements=("negotiation_failed", "designated_by_the_common_superior"),
    )
    def designate_jurisdiction(self) -> None:
        """Second stage: the common superior of both offices designates who handles the case."""

    @declared(
        STATE,
        code="S53",
        sources=RUNNING,
        title_zh="上级院交办、提办、督办、领办",
        title_en="Direction of a superior office",
        article="Rules 10",
        event_kind="superior_directed",
        proposer=Proposer.TEAM,
        requirements=("direction_in_writing",),
    )
    def log_superior_direction(self) -> None:
        """Enter the paper by which a superior office assigns, takes up, supervises or leads the case."""

    @declared(
        STATE,
        code="S54",
        sources=RUNNING,
        title_zh="上级院调用检察人员",
        title_en="Staff lent to the case",
        article="Rules 11",
        event_kind="staff_lent",
        proposer=Proposer.TEAM,
        requirements=("lent_by_a_common_superior", "loan_in_writing"),
    )
    def borrow_staff(self) -> None:
        """Enter the superior's written decision that somebody of another office works on this case."""

    @declared(
        STATE,
        code="S55",
        sources=BEFORE_DELIVERY,
        title_zh="转为刑事附带民事公益诉讼",
        title_en="Join the criminal case",
        article="Rules 14, 97; JI 20",
        event_kind="criminal_case_joined",
        proposer=Proposer.HANDLER,
        requirements=("criminal_case_at_this_office",),
    )
    def join_criminal_case(self) -> None:
        """From now on the suit is brought with the public prosecution, before the court that tries it."""

    @declared(
        STATE,
        code="S55-2",
        sources=BEFORE_DELIVERY,
        title_zh="不再附带于刑事案件",
        title_en="No longer incidental to the criminal case",
        article="Rules 14, 97; JI 20",
        event_kind="criminal_case_left",
        proposer=Proposer.HANDLER,
        requirements=("is_criminal_incidental",),
    )
    def leave_criminal_case(self) -> None:
        """The case goes on as a civil public-interest case of its own, in its own record."""

    @declared(
        STATE,
        code="S56",
        sources=RUNNING,
        title_zh="调取刑事案件证据清单",
        title_en="Take over a list of criminal evidence",
        article="Rules 87, 88",
        event_kind="criminal_evidence_listed",
        proposer=Proposer.TEAM,
        requirements=("criminal_case_on_the_same_facts",),
    )
    def list_criminal_evidence(self) -> None:
        """Enter what was lawfully collected in the criminal case, each piece with its origin."""

    @declared(
        STATE,
        code="S62",
        sources=RUNNING,
        title_zh="延长本院办理期限",
        title_en="Extend a period of the office",
        article="Rules 47",
        event_kind="period_extension_granted",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("extendable_clock_runs", "extension_ground", "clock_not_extended_before"),
    )
    def extend_period(self) -> None:
        """Add what the article of the period lets the chief grant, other than in the review (T17)."""

    @declared(
        STATE,
        code="S62-2",
        sources=RUNNING,
        title_zh="报请上一级院批准延长本院办理期限",
        title_en="Further extension of a period by the next-higher office",
        article="Rules 47",
        event_kind="period_extension_approved",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=("extendable_clock_runs", "extension_ground", "clock_extended_before"),
        act_requirements=("new_end_of_clock_named", "superior_approval_stored"),
        legal_day=LegalDay.ACT,
    )
    def extend_period_further(self) -> None:
        """Take the new end from the approval of the next-higher office."""

    @declared(
        STATE,
        code="S57",
        sources=BEFORE_DELIVERY,
        title_zh="分案另行提起民事公益诉讼",
        title_en="Split off a civil case of its own",
        article="JI 20; 法释〔2019〕18号",
        event_kind="case_split",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        requirements=("is_criminal_incidental", "announcement_affects_the_criminal_trial"),
    )
    def split_off(self) -> None:
        """The announcement would delay the criminal trial: a civil case is opened with clocks of its own."""
