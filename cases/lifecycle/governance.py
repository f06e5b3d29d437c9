"""The recommendation on social governance beside a case (PRR 11-25; law 2.2 row 24, 9.0).

A case may have several; each has a small machine of its own (room `administrative`), which these steps carry
along. They leave the state of the case as it is and are recorded from the page of the recommendation.
"""

from __future__ import annotations

from django.db import models

from cases.machine import HEAD_THEN_CHIEF, STATE, Proposer, declared
from cases.states import STATES_OF_CASES, CaseState

OPEN = tuple(state for state, _title in STATES_OF_CASES if state != CaseState.ARCHIVED)


class Governance(models.Model):
    """From the gap in management that was seen to the answer of the unit."""

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="G-1",
        sources=OPEN,
        title_zh="启动社会治理检察建议",
        title_en="Begin a recommendation on governance",
        article="PRR 3, 11",
        event_kind="governance_begun",
        proposer=Proposer.HANDLER,
        requirements=("governance_situation", "governance_level_rule"),
    )
    def begin_governance(self) -> None:
        """Name the unit, the situation of PRR 11 and the way to the unit that PRR 3 asks for."""

    @declared(
        STATE,
        code="G-1-2",
        sources=OPEN,
        title_zh="决定开展检察建议调查",
        title_en="Investigate for the recommendation",
        article="PRR 15",
        event_kind="governance_investigation_decided",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("governance_in_preparation", "governance_investigated_once"),
        apart=True,
    )
    def decide_governance_investigation(self) -> None:
        """The chief procurator lets the facts be investigated; generally within two months."""

    @declared(
        STATE,
        code="G-1-3",
        sources=OPEN,
        title_zh="检察建议调查终结",
        title_en="The investigation for it is over",
        article="PRR 15",
        event_kind="governance_investigated",
        proposer=Proposer.HANDLER,
        requirements=("governance_investigation_runs",),
        apart=True,
    )
    def finish_governance_investigation(self) -> None:
        """Enter what the investigation found."""

    @declared(
        STATE,
        code="G-1-4",
        sources=OPEN,
        title_zh="拟定检察建议内容",
        title_en="Write the recommendation",
        article="PRR 16, 19",
        event_kind="governance_drafted",
        proposer=Proposer.TEAM,
        requirements=("governance_in_preparation",),
        apart=True,
    )
    def write_governance(self) -> None:
        """Enter the seven contents; what was reviewed before is to be reviewed anew."""

    @declared(
        STATE,
        code="G-2",
        sources=OPEN,
        title_zh="法律政策研究部门审核",
        title_en="Review of the legal-policy department",
        article="PRR 17",
        event_kind="governance_reviewed",
        proposer=Proposer.TEAM,
        requirements=("governance_written", "governance_reviewer_fits"),
        apart=True,
    )
    def review_governance(self) -> None:
        """Enter the opinion on necessity, legality and reasoning."""

    @declared(
        STATE,
        code="G-3",
        sources=OPEN,
        title_zh="决定提出社会治理检察建议",
        title_en="Decide the recommendation on governance",
        article="PRR 15-17; law 2.2",
        event_kind="governance_decided",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=(
            "governance_in_preparation",
            "governance_contents_complete",
            "governance_legal_review_made",
            "governance_level_rule",
        ),
        makes_documents=("D-71",),
        apart=True,
    )
    def decide_governance(self) -> None:
        """The chief procurator decides; from then on its contents stand."""

    @declared(
        STATE,
        code="G-4",
        sources=OPEN,
        title_zh="发出检察建议书",
        title_en="Issue the recommendation on governance",
        article="PRR 18, 21",
        event_kind="governance_sent_out",
        proposer=Proposer.TEAM,
        requirements=("governance_is_decided", "governance_document_issued"),
        apart=True,
    )
    def issue_governance(self) -> None:
        """The signed D-71 goes out: to be served, or declared on the spot with the consent of the unit."""

    @declared(
        STATE,
        code="G-5",
        sources=OPEN,
        title_zh="检察建议书备案",
        title_en="Record the recommendation with a department",
        article="PRR 21",
        event_kind="governance_recorded",
        proposer=Proposer.TEAM,
        requirements=("governance_is_out", "governance_record_is_due"),
        apart=True,
    )
    def record_governance(self) -> None:
        """One of the two departments of the next-higher office has it."""

    @declared(
        STATE,
        code="G-6",
        sources=OPEN,
        title_zh="收到被建议单位异议",
        title_en="Objection of the unit received",
        article="PRR 16(5), 22-23",
        event_kind="governance_objected",
        proposer=Proposer.TEAM,
        requirements=("governance_is_with_the_unit", "governance_objection_in_time"),
        apart=True,
    )
    def receive_governance_objection(self) -> None:
        """Enter what the unit objects."""

    @declared(
        STATE,
        code="G-7",
        sources=OPEN,
        title_zh="异议复核决定",
        title_en="Decide on the objection",
        article="PRR 22-23",
        event_kind="governance_objection_decided",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("governance_is_objected_to",),
        apart=True,
    )
    def decide_governance_objection(self) -> None:
        """It is upheld, changed or withdrawn, with reasons."""

    @declared(
        STATE,
        code="G-8",
        sources=OPEN,
        title_zh="变更、撤回检察建议",
        title_en="Change or withdraw the recommendation",
        article="PRR 22-23",
        event_kind="governance_change_decided",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("governance_may_change",),
        apart=True,
    )
    def change_governance(self) -> None:
        """It was wrong or circumstances have changed; a changed one is written, reviewed and decided anew."""

    @declared(
        STATE,
        code="G-8-2",
        sources=OPEN,
        title_zh="告知被建议单位处理结果",
        title_en="The unit is told of the outcome",
        article="PRR 22-23",
        event_kind="governance_unit_told",
        proposer=Proposer.TEAM,
        requirements=("governance_unit_to_be_told",),
        apart=True,
    )
    def tell_governance_unit(self) -> None:
        """The notice to the unit, with its proof."""

    @declared(
        STATE,
        code="G-9",
        sources=OPEN,
        title_zh="收到检察建议回复",
        title_en="Reply to the recommendation received",
        article="PRR 19; POL 21",
        event_kind="governance_answered",
        proposer=Proposer.TEAM,
        requirements=("governance_is_with_the_unit",),
        apart=True,
    )
    def receive_governance_reply(self) -> None:
        """Enter the written answer of the unit."""

    @declared(
        STATE,
        code="G-10",
        sources=OPEN,
        title_zh="评估检察建议采纳情况",
        title_en="Assess the reply",
        article="PRR 24-25",
        event_kind="governance_assessed",
        proposer=Proposer.HANDLER,
        requirements=("governance_has_an_answer",),
        apart=True,
    )
    def assess_governance(self) -> None:
        """Say how far the recommendation was adopted, and how that was found."""

    @declared(
        STATE,
        code="G-11",
        sources=OPEN,
        title_zh="报告或者通报",
        title_en="Carry the recommendation further",
        article="PRR 25; law 9.0",
        event_kind="governance_escalated",
        proposer=Proposer.HANDLER,
        route=HEAD_THEN_CHIEF,
        chief_decides=True,
        requirements=("governance_not_followed", "governance_time_to_reply_over"),
        makes_documents=("D-75",),
        apart=True,
    )
    def escalate_governance(self) -> None:
        """The chief procurator lets those above the unit be told."""

    @declared(
        STATE,
        code="G-12",
        sources=OPEN,
        title_zh="社会治理检察建议办结",
        title_en="Close the recommendation on governance",
        article="PRR 24-25",
        event_kind="governance_closed",
        proposer=Proposer.HANDLER,
        requirements=("governance_may_close", "governance_records_made"),
        apart=True,
    )
    def close_governance(self) -> None:
        """Nothing more follows: adopted, carried further, or not made at all."""
