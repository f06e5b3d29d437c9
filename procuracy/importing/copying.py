"""Rows as PostgreSQL's COPY takes them: text, a tab between columns, a line a row.

What a table says the same of every imported row is written once into the form of its lines, defaults of the
model included; so a row costs what differs in it.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED

NULL = r"\N"
_ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})


def _text(value: str) -> str:
    # Most texts hold nothing to escape, and looking is cheaper than translating.
    found = "\\" in value or "\n" in value or "\t" in value or "\r" in value
    return value.translate(_ESCAPES) if found else value


def _bytes(value: bytes) -> str:
    return rf"\\x{value.hex()}"


class Spelled(str):
    """A text that goes into a column of bytes, in UTF-8."""

    __slots__ = ()


def _spelled(value: Spelled) -> str:
    # Half as long as in hexadecimal; but a database in another encoding would turn other letters into its.
    if not value.isascii():
        return _bytes(value.encode())
    # A backslash is written double in bytes, and each of the two double in a line of COPY.
    return value.replace("\\", r"\\\\") if "\\" in value else str(value)


def _json(value: Any) -> str:
    return _text(json.dumps(value, ensure_ascii=False))


def _instant(value: datetime) -> str:
    return value.isoformat()


_TEXTS: dict[type, Callable[[Any], str]] = {
    type(None): lambda value: NULL,
    bool: lambda value: "t" if value else "f",
    int: str,
    str: _text,
    bytes: _bytes,
    Spelled: _spelled,
    date: date.isoformat,
    datetime: _instant,
    dict: _json,
    list: _json,
}


def _other(value: Any) -> str:
    return _text(str(value))


def text_of(value: Any) -> str:
    """Return a value as a column of a COPY line."""
    return _TEXTS.get(type(value), _other)(value)


def array_of(values: list[str]) -> str:
    """Return an array of codes, which hold neither quotes nor backslashes, as PostgreSQL writes it."""
    return "{" + ",".join(f'"{value}"' for value in values) + "}"


class Table:
    """The lines of one table that are to be copied."""

    def __init__(
        self, model: type[models.Model], *names: str, same: Mapping[str, Any] | None = None
    ) -> None:
        """Take the columns whose values differ, in the order of `add`, and those that are all the same."""
        fields = {field.attname: field for field in model._meta.concrete_fields}
        constant = {
            name: _default(field) if name not in (same or {}) else (same or {})[name]
            for name, field in fields.items()
            if name not in names and not _left_to_the_database(field)
        }
        self.name = model._meta.db_table
        # Every further column of the table must be given or have a default.
        self.columns = [str(fields[name].column) for name in (*names, *constant)]
        alike = "\t".join(text_of(value).replace("%", "%%") for value in constant.values())
        form = "\t".join(["%s"] * len(names))
        self._form = f"{form}\t{alike}\n" if constant else f"{form}\n"
        self._lines: list[str] = []

    def add(self, *values: Any) -> None:
        """Add a row."""
        # Every value of an import comes through here: this spells out `text_of`.
        told = [v if type(v) is int else _TEXTS.get(type(v), _other)(v) for v in values]
        self._lines.append(self._form % tuple(told))

    def taken(self) -> str:
        """Return the lines added so far, and forget them."""
        lines, self._lines = "".join(self._lines), []
        return lines


def _left_to_the_database(field: models.Field[Any, Any]) -> bool:
    return field.db_default is not NOT_PROVIDED or isinstance(field, models.AutoField)


def _default(field: models.Field[Any, Any]) -> Any:
    if field.has_default():
        return field.get_default()
    if field.null:
        return None
    if field.empty_strings_allowed and field.blank:
        return ""
    raise ValueError(f"{field.model._meta.label}.{field.name} has no value.")


def copy(name: str, columns: list[str], lines: str) -> None:
    """Copy lines into a table, inside the caller's transaction.

    Raises:
        DatabaseError: the database refuses a row; nothing of the transaction stays.
    """
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{name}" ({named}) FROM STDIN', io.StringIO(lines))


def new_ids(model: type[models.Model], count: int) -> list[int]:
    """Return as many new ids of a table, which nobody else gets."""
    with connection.cursor() as cursor:
        cursor.execute(
            # The name of the sequence is looked up once, not for every id.
            "SELECT nextval(of.name) FROM generate_series(1, %s),"
            " (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS name OFFSET 0) AS of",
            [count, model._meta.db_table],
        )
        return [row[0] for row in cursor.fetchall()]
