"""Addresses of the pages of this room: those below their case, and what is owed in all of them."""

from __future__ import annotations

from django.urls import path

from enforcement import views

CASE = "cases/<str:key>/"

urlpatterns = [
    path("obligations/", views.ObligationRegister.as_view(), name="obligation_register"),
    path(f"{CASE}obligations/", views.ObligationList.as_view(), name="obligation_list"),
    path(
        f"{CASE}obligations/<int:number>/",
        views.ObligationDetail.as_view(),
        name="obligation_detail",
    ),
    path(f"{CASE}ledger/", views.Ledger.as_view(), name="ledger"),
    path(f"{CASE}archive/", views.ArchiveIndexPage.as_view(), name="archive_index"),
    path(f"{CASE}archive/manifest/", views.ManifestDownload.as_view(), name="archive_manifest"),
]
