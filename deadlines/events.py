"""The kinds of events this room knows."""

from __future__ import annotations

from cases.registries import EventKind, Uncounted, event_kinds
from deadlines import by_hand, extension_forms, facts

# `remark`: they concern a clock and not what an approval under way rests on.
KINDS = (
    EventKind(
        "rulebook_kept",
        "决定适用的规则版本",
        "Rulebook decided",
        of_entry=True,
        uncounted=Uncounted.RECORD,
    ),
    EventKind(
        by_hand.BEGUN,
        "登记期间起算",
        "Period begun",
        "CPL 85; CC 201",
        form=facts.BegunFacts,
        manual=True,
        remark=True,
        uncounted=Uncounted.CLOCK,
    ),
    EventKind(
        by_hand.COMPLETED,
        "期间事项办结",
        "Period completed",
        form=facts.CompletedFacts,
        manual=True,
        remark=True,
        uncounted=Uncounted.CLOCK,
    ),
    EventKind(
        by_hand.REFUSED,
        "办结未获确认",
        "Completion not confirmed",
        of_entry=True,
        remark=True,
        uncounted=Uncounted.CLOCK,
    ),
    EventKind(
        by_hand.EXTENDED,
        "决定延长期间",
        "Period extended by decision",
        "CPL 85, 86",
        form=facts.ExtendedFacts,
        manual=True,
        remark=True,
        uncounted=Uncounted.CLOCK,
    ),
    EventKind(
        by_hand.GRANTED,
        "检察长批准延长期限",
        "Period extended by the chief procurator",
        "Rules 47",
        form=extension_forms.ClockExtensionFacts,
        uncounted=Uncounted.CLOCK,
    ),
    EventKind(
        by_hand.APPROVED,
        "上一级院批准延长期限",
        "Period extended by the next-higher office",
        "Rules 47",
        form=extension_forms.ExtensionApprovalFacts,
        proposal_form=extension_forms.ClockExtensionFacts,
        uncounted=Uncounted.CLOCK,
    ),
    EventKind(
        by_hand.SUSPENDED,
        "期间暂停计算",
        "Period suspended",
        form=facts.SuspendedFacts,
        manual=True,
        remark=True,
        uncounted=Uncounted.CLOCK,
    ),
    EventKind(
        by_hand.RESUMED,
        "期间恢复计算",
        "Period resumed",
        form=facts.ResumedFacts,
        manual=True,
        remark=True,
        uncounted=Uncounted.CLOCK,
    ),
    EventKind(
        by_hand.OBSTACLE,
        "不可抗力等障碍消除",
        "Obstacle to acting in time ended",
        "CPL 86",
        form=facts.ObstacleFacts,
        manual=True,
        remark=True,
        uncounted=Uncounted.CLOCK,
    ),
    EventKind(
        by_hand.REQUESTED,
        "申请顺延期限",
        "More time asked for",
        "CPL 86",
        form=facts.RequestedFacts,
        manual=True,
        remark=True,
        uncounted=Uncounted.CLOCK,
    ),
)
# What a member of the handling team records about a clock.
BY_HAND = tuple(kind.code for kind in KINDS if kind.manual)


def register() -> None:
    """Hand the kinds to the registry."""
    for kind in KINDS:
        event_kinds.register(kind.code, kind)
