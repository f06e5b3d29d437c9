"""The periods of each version, on the page and for programs."""

from __future__ import annotations

import pytest
from django.urls import reverse

from deadlines.bearings import periods_of
from tests.support.api import program_of
from tests.support.matters import make_case

pytestmark = [pytest.mark.django_db, pytest.mark.norm("C143")]

OLD = "2021-07-01"


@pytest.fixture
def page(client, cast):
    cast.handler.language = "en"
    cast.handler.save()
    client.force_login(cast.handler)
    return lambda **asked: client.get(reverse("rulebook"), asked)


def test_the_page_shows_the_periods_of_either_version(page):
    present, earlier = page().content.decode(), page(version=OLD).content.decode()
    assert "CPL 216" in present
    assert "CPL 212" in earlier
    assert "CPL 216" not in earlier
    assert f'href="?version={OLD}"' in present
    assert page(version="1999-01-01").status_code == 404


def test_the_page_marks_aliases_later_law_least_lengths_and_what_is_not_verified(page):
    text = page().content.decode()
    assert "same as P-30, P-31" in text
    assert "law since 2025-05-01" in text
    assert "15 days (at least; set by the decision)" in text
    assert text.count("not verified") == 4


def test_the_page_asks_the_database_only_who_reads_and_what_his_office_set(
    page, django_assert_max_num_queries
):
    page()
    with django_assert_max_num_queries(8):
        page()


def test_programs_read_either_version_and_every_number(cast):
    program = program_of(cast.auditor)
    assert program.ask("periods/P-29b-2/")["length"] == "P30D"
    alias = program.ask("periods/P-07/")
    assert (alias["alias_of"], alias["length"]) == (["P-30", "P-31"], None)
    assert program.ask("periods/P-75/")["since"] == "2025-05-01"
    assert program.ask("periods/P-34/", version=OLD)["article"] == "CPL 212"
    assert "P-75" not in {row["id"] for row in program.ask("periods/", version=OLD)}
    assert program.get("/api/v1/periods/?version=1999-01-01").status_code == 404
    assert program.get(f"/api/v1/periods/P-75/?version={OLD}").status_code == 404


def test_a_period_of_a_case_leads_to_the_version_it_is_kept_under(cast):
    case = make_case(cast)
    case.rulebook = OLD
    (bearing,) = periods_of(case, "protest_lodged")
    assert (bearing.article, bearing.link) == ("CPL 218", f"/deadlines/periods/?version={OLD}#P-35")
