"""The first judgment: record, service, effect, operative items (T36, T38; law 3.7)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.errors import Invalid, Refusal
from cases.models import Task
from cases.registries import machines
from cases.services import corrections
from cases.states import CaseState
from deadlines.models import Deadline, DeadlineState
from litigation import selectors
from litigation.models import OperativeItem
from litigation.services.effectiveness import ask_for_effect
from tests.litigation import suit
from tests.litigation.suit import deadline
from tests.support.days import on
from tests.support.guards import codes
from tests.support.matters import force, record, upload

pytestmark = pytest.mark.django_db
SERVED = "2026-06-24"


@pytest.fixture(scope="session")
def stage(judged_stage):
    """Every test of this file begins with the case of `judged`."""
    return judged_stage


@pytest.fixture(scope="module", autouse=True)
def brought_so_far(room) -> None:
    """The tests work in a clone of the stage."""


def serve(cast, case, party: str, day: str = SERVED):
    return record(
        cast.handler, case, "S19", {"legal_day": day, "party": party}, {"paper": upload()}
    )


# --- judgment, service, record -------------------------------------------------------------------


JUDGMENT = {
    "legal_day": "2026-06-22",
    "judgment_number": "（2026）浙0192民初1号",
    "result": "granted",
    "pronounced_publicly": "on",
    "operative_part": "一、停止侵害；二、赔偿十万元。",
}


def test_a_judgment_follows_a_closed_debate_and_is_pronounced_in_public(cast):
    with on(2026, 6, 22):
        case = suit.in_trial(cast)
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "T36", JUDGMENT, {"paper": upload()})
        assert codes(refused) == ["debate_closed"]
        force(case, "S18", date(2026, 6, 15), actor=cast.handler, debate_closed=True)
        secret = {key: value for key, value in JUDGMENT.items() if key != "pronounced_publicly"}
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "T36", secret, {"paper": upload()})
        assert codes(refused) == ["pronounced_in_public"]
        record(cast.handler, case, "T36", JUDGMENT, {"paper": upload()})
    judgment = suit.judgment_of(case)
    assert (judgment.instance, judgment.number) == ("first", JUDGMENT["judgment_number"])
    assert judgment.effective_on is None


@pytest.mark.norm("C068")
def test_the_judgment_is_reported_within_three_days_of_its_receipt(judged, cast):
    serve(cast, judged, str(suit.defendants(judged)[0].pk))
    assert not Deadline.objects.filter(case=judged, rule="P-05").exists()
    serve(cast, judged, "office")
    assert deadline(judged, "P-05").effective_day == date(2026, 6, 29)
    facts = {"legal_day": SERVED, "recipient": "江州市人民检察院"}
    record(cast.handler, judged, "S29", facts, {"paper": upload()})
    assert deadline(judged, "P-05").state == DeadlineState.MET
    with pytest.raises(Refusal) as refused:
        record(cast.handler, judged, "S29", facts, {"paper": upload()})
    assert codes(refused) == ["judgment_not_reported"]


def rejected(cast, case, day: str):
    facts = {
        "legal_day": day,
        "rejection": "not_accepted" if case.state == CaseState.SUIT_SUBMITTED else "dismissed",
        "ruling_number": "（2026）浙0192民初1号",
        "reason": "被告不明确",
    }
    return record(cast.handler, case, "T23", facts, {"ruling": upload()})


@pytest.mark.norm("C068")
def test_a_ruling_that_ends_the_suit_is_reported_within_three_days_of_its_receipt(cast):
    facts = {"legal_day": "2026-05-13", "recipient": "江州市人民检察院"}
    with on(2026, 5, 13):
        case = suit.suit_delivered(cast)
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "S29", facts, {"paper": upload()})
        assert codes(refused) == ["judgment_not_reported"]
        rejected(cast, case, "2026-05-12")
        assert deadline(case, "P-05").effective_day == date(2026, 5, 15)
        record(cast.handler, case, "S29", facts, {"paper": upload()})
        assert deadline(case, "P-05").state == DeadlineState.MET
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "S29", facts, {"paper": upload()})
        assert codes(refused) == ["judgment_not_reported"]


@pytest.mark.parametrize("way", [("T52",), ("T52-2", "T65", "T19"), ("T52-2", "T65", "T20")])
def test_a_ruling_whose_report_was_forgotten_is_reported_wherever_the_case_has_gone(cast, way):
    elsewhere = cast.stranger.office_id
    transfer = {
        "target_office": elsewhere,
        "competent_court": suit.internet_court().pk,
        "transfer_ground": "管辖",
    }
    with on(2026, 6, 1):
        case = suit.suit_delivered(cast)
        rejected(cast, case, "2026-05-12")
        for code in way:
            given = transfer if code == "T20" else {}
            force(case, code, date(2026, 5, 26), actor=cast.handler, **given)
        facts = {"legal_day": "2026-06-01", "recipient": "江州市人民检察院"}
        record(cast.handler, case, "S29", facts, {"paper": upload()})
        assert deadline(case, "P-05").state == DeadlineState.MET


def test_a_report_is_possible_from_every_state_in_which_a_case_is_closed():
    declarations = machines["case"].declarations.values()
    closing = {s for item in declarations if item.target == CaseState.CLOSED for s in item.sources}
    assert closing <= set(machines["case"].declarations["S29"].sources)


@pytest.mark.norm("C069")
def test_two_defendants_served_on_different_days_have_two_clocks_and_effect_waits_for_the_last(
    cast,
):
    with on(2026, 6, 24):
        case = suit.suit_decided(cast)
        suit.second_defendant(cast, case)
    with on(2026, 7, 8):
        force(case, "T22", suit.DELIVERED, actor=cast.handler, court=suit.internet_court().pk)
        for code, day in (("T24", "05-08"), ("T25", "05-12"), ("T29", "06-08"), ("T36", "06-22")):
            facts = {"judgment_number": "1"} if code == "T36" else {}
            force(case, code, date.fromisoformat(f"2026-{day}"), actor=cast.handler, **facts)
        first, second = suit.defendants(case)
        serve(cast, case, "office", "2026-06-24")
        serve(cast, case, str(first.pk), "2026-06-24")
        serve(cast, case, str(second.pk), "2026-07-08")
        days = {
            key: selectors.period_of_party(case, "P-30", key).effective_day
            for key in ("office", str(first.pk), str(second.pk))
        }
        assert days == {
            "office": date(2026, 7, 9),
            str(first.pk): date(2026, 7, 9),
            str(second.pk): date(2026, 7, 23),
        }
        clocks = Deadline.objects.filter(case=case, rule="P-30").order_by("effective_day", "id")
        owners = [case.office.name, first.name, second.name]
        assert [row.about for row in clocks] == owners, "each says whose it is"
    with on(2026, 7, 23), pytest.raises(Refusal) as refused:
        record(cast.handler, case, "T38", {"legal_day": "2026-07-10"})
    assert codes(refused) == ["appeal_periods_over"]
    assert "2026-07-23" in refused.value.unmet[0].message
    with on(2026, 7, 24):
        record(cast.handler, case, "T38", {"legal_day": "2026-07-24"})
    assert suit.judgment_of(case).effective_on == date(2026, 7, 24)


@pytest.mark.norm("C069")
def test_nothing_takes_effect_before_every_party_was_served(judged, cast):
    serve(cast, judged, "office")
    with on(2026, 7, 20), pytest.raises(Refusal) as refused:
        record(cast.handler, judged, "T38", {"legal_day": "2026-07-10"})
    assert codes(refused) == ["served_on_every_party"]
    assert "某科技有限公司" in refused.value.unmet[0].message


def test_a_judgment_is_served_once_on_a_party(judged, cast):
    serve(cast, judged, "office")
    with pytest.raises(Refusal) as refused:
        serve(cast, judged, "office")
    assert codes(refused) == ["judgment_served_once"]


@pytest.mark.norm("C138")
def test_a_party_abroad_has_thirty_days_to_appeal(cast):
    with on(2026, 6, 24):
        case = suit.suit_decided(cast)
        abroad = suit.second_defendant(cast, case, abroad=True)
        for code in ("T22", "T24", "T25", "T29"):
            force(case, code, date(2026, 5, 12), actor=cast.handler)
        force(case, "T36", date(2026, 6, 22), actor=cast.handler, judgment_number="1")
        serve(cast, case, str(abroad.pk))
        assert selectors.period_of_party(case, "P-30", str(abroad.pk)).effective_day == date(
            2026, 7, 24
        )


def test_the_handler_is_asked_to_confirm_the_effect_once_every_period_is_over(cast):
    with on(2026, 6, 24):
        case = suit.judged(cast)
        suit.served(cast, case, date(2026, 6, 24))
    with on(2026, 7, 9):
        assert ask_for_effect() == 0
    with on(2026, 7, 10):
        assert ask_for_effect() == 1
        assert ask_for_effect() == 0
        task = Task.objects.get(case=case, kind="judgment_to_become_effective")
        assert task.owner == cast.handler
        case.refresh_from_db()
        assert case.state == CaseState.JUDGED_FIRST
        record(cast.handler, case, "T38", {"legal_day": "2026-07-10"})
        task.refresh_from_db()
        assert task.state == "done"


# --- operative items -----------------------------------------------------------------------------


def item(cast, case, **facts):
    given = {
        "judgment": suit.judgment_of(case).pk,
        "kind": "K8",
        "text": "连带赔偿公益损害十万元。",
        "amount": "100000",
        "obligee": "国库",
        "due_days": 10,
    }
    event = record(cast.handler, case, "S20", given | facts)
    return OperativeItem.objects.get(event=event)


@pytest.mark.norm("C152")
def test_an_operative_item_says_what_is_owed_to_whom_until_when(judged, cast):
    row = item(cast, judged)
    assert (row.number, row.amount, row.due_days) == (1, 100000, 10)
    both = {"due_on": "2026-08-01"}
    with pytest.raises(Invalid) as refused:
        item(cast, judged, **both)
    assert "due_on" in refused.value.errors
    with pytest.raises(Invalid) as refused:
        item(cast, judged, amount="")
    assert "amount" in refused.value.errors


def test_a_wrong_item_is_struck_and_kept(judged, cast):
    row = item(cast, judged)
    record(cast.handler, judged, "S21", {"item": row.pk, "reason": "重复录入"})
    row.refresh_from_db()
    assert row.struck_by is not None
    assert not selectors.standing_items(judged).exists()


def test_the_database_refuses_two_standing_judgments_of_one_instance(judged):
    first = suit.judgment_of(judged)
    first.pk, first._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_an_annulled_judgment_is_set_aside_by_its_annulment(judged, cast):
    row = suit.judgment_of(judged)
    corrections.annul_transition(actor=cast.chief, event=row.event, reason="误录")
    judged.refresh_from_db()
    row.refresh_from_db()
    assert judged.state == CaseState.TRIAL
    assert row.set_aside_by.annuls == row.event
