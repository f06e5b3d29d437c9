"""Running cases: entering one, trying a table, and the head's decision (design 3, back-entry)."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm, Form
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.views.base import StaffPage, StaffView
from audit import keyset
from cases.forms.running import DecideEntryForm, RunningCaseForm, TableForm
from cases.models import EntryStatus, RunningEntry
from cases.running import selectors, services
from cases.running.reading import MOST_ROWS
from cases.running.template import template
from cases.spreadsheet import workbook_answer
from cases.states import CASE_STATE_LAW
from cases.views.matter_frame import RefusableAct

PAGE_SIZE = 50


class RunningList(StaffPage):
    """The tables the actor tried, and those he decides on."""

    template_name = "cases/running_list.html"

    def prepare(self) -> None:
        self.require(selectors.may_open(self.actor))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = keyset.page(
            selectors.entries_visible_to(self.actor),
            order=["-id"],
            after=self.request.GET.get("after"),
            size=PAGE_SIZE,
        )
        return super().get_context_data(page=page, may_try=selectors.may_try(self.actor), **kwargs)


class _Trying(RefusableAct):
    def prepare(self) -> None:
        self.require(selectors.may_try(self.actor))

    def back(self) -> str:
        return reverse("running_list")


class RunningCreate(_Trying):
    """Enter one running case: what the paper file says of its lead and its filing."""

    template_name = "cases/running_form.html"
    form_class = RunningCaseForm
    heading = _("Enter a running case")
    explanation = _(
        "A case that was filed before it was kept here. The head of the department agrees; then it "
        "stands in back-entry, and each later step is entered with its day and its paper."
    )
    button = _("Check, and ask the head")
    done = _("Nothing stands against it. The head of the department is asked.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"actor": self.actor}

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, RunningCaseForm)
        services.try_page(
            actor=self.actor,
            row=form.row(),
            papers=form.papers(),
            reason=form.cleaned_data["reason"],
        )
        return None


class RunningImport(_Trying):
    """Try a table of running cases; nothing is entered."""

    template_name = "cases/running_import.html"
    form_class = TableForm
    heading = _("Try a table of running cases")
    button = _("Try")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(most_rows=MOST_ROWS, **kwargs)

    def act(self, form: BaseForm) -> HttpResponse | None:
        data = form.cleaned_data
        entry = services.try_table(
            actor=self.actor, table=data["table"], papers=data["papers"], reason=data["reason"]
        )
        return HttpResponseRedirect(entry.get_absolute_url())


class RunningTemplate(StaffView):
    """The empty table with its headings and what each column holds."""

    def prepare(self) -> None:
        self.require(selectors.may_try(self.actor))

    def get(self, request: HttpRequest) -> FileResponse:
        return workbook_answer(template(self.actor), "running-cases")


class _EntryView(StaffView):
    entry: RunningEntry

    def prepare(self) -> None:
        """Load the table.

        Raises:
            NotVisible: there is none for this actor.
        """
        self.entry = selectors.get_entry(self.actor, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(  # type: ignore[misc, no-any-return]
            entry=self.entry,
            verdicts=[_shown(verdict) for verdict in self.entry.verdicts],
            **kwargs,
        )


def _shown(verdict: dict[str, Any]) -> dict[str, Any]:
    """Return a verdict with its state in words."""
    state = CASE_STATE_LAW.get(verdict["state"])
    return verdict | {"state_title": state[1] if state else ""}


class RunningDetail(_EntryView, StaffPage):
    """Row by row what the trial found, or what was entered."""

    template_name = "cases/running_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.entry.asked_by_id == self.actor.pk
        tried = self.entry.status == EntryStatus.TRIED
        asked = self.entry.status == EntryStatus.ASKED
        return super().get_context_data(
            may_ask=own and tried and not self.entry.refused_rows,
            may_decide=asked and selectors.may_decide(self.actor, self.entry),
            form=DecideEntryForm(initial={"digest": self.entry.digest}),
            **kwargs,
        )


class _EntryAct(_EntryView, RefusableAct):
    template_name = "cases/running_act.html"

    def back(self) -> str:
        return self.entry.get_absolute_url()


class RunningAsk(_EntryAct):
    """Ask the head to agree to a table that was tried."""

    form_class = Form
    heading = _("Ask the head of the department")
    button = _("Ask")
    done = _("The head of the department is asked.")

    def act(self, form: BaseForm) -> HttpResponse | None:
        services.ask_head(actor=self.actor, entry=self.entry)
        return None


class RunningDecide(_EntryAct):
    """Agree to all of a table, or to nothing of it."""

    form_class = DecideEntryForm
    heading = _("Decide on running cases")
    button = _("Decide")
    done = _("The decision is recorded.")

    def get_initial(self) -> dict[str, Any]:
        return {"digest": self.entry.digest}

    def act(self, form: BaseForm) -> HttpResponse | None:
        data = form.cleaned_data
        if data["decision"] == "agree":
            services.enter_all(actor=self.actor, entry=self.entry, digest=data["digest"])
        else:
            services.refuse_all(actor=self.actor, entry=self.entry, reason=data["reason"])
        return None
