"""Addresses of the pages of deadlines."""

from __future__ import annotations

from django.urls import path

from deadlines import views
from deadlines.reminder_pages import ReminderSettingsPage
from deadlines.rulebook_pages import CaseRulebook

urlpatterns = [
    path("deadlines/", views.deadline_list, name="deadline_list"),
    path("deadlines/calculator/", views.deadline_calculator, name="deadline_calculator"),
    path("deadlines/periods/", views.rulebook, name="rulebook"),
    path("deadlines/calendar/", views.calendar_year_list, name="calendar_year_list"),
    path("deadlines/calendar/publish/", views.calendar_publish, name="calendar_publish"),
    path("leads/report/months/", views.lead_report, name="lead_report"),
    path("deadlines/of/<str:key>/", views.deadline_matter_list, name="deadline_matter_list"),
    path("deadlines/<int:pk>/", views.deadline_detail, name="deadline_detail"),
    path("deadlines/<int:pk>/close/", views.deadline_close, name="deadline_close"),
    path("cases/<str:key>/rulebook/", CaseRulebook.as_view(), name="case_rulebook"),
    path("notifications/", views.notification_list, name="notification_list"),
    path("notifications/read/", views.notification_read_all, name="notification_read_all"),
    path("notifications/<int:pk>/read/", views.notification_read, name="notification_read"),
    path("me/reminders/", ReminderSettingsPage.as_view(), name="reminder_settings"),
]
