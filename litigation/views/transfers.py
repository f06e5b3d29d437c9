"""Cases that other offices have transferred to this one."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.views.base import ActView, StaffPage
from audit import keyset
from litigation import selectors
from litigation.forms.receiving import AcknowledgeForm
from litigation.models import CaseTransfer
from litigation.services.transfers import acknowledge_transfer

PAGE_SIZE = 50


class TransferList(StaffPage):
    """The transfers to the actor's office, those not acknowledged first to be seen."""

    template_name = "litigation/transfer_list.html"

    def prepare(self) -> None:
        self.require(self.actor.is_authenticated and selectors.may_receive(self.actor))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = keyset.page(
            selectors.transfers_received_by(self.actor),
            order=["-id"],
            after=self.request.GET.get("after"),
            size=PAGE_SIZE,
        )
        return super().get_context_data(page=page, **kwargs)


class TransferAcknowledge(ActView):
    """Take a transferred case in: it is made here, in review (T64)."""

    transfer: CaseTransfer
    template_name = "litigation/transfer_acknowledge.html"
    form_class = AcknowledgeForm
    heading = _("Acknowledge a transferred case")
    button = _("Acknowledge and open the case")

    def prepare(self) -> None:
        if self.actor.is_authenticated:
            self.transfer = selectors.get_transfer(self.actor, self.kwargs["pk"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"office": self.transfer.target_office}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(transfer=self.transfer, **kwargs)

    def act(self, form: BaseForm) -> HttpResponse | None:
        case = acknowledge_transfer(actor=self.actor, transfer=self.transfer, **form.cleaned_data)
        return HttpResponseRedirect(f"{self.back()}#{case.key}")

    def back(self) -> str:
        return reverse("transfer_list")
