"""The pages on which people record about a single clock."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from deadlines import by_hand
from deadlines.models import DeadlineState
from tests.support.days import on
from tests.support.matters import happen, make_case, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return make_case(cast)


def address(case, kind=by_hand.BEGUN):
    return reverse("clock_record", args=[case.key, kind])


def test_a_period_is_begun_and_completed_on_the_pages(client, cast, case):
    client.force_login(cast.handler)
    begun = {"period": "P-10", "legal_day": "2026-04-01", "event_text": "收到委托函"}
    with on(2026, 4, 2):
        page = client.get(reverse("deadline_matter_list", args=[case.key]))
        assert address(case) in page.text
        assert "P-10" in client.get(address(case)).text
        client.post(address(case), begun | {"paper": upload()})
        row = case.deadlines.get()
        page = client.get(reverse("deadline_detail", args=[row.pk]))
    link = f"{address(case, by_hand.COMPLETED)}?clock=P-10:{row.start_event_id}"
    assert link in page.text
    with on(2026, 4, 9):
        assert f'value="P-10:{row.start_event_id}" selected' in client.get(link).text
        facts = {
            "clock": f"P-10:{row.start_event_id}",
            "outcome": "done",
            "result": "已回函",
            "legal_day": "2026-04-09",
        }
        answer = client.post(
            address(case, by_hand.COMPLETED), facts | {"paper": upload("回函.pdf")}
        )
        assert answer.status_code == 302
        page = client.get(reverse("deadline_detail", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == DeadlineState.MET
    assert "回函.pdf" in page.text


def test_bad_facts_are_answered_at_their_field_and_nothing_is_recorded(client, cast, case):
    client.force_login(cast.handler)
    with on(2026, 4, 2):
        answer = client.post(address(case), {"period": "P-10", "legal_day": "2026-04-31"})
    assert answer.status_code == 400
    assert not case.deadlines.exists()


def test_a_kind_that_concerns_no_clock_has_no_page_here(client, cast, case):
    client.force_login(cast.handler)
    assert client.get(address(case, "case_filed")).status_code == 404
    assert client.get(address(case, "completion_refused")).status_code == 404


@pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("colleague", 404), ("head", 409)])
def test_nobody_outside_the_team_records_about_a_clock(client, cast, case, who, status):
    client.force_login(getattr(cast, who))
    begun = {"period": "P-10", "legal_day": "2026-04-01", "event_text": "收到", "paper": upload()}
    with on(2026, 4, 2):
        answer = client.post(address(case), begun)
    assert answer.status_code == status
    assert not case.deadlines.exists()


def test_a_deadline_others_have_offers_what_fits_it_and_no_more(client, cast, case):
    with on(2026, 4, 2):
        happen(case, "suit_accepted", date(2026, 4, 2))
        client.force_login(cast.handler)
        pages = {
            rule: client.get(
                reverse("deadline_detail", args=[case.deadlines.get(rule=rule).pk])
            ).text
            for rule in ("P-21", "P-27")
        }
    assert all(by_hand.OBSTACLE in page for page in pages.values())
    # A court may leave a service undone; the end of the trial is judged by guards and needs its event.
    assert [by_hand.COMPLETED in page for page in pages.values()] == [True, False]
