"""The register of a day as a page and as a paper in the official layout."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.views.base import StaffPage
from audit import clock
from audit.errors import Refusal
from deadlines.confirmation import confirms
from deadlines.forms import day_field
from deadlines.register import Register, as_document
from deadlines.services.registering import check_entries
from documents.download import made_file
from documents.typst_renderer import render_pdf


class DayForm(forms.Form):
    """The day of the register; today when none is named."""

    day = day_field(_("Day"), required=False)

    def clean_day(self) -> date:
        return self.cleaned_data["day"] or clock.today()


class RegisterPage(StaffPage):
    """Which deadlines were entered and ended on a day, by whom, and who checked."""

    template_name = "deadlines/register.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DayForm(request.GET)
        if not form.is_valid():
            return self.render_to_response({"form": form}, status=400)
        day = form.cleaned_data["day"]
        values = {
            "form": DayForm(initial={"day": day}),
            "register": Register(self.actor, day),
            "may_check": confirms(self.actor),
        }
        return self.render_to_response(values)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Put on record that the entries shown were looked at."""
        form = DayForm(request.POST)
        if not form.is_valid():
            raise Http404
        day = form.cleaned_data["day"]
        try:
            count = check_entries(actor=self.actor, day=day, seen=_seen(request))
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            sentence = ngettext("%(count)d entry checked.", "%(count)d entries checked.", count)
            messages.success(request, sentence % {"count": count})
        return redirect(f"{reverse('deadline_register')}?day={day.isoformat()}")


def _seen(request: HttpRequest) -> dict[int, date]:
    """Return the last day that was shown, by deadline."""
    try:
        pairs = [value.split(":") for value in request.POST.getlist("seen")]
        return {int(pk): date.fromisoformat(day) for pk, day in pairs}
    except ValueError as error:
        raise Http404 from error


class RegisterPaper(StaffPage):
    """The register of a day as PDF."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DayForm(request.GET)
        if not form.is_valid():
            raise Http404
        day: date = form.cleaned_data["day"]
        made = render_pdf(as_document(Register(self.actor, day)), issued_at=clock.now())
        return made_file(made.content, name=f"register-{day.isoformat()}.pdf")
