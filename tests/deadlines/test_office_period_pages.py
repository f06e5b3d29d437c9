"""The pages and the API of an office's own periods, and the mark they bear everywhere (law 6.1, P-15)."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from accounts.models import Role
from cases.services import recusals
from deadlines import services
from deadlines.models import OfficePeriod
from deadlines.services.office_periods import end
from procuracy.grants import NEVER_DELETED
from tests.deadlines.own_periods import BASIS, ENTRY, TITLE, enter_period
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import announce, ask_to_stand_aside, make_case
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
MARK = "Office's own rule"
LIST, NEW = "office_period_list", "office_period_create"
TYPED = asdict(ENTRY) | {"reminders": "7、3，1 0", "valid_from": "2026-03-02"}
SENT = asdict(ENTRY) | {"valid_from": "2026-03-02"}


@pytest.fixture
def case(cast):
    """A case whose announcement of 2 March 2026 started a period of law and one of the office."""
    case = make_case(cast)
    with on(2026, 3, 2):
        enter_period(cast.chief, start="announcement_published", met_by=[], cancelled_by=[])
        announce(case, date(2026, 3, 2))
    return case


@pytest.fixture
def signed_in(client):
    """Sign somebody in who reads English."""

    def login(person):
        person.language = "en"
        person.save()
        client.force_login(person)
        return client

    return login


@pytest.fixture
def shown(signed_in):
    """Return what a person reads at an address on a day of March 2026."""

    def read(person, address, day=2, status=200):
        with on(2026, 3, day):
            answer = signed_in(person).get(address)
        assert answer.status_code == status
        return unescape(answer.content.decode())

    return read


# --- the mark ------------------------------------------------------------------------------------


def test_every_list_of_deadlines_marks_it_once_and_no_period_of_law(shown, case, cast):
    for address in (
        reverse("deadline_list"),
        reverse("deadline_matter_list", args=[case.key]),
        reverse("deadline_detail", args=[case.deadlines.get(kind="office").pk]),
        case.get_absolute_url(),
    ):
        page = shown(cast.handler, address)
        assert f'<span class="tag plain">{MARK}</span>' in page, address
        assert BASIS in page, address
    law = shown(cast.handler, reverse("deadline_detail", args=[case.deadlines.get(rule="P-01").pk]))
    assert MARK not in law


def test_the_page_of_the_periods_of_law_shows_them_apart_to_their_office_alone(shown, case, cast):
    page = shown(cast.clerk, reverse("rulebook"))
    law, _heading, own = page.partition('id="own"')
    assert ("P-01" in law, TITLE in law, TITLE in own, MARK in own) == (True, False, True, True)
    assert TITLE not in shown(cast.stranger, reverse("rulebook"))


def test_the_calculator_offers_it_marked_to_its_office_alone(shown, case, cast):
    page = shown(cast.handler, reverse("deadline_calculator"))
    assert "N-01 Assessment of a lead (office's own rule)" in page
    asked = f"{reverse('deadline_calculator')}?start=2026-03-02&rule=N-01"
    answer = shown(cast.handler, asked)
    assert f'<span class="tag plain">{MARK}</span>' in answer
    assert ("Last day: 2026-03-12." in answer, BASIS in answer) == (True, True)
    assert "N-01" not in shown(cast.stranger, reverse("deadline_calculator"))
    shown(cast.stranger, asked, status=400)


def test_the_calculator_offers_none_that_has_ended(shown, case, cast):
    with on(2026, 3, 2):
        period = OfficePeriod.objects.get()
        end(actor=cast.chief, period=period, valid_to=date(2026, 3, 5), reason="办法修订")
    address = reverse("deadline_calculator")
    assert "N-01" in shown(cast.handler, address, day=5)
    assert "N-01" not in shown(cast.handler, address, day=6)
    assert 'id="own"' not in shown(cast.handler, reverse("rulebook"), day=6)


def test_the_api_marks_it_and_computes_it(case, cast):
    with on(2026, 3, 2):
        program = program_of(cast.handler)
        rows = program.ask("deadlines/", matter=case.key)["results"]
        marks = {row["rule"]: (row["kind"], row["own_rule"]) for row in rows}
        assert marks == {"N-01": ("office", True), "P-01": ("mandatory", False)}
        asked = program.ask("periods/compute/", start="2026-03-02", rule="N-01")
        assert asked["last_day"] == "2026-03-12"
        assert "N-01" not in {row["id"] for row in program.ask("periods/")}
        refused = program_of(cast.stranger).get(
            "/api/v1/periods/compute/?start=2026-03-02&rule=N-01"
        )
    assert refused.status_code == 400


# --- the pages -----------------------------------------------------------------------------------


def test_entering_shows_first_what_it_means_and_then_enters(signed_in, cast):
    client, address = signed_in(cast.head), reverse(NEW)
    with on(2026, 3, 2):
        assert 'name="enter"' not in client.get(address).content.decode()
        page = client.post(address, TYPED).content.decode()
        assert "Last day: 2026-03-12." in page
        assert "Nothing moves at once" in page
        assert not OfficePeriod.objects.exists()
        assert client.post(address, TYPED | {"enter": "1"}).status_code == 302
    row = OfficePeriod.objects.get()
    assert (row.office, row.entered_by, row.length) == (cast.office, cast.head, "P10D")
    assert row.reminders == [7, 3, 1, 0]
    assert row.met_by == ["case_filed", "filing_refused"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"length": "P0D"}, "at least one unit"),
        ({"length": "ten days"}, "This is no period that can be counted here"),
        ({"start": "nothing_such"}, "Select a valid choice"),
        ({"reminders": "three"}, "Write whole days with commas between them"),
        ({"reminders": "11"}, "A reminder 11 days before"),
        ({"valid_from": "2026-03-01"}, "A period concerns future events only"),
        ({"valid_from": "2026-02-30"}, "month 2 of 2026 has 28 days"),
        ({"basis": ""}, "This field is required"),
    ],
)
@pytest.mark.parametrize("button", [{}, {"enter": "1"}])
def test_the_page_says_what_is_wrong_and_enters_nothing(signed_in, cast, changes, says, button):
    with on(2026, 3, 2):
        answer = signed_in(cast.chief).post(reverse(NEW), TYPED | changes | button)
    assert answer.status_code == 400
    assert says in answer.content.decode()
    assert not OfficePeriod.objects.exists()


def test_the_chief_ends_it_with_a_reason_which_the_list_then_tells(signed_in, case, cast):
    client, row = signed_in(cast.chief), OfficePeriod.objects.get()
    address = reverse("office_period_end", args=[row.pk])
    with on(2026, 3, 5):
        assert "End N-01" in client.get(address).content.decode()
        assert client.post(address, {"valid_to": "2026-03-04", "reason": "修订"}).status_code == 400
        assert client.post(address, {"valid_to": "2026-03-05", "reason": ""}).status_code == 400
        assert client.post(address, {"valid_to": "2026-03-05", "reason": "修订"}).status_code == 302
        assert client.post(address, {"valid_to": "2026-03-06", "reason": "修订"}).status_code == 409
    with on(2026, 3, 6):
        page = client.get(reverse(LIST)).content.decode()
    assert ("修订" in page, cast.chief.name in page, ">Ended<" in page) == (True, True, True)


@pytest.mark.parametrize("who", ["handler", "clerk", "case_manager"])
def test_others_of_the_office_look_and_find_no_act(shown, signed_in, case, cast, who):
    person, row = getattr(cast, who), OfficePeriod.objects.get()
    page = shown(person, reverse(LIST))
    assert (TITLE in page, reverse(NEW) in page, "End it" in page) == (True, False, False)
    assert "completed by hand" in page
    for address in (reverse(NEW), reverse("office_period_end", args=[row.pk])):
        shown(person, address, status=404)
        assert signed_in(person).post(address, {}).status_code == 404


def test_another_office_finds_nothing(shown, signed_in, case, cast):
    chief = make_user(cast.other_office, Role.CHIEF)
    row = OfficePeriod.objects.get()
    assert TITLE not in shown(chief, reverse(LIST))
    address = reverse("office_period_end", args=[row.pk])
    shown(chief, address, status=404)
    typed = {"valid_to": "2026-03-05", "reason": "修订"}
    assert signed_in(chief).post(address, typed).status_code == 404
    program = program_of(chief)
    assert program.ask("office-periods/")["results"] == []
    assert program.get(f"/api/v1/office-periods/{row.pk}/").status_code == 404
    assert program.send(f"office-periods/{row.pk}/end/", typed).status_code == 404


def test_a_recused_head_sees_the_rule_but_no_longer_the_deadline_of_the_case(shown, case, cast):
    address = reverse("deadline_detail", args=[case.deadlines.get(kind="office").pk])
    assert BASIS in shown(cast.head, address)
    with on(2026, 3, 2):
        recusal = ask_to_stand_aside(cast, case, cast.head)
        recusals.decide_recusal(actor=cast.chief, recusal=recusal, granted=True, reason="属实")
    assert TITLE in shown(cast.head, reverse(LIST))
    shown(cast.head, address, status=404)


def test_the_list_asks_the_same_number_of_queries_however_long_it_is(
    signed_in, cast, django_assert_max_num_queries
):
    with on(2026, 3, 2):
        for number in range(4):
            enter_period(cast.chief, title_zh=f"期限{number}")
        client = signed_in(cast.clerk)
        client.get(reverse(LIST))
        with django_assert_max_num_queries(12):
            assert client.get(reverse(LIST)).status_code == 200
        with django_assert_max_num_queries(12):
            assert client.get(reverse("rulebook")).status_code == 200


# --- the API -------------------------------------------------------------------------------------


def test_a_program_enters_and_ends_in_the_name_of_its_person(cast):
    with on(2026, 3, 2):
        program = program_of(cast.head)
        answer = program.send("office-periods/", SENT)
        assert answer.status_code == 201, answer.content
        entered = answer.json()
        assert (entered["code"], entered["kind"], entered["basis"]) == ("N-01", "office", BASIS)
        assert program.ask(f"office-periods/{entered['id']}/") == entered
        ending = {"valid_to": "2026-03-09", "reason": "办法修订"}
        ended = program.send(f"office-periods/{entered['id']}/end/", ending)
        assert ended.json()["valid_to"] == "2026-03-09"
        again = program.send(f"office-periods/{entered['id']}/end/", ending)
    assert again.status_code == 409
    assert again.json()["code"] == "already_ended"


def test_office_author_number_and_end_are_never_taken_from_a_request(cast):
    hostile = {
        "office": cast.other_office.pk, "number": 9, "code": "N-09", "entered_by": cast.stranger.pk,
        "entered_at": "2020-01-01T00:00:00Z", "valid_to": "2026-03-02", "ended_by": cast.stranger.pk,
        "end_reason": "x", "kind": "mandatory", "id": 77, "pk": 77,
    }  # fmt: skip
    with on(2026, 3, 2):
        program = program_of(cast.head)
        assert program.send("office-periods/", hostile | SENT).status_code == 201
        row = OfficePeriod.objects.get()
        assert (row.office, row.number, row.entered_by) == (cast.office, 1, cast.head)
        assert (row.valid_to, row.ended_by, row.entered_at.year) == (None, None, 2026)
        ending = hostile | {"valid_to": "2026-03-02", "reason": "误录"}
        assert program.send(f"office-periods/{row.pk}/end/", ending).status_code == 200
        for method in ("put", "patch", "delete"):
            assert program.send(f"office-periods/{row.pk}/", SENT, method=method).status_code == 405
    row.refresh_from_db()
    assert (row.office, row.ended_by, row.end_reason) == (cast.office, cast.head, "误录")


def test_a_program_of_somebody_else_of_the_office_is_refused_with_who_may(cast):
    with on(2026, 3, 2):
        answer = program_of(cast.case_manager).send("office-periods/", SENT)
    assert answer.status_code == 409
    assert "The chief procurator or a department head" in answer.json()["title"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"length": "P0D"}, "length"),
        ({"start": "nothing_such"}, "start"),
        ({"reminders": [11]}, "reminders"),
        ({"valid_from": "2026-03-01"}, "valid_from"),
    ],
)
def test_bad_input_of_a_program_names_its_field(cast, changes, field):
    with on(2026, 3, 2):
        answer = program_of(cast.chief).send("office-periods/", SENT | changes)
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == [field]


def test_the_application_may_not_delete_a_period():
    assert "deadlines_officeperiod" in NEVER_DELETED


def test_the_sweep_tells_nobody_of_a_period_that_has_not_lapsed(case, cast):
    with on(2026, 3, 12, 23):
        assert services.lapse_due() == 0
