"""Addresses of the pages of this room."""

from __future__ import annotations

from django.urls import path

from litigation.views import jurisdiction, suit, tables, transfers

urlpatterns = [
    path(
        "cases/<str:key>/jurisdiction/",
        jurisdiction.JurisdictionWizard.as_view(),
        name="case_jurisdiction",
    ),
    path("cases/<str:key>/suit/", suit.CaseSuit.as_view(), name="case_suit"),
    path("cases/<str:key>/suit/record/", suit.CaseSuitRecord.as_view(), name="case_suit_record"),
    path("transfers/", transfers.TransferList.as_view(), name="transfer_list"),
    path(
        "transfers/<int:pk>/acknowledge/",
        transfers.TransferAcknowledge.as_view(),
        name="transfer_acknowledge",
    ),
    path("courts/", tables.CourtList.as_view(), name="court_list"),
    path("courts/new/", tables.CourtCreate.as_view(), name="court_create"),
    path("courts/<int:pk>/change/", tables.CourtEdit.as_view(), name="court_edit"),
    path("courts/<int:pk>/close/", tables.CourtClose.as_view(), name="court_close"),
    path("eligible-subjects/", tables.SubjectList.as_view(), name="subject_list"),
    path("eligible-subjects/new/", tables.SubjectCreate.as_view(), name="subject_create"),
    path("eligible-subjects/<int:pk>/change/", tables.SubjectEdit.as_view(), name="subject_edit"),
    path("eligible-subjects/<int:pk>/close/", tables.SubjectClose.as_view(), name="subject_close"),
]
