"""The page of a proposal."""

from __future__ import annotations

from typing import Any

from accounts.views.base import StaffPage, StaffView
from cases.models import Proposal
from cases.selectors import proposals as selectors


class ProposalView(StaffView):
    """Loads the proposal of the address as the actor sees it."""

    proposal: Proposal

    def prepare(self) -> None:
        self.proposal = selectors.get_proposal(self.actor, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(proposal=self.proposal, **kwargs)  # type: ignore[misc, no-any-return]


class ProposalDetail(ProposalView, StaffPage):
    """A proposal with its approval chain."""

    template_name = "cases/proposal_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            matter=self.proposal.matter, approvals=selectors.steps_of(self.proposal), **kwargs
        )
