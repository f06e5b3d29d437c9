"""Numbers: gapless, never twice, never reused, with a start the office sets."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.urls import reverse

from audit.errors import Conflict, Invalid, NotPermitted
from audit.models import AuditEvent
from audit.selectors import details_of
from cases.models import Case, TeamMember
from notices import services
from notices.catalogue import TYPES
from notices.models import Document, NumberCounter, NumberRegister
from notices.numbers import Series, check_template
from tests.notices.matters import approve_text, filed_case, issue, register
from tests.support.days import on
from tests.support.documents import filled

# --- text ------------------------------------------------------------------------------------------


def test_a_number_has_the_whole_year_and_no_leading_zero():
    series = Series("江云", "民公", "立")
    assert series.number(2026, 7) == "江云检民公立〔2026〕7号"
    assert series.number(2026, None) == "江云检民公立〔2026〕__号"
    assert series.read("江云检民公立〔2026〕7号") == (2026, 7)


@pytest.mark.parametrize(
    "text",
    [
        "江云检民公立〔2026〕07号",
        "江云检民公立[2026]7号",
        "江临检民公立〔2026〕7号",
        "江云检民公告〔2026〕7号",
        "7",
        "江云检民公立〔2026〕0号",
    ],
)
@pytest.mark.norm("C116")
def test_another_pattern_is_not_read(text):
    assert Series("江云", "民公", "立").read(text) is None


@pytest.mark.parametrize(
    "template",
    ["{n}", "{yyyy}", "{n}{n}{yyyy}", "{office.__class__}{yyyy}{n}", "{x}{yyyy}{n}", "{yyyy}{n"],
)
def test_a_pattern_that_cannot_count_is_refused(template):
    with pytest.raises(Invalid):
        check_template(template)


# --- series -----------------------------------------------------------------------------------------


@pytest.mark.norm("C116")
def test_a_series_begins_where_the_office_says(decision, cast):
    services.set_first_number(actor=cast.chief, code="D-06", year=2026, first=58)
    assert issue(cast, decision).number == "江云检民公立〔2026〕58号"
    with pytest.raises(Conflict) as caught:
        services.set_first_number(actor=cast.chief, code="D-06", year=2026, first=1)
    assert caught.value.details == {"last": 58}


@pytest.mark.norm("C116")
def test_who_keeps_no_numbers_sets_none(cast, june):
    pattern = {"track": "民公", "type": "立", "template": "{office}检{track}〔{yyyy}〕{n}号"}
    unused = {"number": "江云检民公立〔2026〕1号", "reason": "纸张作废"}
    for person in (cast.handler, cast.clerk, cast.system_administrator):
        with pytest.raises(NotPermitted):
            services.set_first_number(actor=person, code="D-06", year=2026, first=2)
        with pytest.raises(NotPermitted):
            services.set_pattern(actor=person, code="D-06", **pattern)
        with pytest.raises(NotPermitted):
            services.void_unused_number(actor=person, code="D-06", **unused)
    assert not NumberRegister.objects.exists()


def test_an_office_numbers_in_its_own_pattern(decision, cast):
    services.set_pattern(
        actor=cast.case_manager,
        code="D-06",
        track="民公",
        type="立",
        template="{office}检{track}〔{yyyy}〕{n}号",
    )
    assert issue(cast, decision).number == "江云检民公〔2026〕1号"


def test_a_type_without_a_word_is_numbered_once_the_office_sets_one(cast, june):
    with pytest.raises(Invalid) as caught:
        services.set_first_number(actor=cast.chief, code="D-03", year=2026, first=2)
    assert caught.value.code == "no_series"
    services.set_pattern(
        actor=cast.chief,
        code="D-03",
        track="民公",
        type="报",
        template="{office}{track}{type}〔{yyyy}〕{n}号",
    )
    assert (
        services.set_first_number(actor=cast.chief, code="D-03", year=2026, first=2).word
        == "民公报"
    )


def test_each_word_of_a_type_has_a_first_number_of_its_own(cast, june, client):
    usual = services.set_first_number(actor=cast.chief, code="D-45", year=2026, first=7)
    client.force_login(cast.chief)
    facts = {"part": "first", "first-code": "D-45", "first-year": "2026", "first-first": "3"}
    wrong = client.post(reverse("number_settings"), facts | {"first-word": "民公立"})
    assert wrong.status_code == 400
    assert "民公诉, 刑附民公诉" in wrong.text
    done = client.post(reverse("number_settings"), facts | {"first-word": "刑附民公诉"})
    assert done.status_code == 302
    rows = NumberCounter.objects.values_list("word", "start")
    assert set(rows) == {(usual.word, 7), ("刑附民公诉", 3)}


# --- the database ---------------------------------------------------------------------------------------


# A second row beside the one given, with a reason: nothing is wrong with it but its number or state.
ANOTHER = (
    "INSERT INTO notices_numberregister (office_id, word, year, sequence, text, state, origin,"
    " document_id, given_at, given_by_id, voided_at, void_reason) SELECT office_id, word, year,"
    " {sequence}, {text}, '{state}', origin, NULL, given_at, given_by_id, now(), 'x'"
    " FROM notices_numberregister"
)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ("DELETE FROM notices_numberregister", "number_stays_given"),
        ("UPDATE notices_numberregister SET sequence = 9", "number_stays_given"),
        (
            "UPDATE notices_numberregister SET state = 'void', void_reason = 'x',"
            " voided_at = now(), text = 'y'",
            "number_stays_given",
        ),
        ("UPDATE notices_numberregister SET state = 'void'", "void_number_has_a_reason"),
        ("UPDATE notices_numberregister SET document_id = NULL", "number_stays_given"),
        ("UPDATE notices_numberregister SET void_reason = 'x'", "number_stays_given"),
        (
            ANOTHER.format(sequence="sequence", text="text || 'x'", state="void"),
            "number_given_once",
        ),
        (
            ANOTHER.format(sequence="sequence + 1", text="text", state="void"),
            "number_text_given_once",
        ),
        (
            ANOTHER.format(sequence="0", text="text || 'x'", state="void"),
            "number_counts_from_one",
        ),
        (
            ANOTHER.format(sequence="sequence + 1", text="text || 'x'", state="given"),
            "given_number_has_its_document",
        ),
        ("UPDATE notices_numbercounter SET last = 0", "counter_only_counts_on"),
        ("UPDATE notices_numbercounter SET start = 5, last = 4", "counter_only_counts_on"),
        ("UPDATE notices_numbercounter SET word = 'x'", "counter_only_counts_on"),
        ("DELETE FROM notices_numbercounter", "counter_only_counts_on"),
    ],
)
@pytest.mark.norm("C116")
def test_the_database_lets_no_number_come_back(decision, cast, change, rule):
    issue(cast, decision)
    with (
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert refused.value.__cause__.diag.constraint_name == rule


@pytest.mark.norm("C116")
@pytest.mark.parametrize("change", ["state = 'given'", "void_reason = 'y'"])
def test_the_database_keeps_a_void_number_void_with_its_reason(decision, cast, change):
    services.void_document(actor=cast.handler, document=issue(cast, decision), reason="打印错误")
    with (
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE notices_numberregister SET {change}")
    assert refused.value.__cause__.diag.constraint_name == "number_stays_given"


@pytest.mark.norm("C116")
def test_a_number_counts_in_the_year_of_its_signature_and_every_year_from_one(case, cast):
    draft = filled(
        services.draft_document(actor=cast.handler, matter=case, code="D-41"), cast.handler
    )
    approve_text(draft, cast)
    with on(2027, 1, 5):
        issued = services.issue_document(
            actor=cast.clerk, document=draft, signer=cast.chief, signed_day=date(2026, 12, 31)
        )
        again = services.correct_document(actor=cast.clerk, document=issued, reason="笔误")
        approve_text(again, cast)
        corrected = issue(cast, again)
    assert issued.number == "江云检民公告〔2026〕1号"
    assert corrected.number == "江云检民公告〔2027〕1号"


@pytest.mark.norm("C116")
def test_who_sets_start_or_pattern_of_a_series_stands_in_the_record(cast, june):
    services.set_first_number(actor=cast.chief, code="D-06", year=2026, first=58)
    services.set_pattern(
        actor=cast.case_manager,
        code="D-06",
        track="民公",
        type="立",
        template="{office}检{track}〔{yyyy}〕{n}号",
    )
    for action, actor in (
        ("number.start_set", cast.chief),
        ("number.pattern_set", cast.case_manager),
    ):
        entry = AuditEvent.objects.get(action=action)
        assert (entry.actor_id, details_of(entry)["code"]) == (actor.pk, "D-06")


@pytest.mark.norm("C116")
def test_every_number_registered_or_void_stands_in_the_record(case, cast):
    document = register(cast, case, "江云检民公立〔2026〕7号")
    services.void_document(actor=cast.handler, document=document, reason="重新登记")
    entry = services.void_unused_number(
        actor=cast.case_manager, code="D-06", number="江云检民公立〔2026〕8号", reason="纸张作废"
    )
    for action, actor, about in (
        ("document.registered", cast.clerk, document),
        ("document.voided", cast.handler, document),
        ("number.voided", cast.case_manager, entry),
    ):
        trace = AuditEvent.objects.get(action=action)
        assert (trace.actor_id, trace.object_id) == (actor.pk, str(about.pk)), action
        assert details_of(trace)["code"] == "D-06"
    assert details_of(AuditEvent.objects.get(action="number.voided"))["count"] == 8


@pytest.mark.norm("C116")
def test_fifty_issues_at_once_leave_no_gap_and_no_twin(committed_db, settings, tmp_path, cast):
    with on(2026, 6, 24):
        case = filed_case(cast)
        services.set_first_number(actor=cast.chief, code="D-06", year=2026, first=11)
        first = case.documents.get(code="D-06")
        # Fifty cases, so that nothing but the series holds one issue back for another.
        drafts = [first, *(_twin(first, 100 + index) for index in range(49))]
        errors = _at_once(lambda document: issue(cast, document), drafts)
    assert errors == []
    numbers = sorted(NumberRegister.objects.values_list("sequence", flat=True))
    assert numbers == list(range(11, 61))
    assert NumberCounter.objects.get().last == 60
    assert Document.objects.filter(status="issued").count() == 50


def _twin(document: Document, serial: int) -> Document:
    """Put the same approved decision into a case of its own."""
    case = Case.objects.get(pk=document.case_id)
    members = list(case.team.all())
    case.pk, case.lead, case.serial, case.key = None, None, serial, f"{case.key[:-5]}{serial:05}"
    case.save(force_insert=True)
    TeamMember.objects.bulk_create(
        TeamMember(case=case, user=member.user, position=member.position) for member in members
    )
    twin = Document.objects.get(pk=document.pk)
    twin.pk, twin.case = None, case
    twin.approval = document.approval or document.event.proposal
    twin.save(force_insert=True)
    return twin


def _at_once(act, documents) -> list[str]:
    barrier, errors = Barrier(len(documents)), []

    def run(document):
        try:
            with on(2026, 6, 24):
                barrier.wait()
                act(document)
        except Exception as error:
            errors.append(repr(error))
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(document,)) for document in documents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_every_numbered_type_of_the_law_has_its_series(cast, june):
    from notices.series import series_for

    numbered = {code for code, kind in TYPES.items() if series_for(cast.office, kind)}
    assert {"D-02", "D-06", "D-07", "D-41", "D-44"} <= numbered
    assert "D-05" not in numbered
    assert "D-03" not in numbered
