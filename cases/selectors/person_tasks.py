"""The open tasks of one person, for himself and for whoever compares desks before assigning."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import clock
from audit.errors import NotVisible
from cases.models import Task
from cases.models.work import TaskState
from cases.selectors.assignment import may_distribute
from cases.selectors.matters import of_visible_matters

# The earliest day first; what has no day stands last.
ORDER = ("due_on", "id")


def overdue() -> Q:
    """Say of open tasks that their day has passed."""
    return Q(due_on__lt=clock.today())


def open_tasks(actor: User, people: Iterable[int]) -> QuerySet[Task]:
    """Return the open tasks of `people` in matters `actor` may see."""
    return of_visible_matters(actor, Task.objects.filter(owner__in=people, state=TaskState.OPEN))


def counts(tasks: QuerySet[Task]) -> dict[str, int]:
    """Return how many of some open tasks are `overdue`, and how many they are: `every`."""
    asked = {"overdue": Count("pk", filter=overdue()), "every": Count("pk")}
    found: dict[str, int] = tasks.order_by().aggregate(**asked)
    return found


def get_owner(actor: User, pk: int) -> User:
    """Return the person whose tasks `actor` may list: himself, of his office those whose desks he compares.

    Raises:
        NotVisible: it is somebody else.
    """
    if pk == actor.pk:
        return actor
    compared = accounts.caseworkers((Role.PROSECUTOR,)).filter(office=actor.office_id, pk=pk)
    person = compared.first() if may_distribute(actor) else None
    if person is None:
        raise NotVisible(_("There is no such person."))
    return person
