"""The migrations that made words to search by run where there is something to make them of."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from cases.models import CaseWords
from exchange import services
from exchange.models import Paper
from tests.exchange.test_register import register
from tests.procuracy.test_search_by_number import accepted, corrected
from tests.support.matters import make_case

pytestmark = pytest.mark.slow
# As the events and papers stood before there were such words.
BEFORE = (("litigation", "0008"), ("exchange", "0003"))


def migrate(*target: str) -> None:
    call_command("migrate", *target, database="owner", verbosity=0, interactive=False)
    connection.close()


def words(case) -> str:
    return str(CaseWords.objects.get(case=case).text)


def test_what_was_recorded_before_is_found_by_the_words_there_are_since(committed_db, cast):
    case, other = make_case(cast), make_case(cast)
    event = accepted(cast, case)
    corrected(case, event, court_case_number="（2026）浙0192民初13号")
    register(cast.clerk)
    services.close_paper(actor=cast.clerk, paper=register(cast.clerk), reason="无关")
    after = {paper.pk: paper.initials for paper in Paper.objects.all()}
    assert all(after.values())
    present, without = words(case), words(other)

    for room, name in BEFORE:
        migrate(room, name)
    assert words(case) != present
    assert words(other) == without
    migrate()

    assert words(case) == present
    assert words(other) == without
    assert {paper.pk: paper.initials for paper in Paper.objects.all()} == after
    # What was registered is kept again.
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgenabled FROM pg_trigger WHERE tgname = 'paper_stays_as_registered'"
        )
        assert cursor.fetchall() == [("O",)]
