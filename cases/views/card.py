"""The case card (案卡) of a case or a lead: read, printed, taken out, its items marked as checked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.http.response import JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.errors import Refusal
from cases.card.plain import plain_card
from cases.forms.card import CardCheckForm
from cases.selectors.card import Card, card_of, changed_items, may_change, may_check
from cases.services import card as services
from cases.services.leads import record_reading
from cases.spreadsheet import workbook_answer
from cases.views.cases import CaseTab
from cases.views.leads import LeadView
from cases.views.matter_frame import MatterAct, MatterPage, MatterView


def context_of(view: MatterView, whole: Card) -> dict[str, Any]:
    """Return what the parts of a card on a page need: the card, and what the reader may do with it."""
    return {
        "card": whole,
        "may_check": may_check(view.actor, view.matter),
        "may_change": may_change(view.actor, view.matter),
    }


class CaseCard(CaseTab):
    """The whole card of a case."""

    template_name = "cases/case_card.html"

    def part(self) -> dict[str, Any]:
        whole = card_of(self.actor, self.case)
        return context_of(self, whole) | {"changed": changed_items(whole)}


class LeadCard(LeadView, MatterPage):
    """The whole card of a lead, while there is no case."""

    template_name = "cases/lead_card.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record_reading(actor=self.actor, matter=self.matter)
        whole = card_of(self.actor, self.matter)
        context = context_of(self, whole) | {"changed": changed_items(whole)}
        return super().get_context_data(lead=self.matter, **context, **kwargs)


class CardCheckMake(MatterAct):
    """Mark an item as checked; back to the card, whose value may have changed meanwhile."""

    http_method_names = ("post", "options")
    form_class = CardCheckForm
    heading = _("Mark as verified")
    button = _("Mark as verified")
    done = _("The item is marked as verified.")

    def back(self) -> str:
        return reverse(f"{self.matter.relation}_card", args=[self.matter.key])

    def act(self, form: BaseForm) -> HttpResponse | None:
        given = form.cleaned_data
        services.check_item(
            actor=self.actor, matter=self.matter, code=given["item"], digest=given["digest"]
        )
        return None

    def refused(self, form: BaseForm, refusal: Refusal) -> HttpResponse:
        """Say above the card why not: what the person saw may stand there no more."""
        messages.error(self.request, str(refusal.message))
        return HttpResponseRedirect(self.back())


class _CardFile(MatterView):
    """The card as a file; that it was taken out is recorded."""

    def name(self) -> str:
        return f"card-{self.matter.key}"


class CardWorkbook(_CardFile):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        file = services.export_card(actor=self.actor, matter=self.matter)
        return workbook_answer(file, self.name())


class CardJson(_CardFile):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        content = plain_card(card_of(self.actor, self.matter))
        services.record_card_export(
            actor=self.actor,
            matter=self.matter,
            rows=len(content["items"]),
            file_format="json",
        )
        named = f'attachment; filename="{self.name()}-{clock.today():%Y%m%d}.json"'
        answer = JsonResponse(
            content,
            encoder=DjangoJSONEncoder,
            json_dumps_params={"ensure_ascii": False, "indent": 1},
        )
        answer.headers["Content-Disposition"] = named
        return answer
