"""What stands around a list: what it can be narrowed by, the filters and columns its reader keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from accounts import selectors as accounts
from accounts.models import Department, Office, Role, User
from audit import clock
from audit.prepared import prepared
from cases.models import ListColumns, SavedFilter, Tag

Choice = tuple[int, str]


@dataclass(frozen=True)
class KeptFilter:
    """A filter as a reader of the list sees it.

    Attributes:
        own: whether it is the reader's; only its owner changes it.
        opens_list: whether the list opens with it for the reader.
    """

    pk: int
    name: str
    query: str
    shared: bool
    own: bool
    opens_list: bool
    owner: str


@dataclass(frozen=True)
class Around:
    """What stands around one list of one reader; choices are pairs of id and name."""

    handlers: list[Choice]
    departments: list[Choice]
    tags: list[Choice]
    saved: list[KeptFilter]
    columns: list[str]

    @property
    def opening(self) -> KeptFilter | None:
        """The filter the list opens with, None where there is none."""
        return next((kept for kept in self.saved if kept.opens_list), None)


def saved_filters(actor: User, list_name: str = "") -> QuerySet[SavedFilter]:
    """Return the actor's own filters, of one list or all, and those his office shares; his own first."""
    rows = _saved_filters(actor.pk, actor.office_id)
    return rows.filter(list_name=list_name) if list_name else rows


def _saved_filters(person: int, office: int) -> QuerySet[SavedFilter]:
    shared = Q(shared=True, user__office=office)
    rows = SavedFilter.objects.filter(Q(user=person) | shared)
    return rows.select_related("user").order_by("weight", "name", "id")


def kept_filters(actor: User, list_name: str) -> list[KeptFilter]:
    """Return what `saved_filters` finds as the reader of the list sees it."""
    rows: QuerySet[Any, Any] = saved_filters(actor, list_name).values(**_KEPT)
    return [_kept(actor, row) for row in rows]


_KEPT = {
    "number": F("pk"),
    "title": F("name"),
    "asked": F("query"),
    "is_shared": F("shared"),
    "opens": F("opens_list"),
    "of": F("user_id"),
    "owner": F("user__name"),
}


def _kept(actor: User, row: dict[str, Any]) -> KeptFilter:
    own = row["of"] == actor.pk
    return KeptFilter(
        pk=row["number"],
        name=row["title"],
        query=row["asked"],
        shared=row["is_shared"],
        own=own,
        opens_list=own and row["opens"],
        owner=row["owner"],
    )


def around(actor: User, list_name: str) -> Around:
    """Return what stands around a list, in one question to the database."""
    [found] = _around(
        actor.pk, actor.office_id, list_name, clock.today(), accounts.midnight_after(clock.today())
    )
    return Around(
        handlers=_pairs(found["handlers"]),
        departments=_pairs(found["departments_"]),
        tags=_pairs(found["tags_"]),
        saved=[_kept(actor, row) for row in found["saved"]],
        columns=found["columns"] or [],
    )


@prepared(int, int, str, date, datetime)
def _around(
    person: int, office: int, list_name: str, day: date, midnight: datetime
) -> QuerySet[Office, Any]:
    saved = _saved_filters(person, office).filter(list_name=list_name)
    columns = ListColumns.objects.filter(user=person, list_name=list_name)
    prosecutors = accounts.holding_between((Role.PROSECUTOR,), day, midnight)
    return Office.objects.filter(pk=office).values(
        handlers=_choices(prosecutors.filter(office=office)),
        departments_=_choices(Department.objects.filter(office=OuterRef("pk"))),
        tags_=_choices(Tag.objects.filter(office=OuterRef("pk"))),
        saved=ArraySubquery(saved.values(row=JSONObject(**_KEPT))),
        columns=Subquery(columns.values("columns")),
    )


def _choices(rows: QuerySet[Any]) -> ArraySubquery:
    return ArraySubquery(
        rows.order_by("name", "pk").values(row=JSONObject(id=F("pk"), name=F("name")))
    )


def _pairs(rows: Iterable[dict[str, Any]]) -> list[Choice]:
    return [(row["id"], row["name"]) for row in rows]


def own_filter(actor: User, pk: int) -> SavedFilter | None:
    """Return a filter of one's own, None where there is no such one."""
    return SavedFilter.objects.filter(user=actor, pk=pk).first()
