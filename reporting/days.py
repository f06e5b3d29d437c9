"""Days counted by the database: between two days, without what does not count, and how they spread."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db.models import Aggregate, Count, FloatField, Func, IntegerField, QuerySet

from reporting.figures import Cell


class Days(Func):
    """Return how many days lie between two days: the later, then the earlier."""

    template = "(%(expressions)s)"
    arg_joiner = " - "
    output_field: ClassVar = IntegerField()


class UncountedDays(Func):
    """Return how many days until an end did not count, from the terms a deadline keeps (Rules 48; law 14.2).

    The intervals are a union, however they overlap; one that is still open ends with the end.
    Arguments: the terms, the end.
    """

    output_field: ClassVar = IntegerField()

    def as_sql(
        self,
        compiler: Any,
        connection: Any,
        function: str | None = None,
        template: str | None = None,
        arg_joiner: str | None = None,
        **extra_context: Any,
    ) -> Any:
        """Write the expression, both arguments within it."""
        terms, end = self.get_source_expressions()
        terms_sql, terms_values = compiler.compile(terms)
        end_sql, end_values = compiler.compile(end)
        first, last = "(told ->> 0)::date", "COALESCE((told ->> 1)::date, 'infinity'::date)"
        stop = f"GREATEST({first}, LEAST({last}, {end_sql}))"
        told = f"jsonb_array_elements(COALESCE({terms_sql} -> 'exclusions', '[]'::jsonb)) AS told"
        # Only compiled expressions stand in it; their values are parameters.
        merged = f"SELECT range_agg(daterange({first}, {stop})) FROM {told}"  # noqa: S608
        counted = "SELECT COALESCE(SUM(upper(part) - lower(part)), 0)::integer"
        sql = f"({counted} FROM unnest(({merged})) AS part WHERE NOT isempty(part))"
        return sql, (*end_values, *terms_values)


class Percentile(Aggregate):
    """Return the value below which a share of the rows lies, between two of them where none lies there."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field: ClassVar = FloatField()

    def __init__(self, share: float, expression: str) -> None:
        super().__init__(expression, share=float(share))


class Spread(Aggregate):
    """Return the five values of a box: least, quartiles and greatest, from one sorting of the rows."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(ARRAY[0, 0.25, 0.5, 0.75, 1]::float8[]) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field: ClassVar = ArrayField(FloatField())


# How many values a spread has.
VALUES = 5


def spread(rows: QuerySet[Any], group: str) -> QuerySet[Any, Any]:
    """Return for each group of `rows` (annotated with `days`) its number and how its days spread."""
    found: QuerySet[Any, Any] = rows.values(group).annotate(
        number=Count("pk"), spread=Spread("days")
    )
    return found.order_by(group)


def spread_cells(found: dict[str, Any]) -> tuple[Cell, ...]:
    """Return the five numbers of a spread, each rounded to a whole day."""
    return tuple(Cell(round(days)) for days in found["spread"])
