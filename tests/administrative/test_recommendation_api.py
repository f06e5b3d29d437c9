"""Recommendations for programs: read with all that became of them, prepared until the decision."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from administrative.models import Measure, Recommendation
from audit.models import AuditEvent
from tests.administrative import track
from tests.administrative.track import INSPECT, PUNISH, TERMS
from tests.support.api import API, program_of
from tests.support.days import on
from tests.support.matters import make_case, stand_aside

pytestmark = pytest.mark.django_db
LIST = "recommendations/"


@pytest.fixture(autouse=True)
def today():
    with on(2026, 5, 28):
        yield


@pytest.fixture
def filed(cast):
    """A case in which nothing is prepared."""
    return track.case_against(cast)


@pytest.fixture
def row(cast, filed) -> Recommendation:
    """A recommendation of two measures that is being prepared."""
    return track.prepared(filed, actor=cast.handler)


def one(row) -> str:
    return f"{LIST}{row.pk}/"


def writes(row) -> list[tuple[str, str, dict[str, object]]]:
    """Return every write on a recommendation that is there: method, address, body."""
    first = row.measures.first().pk
    return [
        ("patch", one(row), {"period": 3, "version": row.version}),
        ("post", f"{one(row)}measures/", INSPECT),
        ("patch", f"{one(row)}measures/{first}/", {"basis": "x", "version": row.version}),
        ("post", f"{one(row)}measures/{first}/remove/", {"version": row.version}),
    ]


# --- reading ---------------------------------------------------------------------------------------


def test_a_program_reads_measures_answers_doubts_and_assessments(cast):
    case = track.read_case(cast)
    program = program_of(cast.handler)
    (found,) = program.ask(LIST)["results"]
    assert (found["case"], found["measure_count"], found["open_count"]) == (case.key, 2, 2)
    assert (found["decided"], found["decided_on"], found["urgent"]) == (True, "2026-03-20", False)
    whole = program.ask(one(case.recommendation))
    first, second = whole["measures"]
    assert (first["number"], first["text"], first["final"]) == (1, PUNISH["text"], False)
    (answer,) = first["answers"]
    assert [doubt["code"] for doubt in answer["doubts"]] == [
        "repeats_the_measure",
        "without_proof",
    ]
    assert all("for the reader to judge" in doubt["note"] for doubt in answer["doubts"])
    (assessment,) = first["assessments"]
    assert (assessment["result"], assessment["next_test_on"]) == ("partly", "2026-06-30")
    assert assessment["assessed_by"] == cast.handler.name
    assert [proof["name"] for proof in assessment["proofs"]] == ["现场照片.txt"]
    assert (second["answers"][0]["with_proof"], second["answers"][0]["doubts"]) == (True, [])
    (letter,) = whole["replies"]
    assert (letter["number"], letter["silent"], letter["doubts"]) == ("云网信函〔2026〕8号", [], [])
    assert [file["name"] for file in letter["files"]] == ["复函.txt"]
    seen = AuditEvent.objects.filter(action="case.viewed", object_id=case.pk)
    assert seen.filter(actor_id=cast.handler.pk).exists()


def test_a_measure_that_is_done_is_not_counted_as_open(cast):
    case = track.waiting(cast)
    track.assessed(case, cast.handler, 1, "not_done")
    track.assessed(case, cast.handler, 1, "done")
    program = program_of(cast.handler)
    (found,) = program.ask(LIST)["results"]
    assert (found["measure_count"], found["open_count"]) == (2, 1)
    assert [item["final"] for item in program.ask(one(case.recommendation))["measures"]] == [
        True,
        False,
    ]


def test_the_list_is_narrowed_by_case_body_decision_and_urgency(cast):
    waiting, being = track.waiting(cast), track.case_against(cast)
    track.prepared(being, actor=cast.handler, urgency="信息仍在扩散。")
    program = program_of(cast.handler)

    def cases(**query):
        return [found["case"] for found in program.ask(LIST, **query)["results"]]

    assert cases() == [being.key, waiting.key]
    assert cases(decided="true") == cases(urgent="false") == [waiting.key]
    assert cases(decided="false") == cases(urgent="true") == [being.key]
    assert cases(body=waiting.authority_of.body_id) == cases(case=waiting.key) == [waiting.key]
    assert cases(body=10**9) == cases(case="330106-2026-99999") == []


@pytest.mark.parametrize(
    "query", [{"body": "x"}, {"body": "0"}, {"decided": "perhaps"}, {"urgent": "1"}]
)
def test_a_filter_that_makes_no_sense_is_refused_with_a_sentence(cast, query):
    refused = program_of(cast.handler).get(f"{API}/{LIST}", query)
    assert refused.status_code == 400
    assert refused.json()["errors"].keys() == query.keys()


# --- who finds it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["stranger", "superior_handler", "intake", "system_administrator"])
def test_who_does_not_see_the_case_finds_nothing(cast, filed, row, who):
    program = program_of(getattr(cast, who))
    assert program.ask(LIST)["results"] == []
    assert program.get(f"{API}/{one(row)}").status_code == 404
    for method, address, body in writes(row):
        assert program.send(address, body, method=method).status_code == 404
    never = f"{filed.office.code}-2026-09999"
    for key in (filed.key, never):  # a case one may not see is as one that never was
        begun = program.send(LIST, TERMS | {"case": key})
        assert (begun.status_code, list(begun.json()["errors"])) == (400, ["case"])
        assert begun.json()["errors"]["case"] == ["There is no such case, or you may not see it."]
    row.refresh_from_db()
    assert row.period == 2


def test_who_stands_aside_finds_nothing(cast, filed, row):
    stand_aside(cast, filed, cast.assistant)
    program = program_of(cast.assistant)
    assert program.ask(LIST)["results"] == []
    assert program.get(f"{API}/{one(row)}").status_code == 404
    for method, address, body in writes(row):
        assert program.send(address, body, method=method).status_code == 404


@pytest.mark.parametrize("who", ["head", "chief"])
def test_who_sees_the_case_and_is_not_of_the_team_reads_and_does_not_prepare(cast, row, who):
    program = program_of(getattr(cast, who))
    assert program.ask(one(row))["id"] == row.pk
    for method, address, body in writes(row):
        refused = program.send(address, body, method=method)
        assert (refused.status_code, refused.json()["code"]) == (409, "not_in_the_team")
    other = track.case_against(cast)
    refused = program.send(LIST, TERMS | {"case": other.key})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_in_the_team")


def test_of_replies_in_cases_of_another_office_nothing_is_said(cast):
    body = track.make_body()
    foreign = track.waiting(cast, body, handler=cast.stranger)
    track.replied(foreign, cast.stranger, {1: track.OWN_WORDS}, proven=(1,))
    case = track.waiting(cast, body)
    track.replied(case, cast.handler, {1: track.OWN_WORDS}, proven=(1,))
    whole = program_of(cast.handler).ask(one(case.recommendation))
    assert whole["measures"][0]["answers"][0]["doubts"] == []
    assert foreign.key not in str(whole)


def test_nobody_logged_in_is_refused(client, row):
    assert client.get(f"{API}/{LIST}").status_code in (401, 403)


# --- preparing -------------------------------------------------------------------------------------


def test_a_program_begins_changes_adds_and_removes(cast, filed):
    program = program_of(cast.clerk)
    begun = program.send(LIST, TERMS | {"case": filed.key})
    assert begun.status_code == 201, begun.content
    row = Recommendation.objects.get(case=filed)
    assert (begun.json()["id"], begun.json()["body"]) == (row.pk, filed.authority_of.body_id)
    for facts in (PUNISH, INSPECT):
        added = program.send(f"{one(row)}measures/", facts)
    assert (added.status_code, added.json()["measure_count"]) == (201, 2)
    seen = added.json()
    changed = program.send(
        one(row), {"period": 60, "unit": "days", "version": seen["version"]}, method="patch"
    )
    assert (changed.json()["period"], changed.json()["unit"]) == (60, "days")
    first = seen["measures"][0]["id"]
    address, version = f"{one(row)}measures/{first}/", changed.json()["version"]
    told = program.send(address, {"basis": "数据安全法第六条", "version": version}, method="patch")
    assert told.json()["measures"][0]["basis"] == "数据安全法第六条"
    assert told.json()["measures"][0]["text"] == PUNISH["text"]
    gone = program.send(f"{address}remove/", {"version": told.json()["version"]})
    assert [item["text"] for item in gone.json()["measures"]] == [INSPECT["text"]]
    assert gone.json()["measures"][0]["number"] == 1


def test_what_is_begun_is_not_begun_twice(cast, filed, row):
    refused = program_of(cast.handler).send(LIST, TERMS | {"case": filed.key})
    assert (refused.status_code, refused.json()["code"]) == (409, "begun_already")


def test_a_civil_case_has_none(cast):
    refused = program_of(cast.handler).send(LIST, TERMS | {"case": make_case(cast).key})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_prepared_now")


def test_once_decided_nothing_changes(cast):
    case = track.waiting(cast)
    row = case.recommendation
    program = program_of(cast.handler)
    for method, address, body in writes(row):
        refused = program.send(address, body, method=method)
        assert (refused.status_code, refused.json()["code"]) == (409, "not_prepared_now"), address
    assert Measure.objects.filter(recommendation=row).count() == 2


@pytest.mark.norm("C101")
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"period": None}, "period"),
        ({"period": 0}, "period"),
        ({"period": 13}, "period"),
        ({"period": 1.5}, "period"),
        ({"unit": "years"}, "unit"),
        ({"relation": "superior"}, "relation"),
    ],
)
def test_wrong_terms_are_said_at_their_field(cast, filed, wrong, field):
    program = program_of(cast.handler)
    refused = program.send(LIST, TERMS | {"case": filed.key} | wrong)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, [field])
    assert not Recommendation.objects.filter(case=filed).exists()


@pytest.mark.norm("C110")
def test_a_program_says_how_a_body_of_another_level_is_reached(cast):
    case = track.case_against(cast, track.make_body(level="city"))
    program = program_of(cast.handler)
    given = TERMS | {"case": case.key, "relation": "superior"}
    refused = program.send(LIST, given)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["relation_shown"])
    begun = program.send(LIST, given | {"relation_shown": "通过江州市人民检察院提出。"})
    assert begun.status_code == 201


@pytest.mark.parametrize("name", ["text", "basis", "expected_proof"])
def test_a_measure_without_words_duty_or_proof_is_refused(cast, row, name):
    program = program_of(cast.handler)
    added = program.send(f"{one(row)}measures/", PUNISH | {name: " "})
    assert (added.status_code, list(added.json()["errors"])) == (400, [name])
    address = f"{one(row)}measures/{row.measures.first().pk}/"
    changed = program.send(address, {name: "", "version": row.version}, method="patch")
    assert (changed.status_code, list(changed.json()["errors"])) == (400, [name])
    assert row.measures.count() == 2


def test_whoever_comes_second_is_told_what_stands_there_now(cast, row):
    program = program_of(cast.handler)
    old = row.version - 1
    first = row.measures.first().pk
    for method, address, body in (
        ("patch", one(row), {"period": 3, "version": old}),
        ("patch", f"{one(row)}measures/{first}/", {"basis": "x", "version": old}),
        ("post", f"{one(row)}measures/{first}/remove/", {"version": old}),
    ):
        refused = program.send(address, body, method=method)
        assert (refused.status_code, refused.json()["code"]) == (409, "lost_update"), address
    missing = program.send(one(row), {"period": 3}, method="patch")
    assert (missing.status_code, list(missing.json()["errors"])) == (400, ["version"])


def test_a_measure_of_another_recommendation_is_not_found(cast, row):
    other = track.prepared(track.case_against(cast), actor=cast.handler)
    wrong = f"{one(row)}measures/{other.measures.first().pk}/"
    program = program_of(cast.handler)
    assert program.send(wrong, PUNISH | {"version": 3}, method="patch").status_code == 404
    assert program.send(f"{wrong}remove/", {"version": 3}).status_code == 404
    assert other.measures.count() == 2


@pytest.mark.parametrize("body", [[], "x", {"case": {"key": 1}}, {"case": ["x"], "period": {}}])
def test_a_body_of_the_wrong_shape_is_refused(cast, body):
    assert program_of(cast.handler).send(LIST, body).status_code == 400


def test_no_request_sets_what_follows_from_the_case_and_the_decision(cast, filed):
    other = track.make_body()
    hostile = {"id": 7, "body": other.pk, "decision": 1, "version": 99, "created_by": 1}
    made = program_of(cast.handler).send(LIST, TERMS | {"case": filed.key} | hostile)
    assert made.status_code == 201
    row = Recommendation.objects.get(case=filed)
    assert (row.body_id, row.decision, row.version) == (filed.authority_of.body_id, None, 1)
    assert row.created_by == cast.handler
    sent = hostile | {"period": 3, "version": 1}
    program_of(cast.handler).send(one(row), sent, method="patch")
    row.refresh_from_db()
    assert (row.body_id, row.decision, row.period) == (filed.authority_of.body_id, None, 3)


def test_a_recommendation_is_neither_replaced_nor_deleted(cast, row):
    program = program_of(cast.handler)
    for method in ("put", "delete"):
        assert program.send(one(row), {}, method=method).status_code == 405


# --- cost ------------------------------------------------------------------------------------------


def test_the_list_costs_the_same_for_one_and_for_many(cast):
    track.read_case(cast)
    program = program_of(cast.handler)
    program.ask(LIST)
    with CaptureQueriesContext(connection) as one_row:
        program.ask(LIST)
    for _number in range(3):
        track.read_case(cast)
    with CaptureQueriesContext(connection) as many:
        assert len(program.ask(LIST)["results"]) == 4
    assert len(many) == len(one_row)
