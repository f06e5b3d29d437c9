"""What programs ask of the lists of leads and of cases alike: order, columns, what leaves the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.http import FileResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.viewsets import ActorViewSet, FileRenderer
from audit.errors import invalid_field, valid
from cases.api.schema import PROBLEM, entries_of
from cases.api.serializers.common import ProblemSerializer
from cases.list_columns import split
from cases.listed import Listed
from cases.services.exports import Taking, export_list
from cases.spreadsheet import COMMAS, MEDIA_TYPE, MEDIA_TYPES, workbook_answer

if TYPE_CHECKING:
    Base = ActorViewSet
else:
    Base = object

FILE = OpenApiParameter("file", OpenApiTypes.STR, enum=sorted(MEDIA_TYPES))


def asked_of(listed: Listed) -> list[OpenApiParameter]:
    """Return the description of the order and the columns a program may ask a list for."""
    codes = ", ".join(listed.columns.by_code)
    said = f"Codes with commas between them: {codes}. Without it there is everything."
    return [
        OpenApiParameter("sort", OpenApiTypes.STR, enum=sorted(listed.orders)),
        OpenApiParameter("columns", OpenApiTypes.STR, description=said),
    ]


def described(listed: Listed) -> dict[str, Any]:
    """Return the descriptions of what a viewset of a list inherits, for `extend_schema_view`."""
    marked = OpenApiParameter(
        listed.one,
        OpenApiTypes.STR,
        many=True,
        description=f"Keys; only these of the {listed.name} the filter leaves.",
    )
    export = extend_schema(
        parameters=[entries_of(listed.form_class), *asked_of(listed), marked, FILE],
        filters=False,
        responses={
            (200, MEDIA_TYPE): OpenApiTypes.BINARY,
            (200, COMMAS): OpenApiTypes.BINARY,
            (400, PROBLEM): ProblemSerializer,
        },
    )
    return {"list": extend_schema(parameters=asked_of(listed)), "export": export}


class ListedMatters(Base):
    """A list a program may order, narrow to columns and take out."""

    listed: ClassVar[Listed]

    @property
    def filled(self) -> tuple[str, ...]:
        """What `audit.keyset.page` may rely on."""
        return self.listed.filled

    def filter_queryset(self, queryset: Any) -> Any:
        rows, order = self.listed.in_order(super().filter_queryset(queryset), self._sort())
        self.ordering = (order,)
        return rows

    def _sort(self) -> str:
        sort = self.request.query_params.get("sort", "")
        if sort and sort not in self.listed.orders:
            raise invalid_field("sort", _("This list has no such order."))
        return sort

    def _columns(self) -> list[str]:
        """Return the codes of the columns asked for."""
        asked = split(self.request.query_params.get("columns", ""))
        if wrong := [code for code in asked if code not in self.listed.columns.by_code]:
            sentence = _("This list has no such column: %(codes)s.")
            raise invalid_field("columns", sentence % {"codes": ", ".join(wrong)[:200]})
        return asked

    def _members(self) -> list[str]:
        """Return the members of the answer that the columns asked for stand for; empty for all of them."""
        columns, asked = self.listed.columns, self._columns()
        opening = [columns.first] if asked else []
        return [name for code in [*opening, *asked] for name in columns.by_code[code].names]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """List them; `columns` leaves members out, `sort` orders them along an index."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        serializer = self.get_serializer(page, many=True, members=self._members())
        return self.get_paginated_response(serializer.data)

    @action(detail=False, methods=["get"], renderer_classes=[FileRenderer])
    def export(self, request: Request) -> FileResponse:
        """Return what the filter leaves as a table; that it was taken is recorded."""
        form = valid(self.listed.form_class(request.query_params, actor=self.actor))
        taking = self._taking()
        table = export_list(actor=self.actor, listed=self.listed, form=form, taking=taking)
        return workbook_answer(table, self.listed.name, taking.file_format)

    def _taking(self) -> Taking:
        given, columns = self.request.query_params, self.listed.columns
        file_format = given.get("file", "xlsx")
        if file_format not in MEDIA_TYPES:
            raise invalid_field("file", _("Ask for xlsx or csv."))
        return Taking(
            columns=[columns.by_code[code] for code in self._columns()] or columns.every,
            keys=given.getlist(self.listed.one) or None,
            sort=self._sort(),
            file_format=file_format,
        )
