"""Look-back, closing, archive (E6 to E9; law 3.2, 3.10a, 14.1; Rules 106)."""

from __future__ import annotations

from django.db import models

from accounts.models import Role
from cases.lifecycle.enforcement import AFTER, OPEN
from cases.machine import STATE, Proposer, declared
from cases.states import DECISION_EFFECTIVE, CaseState

NOTHING_LEFT = (
    CaseState.TERMINATED,
    CaseState.SUPPORTING_PROSECUTION,
    CaseState.COURT_REJECTED,
    CaseState.WITHDRAWN,
    CaseState.LITIGATION_TERMINATED,
    CaseState.ENF_TERMINATED,
)
# Every state from which a case is closed sooner or later.
UNTIL_CLOSED = tuple(
    dict.fromkeys(
        (*OPEN, *AFTER, *NOTHING_LEFT, *DECISION_EFFECTIVE, CaseState.TRANSFERRED_FOR_SUIT)
    )
)
# Rules 106; law 3.10a, row "Close": every closing asks the same.
CLOSING = (
    *("all_obligations_final", "no_open_clock", "returns_are_in", "ledger_balanced"),
    "injunctions_over",
)


class Closing(models.Model):
    """What follows the performance, and how a case ends."""

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="T48",
        sources=(CaseState.PERFORMED,),
        target=CaseState.LOOK_BACK,
        title_zh="开展回头看",
        title_en="Plan the look-back",
        article="law 3.10a",
        event_kind="look_back_planned",
        proposer=Proposer.DEPARTMENT_HEAD,
        requirements=("look_back_has_days",),
    )
    def plan_look_back(self) -> None:
        """Say on which days the performance is tested again; practice, no article asks for it."""

    @declared(
        STATE,
        code="S42",
        sources=(CaseState.LOOK_BACK,),
        title_zh="回头看检查",
        title_en="Look-back check",
        article="law 3.10a",
        event_kind="look_back_checked",
        proposer=Proposer.TEAM,
    )
    def check_back(self) -> None:
        """Enter what was tested again and what was found."""

    @declared(
        STATE,
        code="T49",
        sources=(CaseState.LOOK_BACK,),
        title_zh="发现反弹，登记新线索",
        title_en="Relapse found: a new lead",
        article="Rules 24; PRR 25",
        event_kind="relapse_found",
        proposer=Proposer.HANDLER,
        requirements=("relapse_was_found",),
    )
    def find_relapse(self) -> None:
        """The harm is back: it is registered as a new lead, linked to this case."""

    @declared(
        STATE,
        code="S71",
        sources=UNTIL_CLOSED,
        title_zh="禁令、保全已解除的说明",
        title_en="State that injunctions are over",
        article="law 3.10a",
        event_kind="injunctions_ended",
        proposer=Proposer.HANDLER,
    )
    def state_injunctions(self) -> None:
        """Sign that every injunction and preservation measure of the case is lifted or absorbed."""

    @declared(
        STATE,
        code="T50",
        sources=(CaseState.PERFORMED, CaseState.LOOK_BACK),
        target=CaseState.CLOSED,
        title_zh="结案",
        title_en="Close the case",
        article="Rules 106; law 14.1",
        event_kind="case_closed",
        proposer=Proposer.HANDLER,
        route=(Role.DEPARTMENT_HEAD,),
        requirements=(*CLOSING, "look_back_reported"),
        needs_documents=("D-85",),
    )
    def close(self) -> None:
        """Everything is final, every return is in, no clock runs."""

    @declared(
        STATE,
        code="T61",
        sources=NOTHING_LEFT,
        target=CaseState.CLOSED,
        title_zh="无待办事项，结案",
        title_en="Close: nothing left to do",
        article="Rules 106; law 14.1",
        event_kind="case_closed",
        proposer=Proposer.HANDLER,
        route=(Role.DEPARTMENT_HEAD,),
        requirements=CLOSING,
        needs_documents=("D-85",),
    )
    def close_ended(self) -> None:
        """The case ended another way and nothing is left to do."""

    @declared(
        STATE,
        code="T62",
        sources=DECISION_EFFECTIVE,
        target=CaseState.CLOSED,
        title_zh="裁判无履行内容，结案",
        title_en="Close: nothing to perform",
        article="Rules 106; law 14.1",
        event_kind="case_closed",
        proposer=Proposer.HANDLER,
        route=(Role.DEPARTMENT_HEAD,),
        requirements=("decision_orders_nothing", *CLOSING),
        needs_documents=("D-85",),
    )
    def close_without_performance(self) -> None:
        """The effective decision leaves nothing to perform."""

    @declared(
        STATE,
        code="T63",
        sources=(CaseState.TRANSFERRED_FOR_SUIT,),
        target=CaseState.CLOSED,
        title_zh="受移送院已接收，结案",
        title_en="Close: the other office has the case",
        article="Rules 16, 106; law 14.1",
        event_kind="case_closed",
        proposer=Proposer.HANDLER,
        route=(Role.DEPARTMENT_HEAD,),
        requirements=("receiver_acknowledged", *CLOSING),
        needs_documents=("D-85",),
    )
    def close_transferred(self) -> None:
        """The office it was transferred to has acknowledged it."""

    @declared(
        STATE,
        code="S43",
        sources=(CaseState.CLOSED,),
        title_zh="生成归档目录",
        title_en="Make the archive index",
        article="Rules 106",
        event_kind="archive_indexed",
        proposer=Proposer.CASE_MANAGEMENT,
    )
    def index_archive(self) -> None:
        """List every file of the case with its SHA-256, each read and compared."""

    @declared(
        STATE,
        code="T51",
        sources=(CaseState.CLOSED,),
        target=CaseState.ARCHIVED,
        title_zh="归档",
        title_en="Archive",
        article="Rules 106",
        event_kind="case_archived",
        proposer=Proposer.CASE_MANAGEMENT,
        requirements=("archive_index_complete", "archive_receipt"),
    )
    def archive(self) -> None:
        """The archive has received the volumes and given its receipt."""
