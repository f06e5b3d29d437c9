"""Paging by the key of the last row seen: as quick on page 10,000 as on page 1, for pages and API.

A cursor holds the order it was made for, a direction and the values of the order fields of one
row. It is signed, so that only cursors of this house are followed. Rows added meanwhile shift
nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import F, IntegerField, Model, Q, QuerySet, Subquery
from django.db.models.constants import LOOKUP_SEP
from django.utils.translation import gettext_lazy as _

from audit.errors import Invalid

T = TypeVar("T")
_SALT = "audit.keyset"
_FORWARD, _BACKWARD = "f", "b"
# What the rows bear that came with their number; see `with_count`.
COUNTED = "counted"
# So many rows are looked at to see how often each value occurs; of more each value is counted by itself.
FEW = 2000


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page; `next` and `previous` are cursors, None where there is no such page."""

    items: list[T]
    next: str | None
    previous: str | None


@dataclass(frozen=True)
class CappedCount:
    """A number of rows, counted up to a cap so that counting never costs more than a page."""

    number: int
    capped: bool

    def __str__(self) -> str:
        return f"{self.number}+" if self.capped else str(self.number)


def capped_count(queryset: QuerySet[Any], cap: int = 1000) -> CappedCount:
    """Return how many rows `queryset` has, at most `cap`."""
    # Only the keys: what a list shows beside each row is not worked out to be counted.
    number = queryset.order_by().values("pk")[: cap + 1].count()
    return CappedCount(min(number, cap), capped=number > cap)


def added(counts: Iterable[CappedCount], cap: int = 1000) -> CappedCount:
    """Return the sum of what was counted up to `cap`, itself no more than `cap`."""
    found = list(counts)
    number = sum(count.number for count in found)
    return CappedCount(min(number, cap), capped=number > cap or any(row.capped for row in found))


class _NumberOf(Subquery):
    """How many rows a query has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def with_count(queryset: QuerySet[Any, T], cap: int = 1000) -> QuerySet[Any, T]:
    """Return `queryset` with its own number of rows on each of them, for `counted_with`.

    So the page and the count are one question to the database; the count is asked once, not for each row.
    """
    number = _NumberOf(queryset.order_by().values("pk")[: cap + 1])
    counted: QuerySet[Any, T] = queryset.annotate(**{COUNTED: number})
    return counted


def counted_with(queryset: QuerySet[Any, Any], shown: Page[Any], cap: int = 1000) -> CappedCount:
    """Return how many rows `queryset` has, which came with the page that is shown; see `with_count`.

    Where the page is empty nothing came with it; then the rows are counted.
    """
    if not shown.items:
        return capped_count(queryset, cap)
    first: Any = shown.items[0]
    number = first[COUNTED] if isinstance(first, Mapping) else getattr(first, COUNTED)
    return CappedCount(min(number, cap), capped=number > cap)


def capped_counts(
    queryset: QuerySet[Any], path: str, values: Sequence[Any], cap: int = 1000
) -> dict[Any, CappedCount]:
    """Return how many rows of `queryset` have each of `values` at `path`, at most `cap`; none is left out.

    Where there are few rows, they are looked at once. Of many each value is counted by itself up to the cap,
    all in one statement: so an index that holds the value is entered, and no count costs more than a page.
    """
    rows = queryset.order_by()
    few = Counter(rows.values_list(path, flat=True)[: FEW + 1])
    numbers = few if few.total() <= FEW else _each_counted(rows, path, values, cap)
    return {
        value: CappedCount(min(numbers[value], cap), capped=numbers[value] > cap)
        for value in values
        if numbers.get(value)
    }


def _each_counted(
    rows: QuerySet[Any], path: str, values: Sequence[Any], cap: int
) -> Mapping[Any, int]:
    keys = rows.values("pk")
    numbers = [_NumberOf(keys.filter(**{path: value})[: cap + 1]) for value in values]
    # The first row there is carries the numbers; it need not be one of those counted.
    carried = rows.model._default_manager.order_by("pk").values_list(*numbers)
    return dict(zip(values, carried[:1].get(), strict=False))


@dataclass(frozen=True)
class _Key:
    """One field of the order. Where it may be null, nulls stand last."""

    path: str
    ascending: bool
    nullable: bool

    def ordering(self, *, forward: bool) -> Any:
        ascending = self.ascending == forward
        field = F(self.path)
        if not self.nullable:
            return field.asc() if ascending else field.desc()
        places = {"nulls_last": True} if forward else {"nulls_first": True}
        return field.asc(**places) if ascending else field.desc(**places)

    def same(self, value: Any) -> Q:
        if value is None:
            return Q(**{f"{self.path}__isnull": True})
        return Q(**{self.path: value})

    def beyond(self, value: Any, *, forward: bool) -> Q | None:
        """Return the condition of lying past `value`; None when nothing can."""
        if value is None:
            return None if forward else Q(**{f"{self.path}__isnull": False})
        lookup = "gt" if self.ascending == forward else "lt"
        condition = Q(**{f"{self.path}__{lookup}": value})
        if self.nullable and forward:
            condition |= Q(**{f"{self.path}__isnull": True})
        return condition

    def value_in(self, item: Any) -> Any:
        if isinstance(item, Mapping):
            return item[self.path]
        for name in self.path.split(LOOKUP_SEP):
            item = getattr(item, name) if item is not None else None
        return item


def page(
    queryset: QuerySet[Any, T],
    *,
    order: Sequence[str],
    after: str | None,
    size: int,
    filled: Collection[str] = (),
) -> Page[T]:
    """Return the page of `queryset` that `after` points to, the first one without it.

    Args:
        order: field paths, ``-`` for descending; the primary key is added when it is missing, so
            that no two rows are alike.
        after: `next` or `previous` of another page with the same order.
        size: rows a page, at least 1.
        filled: paths that hold a value in every row, though the model does not say so; of them the database
            enters the index at the right place.

    Raises:
        Invalid: the cursor is not one of this list.
    """
    keys = _keys(queryset.model, order, filled)
    forward, values = _decoded(after, keys) if after else (True, None)
    rows = queryset.order_by(*(key.ordering(forward=forward) for key in keys))
    if values is not None:
        rows = rows.filter(_past(keys, values, forward=forward))
    found: list[T] = list(rows[: size + 1])
    more, items = len(found) > size, found[:size]
    if not forward:
        items.reverse()
    has_next, has_previous = (more, values is not None) if forward else (True, more)
    return Page(
        items,
        next=_encoded(_FORWARD, items[-1], keys) if items and has_next else None,
        previous=_encoded(_BACKWARD, items[0], keys) if items and has_previous else None,
    )


def _keys(model: type[Model], order: Sequence[str], filled: Collection[str]) -> list[_Key]:
    paths = [name.removeprefix("-") for name in order]
    keys = [
        _Key(
            path,
            ascending=not name.startswith("-"),
            nullable=path not in filled and _is_nullable(model, path),
        )
        for name, path in zip(order, paths, strict=True)
    ]
    if not {"pk", "id", model._meta.pk.name} & set(paths):
        keys.append(_Key("pk", ascending=keys[-1].ascending if keys else True, nullable=False))
    return keys


def _is_nullable(model: type[Model], path: str) -> bool:
    """Tell whether the value may be null; an annotation may."""
    if path == "pk":
        return False
    current: Any = model
    for name in path.split(LOOKUP_SEP):
        try:
            field = current._meta.get_field(name)
        except FieldDoesNotExist:
            return True
        if field.null:
            return True
        current = field.related_model
    return False


def _past(keys: Sequence[_Key], values: Sequence[Any], *, forward: bool) -> Q:
    """Return the condition of lying past the row with `values` in the order of `keys`."""
    condition, tied = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        beyond = key.beyond(value, forward=forward)
        if beyond is not None:
            # An empty Q joined by OR is the other side alone.
            condition |= tied & beyond
        tied &= key.same(value)
    first, value = keys[0], values[0]
    if not first.nullable:
        # Says nothing new, but lets the database enter the index at the right place.
        lookup = "gte" if first.ascending == forward else "lte"
        condition &= Q(**{f"{first.path}__{lookup}": value})
    return condition


def _signature_of(keys: Sequence[_Key]) -> str:
    return ",".join(key.path if key.ascending else f"-{key.path}" for key in keys)


def _encoded(direction: str, item: Any, keys: Sequence[_Key]) -> str:
    values = [_packed(key.value_in(item)) for key in keys]
    return signing.dumps([_signature_of(keys), direction, values], salt=_SALT)


def _decoded(cursor: str, keys: Sequence[_Key]) -> tuple[bool, list[Any]]:
    try:
        order, direction, values = signing.loads(cursor, salt=_SALT)
    except signing.BadSignature:
        order, direction, values = "", "", []
    if order != _signature_of(keys):
        raise Invalid(
            _("This page of the list cannot be found. Open the list again from its beginning."),
            code="invalid_cursor",
        )
    return direction == _FORWARD, [_unpacked(value) for value in values]


def _packed(value: Any) -> Any:
    # datetime first: it is a date too.
    for kind, name in ((datetime, "datetime"), (date, "date"), (Decimal, "decimal")):
        if isinstance(value, kind):
            return [name, str(value)]
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _unpacked(value: Any) -> Any:
    if not isinstance(value, list):
        return value
    name, text = value
    readers: dict[str, Any] = {
        "datetime": datetime.fromisoformat,
        "date": date.fromisoformat,
        "decimal": Decimal,
    }
    return readers[name](text)
