"""The kinds of events this room registers (law 3.2, T41 to T51, T58, T61 to T63)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cases.registries import EventKind, Uncounted, event_kinds
from enforcement.forms import closing, court, money, obligations
from enforcement.lifecycle import ENFORCED, FINISHED, MOVED

AGAIN = _("What a second person has examined stands; log a new performance or a test.")
TAKE_BACK = _("Enter what takes it back; another person confirms that.")

KINDS = (
    EventKind(
        "performance_begun",
        "进入履行期间",
        "Performance begun",
        "CPL 247, 250",
        form=obligations.BeginPerformanceFacts,
        counter_act=_("The obligations stand; end one that is wrong with the reason."),
        uncounted=Uncounted.STEP,
    ),
    EventKind(
        "obligation_entered",
        "确定履行义务",
        "Obligation entered",
        "CPLI 461",
        part=True,
        uncounted=Uncounted.PART,
    ),
    EventKind(MOVED, "义务状态变更", "Obligation moved", part=True, uncounted=Uncounted.PART),
    EventKind(
        ENFORCED, "义务进入执行", "Obligation in enforcement", part=True, uncounted=Uncounted.PART
    ),
    EventKind(
        FINISHED, "义务终结", "Obligation final", part=True, statistics=("obligations_final",)
    ),
    EventKind(
        "performance_recorded",
        "记录履行情况",
        "Performance logged",
        "CPL 247",
        form=obligations.PerformanceFacts,
        counter_act=_("Another member of the team refuses it with the reason; then log it again."),
        uncounted=Uncounted.STEP,
    ),
    EventKind(
        "performance_verified",
        "核实履行",
        "Performance verified",
        "law 8.4",
        form=obligations.VerifyFacts,
        counter_act=AGAIN,
        statistics=("performances_verified",),
    ),
    EventKind(
        "performance_refused",
        "核实未通过",
        "Performance refused",
        "law 8.4",
        form=obligations.RefuseFacts,
        counter_act=AGAIN,
        statistics=("performances_refused",),
    ),
    EventKind(
        "monitoring_tested",
        "监测检查",
        "Monitoring test",
        "CPL 114",
        form=obligations.MonitoringFacts,
        uncounted=Uncounted.STEP,
    ),
    EventKind(
        "obligation_ended",
        "义务未履行而终结",
        "Obligation ended without performance",
        "EXEC 64",
        form=obligations.EndFacts,
        counter_act=AGAIN,
        uncounted=Uncounted.PART,
    ),
    EventKind(
        "performance_completed",
        "全部履行完毕",
        "Everything performed",
        "law 8.4",
        form=obligations.CompletedFacts,
        statistics=("decisions_performed",),
    ),
    EventKind(
        "enforcement_begun",
        "进入执行",
        "Transferred to enforcement",
        "JI 12; CPL 247",
        form=court.EnforcementFacts,
        statistics=("enforcements",),
    ),
    EventKind(
        "transfer_urged",
        "督促移送执行",
        "Transfer to enforcement urged",
        "JI 12; Rules 66",
        form=court.TransferUrgedFacts,
        statistics=("transfers_urged",),
    ),
    EventKind(
        "enforcement_extended",
        "增加执行事项",
        "Enforcement extended",
        "JI 12; CPL 247",
        form=court.EnforcementFacts,
        uncounted=Uncounted.STEP,
    ),
    EventKind(
        "enforcement_filed",
        "执行立案",
        "Enforcement case registered",
        "EXEC 16",
        form=court.EnforcementFiledFacts,
        statistics=("enforcements_filed",),
    ),
    EventKind(
        "enforcement_notified",
        "发出执行通知",
        "Enforcement notice",
        "CPLI 480",
        form=court.EnforcementNoticeFacts,
        uncounted=Uncounted.STEP,
    ),
    EventKind(
        "court_measure_logged",
        "执行措施",
        "Measure of the court",
        "CPL 251-266",
        form=court.MeasureFacts,
        counter_act=TAKE_BACK,
        uncounted=Uncounted.STEP,
    ),
    EventKind(
        "supervision_referred",
        "移交执行监督",
        "Referred to supervision",
        "Rules 9, 66",
        form=court.SupervisionFacts,
        statistics=("supervision_referrals",),
    ),
    EventKind(
        "enforcement_suspended",
        "中止执行",
        "Enforcement suspended",
        "CPL 267",
        form=court.SuspensionFacts,
        statistics=("enforcements_suspended",),
    ),
    EventKind(
        "enforcement_resumed",
        "恢复执行",
        "Enforcement resumed",
        "CPL 267",
        form=court.ResumptionFacts,
        statistics=("enforcements_resumed",),
    ),
    EventKind(
        "round_terminated",
        "终结本次执行程序",
        "Round terminated",
        "CPLI 517",
        form=court.RoundFacts,
        statistics=("rounds_terminated",),
    ),
    EventKind(
        "enforcement_reopened",
        "恢复执行程序",
        "Enforcement opened again",
        "CPL 265; CPLI 517",
        form=court.ReopenFacts,
        statistics=("enforcements_reopened",),
    ),
    EventKind(
        "enforcement_terminated",
        "终结执行",
        "Enforcement terminated",
        "CPL 268",
        form=court.TerminationFacts,
        statistics=("enforcements_terminated",),
    ),
    EventKind(
        "enforcement_completed",
        "执行完毕",
        "Fully enforced",
        "EXEC 64",
        form=court.EnforcedFacts,
        statistics=("decisions_enforced",),
    ),
    EventKind(
        "money_entered",
        "款项记账",
        "Money entered",
        "law 8.3",
        form=money.MoneyFacts,
        counter_act=TAKE_BACK,
        uncounted=Uncounted.OTHER_BLOCK,
    ),
    EventKind(
        "money_checked",
        "复核款项",
        "Money checked",
        "law 8.3",
        form=money.MoneyCheckFacts,
        counter_act=TAKE_BACK,
        uncounted=Uncounted.OTHER_BLOCK,
    ),
    EventKind(
        "look_back_planned",
        "开展回头看",
        "Look-back planned",
        form=closing.LookBackFacts,
        statistics=("look_backs",),
    ),
    EventKind(
        "look_back_checked",
        "回头看检查",
        "Look-back check",
        form=closing.LookBackCheckFacts,
        uncounted=Uncounted.STEP,
    ),
    EventKind(
        "relapse_found",
        "发现反弹",
        "Relapse found",
        "Rules 24",
        form=closing.RelapseFacts,
        counter_act=_("A lead has come of it; change what that lead says."),
        statistics=("relapses",),
    ),
    EventKind(
        "injunctions_ended",
        "禁令、保全已解除的说明",
        "Statement on injunctions",
        "law 3.10a",
        form=closing.InjunctionsEndedFacts,
        uncounted=Uncounted.INTERNAL,
    ),
    EventKind(
        "case_closed",
        "结案",
        "Case closed",
        "Rules 106",
        form=closing.CloseFacts,
        statistics=("cases_closed",),
    ),
    EventKind(
        "archive_indexed",
        "生成归档目录",
        "Archive index made",
        "Rules 106",
        form=closing.IndexFacts,
        counter_act=_("Make the index again."),
        uncounted=Uncounted.INTERNAL,
    ),
    EventKind(
        "case_archived",
        "归档",
        "Case archived",
        "Rules 106",
        form=closing.ArchiveFacts,
        statistics=("cases_archived",),
    ),
)


def register() -> None:
    """Hand the kinds to the registry."""
    for kind in KINDS:
        event_kinds.register(kind.code, kind)
