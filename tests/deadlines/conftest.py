"""What several tests of deadlines begin with."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from accounts.models import User
from cases.models import Case
from deadlines.models import Deadline
from tests.support.days import on
from tests.support.matters import announce, make_case


@pytest.fixture
def case(cast) -> Case:
    """A case whose announcement others may answer until 7 April 2026 (P-01)."""
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    return case


@pytest.fixture
def running(case) -> Deadline:
    """The period of the announcement."""
    return Deadline.objects.get(case=case, rule="P-01")


@pytest.fixture
def with_mailbox() -> Callable[..., User]:
    """Give a person an address for e-mails, and the language he reads them in where one is named."""

    def give(person: User, *, language: str = "") -> User:
        person.email = f"{person.pk}@example.test"
        person.language = language or person.language
        person.save()
        return person

    return give
