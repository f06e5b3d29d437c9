"""The case card of a case that was sued, judged and is to be performed: what every room says on it."""

from __future__ import annotations

from datetime import datetime

import pytest

from audit import clock
from cases.models import Event
from cases.selectors.card import CardMark, card_of
from cases.services import corrections
from enforcement.models import LedgerEntry
from litigation.models import Claim
from tests.enforcement import scenes
from tests.support.cards import faults_of_sources, line, texts
from tests.support.matters import upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_performance():
    with clock.frozen(datetime(2026, 7, 20, 10)):
        yield


def test_the_card_of_a_judged_case_says_what_court_and_judgment_said(cast, case):
    said = {
        code: texts(cast.handler, case, code)
        for code in ("complaint_delivered", "court_case_number", "judgment_result", "effective_on")
    }
    assert said == {
        "complaint_delivered": ["2026-05-06"],
        "court_case_number": ["（2026）浙0192民初1号"],
        "judgment_result": ["All claims granted"],
        "effective_on": ["2026-07-10"],
    }
    claims = Claim.objects.filter(case=case, status="standing")
    assert texts(cast.handler, case, "claims") == [claim.text for claim in claims]
    court = line(cast.handler, case, "court")
    assert str(court.values[0].text).endswith("法院")
    assert court.demanded


def test_every_value_of_every_room_names_a_row_its_reader_finds(cast, case, client):
    row = scenes.owed(case, "EI-4")
    entry = scenes.pay(cast.handler, case, row)
    scenes.confirm(cast.assistant, case, entry)
    assert faults_of_sources(client, cast.handler, case) == []
    said = {line.item.room for line in card_of(cast.handler, case).lines if line.values}
    assert {"cases", "litigation", "enforcement", "deadlines"} <= said


def test_money_counts_once_a_second_person_has_confirmed_it(cast, case):
    assert texts(cast.handler, case, "money_owed") == ["100,000.00"]
    entry = scenes.pay(cast.handler, case, scenes.owed(case, "EI-4"), "40000")
    assert texts(cast.handler, case, "money_paid") == ["0.00"]
    scenes.confirm(cast.assistant, case, entry)
    assert texts(cast.handler, case, "money_paid") == ["40,000.00"]
    assert LedgerEntry.objects.count() == 1


def test_an_obligation_stands_with_its_state(cast, case):
    values = line(cast.handler, case, "obligations").values
    assert [str(value.note) for value in values] == ["Owed"] * 4
    scenes.perform(cast, case, scenes.owed(case, "EI-1"))
    values = line(cast.handler, case, "obligations").values
    assert [str(value.note) for value in values].count("Verified as performed") == 1


def test_a_corrected_number_of_the_court_shows_at_once(cast, case):
    accepted = Event.objects.get(case=case, kind="suit_accepted")
    data = {"legal_day": accepted.legal_day.isoformat(), "court_case_number": "（2026）浙01民初2号"}
    corrections.correct_event(
        actor=cast.handler,
        event=accepted,
        data=data,
        reason="案号误录。",
        files={"paper": upload()},
    )
    case.refresh_from_db()
    assert texts(cast.handler, case, "court_case_number") == ["（2026）浙01民初2号"]


def test_what_comes_after_the_present_state_is_not_demanded(cast, case):
    assert line(cast.handler, case, "enforcement_begun").mark == CardMark.NOT_DUE
    assert line(cast.handler, case, "obligations").demanded
