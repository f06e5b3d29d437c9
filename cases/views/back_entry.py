"""Back-entry of a lead or a case: the page of the mode, its acts, and steps entered from paper (design 3)."""

from __future__ import annotations

from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cases.forms.back_entry import (
    AskBackEntryForm,
    DecideBackEntryForm,
    EndBackEntryForm,
    PaperForm,
    on_paper_form,
)
from cases.machine import Declaration
from cases.selectors import back_entry as selectors
from cases.services import acts, back_entry, checklists
from cases.services.on_paper import record_on_paper
from cases.views.matter_frame import MatterAct, MatterPage


class BackEntryPage(MatterPage):
    """Every back-entry of the matter, with who asked, who agreed and how it ended."""

    template_name = "cases/back_entry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(selectors.back_entries_of(self.matter))
        present = next((row for row in rows if row.ended_at is None), None)
        answers = selectors.is_lead_handler(self.matter, self.actor)
        decides = back_entry.may_decide(self.actor, self.matter)
        return super().get_context_data(
            rows=rows,
            may_ask=answers and present is None,
            may_decide=decides and present is not None and present.status == "asked",
            may_end=(answers or decides) and present is not None and present.status == "running",
            **kwargs,
        )


class _BackEntryAct(MatterAct):
    def back(self) -> str:
        return reverse("back_entry", args=[self.matter.key])


class BackEntryAsk(_BackEntryAct):
    """Ask that the matter be brought up to date from its paper file."""

    form_class = AskBackEntryForm
    heading = _("Ask for back-entry")
    explanation = _(
        "For a matter that ran before it was kept here. The head of the department agrees; then "
        "each step is entered with its day and its paper. It is over at the first event of today."
    )
    button = _("Ask")
    done = _("The head of the department is asked.")

    def act(self, form: BaseForm) -> HttpResponse | None:
        back_entry.ask_for_back_entry(
            actor=self.actor, matter=self.matter, reason=form.cleaned_data["reason"]
        )
        return None


class BackEntryDecide(_BackEntryAct):
    """Agree to the back-entry that is asked for, or refuse it."""

    form_class = DecideBackEntryForm
    heading = _("Decide on back-entry")
    explanation = _(
        "While it runs, approvals are taken as facts with their uploaded paper, nothing happens by "
        "itself and no reminder is made for a moment past. A case filed before the Rules came into "
        "force is kept under them by this decision."
    )
    button = _("Decide")
    done = _("The decision is recorded.")

    def act(self, form: BaseForm) -> HttpResponse | None:
        if form.cleaned_data["decision"] == "agree":
            back_entry.agree_to_back_entry(actor=self.actor, matter=self.matter)
        else:
            back_entry.refuse_back_entry(
                actor=self.actor, matter=self.matter, reason=form.cleaned_data["reason"]
            )
        return None


class BackEntryEnd(_BackEntryAct):
    """End the mode: the matter is up to date."""

    form_class = EndBackEntryForm
    heading = _("End the back-entry")
    explanation = _("The matter is up to date. Its deadlines run and remind as any other's.")
    button = _("End")
    done = _("The back-entry has ended.")

    def act(self, form: BaseForm) -> HttpResponse | None:
        back_entry.end_back_entry(
            actor=self.actor, matter=self.matter, reason=form.cleaned_data["reason"]
        )
        return None


class OnPaperRecord(MatterAct):
    """Record a step with the paper that decided it, in one act."""

    template_name = "cases/on_paper.html"
    button = _("Record")
    done = _("The step is recorded from its paper.")

    @property
    def declaration(self) -> Declaration:
        return acts.declaration_of(self.matter, self.kwargs["code"])

    def prepare(self) -> None:
        super().prepare()
        self.require(self.declaration.needs_proposal)

    def get_form_class(self) -> type[BaseForm]:
        return on_paper_form(self.declaration, self.matter, self.actor)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"matter": self.matter}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        declaration = self.declaration
        return super().get_context_data(
            declaration=declaration,
            lines=checklists.checklist(declaration, self.matter, {}, asked=True),
            running=selectors.is_running(self.matter),
            permitted=selectors.may_enter(self.matter, self.actor),
            **kwargs,
        )

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, PaperForm)
        record_on_paper(
            actor=self.actor,
            matter=self.matter,
            code=self.declaration.code,
            data=self.request.POST,
            files=self.request.FILES,
            paper=form.paper(),
        )
        return None
