"""The pages and the API of batches: tried, started, followed, taken along, and shut to strangers."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from rest_framework.test import APIClient

from audit.models import AuditEvent
from cases.services.parties import add_party
from notices import services as documents
from notices.batch import services
from notices.models import BatchItem, Document, DocumentBatch
from tests.notices.batches import PLAN_TEXTS, cases_of, investigating, plans_for, start

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")
CREATE = "/api/v1/document-batches/"


def _login(client, person, language="en"):
    person.language = language
    person.save()
    client.force_login(person)
    return client


def _as(person) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


@pytest.fixture
def cases(june, cast):
    return cases_of(cast, 3)


@pytest.fixture
def batch(cases, cast):
    """A batch with two drafts and one refused."""
    start(cast.handler, plans_for(cases[2:]))
    made = start(cast.handler, plans_for(cases))
    services.sweep()
    return made


def _fields(cases, **more):
    token = "6f1c2b9e-7f0a-4c68-9d5e-3a5a8f6d1b11"
    return {"token": token, "cases": [case.key for case in cases]} | more


# --- pages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_batch_is_tried_started_and_followed(client, cases, cast, language):
    _login(client, cast.handler, language)
    address = reverse("batch_create")
    begin = client.get(address).content.decode()
    assert "D-09" in begin
    address += "?code=D-09&case="
    form = client.get(address).content.decode()
    assert all(case.key in form for case in cases)
    typed = {f"text-{name}": text for name, text in PLAN_TEXTS.items()}
    tried = client.post(address, _fields(cases, **typed, **{"try": "1"}))
    assert tried.status_code == 200
    assert 'name="start"' in tried.content.decode()
    assert PLAN_TEXTS["steps"] in tried.content.decode()
    assert not DocumentBatch.objects.exists()
    started = client.post(address, _fields(cases, make_final="on", **typed, **{"start": "1"}))
    batch = DocumentBatch.objects.get()
    assert started["Location"] == batch.get_absolute_url()
    assert (
        client.post(address, _fields(cases, **typed, start="1"))["Location"] == started["Location"]
    )
    waiting = client.get(batch.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 5s"' in waiting
    part = client.get(batch.get_absolute_url(), headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "0 / 3" in part
    assert part.strip() in waiting
    services.sweep()
    over = client.get(batch.get_absolute_url()).content.decode()
    assert "every 5s" not in over
    for item in batch.items.all():
        assert item.document.status == "final"
        assert item.document.get_absolute_url() in over
    assert batch.get_absolute_url() in client.get(reverse("batch_list")).content.decode()


def test_addressees_are_the_parties_of_a_case_and_names_typed_one_a_line(client, case, cast):
    investigating(case, cast)
    facts = {"role": "violator", "kind": "person", "name": "张三"}
    add_party(actor=cast.handler, case=case, facts=facts)
    _login(client, cast.handler)
    address = f"{reverse('batch_create')}?code=D-20&case={case.key}"
    assert "张三" in client.get(address).content.decode()
    fields = {"token": "6f1c2b9e-7f0a-4c68-9d5e-3a5a8f6d1b11", "names": "甲公司\r\n\r\n张三\r\n"}
    tried = client.post(address, fields | {"parties": ["张三"], "try": "1"}).content.decode()
    assert "2 documents were tried" in tried
    client.post(address, fields | {"parties": ["张三"], "start": "1"})
    assert list(BatchItem.objects.values_list("addressee", flat=True)) == ["张三", "甲公司"]


def test_where_nothing_can_be_made_nothing_is_offered_to_start(client, batch, cases, cast):
    _login(client, cast.handler)
    tried = client.post(f"{reverse('batch_create')}?code=D-09", _fields(cases, **{"try": "1"}))
    page = tried.content.decode()
    assert "3 documents were tried. 3 cannot be made." in page
    assert 'name="start"' not in page


def test_what_is_typed_wrong_is_said_at_its_field_and_nothing_begins(client, cases, case, cast):
    _login(client, cast.handler)
    begin = reverse("batch_create")
    # D-01 is of a lead, D-09 names no addressee.
    for query in ("?code=D-01", f"?code=D-09&case={case.key}", "?code=D-09&case=no"):
        assert client.get(begin + query).status_code == 400, query
    none = client.post(f"{begin}?code=D-09", _fields([], start="1"))
    assert none.status_code == 400
    assert "Choose at least one case." in none.content.decode()
    nobody = client.post(f"{begin}?code=D-30&case={case.key}", _fields([], start="1"))
    assert "type an addressee" in nobody.content.decode()
    wrong = client.post(
        f"{begin}?code=D-09", _fields(cases, start="1", **{"text-approach": "x" * 20_001})
    )
    assert wrong.status_code == 400
    assert "more than 20000" in wrong.content.decode()
    assert not DocumentBatch.objects.exists()


def test_what_was_refused_is_tried_again_after_its_cure(client, batch, cases, cast):
    _login(client, cast.handler)
    page = client.get(batch.get_absolute_url()).content.decode()
    item = batch.items.get(state="refused")
    assert item.sentence in page
    again = reverse("batch_again", args=[batch.pk])
    assert again in page
    present = Document.objects.get(case=cases[2], code="D-09")
    documents.void_document(actor=cast.handler, document=present, reason="重复")
    assert client.post(again).status_code == 302
    services.sweep()
    assert not batch.items.exclude(state="done").exists()
    assert client.post(again).status_code == 409


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_script_asks_for_brings_the_rows_and_what_can_be_done_about_the_refused(
    client, batch, cases, cast, language
):
    _login(client, cast.handler, language)
    asked = {"HX-Request": "true"}
    part = client.get(batch.get_absolute_url(), headers=asked).content.decode()
    for item in batch.items.all():
        assert str(item.get_state_display()) in part
        assert item.document is None or item.document.get_absolute_url() in part
    assert reverse("batch_again", args=[batch.pk]) in part
    assert reverse("batch_settle", args=[batch.pk]) in part


def test_script_asks_again_for_the_page_of_the_list_that_is_read(client, cases, cast):
    made = start(cast.handler, plans_for(cases_of(cast, 51)))
    _login(client, cast.handler)
    address = made.get_absolute_url()
    first = client.get(address)
    second = f"{address}?after={first.context['page'].next}"
    assert f'hx-get="{second}"' in client.get(second).content.decode()


def test_the_documents_are_taken_along_as_one_pdf_or_a_zip_and_each_look_is_recorded(
    client, batch, cast
):
    _login(client, cast.handler)
    merged = client.get(reverse("batch_merged", args=[batch.pk]))
    assert merged["Content-Type"] == "application/pdf"
    assert "attachment" in merged["Content-Disposition"]
    assert len(PdfReader(io.BytesIO(merged.content)).pages) >= 2
    packed = client.get(reverse("batch_zip", args=[batch.pk]))
    content = io.BytesIO(b"".join(packed.streaming_content))
    with zipfile.ZipFile(content) as found:
        assert len(found.namelist()) == 2
    for action in ("document_batch.merged", "document_batch.zipped"):
        entry = AuditEvent.objects.get(action=action)
        assert entry.actor_id == cast.handler.pk
        assert entry.object_id == str(batch.pk)
    assert AuditEvent.objects.filter(action="document.pdf").count() == 4


def test_a_batch_is_left_at_what_was_made(client, batch, cast):
    _login(client, cast.handler)
    settle = reverse("batch_settle", args=[batch.pk])
    assert settle in client.get(batch.get_absolute_url()).text
    assert batch.get_absolute_url() in client.get(reverse("home")).text
    assert client.post(settle).status_code == 302
    assert settle not in client.get(batch.get_absolute_url()).text
    assert batch.get_absolute_url() not in client.get(reverse("home")).text
    assert client.post(settle).status_code == 409


def test_nobody_else_finds_a_batch(client, batch, cast):
    names = ("batch_detail", "batch_merged", "batch_zip")
    for person in (cast.stranger, cast.assistant, cast.head, cast.chief, cast.auditor):
        _login(client, person)
        for name in names:
            assert client.get(reverse(name, args=[batch.pk])).status_code == 404, name
        for name in ("batch_again", "batch_settle"):
            assert client.post(reverse(name, args=[batch.pk])).status_code == 404
        assert batch.get_absolute_url() not in client.get(reverse("batch_list")).content.decode()
        api = _as(person)
        for path in ("", "items/", "merged/", "zipped/"):
            assert api.get(f"{CREATE}{batch.pk}/{path}").status_code == 404
        for path in ("again/", "settle/"):
            assert api.post(f"{CREATE}{batch.pk}/{path}").status_code == 404
        assert api.get(CREATE).data["results"] == []


def test_a_case_one_may_not_see_any_more_is_not_shown_in_its_batch(client, batch, cases, cast):
    cases[0].team.all().delete()
    type(cases[0]).objects.filter(pk=cases[0].pk).update(confidential=True, department=None)
    _login(client, cast.handler)
    page = client.get(batch.get_absolute_url()).content.decode()
    assert cases[0].key not in page
    assert cases[1].key in page
    assert len(_as(cast.handler).get(f"{CREATE}{batch.pk}/items/").data) == 2


def test_the_lists_ask_the_database_no_more_for_more_rows(client, cases, cast):
    _login(client, cast.handler)

    def asked(address) -> int:
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    one = start(cast.handler, plans_for(cases[:1]))
    services.sweep()
    short, detail = asked(reverse("batch_list")), asked(one.get_absolute_url())
    for _ in range(5):
        start(cast.handler, plans_for(cases))
    many = start(cast.handler, plans_for(cases_of(cast, 6)))
    services.sweep()
    assert asked(reverse("batch_list")) == short
    assert asked(many.get_absolute_url()) == detail


# --- the API ---------------------------------------------------------------------------------------


def test_a_program_tries_starts_and_follows_a_batch(cases, cast):
    client = _as(cast.handler)
    entries = {"code": "D-09", "cases": [case.key for case in cases], "texts": PLAN_TEXTS}
    tried = client.post(CREATE, entries | {"dry_run": True}, format="json")
    assert tried.status_code == 200
    assert [row["case"] for row in tried.data["rows"]] == entries["cases"]
    assert tried.data["rows"][0]["missing"] == []
    assert not DocumentBatch.objects.exists()
    started = client.post(CREATE, entries | {"make_final": True}, format="json")
    assert started.status_code == 201
    assert (started.data["waiting"], started.data["total"]) == (3, 3)
    services.sweep()
    address = f"{CREATE}{started.data['id']}/"
    assert client.get(address).data["done"] == 3
    items = client.get(f"{address}items/").data
    assert [item["position"] for item in items] == [1, 2, 3]
    assert all(item["document"] for item in items)
    assert [row["id"] for row in client.get(CREATE).data["results"]] == [started.data["id"]]
    assert client.post(f"{address}again/").status_code == 409


def test_a_program_takes_the_documents_along_and_leaves_the_rest(batch, cast):
    client = _as(cast.handler)
    address = f"{CREATE}{batch.pk}/"
    merged = client.get(f"{address}merged/")
    assert merged["Content-Type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(merged.content)).pages) >= 2
    packed = b"".join(client.get(f"{address}zipped/").streaming_content)
    with zipfile.ZipFile(io.BytesIO(packed)) as found:
        assert len(found.namelist()) == 2
    assert AuditEvent.objects.filter(action="document.pdf").count() == 4
    assert client.post(f"{address}settle/").data["settled_at"]
    assert client.post(f"{address}settle/").status_code == 409


def test_a_program_is_told_what_cannot_be_planned(cases, cast):
    client = _as(cast.handler)
    keys = [case.key for case in cases]
    for entries, field in (
        ({"code": "D-01", "cases": keys}, "code"),
        ({"code": "D-09", "cases": ["330106-2026-99999"]}, "cases"),
        ({"code": "D-09", "cases": keys, "addressees": ["甲"]}, "addressees"),
    ):
        answer = client.post(CREATE, entries, format="json")
        assert answer.status_code == 400
        assert field in answer.data["errors"], answer.data
    stranger = _as(cast.stranger).post(CREATE, {"code": "D-09", "cases": keys}, format="json")
    assert stranger.status_code == 400
    assert not DocumentBatch.objects.exists()
