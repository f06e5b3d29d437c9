"""What was asked of the database, prepared statements written out."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.prepared import ALL

# An argument of each kind a prepared question can have.
VALUES = {
    int: 7,
    str: "330106",
    list: [3, 5, 8],
    date: date(2026, 3, 1),
    datetime: datetime(2026, 3, 1, 16, tzinfo=UTC),
}
CALL = re.compile(r'EXECUTE "([^"]+)"')


def written_out(statement: str) -> str:
    """Return a statement; of one that was prepared its text."""
    called = CALL.match(statement)
    if called is None:
        return statement
    [question] = [each for each in ALL if each.name == called[1]]
    return question.text(*(VALUES[kind] for kind in question.kinds))[0]


class Questions(CaptureQueriesContext):
    """What the block asks of the database."""

    def __init__(self) -> None:
        super().__init__(connection)

    @property
    def texts(self) -> list[str]:
        return [written_out(each["sql"]) for each in self.captured_queries]
