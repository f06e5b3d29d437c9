"""A table of bodies: judged row by row, confirmed, entered whole or not at all."""

from __future__ import annotations

import csv
import io

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from administrative.bodies import table
from administrative.models import Body
from audit import clock
from audit.models import AuditEvent
from tests.administrative.bodies.conftest import CREDIT_CODE, enter
from tests.support.api import program_of

pytestmark = pytest.mark.django_db
PAGE, ENTER = "/bodies/import/", "/bodies/import/enter/"
ROW = {
    "名称": "杭州市拱墅区教育局",
    "类别": "education",
    "层级": "county",
    "行政区划代码": "330105",
    "统一社会信用代码": CREDIT_CODE,
    "电话": "0571-22222222",
}
OTHER = {"名称": "杭州市卫生健康委员会", "类别": "health", "层级": "city", "行政区划代码": "330100"}


def sheet(*rows, heads=None):
    """The rows as CSV, as an upload."""
    heads = heads or sorted({head for row in rows for head in row} or {"名称"})
    text = io.StringIO()
    writer = csv.DictWriter(text, heads, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile("名录.csv", text.getvalue().encode("utf-8-sig"), "text/csv")


def workbook(*rows):
    book = Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(row.values()))
    content = io.BytesIO()
    book.save(content)
    return SimpleUploadedFile("名录.xlsx", content.getvalue())


def test_a_table_is_shown_first_and_entered_when_confirmed(cast, as_user):
    client, before = as_user(cast.clerk), Body.objects.count()
    shown = client.post(PAGE, {"table": sheet(ROW, OTHER)})
    assert (shown.status_code, Body.objects.count()) == (200, before)
    assert [verdict.met for verdict in shown.context["verdicts"]] == [True, True]
    done = client.post(ENTER, {"preview": shown.context["preview"]})
    assert done["Location"] == reverse("body_list")
    body = Body.objects.get(region="330105")
    assert (body.name, body.credit_code, body.created_by) == (
        ROW["名称"], CREDIT_CODE, cast.clerk,
    )  # fmt: skip
    assert Body.objects.count() == before + 2
    assert AuditEvent.objects.filter(action="body.added", object_id=str(body.pk)).exists()


def test_a_workbook_is_read_as_csv_is_and_choices_go_by_value_or_title(cast, as_user):
    row = ROW | {"类别": "Education", "层级": "County or district"}
    shown = as_user(cast.clerk).post(PAGE, {"table": workbook(row)})
    assert [verdict.facts["kind"] for verdict in shown.context["verdicts"]] == ["education"]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"名称": ""}, "名称"),
        ({"类别": "警察"}, "类别"),
        ({"层级": ""}, "层级"),
        ({"行政区划代码": "990000"}, "行政区划代码"),
        ({"层级": "city"}, "行政区划代码"),
        ({"统一社会信用代码": "1"}, "统一社会信用代码"),
        ({"上级机关": "没有这个局"}, "上级机关"),
        ({"电子邮箱": "nobody"}, "电子邮箱"),
        ({"名称": OTHER["名称"], "行政区划代码": "330100", "层级": "city"}, "名称"),
    ],
)
def test_one_wrong_row_and_nothing_of_the_table_is_entered(cast, as_user, changes, column):
    client, before = as_user(cast.clerk), Body.objects.count()
    shown = client.post(PAGE, {"table": sheet(OTHER, ROW | changes)})
    first, second = shown.context["verdicts"]
    assert (first.met, [fault.column for fault in second.faults]) == (True, [column])
    assert ENTER not in shown.content.decode()
    refused = client.post(ENTER, {"preview": shown.context["preview"]})
    assert refused.status_code == 400
    assert second.faults[0].sentence in refused.content.decode()
    answer = program_of(cast.clerk).send(
        "bodies/import/",
        {"table": sheet(OTHER, ROW | changes), "enter": "true"},
        format="multipart",
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "rows_refused")
    assert list(answer.json()["errors"]) == ["rows.2"]
    assert Body.objects.count() == before


def test_what_the_directory_has_already_is_refused_and_what_is_like_it_named(cast, as_user):
    there = enter(cast.clerk, name=ROW["名称"], region="330105")
    client = as_user(cast.clerk)
    shown = client.post(PAGE, {"table": sheet(ROW, ROW | {"名称": "拱墅区教育局"})})
    same, like = shown.context["verdicts"]
    assert not same.met
    assert (like.met, like.perhaps) == (True, [there])


def test_what_was_entered_between_preview_and_confirmation_stops_it(cast, as_user):
    client = as_user(cast.clerk)
    shown = client.post(PAGE, {"table": sheet(OTHER, ROW)})
    enter(cast.handler, name=ROW["名称"], region="330105")
    before = Body.objects.count()
    assert client.post(ENTER, {"preview": shown.context["preview"]}).status_code == 400
    assert Body.objects.count() == before


def test_a_preview_is_used_by_who_saw_it_unchanged_and_within_a_day(cast, as_user, monkeypatch):
    shown = as_user(cast.clerk).post(PAGE, {"table": sheet(ROW)})
    preview = shown.context["preview"]
    forged = signing.dumps({"actor": cast.clerk.pk, "rows": [{"name": "甲"}]}, salt="another")
    for wrong in ("", "x", preview[:-1], forged):
        assert as_user(cast.clerk).post(ENTER, {"preview": wrong}).status_code == 400
    assert as_user(cast.handler).post(ENTER, {"preview": preview}).status_code == 400
    monkeypatch.setattr(table, "_SECONDS", -1)
    assert as_user(cast.clerk).post(ENTER, {"preview": preview}).status_code == 400
    assert not Body.objects.filter(region="330105").exists()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 no workbook",
        b"\xff\xfe\x00",
        "名称,类别,层级\n".encode(),
        "名称,类别\n甲,education\n".encode(),
        "名称,类别,层级,颜色\n甲,education,county,红\n".encode(),
        "名称,名称,类别,层级\n甲,甲,education,county\n".encode(),
        "名称,类别,层级\n=1+1,education,county\n".encode(),
        b"[1]",
        b"{\"name\": [",
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_a_sentence(cast, as_user, content):
    upload = SimpleUploadedFile("t.csv", content)
    answer = as_user(cast.clerk).post(PAGE, {"table": upload})
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["table"])
    upload = SimpleUploadedFile("t.csv", content)
    refused = program_of(cast.clerk).send("bodies/import/", {"table": upload}, format="multipart")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["table"])


def test_without_a_table_it_is_said(cast, as_user):
    assert list(as_user(cast.clerk).post(PAGE, {}).context["form"].errors) == ["table"]
    assert program_of(cast.clerk).send("bodies/import/", {}, format="multipart").status_code == 400


def test_a_program_judges_and_then_enters(cast):
    program, before = program_of(cast.clerk), Body.objects.count()
    judged = program.send("bodies/import/", {"table": sheet(ROW, OTHER)}, format="multipart").json()
    assert [(row["row"], row["faults"]) for row in judged["rows"]] == [(1, []), (2, [])]
    assert (judged["entered"], Body.objects.count()) == ([], before)
    sent = {"table": sheet(ROW, OTHER), "enter": "true"}
    entered = program.send("bodies/import/", sent, format="multipart").json()["entered"]
    assert Body.objects.filter(pk__in=entered).count() == 2
    refused = program_of(cast.chief).send("bodies/import/", sent, format="multipart")
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_role")


def test_the_template_has_the_headings_of_the_table(cast, as_user):
    answer = as_user(cast.clerk).get(reverse("body_template"))
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    heads = [cell.value for cell in next(book.worksheets[0].iter_rows(max_row=1))]
    assert heads == [title for title, _english in table.TITLES.values()]
    assert clock.today().strftime("%Y%m%d") in answer["Content-Disposition"]
    program = program_of(cast.clerk).get("/api/v1/bodies/template/")
    assert (
        load_workbook(io.BytesIO(b"".join(program.streaming_content))).sheetnames[0] == "机构名录"
    )
