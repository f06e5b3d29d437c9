"""Addresses of running cases that are entered."""

from __future__ import annotations

from django.urls import path

from cases.views import running

RUNNING = "running-cases/"

urlpatterns = [
    path(RUNNING, running.RunningList.as_view(), name="running_list"),
    path(f"{RUNNING}new/", running.RunningCreate.as_view(), name="running_create"),
    path(f"{RUNNING}import/", running.RunningImport.as_view(), name="running_import"),
    path(f"{RUNNING}template/", running.RunningTemplate.as_view(), name="running_template"),
    path(f"{RUNNING}<int:pk>/", running.RunningDetail.as_view(), name="running_detail"),
    path(f"{RUNNING}<int:pk>/ask/", running.RunningAsk.as_view(), name="running_ask"),
    path(f"{RUNNING}<int:pk>/decide/", running.RunningDecide.as_view(), name="running_decide"),
]
