"""Addresses of the register of papers."""

from __future__ import annotations

from django.urls import path

from exchange import views

PAPER = "papers/<int:pk>/"

urlpatterns = [
    path("papers/", views.PaperList.as_view(), name="paper_list"),
    path("papers/new/", views.PaperCreate.as_view(), name="paper_create"),
    path(PAPER, views.PaperDetail.as_view(), name="paper_detail"),
    path(f"{PAPER}link/", views.PaperLink.as_view(), name="paper_link"),
    path(f"{PAPER}close/", views.PaperClose.as_view(), name="paper_close"),
    path(f"{PAPER}event/", views.PaperEvent.as_view(), name="paper_event"),
    path(f"{PAPER}files/<int:file>/", views.PaperFileDownload.as_view(), name="paper_file"),
]
