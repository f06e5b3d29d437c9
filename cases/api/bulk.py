"""Labels of leads and cases, and acts on several leads or cases at once, for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import selectors as accounts
from accounts.models import CASEWORK_ROLES, User
from accounts.viewsets import ActorViewSet
from audit.errors import NotVisible, valid
from audit.problems import of_refusal
from cases.api.base import READ_AND_CHANGE, form_data, merged
from cases.api.schema import entries_of, refusals
from cases.api.serializers import bulk as serializers
from cases.forms.lists import GiveLeadsForm, TagChangeForm, TagForm
from cases.forms.work import HandOverForm
from cases.models import Tag
from cases.selectors.assignment import may_distribute
from cases.selectors.tags import tags_for, tags_of, tags_of_office, tags_with_use
from cases.services.bulk import Outcome, assign_cases, assign_leads, tag_cases, tag_leads
from cases.services.tags import change_tag, create_tag, tag_matter

if TYPE_CHECKING:
    Base = ActorViewSet
else:
    Base = object


class TaggedMatters(Base):
    """The labels of one lead or case."""

    @extend_schema(
        request=serializers.TaggingSerializer,
        responses=refusals(serializers.TagSerializer(many=True)),
        filters=False,
    )
    @action(detail=True, methods=["post"], pagination_class=None)
    def tags(self, request: Request, key: str) -> Response:
        """Put labels on it and take others off; the answer is what it bears then."""
        matter, given = self.get_object(), self.entries(serializers.TaggingSerializer)
        offered = tags_for(matter)
        put_on, take_off = (_among(offered, given[name]) for name in ("put_on", "take_off"))
        tag_matter(actor=self.actor, matter=matter, put_on=put_on, take_off=take_off)
        return Response(serializers.TagSerializer(tags_of(matter), many=True).data)


class BulkOfCases(Base):
    """One act on several cases: each its own act, with its own outcome."""

    @extend_schema(
        request=serializers.AssignSerializer,
        responses=refusals(serializers.MatterOutcomeSerializer(many=True)),
        filters=False,
    )
    @action(detail=False, methods=["post"], url_path="assign", pagination_class=None)
    def assign_several(self, request: Request) -> Response:
        """Give each of the cases to another lead handler, as `hand-over` of one case does (Rules 6)."""
        _require_distributing(self.actor)
        given = self.entries(serializers.AssignSerializer)
        form = valid(HandOverForm(form_data(request.data), office_id=self.actor.office_id))
        outcomes = assign_cases(
            actor=self.actor,
            keys=given["cases"],
            handler=form.cleaned_data["successor"],
            reason=form.cleaned_data["reason"],
        )
        return Response([_told(outcome) for outcome in outcomes])

    @extend_schema(
        request=serializers.TagCasesSerializer,
        responses=refusals(serializers.MatterOutcomeSerializer(many=True)),
        filters=False,
    )
    @action(detail=False, methods=["post"], url_path="label", pagination_class=None)
    def tag_several(self, request: Request) -> Response:
        """Put labels on each of the cases and take others off."""
        _require_casework(self.actor)
        given = self.entries(serializers.TagCasesSerializer)
        outcomes = tag_cases(actor=self.actor, keys=given["cases"], **_named(self.actor, given))
        return Response([_told(outcome) for outcome in outcomes])


class BulkOfLeads(Base):
    """One act on several leads: each its own act, with its own outcome."""

    @extend_schema(
        request=serializers.AssignLeadsSerializer,
        responses=refusals(serializers.MatterOutcomeSerializer(many=True)),
        filters=False,
    )
    @action(detail=False, methods=["post"], url_path="assign", pagination_class=None)
    def assign_several(self, request: Request) -> Response:
        """Give each of the leads to a handling prosecutor: assigned where nobody has it, else handed over."""
        _require_distributing(self.actor)
        given = self.entries(serializers.AssignLeadsSerializer)
        form = valid(GiveLeadsForm(form_data(request.data), office_id=self.actor.office_id))
        outcomes = assign_leads(
            actor=self.actor,
            keys=given["leads"],
            handler=form.cleaned_data["successor"],
            reason=form.cleaned_data["reason"],
            conflict_checked=form.cleaned_data["conflict_checked"],
        )
        return Response([_told(outcome) for outcome in outcomes])

    @extend_schema(
        request=serializers.TagLeadsSerializer,
        responses=refusals(serializers.MatterOutcomeSerializer(many=True)),
        filters=False,
    )
    @action(detail=False, methods=["post"], url_path="label", pagination_class=None)
    def tag_several(self, request: Request) -> Response:
        """Put labels on each of the leads and take others off."""
        _require_casework(self.actor)
        given = self.entries(serializers.TagLeadsSerializer)
        outcomes = tag_leads(actor=self.actor, keys=given["leads"], **_named(self.actor, given))
        return Response([_told(outcome) for outcome in outcomes])


class TagViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """The labels of the caller's office."""

    queryset = Tag.objects.none()
    serializer_class = serializers.TagSerializer
    ordering = ("use", "name")
    http_method_names = READ_AND_CHANGE

    def get_queryset(self) -> QuerySet[Tag]:
        _require_casework(self.actor)
        return tags_with_use(self.actor)

    @extend_schema(request=entries_of(TagForm), responses=refusals(serializers.TagSerializer, 201))
    def create(self, request: Request) -> Response:
        """Make a label; for heads, leaders and the case management."""
        form = valid(TagForm(form_data(request.data)))
        tag = create_tag(actor=self.actor, facts=form.cleaned_data)
        return self.shown(self.get_queryset().get(pk=tag.pk), 201)

    @extend_schema(
        request=entries_of(TagChangeForm, partial=True),
        responses=refusals(serializers.TagSerializer),
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Rename a label or retire it; what is left out stays."""
        tag = self.get_object()
        present = {name: getattr(tag, name) for name in TagChangeForm.base_fields}
        form = valid(TagChangeForm(merged(form_data(present), form_data(request.data))))
        change_tag(actor=self.actor, tag=tag, facts=form.cleaned_data)
        return self.shown(self.get_object())


def _require_distributing(actor: User) -> None:
    if not may_distribute(actor):
        raise NotVisible(_("This act is for those who assign matters."))


def _require_casework(actor: Any) -> None:
    if not accounts.effective_roles(actor) & CASEWORK_ROLES:
        raise NotVisible(_("This list is for those who work on cases."))


def _named(actor: User, given: dict[str, Any]) -> dict[str, list[Tag]]:
    """Return the labels to put on and to take off that a request names.

    Raises:
        NotVisible: the actor's office has no such label.
    """
    offered = tags_of_office(actor)
    return {name: _among(offered, given[name]) for name in ("put_on", "take_off")}


def _among(offered: QuerySet[Tag], ids: list[int]) -> list[Tag]:
    """Return the labels of these ids.

    Raises:
        NotVisible: the office has no such label.
    """
    found = list(offered.filter(pk__in=ids))
    if len(found) != len(set(ids)):
        raise NotVisible(_("The office has no such label."))
    return found


def _told(outcome: Outcome) -> dict[str, Any]:
    return {
        "key": outcome.key,
        "done": outcome.refusal is None,
        "problem": of_refusal(outcome.refusal) if outcome.refusal else None,
    }
