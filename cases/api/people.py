"""The people of a matter for programs: parties, the handling team, recusals."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.forms.models import model_to_dict
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from audit.errors import valid
from cases.api.base import (
    READ_AND_ADD,
    READ_AND_CHANGE,
    OfMatterViewSet,
    ReadOfMatterViewSet,
    form_data,
    merged,
)
from cases.api.schema import ID, JSON, KEY, MULTIPART, entries_of, refusals
from cases.api.serializers import people as serializers
from cases.forms.cases import RecusalForm, RecusalReviewForm
from cases.forms.parties import ChangePartyForm, PartyForm, RemovePartyForm
from cases.forms.work import RevealForm
from cases.models import Case, Party, Recusal, TeamMember
from cases.selectors.people import recusals_of
from cases.services import parties, recusals
from cases.services import team as teams
from cases.services.committee import Meeting

_READ = extend_schema_view(
    list=extend_schema(parameters=[KEY]), retrieve=extend_schema(parameters=[KEY, ID])
)


class _OfCase:
    """What only a case has."""

    matter: Any

    @property
    def case(self) -> Case:
        assert isinstance(self.matter, Case)
        return self.matter


@_READ
class PartyViewSet(_OfCase, ReadOfMatterViewSet):
    """Parties of a case. Victims are not parties and are not listed by name."""

    queryset = Party.objects.none()
    serializer_class = serializers.PartySerializer
    lookup_url_kwarg = "id"
    ordering = ("id",)
    http_method_names = READ_AND_CHANGE

    def get_queryset(self) -> QuerySet[Party]:
        return self.case.parties.all()

    @extend_schema(
        parameters=[KEY],
        request=entries_of(PartyForm),
        responses=refusals(serializers.PartySerializer, 201),
    )
    def create(self, request: Request, key: str) -> Response:
        """Add a party."""
        case, form = self.case, valid(PartyForm(form_data(request.data)))
        return self.shown(parties.add_party(actor=self.actor, case=case, facts=form.facts()), 201)

    @extend_schema(
        parameters=[KEY, ID],
        request=entries_of(ChangePartyForm, partial=True),
        responses=refusals(serializers.PartySerializer),
    )
    def partial_update(self, request: Request, key: str, id: str) -> Response:
        """Change a party; 409 `lost_update` with the present values when somebody else did."""
        party = self.get_object()
        present = form_data(model_to_dict(party, PartyForm.Meta.fields))
        form = valid(ChangePartyForm(merged(present, form_data(request.data))))
        version = form.cleaned_data["version"]
        changed = parties.change_party(
            actor=self.actor, party=party, facts=form.facts(), version=version
        )
        return self.shown(changed)

    @extend_schema(
        parameters=[KEY, ID],
        request=entries_of(RemovePartyForm),
        responses=refusals(serializers.PartySerializer),
    )
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, key: str, id: str) -> Response:
        """Take a party off the case; the row stays, with the reason."""
        party, form = self.get_object(), valid(RemovePartyForm(form_data(request.data)))
        return self.shown(parties.remove_party(actor=self.actor, party=party, **form.cleaned_data))

    @extend_schema(
        parameters=[KEY, ID],
        request=entries_of(RevealForm),
        responses=refusals(serializers.PartyContactSerializer),
    )
    @action(detail=True, methods=["post"])
    def contact(self, request: Request, key: str, id: str) -> Response:
        """Tell address and telephone of the party; the reason stays in the audit record."""
        party, form = self.get_object(), valid(RevealForm(form_data(request.data)))
        parties.reveal_contact(actor=self.actor, party=party, **form.cleaned_data)
        answer = serializers.PartyContactSerializer(party).data
        return Response(answer, headers={"Cache-Control": "no-store"})


@extend_schema_view(list=extend_schema(parameters=[KEY]))
class TeamViewSet(_OfCase, mixins.ListModelMixin, OfMatterViewSet):
    """Who works on a case, and who did."""

    queryset = TeamMember.objects.none()
    serializer_class = serializers.TeamMemberSerializer
    ordering = ("until", "id")
    http_method_names = READ_AND_ADD

    def get_queryset(self) -> QuerySet[TeamMember]:
        return self.case.team.select_related("user")

    @extend_schema(
        parameters=[KEY],
        request=serializers.SetTeamSerializer,
        responses=refusals(serializers.TeamMemberSerializer(many=True)),
    )
    def create(self, request: Request, key: str) -> Response:
        """Give the case exactly this team; the department head or the chief does (Rules 6)."""
        case, entries = self.case, self.entries(serializers.SetTeamSerializer)
        members = [(member["user"], member["position"]) for member in entries["members"]]
        teams.set_team(actor=self.actor, case=case, members=members, reason=entries["reason"])
        present = self.get_queryset().filter(until__isnull=True).order_by("id")
        return Response(self.get_serializer(present, many=True).data)


@_READ
class RecusalViewSet(ReadOfMatterViewSet):
    """Applications that somebody stand aside; those of the lead count for the case too."""

    queryset = Recusal.objects.none()
    serializer_class = serializers.RecusalSerializer
    lookup_url_kwarg = "id"
    ordering = ("-id",)
    http_method_names = READ_AND_ADD

    def get_queryset(self) -> QuerySet[Recusal]:
        return recusals_of(self.matter).select_related("person", "meeting", "review_meeting")

    @extend_schema(
        parameters=[KEY],
        request=entries_of(RecusalForm),
        responses=refusals(serializers.RecusalSerializer, 201),
    )
    def create(self, request: Request, key: str) -> Response:
        """Register an application (Rules 19-21)."""
        matter = self.matter
        form = valid(RecusalForm(form_data(request.data), office_id=matter.office_id))
        recusal = recusals.apply_for_recusal(actor=self.actor, matter=matter, **form.cleaned_data)
        return self.shown(recusal, 201)

    @extend_schema(
        parameters=[KEY, ID],
        request={
            JSON: serializers.DecideRecusalSerializer,
            MULTIPART: serializers.CommitteeDecisionSerializer,
        },
        responses=refusals(serializers.RecusalSerializer),
    )
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, key: str, id: str) -> Response:
        """Decide on the application, or on its review when one is pending (Rules 22, 23).

        On the chief the committee decides: its secretary or the deputy in the chair sends the meeting
        with its minutes.
        """
        recusal = self.get_object()
        if not recusal.decided_by_committee:
            entries = self.entries(serializers.DecideRecusalSerializer)
            return self.shown(recusals.decide_recusal(actor=self.actor, recusal=recusal, **entries))
        entries = self.entries(serializers.CommitteeDecisionSerializer)
        decision = {name: entries.pop(name) for name in ("granted", "reason")}
        decided = recusals.decide_recusal(
            actor=self.actor, recusal=recusal, meeting=Meeting(**entries), **decision
        )
        return self.shown(decided)

    @extend_schema(
        parameters=[KEY, ID],
        request=entries_of(RecusalReviewForm),
        responses=refusals(serializers.RecusalSerializer),
    )
    @action(detail=True, methods=["post"], url_path="request-review")
    def request_review(self, request: Request, key: str, id: str) -> Response:
        """Register the one request for review (Rules 23)."""
        recusal, form = self.get_object(), valid(RecusalReviewForm(form_data(request.data)))
        return self.shown(
            recusals.request_review(actor=self.actor, recusal=recusal, **form.cleaned_data)
        )
