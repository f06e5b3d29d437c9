"""Addresses of the pages of this room."""

from __future__ import annotations

from django.urls import path

from litigation import views

urlpatterns = [
    path("cases/<str:key>/suit/", views.CaseSuit.as_view(), name="case_suit"),
    path("transfers/", views.TransferList.as_view(), name="transfer_list"),
    path(
        "transfers/<int:pk>/acknowledge/",
        views.TransferAcknowledge.as_view(),
        name="transfer_acknowledge",
    ),
]
