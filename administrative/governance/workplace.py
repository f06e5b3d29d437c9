"""What this procedure hands to the case page, the inbox and the clocks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from administrative.governance import selectors
from administrative.governance.lifecycle import GovernanceState
from administrative.models import GovernanceRecommendation
from cases.models import Case, Event, Lead, TeamMember, TeamPosition
from cases.registries import InboxItem, Panel, clock_subjects, inbox, kept_rows, panels, verifiers
from cases.selectors.matters import cases_visible_to
from cases.together import rows_of

if TYPE_CHECKING:
    Matter = Lead | Case

MOST = 50
# What the handler does next with a recommendation in this state.
NEXT = {
    GovernanceState.DECIDED: gettext_lazy("Issue the recommendation: %(unit)s"),
    GovernanceState.OBJECTED: gettext_lazy("Decide on the objection: %(unit)s"),
    GovernanceState.ANSWERED: gettext_lazy("Assess the answer: %(unit)s"),
}


def panel_context(matter: Matter, actor: User) -> dict[str, Any]:
    """Return the recommendations on governance of a case; a lead has none."""
    rows = selectors.told_of_case(matter) if isinstance(matter, Case) else []
    return {"matter": matter, "rows": rows, "due": selectors.next_days(rows) if rows else {}}


def recommendations_to_act_on(user: User) -> list[InboxItem]:
    """What waits for who leads the case: to be issued, an objection, an answer."""
    led = TeamMember.objects.filter(user=user, until__isnull=True, position=TeamPosition.LEAD)
    cases = cases_visible_to(user).filter(pk__in=led.values("case"))
    rows = GovernanceRecommendation.objects.filter(case__in=cases, state__in=list(NEXT))
    return [_item(row) for row in rows.select_related("case", "body").order_by("id")[:MOST]]


def _item(row: GovernanceRecommendation) -> InboxItem:
    return InboxItem(
        group="todo",
        title=str(NEXT[GovernanceState(row.state)]) % {"unit": row.body},
        link=row.get_absolute_url(),
        kind=_("Recommendation on governance"),
        matter_title=row.case.title,
        matter_key=row.case.key,
        matter_state=row.case.get_state_display(),
    )


def names_of(matter: Matter) -> dict[str, str]:
    """Return the unit of each recommendation where its periods stand, by the key of the recommendation."""
    if not isinstance(matter, Case):
        return {}
    return {str(row.pk): row.body.name for row in selectors.of_case(matter)}


def units_of_papers(matter: Matter) -> dict[str, str]:
    """Return the unit each paper on governance goes to, by the key of the paper (P-57)."""
    if not isinstance(matter, Case):
        return {}
    rows = selectors.of_case(matter).filter(document__isnull=False)
    return {str(row.document_id): row.body.name for row in rows}


def recommendations_follow(matter: Matter) -> Iterator[str]:
    """Each recommendation stands where its last event left it, and has one event that entered it."""
    if not isinstance(matter, Case):
        return
    for row in rows_of(matter, selectors.of_cases):
        states = list(_moves(row))
        if states[:1] != [("", "drafting")]:
            yield f"recommendation {row.number} was not entered by an event"
        elif states[-1][1] != row.state:
            yield f"recommendation {row.number} is {row.state}, its last event says {states[-1][1]}"


def _moves(row: GovernanceRecommendation) -> Iterator[tuple[str, str]]:
    events = Event.objects.filter(machine="governance", object_id=row.pk).exclude(to_state="")
    yield from events.order_by("id").values_list("from_state", "to_state")


def register() -> None:
    """Hand the parts to the registries."""
    panels.register(
        "governance",
        Panel(
            code="governance",
            title=gettext_lazy("Recommendations on governance"),
            template="administrative/governance/case_panel.html",
            context=panel_context,
            order=28,
            of=("case", "administrative"),
        ),
    )
    inbox.register("governance_recommendations", recommendations_to_act_on)
    clock_subjects.register("recommendation", names_of)
    clock_subjects.register("document", units_of_papers)
    kept_rows.register(
        "governance", lambda case, lead: GovernanceRecommendation.objects.filter(case=case)
    )
    verifiers.register("governance", recommendations_follow)
