"""The second person: completed duties that wait to be confirmed, one by one or several at once."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View

from accounts.views.base import StaffPage, StaffView
from audit.errors import NotVisible, Refusal
from audit.paging import page_asked_for
from deadlines import confirmation, selectors, services
from deadlines.forms import ConfirmAllForm, ConfirmForm


class DeadlineConfirm(StaffView, View):
    """Confirm one completed duty, or say why not."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Carry out what the button said."""
        deadline = selectors.get_deadline(self.actor, pk)
        form = ConfirmForm(request.POST)
        note = form.cleaned_data["note"] if form.is_valid() else ""
        say = services.confirm if request.POST.get("verdict") == "confirmed" else services.refuse
        try:
            say(actor=self.actor, deadline=deadline, note=note)
        except NotVisible:
            raise
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            messages.success(request, _("Your word is on record."))
        return redirect("deadline_detail", pk=pk)


class Confirmations(StaffPage):
    """What waits for the second person; those who never confirm have no such page."""

    template_name = "deadlines/confirmations.html"

    def prepare(self) -> None:
        self.require(self.request.user.is_authenticated and confirmation.confirms(self.actor))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = confirmation.awaiting(self.actor)
        shown = page_asked_for(self.request, rows, order=("effective_day", "id"))
        return super().get_context_data(page=shown, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Confirm all that were marked, or none of them."""
        form = ConfirmAllForm(request.POST, rows=confirmation.awaiting(self.actor))
        if not form.is_valid():
            messages.error(
                request, _("Mark what you confirm; load the page again if it has changed.")
            )
            return redirect("confirmation_list")
        try:
            count = services.confirm_all(
                actor=self.actor, deadlines=list(form.cleaned_data["deadline"])
            )
        except Refusal as refusal:
            messages.error(request, str(refusal.message))
        else:
            sentence = ngettext(
                "%(count)d completed duty is confirmed.",
                "%(count)d completed duties are confirmed.",
                count,
            )
            messages.success(request, sentence % {"count": count})
        return redirect("confirmation_list")
