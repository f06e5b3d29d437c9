"""Making obligations and moving them, each time with an event of their own in the act of the case."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from accounts.models import User
from cases.models import Case, Event
from cases.registries import machines
from cases.services import acts
from cases.states import Stage
from enforcement import selectors
from enforcement.items import TYPE_OF_KIND
from enforcement.lifecycle import ObligationState
from enforcement.models import Obligation, Outcome, Performance
from litigation.models import OperativeItem

MACHINE = "obligation"


def begin(*, case: Case, event: Event, types: dict[str, str]) -> list[Obligation]:
    """Make an obligation of every paragraph that has none, inside the act of `event` (T41).

    Args:
        types: the type chosen for a paragraph, by ``type_<pk>``; else the kind of claim decides.
    """
    first = case.obligations.aggregate(last=Max("number"))["last"] or 0
    items = selectors.items_to_perform(case).order_by("judgment", "number")
    return [
        _enter(case, event, item, number, types.get(f"type_{item.pk}") or "")
        for number, item in enumerate(items, start=first + 1)
    ]


def _enter(case: Case, event: Event, item: OperativeItem, number: int, chosen: str) -> Obligation:
    named, last = selectors.last_day_of(item)
    row = Obligation.objects.create(
        case=case,
        item=item,
        number=number,
        type=chosen or TYPE_OF_KIND[item.kind],
        kind=item.kind,
        text=item.text,
        amount=item.amount,
        obligee=item.obligee,
        due_on=last,
    )
    row.debtors.set(item.debtors.all())
    effect = item.judgment.effective_on
    assert effect is not None  # held by selectors.items_to_perform
    facts = {
        "text": row.text,
        "type": row.type,
        "due_on": named.isoformat() if named else "",
        "performance_until": last.isoformat() if named else "",
    }
    _tell(row, event, kind="obligation_entered", to_state=row.state, facts=facts, day=effect)
    return row


def on_event_recorded(sender: type[Event], event: Event, **kwargs: Any) -> None:
    """Make an obligation of a paragraph entered when the performance has begun, once it is a row (S20)."""
    entered = event.kind == "operative_item_entered" and event.corrects_id is None
    if entered and event.case is not None and event.case.stage == Stage.POST_LITIGATION:
        begin(case=event.case, event=event, types={})


def move(*, obligation: Obligation, code: str, event: Event, **facts: Any) -> None:
    """Carry an obligation along its transition `code`, inside the act of `event`."""
    declaration = machines[MACHINE].declarations[code]
    _tell(
        obligation,
        event,
        kind=declaration.event_kind,
        transition=code,
        from_state=obligation.state,
        to_state=declaration.target,
        facts=facts,
    )
    getattr(obligation, declaration.method)()
    obligation.save(update_fields=["state", "way"])


def _tell(
    row: Obligation, event: Event, *, facts: dict[str, Any], day: Any = None, **rest: Any
) -> None:
    own = acts.record_event(
        actor=event.recorded_by,
        matter=row.case,
        legal_day=day or event.legal_day,
        facts=facts | {"obligation": row.pk},
        machine=MACHINE,
        object_id=row.pk,
        on_behalf_of=event.on_behalf_of,
        **rest,
    )
    acts.announce_event(own, actor=event.recorded_by, matter=row.case)


def locked(case: Case, pks: Iterable[int]) -> list[Obligation]:
    """Return these obligations of a case, locked, in the order of their numbers."""
    return list(case.obligations.select_for_update().filter(pk__in=list(pks)).order_by("number"))


def log_performance(*, obligation: Obligation, event: Event, actor: User) -> None:
    """Enter that a performance waits for a second person (S30)."""
    Performance.objects.create(obligation=obligation, event=event, recorded_by=actor)
    move(obligation=obligation, code="O1", event=event)


def check_performance(
    *, obligation: Obligation, event: Event, actor: User, outcome: Outcome
) -> None:
    """Enter what the second person found (S31, S32)."""
    row = obligation.performances.select_for_update().get(outcome="")
    row.outcome, row.checked_by, row.check_event = outcome, actor, event
    row.save(update_fields=["outcome", "checked_by", "check_event"])
    if outcome == Outcome.VERIFIED:
        move(obligation=obligation, code="O2", event=event)
        return
    back = "O3-2" if _stood_before(obligation) == ObligationState.ENFORCING else "O3"
    move(obligation=obligation, code=back, event=event)


def _stood_before(obligation: Obligation) -> str:
    logged = Event.objects.filter(
        machine=MACHINE, object_id=obligation.pk, to_state=ObligationState.PERFORMED
    )
    return logged.order_by("-id").values_list("from_state", flat=True)[0]


def strike(*, item: OperativeItem, event: Event) -> None:
    """Strike the obligation of a paragraph that was entered by mistake, if it has one (S21)."""
    for row in Obligation.objects.select_for_update().filter(item=item):
        move(obligation=row, code="O6", event=event)


def end(*, obligation: Obligation, event: Event, way: str) -> None:
    """End an obligation without performance (S34, T46; EXEC 64)."""
    obligation.way = way
    move(obligation=obligation, code="O5", event=event, way=way)
