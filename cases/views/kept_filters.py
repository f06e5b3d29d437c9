"""The filters that are set on a list, as chips to take away, and those a person keeps under a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BooleanField, BoundField, Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.views.base import StaffView
from cases.forms.case_list import SaveFilterForm
from cases.selectors.case_list import saved_filters
from cases.services.work import delete_filter, save_filter


@dataclass(frozen=True)
class KeptList:
    """A list whose filters can be kept.

    Attributes:
        name: under which its filters are stored.
        names: the parameters of its address that are filters.
        page, save, forget: the names of its pages.
    """

    name: str
    names: tuple[str, ...]
    page: str
    save: str
    forget: str

    def query(self, given: QueryDict) -> QueryDict:
        """Return the parameters of the address that are filters and say something."""
        kept = QueryDict(mutable=True)
        for name in self.names:
            kept.setlist(name, [value for value in given.getlist(name) if value])
        return kept

    def address(self, query: str) -> str:
        """Return the address of the list with these filters."""
        return f"{reverse(self.page)}?{query}"

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


def kept_context(kept: KeptList, form: Form, given: QueryDict, actor: User) -> dict[str, Any]:
    """Return what a list shows of its filters: those set, and those kept."""
    query = kept.query(given).urlencode()
    return {
        "kept_list": kept,
        "chips": kept.chips(form, given),
        "saved": list(saved_filters(actor, kept.name)),
        "save_form": SaveFilterForm(initial={"query": query}, auto_id="save_%s"),
        "filter_query": query,
    }


class KeptFilterSave(StaffView):
    """Keep the present filter of a list under a name."""

    kept: KeptList

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SaveFilterForm(request.POST)
        query = self.kept.query(QueryDict(request.POST.get("query", "")[:1000])).urlencode()
        if form.is_valid():
            save_filter(
                actor=self.actor,
                list_name=self.kept.name,
                name=form.cleaned_data["name"],
                query=query,
                shared=form.cleaned_data["shared"],
            )
            messages.success(request, _("The filter is saved."))
        else:
            messages.error(request, _("Give the filter a name of at most 60 characters."))
        return HttpResponseRedirect(self.kept.address(query))


class KeptFilterDelete(StaffView):
    """Forget a filter of one's own."""

    kept: KeptList

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        delete_filter(actor=self.actor, pk=self.kwargs["pk"])
        messages.success(request, _("The filter is forgotten."))
        return HttpResponseRedirect(reverse(self.kept.page))
