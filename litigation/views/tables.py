"""The table of courts and the list of eligible subjects: read by everybody, kept by two roles."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.views.base import ActView, StaffPage
from audit import keyset
from litigation import selectors
from litigation.forms.tables import CourtForm, LastDayForm, SubjectForm
from litigation.models import Court, EligibleSubject
from litigation.services import tables

PAGE_SIZE = 100


class _TablePage(StaffPage):
    """One of the tables by name."""

    rows: QuerySet[Any]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = keyset.page(
            self.rows.all(), order=["name"], after=self.request.GET.get("after"), size=PAGE_SIZE
        )
        may_keep = self.actor.is_authenticated and tables.may_keep(self.actor)
        return super().get_context_data(page=page, may_keep=may_keep, **kwargs)


class CourtList(_TablePage):
    """Which court hears public-interest suits of personal information, since when, by which source."""

    template_name = "litigation/court_list.html"
    rows = Court.objects.all()


class SubjectList(_TablePage):
    """Who beside a procuratorate may bring the suit, and how old the list is."""

    template_name = "litigation/subject_list.html"
    rows = EligibleSubject.objects.all()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(as_of=selectors.subjects_as_of(), **kwargs)


class _TableAct(ActView):
    """An act on one of the tables, for who keeps it."""

    list_page = ""

    def prepare(self) -> None:
        self.require(self.actor.is_authenticated and tables.may_keep(self.actor))

    def back(self) -> str:
        return reverse(self.list_page)


class _CourtOfPath(_TableAct):
    list_page = "court_list"
    court: Court

    def prepare(self) -> None:
        super().prepare()
        self.court = get_object_or_404(Court, pk=self.kwargs["pk"])


class CourtCreate(_TableAct):
    """Enter a court."""

    form_class = CourtForm
    heading = _("New court")
    button = _("Enter the court")
    done = _("The court is entered.")
    list_page = "court_list"

    def act(self, form: BaseForm) -> HttpResponse | None:
        tables.add_court(actor=self.actor, **form.cleaned_data)
        return None


class CourtEdit(_CourtOfPath):
    """Correct what the table says of a court."""

    form_class = CourtForm
    heading = _("Correct the court")
    explanation = _("The guards of suit and transfer read this row from now on.")
    button = _("Save")
    done = _("The court is corrected.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Court.objects.get(pk=self.court.pk)}

    def act(self, form: BaseForm) -> HttpResponse | None:
        tables.change_court(actor=self.actor, court=self.court, **form.cleaned_data)
        return None


class CourtClose(_CourtOfPath):
    """Enter the last day on which suits are brought to a court."""

    form_class = LastDayForm
    heading = _("Close the court")
    explanation = _("From the day after, no suit is brought there. The row stays in the table.")
    button = _("Close the court")
    done = _("The last day is entered.")
    dangerous = True

    def act(self, form: BaseForm) -> HttpResponse | None:
        tables.close_court(
            actor=self.actor, court=self.court, last_day=form.cleaned_data["last_day"]
        )
        return None


class _SubjectOfPath(_TableAct):
    list_page = "subject_list"
    subject: EligibleSubject

    def prepare(self) -> None:
        super().prepare()
        self.subject = get_object_or_404(EligibleSubject, pk=self.kwargs["pk"])


class SubjectCreate(_TableAct):
    """Enter a body that may sue."""

    form_class = SubjectForm
    heading = _("New eligible subject")
    button = _("Enter the subject")
    done = _("The subject is entered.")
    list_page = "subject_list"

    def act(self, form: BaseForm) -> HttpResponse | None:
        tables.add_subject(actor=self.actor, **form.cleaned_data)
        return None


class SubjectEdit(_SubjectOfPath):
    """Correct what the list says of a body."""

    form_class = SubjectForm
    heading = _("Correct the eligible subject")
    button = _("Save")
    done = _("The subject is corrected.")

    def get_form_kwargs(self) -> dict[str, Any]:
        row = EligibleSubject.objects.get(pk=self.subject.pk)
        return super().get_form_kwargs() | {"instance": row}

    def act(self, form: BaseForm) -> HttpResponse | None:
        tables.change_subject(actor=self.actor, subject=self.subject, **form.cleaned_data)
        return None


class SubjectClose(_SubjectOfPath):
    """Enter the last day on which a body may sue."""

    form_class = LastDayForm
    heading = _("Close the eligible subject")
    explanation = _("It may bring no suit after that day. The row stays in the list.")
    button = _("Close the subject")
    done = _("The last day is entered.")
    dangerous = True

    def act(self, form: BaseForm) -> HttpResponse | None:
        tables.close_subject(
            actor=self.actor, subject=self.subject, last_day=form.cleaned_data["last_day"]
        )
        return None
