"""The page of a case and its tabs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from cases.models import CaseLink, Event, Task
from cases.models.work import TaskState
from cases.selectors import people
from cases.selectors.card import summary_of
from cases.selectors.events import events_of
from cases.selectors.matters import cases_visible_to
from cases.selectors.next_steps import next_steps, offered
from cases.selectors.parties import parties_told, shown_party
from cases.selectors.tags import tags_told
from cases.selectors.timeline import timeline_of
from cases.selectors.work import own_tasks
from cases.services.recusals import may_decide
from cases.services.tags import may_tag
from cases.track import STATES_OF_LAW, state_title
from cases.views.case_frame import CasePage
from cases.views.matter_frame import rendered_panels, work_context
from cases.views.recusals import minutes_shown
from cases.workplace import title_of

TIMELINE_GROUPS = ("procedure", "document", "evidence", "contact")


class CaseTab(CasePage):
    """A tab of a case."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**self.part() | kwargs)

    def part(self) -> dict[str, Any]:
        """Return the context of this tab alone."""
        return {}


def groups_of_timeline() -> list[tuple[str, str]]:
    """Return the groups of the timeline with their titles, all of them first."""
    return [
        ("", _("All")),
        ("procedure", _("Procedure")),
        ("document", _("Documents")),
        ("evidence", _("Evidence")),
        ("contact", _("Contacts")),
    ]


class CaseOverview(CaseTab):
    """What the case is about, what happened, what may follow and what presses."""

    template_name = "cases/case_overview.html"
    tab = "case_detail"

    def part(self) -> dict[str, Any]:
        drawn = rendered_panels(self.request, self.case, self.actor, "aside")
        group = self.request.GET.get("group", "")
        group = group if group in TIMELINE_GROUPS else ""
        parties = parties_told(self.case)
        offer = offered(next_steps(self.case, self.actor))
        return {
            "labels": tags_told(self.case),
            "may_tag": may_tag(self.actor, self.case),
            "entries": timeline_of(self.case, self.actor, group),
            "group": group,
            "groups": groups_of_timeline(),
            "steps": offer.moving,
            "step_entries": offer.entries,
            "waiting_entries": offer.waiting,
            "pressing": [row for row in drawn if row[0].code == "deadlines"],
            "panels": [row for row in drawn if row[0].code != "deadlines"],
            "my_tasks": own_tasks(self.case, self.actor),
            "parties": parties,
            "card": summary_of(self.actor, self.case, parties),
        }


class CaseParties(CaseTab):
    """Who the case is about."""

    template_name = "cases/case_parties.html"
    tab = "case_parties"

    def part(self) -> dict[str, Any]:
        rows = list(self.case.parties.all())
        return {
            "parties": [shown_party(row) for row in rows if row.removed_at is None],
            "removed": [row for row in rows if row.removed_at is not None],
        }


class CaseTasks(CaseTab):
    """What has to be done in the case, by whom, by when."""

    template_name = "cases/case_tasks.html"
    tab = "case_tasks"

    def part(self) -> dict[str, Any]:
        rows = list(Task.objects.filter(case=self.case).select_related("owner"))
        return {
            "open_tasks": [row for row in rows if row.state == TaskState.OPEN],
            "closed_tasks": [row for row in rows if row.state != TaskState.OPEN],
        }


class CasePeople(CaseTab):
    """The handling team now and before, and every application for recusal."""

    template_name = "cases/case_people.html"
    tab = "case_people"

    def part(self) -> dict[str, Any]:
        former = self.case.team.filter(until__isnull=False).select_related("user")
        recusals = people.recusals_of(self.case).select_related(
            *("person", "decided_by", "case", "meeting__chair", "review_meeting__chair"),
            *("meeting__minutes", "review_meeting__minutes"),
        )
        return {
            "former_team": list(former.order_by("-until")),
            "recusals": [(row, may_decide(self.actor, row)) for row in recusals],
        } | minutes_shown(self.actor, self.case, recusals)


class CaseDeadlines(CaseTab):
    """The periods of the case, as the room of deadlines tells them."""

    template_name = "cases/case_deadlines.html"
    tab = "case_deadlines"

    def part(self) -> dict[str, Any]:
        drawn = rendered_panels(self.request, self.case, self.actor, "aside")
        return {"panels": [row for row in drawn if row[0].code == "deadlines"]}


class CaseContacts(CaseTab):
    """Conversations with people outside, notes of the team, comments."""

    template_name = "cases/case_contacts.html"
    tab = "case_contacts"

    def part(self) -> dict[str, Any]:
        return work_context(self.case, self.actor)


class CaseLinks(CaseTab):
    """Other cases that belong to this one, read in both directions; only those the reader sees."""

    template_name = "cases/case_links.html"
    tab = "case_links"

    def part(self) -> dict[str, Any]:
        visible = cases_visible_to(self.actor)
        out = CaseLink.objects.filter(source=self.case, target__in=visible).select_related("target")
        back = CaseLink.objects.filter(target=self.case, source__in=visible).select_related(
            "source"
        )
        return {
            "links": [(row, row.target, True) for row in out]
            + [(row, row.source, False) for row in back]
        }


class CaseRecord(CaseTab):
    """Every act of the case in the order in which it was recorded, corrections included."""

    template_name = "cases/case_record.html"
    tab = "case_record"

    def part(self) -> dict[str, Any]:
        rows = events_of(self.case).select_related("annulled_by", "corrects", "annuls")
        return {
            "events": [
                (row, title_of(row), _state(row, row.from_state), _state(row, row.to_state))
                for row in rows.order_by("-id")
            ]
        }


def _state(event: Event, state: str) -> str:
    """Return a state an event names, in words; as it stands where its machine is none of the kernel's."""
    return state_title(event.machine, state) if state and event.machine in STATES_OF_LAW else state
