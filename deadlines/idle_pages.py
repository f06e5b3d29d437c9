"""The open matters in which nothing moves, and the office's own number of days for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.views.base import StaffPage, StaffView
from audit.keyset import capped_count
from audit.paging import page_asked_for
from deadlines import idle, listing
from deadlines.filter_forms import IdleDaysForm, IdleForm
from deadlines.services.idle_days import may_set_days, set_idle_days
from deadlines.yearbook import calendar


class IdleList(StaffPage):
    """The matters that sit idle, the longest first."""

    template_name = "deadlines/idle.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = IdleForm(request.GET, actor=self.actor)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=400)
        found = form.found()
        shown = page_asked_for(request, found, order=("last_at", "id"))
        may_set = may_set_days(self.actor)
        context = self.get_context_data(
            form=form,
            page=shown,
            rows=rows_of(shown.items),
            count=capped_count(found.values("pk")),
            days=form.cleaned_data["days"],
            what=form.cleaned_data["what"],
            office_days=idle.days_of(self.actor.office),
            days_form=IdleDaysForm(auto_id="office_%s") if may_set else None,
        )
        return self.render_to_response(context)


def rows_of(matters: list[Any]) -> list[dict[str, Any]]:
    """Return each matter with what happened last and how long ago, and its next day if there is one."""
    days = calendar()
    return [
        {
            "matter": matter,
            "thing": idle.last_thing(matter),
            "day": idle.last_day(matter),
            "idle": idle.days_idle(matter),
            "next": listing.distance(matter.next_deadline, days) if matter.next_deadline else None,
        }
        for matter in matters
    ]


class IdleDaysSet(StaffView):
    """Set the number of days for the actor's office."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.require(may_set_days(self.actor))
        form = IdleDaysForm(request.POST)
        if form.is_valid():
            set_idle_days(actor=self.actor, days=form.cleaned_data["days"])
            messages.success(request, _("Saved."))
        else:
            messages.error(request, _("Choose 1 to 365 days."))
        return HttpResponseRedirect(reverse("idle_list"))
