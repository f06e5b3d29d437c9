"""The list of proposals, the page of one, and its printable form (审批表)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import View

from accounts import selectors as accounts
from accounts.models import Role
from accounts.views.base import StaffPage
from audit import clock, keyset
from cases.approval_form import approval_form
from cases.forms.proposals import DecisionForm
from cases.forms.work import CommentForm
from cases.models import Proposal, ProposalStatus
from cases.models.proposal import OPEN_STATUSES
from cases.selectors import objections, people, proposal_page
from cases.selectors import proposals as selectors
from cases.services import approvals, freezing
from cases.services.leads import record_reading
from cases.services.proposals import EDITABLE
from cases.views.matter_frame import MatterView
from documents.typst_renderer import render_pdf

PAGE_SIZE = 50


class ProposalList(StaffPage):
    """What waits for my decision, what I proposed, and all I may see."""

    template_name = "cases/proposal_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = selectors.waiting_for(self.actor)
        which = self.request.GET.get("which", "waiting")
        shown = keyset.Page(waiting, None, None) if which == "waiting" else self._page(which)
        return super().get_context_data(
            page=shown, which=which, waiting=len(waiting), statuses=ProposalStatus.choices, **kwargs
        )

    def _page(self, which: str) -> keyset.Page[Proposal]:
        rows = selectors.proposals_visible_to(self.actor)
        if which == "mine":
            rows = rows.filter(author=self.actor)
        status = self.request.GET.get("status", "")
        if status in ProposalStatus.values:
            rows = rows.filter(status=status)
        after = self.request.GET.get("after")
        return keyset.page(rows, order=["-id"], after=after, size=PAGE_SIZE)


class ProposalView(MatterView):
    """Loads the proposal of the address as the actor sees it."""

    proposal: Proposal

    def prepare(self) -> None:
        self.proposal = selectors.get_proposal(self.actor, self.kwargs["pk"])
        self.matter = self.proposal.matter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(proposal=self.proposal, **kwargs)


class ProposalDetail(ProposalView, StaffPage):
    """A proposal: guards then and now, facts, documents, chain, and what the actor may do."""

    template_name = "cases/proposal_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record_reading(actor=self.actor, matter=self.matter)
        proposal, actor = self.proposal, self.actor
        guards = proposal_page.guards_of(proposal)
        return super().get_context_data(
            declaration=proposal_page.declaration_of(proposal),
            guards=guards,
            frozen=proposal_page.frozen_checklist(proposal),
            states=proposal_page.states_of(proposal),
            live=proposal.status in proposal_page.LIVE,
            unmet=[guard for guard in guards if not guard.line.verdict.met],
            differences=proposal_page.differences_of(proposal, actor),
            facts=proposal_page.facts_of(proposal, actor),
            effects=proposal_page.effects_of(proposal),
            documents=freezing.documents_of(proposal),
            chain=proposal_page.chain_of(proposal),
            steps=list(selectors.steps_of(proposal)),
            objections=objections.objections_to(proposal),
            comments=list(proposal.comments.select_related("author").order_by("id")),
            comment_form=CommentForm(auto_id="comment_%s"),
            **self._may(),
            **kwargs,
        )

    def _may(self) -> dict[str, Any]:
        """Return what the actor may do with the proposal now."""
        proposal, actor = self.proposal, self.actor
        author = proposal.author_id == actor.pk
        decides = selectors.may_decide(actor, proposal)
        approved = proposal.status == ProposalStatus.APPROVED
        return {
            "is_author": author,
            "may_decide": decides,
            "decision_form": decision_form(proposal) if decides else None,
            "may_edit": author and proposal.status in EDITABLE and proposal.subject == "transition",
            "may_submit": author
            and proposal.status in (ProposalStatus.DRAFT, ProposalStatus.RETURNED),
            "may_withdraw": author and proposal.status in OPEN_STATUSES,
            "may_enter_paper": may_enter_paper(self),
            "may_object": objections.may_object(actor, proposal),
            "may_carry_out": approved and people.is_member(self.matter, actor),
        }


def decision_form(proposal: Proposal) -> DecisionForm:
    """Return the empty form of a decision on exactly what is shown."""
    needed = approvals.needs_opinion(proposal)
    return DecisionForm(initial={"digest": proposal.digest}, opinion_needed=needed)


def may_enter_paper(view: ProposalView) -> bool:
    """Say whether the actor is a clerk of the office who may enter a decision given on paper."""
    proposal, actor = view.proposal, view.actor
    return (
        proposal.awaited_role is not None
        and proposal.author_id != actor.pk
        and actor.office_id == proposal.office_id
        and accounts.has_role(actor, Role.CLERK)
    )


class ProposalPrint(ProposalView, View):
    """The approval form (审批表) as PDF, for the file and for a decision on paper."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_reading(actor=self.actor, matter=self.matter)
        document = approval_form(self.proposal, self.actor)
        pdf = render_pdf(document, issued_at=clock.now())
        answer = HttpResponse(pdf.content, content_type="application/pdf")
        answer["Content-Disposition"] = f'inline; filename="approval-{self.proposal.pk}.pdf"'
        return answer
