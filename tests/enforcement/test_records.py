"""Obligations, money and the archive: two persons, nothing changed afterwards, no file that differs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import Error, IntegrityError, connection, transaction

from audit.errors import Invalid, NotPermitted, Refusal
from cases.models import Event, Task
from cases.services import acts, corrections
from cases.workplace import event_entries
from documents.store import path_of
from enforcement import selectors
from enforcement.models import LedgerCheck, LedgerEntry, Obligation, Performance
from enforcement.soundness import obligations_follow
from tests.enforcement import scenes
from tests.enforcement.scenes import owed
from tests.support.days import on
from tests.support.guards import codes
from tests.support.matters import force, record, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with on(2026, 8, 17):
        yield


# --- obligations -----------------------------------------------------------------------------------


def test_whoever_logged_a_performance_neither_verifies_nor_refuses_it(cast, case):
    row = owed(case, "EI-1")
    scenes.log(cast.handler, case, row)
    with pytest.raises(Refusal) as refused:
        scenes.verify(cast.handler, case, row)
    assert codes(refused) == ["checked_by_a_second_person"]
    held = Performance.objects.get()
    held.outcome, held.checked_by, held.check_event = "verified", cast.handler, held.event
    whole = "performance_checked_by_a_second_person"
    with pytest.raises(IntegrityError, match=whole), transaction.atomic():
        held.save()
    scenes.verify(cast.assistant, case, row)
    row.refresh_from_db()
    assert row.state == "verified"
    held.refresh_from_db()
    assert held.checked_by == cast.assistant


def test_a_refused_performance_is_owed_as_before(cast, case):
    row = owed(case, "EI-3")
    for back in ("pending", "enforcing"):
        scenes.log(cast.handler, case, row)
        given = {"obligation": row.pk, "legal_day": "2026-08-17", "findings": "媒体不符。"}
        record(cast.assistant, case, "S32", given, {"record": upload("核实笔录.txt")})
        row.refresh_from_db()
        assert row.state == back
        if back == "pending":
            scenes.enforce(cast.handler, case, row)
            row.refresh_from_db()
    assert [line.event.kind for line in selectors.history_of(row)] == [
        "obligation_entered",
        *("performance_recorded", "performance_refused", "enforcement_begun"),
        *("performance_recorded", "performance_refused"),
    ]


def test_an_obligation_moves_only_with_its_event_and_along_its_edges(case):
    row = owed(case, "EI-1")
    refused = "cannot change from pending to verified"
    with pytest.raises(IntegrityError, match=refused), transaction.atomic():
        Obligation.objects.filter(pk=row.pk).update(state="verified")
    with pytest.raises(AttributeError):
        row.state = "verified"


@pytest.mark.norm("C148")
@pytest.mark.parametrize(
    ("evidence", "missing"),
    [
        (["certificate", "logs"], "Statement from sub-processors"),
        (["logs", "sub_processors"], "Deletion certificate"),
        (["certificate", "sub_processors", "sample"], "System logs"),
        (["certificate", "logs", "sub_processors"], ""),
        (["retention"], ""),
    ],
)
def test_a_deletion_is_verified_by_certificate_logs_and_sub_processors_or_by_its_exception(
    cast, case, evidence, missing
):
    row = owed(case, "EI-1")
    scenes.log(cast.handler, case, row, evidence=evidence, retention_ground="法定保存期限未满。")
    if not missing:
        scenes.verify(cast.assistant, case, row)
        return
    with pytest.raises(Refusal) as refused:
        scenes.verify(cast.assistant, case, row)
    assert codes(refused) == ["evidence_is_complete"]
    assert missing in refused.value.unmet[0].message
    assert "PIPL 47" in refused.value.unmet[0].message


def test_an_exception_from_deletion_states_its_ground(cast, case):
    with pytest.raises(Invalid) as refused:
        scenes.log(cast.handler, case, owed(case, "EI-1"), evidence=["retention"])
    assert "PIPL 47" in str(refused.value.errors["retention_ground"])


def test_a_performance_is_not_of_tomorrow_and_needs_its_paper(cast, case):
    row = owed(case, "EI-1")
    with pytest.raises(Invalid) as refused:
        scenes.log(cast.handler, case, row, "2026-08-18")
    assert "performed_on" in refused.value.errors
    given = {"obligation": row.pk, "legal_day": "2026-08-17", "performed_on": "2026-08-17"}
    with pytest.raises(Invalid) as refused:
        record(cast.handler, case, "S30", given | {"account": "已删。", "evidence": ["logs"]})
    assert "papers" in refused.value.errors
    assert not Performance.objects.exists()


@pytest.mark.norm("C149")
def test_a_failed_test_of_an_order_asks_for_a_request_to_the_court(cast, case):
    row = owed(case, "EI-2")
    facts = {
        "obligation": row.pk, "legal_day": "2026-08-17", "method": "app", "passed": "no",
        "findings": "仍在收集。",
    }  # fmt: skip
    event = record(cast.handler, case, "S33", facts, {"report": upload()})
    task = Task.objects.get(case=case, kind=f"order_broken:{row.pk}")
    assert (task.owner, task.article, task.event) == (cast.handler, "CPL 114", event)
    assert event.proofs.count() == 1
    scenes.log(cast.handler, case, row)
    with pytest.raises(Refusal) as refused:
        scenes.verify(cast.assistant, case, row)
    assert codes(refused) == ["no_failed_test"]
    record(cast.handler, case, "S33", facts | {"passed": "yes"}, {"report": upload()})
    scenes.verify(cast.assistant, case, row)


def test_what_others_rely_on_is_not_corrected(cast, case):
    event = scenes.log(cast.handler, case, owed(case, "EI-1"))
    with pytest.raises(NotPermitted) as refused:
        corrections.correct_event(actor=cast.handler, event=event, data={}, reason="误录")
    assert refused.value.code == "needs_counter_act"
    assert "log it again" in str(refused.value.message)


def test_the_timeline_tells_each_act_once(cast, case):
    scenes.log(cast.handler, case, owed(case, "EI-1"))
    told = [entry.title for entry in event_entries(case, cast.handler)]
    assert told.count("Performance logged") == 1
    assert "Obligation moved" not in told
    assert Event.objects.filter(case=case, kind="obligation_moved").count() == 1


@pytest.mark.norm("C152")
def test_an_obligation_ends_in_a_way_of_the_enforcement_rules_that_is_final(cast, case):
    row = owed(case, "EI-1")
    scenes.enforce(cast.handler, case, row)
    given = {"obligation": row.pk, "ground": "终结。", "legal_day": "2026-08-17"}
    for way in ("round", "enforced", "given_up", ""):
        with pytest.raises(Invalid) as refused:
            record(cast.handler, case, "S34", given | {"way": way}, {"ruling": upload()})
        assert "way" in refused.value.errors
    record(cast.handler, case, "S34", given | {"way": "not_enforced"}, {"ruling": upload()})
    row.refresh_from_db()
    assert (row.state, row.get_way_display()) == ("ended", "Not enforced")


# --- court -----------------------------------------------------------------------------------------


@pytest.mark.norm("C081")
@pytest.mark.norm("C082")
@pytest.mark.norm("C083")
def test_what_a_measure_costs_is_owed_beside_once_a_second_person_has_confirmed_it(cast, case):
    apology = owed(case, "EI-3")
    scenes.enforce(cast.handler, case, apology)
    given = {
        "measure": "publication", "obligation": apology.pk, "amount": "5000", "content": "法院刊登。",
        "legal_day": "2026-08-17",
    }  # fmt: skip
    record(cast.handler, case, "S37", given, {"paper": upload()})
    entry = LedgerEntry.objects.get(obligation=apology)
    assert (entry.kind, entry.amount, entry.authority) == ("cost", Decimal(5000), "CC 1000")
    assert balance(case, apology).owed == 0
    scenes.confirm(cast.assistant, case, entry)
    assert balance(case, apology).owed == 5000
    delay = given | {"measure": "delay_money", "amount": "120.50"}
    record(cast.handler, case, "S37", delay, {"paper": upload()})
    assert LedgerEntry.objects.get(kind="delay").amount == Decimal("120.50")
    record(cast.handler, case, "S36", {"legal_day": "2026-08-17"}, {"paper": upload()})
    assert case.deadlines.get(rule="P-41").state == "met"


@pytest.mark.norm("C085")
def test_supervision_of_the_court_goes_to_another_department(cast, case):
    scenes.enforce(cast.handler, case, owed(case, "EI-1"))
    given = {
        "department": cast.department.pk, "receiver": cast.handler.pk, "matter_of": "拖延。",
        "legal_day": "2026-08-17",
    }  # fmt: skip
    with pytest.raises(Invalid) as refused:
        record(cast.handler, case, "S39", given, {"paper": upload()})
    assert {"department", "receiver"} <= set(refused.value.errors)


# --- money -----------------------------------------------------------------------------------------


def balance(case, row):
    found = [item for item in selectors.balances(case) if item.obligation == row]
    return found[0] if found else selectors._balance(row, [])


def test_money_counts_once_a_second_person_has_confirmed_it(cast, case):
    row = owed(case, "EI-4")
    entry = scenes.pay(cast.handler, case, row, "40000")
    assert balance(case, row).paid == 0
    with pytest.raises(Refusal) as refused:
        scenes.confirm(cast.handler, case, entry)
    assert codes(refused) == ["entry_checked_by_a_second_person"]
    scenes.confirm(cast.assistant, case, entry)
    held = balance(case, row)
    assert (held.paid, held.left, held.balanced) == (40000, 60000, False)


@pytest.mark.parametrize("who", ["handler", "assistant"])
def test_the_database_holds_two_persons_apart(cast, case, who):
    entry = scenes.pay(cast.handler, case, owed(case, "EI-4"))
    named = {"recorded_by": getattr(cast, who), "checked_by": cast.handler}
    with pytest.raises(IntegrityError, match="ledger_check"), transaction.atomic():
        LedgerCheck.objects.create(entry=entry, confirmed=True, event=entry.event, **named)


def test_nothing_in_the_ledger_is_changed(cast, case):
    entry = scenes.pay(cast.handler, case, owed(case, "EI-4"))
    for statement in (
        "UPDATE enforcement_ledgerentry SET amount = 1",
        "DELETE FROM enforcement_ledgerentry",
    ):
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    entry.refresh_from_db()
    assert entry.amount == 100000


def test_a_wrong_entry_is_taken_back_by_another(cast, case):
    row = owed(case, "EI-4")
    wrong = scenes.pay(cast.handler, case, row, "10000")
    scenes.confirm(cast.assistant, case, wrong)
    with pytest.raises(Invalid) as refused:
        scenes.pay(cast.handler, case, row, "9000", takes_back=wrong.pk)
    assert "amount" in refused.value.errors
    back = scenes.pay(cast.handler, case, row, "10000", takes_back=wrong.pk)
    assert balance(case, row).paid == 10000
    scenes.confirm(cast.assistant, case, back)
    assert balance(case, row).paid == 0
    with pytest.raises(Invalid):
        scenes.pay(cast.handler, case, row, "10000", takes_back=wrong.pk)  # only once


def test_money_in_the_account_of_the_court_is_passed_on(cast, case):
    row = owed(case, "EI-4")
    scenes.confirm(cast.assistant, case, scenes.pay(cast.handler, case, row, account_type="court"))
    assert (balance(case, row).left, balance(case, row).held) == (0, 100000)
    with pytest.raises(Invalid) as refused:
        scenes.pay(cast.handler, case, row, kind="passed_on", account_type="court")
    assert "account_type" in refused.value.errors
    passed = scenes.pay(cast.handler, case, row, kind="passed_on", account_type="fund")
    scenes.confirm(cast.assistant, case, passed)
    assert balance(case, row).balanced


def test_a_refused_entry_has_its_reason_and_does_not_count(cast, case):
    row = owed(case, "EI-4")
    entry = scenes.pay(cast.handler, case, row)
    with pytest.raises(Invalid) as refused:
        scenes.confirm(cast.assistant, case, entry, decision="refuse")
    assert "reason" in refused.value.errors
    scenes.confirm(cast.assistant, case, entry, decision="refuse", reason="金额与回单不符。")
    assert balance(case, row).paid == 0
    assert selectors.unchecked_entries(case) == 0


# --- archive ---------------------------------------------------------------------------------------


@pytest.fixture
def closed(cast, case):
    for row in case.obligations.all():
        scenes.perform(cast, case, row)
    scenes.confirm(cast.assistant, case, scenes.pay(cast.handler, case, owed(case, "EI-4")))
    scenes.papers(cast, case, "D-67", "D-85")
    force(case, "T42", date(2026, 8, 17), actor=cast.handler)
    force(case, "T50", date(2026, 8, 17), actor=cast.head)
    return case


def spoil(case) -> str:
    """Change a stored file of the case behind the back of the record."""
    digest = case.attachments.first().sha256
    place = path_of(digest)
    place.chmod(0o600)
    place.write_bytes(b"changed")
    return digest


ARCHIVING = {"legal_day": "2026-08-17", "archive_number": "2026-1", "retention": "30"}


@pytest.mark.norm("C123")
def test_the_index_lists_every_file_with_its_digest_and_the_manifest_says_the_same(cast, closed):
    record(cast.case_manager, closed, "S43", {})
    index = selectors.latest_index(closed)
    pieces = selectors.pieces_of(closed)
    assert len(pieces) > 5
    assert index.entries.count() == len(pieces)
    manifest = path_of(index.manifest).read_text()
    for _volume, _number, piece in pieces:
        assert piece.sha256 in manifest
    assert cast.handler.name not in manifest


@pytest.mark.norm("C123")
@pytest.mark.parametrize("how", ["changed", "missing"])
def test_a_file_that_differs_from_its_digest_stops_the_index(cast, closed, how):
    digest = spoil(closed)
    if how == "missing":
        path_of(digest).unlink()
    with pytest.raises(Refusal) as refused:
        record(cast.case_manager, closed, "S43", {})
    assert refused.value.code == "file_not_intact"
    assert how in str(refused.value.message)
    assert selectors.latest_index(closed) is None
    assert not closed.events.filter(kind="archive_indexed").exists()


@pytest.mark.norm("C123")
def test_a_file_changed_after_the_index_stops_the_archiving(cast, closed):
    record(cast.case_manager, closed, "S43", {})
    spoil(closed)
    with pytest.raises(Refusal) as refused:
        record(cast.case_manager, closed, "T51", ARCHIVING, {"receipt": upload("收据.txt")})
    assert refused.value.code == "file_not_intact"
    closed.refresh_from_db()
    assert closed.state == "closed"


def test_an_index_older_than_a_file_is_made_again(cast, closed):
    record(cast.case_manager, closed, "S43", {})
    scenes.papers(cast, closed, "D-86")
    with pytest.raises(Refusal) as refused:
        record(cast.case_manager, closed, "T51", ARCHIVING, {"receipt": upload("收据.txt")})
    assert codes(refused) == ["archive_index_complete"]
    record(cast.case_manager, closed, "S43", {})
    record(cast.case_manager, closed, "T51", ARCHIVING, {"receipt": upload("收据.txt")})
    assert closed.state == "archived"


@pytest.mark.norm("C147")
def test_no_look_back_is_proposed_unless_the_installation_wants_one(cast, case, settings):
    assert settings.LOOK_BACK_MONTHS == []
    for row in case.obligations.all():
        scenes.perform(cast, case, row)
    force(case, "T42", date(2026, 8, 17), actor=cast.handler)
    assert not Task.objects.filter(case=case, kind="plan_look_back").exists()
    form = acts.declaration_of(case, "T48").event_kind
    assert form == "look_back_planned"


# --- paragraphs entered late or by mistake ---------------------------------------------------------


def test_a_paragraph_that_was_forgotten_becomes_an_obligation_when_it_is_entered(cast, case):
    judgment = case.judgments.get()
    before = case.obligations.count()
    item = {"judgment": judgment.pk, "kind": "K5", "text": "注销账号。", "obligee": "社会公众"}
    record(cast.handler, case, "S20", item | {"due_days": 10})
    row = case.obligations.get(number=before + 1)
    assert (row.text, row.state) == ("注销账号。", "pending")
    assert case.deadlines.filter(rule="P-40", about=str(row)).exists()
    assert list(obligations_follow(case)) == []


def test_a_paragraph_entered_by_mistake_is_struck_with_its_obligation_before_it_is_performed(
    cast, case
):
    row, other = owed(case, "EI-1"), owed(case, "EI-3")
    record(cast.handler, case, "S21", {"item": row.item_id, "reason": "重复录入"})
    row.refresh_from_db()
    assert row.state == "struck"
    assert not case.deadlines.filter(about=str(row), state="open").exists()
    assert list(obligations_follow(case)) == []
    scenes.log(cast.handler, case, other)
    with pytest.raises(Refusal) as refused:
        record(cast.handler, case, "S21", {"item": other.item_id, "reason": "误录"})
    assert codes(refused) == ["item_not_performed"]


def test_a_paragraph_is_not_corrected_under_its_obligation(cast, case):
    event = case.events.filter(kind="operative_item_entered").first()
    with pytest.raises(NotPermitted) as refused:
        corrections.correct_event(
            actor=cast.handler, event=event, reason="笔误", data={"amount": "1"}
        )
    assert "S21" in str(refused.value)
