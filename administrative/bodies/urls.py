"""Addresses of the directory."""

from __future__ import annotations

from django.urls import path

from administrative.bodies import views

BODIES = "bodies/"
BODY = f"{BODIES}<int:pk>/"

urlpatterns = [
    path(BODIES, views.BodyList.as_view(), name="body_list"),
    path(f"{BODIES}new/", views.BodyCreate.as_view(), name="body_create"),
    path(f"{BODIES}duplicates/", views.BodyDuplicates.as_view(), name="body_duplicates"),
    path(f"{BODIES}import/", views.BodyImport.as_view(), name="body_import"),
    path(f"{BODIES}import/enter/", views.BodyImportEnter.as_view(), name="body_import_enter"),
    path(f"{BODIES}template/", views.BodyTemplate.as_view(), name="body_template"),
    path(BODY, views.BodyDetail.as_view(), name="body_detail"),
    path(f"{BODY}change/", views.BodyEdit.as_view(), name="body_edit"),
    path(f"{BODY}merge/", views.BodyMerge.as_view(), name="body_merge"),
]
