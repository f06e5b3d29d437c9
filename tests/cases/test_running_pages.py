"""The pages and the API by which running cases come in: one case, a table, the head's decision."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from audit import clock
from cases.models import Case, Lead, RunningEntry
from cases.registries import inbox
from cases.running import services
from cases.selectors import back_entry
from cases.services import back_entry as mode
from cases.states import CaseState
from tests.support import old_cases as old
from tests.support.api import program_of
from tests.support.matters import make_case
from tests.support.tables import announced_row, filed_row, papers_of, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings, tmp_path):
    settings.EVIDENCE_STORAGE = str(tmp_path / "store")
    with clock.frozen(datetime(2026, 6, 24, 9)):
        yield


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"


def page_of(cast, **changes: Any) -> dict[str, Any]:
    """Return the form of one case, filled as the row of a table."""
    row = filed_row(cast) | changes
    data: dict[str, Any] = {"reason": old.REASON}
    for code, cell in row.items():
        if code == "state":
            continue
        if code.endswith((".file", ".paper")):
            data[code] = old.scan(cell) if cell else ""
        elif code.endswith(".signer") or ".by_" in code:
            people = (cast.head, cast.chief)
            data[code] = next(p.pk for p in people if cell in (p.name, p.username))
        else:
            data[code] = {"是": "on"}.get(cell, cell)
    return data


def test_a_running_case_is_entered_on_one_page_and_stands_in_back_entry_when_the_head_agrees(
    as_user, cast
):
    client = as_user(cast.handler)
    assert client.get(reverse("running_create")).status_code == 200
    answer = client.post(reverse("running_create"), page_of(cast))
    assert answer.status_code == 302, answer.content.decode()
    entry = RunningEntry.objects.get()
    assert (entry.status, Lead.objects.count()) == ("asked", 0)
    client = as_user(cast.head)
    address = reverse("running_decide", args=[entry.pk])
    assert client.get(address).status_code == 200
    data = {"decision": "agree", "digest": entry.digest}
    assert client.post(address, data).status_code == 302
    case = Case.objects.get()
    assert (case.state, case.filed_on) == (CaseState.FILED, old.FILED)
    assert back_entry.is_running(case)
    shown = client.get(reverse("running_detail", args=[entry.pk])).content.decode()
    assert case.key in shown


def test_what_stands_against_the_case_is_said_on_the_page_and_nothing_is_kept(as_user, cast):
    data = page_of(cast, **{"T06.legal_bases": "PIPL 70"})
    answer = as_user(cast.handler).post(reverse("running_create"), data)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "PIPL 70 was not in force before 2021-11-01" in page
    assert old.FILING["harm"] in page, "what was typed is kept"
    assert not RunningEntry.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lead.title": ""}, "lead.title"),
        ({"T06.paper": ""}, "T06.paper"),
        ({"T06.on_chief": "2020-13-40"}, "T06.on_chief"),
    ],
)
def test_a_missing_or_wrong_entry_is_said_at_its_field(as_user, cast, change, field):
    answer = as_user(cast.handler).post(reverse("running_create"), page_of(cast, **change))
    assert answer.status_code == 400
    assert field in answer.context["form"].errors


def upload_of(*rows: dict[str, str]) -> dict[str, Any]:
    return {"table": workbook(*rows), "papers": papers_of(*rows), "reason": old.REASON}


def test_a_table_is_tried_asked_for_and_entered_in_the_browser(as_user, cast):
    client = as_user(cast.handler)
    rows = announced_row(cast), filed_row(cast)
    answer = client.post(reverse("running_import"), upload_of(*rows))
    assert answer.status_code == 302, answer.content.decode()
    entry = RunningEntry.objects.get()
    shown = client.get(answer["Location"]).content.decode()
    assert shown.count("would enter") == 2
    assert entry.sha256 in shown
    assert client.post(reverse("running_ask", args=[entry.pk])).status_code == 302
    client = as_user(cast.head)
    decide = reverse("running_decide", args=[entry.pk])
    wrong = client.post(decide, {"decision": "agree", "digest": "0" * 64})
    assert wrong.status_code == 409
    assert not Case.objects.exists()
    assert client.post(decide, {"decision": "agree", "digest": entry.digest}).status_code == 302
    assert sorted(Case.objects.values_list("state", flat=True)) == ["announcing", "filed"]


def test_a_table_with_mixed_rows_shows_article_and_way_out_and_enters_nothing(as_user, cast):
    client = as_user(cast.handler)
    rows = filed_row(cast), filed_row(cast, **{"T06.legal_bases": "PIPL 70"})
    answer = client.post(reverse("running_import"), upload_of(*rows))
    shown = client.get(answer["Location"]).content.decode()
    assert "PIPL 70; CPL 58" in shown or "PIPL" in shown
    assert "What to do:" in shown
    assert reverse("running_ask", args=[RunningEntry.objects.get().pk]) not in shown
    entry = RunningEntry.objects.get()
    assert client.post(reverse("running_ask", args=[entry.pk])).status_code == 409
    assert not Lead.objects.exists()


def test_the_template_is_downloaded(as_user, cast, tmp_path):
    answer = as_user(cast.handler).get(reverse("running_template"))
    file = tmp_path / "template.xlsx"
    file.write_bytes(b"".join(answer.streaming_content))
    assert load_workbook(file).sheetnames == ["在办案件", "填写说明"]


def test_who_has_nothing_to_do_with_it_finds_nothing(as_user, cast):
    entry = services.try_table(
        actor=cast.handler,
        table=workbook(filed_row(cast)),
        papers=papers_of(filed_row(cast)),
        reason=old.REASON,
    )
    for person in (cast.clerk, cast.intake, cast.auditor, cast.case_manager):
        client = as_user(person)
        for name in ("running_list", "running_create", "running_import", "running_template"):
            assert client.get(reverse(name)).status_code == 404, name
    for person in (cast.stranger, cast.colleague, cast.head):
        client = as_user(person)
        for name in ("running_detail", "running_ask", "running_decide"):
            assert client.get(reverse(name, args=[entry.pk])).status_code == 404, name


def test_what_waits_for_the_head_stands_in_his_inbox(cast):
    row = filed_row(cast)
    entry = services.try_table(
        actor=cast.handler, table=workbook(row), papers=papers_of(row), reason=old.REASON
    )
    services.ask_head(actor=cast.handler, entry=entry)
    case = make_case(cast)
    mode.ask_for_back_entry(actor=cast.handler, matter=case, reason=old.REASON)
    tell = [inbox["running_cases"], inbox["back_entries"]]
    assert [len(items(cast.head)) for items in tell] == [1, 1]
    for person in (cast.handler, cast.chief, cast.stranger):
        assert [items(person) for items in tell] == [[], []]


def test_the_list_costs_the_same_however_many_tables(as_user, cast, django_assert_max_num_queries):
    client, counts = as_user(cast.handler), set()
    for _time in range(3):
        row = filed_row(cast)
        services.try_table(
            actor=cast.handler, table=workbook(row), papers=papers_of(row), reason=old.REASON
        )
        with django_assert_max_num_queries(14) as queries:
            assert client.get(reverse("running_list")).status_code == 200
        counts.add(len(queries))
    assert len(counts) <= 2, "the first page may load what is kept"


def test_the_api_tries_asks_and_enters(cast):
    handler, head = program_of(cast.handler), program_of(cast.head)
    rows = (announced_row(cast),)
    tried = handler.send("running-cases/", upload_of(*rows), format="multipart")
    assert tried.status_code == 201, tried.content.decode()
    body = tried.json()
    assert [(v["row"], v["met"]) for v in body["verdicts"]] == [(1, True)]
    path = f"running-cases/{body['id']}/"
    assert head.send(f"{path}decide/", {}).status_code == 404
    assert handler.send(f"{path}ask/", {}).json()["status"] == "asked"
    decision = {"decision": "agree", "digest": body["digest"]}
    assert handler.send(f"{path}decide/", decision).status_code == 409
    assert head.send(f"{path}decide/", decision | {"digest": "x"}).status_code == 409
    assert head.send(f"{path}decide/", decision).json()["status"] == "entered"
    assert Case.objects.get().state == CaseState.ANNOUNCING
    assert program_of(cast.stranger).send(f"{path}ask/", {}).status_code == 404
    assert handler.ask("running-cases/")["results"][0]["status"] == "entered"
    assert handler.get("/api/v1/running-cases/template/").status_code == 200
    assert program_of(cast.clerk).get("/api/v1/running-cases/template/").status_code == 404


def test_the_api_refuses_what_is_no_table(cast):
    body = {"table": old.scan("表.xlsx"), "papers": [], "reason": old.REASON}
    answer = program_of(cast.handler).send("running-cases/", body, format="multipart")
    assert answer.status_code == 400
    assert not RunningEntry.objects.exists()
