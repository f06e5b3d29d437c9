"""Open matters in which nothing moves: which are named, why, and after how many days."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.errors import Invalid, NotPermitted
from audit.models import AuditEvent
from cases.models import Case, Lead
from cases.registries import movements
from cases.services import tasks, work
from cases.states import CaseState, LeadState
from deadlines import idle, services
from deadlines.models import Deadline, DeadlineState, IdleDays
from deadlines.services.idle_days import set_idle_days
from evidence import services as evidence
from exchange.services import register_paper
from notices import services as notices
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import announce, assign, force, make_case, make_lead, stand_aside

pytestmark = pytest.mark.django_db
PAGE = reverse("idle_list")
BEGIN = (2026, 1, 5)


@pytest.fixture(autouse=True)
def today():
    with on(2026, 6, 24):
        yield


@pytest.fixture
def case(cast) -> Case:
    with on(*BEGIN):
        return make_case(cast)


@pytest.fixture
def lead(cast) -> Lead:
    with on(*BEGIN):
        return assign(cast, make_lead(cast))


def found(reader, what=idle.CASES, days=30, **chosen) -> list[str]:
    return [
        matter.key for matter in idle.idle(reader, what, days, chosen).order_by("last_at", "id")
    ]


def open_page(client, reader, **chosen):
    reader.language = "en"
    reader.save()
    client.force_login(reader)
    return client.get(PAGE, chosen)


# --- what moves a matter -----------------------------------------------------------------------


def _paper(cast, matter):
    facts = {
        "direction": "in", "medium": "post", "correspondent": "法院", "subject": "通知书",
        "their_number": "1号", "day": date(2026, 6, 19), "time": time(9, 0),
    }  # fmt: skip
    upload = SimpleUploadedFile("通知书.pdf", b"%PDF-1.4\n%%EOF\n")
    register_paper(actor=cast.handler, facts=facts, uploads=[upload], matter=matter)


def _task(cast, matter):
    task = tasks.add_task(
        actor=cast.handler, matter=matter, title="核对", owner=cast.handler, due_on=None
    )
    tasks.close_task(actor=cast.handler, task=task, note="已办")


def _exhibit(cast, matter):
    facts = {
        "name": "镜像", "kind": "electronic", "source": "机房", "obtained_on": date(2026, 6, 19),
        "original": True,
    }  # fmt: skip
    upload = SimpleUploadedFile("镜像.pdf", b"%PDF-1.4\n%%EOF\n")
    evidence.add_exhibit(actor=cast.handler, case=matter, upload=upload, facts=facts)


def _contact(cast, matter):
    facts = {"day": date(2026, 6, 19), "person": "李四", "medium": "telephone", "content": "通话"}
    work.record_contact(actor=cast.handler, matter=matter, facts=facts)


MOVES = {
    "comments": lambda cast, matter: work.add_comment(
        actor=cast.handler, matter=matter, text="意见"
    ),
    "notes": lambda cast, matter: work.add_note(actor=cast.handler, matter=matter, text="笔记"),
    "contacts": _contact,
    "tasks": _task,
    "papers": _paper,
    "exhibits": _exhibit,
    "documents": lambda cast, matter: notices.draft_document(
        actor=cast.handler, matter=matter, code="D-09"
    ),
}


@pytest.mark.parametrize("code", sorted(MOVES))
def test_whatever_somebody_does_moves_a_case_and_is_named_when_it_was_the_last(cast, case, code):
    assert found(cast.handler) == [case.key]
    with on(2026, 6, 20):
        MOVES[code](cast, case)
    assert found(cast.handler) == []
    assert found(cast.handler, days=5) == []
    [row] = idle.idle(cast.handler, idle.CASES, 4, {})
    assert (row.last_code, idle.last_day(row), idle.days_idle(row)) == (
        code,
        date(2026, 6, 20),
        4,
    )
    assert idle.last_thing(row) == str(movements[code].title)


def test_every_movement_a_room_hands_over_is_tried():
    assert {code for code, _movement in movements.items()} == {*MOVES, "events", "proposals"}


def test_an_event_is_named_by_its_kind_and_counts_from_the_day_it_was_entered(cast, case):
    with on(2026, 5, 20):
        announce(case, date(2026, 3, 5))
    Deadline.objects.update(state=DeadlineState.CANCELLED)
    [row] = idle.idle(cast.handler, idle.CASES, 35, {})
    assert (row.last_code, row.last_kind) == ("events", "announcement_published")
    assert (idle.last_day(row), idle.days_idle(row)) == (date(2026, 5, 20), 35)
    assert found(cast.handler, days=36) == []


def test_a_matter_that_was_only_entered_counts_from_then(cast, case):
    [row] = idle.idle(cast.handler, idle.CASES, 30, {})
    assert (idle.last_thing(row), idle.last_day(row)) == ("", date(*BEGIN))


def test_a_lead_sits_idle_like_a_case(cast, lead):
    assert found(cast.handler, idle.LEADS) == [lead.key]
    [row] = idle.idle(cast.handler, idle.LEADS, 30, {})
    assert row.handler_name == cast.handler.name
    work.add_comment(actor=cast.handler, matter=lead, text="意见")
    assert found(cast.handler, idle.LEADS) == []


# --- what watches it ---------------------------------------------------------------------------


def test_a_deadline_of_the_office_watches_a_matter_and_a_closed_one_does_not(cast, case):
    clock = services.set_manual(
        actor=cast.handler, matter=case, title="回访", day=date(2026, 12, 1)
    )
    assert found(cast.handler) == []
    Deadline.objects.filter(pk=clock.pk).update(state=DeadlineState.LAPSED)
    assert found(cast.handler) == []
    Deadline.objects.filter(pk=clock.pk).update(state=DeadlineState.CANCELLED)
    assert found(cast.handler) == [case.key]


def test_a_time_of_others_wakes_nobody_and_stands_beside_the_idle_matter(client, cast, case):
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    later = date(2026, 7, 6)
    Deadline.objects.filter(rule="P-01").update(
        effective_day=later, nominal_day=later, state=DeadlineState.OPEN
    )
    [row] = idle.idle(cast.handler, idle.CASES, 30, {})
    assert row.next_deadline == later
    assert "Mon 6 Jul" in open_page(client, cast.handler).content.decode()


def test_what_has_ended_does_not_sit_idle(cast, case, lead):
    day = date(*BEGIN)
    with on(*BEGIN):
        force(lead, "T07", day, actor=cast.chief, reason="不属于公益诉讼案件范围。")
        for code in ("T08", "T10", "T11"):
            force(case, code, day, actor=cast.chief, reason="损害已消除。")
    assert (lead.state, case.state) == (LeadState.NOT_FILED, CaseState.TERMINATED)
    assert found(cast.handler) == found(cast.handler, idle.LEADS) == []


# --- who sees it, filters, order ---------------------------------------------------------------


def test_each_sees_the_idle_matters_of_his_place_and_nobody_else_any(client, cast, case, lead):
    for reader in (cast.handler, cast.head, cast.chief):
        assert case.key in open_page(client, reader).content.decode()
        assert lead.key in open_page(client, reader, what="leads").content.decode()
    for reader in (cast.stranger, cast.colleague, cast.auditor):
        for what in ("cases", "leads"):
            text = open_page(client, reader, what=what).content.decode()
            assert case.key not in text
            assert lead.key not in text


def test_who_stands_aside_does_not_see_it(cast, case):
    case.team.create(user=cast.recused, position="handler")
    assert found(cast.recused) == [case.key]
    stand_aside(cast, case, cast.recused)
    assert found(cast.recused) == []


def test_the_longest_idle_stands_first_and_pages_follow_a_key(client, cast, case, monkeypatch):
    keys = [case.key]
    for day in (3, 2, 4):
        with on(2026, 2, day):
            keys.append(make_case(cast).key)
    expected = [keys[0], keys[2], keys[1], keys[3]]
    assert found(cast.handler) == expected
    monkeypatch.setattr("audit.paging.SIZE", 3)
    first = open_page(client, cast.handler)
    second = client.get(PAGE, {"after": first.context["page"].next})
    shown = [row["matter"].key for row in first.context["rows"] + second.context["rows"]]
    assert shown == expected


def test_it_is_narrowed_by_handler_and_department(cast, case, lead):
    with on(*BEGIN):
        other = make_case(cast, handler=cast.colleague)
    assert found(cast.head, person=cast.colleague) == [other.key]
    assert set(found(cast.head, department=cast.department)) == {case.key, other.key}
    assert found(cast.head, idle.LEADS, person=cast.colleague) == []


@pytest.mark.parametrize(
    "chosen", [{"days": "0"}, {"days": "366"}, {"what": "x"}, {"person": "999999999999"}]
)
def test_a_wrong_filter_is_refused(client, cast, chosen):
    assert open_page(client, cast.handler, **chosen).status_code == 400
    assert program_of(cast.handler).get("/api/v1/idle-matters/", chosen).status_code == 400


def test_the_list_costs_the_same_however_many(client, cast, case, django_assert_max_num_queries):
    open_page(client, cast.head)
    counted = set()
    for _time in range(2):
        with django_assert_max_num_queries(15) as queries:
            client.get(PAGE)
        counted.add(len(queries))
        with on(*BEGIN):
            for _number in range(4):
                make_case(cast)
    assert len(counted) == 1


# --- the office's own number -------------------------------------------------------------------


def test_the_office_sets_its_own_number_of_days_and_it_is_recorded(client, cast, case):
    assert idle.days_of(cast.office) == idle.USUAL_DAYS == 30
    open_page(client, cast.head)
    client.post(reverse("idle_days_set"), {"days": "200"})
    assert IdleDays.objects.get().set_by == cast.head
    assert idle.days_of(cast.other_office) == 30
    answer = open_page(client, cast.head)
    assert answer.context["rows"] == []
    assert answer.context["days"] == 200
    assert len(open_page(client, cast.head, days="30").context["rows"]) == 1
    entry = AuditEvent.objects.get(action="idle_days.set")
    assert b'{"after":200,"before":30}' in bytes(entry.canonical)


def test_who_handles_or_enters_sets_no_number(client, cast, case):
    for person in (cast.handler, cast.clerk, cast.auditor):
        with pytest.raises(NotPermitted):
            set_idle_days(actor=person, days=10)
        assert "office_days" not in open_page(client, person).content.decode()
        assert client.post(reverse("idle_days_set"), {"days": "10"}).status_code == 404
    assert not IdleDays.objects.exists()


@pytest.mark.parametrize("days", [0, 366])
def test_a_number_that_is_none_changes_nothing(client, cast, days):
    with pytest.raises(Invalid):
        set_idle_days(actor=cast.chief, days=days)
    client.force_login(cast.chief)
    client.post(reverse("idle_days_set"), {"days": str(days)})
    assert program_of(cast.chief).send("idle-matters/days/", {"days": days}).status_code == 400
    assert not IdleDays.objects.exists()


# --- programs ----------------------------------------------------------------------------------


def test_programs_read_the_list_and_set_the_number(cast, case):
    [row] = program_of(cast.handler).ask("idle-matters/")["results"]
    assert row == {
        "key": case.key,
        "title": case.title,
        "state": "filed",
        "state_title": row["state_title"],
        "handler": cast.handler.name,
        "last_thing": "",
        "last_day": "2026-01-05",
        "days_idle": 170,
        "next_deadline": None,
    }
    assert program_of(cast.stranger).ask("idle-matters/")["results"] == []
    refused = program_of(cast.handler).send("idle-matters/days/", {"days": 200})
    assert refused.status_code == 409
    hostile = {"days": 200, "office": cast.other_office.pk, "set_by": cast.stranger.pk}
    assert program_of(cast.chief).send("idle-matters/days/", hostile).status_code == 200
    kept = IdleDays.objects.get()
    assert (kept.office, kept.set_by) == (cast.office, cast.chief)
    assert program_of(cast.handler).ask("idle-matters/")["results"] == []
