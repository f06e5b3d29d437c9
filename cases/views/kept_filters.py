"""The filters that are set on a list, as chips to take away, and those a person keeps under a name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm, BooleanField, BoundField, Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.views.base import ActView, StaffView
from cases.forms.lists import KeptFilterForm, SaveFilterForm
from cases.models import SavedFilter
from cases.models.listing import LONGEST_QUERY
from cases.selectors.lists import KeptFilter, own_filter
from cases.services.lists import change_filter, delete_filter, save_filter

# Says in an address that everything is meant, not the filter the list opens with.
EVERYTHING = "all=1"
COLUMNS = "columns"


@dataclass(frozen=True)
class KeptList:
    """A list whose filters can be kept.

    Attributes:
        name: under which its filters are stored.
        names: the parameters of its address that are filters; its order and its columns are among them.
        page, save, change, forget: the names of its pages.
        choose, export: where its columns are chosen and where it leaves the house; empty where nowhere.
    """

    name: str
    names: tuple[str, ...]
    page: str
    save: str
    change: str
    forget: str
    choose: str = ""
    export: str = ""

    def query(self, given: QueryDict, *, without: Sequence[str] = ()) -> QueryDict:
        """Return the parameters of the address that are filters and say something."""
        kept = QueryDict(mutable=True)
        for name in self.names:
            if name not in without:
                kept.setlist(name, [value for value in given.getlist(name) if value])
        return kept

    def address(self, query: str) -> str:
        """Return the address of the list with these filters; without any, everything is meant."""
        return f"{reverse(self.page)}?{query or EVERYTHING}"

    def chips(self, form: Form, given: QueryDict) -> list[dict[str, str]]:
        """Return each filter that is set, in words, with the address of the list without it."""
        return [
            {"text": in_words(field, value), "address": self._without(given, field.name, value)}
            for field in form
            if field.name not in form.errors
            for value in given.getlist(field.name)
            if value
        ]

    def _without(self, given: QueryDict, name: str, value: str) -> str:
        left = self.query(given)
        left.setlist(name, [other for other in left.getlist(name) if other != value])
        return self.address(left.urlencode())


def in_words(field: BoundField, value: str) -> str:
    """Return a filter as the person chose it."""
    if isinstance(field.field, BooleanField):
        return str(field.label)
    choices = getattr(field.field, "choices", None) or ()
    chosen = (str(title) for code, title in choices if str(code) == value)
    return f"{field.label}: {next(chosen, value)}"


def opening(request: HttpRequest, kept: KeptList, saved: Sequence[KeptFilter]) -> str:
    """Return the address a list opens with when it is called by its name alone; empty to stay here."""
    if request.GET:
        return ""
    chosen = next((each for each in saved if each.opens_list), None)
    return kept.address(chosen.query) if chosen else ""


def kept_context(
    kept: KeptList,
    form: Form,
    given: QueryDict,
    saved: Sequence[KeptFilter],
    *,
    columns: str = "",
) -> dict[str, Any]:
    """Return what a list shows of its filters: those set, and those kept.

    Args:
        columns: those shown, as an address names them; empty where a list has no others.
    """
    save_form = SaveFilterForm(
        auto_id="save_%s",
        initial={
            "query": kept.query(given, without=(COLUMNS,)).urlencode(),
            "columns": columns,
            "with_columns": COLUMNS in given,
        },
    )
    if not columns:
        del save_form.fields["with_columns"], save_form.fields["columns"]
    return {
        "kept_list": kept,
        "chips": kept.chips(form, given),
        "saved": saved,
        "save_form": save_form,
        "filter_query": kept.query(given).urlencode(),
        "everything": kept.address(""),
    }


class KeptFilterSave(StaffView):
    """Keep the present filter of a list under a name."""

    kept: KeptList

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SaveFilterForm(request.POST)
        query = self.kept.query(QueryDict(request.POST.get("query", "")[:LONGEST_QUERY]))
        if form.is_valid():
            if form.cleaned_data["with_columns"] and form.cleaned_data["columns"]:
                query[COLUMNS] = form.cleaned_data["columns"]
            save_filter(
                actor=self.actor,
                list_name=self.kept.name,
                name=form.cleaned_data["name"],
                query=self.kept.query(query).urlencode(),
                shared=form.cleaned_data["shared"],
                opens_list=form.cleaned_data["opens_list"],
            )
            messages.success(request, _("The filter is saved."))
        else:
            messages.error(request, _("Give the filter a name of at most 60 characters."))
        return HttpResponseRedirect(self.kept.address(query.urlencode()))


class KeptFilterChange(ActView):
    """Rename a filter of one's own, share it, give it its place, let the list open with it."""

    kept: KeptList
    kept_filter: SavedFilter
    form_class = KeptFilterForm
    heading = gettext_lazy("Change the filter")
    button = gettext_lazy("Save")
    done = gettext_lazy("The filter is changed.")

    def prepare(self) -> None:
        found = own_filter(self.actor, self.kwargs["pk"])
        self.require(found is not None and found.list_name == self.kept.name)
        assert found is not None  # required above
        self.kept_filter = found

    def get_initial(self) -> dict[str, Any]:
        return KeptFilterForm.of(self.kept_filter)

    def act(self, form: BaseForm) -> HttpResponse | None:
        change_filter(actor=self.actor, pk=self.kept_filter.pk, facts=form.cleaned_data)
        return None

    def back(self) -> str:
        return self.kept.address(self.kept_filter.query)


class KeptFilterDelete(StaffView):
    """Forget a filter of one's own."""

    kept: KeptList

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        delete_filter(actor=self.actor, pk=self.kwargs["pk"])
        messages.success(request, _("The filter is forgotten."))
        return HttpResponseRedirect(self.kept.address(""))
