"""Recording a transition that needs no proposal: facts, then check answers and effects, then record."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from cases.forms.base import FactsForm
from cases.machine import Declaration
from cases.selectors.facts import blank_form, fact_lines
from cases.selectors.handlers import Suggestion
from cases.services import acts, checklists
from cases.services.facts import form_class
from cases.views.load import suggestion_shown
from cases.views.matter_frame import SourcedAct


class TransitionRecord(SourcedAct):
    """One transition, recorded directly by whoever law 2.2 names.

    The first step asks the facts, the second shows the answers, every guard and what will follow; only the
    second records. `step` in the posted form says which of them was sent.
    """

    template_name = "cases/transition_record.html"
    done = _("The step is recorded.")
    code = ""

    @property
    def declaration(self) -> Declaration:
        return acts.declaration_of(self.matter, self.code or self.kwargs["code"])

    @property
    def event_kind(self) -> str:
        return self.declaration.event_kind

    def get_initial(self) -> dict[str, Any]:
        """Return what the address proposes, for example the handler chosen on the assignment page."""
        asked = self.request.GET
        return super().get_initial() | {
            name: asked[name]
            for name in form_class(self.declaration.event_kind).base_fields
            if name in asked
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        declaration = self.declaration
        kwargs.setdefault("lines", checklists.checklist(declaration, self.matter, {}, asked=True))
        return super().get_context_data(
            declaration=declaration,
            permitted=acts.may_propose(self.actor, self.matter, declaration),
            suggestion=self._suggestion(),
            **kwargs,
        )

    def _suggestion(self) -> Suggestion | None:
        """Return who could handle the matter, where the step names its handler."""
        names = "handler" in form_class(self.event_kind).base_fields
        return suggestion_shown(self.actor, self.matter) if names else None

    def form_valid(self, form: BaseForm) -> HttpResponse:
        assert isinstance(form, FactsForm)
        step = self.request.POST.get("step")
        if step == "record":
            return super().form_valid(form)
        if step == "change":
            return self.render_to_response(self.get_context_data(form=form))
        return self._check_answers(form)

    def _check_answers(self, form: FactsForm) -> HttpResponse:
        """Show answers, guards on these facts and effects; nothing is written yet."""
        facts, day = form.facts(), form.cleaned_data.get("legal_day")
        blank = blank_form(type(form), self.matter, self.actor)
        context = self.get_context_data(
            form=form,
            checking=True,
            legal_day=day,
            facts=fact_lines(blank, facts),
            lines=checklists.checklist(self.declaration, self.matter, facts, legal_day=day),
            effects=acts.preview(self.declaration, self.matter, facts, day),
        )
        return self.render_to_response(context)

    def act(self, form: BaseForm) -> HttpResponse | None:
        acts.record_directly(
            actor=self.actor,
            matter=self.matter,
            code=self.declaration.code,
            data=self.request.POST,
            files=self.request.FILES,
            source=self.source,
        )
        return None
