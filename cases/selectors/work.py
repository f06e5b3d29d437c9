"""Reading the daily work around a matter: tasks, comments, notes, contacts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.selectors import caseworkers
from audit.errors import NotVisible
from audit.prepared import prepared
from cases.models import Case, Comment, ContactRecord, Lead, Proposal, Task, TeamNote
from cases.models.work import TaskState
from cases.selectors import people
from cases.selectors.kept_rows import holds
from cases.selectors.keys import of_keys, own_keys
from cases.selectors.matters import of_visible_matters

if TYPE_CHECKING:
    Matter = Lead | Case

# A page shows so many of each; what is older stands in the record of acts.
MOST = 200


def _of(matter: Matter) -> dict[str, Any]:
    return {matter.relation: matter}


def tasks_of(matter: Matter) -> list[Task]:
    """Return the open tasks of a matter, the most pressing first."""
    rows = Task.objects.filter(**_of(matter), state=TaskState.OPEN)
    return list(rows.select_related("owner")[:MOST])


def own_tasks(matter: Matter, owner: User) -> list[Task]:
    """Return the open tasks of a matter that are somebody's, the earliest day first, for its page."""
    return _own_tasks(*own_keys(matter), owner.pk) if holds(matter, "tasks") else []


@prepared(int, int, int)
def _own_tasks(case: int, lead: int, owner: int) -> QuerySet[Task]:
    rows = Task.objects.filter(of_keys(case, lead), owner=owner, state=TaskState.OPEN)
    return rows.select_related("owner").order_by("due_on", "id")


def proposals_of(matter: Matter) -> list[Proposal]:
    """Return every proposal of a matter, the latest first."""
    rows = Proposal.objects.filter(**_of(matter)).select_related("author", "lead", "case")
    return list(rows[:MOST])


def comments_of(matter: Matter) -> list[Comment]:
    """Return the comments on a matter and its proposals, oldest first."""
    rows = Comment.objects.filter(**_of(matter)).select_related("author", "proposal")
    return list(rows.order_by("id")[:MOST])


def notes_of(matter: Matter, actor: User) -> list[TeamNote]:
    """Return the notes of the team, which only its members read."""
    if not people.is_member(matter, actor):
        return []
    return list(TeamNote.objects.filter(**_of(matter)).select_related("author")[:MOST])


def contacts_of(matter: Matter) -> list[ContactRecord]:
    """Return the recorded conversations, the latest first."""
    rows = ContactRecord.objects.filter(**_of(matter)).select_related("recorded_by")
    return list(rows[:MOST])


def get_task(actor: User, pk: int) -> Task:
    """Return a task of a visible matter.

    Raises:
        NotVisible: there is none for this actor.
    """
    rows = Task.objects.select_related("lead", "case", "owner", "created_by", "closed_by", "event")
    task = of_visible_matters(actor, rows).filter(pk=pk).first()
    if task is None:
        raise NotVisible(_("There is no such task."))
    return task  # type: ignore[no-any-return]


def possible_owners(matter: Matter, actor: User) -> QuerySet[User]:
    """Return to whom a task of a matter may go: its handlers and team, its head, the actor himself."""
    concerned = {actor.pk}
    handler = people.lead_handler(matter)
    if handler is not None:
        concerned.add(handler.pk)
    if isinstance(matter, Case):
        concerned.update(people.open_team(matter).values_list("user", flat=True))
    concerned.update(people.deciders(matter, Role.DEPARTMENT_HEAD).values_list("pk", flat=True))
    return User.objects.filter(pk__in=concerned, is_active=True).order_by("name", "pk")


def possible_successors(office_id: int) -> QuerySet[User]:
    """Return the prosecutors of an office, who alone handle leads and cases (Rules 6)."""
    prosecutors = caseworkers((Role.PROSECUTOR,)).filter(office=office_id)
    return prosecutors.select_related("department").order_by("name", "pk")
