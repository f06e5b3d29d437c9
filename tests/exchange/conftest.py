"""A case whose announcement is out, and papers that come in for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest

from cases.models import Case
from exchange import services
from exchange.models import Paper
from tests.support.days import on
from tests.support.matters import announced_case, set_full_team, upload
from tests.support.people import Cast

FACTS: dict[str, Any] = {
    "direction": "in",
    "medium": "email",
    "correspondent": "江州市消费者权益保护委员会",
    "subject": "关于公告的复函",
    "their_number": "江消函〔2026〕3号",
    "day": date(2026, 3, 9),
    "time": time(19, 40),
}
# What the step asks for beside the paper itself (T13).
REPLY = {
    "replier": "eligible",
    "name": "江州市消费者权益保护委员会",
    "intention": "will_not",
    "content": "本会不提起诉讼。",
}


def register(actor: Any, *, matter: Any = None, files: Any = None, **changes: Any) -> Paper:
    """Register a paper as `actor`; `changes` replace facts of the reply that came by e-mail."""
    return services.register_paper(
        actor=actor, facts=FACTS | changes, uploads=files or [upload("复函.txt")], matter=matter
    )


@pytest.fixture(autouse=True)
def tenth_of_march() -> Iterator[None]:
    with on(2026, 3, 10):
        yield


@pytest.fixture
def case(cast: Cast) -> Case:
    """Announced on 2 March 2026, with a full team."""
    case = announced_case(cast, date(2026, 3, 2))
    set_full_team(cast, case)
    case.refresh_from_db()
    return case


@pytest.fixture
def paper(cast: Cast, case: Case) -> Paper:
    """A reply that came in the evening before and belongs to the case."""
    return register(cast.clerk, matter=case)
