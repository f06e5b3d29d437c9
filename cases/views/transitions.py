"""Recording a transition that needs no proposal: facts, then check answers and effects, then record."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from cases.machine import Declaration
from cases.services import acts
from cases.services.facts import form_class
from cases.views.matter_frame import MatterAct


class TransitionRecord(MatterAct):
    """One transition, recorded directly by whoever law 2.2 names."""

    template_name = "cases/transition_record.html"
    button = _("Check and go on")
    done = _("The step is recorded.")
    code = ""

    @property
    def declaration(self) -> Declaration:
        return acts.declaration_of(self.matter, self.code or self.kwargs["code"])

    def get_form_class(self) -> type[BaseForm]:
        return form_class(self.declaration.event_kind)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"matter": self.matter, "actor": self.actor}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(declaration=self.declaration, **kwargs)

    def act(self, form: BaseForm) -> HttpResponse | None:
        acts.record_directly(
            actor=self.actor,
            matter=self.matter,
            code=self.declaration.code,
            data=self.request.POST,
            files=self.request.FILES,
        )
        return None
