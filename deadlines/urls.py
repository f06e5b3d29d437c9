"""Addresses of the pages of deadlines."""

from __future__ import annotations

from django.urls import path

from deadlines import feed_address, feed_pages, list_pages, office_period_pages, views
from deadlines.calculator_pages import Calculator
from deadlines.calendar_pages import CalendarYear
from deadlines.clock_pages import ClockRecord
from deadlines.confirmation_pages import Confirmations, DeadlineConfirm
from deadlines.idle_pages import IdleDaysSet, IdleList
from deadlines.planner_pages import Planner
from deadlines.register_pages import RegisterPage, RegisterPaper
from deadlines.reminder_pages import ReminderSettingsPage
from deadlines.rulebook_pages import CaseRulebook
from deadlines.weeks_page import DeadlineWeeks

feed_address.register()

urlpatterns = [
    path("deadlines/", list_pages.DeadlineList.as_view(), name="deadline_list"),
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
    path("deadlines/export/", list_pages.DeadlineExport.as_view(), name="deadline_export"),
    path("deadlines/filters/", list_pages.FilterSave.as_view(), name="deadline_filter_save"),
    path(
        "deadlines/filters/<int:pk>/change/",
        list_pages.FilterChange.as_view(),
        name="deadline_filter_change",
    ),
    path(
        "deadlines/filters/<int:pk>/delete/",
        list_pages.FilterDelete.as_view(),
        name="deadline_filter_delete",
    ),
    path("deadlines/weeks/", DeadlineWeeks.as_view(), name="deadline_weeks"),
    path("deadlines/idle/", IdleList.as_view(), name="idle_list"),
    path("deadlines/idle/days/", IdleDaysSet.as_view(), name="idle_days_set"),
    path(
        "deadlines/own-periods/",
        office_period_pages.OfficePeriodList.as_view(),
        name="office_period_list",
    ),
    path(
        "deadlines/own-periods/new/",
        office_period_pages.OfficePeriodCreate.as_view(),
        name="office_period_create",
    ),
    path(
        "deadlines/own-periods/<int:pk>/end/",
        office_period_pages.OfficePeriodEnd.as_view(),
        name="office_period_end",
    ),
    path("me/calendars/", feed_pages.FeedList.as_view(), name="feed_list"),
    path("me/calendars/<int:pk>/revoke/", feed_pages.FeedRevoke.as_view(), name="feed_revoke"),
    path("feeds/<feed_token:digest>.ics", feed_pages.calendar_feed, name="calendar_feed"),
    path(
        "deadlines/<int:pk>/deadline.ics", feed_pages.DeadlineFile.as_view(), name="deadline_file"
    ),
    path(
        "deadlines/of/<str:key>/deadlines.ics",
        feed_pages.MatterFile.as_view(),
        name="deadline_matter_file",
    ),
    path("deadlines/calendar/<int:year>/", CalendarYear.as_view(), name="calendar_year"),
    path("me/reminders/", ReminderSettingsPage.as_view(), name="reminder_settings"),
]
