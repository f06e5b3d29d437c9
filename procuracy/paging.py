"""Paging of the API: the keyset paging of the pages, with addresses instead of links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

from audit import keyset
from audit.errors import Invalid

AFTER, SIZE = "after", "size"
MAXIMUM_SIZE = 100


class KeysetPagination(BasePagination):
    """Pages after a signed cursor, in the order of the view (`ordering`) or of the queryset.

    What a view names in `filled` holds a value in every row (`audit.keyset.page`).
    """

    def paginate_queryset(
        self,
        queryset: QuerySet[Any] | Sequence[Any],
        request: Request,
        view: APIView | None = None,
    ) -> list[Any]:
        """Return the rows of the page `request` asks for.

        Raises:
            Invalid: the cursor is not one of this list, or the size is not a number from 1 to 100.
        """
        if not isinstance(queryset, QuerySet):
            raise TypeError("A page after a cursor is cut from a queryset, not from a list.")
        self.address = request.build_absolute_uri()
        self.page = keyset.page(
            queryset,
            order=_order(queryset, view),
            after=request.query_params.get(AFTER) or None,
            size=_size(request),
            filled=getattr(view, "filled", ()),
        )
        return self.page.items

    def get_paginated_response(self, data: Any) -> Response:
        return Response(
            {
                "next": self._address_of(self.page.next),
                "previous": self._address_of(self.page.previous),
                "results": data,
            }
        )

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": "string", "nullable": True, "format": "uri"}
        return {
            "type": "object",
            "required": ["results"],
            "properties": {
                "next": address,
                "previous": address,
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        size = {"type": "integer", "minimum": 1, "maximum": MAXIMUM_SIZE}
        return [
            _parameter(
                AFTER, "Cursor of a page, as `next` and `previous` hold it.", {"type": "string"}
            ),
            _parameter(SIZE, "Rows a page.", size),
        ]

    def _address_of(self, cursor: str | None) -> str | None:
        return replace_query_param(self.address, AFTER, cursor) if cursor else None


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
    }


def _order(queryset: QuerySet[Any], view: APIView | None) -> Sequence[str]:
    declared = getattr(view, "ordering", None) or queryset.query.order_by
    return [str(path) for path in declared] or ["pk"]


def _size(request: Request) -> int:
    asked = request.query_params.get(SIZE, str(api_settings.PAGE_SIZE))
    if asked.isascii() and asked.isdigit() and 1 <= int(asked) <= MAXIMUM_SIZE:
        return int(asked)
    sentence = f"Ask for 1 to {MAXIMUM_SIZE} rows a page."
    raise Invalid(sentence, errors={SIZE: [sentence]}, code="invalid_size")
