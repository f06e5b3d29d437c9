"""Addresses of the pages of evidence, below their case but for the register of all cases."""

from __future__ import annotations

from django.urls import path

from evidence import views

EXHIBIT = "cases/<str:key>/exhibits/<int:number>/"
FACTS = "cases/<str:key>/facts/"

urlpatterns = [
    path("exhibits/", views.exhibit_register, name="exhibit_register"),
    path("cases/<str:key>/exhibits/", views.exhibit_list, name="exhibit_list"),
    path("cases/<str:key>/exhibits/matrix/", views.exhibit_matrix, name="exhibit_matrix"),
    path("cases/<str:key>/exhibits/new/", views.exhibit_create, name="exhibit_create"),
    path(EXHIBIT, views.exhibit_detail, name="exhibit_detail"),
    path(f"{EXHIBIT}file/", views.exhibit_download, name="exhibit_download"),
    path(f"{EXHIBIT}check/", views.exhibit_check, name="exhibit_check"),
    path(f"{EXHIBIT}withdraw/", views.exhibit_withdraw, name="exhibit_withdraw"),
    path(FACTS, views.fact_groups, name="fact_groups"),
    path(f"{FACTS}<int:pk>/unlink/", views.fact_unlink, name="fact_unlink"),
]
