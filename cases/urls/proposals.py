"""Addresses of proposals."""

from __future__ import annotations

from django.urls import path

from cases.views import proposal_acts, proposals, routes

PROPOSAL = "proposals/<int:pk>/"

urlpatterns = [
    path("proposals/", proposals.ProposalList.as_view(), name="proposal_list"),
    path(
        "matters/<str:key>/proposals/new/<str:code>/",
        proposal_acts.ProposalCreate.as_view(),
        name="proposal_create",
    ),
    path(PROPOSAL, proposals.ProposalDetail.as_view(), name="proposal_detail"),
    path(f"{PROPOSAL}edit/", proposal_acts.ProposalEdit.as_view(), name="proposal_edit"),
    path(f"{PROPOSAL}submit/", proposal_acts.ProposalSubmit.as_view(), name="proposal_submit"),
    path(
        f"{PROPOSAL}withdraw/", proposal_acts.ProposalWithdraw.as_view(), name="proposal_withdraw"
    ),
    path(f"{PROPOSAL}decide/", proposal_acts.ProposalDecide.as_view(), name="proposal_decide"),
    path(f"{PROPOSAL}paper/", proposal_acts.ProposalPaper.as_view(), name="proposal_paper"),
    path(
        f"{PROPOSAL}carry-out/",
        proposal_acts.ProposalCarryOut.as_view(),
        name="proposal_carry_out",
    ),
    path(f"{PROPOSAL}object/", proposal_acts.ProposalObject.as_view(), name="proposal_object"),
    path("approval-routes/", routes.RouteList.as_view(), name="route_list"),
    path("approval-routes/<str:code>/", routes.RouteSet.as_view(), name="route_set"),
    path(f"{PROPOSAL}print/", proposals.ProposalPrint.as_view(), name="proposal_print"),
]
