"""The same acts for programs: same guards, same refusals, as problem details."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as Docx
from rest_framework.test import APIClient

from accounts.models import Role
from audit.models import AuditEvent
from notices import services
from notices.catalogue import TYPES
from notices.models import Document, NumberRegister
from tests.notices.matters import MINIMAL_PDF, approve_text, register
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
DOCUMENTS = "/api/v1/documents/"


def _as(person) -> APIClient:
    client = APIClient()
    client.force_authenticate(person)
    return client


def _act(client, document, act, **entries):
    return client.post(f"{DOCUMENTS}{document.pk}/{act}/", entries, format="json")


def test_the_catalogue_lists_every_type_with_its_article(cast, june):
    answer = _as(cast.handler).get("/api/v1/document-types/")
    assert [item["code"] for item in answer.data] == list(TYPES)
    decision = _as(cast.handler).get("/api/v1/document-types/D-06/").data
    assert decision["codes"][0] == {
        "track": "民公",
        "type": "立",
        "word": "民公立",
        "unverified": True,
    }
    assert {"name": "basis", "mandatory": True, "article": "Rules 85; PIPL 70"}.items() <= {
        **next(item for item in decision["contents"] if item["name"] == "basis")
    }.items()
    assert _as(cast.handler).get("/api/v1/document-types/D-99/").status_code == 404


def test_a_decision_goes_from_draft_to_void(decision, cast):
    client = _as(cast.clerk)
    edited = client.patch(
        f"{DOCUMENTS}{decision.pk}/",
        {"version": 1, "contents": {"facts": "查明。"}},
        format="json",
    )
    assert edited.data["contents"]["facts"] == {"value": "查明。", "source": "person"}
    refused = _act(client, decision, "issue", signer=cast.chief.pk)
    assert [item["code"] for item in refused.data["unmet"]] == ["document_approved"]
    approve_text(decision, cast)
    issued = _act(client, decision, "issue", signer=cast.chief.pk)
    assert issued.data["number"] == "江云检民公立〔2026〕1号"
    file = client.get(f"{DOCUMENTS}{decision.pk}/file/")
    assert b"".join(file.streaming_content).startswith(b"%PDF-")
    (number,) = client.get("/api/v1/document-numbers/").data["results"]
    assert (number["number"], number["state"]) == (issued.data["number"], "given")
    voided = _act(_as(cast.handler), decision, "void", reason="打印错误")
    assert voided.data["status"] == "void"


def test_refusals_are_problems_with_everything_that_is_unmet(decision, case, cast):
    services.edit_document(
        actor=cast.clerk, document=decision, values={"basis": "", "harm": ""}, version=1
    )
    answer = _act(_as(cast.clerk), decision, "finalise")
    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert {item["law"] for item in answer.data["unmet"]} == {"Rules 85(1)", "Rules 85; PIPL 70"}
    late = _as(cast.clerk).patch(
        f"{DOCUMENTS}{decision.pk}/", {"version": 1, "contents": {"facts": "x"}}, format="json"
    )
    assert (late.status_code, late.data["code"]) == (409, "lost_update")


@pytest.mark.norm("C119")
def test_an_unauthorised_signer_and_a_signer_of_elsewhere_are_refused(decision, cast):
    refused = _act(_as(cast.clerk), decision, "issue", signer=cast.handler.pk)
    assert (refused.status_code, refused.data["code"]) == (409, "unauthorised_signer")
    assert _act(_as(cast.clerk), decision, "issue", signer=cast.stranger.pk).status_code == 400


def test_a_finished_document_is_filed_and_a_number_used_twice_refused(case, cast):
    entries = {
        "matter": case.key,
        "code": "D-41",
        "signed_day": "2026-06-24",
        "number": "江云检民公告〔2026〕3号",
        "signer": cast.chief.pk,
    }
    client = _as(cast.clerk)
    file = SimpleUploadedFile("公告.pdf", MINIMAL_PDF)
    filed = client.post(f"{DOCUMENTS}register/", entries | {"file": file}, format="multipart")
    assert filed.status_code == 201
    file = SimpleUploadedFile("公告.pdf", MINIMAL_PDF)
    again = client.post(f"{DOCUMENTS}register/", entries | {"file": file}, format="multipart")
    assert (again.status_code, again.data["code"]) == (409, "number_taken")
    assert again.data["details"]["document"] == filed.data["id"]


def test_a_draft_is_begun_corrected_and_proposed(decision, case, cast):
    client = _as(cast.handler)
    begun = client.post(DOCUMENTS, {"matter": case.key, "code": "D-09"}, format="json")
    assert begun.status_code == 201
    plan = Document.objects.get(pk=begun.data["id"])
    assert _act(client, plan, "finalise").status_code == 409
    issued = services.issue_document(actor=cast.clerk, document=decision, signer=cast.chief)
    draft = _act(client, issued, "correct", reason="笔误")
    assert (draft.status_code, draft.data["corrects"]) == (201, issued.pk)
    document = Document.objects.get(pk=draft.data["id"])
    assert _act(client, document, "submit", reasons="更正").data["proposal"]
    assert _act(client, document, "reopen").status_code == 409


def test_the_list_is_narrowed_by_matter_code_and_status(decision, case, cast):
    client = _as(cast.clerk)
    found = client.get(DOCUMENTS, {"matter": case.key, "code": "D-06", "status": "draft"}).data
    assert [row["id"] for row in found["results"]] == [decision.pk]
    assert client.get(DOCUMENTS, {"status": "unknown"}).status_code == 400


def test_the_stranger_finds_nothing(decision, case, cast):
    client = _as(cast.stranger)
    assert client.get(DOCUMENTS).data["results"] == []
    assert client.get(f"{DOCUMENTS}{decision.pk}/").status_code == 404
    assert client.get(f"{DOCUMENTS}{decision.pk}/file/").status_code == 404
    for act in ("finalise", "reopen", "submit", "issue", "void", "correct"):
        assert _act(client, decision, act, reason="x", reasons="x", signer=1).status_code == 404
    for entries in ({"matter": case.key, "code": "D-09"},):
        assert client.post(DOCUMENTS, entries, format="json").status_code == 404
    assert client.get(DOCUMENTS, {"matter": case.key}).status_code == 404
    assert _as(cast.auditor).get("/api/v1/document-numbers/").status_code == 404


PATTERN = {"track": "民公", "type": "立", "template": "{office}检{track}〔{yyyy}〕{n}号"}
START = {"code": "D-41", "year": 2026, "first": 12}
SPOILT = {"code": "D-07", "number": "江云检民公不立〔2026〕3号", "reason": "纸张作废"}
# What a program of the keeper sends, and what it is answered.
SETTINGS = (
    ("put", "number-patterns/D-06/", PATTERN, 200),
    ("post", "number-series/", START, 200),
    ("post", "document-numbers/void/", SPOILT, 201),
)


def _send(person, method, path, entries):
    return getattr(_as(person), method)(f"/api/v1/{path}", entries, format="json")


def _listed(person, path):
    return _as(person).get(f"/api/v1/{path}").data["results"]


@pytest.mark.norm("C116")
def test_the_keeper_of_numbers_reads_and_sets_them_by_program(case, cast):
    answers = []
    for method, path, entries, status in SETTINGS:
        answers.append(_send(cast.case_manager, method, path, entries))
        assert answers[-1].status_code == status, answers[-1].data
    pattern, series, spoilt = (answer.data for answer in answers)
    assert pattern["template"] == PATTERN["template"]
    assert (series["word"], series["first"], series["next"]) == ("民公告", 12, 12)
    assert (spoilt["number"], spoilt["state"]) == (SPOILT["number"], "void")
    assert [row["code"] for row in _listed(cast.chief, "number-patterns/")] == ["D-06"]
    _send(
        cast.chief,
        "post",
        "document-numbers/void/",
        SPOILT | {"number": SPOILT["number"].replace("3", "1")},
    )
    following = {row["word"]: row["next"] for row in _listed(cast.chief, "number-series/")}
    assert following == {"民公告": 12, "民公不立": 2}


@pytest.mark.norm("C116")
def test_what_cannot_be_a_pattern_a_start_or_a_spoilt_number_is_a_problem(decision, cast):
    _act(_as(cast.clerk), decision, "issue", signer=cast.chief.pk)
    wrong = (
        ("put", "number-patterns/D-06/", PATTERN | {"template": "{n}"}, 400, "number_pattern"),
        ("put", "number-patterns/D-05/", PATTERN, 400, "not_numbered"),
        ("put", "number-patterns/D-06/", PATTERN | {"type": ""}, 400, "invalid"),
        ("post", "number-series/", START | {"code": "D-06"}, 409, "series_begun"),
        ("post", "number-series/", START | {"first": 0}, 400, "invalid"),
        ("post", "document-numbers/void/", SPOILT | {"reason": " "}, 400, "invalid"),
        ("post", "document-numbers/void/", SPOILT | {"number": "7"}, 400, "number_pattern"),
        (
            "post",
            "document-numbers/void/",
            SPOILT | {"code": "D-06", "number": "江云检民公立〔2026〕1号"},
            409,
            "number_taken",
        ),
    )
    for method, path, entries, status, code in wrong:
        answer = _send(cast.chief, method, path, entries)
        assert (answer.status_code, answer.data["code"]) == (status, code), path
        assert answer["Content-Type"] == "application/problem+json"


def test_who_keeps_no_numbers_finds_none_of_it_by_program(case, cast):
    for person in (cast.clerk, cast.handler, cast.auditor, cast.system_administrator):
        for method, path, entries, _status in SETTINGS:
            assert _send(person, method, path, entries).status_code == 404, path
            assert _send(person, method, path, {}).status_code == 404, path
        for path in ("number-patterns/", "number-series/"):
            assert _as(person).get(f"/api/v1/{path}").status_code == 404
    assert APIClient().get("/api/v1/number-series/").status_code == 401
    assert not NumberRegister.objects.exists()


def test_a_keeper_sees_only_the_numbers_of_his_own_office(case, cast):
    for method, path, entries, _status in SETTINGS:
        _send(cast.case_manager, method, path, entries)
    elsewhere = make_user(cast.other_office, Role.CHIEF)
    for path in ("number-patterns/", "number-series/", "document-numbers/"):
        assert _listed(cast.chief, path)
        assert _listed(elsewhere, path) == []


def test_the_description_names_the_problems_a_write_of_documents_is_refused_with(cast, june):
    from drf_spectacular.generators import SchemaGenerator

    paths = SchemaGenerator().get_schema(public=True)["paths"]
    writes = [
        (path, method)
        for path in paths
        for method in paths[path]
        if path.startswith(("/api/v1/document", "/api/v1/number-")) and method != "get"
    ]
    assert len(writes) == 19
    for path, method in writes:
        answers = paths[path][method]["responses"]
        for status in ("400", "409"):
            assert "application/problem+json" in answers[status]["content"], (path, method)


@pytest.mark.norm("C131")
def test_a_program_gets_the_editable_copy_and_leaves_the_same_trace(decision, cast):
    answer = _as(cast.clerk).get(f"{DOCUMENTS}{decision.pk}/copy/")
    assert answer.status_code == 200
    assert ".docx" in answer["Content-Disposition"]
    words = "".join(paragraph.text for paragraph in Docx(BytesIO(answer.content)).paragraphs)
    assert decision.type.title_zh in words
    looks = AuditEvent.objects.filter(action="document.docx", actor_id=cast.clerk.pk)
    assert [entry.object_id for entry in looks] == [str(decision.pk)]


def test_of_an_upload_a_program_gets_no_copy_but_the_file(case, cast):
    filed = register(cast, case, "江云检民公立〔2026〕7号")
    for act in ("copy", "working-copy"):
        answer = _as(cast.clerk).get(f"{DOCUMENTS}{filed.pk}/{act}/")
        assert (answer.status_code, answer.json()["code"]) == (400, "uploaded")
