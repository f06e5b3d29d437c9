"""The page of a task."""

from __future__ import annotations

from typing import Any

from accounts.views.base import StaffPage, StaffView
from cases.models import Task
from cases.selectors.work import get_task


class TaskView(StaffView):
    """Loads the task of the address as the actor sees it."""

    task: Task

    def prepare(self) -> None:
        self.task = get_task(self.actor, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(task=self.task, matter=self.task.matter, **kwargs)  # type: ignore[misc, no-any-return]


class TaskDetail(TaskView, StaffPage):
    """One task: what, who, by when."""

    template_name = "cases/task_detail.html"
