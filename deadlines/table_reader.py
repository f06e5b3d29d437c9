"""Reads the fields of one table of a rulebook, each of its kind, and names the place in every complaint."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from deadlines.periods import Period, PeriodError

Choice = TypeVar("Choice", bound=StrEnum)


class RulebookError(ValueError):
    """A rulebook that cannot be used; the message names file, period and field."""


class Reader:
    """Reads the fields of one table and names the place in every complaint."""

    def __init__(self, table: Mapping[str, Any], where: str) -> None:
        self.table = table
        self.where = where

    def fail(self, message: str) -> RulebookError:
        return RulebookError(f"{self.where}: {message}")

    def refuse_unknown(self, known: set[str]) -> None:
        if unknown := sorted(set(self.table) - known):
            raise self.fail(f"unknown field {', '.join(unknown)}.")

    def text(self, name: str, default: str | None = None) -> str:
        value = self.table.get(name, default)
        if not isinstance(value, str) or (default is None and not value.strip()):
            raise self.fail(f"{name!r} must be a text.")
        return value

    def flag(self, name: str) -> bool:
        value = self.table.get(name, False)
        if not isinstance(value, bool):
            raise self.fail(f"{name!r} must be true or false.")
        return value

    def day(self, name: str) -> date | None:
        value = self.table.get(name)
        if value is not None and type(value) is not date:
            raise self.fail(f"{name!r} must be a day such as 2021-07-01.")
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.fail(f"{name!r} must be a list of texts.")
        return tuple(value)

    def numbers(self, name: str) -> tuple[int, ...]:
        value = self.table.get(name, [])
        if not isinstance(value, list) or not all(type(item) is int for item in value):
            raise self.fail(f"{name!r} must be a list of whole numbers.")
        if len(set(value)) != len(value):
            raise self.fail(f"{name!r} names a number twice.")
        return tuple(value)

    def choice(self, name: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        value = self.table.get(name, default)
        try:
            return kind(value)
        except ValueError as error:
            allowed = ", ".join(item.value for item in kind)
            raise self.fail(f"{name!r} is {value!r}; it must be one of {allowed}.") from error

    def period(self, name: str) -> Period | None:
        if name not in self.table:
            return None
        try:
            return Period.parse(self.text(name))
        except PeriodError as error:
            raise self.fail(f"{name!r}: {error}") from error
