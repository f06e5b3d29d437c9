"""What this room hands to the case page, the inbox and the timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from audit import clock
from audit.articles import written
from audit.clock import BEIJING
from cases.models import Case, Lead
from cases.registries import (
    Burden,
    InboxItem,
    Panel,
    TimelineEntry,
    burdens,
    inbox,
    kept_rows,
    panels,
    timeline,
)
from cases.selectors.load import TWO_WEEKS
from cases.selectors.matters import of_visible_matters
from cases.states import CaseState
from deadlines import selectors
from deadlines.confirmation import awaiting, confirms
from deadlines.derive import rulebook_of
from deadlines.explain import notification_text, sentences
from deadlines.models import RUNNING, Deadline, DeadlineState
from deadlines.planner import ANNOUNCEMENT, LAPSE
from deadlines.services.manual import may_set
from deadlines.services.recomputing import LEAD_DEADLINES

if TYPE_CHECKING:
    Matter = Lead | Case

MOST_NOTICES = 50
# More completed duties to be confirmed are not counted.
MOST_TOLD = 100
# While the announcement is still to come or runs, a measure before suit has to be planned with it.
BEFORE_REVIEW = (
    CaseState.FILED,
    CaseState.INVESTIGATING,
    CaseState.INVESTIGATION_CLOSED,
    CaseState.ANNOUNCING,
)


def panel_context(matter: Matter, actor: User) -> dict[str, Any]:
    """Return the deadlines of a matter with their reasons, the running ones first."""
    rows = sorted(
        selectors.shown_deadlines(actor, matter),
        key=lambda row: (row.state not in RUNNING, row.effective_day, row.pk),
    )
    return {
        "deadlines": [(row, explanation(row)) for row in rows],
        "planner": _planner_address(matter, rows),
        "matter": matter,
        "may_set_deadline": may_set(actor, matter),
    }


def _planner_address(matter: Matter, rows: list[Deadline]) -> str:
    """Return the address of the planner of a pre-suit measure, filled in; empty after the announcement."""
    if not isinstance(matter, Case) or matter.state not in BEFORE_REVIEW:
        return ""
    announced = [row for row in rows if row.rule == ANNOUNCEMENT and row.is_open and row.start_day]
    book = rulebook_of(matter)
    # A version that has not the lapse of a measure cannot plan; then the one in force on its day answers.
    given = {"book": book.version} if LAPSE in book.periods else {}
    if announced:
        given["announced"] = str(announced[0].start_day)
    return f"{reverse('deadline_planner')}?{urlencode(given)}"


def explanation(deadline: Deadline) -> list[Any]:
    """Return why the last day is this day; empty for a deadline set by hand."""
    return sentences(deadline.why, provisional=deadline.provisional)


def _todo(row: Deadline) -> InboxItem:
    matter = row.matter
    return InboxItem(
        group="todo",
        title=row.marked_heading,
        link=reverse("deadline_detail", args=[row.pk]),
        kind=_("Deadline"),
        due=row.effective_day,
        matter_title=matter.title,
        matter_key=matter.key,
        matter_state=matter.get_state_display(),
        person=row.duty_holder.name if row.duty_holder else "",
        waiting_since=row.created_at,
        period=row.rule,
    )


def inbox_items(actor: User) -> list[InboxItem]:
    """Return the actor's running deadlines and his unread notifications."""
    items = [_todo(row) for row in selectors.running_for(actor) if not row.period_over]
    unread = selectors.notifications_of(actor).filter(read_at__isnull=True)[:MOST_NOTICES]
    for row in unread:
        matter = row.deadline.matter
        items.append(
            InboxItem(
                group="notice",
                title=notification_text(row),
                link=reverse("deadline_detail", args=[row.deadline_id]),
                kind=row.get_kind_display(),
                due=row.for_day,
                matter_title=matter.title,
                matter_key=matter.key,
                matter_state=matter.get_state_display(),
                waiting_since=row.created_at,
            )
        )
    return items + _to_confirm(actor)


def _to_confirm(actor: User) -> list[InboxItem]:
    """Return one line for all completed duties that wait for the actor as the second person."""
    if not confirms(actor):
        return []
    rows = awaiting(actor)
    count = rows[:MOST_TOLD].count()
    if not count:
        return []
    sentence = ngettext(
        "%(count)d completed duty to be confirmed",
        "%(count)d completed duties to be confirmed",
        count,
    )
    return [
        InboxItem(
            group="approval",
            title=sentence % {"count": count},
            link=reverse("confirmation_list"),
            kind=_("Second person"),
        )
    ]


def timeline_entries(matter: Matter, actor: User) -> list[TimelineEntry]:
    """Return an entry for each statutory period of the matter that has run out."""
    shown = selectors.shown_deadlines(actor, matter)
    rows = [row for row in shown if row.state == DeadlineState.LAPSED]
    return [
        TimelineEntry(
            at=row.effective_instant
            or datetime.combine(row.effective_day, time.max, tzinfo=BEIJING),
            day=row.effective_day,
            group="procedure",
            title=_("Last day: %(title)s") % {"title": row.marked_heading},
            text=written(row.article),
            link=reverse("deadline_detail", args=[row.pk]),
            tone="sys",
        )
        for row in rows
    ]


def due_soon(actor: User, people: Sequence[int]) -> Mapping[int, int]:
    """Return how many running deadlines of each of `people` (numbers) end within two weeks."""
    first = clock.today()
    rows = Deadline.objects.filter(
        state=DeadlineState.OPEN,
        duty_holder__in=people,
        effective_day__range=(first, first + TWO_WEEKS),
    )
    seen = of_visible_matters(actor, rows).order_by()
    return dict(seen.values_list("duty_holder").annotate(Count("pk")))


def list_of_due_soon(person: User) -> str:
    """Return the address of the list of exactly these."""
    first = clock.today()
    asked = {
        "state": DeadlineState.OPEN.value,
        "person": person.pk,
        "from_day": first.isoformat(),
        "until": (first + TWO_WEEKS).isoformat(),
    }
    return f"{reverse('deadline_list')}?{urlencode(asked)}"


def register() -> None:
    """Hand panel, inbox, timeline and kept rows to the registries of `cases`."""
    panels.register(
        "deadlines",
        Panel(
            code="deadlines",
            title=gettext_lazy("Deadlines"),
            template="deadlines/case_panel.html",
            context=panel_context,
            order=10,
        ),
    )
    burdens.register(
        "deadlines",
        Burden(gettext_lazy("Deadlines within two weeks"), due_soon, list_of_due_soon),
    )
    inbox.register("deadlines", inbox_items)
    timeline.register("deadlines", timeline_entries)
    kept_rows.register(LEAD_DEADLINES, lambda case, lead: Deadline.objects.filter(lead=lead))
