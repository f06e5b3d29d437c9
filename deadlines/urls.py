"""Addresses of the pages of deadlines."""

from __future__ import annotations

from django.urls import path

from deadlines import views
from deadlines.calculator_pages import Calculator
from deadlines.clock_pages import ClockRecord
from deadlines.confirmation_pages import Confirmations, DeadlineConfirm
from deadlines.planner_pages import Planner
from deadlines.register_pages import RegisterPage, RegisterPaper
from deadlines.rulebook_pages import CaseRulebook

urlpatterns = [
    path("deadlines/", views.deadline_list, name="deadline_list"),
    path("deadlines/calculator/", Calculator.as_view(), name="deadline_calculator"),
    path("deadlines/periods/", views.rulebook, name="rulebook"),
    path("deadlines/calendar/", views.calendar_year_list, name="calendar_year_list"),
    path("deadlines/calendar/publish/", views.calendar_publish, name="calendar_publish"),
    path("leads/report/months/", views.lead_report, name="lead_report"),
    path("deadlines/of/<str:key>/", views.deadline_matter_list, name="deadline_matter_list"),
    path("deadlines/of/<str:key>/record/<slug:kind>/", ClockRecord.as_view(), name="clock_record"),
    path("deadlines/<int:pk>/", views.deadline_detail, name="deadline_detail"),
    path("deadlines/<int:pk>/close/", views.deadline_close, name="deadline_close"),
    path("deadlines/<int:pk>/confirm/", DeadlineConfirm.as_view(), name="deadline_confirm"),
    path("deadlines/confirmations/", Confirmations.as_view(), name="confirmation_list"),
    path("deadlines/register/", RegisterPage.as_view(), name="deadline_register"),
    path("deadlines/register/pdf/", RegisterPaper.as_view(), name="deadline_register_paper"),
    path("cases/<str:key>/rulebook/", CaseRulebook.as_view(), name="case_rulebook"),
    path("notifications/", views.notification_list, name="notification_list"),
    path("notifications/read/", views.notification_read_all, name="notification_read_all"),
    path("notifications/<int:pk>/read/", views.notification_read, name="notification_read"),
    path("deadlines/planner/", Planner.as_view(), name="deadline_planner"),
]
