"""Evidence for programs."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from documents.store import path_of
from evidence.models import Exhibit
from tests.evidence.conftest import FACTS, add, give_up_plan, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def api(cast, case):
    client = APIClient()
    client.force_authenticate(cast.handler)
    return client


@pytest.fixture
def exhibits(case):
    return f"/api/v1/cases/{case.key}/exhibits/"


@pytest.fixture
def facts(case):
    return f"/api/v1/cases/{case.key}/facts/"


def test_a_program_adds_reads_and_downloads_an_exhibit(api, exhibits):
    given = FACTS | {"uploads": [upload(b"%PDF-1.7 abc", "甲.pdf")], "obtained_on": "2026-03-02"}
    added = api.post(exhibits, given, format="multipart")
    assert added.status_code == 201, added.content
    assert [row["label"] for row in added.json()] == ["E-0001"]
    assert api.get(exhibits).json()["results"][0]["media_type"] == "application/pdf"
    assert api.get(f"{exhibits}1/").json()["file_name"] == "甲.pdf"
    file = api.get(f"{exhibits}1/download/", HTTP_ACCEPT="application/pdf")
    assert b"".join(file.streaming_content) == b"%PDF-1.7 abc"


def test_a_program_is_told_which_exhibits_hold_the_same_file(api, exhibits):
    given = FACTS | {"obtained_on": "2026-03-02"}
    files = [upload(b"same"), upload(b"same"), upload(b"other")]
    added = api.post(exhibits, given | {"uploads": files}, format="multipart")
    assert added.status_code == 201
    assert [row["same_file_as"] for row in added.json()] == [[2], [1], []]
    assert api.get(f"{exhibits}2/").json()["same_file_as"] == [1]


def test_what_a_program_says_of_digest_number_and_author_is_ignored(api, cast, exhibits):
    given = FACTS | {
        "uploads": [upload()],
        "obtained_on": "2026-03-02",
        "sha256": "0" * 64,
        "number": 9,
        "uploaded_by": cast.chief.pk,
        "media_type": "text/html",
    }
    api.post(exhibits, given, format="multipart")
    exhibit = Exhibit.objects.get()
    assert (exhibit.number, exhibit.uploaded_by) == (1, cast.handler)
    assert exhibit.sha256 != "0" * 64
    assert exhibit.media_type == "application/pdf"


def test_wrong_facts_are_a_problem_with_every_field(api, exhibits):
    answer = api.post(exhibits, {"kind": "rumour"}, format="multipart")
    assert answer.status_code == 400
    assert set(answer.json()["errors"]) >= {"uploads", "kind", "source", "obtained_on"}


def test_a_file_above_the_limit_is_a_problem(api, exhibits, settings):
    settings.EVIDENCE_MAX_BYTES = 3
    given = FACTS | {"uploads": [upload(b"four")], "obtained_on": "2026-03-02"}
    answer = api.post(exhibits, given, format="multipart")
    assert (answer.status_code, answer.json()["code"]) == (400, "file_too_large")


@pytest.mark.norm("C020")
def test_the_missing_plan_is_a_problem_with_the_requirement(api, cast, case, exhibits):
    give_up_plan(case, cast)
    given = FACTS | {
        "uploads": [upload()],
        "obtained_on": "2026-03-02",
        "method": "collect",
        "place": "机房",
        "first_collector": cast.handler.pk,
        "second_collector": cast.assistant.pk,
    }
    answer = api.post(exhibits, given, format="multipart")
    assert answer.status_code == 409
    assert [item["code"] for item in answer.json()["unmet"]] == ["plan_before_collection"]


def test_who_is_not_in_the_team_writes_nothing(api, cast, exhibits, facts, exhibit):
    api.force_authenticate(cast.head)
    assert api.post(exhibits, {}, format="multipart").json()["code"] == "not_in_the_team"
    withdrawn = api.post(f"{exhibits}1/withdraw/", {"reason": "x"}, format="json")
    stated = api.post(facts, {"group": "act", "text": "x"}, format="json")
    assert (withdrawn.status_code, stated.status_code) == (409, 409)


def test_a_program_checks_and_withdraws(api, exhibits, exhibit):
    path = path_of(exhibit.sha256)
    path.chmod(0o600)
    path.write_bytes(b"changed")
    assert api.post(f"{exhibits}1/check/").json()["integrity"] == "changed"
    answer = api.post(f"{exhibits}1/withdraw/", {"reason": "毁损"}, format="json").json()
    assert (answer["withdrawn"], answer["withdrawal_reason"]) == (True, "毁损")


@pytest.mark.norm("C034")
def test_a_program_sees_which_groups_are_still_open(api, facts, exhibit):
    given = {"group": "act", "text": "公开信息", "exhibits": [1], "page": "3"}
    assert api.post(facts, given, format="json").status_code == 201
    groups = api.get(f"{facts}groups/").json()
    assert [group["code"] for group in groups if not group["addressed"]] == [
        "violator", "harm", "causation", "fault", "exemption", "other",
    ]  # fmt: skip
    fact = api.get(facts).json()["results"][0]
    assert (fact["exhibit"], fact["page"]) == (1, "3")
    assert api.post(f"{facts}{fact['id']}/remove/", {"reason": "不实"}).status_code == 204
    assert api.get(facts).json()["results"] == []


def test_a_fact_rests_on_no_unknown_exhibit(api, cast, case, facts):
    add(cast, case)
    answer = api.post(facts, {"group": "act", "text": "x", "exhibits": [1, 2]}, format="json")
    assert answer.json()["errors"].keys() == {"exhibits"}
