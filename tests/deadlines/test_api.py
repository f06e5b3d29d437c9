from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from deadlines import services
from tests.support.days import on
from tests.support.matters import upload

pytestmark = pytest.mark.django_db


def client_of(person) -> APIClient:
    person.language = "en"
    person.save()
    client = APIClient(headers={"accept-language": "en"})
    client.force_authenticate(person)
    return client


def test_periods_are_listed_with_their_articles(cast):
    rows = {row["id"]: row for row in client_of(cast.auditor).get("/api/v1/periods/").json()}
    assert rows["P-01"]["length"] == "P30D"
    assert rows["P-01"]["article"] == "Rules 91; JI 13; CPL 58"
    assert rows["P-15"]["length"] is None
    assert client_of(cast.auditor).get("/api/v1/periods/P-01/").json() == rows["P-01"]
    assert client_of(cast.auditor).get("/api/v1/periods/P-99/").status_code == 404


def test_a_what_if_question_is_answered_with_its_reasons(cast):
    client, question = client_of(cast.handler), {"start": "2026-03-05", "rule": "P-01"}
    asked = client.get("/api/v1/periods/compute/", question).json()
    posted = client.post("/api/v1/periods/compute/", question, format="json").json()
    assert asked == posted
    assert (asked["nominal"], asked["last_day"]) == ("2026-04-04", "2026-04-07")
    assert len(asked["skipped"]) == 3


@pytest.mark.parametrize("question", [{"start": "2026-02-30", "rule": "P-01"}, {}, [1, 2]])
def test_a_bad_question_is_a_problem(cast, question):
    answer = client_of(cast.handler).post("/api/v1/periods/compute/", question, format="json")
    assert answer.status_code == 400
    assert answer["content-type"].startswith("application/problem+json")


def test_deadlines_are_read_by_whom_the_case_is_visible_to(case, cast):
    rows = client_of(cast.handler).get("/api/v1/deadlines/", {"matter": case.key}).json()["results"]
    assert (rows[0]["rule"], rows[0]["last_day"], rows[0]["matter"]) == (
        "P-01",
        "2026-04-07",
        case.key,
    )
    stranger = client_of(cast.stranger)
    assert stranger.get("/api/v1/deadlines/").json()["results"] == []
    assert stranger.get(f"/api/v1/deadlines/{rows[0]['id']}/").status_code == 404
    assert stranger.get("/api/v1/deadlines/", {"matter": case.key}).status_code == 404


def test_no_field_of_the_law_can_be_written(case, cast):
    client, row = client_of(cast.handler), case.deadlines.get()
    for method in (client.put, client.patch, client.delete):
        assert method(f"/api/v1/deadlines/{row.pk}/", {"state": "met"}).status_code == 405
    assert client.post(f"/api/v1/deadlines/{row.pk}/complete/", {"state": "met"}).status_code == 409
    row.refresh_from_db()
    assert row.state == "open"


def test_a_deadline_is_set_and_closed_by_hand(case, cast):
    client = client_of(cast.handler)
    with on(2026, 4, 1):
        body = {
            "matter": case.key,
            "title": "回访",
            "day": "2026-04-10",
            "created_by": cast.head.pk,
        }
        made = client.post("/api/v1/deadlines/", body, format="json")
        assert made.status_code == 201
        assert case.deadlines.get(manual=True).created_by == cast.handler
        address = f"/api/v1/deadlines/{made.json()['id']}"
        assert client.post(f"{address}/cancel/", {}, format="json").status_code == 400
        refused = client.post(f"{address}/complete/", {}, format="json")
        assert (refused.status_code, sorted(refused.json()["errors"])) == (400, ["note", "paper"])
        given = {"note": "已联系", "paper": upload()}
        assert client.post(f"{address}/complete/", given).json()["state"] == "met"
        given = {"note": "已联系", "paper": upload()}
        assert client.post(f"{address}/complete/", given).status_code == 409


def test_a_holder_outside_the_team_and_a_case_out_of_sight_are_refused(case, cast):
    body = {"matter": case.key, "title": "回访", "day": "2026-04-10"}
    with on(2026, 4, 1):
        holder = client_of(cast.handler).post(
            "/api/v1/deadlines/", body | {"holder": cast.stranger.pk}
        )
        unseen = client_of(cast.stranger).post("/api/v1/deadlines/", body)
        head = client_of(cast.head).post("/api/v1/deadlines/", body)
    assert (holder.status_code, unseen.status_code, head.status_code) == (400, 404, 409)


def test_notifications_belong_to_the_person_of_the_session(case, cast):
    with on(2026, 4, 8):
        services.lapse_due()
    client = client_of(cast.handler)
    (row,) = client.get("/api/v1/notifications/").json()["results"]
    assert row["text"].endswith("2026-04-07.")
    assert (
        client_of(cast.colleague).post(f"/api/v1/notifications/{row['id']}/read/").status_code
        == 404
    )
    assert client.post(f"/api/v1/notifications/{row['id']}/read/").json()["read_at"]
    assert client.post("/api/v1/notifications/read-all/").status_code == 204
