"""Annotations of the OpenAPI description; what a form asks for is read from the form itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django import forms
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, inline_serializer
from rest_framework import serializers

from cases.api.base import CASE_KEY, LEAD_KEY
from cases.api.serializers.common import ProblemSerializer
from cases.forms.picks import PickField, PickSeveralField

PROBLEM = "application/problem+json"
JSON, MULTIPART = "application/json", "multipart/form-data"

KEY = OpenApiParameter(
    "key",
    OpenApiTypes.STR,
    OpenApiParameter.PATH,
    description="Key of the lead or case, for example 330106-2026-00012.",
    pattern=f"^({LEAD_KEY}|{CASE_KEY})$",
)
ID = OpenApiParameter("id", OpenApiTypes.INT64, OpenApiParameter.PATH)


def refusals(answer: Any, status: int = 200) -> dict[Any, Any]:
    """Return the responses of a write: its answer, and the two ways in which it is refused."""
    return {
        status if answer is not None else 204: answer,
        (400, PROBLEM): ProblemSerializer,
        (409, PROBLEM): ProblemSerializer,
    }


_Build = Callable[[Any, dict[str, Any]], serializers.Field[Any, Any, Any, Any]]
# The first kind that fits decides.
_Kinds = type[forms.Field] | tuple[type[forms.Field], ...]
_FIELDS: tuple[tuple[_Kinds, _Build], ...] = (
    (
        forms.ModelMultipleChoiceField,
        lambda field, rest: serializers.ListField(child=serializers.IntegerField(), **rest),
    ),
    (
        PickSeveralField,
        lambda field, rest: serializers.ListField(child=serializers.IntegerField(), **rest),
    ),
    ((forms.ModelChoiceField, PickField), lambda field, rest: serializers.IntegerField(**rest)),
    (
        forms.MultipleChoiceField,
        lambda field, rest: serializers.ListField(child=serializers.CharField(), **rest),
    ),
    (
        forms.ChoiceField,
        lambda field, rest: serializers.ChoiceField(
            [choice for choice in field.choices if choice[0] not in ("", None)], **rest
        ),
    ),
    (forms.BooleanField, lambda field, rest: serializers.BooleanField(**rest)),
    (forms.IntegerField, lambda field, rest: serializers.IntegerField(**rest)),
    (forms.DateField, lambda field, rest: serializers.DateField(**rest)),
    (
        forms.CharField,
        lambda field, rest: serializers.CharField(max_length=field.max_length, **rest),
    ),
)


@cache  # two requests of one form are one component of the schema
def entries_of(form_class: Any, *, partial: bool = False) -> Any:
    """Return the description of a request that carries the fields of a form.

    Args:
        partial: a change, in which what is left out stays; only the version is required.
    """
    fields = {
        name: _described(field, required=name == "version" or (field.required and not partial))
        for name, field in form_class.base_fields.items()
    }
    name = form_class.__name__.removesuffix("Form")
    return inline_serializer(f"{name}Entries", fields)


def _described(field: Any, *, required: bool) -> Any:
    build = next(build for kind, build in _FIELDS if isinstance(field, kind))
    return build(field, {"required": required, "help_text": field.label or ""})
