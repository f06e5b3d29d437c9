"""The search for programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.viewsets import ActorViewSet
from audit.errors import Invalid, sentences_of
from procuracy.search import LONGEST, MOST, SearchForm, numbered, search


class _AddressField(serializers.CharField):
    """A path of this house as a whole address; null where there is none."""

    def to_representation(self, value: Any) -> Any:
        return self.context["request"].build_absolute_uri(value) if value else None


class FoundSerializer(serializers.Serializer[Any]):
    """One row that was found."""

    title = serializers.CharField()
    number = serializers.CharField(help_text="Key or number; may be empty.")
    text = serializers.CharField(help_text="What tells it from others of the same title.")
    state = serializers.CharField(help_text="In the language of the request.")
    url = _AddressField(source="address", help_text="Its address in the API.")
    link = serializers.CharField(help_text="The path of its page.")


class SearchGroupSerializer(serializers.Serializer[Any]):
    """What one source found, the newest first."""

    code = serializers.CharField(source="source.code")
    title = serializers.CharField(source="source.title")
    results = FoundSerializer(source="rows", many=True)
    count = serializers.IntegerField(
        source="count.number", help_text="How many there are, counted up to 1,000."
    )
    more = serializers.BooleanField(help_text=f"Whether there are more than these {MOST}.")
    list = _AddressField(
        source="address", allow_null=True, help_text="The list that holds all of them."
    )


ASKED = [
    OpenApiParameter(
        "q", OpenApiTypes.STR, required=True, description=f"At most {LONGEST} characters."
    ),
    OpenApiParameter(
        "group",
        OpenApiTypes.STR,
        many=True,
        description="The code of a group to look in, once for each; without one, in all.",
    ),
]


class SearchViewSet(ActorViewSet):
    """Whatever the caller may see of cases, leads, documents, exhibits and papers."""

    serializer_class = SearchGroupSerializer
    pagination_class = None

    @extend_schema(
        parameters=ASKED,
        responses=SearchGroupSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        """Find what holds the words, grouped by source; a source that found nothing is left out."""
        form = _asked(request)
        groups = search(self.actor, form.words, form.groups)
        return Response(self.get_serializer(groups, many=True).data)

    @extend_schema(
        parameters=ASKED,
        responses=FoundSerializer(many=True),
    )
    @action(detail=False, methods=["get"])
    def numbered(self, request: Request) -> Response:
        """Find the one thing that bears exactly this number; none where nothing or several things do."""
        form = _asked(request)
        one = numbered(self.actor, form.words, form.groups)
        shown = FoundSerializer([one] if one else [], many=True, context={"request": request})
        return Response(shown.data)


def _asked(request: Request) -> SearchForm:
    form = SearchForm(request.query_params)
    errors: dict[str, list[str]] = sentences_of(form)
    if not errors and not form.words:
        errors = {"q": [_("Say what to look for.")]}
    if errors:
        raise Invalid(_("This cannot be searched for."), errors=errors, code="words_unusable")
    return form


def register(router: BaseRouter) -> None:
    """Add the search to the API."""
    router.register("search", SearchViewSet, basename="search")
