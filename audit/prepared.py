"""Questions of every page: written by the ORM once a process, asked with other values each time.

The ORM takes longer to write such a question than the database to answer it. A function that returns a
queryset, fixed in its shape, is therefore written once, with a place for each of its arguments; later only
the values are put in. What comes back is the same list the queryset would have given.

PostgreSQL takes as long to plan such a question as to answer it. So it is handed over as a prepared
statement of the connection, which is planned a few times and then no more; a connection that does not stay
(`CONN_MAX_AGE` 0, as behind a pooler) gets the whole text each time.

Such a function depends on its arguments alone: not on the day, the language or what the database holds. It is
written twice with different values, without a clock, and refused when it reckons with them.
"""

from __future__ import annotations

import copy
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar, cast
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigAutoField, BigIntegerField, ForeignKey, Lookup, QuerySet
from django.db.models.query import prefetch_related_objects
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.transaction import TransactionManagementError

from audit import clock

Row = TypeVar("Row")
# Every question there is, for the test that compares each with what the ORM writes.
ALL: list[Prepared[Any]] = []
# What stands for an argument while the question is written; no row has such a key or day.
_PLACES: dict[type, Callable[[int], Any]] = {
    int: lambda number: -(2**60) - number,
    date: lambda number: date(1 + number, 1, 1),
    datetime: lambda number: datetime(1 + number, 1, 2, tzinfo=UTC),
    str: lambda number: f"\N{INFORMATION SEPARATOR ONE}{number}",
    list: lambda number: [-(2**60) - number],
}
# What PostgreSQL calls them.
_TYPES = {int: "bigint", date: "date", datetime: "timestamptz", str: "text", list: "bigint[]"}
_NUMBERS = itertools.count()
# A plan for everybody expects more rows than most have; to start a second process for them costs the most.
ONE_PLAN = (
    "SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL max_parallel_workers_per_gather = 0;"
)
# Which statements each open connection knows.
_HANDED_OVER: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
# Between the values of the first writing and those of the second.
_APART = 1000


class NotFixed(TypeError):
    """A question that depends on more than its arguments cannot be prepared."""


class AnyOf(Lookup[Any]):
    """`field__any_of=[…]`: one of the numbers of a list of any length, so that the text stays the same."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", (*params, self.rhs)


for _field in (BigAutoField, BigIntegerField, ForeignKey):
    _field.register_lookup(AnyOf)


class _Compiler(SQLCompiler):
    """Gives the text that was written once, with the values of this time."""

    query: _Query
    handed_over = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # How the columns are read follows from the text too; every copy of the compiler shares it.
        self.converters: list[dict[int, Any]] = []

    def get_converters(self, expressions: list[Any]) -> dict[int, Any]:
        if not self.converters:
            self.converters.append(super().get_converters(expressions))
        return self.converters[0]

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, tuple[Any, ...]]:
        statement = self.query.statement
        if statement is None:
            return super().as_sql(*args, **kwargs)
        if self.handed_over:
            return statement.call(self.connection), self.query.values_now
        return statement.text, statement.params(self.query.values_now)

    def execute_sql(self, *args: Any, **kwargs: Any) -> Any:
        if self.query.statement and self.connection.settings_dict["CONN_MAX_AGE"] != 0:
            self.query.statement.hand_over(self.connection)
            self.handed_over = True
        return super().execute_sql(*args, **kwargs)


@dataclass(frozen=True)
class _Statement:
    """The text of a question.

    Attributes:
        places: for each parameter of the text the number of an argument, or None and a value that stays.
        types: of the arguments, as PostgreSQL calls them.
        one_plan: whether one plan serves all values (`prepared`).
    """

    name: str
    text: str
    places: tuple[tuple[int | None, Any], ...]
    types: tuple[str, ...]
    one_plan: bool

    def params(self, values: Sequence[Any]) -> tuple[Any, ...]:
        """Return the parameters of the text."""
        return tuple(value if place is None else values[place] for place, value in self.places)

    def call(self, connection: Any) -> str:
        """Return the text that asks the prepared statement, with the arguments as its parameters."""
        asked = f'EXECUTE "{self.name}"{_listed(f"%s::{kind}" for kind in self.types)}'
        # Outside of a transaction the setting ends with the text. Inside it would hold for what follows too.
        return f"{ONE_PLAN} {asked}" if self.one_plan and connection.get_autocommit() else asked

    def hand_over(self, connection: Any) -> None:
        """Prepare the statement in the connection, once."""
        connection.ensure_connection()
        known = _HANDED_OVER.setdefault(connection.connection, set())
        if self.name in known:
            return
        # Past the wrappers of Django: it belongs to the connection and not to the request that came first.
        with connection.connection.cursor() as cursor:
            cursor.execute(self._declaration(cursor))
        known.add(self.name)

    def _declaration(self, cursor: Any) -> bytes:
        given = (
            f"${place + 1}".encode() if place is not None else cursor.mogrify("%s", [value])
            for place, value in self.places
        )
        parts = [part.replace("%%", "%").encode() for part in self.text.split("%s")]
        text = parts[0] + b"".join(
            value + part for value, part in zip(given, parts[1:], strict=True)
        )
        return f'PREPARE "{self.name}"{_listed(self.types)} AS '.encode() + text


def _listed(parts: Iterable[str]) -> str:
    """Return the list of arguments, which PostgreSQL leaves out where there is none."""
    return f"({said})" if (said := ", ".join(parts)) else ""


class _Query(Query):
    """A question whose compiler is kept."""

    statement: _Statement | None = None
    written: Any = None
    values_now: tuple[Any, ...] = ()

    def get_compiler(
        self, using: str | None = None, connection: Any = None, elide_empty: bool = True
    ) -> SQLCompiler:
        if self.statement is None:
            own: SQLCompiler = super().get_compiler(using, connection, elide_empty)
            return own
        compiler: SQLCompiler = copy.copy(self.written)
        compiler.query, compiler.using = self, using
        compiler.connection = connection or connections[using or DEFAULT_DB_ALIAS]
        return compiler


@dataclass(frozen=True)
class _Written:
    """A question that was written."""

    rows: Any
    query: _Query

    def asked(self, values: Sequence[Any]) -> QuerySet[Any]:
        query = copy.copy(self.query)
        query.values_now = tuple(values)
        rows: Any = self.rows.__class__(model=self.rows.model, query=query)
        rows._iterable_class = self.rows._iterable_class
        rows._fields = self.rows._fields
        return cast("QuerySet[Any]", rows)


class Prepared(Generic[Row]):
    """A question ready to be asked; see `prepared`."""

    def __init__(
        self, write: Callable[..., QuerySet[Any, Row]], kinds: tuple[type, ...], *, one_plan: bool
    ) -> None:
        self.write, self.kinds, self.one_plan = write, kinds, one_plan
        self._written: _Written | None = None
        self.__doc__ = write.__doc__
        self.__name__ = write.__name__
        self.__module__ = write.__module__
        self.name = f"{write.__module__}.{write.__name__}.{next(_NUMBERS)}"[-63:]
        ALL.append(self)

    def __call__(self, *values: Any) -> list[Row]:
        """Ask with these values and return the rows.

        Raises:
            NotFixed: the question depends on more than its arguments.
            TransactionManagementError: it locks rows, and there is no transaction.
        """
        if self._written is None:
            self._written = self._prepare()
        if (
            self._written.query.select_for_update
            and connections[self._written.rows.db].get_autocommit()
        ):
            raise TransactionManagementError(
                f"{self.__name__} locks rows outside of a transaction."
            )
        found = list(self._written.asked(values))
        if lookups := self._written.rows._prefetch_related_lookups:
            prefetch_related_objects(found, *lookups)
        return found

    def one(self, *values: Any) -> Row | None:
        """Ask with these values and return the first row, None where there is none."""
        return next(iter(self(*values)), None)

    def text(self, *values: Any) -> tuple[str, tuple[Any, ...]]:
        """Return what is sent to the database for these values."""
        self._written = self._written or self._prepare()
        return self._written.asked(values).query.sql_with_params()

    def fresh(self, *values: Any) -> tuple[str, tuple[Any, ...]]:
        """Return what the ORM would send, written anew."""
        return self.write(*values).query.sql_with_params()

    def _prepare(self) -> _Written:
        rows, query, sql, params = self._compiled(0)
        _, _, again, others = self._compiled(_APART)
        if sql != again or len(params) != len(others):
            raise NotFixed(f"The text of {self.__name__} changes with its values.")
        places = tuple(map(self._place, params, others))
        types = tuple(_TYPES[kind] for kind in self.kinds)
        query.statement = _Statement(self.name, sql, places, types, self.one_plan)
        return _Written(rows, query)

    def _compiled(self, apart: int) -> tuple[QuerySet[Any, Row], _Query, str, tuple[Any, ...]]:
        with clock.silent():
            rows = self.write(*self._stand_ins(apart))
        query = cast(_Query, rows.query.chain(klass=_Query))
        query.written = _Compiler(query, connections[rows.db], rows.db)
        try:
            sql, params = query.written.as_sql()
        except EmptyResultSet as nothing:
            raise NotFixed(f"{self.__name__} finds nothing, whatever its values.") from nothing
        return rows, query, sql, tuple(params)

    def _stand_ins(self, apart: int) -> list[Any]:
        return [_PLACES[kind](apart + number) for number, kind in enumerate(self.kinds)]

    def _place(self, first: Any, second: Any) -> tuple[int | None, Any]:
        """Say which argument a parameter is, or that it stays as it is."""
        if first == second:
            return None, first
        before, after = self._stand_ins(0), self._stand_ins(_APART)
        for number in range(len(self.kinds)):
            if (first, second) == (before[number], after[number]):
                return number, None
        raise NotFixed(f"{self.__name__} reckons with its values: {first!r}.")


def prepared(
    *kinds: type,
    one_plan: bool = False,
) -> Callable[[Callable[..., QuerySet[Any, Row]]], Prepared[Row]]:
    """Make a function that returns a queryset into a question that is written once.

    Args:
        kinds: of each of its arguments in turn: `int`, `date`, `datetime`, `str`, or `list` for numbers that
            `any_of` gets.
        one_plan: whether PostgreSQL is told to plan the question once for all values. It plans anew for each
            where it expects to find less for one than for another, and takes planning itself for cheap. Only
            for what goes by the same indexes whatever the values.
    """

    def made(write: Callable[..., QuerySet[Any, Row]]) -> Prepared[Row]:
        return Prepared(write, kinds, one_plan=one_plan)

    return made
