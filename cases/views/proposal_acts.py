"""Acts on proposals: draft, edit, submit, withdraw, decide, enter a paper decision, carry out."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from audit.errors import Conflict, NotPermitted, NotVisible, Refusal
from cases.forms.base import FactsForm, as_json
from cases.forms.proposals import (
    DecisionForm,
    PaperDecisionForm,
    ReasonsMixin,
    VersionedReasonsMixin,
    WithdrawForm,
    with_reasons,
)
from cases.machine import Declaration
from cases.selectors import proposal_page
from cases.selectors.objections import OBJECTION
from cases.services import acts, approvals, checklists, proposals
from cases.services.facts import form_class, proposal_form_class
from cases.views.matter_frame import MatterAct, SourcedAct
from cases.views.proposals import ProposalView, may_enter_paper


class _FactsAct(MatterAct):
    """A form that asks the facts of a transition and the reasons for it."""

    template_name = "cases/proposal_form.html"
    reasons: type[forms.Form] = ReasonsMixin

    @property
    @abstractmethod
    def declaration(self) -> Declaration:
        """The transition whose facts are asked."""

    def get_form_class(self) -> type[BaseForm]:
        return with_reasons(proposal_form_class(self.declaration), self.reasons)

    def get_form_kwargs(self) -> dict[str, Any]:
        known = {"matter": self.matter, "actor": self.actor}
        asks = issubclass(proposal_form_class(self.declaration), FactsForm)
        return super().get_form_kwargs() | (known if asks else {})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        declaration = self.declaration
        lines = checklists.checklist(declaration, self.matter, {}, asked=True, carrying_out=False)
        permitted = acts.may_propose(self.actor, self.matter, declaration)
        return super().get_context_data(
            declaration=declaration, lines=lines, permitted=permitted, **kwargs
        )


class ProposalCreate(_FactsAct):
    """Begin a proposal; it is saved as a draft, shown with its guards and effects, then submitted."""

    button = _("Save the draft and check")

    def get_initial(self) -> dict[str, Any]:
        """Return what the address proposes, for example the clock whose page led here."""
        asked = self.request.GET
        named = proposal_form_class(self.declaration).base_fields
        return super().get_initial() | {name: asked[name] for name in named if name in asked}

    @property
    def declaration(self) -> Declaration:
        return acts.declaration_of(self.matter, self.kwargs["code"])

    def act(self, form: BaseForm) -> HttpResponse | None:
        draft = proposals.draft_proposal(
            actor=self.actor,
            matter=self.matter,
            code=self.declaration.code,
            data=self.request.POST,
            reasons=form.cleaned_data["reasons"],
        )
        return HttpResponseRedirect(draft.get_absolute_url())


class ProposalAct(ProposalView, MatterAct):
    """A form that carries out one act on a proposal."""

    def back(self) -> str:
        return self.proposal.get_absolute_url()


class _AuthorAct(ProposalAct):
    """An act of the author alone; everybody else who sees the proposal is told so at once."""

    def prepare(self) -> None:
        super().prepare()
        if self.proposal.author_id != self.actor.pk:
            raise NotPermitted(
                _("Only the author of the proposal may do this."), code="not_the_author"
            )


class ProposalEdit(_FactsAct, _AuthorAct):
    """Change a proposal; a lost update is shown with both values and nothing typed is lost."""

    reasons = VersionedReasonsMixin
    button = _("Save the draft and check")
    done = _("The proposal is saved as a draft. Approvals given so far are void.")

    @property
    def declaration(self) -> Declaration:
        return acts.declaration_of(self.matter, self.proposal.transition)

    def prepare(self) -> None:
        super().prepare()
        self.require(self.proposal.subject == "transition")

    def get_initial(self) -> dict[str, Any]:
        present = self.proposal
        return {**present.facts, "reasons": present.reasons, "version": present.version}

    def act(self, form: BaseForm) -> HttpResponse | None:
        proposals.edit_proposal(
            actor=self.actor,
            proposal=self.proposal,
            data=self.request.POST,
            reasons=form.cleaned_data["reasons"],
            version=form.cleaned_data["version"],
        )
        return None

    def refused(self, form: BaseForm, refusal: Refusal) -> HttpResponse:
        if not isinstance(refusal, Conflict) or refusal.code != "lost_update":
            return super().refused(form, refusal)
        return self._both(form, refusal)

    def _both(self, form: BaseForm, conflict: Conflict) -> HttpResponse:
        """Show what the person typed beside what is saved now; saving again overwrites knowingly."""
        typed = with_version(self.request.POST, conflict.details["version"])
        again = self.get_form_class()(**self.get_form_kwargs() | {"data": typed})
        again.is_valid()
        again.add_error(None, str(conflict.message))
        mine = {name: as_json(value) for name, value in form.cleaned_data.items()}
        now = conflict.details
        rows = proposal_page.compared(self.proposal, mine, now["facts"], self.actor)
        if mine["reasons"] != now["reasons"]:
            reasons = proposal_page.Difference(
                translate("Reasons"), mine["reasons"], now["reasons"]
            )
            rows.append(reasons)
        context = self.get_context_data(form=again, rows=rows)
        return self.render_to_response(context, status=conflict.status)


def with_version(posted: Any, version: int) -> Any:
    """Return a copy of the posted form that bears the present version."""
    typed = posted.copy()
    typed["version"] = str(version)
    return typed


class ProposalSubmit(_AuthorAct):
    """Send a proposal along its route; what is missing is listed, all of it at once."""

    form_class = forms.Form
    template_name = "cases/proposal_submit.html"
    heading = _("Submit the proposal")
    button = _("Submit")
    done = _("The proposal is on its way. Whoever decides finds it in the inbox.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        guards = proposal_page.guards_of(self.proposal)
        chain = proposal_page.chain_of(self.proposal)
        return super().get_context_data(
            lines=[guard.line for guard in guards], chain=chain, **kwargs
        )

    def act(self, form: BaseForm) -> HttpResponse | None:
        proposals.submit_proposal(actor=self.actor, proposal=self.proposal)
        return None


class ProposalWithdraw(_AuthorAct):
    """Take a proposal back, after a question."""

    form_class = WithdrawForm
    template_name = "cases/proposal_withdraw.html"
    heading = _("Withdraw the proposal")
    button = _("Withdraw")
    done = _("The proposal is withdrawn.")
    dangerous = True

    def act(self, form: BaseForm) -> HttpResponse | None:
        proposals.withdraw_proposal(
            actor=self.actor, proposal=self.proposal, reason=form.cleaned_data["reason"]
        )
        return None


class ProposalObject(ProposalAct):
    """Object in writing to a decision on the proposal; the decision stands (Rules 8)."""

    heading = _("Object in writing to a decision")
    explanation = _(
        "The decision stands and is carried out. Your objection is kept beside it, word for word "
        "(Rules 8)."
    )
    button = _("File the objection")
    done = _("The objection is on record beside the decision.")

    def get_form_class(self) -> type[BaseForm]:
        return form_class(OBJECTION)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"matter": self.matter, "actor": self.actor}

    def get_form(self, form_class: Any = None) -> Any:
        """Return the form with the decisions on this proposal alone."""
        form = super().get_form(form_class)
        choice = form.fields["step"]
        choice.queryset = choice.queryset.filter(proposal=self.proposal)
        return form

    def act(self, form: BaseForm) -> HttpResponse | None:
        acts.record_fact(
            actor=self.actor, matter=self.matter, kind=OBJECTION, data=self.request.POST
        )
        return None


class ProposalDecide(ProposalAct):
    """My decision; bound to what I have seen."""

    form_class = DecisionForm
    heading = _("My decision")
    button = _("Confirm the decision")
    done = _("Your decision is recorded.")

    def get_initial(self) -> dict[str, Any]:
        return {"digest": self.proposal.digest}

    def get_form_kwargs(self) -> dict[str, Any]:
        needed = approvals.needs_opinion(self.proposal)
        return super().get_form_kwargs() | {"opinion_needed": needed}

    def act(self, form: BaseForm) -> HttpResponse | None:
        approvals.decide(actor=self.actor, proposal=self.proposal, **form.cleaned_data)
        return None

    def refused(self, form: BaseForm, refusal: Refusal) -> HttpResponse:
        if isinstance(refusal, Conflict):
            return self._conflict(form, refusal)
        return super().refused(form, refusal)

    def _conflict(self, form: BaseForm, conflict: Conflict) -> HttpResponse:
        """Show what moved meanwhile, and keep the opinion that was typed."""
        details = conflict.details
        parts = details if conflict.code == "approval_voided" else details.get("differences", {})
        changed = conflict.code in ("approval_voided", "digest_differs")
        self.proposal.refresh_from_db()
        page = {
            "proposal": self.proposal,
            "matter": self.matter,
            "refusal": conflict,
            "heading": _("Changed meanwhile") if changed else _("This was not done"),
            "rows": proposal_page.described(parts, self.proposal, self.actor),
            "opinion": form.cleaned_data.get("opinion", ""),
        }
        return render(self.request, "cases/proposal_conflict.html", page, status=conflict.status)


class ProposalPaper(ProposalAct):
    """A clerk enters a decision that was signed on paper."""

    form_class = PaperDecisionForm
    heading = _("Enter a decision given on paper")
    explanation = _(
        "The scan is kept with the decision. You are recorded as the person who entered it."
    )
    button = _("Enter the decision")
    done = _("The decision on paper is entered.")

    def prepare(self) -> None:
        super().prepare()
        self.require(may_enter_paper(self))

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "signers": proposal_page.signers(self.proposal),
            "opinion_needed": approvals.needs_opinion(self.proposal),
        }

    def act(self, form: BaseForm) -> HttpResponse | None:
        approvals.record_paper_decision(
            actor=self.actor, proposal=self.proposal, **form.cleaned_data
        )
        return None


class ProposalCarryOut(SourcedAct, ProposalAct):
    """Record the act an approved proposal has opened, with its facts and proof."""

    template_name = "cases/proposal_carry_out.html"
    button = _("Record that it was carried out")
    done = _("The act is recorded.")

    @property
    def declaration(self) -> Declaration:
        return acts.declaration_of(self.matter, self.proposal.transition)

    def prepare(self) -> None:
        super().prepare()
        if self.proposal.subject != "transition":
            raise NotVisible(_("There is no such page."))

    @property
    def event_kind(self) -> str:
        return self.declaration.event_kind

    def get_initial(self) -> dict[str, Any]:
        """Return what was approved, else what a paper tells; of the day the paper knows better."""
        planned, given = self.proposal.facts, super().get_initial()
        stated = {name.removesuffix("_planned"): value for name, value in planned.items()}
        return given | stated | {name: given[name] for name in given if name == "legal_day"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            declaration=self.declaration,
            effects=proposal_page.effects_of(self.proposal),
            **kwargs,
        )

    def act(self, form: BaseForm) -> HttpResponse | None:
        proposals.carry_out(
            actor=self.actor,
            proposal=self.proposal,
            data=self.request.POST,
            files=self.request.FILES,
            source=self.source,
        )
        return HttpResponseRedirect(self.matter.get_absolute_url())
