"""Verification names the first bad row, whatever a database superuser did to it."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from audit import canonical, chain, digests, entry, verify
from audit.chain import Chains, Head
from audit.models import AuditEvent, AuditHead
from tests.audit import tampering
from tests.support import database

COLUMNS = (*entry.COLUMNS, "canonical", "previous", "mac")
KEY = b"k" * 32


def verdict(scopes=None):
    return verify.run(verify.whole() if scopes is None else scopes)


def altered(value, source, column):
    """Return `value` of `column` changed in one place."""
    if column == "ip":
        return "10.9.9.9"
    if isinstance(value, bytes | memoryview):
        spoilt = bytearray(value)
        spoilt[source.randrange(len(spoilt))] ^= 1 << source.randrange(8)
        return bytes(spoilt)
    if isinstance(value, str):
        place = source.randrange(len(value) + 1)
        return value[:place] + source.choice("1 \u200b检") + value[place:]
    if value is None:
        return source.choice([0, 1, 7])
    if isinstance(value, int):
        return value + source.choice([-1, 1])
    return value + timedelta(microseconds=source.choice([-1, 1]))


# --- pure ---------------------------------------------------------------------------------------


def rows_of(count, scope="case:7"):
    from audit.clock import now

    previous, rows = digests.GENESIS, []
    for number in range(1, count + 1):
        row = dict.fromkeys(entry.COLUMNS) | {
            "id": 100 + number,
            "scope": scope,
            "sequence": number,
            "at": now(),
            "action": f"act.{number}",
            "algorithm": 1,
            "key_id": 1,
        }
        row["canonical"] = canonical.encode({**entry.spelled(row), "details": {}})
        row["previous"] = previous
        row["mac"] = previous = digests.compute(
            previous, row["canonical"], algorithm=1, key_id=1, known={1: KEY}
        )
        rows.append(row)
    return rows


def first_fault(rows, head, keys=None):
    chains = Chains(keys or {1: KEY})
    return next(filter(None, (chains.add(row, head) for row in rows)), None) or chains.close()


def head_of(rows):
    return Head(rows[-1]["sequence"], bytes(rows[-1]["mac"]))


@given(st.integers(1, 12))
def test_an_untouched_chain_has_no_fault(count):
    rows = rows_of(count)
    assert first_fault(rows, head_of(rows)) is None


@budget(max_examples=60)
@given(st.integers(2, 12), st.data())
def test_a_deleted_row_is_named(count, data):
    rows = rows_of(count)
    gone = data.draw(st.integers(0, count - 1))
    fault = first_fault([row for row in rows if row is not rows[gone]], head_of(rows))
    assert (fault.sequence, fault.event_id, fault.code) == (gone + 1, None, "missing")


@budget(max_examples=60)
@given(st.integers(2, 12), st.data())
def test_two_rows_that_changed_places_are_named(count, data):
    rows = rows_of(count)
    one, other = sorted(data.draw(st.sets(st.integers(0, count - 1), min_size=2, max_size=2)))
    first, second = rows[one], rows[other]
    first["sequence"], second["sequence"] = second["sequence"], first["sequence"]
    rows[one], rows[other] = second, first
    assert first_fault(rows, head_of(rows)).sequence == one + 1


@budget(max_examples=60)
@given(st.integers(1, 12), st.data())
def test_a_rewritten_chain_needs_the_key(count, data):
    """Who recomputes everything with a guessed key is found at the first row he rewrote."""
    rows = rows_of(count)
    start = data.draw(st.integers(0, count - 1))
    previous = rows[start]["previous"]
    for row in rows[start:]:
        row["reason"] = "rewritten"
        row["canonical"] = canonical.encode({**entry.spelled(row), "details": {}})
        row["previous"] = previous
        row["mac"] = previous = digests.compute(
            previous, row["canonical"], algorithm=1, key_id=1, known={1: b"guess"}
        )
    fault = first_fault(rows, head_of(rows))
    assert (fault.sequence, fault.code) == (start + 1, "mac")


@given(st.sampled_from(sorted(chain.SENTENCES)))
def test_every_fault_has_a_sentence(code):
    assert chain.Fault("case:7", 1, 1, code).what


# --- in the database ----------------------------------------------------------------------------


def test_one_changed_place_in_any_column_of_a_thousand_rows_is_found(committed_db):
    for case_id in range(50):
        tampering.write(20, reason="核对", case_id=case_id)
    stored = AuditEvent.objects.order_by("scope", "sequence").values_list(*COLUMNS)
    rows = [dict(zip(COLUMNS, values, strict=True)) for values in stored]
    keys, source = digests.keys(), random.Random(7)
    for index, row in enumerate(rows):
        column = COLUMNS[index % len(COLUMNS)]
        chain_of_row = [each for each in rows if each["scope"] == row["scope"]]
        changed = row | {column: altered(row[column], source, column)}
        fault = first_fault(
            [changed if each is row else each for each in chain_of_row],
            head_of(chain_of_row),
            keys,
        )
        assert fault is not None, f"{column} of {row['scope']} {row['sequence']}"
        assert row["id"] == fault.event_id or row["sequence"] == fault.sequence, column


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_changed_by_the_superuser_is_found_and_its_row_named(committed_db, column):
    tampering.write(5, reason="核对")
    victim = AuditEvent.objects.get(scope="case:7", sequence=3)
    special = {"id": victim.pk + 5000, "actor_kind": "user", "sequence": 50}
    value = special.get(column) or altered(getattr(victim, column), random.Random(column), column)
    with tampering.superuser(committed_db) as cursor:
        cursor.execute(
            f"UPDATE audit_auditevent SET {column} = %s WHERE id = %s", [value, victim.pk]
        )
        assert cursor.rowcount == 1
    report = verdict()
    assert report.verdict is verify.Verdict.TAMPERED
    named = {victim.pk, victim.pk + 5000}
    assert report.fault.event_id in named or report.fault.sequence == 3


ATTACKS = {
    "a deleted middle row": ("DELETE FROM audit_auditevent WHERE sequence = 3", 3),
    "a deleted first row": ("DELETE FROM audit_auditevent WHERE sequence = 1", 1),
    "a cut tail": ("DELETE FROM audit_auditevent WHERE sequence > 4", 5),
    "all rows gone, head left": ("DELETE FROM audit_auditevent", 1),
    "head gone": ("DELETE FROM audit_audithead", 6),
    "head set back": ("UPDATE audit_audithead SET sequence = 5", 6),
    "head of another digest": (
        "UPDATE audit_audithead SET mac = decode(repeat('00', 32), 'hex')",
        6,
    ),
    "swapped rows": (
        "UPDATE audit_auditevent SET sequence = -sequence WHERE sequence IN (2, 4);"
        "UPDATE audit_auditevent SET sequence = 6 + sequence WHERE sequence < 0",
        2,
    ),
    "a row moved to another chain": (
        "UPDATE audit_auditevent SET scope = 'case:8', sequence = 1 WHERE sequence = 3",
        3,
    ),
    "bytes and column changed alike": (
        "UPDATE audit_auditevent SET outcome = 'refused', canonical = convert_to(replace("
        "convert_from(canonical, 'UTF8'), 'success', 'refused'), 'UTF8') WHERE sequence = 3",
        3,
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_the_first_bad_row_is_named_after(committed_db, attack):
    statement, sequence = ATTACKS[attack]
    tampering.write(6)
    with tampering.superuser(committed_db) as cursor:
        cursor.execute(
            "ALTER TABLE audit_auditevent DROP CONSTRAINT audit_event_numbers_start_at_one"
        )
        cursor.execute(statement)
    report = verdict()
    assert report.verdict is verify.Verdict.TAMPERED
    assert (report.fault.scope, report.fault.sequence) == ("case:7", sequence)


def test_a_forged_row_at_the_end_is_found(committed_db):
    tampering.write(3)
    with tampering.superuser(committed_db) as cursor:
        cursor.execute(
            "INSERT INTO audit_auditevent SELECT id + 9, scope, sequence + 1, at, office_id, case_id,"
            " lead_id, actor_id, actor_kind, on_behalf_of_id, action, object_type, object_id, outcome,"
            " reason, request_id, ip, convert_to(replace(replace(convert_from(canonical, 'UTF8'),"
            " '\"sequence\":3', '\"sequence\":4'), '\"id\":' || id, '\"id\":' || id + 9), 'UTF8'),"
            " mac, mac, algorithm, key_id FROM audit_auditevent WHERE sequence = 3"
        )
    report = verdict()
    assert (report.fault.sequence, report.fault.code) == (4, "mac")


def test_a_tail_cut_together_with_its_head_is_beyond_a_chain(committed_db):
    """Documented limit: only checkpoints with outside witnesses see this."""
    tampering.write(6)
    with tampering.superuser(committed_db) as cursor:
        cursor.execute("DELETE FROM audit_auditevent WHERE sequence > 4")
        cursor.execute(
            "UPDATE audit_audithead SET sequence = 4,"
            " mac = (SELECT mac FROM audit_auditevent WHERE sequence = 4)"
        )
    assert verdict().verdict is verify.Verdict.CLEAN


def test_a_case_is_verified_with_the_looks_at_it_and_without_other_cases(committed_db):
    tampering.write(2)
    tampering.write(2, read=True)
    tampering.write(2, case_id=70)
    assert verdict(verify.of_case(7)).events == 4
    with tampering.superuser(committed_db) as cursor:
        cursor.execute("UPDATE audit_auditevent SET outcome = 'x' WHERE scope = 'case:70'")
    assert verdict(verify.of_case(7)).verdict is verify.Verdict.CLEAN
    assert verdict(verify.of_case(70)).fault.scope == "case:70"


def test_an_ipv6_address_is_the_same_in_bytes_and_column(committed_db):
    from audit import context

    for address in ("2001:db8::1", "::1.2.3.4", "::"):
        with context.origin("r", address):
            tampering.write()
    assert verdict().verdict is verify.Verdict.CLEAN


def test_rows_of_an_old_key_and_algorithm_verify_after_a_rotation(committed_db, settings):
    tampering.write(2)
    settings.AUDIT_OLD_KEYS = {1: settings.AUDIT_KEY}
    settings.AUDIT_KEY, settings.AUDIT_KEY_ID = b"n" * 32, 2
    tampering.write(2)
    settings.AUDIT_ALGORITHM = 2
    tampering.write(2)
    stored = AuditEvent.objects.order_by("sequence").values_list("key_id", "algorithm")
    assert list(stored) == [(1, 1), (1, 1), (2, 1), (2, 1), (2, 2), (2, 2)]
    assert verdict().verdict is verify.Verdict.CLEAN


def test_without_the_key_of_a_row_nothing_can_be_told(committed_db, settings):
    tampering.write(2)
    settings.AUDIT_KEY_ID = 2
    report = verdict()
    assert report.verdict is verify.Verdict.UNDECIDED
    assert "Audit key 1" in report.why


def test_a_change_is_found_even_when_another_key_is_missing(committed_db, settings):
    tampering.write(2)
    settings.AUDIT_KEY_ID = 2
    with tampering.superuser(committed_db) as cursor:
        cursor.execute("UPDATE audit_auditevent SET key_id = 9 WHERE sequence = 2")
    assert verdict().verdict is verify.Verdict.TAMPERED


def command(name, *arguments, **environment):
    url = {
        "DATABASE_URL": database.url_for(database.APPLICATION_URL, name),
        "DATABASE_OWNER_URL": "",
    }
    return subprocess.run(
        [sys.executable, "manage.py", "verify_audit", *arguments],
        cwd=database.ROOT,
        env=os.environ | url | environment,
        capture_output=True,
        text=True,
    )


def test_the_command_exits_0_when_clean_1_when_tampered_and_2_when_it_cannot_tell(committed_db):
    tampering.write(3)
    clean = command(committed_db)
    assert (clean.returncode, clean.stdout) == (0, "Clean. 3 entries in 1 chains checked.\n")
    assert command(committed_db, AUDIT_KEY_ID="2").returncode == 2
    without_key = command(
        committed_db,
        PROCURACY_ENVIRONMENT="production",
        SECRET_KEY="s" * 50,
        AUDIT_KEY="",
        AUDIT_KEY_FILE="",
    )
    assert without_key.returncode == 2
    assert "AUDIT_KEY" in without_key.stderr
    with tampering.superuser(committed_db) as cursor:
        cursor.execute("UPDATE audit_auditevent SET outcome = 'refused' WHERE sequence = 2")
        cursor.execute("SELECT id FROM audit_auditevent WHERE sequence = 2")
        (event_id,) = cursor.fetchone()
        tampered = command(committed_db, "--json")
        cursor.execute("REVOKE ALL ON audit_auditevent FROM PUBLIC, procuracy_app")
    unreadable = command(committed_db)
    assert tampered.returncode == 1
    assert json.loads(tampered.stdout)["fault"] == {
        "scope": "case:7",
        "sequence": 2,
        "event_id": event_id,
        "code": "columns",
        "fields": ["outcome"],
    }
    assert unreadable.returncode == 2
    assert unreadable.stdout.startswith("CANNOT TELL")


def test_the_sentence_of_the_command_names_the_row(committed_db):
    tampering.write(3)
    with tampering.superuser(committed_db) as cursor:
        cursor.execute("DELETE FROM audit_auditevent WHERE sequence = 2")
    out = StringIO()
    with pytest.raises(SystemExit) as exit_:
        call_command("verify_audit", "--case", "7", stdout=out)
    assert exit_.value.code == 1
    assert "case:7 number 2 (no such row): the row is missing" in out.getvalue()


def test_the_fresh_record_is_clean_and_heads_match(committed_db):
    assert verdict().verdict is verify.Verdict.CLEAN
    assert AuditHead.objects.count() == AuditEvent.objects.values("scope").distinct().count()
