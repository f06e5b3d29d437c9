"""From the effective decision to its performance or the end of its enforcement (E1 to E6; law 3.2, 3.10a).

What the court does needs no approval of the office: the handling team records it with the paper that
proves it. Codes that begin with S are records law 3.2 has no number for; they leave the state as it is.
"""

from __future__ import annotations

from django.db import models

from cases.machine import STATE, Proposer, declared
from cases.states import DECISION_EFFECTIVE, CaseState

IN_COURT = (CaseState.ENFORCEMENT, CaseState.ENF_SUSPENDED, CaseState.ENF_ROUND_TERMINATED)
OPEN = (CaseState.PERFORMANCE_PERIOD, *IN_COURT)
AFTER = (CaseState.ENF_TERMINATED, CaseState.PERFORMED, CaseState.LOOK_BACK)


class Enforcement(models.Model):
    """Performance, enforcement, money."""

    class Meta:
        abstract = True

    @declared(
        STATE,
        code="T41",
        sources=DECISION_EFFECTIVE,
        target=CaseState.PERFORMANCE_PERIOD,
        title_zh="进入履行期间",
        title_en="Begin the performance",
        article="CPL 247, 250; CC 1000",
        event_kind="performance_begun",
        proposer=Proposer.HANDLER,
        requirements=("decision_orders_something",),
        makes_documents=("D-67",),
    )
    def begin_performance(self) -> None:
        """Split the effective decision into obligations, one a paragraph."""

    @declared(
        STATE,
        code="S30",
        sources=OPEN,
        title_zh="记录履行情况",
        title_en="Log a performance",
        article="CPL 247; law 8.4",
        event_kind="performance_recorded",
        proposer=Proposer.TEAM,
        requirements=("obligation_is_owed", "performance_proven"),
    )
    def record_performance(self) -> None:
        """Enter what the debtor says to have performed, with the proof; it is examined, not just received."""

    @declared(
        STATE,
        code="S31",
        sources=OPEN,
        title_zh="核实履行",
        title_en="Verify a performance",
        article="law 3.10a, 8.4",
        event_kind="performance_verified",
        proposer=Proposer.TEAM,
        requirements=(
            "performance_waits",
            "checked_by_a_second_person",
            "evidence_is_complete",
            "no_failed_test",
        ),
    )
    def verify_performance(self) -> None:
        """A second person has found that the obligation is performed."""

    @declared(
        STATE,
        code="S32",
        sources=OPEN,
        title_zh="核实未通过",
        title_en="Refuse a performance",
        article="law 3.10a, 8.4",
        event_kind="performance_refused",
        proposer=Proposer.TEAM,
        requirements=("performance_waits", "checked_by_a_second_person"),
    )
    def refuse_performance(self) -> None:
        """A second person has found that it is not; the obligation is owed as before."""

    @declared(
        STATE,
        code="S33",
        sources=(*OPEN, *AFTER),
        title_zh="监测检查",
        title_en="Monitoring test",
        article="CPL 114; law 8.4",
        event_kind="monitoring_tested",
        proposer=Proposer.TEAM,
        requirements=("obligation_to_refrain",),
    )
    def test_compliance(self) -> None:
        """Enter a test of whether an order to stop is obeyed."""

    @declared(
        STATE,
        code="S34",
        sources=IN_COURT,
        title_zh="义务未履行而终结",
        title_en="Obligation ended without performance",
        article="EXEC 64",
        event_kind="obligation_ended",
        proposer=Proposer.TEAM,
        requirements=("obligation_is_owed", "way_of_ending"),
    )
    def end_obligation(self) -> None:
        """The court has ended the enforcement of an obligation in one of the ways of EXEC 64."""

    @declared(
        STATE,
        code="T42",
        sources=(CaseState.PERFORMANCE_PERIOD,),
        target=CaseState.PERFORMED,
        title_zh="全部履行完毕",
        title_en="Everything performed",
        article="law 8.4",
        event_kind="performance_completed",
        proposer=Proposer.HANDLER,
        requirements=("all_obligations_verified",),
    )
    def complete_performance(self) -> None:
        """Every obligation was verified as performed."""

    @declared(
        STATE,
        code="T43",
        sources=(CaseState.PERFORMANCE_PERIOD,),
        target=CaseState.ENFORCEMENT,
        title_zh="进入执行",
        title_en="Transferred to enforcement",
        article="JI 12; CPL 247; CPLI 480",
        event_kind="enforcement_begun",
        proposer=Proposer.TEAM,
        requirements=("obligation_overdue", "transfer_shown"),
    )
    def begin_enforcement(self) -> None:
        """What is due is not performed: the court transfers it to enforcement."""

    @declared(
        STATE,
        code="S70",
        sources=OPEN,
        title_zh="督促移送执行",
        title_en="Urge the court to transfer to enforcement",
        article="JI 12; Rules 66",
        event_kind="transfer_urged",
        proposer=Proposer.HANDLER,
        requirements=("obligation_overdue", "urging_letter_issued"),
        needs_documents=("D-66",),
    )
    def urge_transfer(self) -> None:
        """The office writes to a court that does not transfer; the court's periods start by T43 alone."""

    @declared(
        STATE,
        code="S38",
        sources=(CaseState.ENFORCEMENT,),
        title_zh="增加执行事项",
        title_en="Another obligation in enforcement",
        article="JI 12; CPL 247",
        event_kind="enforcement_extended",
        proposer=Proposer.TEAM,
        requirements=("obligation_overdue", "transfer_shown"),
    )
    def extend_enforcement(self) -> None:
        """An obligation that fell due later is enforced too."""

    @declared(
        STATE,
        code="S35",
        sources=(CaseState.ENFORCEMENT,),
        title_zh="执行立案",
        title_en="Enforcement case registered",
        article="EXEC 16",
        event_kind="enforcement_filed",
        proposer=Proposer.TEAM,
    )
    def file_enforcement(self) -> None:
        """The court has registered the enforcement case."""

    @declared(
        STATE,
        code="S36",
        sources=(CaseState.ENFORCEMENT,),
        title_zh="发出执行通知",
        title_en="Enforcement notice issued",
        article="CPLI 480",
        event_kind="enforcement_notified",
        proposer=Proposer.TEAM,
    )
    def notify_enforcement(self) -> None:
        """The court has issued its enforcement notice."""

    @declared(
        STATE,
        code="S37",
        sources=IN_COURT,
        title_zh="执行措施",
        title_en="Measure of the court",
        article="CPLI 483, 501-505; CPL 251-266; CC 1000",
        event_kind="court_measure_logged",
        proposer=Proposer.TEAM,
        requirements=("measure_fits_the_obligation",),
    )
    def log_measure(self) -> None:
        """Inquiry, freeze, substitute performance, delay money, publication at the debtor's cost."""

    @declared(
        STATE,
        code="S39",
        sources=IN_COURT,
        title_zh="移交执行监督",
        title_en="Refer to enforcement supervision",
        article="Rules 9, 66; CSR 104-108",
        event_kind="supervision_referred",
        proposer=Proposer.HANDLER,
        requirements=("supervisor_is_not_of_the_team",),
    )
    def refer_to_supervision(self) -> None:
        """Delay or illegality of the court goes to the supervising department, not to the suing team."""

    @declared(
        STATE,
        code="T44",
        sources=(CaseState.ENFORCEMENT,),
        target=CaseState.ENF_SUSPENDED,
        title_zh="中止执行",
        title_en="Enforcement suspended",
        article="CPL 267",
        event_kind="enforcement_suspended",
        proposer=Proposer.TEAM,
        requirements=("enforcement_suspension_ground",),
    )
    def suspend_enforcement(self) -> None:
        """The court suspends the enforcement."""

    @declared(
        STATE,
        code="T44-2",
        sources=(CaseState.ENF_SUSPENDED,),
        target=CaseState.ENFORCEMENT,
        title_zh="恢复执行",
        title_en="Enforcement resumed",
        article="CPL 267",
        event_kind="enforcement_resumed",
        proposer=Proposer.TEAM,
    )
    def resume_enforcement(self) -> None:
        """The ground of the suspension is gone."""

    @declared(
        STATE,
        code="T45",
        sources=(CaseState.ENFORCEMENT,),
        target=CaseState.ENF_ROUND_TERMINATED,
        title_zh="终结本次执行程序",
        title_en="Round of enforcement terminated",
        article="CPLI 517",
        event_kind="round_terminated",
        proposer=Proposer.TEAM,
        requirements=("round_may_end",),
    )
    def terminate_round(self) -> None:
        """No property was found; the round can be opened again."""

    @declared(
        STATE,
        code="T58",
        sources=(CaseState.ENF_ROUND_TERMINATED,),
        target=CaseState.ENFORCEMENT,
        title_zh="恢复执行程序",
        title_en="Enforcement opened again",
        article="CPL 265; EXEC 60; CPLI 517",
        event_kind="enforcement_reopened",
        proposer=Proposer.TEAM,
        requirements=("something_was_found",),
    )
    def reopen_enforcement(self) -> None:
        """Property or a way to enforce was found."""

    @declared(
        STATE,
        code="T46",
        sources=(CaseState.ENFORCEMENT,),
        target=CaseState.ENF_TERMINATED,
        title_zh="终结执行",
        title_en="Enforcement terminated",
        article="CPL 268; CPLI 519",
        event_kind="enforcement_terminated",
        proposer=Proposer.TEAM,
        requirements=("enforcement_termination_ground", "nothing_waits_for_verification"),
    )
    def terminate_enforcement(self) -> None:
        """The court ends the enforcement; what is owed ends without performance."""

    @declared(
        STATE,
        code="T47",
        sources=(CaseState.ENFORCEMENT,),
        target=CaseState.PERFORMED,
        title_zh="执行完毕",
        title_en="Fully enforced",
        article="EXEC 63, 64; CPLI 519",
        event_kind="enforcement_completed",
        proposer=Proposer.TEAM,
        requirements=("all_obligations_verified",),
    )
    def complete_enforcement(self) -> None:
        """Every obligation is verified; where one ended without performance the court terminates (T46)."""

    @declared(
        STATE,
        code="S40",
        sources=(*OPEN, *AFTER),
        title_zh="款项记账",
        title_en="Enter money",
        article="law 8.3",
        event_kind="money_entered",
        proposer=Proposer.TEAM,
        requirements=("money_of_this_case", "money_receipt"),
    )
    def enter_money(self) -> None:
        """Money came in, went on or was spent; it counts once a second person has confirmed it."""

    @declared(
        STATE,
        code="S41",
        sources=(*OPEN, *AFTER),
        title_zh="复核款项",
        title_en="Check money",
        article="law 8.3",
        event_kind="money_checked",
        proposer=Proposer.TEAM,
        requirements=("entry_waits", "entry_checked_by_a_second_person"),
    )
    def check_money(self) -> None:
        """A second person confirms or refuses an entry."""
