"""Making and moving a recommendation, each time with an event of its own in the act of the case."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext_noop

from accounts.models import User
from administrative.governance import selectors
from administrative.governance.forms import CONTENTS
from administrative.governance.lifecycle import ENTERED, TERM_BEGUN
from administrative.models import GovernanceRecommendation
from cases.models import Case, Event
from cases.registries import machines
from cases.selectors.people import lead_handler
from cases.services import acts, tasks
from deadlines.services.lapses import REPLY_MISSING
from notices.models import Document
from notices.serving.calls import REPLY

MACHINE = "governance"
TELL_THE_UNIT = "governance_tell_unit"
# What a changed recommendation takes over from the one before.
COPIED = ("body", "situation", "reason", "relation", "relation_shown", *CONTENTS)


def begin(
    *, case: Case, event: Event, actor: User, facts: dict[str, Any]
) -> GovernanceRecommendation:
    """Make the recommendation of a beginning, inside the act of `event` (G-1)."""
    return _enter(
        GovernanceRecommendation(
            case=case,
            body_id=facts["body"],
            situation=facts["situation"],
            reason=facts["reason"],
            relation=facts["relation"],
            relation_shown=facts.get("relation_shown") or "",
            created_by=actor,
        ),
        event,
    )


def _enter(row: GovernanceRecommendation, event: Event) -> GovernanceRecommendation:
    rows = GovernanceRecommendation.objects.filter(case=row.case)
    row.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    row.save()
    facts = {"body": row.body_id, "begun_by": event.pk}
    _tell(row, event, kind=ENTERED, to_state=row.state, facts=facts)
    return row


def locked(case: Case, facts: dict[str, Any]) -> GovernanceRecommendation:
    """Return the recommendation the facts of an act name, locked."""
    rows = GovernanceRecommendation.objects.select_for_update(of=("self",))
    return rows.select_related("body").get(case=case, pk=facts["recommendation"])


def move(row: GovernanceRecommendation, code: str, event: Event, **facts: Any) -> Event:
    """Carry a recommendation along its transition `code`, inside the act of `event`."""
    declaration = machines[MACHINE].declarations[code]
    own = _tell(
        row,
        event,
        kind=declaration.event_kind,
        transition=code,
        from_state=row.state,
        to_state=declaration.target,
        facts=facts,
    )
    getattr(row, declaration.method)()
    row.save()
    return own


def move_if(row: GovernanceRecommendation, code: str, event: Event) -> None:
    """Carry it along where it stands in a state the transition leaves; else leave it where it is."""
    if row.state in machines[MACHINE].declarations[code].sources:
        move(row, code, event)


def _tell(
    row: GovernanceRecommendation,
    event: Event,
    *,
    facts: dict[str, Any],
    day: date | None = None,
    **rest: Any,
) -> Event:
    own = acts.record_event(
        actor=event.recorded_by,
        matter=row.case,
        legal_day=day or event.legal_day,
        facts=facts | {"recommendation": row.pk, "document": row.document_id},
        machine=MACHINE,
        object_id=row.pk,
        on_behalf_of=event.on_behalf_of,
        **rest,
    )
    acts.announce_event(own, actor=event.recorded_by, matter=row.case)
    return own


def write(*, row: GovernanceRecommendation, event: Event, facts: dict[str, Any]) -> None:
    """Write the contents; a review made before does not cover them (G-1-4)."""
    for name in CONTENTS:
        value = facts.get(name)
        setattr(row, name, value if name in ("objection_days", "reply_days") else value or "")
    row.save()
    move_if(row, "R1", event)


def decide(*, row: GovernanceRecommendation, event: Event, draft: Document | None) -> None:
    """Fix the contents by the decision (G-3)."""
    row.decision, row.document = event, draft
    move(row, "R3", event)


def issue(*, row: GovernanceRecommendation, event: Event, document: Document) -> None:
    """Let the paper go out; the five days for the record run (G-4; PRR 21)."""
    row.document = document
    move(row, "R4", event)


def receive(*, row: GovernanceRecommendation, event: Event, begins: bool) -> None:
    """The unit has it: the time to object runs, and that to reply where the service starts none.

    Args:
        begins: whether the time to reply is to be begun here (PRR 18, 19).
    """
    day = event.legal_day
    row.served_on, row.objection_until = day, selectors.last_day_to_object(row, day)
    move(row, "R5", event)
    if not begins:
        return
    ends_on = selectors.last_day_to_reply(row, day)
    facts = {"calls_for": REPLY} | ({"ends_on": ends_on.isoformat()} if ends_on else {})
    _tell(row, event, kind=TERM_BEGUN, facts=facts)


def close_record_task(*, row: GovernanceRecommendation, department: str, actor: User) -> None:
    """Close the task of one department of the next-higher office (G-5)."""
    issued = Event.objects.filter(machine=MACHINE, object_id=row.pk, transition="R4")
    for pk in issued.values_list("pk", flat=True):
        tasks.close_kind(matter=row.case, kind=f"{department}:{pk}", closed_by=actor)


def close_reply_task(*, row: GovernanceRecommendation, actor: User) -> None:
    """Close the task that an answer is missing, once one came (G-9)."""
    for clock in selectors.clocks_of(row):
        tasks.close_kind(matter=row.case, kind=f"{REPLY_MISSING}:{clock.pk}", closed_by=actor)


def uphold(*, row: GovernanceRecommendation, event: Event) -> None:
    """The recommendation stands after an objection (G-7)."""
    answered = selectors.events_of(row, "governance_answered").exists()
    move(row, "R7-2" if answered else "R7", event)


def end_by(*, row: GovernanceRecommendation, event: Event, outcome: str, actor: User) -> None:
    """Withdraw it, or let a changed one take its place, which is reviewed and decided anew (G-7, G-8)."""
    move(row, "R10" if outcome == "change" else "R11", event)
    if outcome == "change":
        values = {name: getattr(row, name) for name in COPIED}
        new = GovernanceRecommendation(case=row.case, replaces=row, created_by=actor, **values)
        _enter(new, event)


def ask_to_tell(*, row: GovernanceRecommendation, event: Event, actor: User) -> None:
    """Give the handler the task to tell the unit, where it has received the recommendation."""
    if row.served_on is None:
        return
    tasks.open_task(
        matter=row.case,
        kind=f"{TELL_THE_UNIT}:{row.pk}",
        title=gettext_noop("Tell “%(unit)s” what was decided on the recommendation"),
        values={"unit": row.body.name},
        article="PRR 22-23",
        owner=lead_handler(row.case) or actor,
        created_by=actor,
        event=event,
    )


def told(*, row: GovernanceRecommendation, actor: User) -> None:
    """Close that task (G-8-2)."""
    tasks.close_kind(matter=row.case, kind=f"{TELL_THE_UNIT}:{row.pk}", closed_by=actor)
