"""The log: one line for each request and task, which names nobody and holds nothing anybody typed."""

from __future__ import annotations

import json
import logging
import re

import pytest
from django.db import IntegrityError, connection, transaction

from audit import context
from deadlines import waking
from procuracy import celery, logs
from procuracy.log_masking import mask
from procuracy.metrics import tasks
from tests.support.api import program_of
from tests.support.browser import PASSWORD, give_password
from tests.support.matters import make_case
from tests.support.reminders import reminders_due

IDENTITY_NUMBER = "330106199003077551"


@pytest.fixture
def written():
    """Collect what is logged from INFO on, as production writes it."""
    lines: list[str] = []

    class Collect(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler, root = Collect(), logging.getLogger()
    handler.setFormatter(logs.Lines(readable=False))
    handler.addFilter(logs.Once())
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lines
    root.removeHandler(handler)
    root.setLevel(before)


def told(written, event: str) -> list[dict]:
    """Return the lines about one kind of event."""
    return [line for line in map(json.loads, written) if line["event"] == event]


def test_a_request_leaves_one_line_by_numbers_and_codes(written, cast, as_user):
    case = make_case(cast)
    answer = as_user(cast.handler).get(f"/cases/{case.key}/?q=张三")
    (line,) = told(written, "request")
    assert line.pop("duration_ms") >= 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+08:00", line.pop("timestamp"))
    assert line == {
        "event": "request",
        "level": "info",
        "logger": "procuracy.requests",
        "route": "case_detail",
        "method": "GET",
        "status": 200,
        "user": cast.handler.pk,
        "office": cast.office.code,
        "request_id": answer["X-Request-ID"],
    }


def test_a_program_with_a_token_is_told_by_its_number_too(written, cast):
    program_of(cast.clerk).ask("cases/")
    (line,) = told(written, "request")
    assert (line["route"], line["user"]) == ("case-list", cast.clerk.pk)


def test_what_machines_ask_every_few_seconds_is_not_written(written, client, db):
    client.get("/healthz")
    client.get("/readyz")
    client.get("/metrics")
    assert written == []


def test_what_is_typed_into_a_form_reaches_no_line(written, client, cast):
    give_password(cast.handler)
    client.post("/login/", {"login": cast.handler.username, "password": "not the password"})
    client.post("/login/", {"login": cast.handler.username, "password": PASSWORD})
    program_of(cast.intake).send("leads/", {"title": f"张三 {IDENTITY_NUMBER}", "summary": "李四"})
    text = "\n".join(written)
    assert len(told(written, "request")) == 3
    for secret in (cast.handler.username, cast.handler.name, "not the", PASSWORD, "张三", "李四"):
        assert secret not in text
    assert IDENTITY_NUMBER not in text


def test_a_fault_of_the_server_is_told_by_its_route_and_never_by_its_address(
    written, client, cast, as_user, monkeypatch
):
    def broken(**entry: object) -> None:
        raise RuntimeError("broken for 张三")

    case, browser = make_case(cast), as_user(cast.handler)
    browser.raise_request_exception = False
    monkeypatch.setattr("audit.services.record", broken)
    answer = browser.get(f"/cases/{case.key}/")
    assert answer.status_code == 500
    (fault,) = told(written, "Internal Server Error: case_detail")
    assert "RuntimeError: broken for …" in fault["exception"]
    assert fault["request_id"] == answer["X-Request-ID"]
    (line,) = told(written, "request")
    assert (line["level"], line["status"]) == ("error", 500)
    assert case.key not in "".join(written)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Row of 张三丰 and 欧阳·娜娜 refused", "Row of … and … refused"),
        (f"number {IDENTITY_NUMBER}.", "number …."),
        ("number 11010119900307123X", "number …"),
        ("call 13800138000 or 0571-8765 4321", "call … or …"),
        ("card 6222 0212 3456 7890 123", "card …"),
        ("mail zhang.san@example.com", "mail …"),
        ("Authorization: Token abc123def", "Authorization: Token …"),
        ("redis://:secret@127.0.0.1:6379/0", "redis://…@127.0.0.1:6379/0"),
        ("no\nDETAIL:  Key (name)=(Smith) exists.\nend", "no\n…\nend"),
        ("bad\nLINE 1: VALUES ('Smith')\n                ^\nend", "bad\n…\nend"),
        (
            "Case 330106-2026-00012 at 2026-11-30 13:25:20",
            "Case 330106-2026-00012 at 2026-11-30 13:25:20",
        ),
        ("Item 1234567 took 0.25 s on port 5432", "Item 1234567 took 0.25 s on port 5432"),
    ],
)
def test_what_could_be_somebodys_data_is_masked(text, kept):
    assert mask(text) == kept


def test_a_row_in_a_sentence_is_told_by_kind_and_number(written, cast):
    deadline = reminders_due(cast, 1)
    reminder = deadline.reminders.get()
    logging.getLogger("deadlines").error(
        "%r is given up after %s attempts: %s", reminder, 8, "no mail"
    )
    (line,) = map(json.loads, written)
    assert line["event"] == f"Reminder {reminder.pk} is given up after 8 attempts: no mail"


def test_the_traceback_of_the_database_holds_no_values(written, cast):
    with (
        pytest.raises(IntegrityError) as caught,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO accounts_office SELECT * FROM accounts_office WHERE code = %s",
            [cast.office.code],
        )
    logging.getLogger("x").error("Failed.", exc_info=caught.value)
    (line,) = map(json.loads, written)
    assert "IntegrityError" in line["exception"]
    assert "already exists" in str(caught.value)
    assert "already exists" not in line["exception"]


def test_only_the_declared_fields_come_along(written):
    logging.getLogger("x").warning("Something.", extra={"body": "secret", "route": "home"})
    (line,) = map(json.loads, written)
    assert line["route"] == "home"
    assert "body" not in line


def test_a_line_break_makes_no_second_line(written):
    logging.getLogger("x").warning('one\n{"event": "forged"}\r\x1b[31m')
    assert "\n" not in written[0]
    assert json.loads(written[0])["event"].startswith("one\n")


def test_people_at_a_terminal_read_sentences():
    record = logging.makeLogRecord({"msg": "Made.", "levelname": "WARNING", "name": "x"})
    assert "Made." in logs.Lines(readable=True).format(record)


class Sent:
    """A task as Celery hands it to the signals."""

    name = "deadlines.tasks.sweep_reminders"

    def __init__(self, headers: dict[str, str]) -> None:
        self.request = headers


def test_the_worker_says_for_which_request_it_works(written):
    headers: dict[str, str] = {}
    with context.origin("a" * 32):
        celery.name_request(headers, Sent.name)
    task = Sent(headers)
    celery.begin_task("1", task)
    logging.getLogger("deadlines").warning("A batch is delivered one by one.")
    celery.end_task("1", task, "SUCCESS")
    logging.getLogger("deadlines").warning("Later.")
    inside, end, later = map(json.loads, written)
    assert inside["request_id"] == end["request_id"] == "a" * 32
    assert (end["event"], end["task"], end["outcome"]) == ("task", Sent.name, "success")
    assert "request_id" not in later
    assert tasks._running == {}


def test_a_hint_to_the_workers_knows_the_request_it_was_sent_by(monkeypatch):
    found: list[str] = []

    class Task:
        name = "a task"

        def apply_async(self, **options: object) -> None:
            found.append(logs.current_request())

    lock = waking._on_its_way[Task.name]
    with context.origin("b" * 32):
        waking.wake(Task())
    with lock:
        assert found == ["b" * 32]
