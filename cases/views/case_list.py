"""The list of cases: filter, saved filters, pages after a cursor."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.views.base import StaffPage, StaffView
from audit import clock
from audit.errors import Invalid
from audit.keyset import Page, capped_count, page
from cases.forms.case_list import CaseFilterForm, SaveFilterForm
from cases.models import Case
from cases.running.selectors import may_open
from cases.selectors.case_list import LIST_NAME, MOST_EXPORTED, saved_filters
from cases.services.work import delete_filter, save_filter

PAGE_SIZE = 50
ORDERS = ("filed_on", "-filed_on", "next_deadline", "-next_deadline", "state_since", "-state_since")


class CaseList(StaffPage):
    """The cases the actor sees; the address carries filter, order and page."""

    template_name = "cases/case_list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = CaseFilterForm(request.GET, actor=self.actor)
        rows = form.found()
        filter_query = kept_query(request.GET).urlencode()
        context = self.get_context_data(
            form=form,
            page=self._page(rows),
            count=capped_count(rows.values("pk")),
            chips=chips_of(form, request.GET),
            saved=list(saved_filters(self.actor)),
            save_form=SaveFilterForm(initial={"query": filter_query}, auto_id="save_%s"),
            filter_query=filter_query,
            most_rows=MOST_EXPORTED,
            today=clock.today(),
            may_open_running=may_open(self.actor),
        )
        return self.render_to_response(context, status=400 if form.errors else 200)

    def _page(self, rows: QuerySet[Case]) -> Page[Case]:
        sort = self.request.GET.get("sort", "")
        order = [sort if sort in ORDERS else "-id"]
        try:
            shown = page(rows, order=order, after=self.request.GET.get("after"), size=PAGE_SIZE)
        except Invalid as refusal:
            messages.warning(self.request, str(refusal.message))
            shown = page(rows, order=order, after=None, size=PAGE_SIZE)
        for case in shown.items:
            case.days_in_state = (clock.today() - case.state_since).days  # type: ignore[attr-defined]
        return shown


def kept_query(given: QueryDict) -> QueryDict:
    """Return the parameters of the address that are filters and say something."""
    kept = QueryDict(mutable=True)
    for name in (*CaseFilterForm.base_fields, "sort"):
        kept.setlist(name, [value for value in given.getlist(name) if value])
    return kept


def chips_of(form: CaseFilterForm, given: QueryDict) -> list[dict[str, str]]:
    """Return each filter that is set, in words, with the address of the list without it."""
    chips = []
    for field in form:
        for value in given.getlist(field.name):
            if value and field.name not in form.errors:
                text = f"{field.label}: {in_words(field, value)}"
                chips.append({"text": text, "address": _without(given, field.name, value)})
    return chips


def in_words(field: BoundField, value: str) -> str:
    """Return the value of a filter as the person chose it."""
    choices = getattr(field.field, "choices", None)
    if choices is None:
        return value
    return next((str(title) for code, title in choices if str(code) == value), value)


def _without(given: QueryDict, name: str, value: str) -> str:
    left = kept_query(given)
    left.setlist(name, [other for other in left.getlist(name) if other != value])
    return f"{reverse('case_list')}?{left.urlencode()}"


class FilterSave(StaffView):
    """Keep the present filter under a name."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SaveFilterForm(request.POST)
        query = kept_query(QueryDict(request.POST.get("query", "")[:1000])).urlencode()
        if form.is_valid():
            save_filter(
                actor=self.actor,
                list_name=LIST_NAME,
                name=form.cleaned_data["name"],
                query=query,
                shared=form.cleaned_data["shared"],
            )
            messages.success(request, _("The filter is saved."))
        else:
            messages.error(request, _("Give the filter a name of at most 60 characters."))
        return HttpResponseRedirect(f"{reverse('case_list')}?{query}")


class FilterDelete(StaffView):
    """Forget a filter of one's own."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        delete_filter(actor=self.actor, pk=self.kwargs["pk"])
        messages.success(request, _("The filter is forgotten."))
        return HttpResponseRedirect(reverse("case_list"))
