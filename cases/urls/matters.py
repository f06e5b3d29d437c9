"""Addresses of what leads and cases have in common: transitions, events, tasks."""

from __future__ import annotations

from django.urls import path

from cases.views import events, tasks, transitions

MATTER = "matters/<str:key>/"

urlpatterns = [
    path(
        f"{MATTER}transitions/<str:code>/",
        transitions.TransitionRecord.as_view(),
        name="transition_record",
    ),
    path("events/<int:pk>/", events.EventDetail.as_view(), name="event_detail"),
    path("tasks/<int:pk>/", tasks.TaskDetail.as_view(), name="task_detail"),
]
