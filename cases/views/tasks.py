"""Tasks of a matter: open one, look at it, close it; those of one person as a list."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.views.base import StaffPage
from audit.paging import page_asked_for
from cases.forms.work import TaskCloseForm, TaskForm
from cases.models import Task
from cases.models.work import TaskState
from cases.selectors import people, person_tasks
from cases.selectors.assignment import may_distribute
from cases.selectors.work import get_task
from cases.services import tasks
from cases.views.matter_frame import MatterAct, MatterView


class TaskView(MatterView):
    """Loads the task of the address as the actor sees it."""

    task: Task

    def prepare(self) -> None:
        self.task = get_task(self.actor, self.kwargs["pk"])
        self.matter = self.task.matter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(task=self.task, **kwargs)


class TaskDetail(TaskView, StaffPage):
    """One task: what, who, by when, and what came of it."""

    template_name = "cases/task_detail.html"

    @property
    def may_close(self) -> bool:
        concerned = self.actor.pk in (self.task.owner_id, self.task.created_by_id)
        by_hand = self.task.state == TaskState.OPEN and self.task.kind != tasks.MAJOR_LEAD
        return by_hand and (concerned or people.is_handler(self.matter, self.actor))

    @property
    def receipt_page(self) -> str:
        """Where the receipt that ends the task is logged, empty for every other task."""
        if self.task.state != TaskState.OPEN or self.task.kind != tasks.MAJOR_LEAD:
            return ""
        return reverse("lead_record_with_superior", args=[self.matter.key])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            may_close=self.may_close,
            receipt_page=self.receipt_page,
            form=TaskCloseForm(),
            **kwargs,
        )


class TaskClose(TaskView, MatterAct):
    """Close a task as done or as no longer needed."""

    form_class = TaskCloseForm
    heading = _("Close the task")
    button = _("Done")
    done = _("The task is closed.")

    def act(self, form: BaseForm) -> HttpResponse | None:
        cancelled = self.request.POST.get("outcome") == TaskState.CANCELLED
        tasks.close_task(
            actor=self.actor, task=self.task, note=form.cleaned_data["note"], cancelled=cancelled
        )
        return None

    def back(self) -> str:
        return reverse("task_detail", args=[self.task.pk])


class PersonTasks(StaffPage):
    """The open tasks of one person that the actor may see, the overdue ones first shown alone."""

    template_name = "cases/person_tasks.html"
    person: User

    def prepare(self) -> None:
        self.person = person_tasks.get_owner(self.actor, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = person_tasks.open_tasks(self.actor, [self.person.pk])
        every = self.request.GET.get("show") == "all"
        shown = tasks if every else tasks.filter(person_tasks.overdue())
        numbers = person_tasks.counts(tasks)
        rows = shown.select_related("case", "lead", "created_by")
        return super().get_context_data(
            person=self.person,
            numbers=numbers,
            every=every,
            page=page_asked_for(self.request, rows, order=person_tasks.ORDER),
            count=numbers["every" if every else "overdue"],
            compares=may_distribute(self.actor),
            **kwargs,
        )


class TaskCreate(MatterAct):
    """Give somebody who sees the matter something to do."""

    form_class = TaskForm
    heading = _("Add a task")
    button = _("Add the task")
    done = _("The task was added.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"matter": self.matter, "actor": self.actor}

    def act(self, form: BaseForm) -> HttpResponse | None:
        tasks.add_task(actor=self.actor, matter=self.matter, **form.cleaned_data)
        return None
