"""An act and its entry live and die together."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from threading import Thread

import pytest
from django.db import IntegrityError, connection, connections, transaction

from audit import clock, context, digests, services, verify
from audit.models import AuditEvent, AuditHead, AuditPending
from audit.selectors import details_of
from audit.services import NotInTransaction, record, record_export
from tests.audit import tampering

FACTS = {"action": "case.touched", "object_type": "case", "object_id": 7}


def test_an_entry_outside_a_transaction_is_refused(committed_db):
    with pytest.raises(NotInTransaction):
        record(actor=None, **FACTS)


def test_every_act_is_bound_to_the_one_before_it(db):
    first = record(actor=None, case_id=7, **FACTS)
    second = record(actor=None, case_id=7, **FACTS)
    assert (first.sequence, second.sequence) == (1, 2)
    assert first.previous == digests.GENESIS
    assert second.previous == first.mac
    head = AuditHead.objects.get(scope="case:7")
    assert (head.sequence, bytes(head.mac)) == (2, second.mac)


def test_an_entry_awaits_its_checkpoint_from_its_own_transaction_on(db):
    entry = record(actor=None, **FACTS)
    assert AuditPending.objects.filter(event_id=entry.pk).exists()


def test_the_recorded_bytes_say_everything(cast):
    handler, chief = cast.handler, cast.chief
    with (
        clock.frozen(datetime(2024, 6, 24, 9, 30)),
        context.origin("abc123", "10.1.2.3"),
    ):
        entry = record(
            actor=handler,
            on_behalf_of=chief,
            case_id=7,
            reason="核对",
            details={"step": 2},
            **FACTS,
        )
    assert json.loads(entry.canonical) == {
        "id": entry.pk,
        "scope": "case:7",
        "sequence": 1,
        "at": "2024-06-24T01:30:00.000000Z",
        "office_id": handler.office_id,
        "case_id": 7,
        "lead_id": None,
        "actor_id": handler.pk,
        "actor_kind": "user",
        "on_behalf_of_id": chief.pk,
        "action": "case.touched",
        "object_type": "case",
        "object_id": "7",
        "outcome": "success",
        "reason": "核对",
        "request_id": "abc123",
        "ip": "10.1.2.3",
        "algorithm": 1,
        "key_id": 1,
        "details": {"step": 2},
    }
    assert AuditEvent.objects.get(pk=entry.pk).at == datetime(2024, 6, 24, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "scope"),
    [
        ({"case_id": 7}, "case:7"),
        ({"lead_id": 5}, "lead:5"),
        ({"office_id": 3}, "sys:3:20240625"),
        ({}, "sys:0:20240625"),
        ({"case_id": 7, "read": True}, "read:case:7:system"),
        ({"lead_id": 5, "read": True, "actor_kind": "anonymous"}, "read:lead:5:anonymous"),
        ({"office_id": 3, "read": True}, "read:sys:3:system"),
    ],
)
def test_acts_and_looks_have_chains_of_their_own(db, values, scope):
    with clock.frozen(datetime(2024, 6, 25, 0, 30)):
        assert record(actor=None, **FACTS, **values).scope == scope


def test_an_act_that_is_rolled_back_leaves_no_entry_and_no_gap(committed_db):
    tampering.write(2)
    with transaction.atomic():
        record(actor=None, case_id=7, **FACTS)
        transaction.set_rollback(True)
    tampering.write(1)
    numbers = AuditEvent.objects.filter(scope="case:7").values_list("sequence", flat=True)
    assert sorted(numbers) == [1, 2, 3]
    assert AuditPending.objects.count() == 3
    assert verify.run(verify.whole()).verdict is verify.Verdict.CLEAN


def test_an_act_that_cannot_be_recorded_is_undone_even_when_its_error_is_swallowed(committed_db):
    tampering.write()
    with transaction.atomic():
        AuditPending.objects.create(event_id=999)  # stands for the act
        with suppress(ValueError):
            record(actor=None, details={"name": "free text"}, **FACTS)
    assert not AuditPending.objects.filter(event_id=999).exists()


def test_an_act_fails_when_the_database_refuses_its_entry(committed_db):
    with tampering.superuser(committed_db) as cursor:
        cursor.execute("ALTER TABLE audit_auditevent ADD CHECK (action <> 'case.touched')")
    with suppress(IntegrityError), transaction.atomic():
        AuditPending.objects.create(event_id=999)
        record(actor=None, **FACTS)
    assert not AuditPending.objects.filter(event_id=999).exists()


def test_eight_writers_on_one_case_make_one_dense_chain(committed_db):
    def work(worker):
        for number in range(15):
            with transaction.atomic():
                record(actor=None, case_id=7, details={"worker": worker}, **FACTS)
                transaction.set_rollback(number % 5 == 4)
        connections.close_all()

    threads = [Thread(target=work, args=[worker]) for worker in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = AuditEvent.objects.order_by("sequence").values_list("sequence", flat=True)
    assert list(numbers) == list(range(1, 8 * 12 + 1))
    assert verify.run(verify.whole()).verdict is verify.Verdict.CLEAN


def test_recording_in_a_chain_that_exists_takes_two_queries(db, django_assert_num_queries):
    record(actor=None, case_id=7, **FACTS)
    with django_assert_num_queries(2):
        record(actor=None, case_id=7, **FACTS)


HOSTILE = "line\nsecond\r\x1b[31m\x00\u202eltr\u2028\ud800\\n🧑‍⚖️"


@pytest.mark.parametrize("field", ["reason", "object_id"])
def test_hostile_texts_stay_one_entry(db, field):
    entry = record(actor=None, case_id=7, **(FACTS | {field: HOSTILE}))
    stored = getattr(AuditEvent.objects.get(pk=entry.pk), field)
    assert stored.startswith("line\\u000asecond\\u000d\\u001b[31m\\u0000\\u202eltr\\u2028\\ud800")
    assert stored.isprintable()
    assert verify.run(verify.of_case(7)).verdict is verify.Verdict.CLEAN


def test_escaped_texts_cannot_be_forged_with_backslashes(db):
    typed = record(actor=None, **FACTS, reason="a\\u000ab")
    broken = record(actor=None, **FACTS, reason="a\nb")
    assert typed.reason != broken.reason


def test_a_megabyte_of_reason_is_cut(db):
    entry = record(actor=None, **FACTS, reason="长" * 1_000_000)
    assert entry.reason == "长" * services.LONGEST_REASON + "…"


@pytest.mark.parametrize(
    "number",
    [
        "110105199003070024",
        "11010519900307002X",
        "110105 19900307 0024",
        "１３８００１３８０００",
        "13800138000",
        "138-0013-8000",
        "+86 138 0013 8000",
        "0571-87654321",
        "6222021234567890123",
        "6222 0212 3456 7890",
        "zhang.san@example.cn",
    ],
)
def test_personal_numbers_do_not_stay_in_a_reason(db, number):
    reason = record(actor=None, **FACTS, reason=f"当事人{number}来电。").reason
    assert number not in reason
    assert reason.startswith("当事人[")
    assert reason.endswith("]来电。")


@pytest.mark.parametrize("text", ["330106-2026-00012", "2024-06-24", "江检公益立〔2024〕12号"])
def test_case_numbers_and_days_stay_readable(db, text):
    assert record(actor=None, **FACTS, reason=text).reason == text


@pytest.mark.parametrize(
    "details",
    [
        {"name": "张三"},
        {"note": "two words"},
        {"telephone": "13800138000"},
        {"person": "110105199003070024"},
        {"mail": "a@example.cn"},
        {"deep": [{"inside": ["李四"]}]},
        {"张三": 1},
        {"long": "a" * 201},
        {"many": list(range(5000))},
        {"a": {"b": {"c": {"d": {"e": 1}}}}},
    ],
)
def test_details_that_may_be_personal_are_refused(details):
    from audit.details import UnsafeDetails, checked

    with pytest.raises(UnsafeDetails):
        checked(details)


def test_ids_codes_field_names_and_digests_are_fine_details(db):
    details = {
        "fields": ["state", "legal_day"],
        "digest": "ab" * 32,
        "key": "330106-2026-00012",
        "day": "2024-06-24",
        "count": 1200,
        "closed": False,
        "round": None,
    }
    assert details_of(record(actor=None, **FACTS, details=details)) == details


@pytest.mark.parametrize("field", ["action", "object_type", "outcome"])
@pytest.mark.parametrize("code", ["", "two words", "line\n", "案", "a" * 81])
def test_a_malformed_code_is_refused(db, field, code):
    with pytest.raises(ValueError, match="audit code"), transaction.atomic():
        record(actor=None, **(FACTS | {field: code}))


def test_an_export_is_recorded_with_its_size_and_without_filter_values(cast):
    entry = record_export(
        actor=cast.clerk, object_type="case", rows=12, file_format="xlsx", filters=["state", "day"]
    )
    assert entry.action == "case.exported"
    assert details_of(entry) == {"rows": 12, "format": "xlsx", "filters": ["day", "state"]}


def test_the_actor_gives_the_office_unless_the_act_belongs_to_another(cast):
    assert record(actor=cast.handler, **FACTS).office_id == cast.office.pk
    elsewhere = record(actor=cast.superior_handler, office_id=cast.office.pk, **FACTS)
    assert elsewhere.office_id == cast.office.pk


def test_the_database_refuses_an_unknown_kind_of_actor(db):
    with pytest.raises(Exception, match="audit_event_known_actor_kind"), transaction.atomic():
        record(actor=None, actor_kind="ghost", **FACTS)
    assert connection.in_atomic_block
