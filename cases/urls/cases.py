"""Addresses of cases."""

from __future__ import annotations

from django.urls import path

from cases.views import (
    bulk,
    card,
    case_export,
    case_list,
    case_parts,
    cases,
    graph,
    readiness,
    recusals,
    tags,
)

CASE = "cases/<str:key>/"
PARTY = f"{CASE}parties/<int:pk>/"
RECUSAL = "recusals/<int:pk>/"

urlpatterns = [
    path("cases/", case_list.CaseList.as_view(), name="case_list"),
    path("cases/export/", case_list.CaseExport.as_view(), name="case_export"),
    path("cases/columns/", case_list.CaseColumns.as_view(), name="case_columns"),
    path("cases/assign/", bulk.AssignMarked.as_view(), name="case_assign_marked"),
    path("cases/label/", bulk.TagMarked.as_view(), name="case_tag_marked"),
    path("tags/", tags.TagList.as_view(), name="tag_list"),
    path("tags/new/", tags.TagCreate.as_view(), name="tag_create"),
    path("tags/<int:pk>/change/", tags.TagChange.as_view(), name="tag_change"),
    path("cases/filters/", case_list.FilterSave.as_view(), name="case_filter_save"),
    path(
        "cases/filters/<int:pk>/change/",
        case_list.FilterChange.as_view(),
        name="case_filter_change",
    ),
    path(
        "cases/filters/<int:pk>/delete/",
        case_list.FilterDelete.as_view(),
        name="case_filter_delete",
    ),
    path(CASE, cases.CaseOverview.as_view(), name="case_detail"),
    path(f"{CASE}card/", card.CaseCard.as_view(), name="case_card"),
    path(f"{CASE}tags/", tags.CaseTags.as_view(), name="case_tags"),
    path(f"{CASE}edit/", case_parts.CaseEdit.as_view(), name="case_edit"),
    path(f"{CASE}parties/", cases.CaseParties.as_view(), name="case_parties"),
    path(f"{CASE}parties/new/", case_parts.PartyCreate.as_view(), name="party_create"),
    path(f"{CASE}violator/", case_parts.ViolatorIdentify.as_view(), name="violator_identify"),
    path(f"{PARTY}edit/", case_parts.PartyEdit.as_view(), name="party_edit"),
    path(f"{PARTY}contact/", case_parts.PartyContact.as_view(), name="party_contact"),
    path(f"{PARTY}remove/", case_parts.PartyRemove.as_view(), name="party_remove"),
    path(f"{CASE}tasks/", cases.CaseTasks.as_view(), name="case_tasks"),
    path(f"{CASE}people/", cases.CasePeople.as_view(), name="case_people"),
    path(f"{CASE}people/set/", case_parts.CaseTeam.as_view(), name="case_team"),
    path(
        "matters/<str:key>/recusals/new/", recusals.RecusalCreate.as_view(), name="recusal_create"
    ),
    path(f"{RECUSAL}decide/", recusals.RecusalDecide.as_view(), name="recusal_decide"),
    path(f"{RECUSAL}review/", recusals.RecusalReview.as_view(), name="recusal_review"),
    path(f"{CASE}deadlines/", cases.CaseDeadlines.as_view(), name="case_deadlines"),
    path(f"{CASE}contacts/", cases.CaseContacts.as_view(), name="case_contacts"),
    path(f"{CASE}print/", case_export.CasePrint.as_view(), name="case_print"),
    path(f"{CASE}print.pdf", case_export.CasePdf.as_view(), name="case_pdf"),
    path(f"{CASE}links/", cases.CaseLinks.as_view(), name="case_links"),
    path(f"{CASE}links/new/", case_parts.LinkCreate.as_view(), name="link_create"),
    path(f"{CASE}graph/", graph.CaseGraph.as_view(), name="case_graph"),
    path(f"{CASE}readiness/", readiness.CaseReadiness.as_view(), name="case_readiness"),
    path(f"{CASE}record/", cases.CaseRecord.as_view(), name="case_record"),
    path(
        f"{CASE}acts/new/",
        case_parts.InvestigativeActCreate.as_view(),
        name="investigative_act_create",
    ),
    path(f"{CASE}directions/new/", case_parts.DirectionCreate.as_view(), name="direction_create"),
    path(
        f"{CASE}presence/<slug:section>/", case_parts.CasePresence.as_view(), name="case_presence"
    ),
]
