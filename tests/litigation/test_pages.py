"""The pages and the API of transfers and of the entries of the review."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import Role
from audit.models import AuditEvent
from cases.models import Case
from tests.litigation import suit
from tests.support.days import on
from tests.support.matters import case_in_review, happen, record, send_case_to, stand_aside, upload
from tests.support.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    with on(2026, 4, 2):
        return case_in_review(cast, date(2026, 3, 2))


@pytest.fixture
def transfer(cast):
    with on(2026, 6, 24):
        return send_case_to(cast)


def test_intake_finds_an_arrived_case_in_its_inbox_and_takes_it_in(client, cast, transfer):
    client.force_login(cast.intake)
    address = reverse("transfer_acknowledge", args=[transfer.pk])
    with on(2026, 6, 26):
        assert address in client.get("/").content.decode()
        assert "外区平台泄露个人信息案" in client.get(reverse("transfer_list")).content.decode()
        assert 'enctype="multipart/form-data"' in client.get(address).content.decode()
        given = {"received_on": "2026-06-25", "handler": cast.handler.pk}
        refused = client.post(address, given)
        assert (refused.status_code, Case.objects.filter(office=cast.office).count()) == (400, 0)
        answer = client.post(address, given | {"receipt": upload("回执.txt")})
        assert answer.status_code == 302
        assert address not in client.get("/").content.decode()
    transfer.refresh_from_db()
    assert transfer.received_case.office == cast.office
    client.force_login(cast.handler)
    with on(2026, 6, 26):
        page = client.get(transfer.received_case.get_absolute_url())
    assert page.status_code == 200


def test_a_wrong_day_keeps_what_was_typed_and_says_why(client, cast, transfer):
    client.force_login(cast.intake)
    with on(2026, 6, 26):
        answer = client.post(
            reverse("transfer_acknowledge", args=[transfer.pk]),
            {"received_on": "2026-06-20", "handler": cast.handler.pk, "receipt": upload()},
        )
    assert answer.status_code == 400
    assert "2026-06-24" in answer.content.decode()
    assert Case.objects.filter(office=cast.office).count() == 0


@pytest.mark.parametrize("who", ["handler", "stranger", "head"])
def test_who_takes_no_cases_in_finds_no_transfer(client, cast, transfer, who):
    client.force_login(getattr(cast, who))
    assert client.get(reverse("transfer_list")).status_code == 404
    address = reverse("transfer_acknowledge", args=[transfer.pk])
    assert client.get(address).status_code == 404
    assert client.post(address, {"received_on": "2026-06-25"}).status_code == 404


def test_intake_of_another_office_finds_nothing(client, cast, transfer):
    elsewhere = make_user(cast.stranger.office, Role.INTAKE, name="外院收案")
    client.force_login(elsewhere)
    assert client.get(reverse("transfer_acknowledge", args=[transfer.pk])).status_code == 404
    assert "外区平台" not in client.get(reverse("transfer_list")).content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(
    client, cast, transfer, django_assert_max_num_queries
):
    with on(2026, 6, 24):
        for _ in range(5):
            send_case_to(cast)
    client.force_login(cast.intake)
    with django_assert_max_num_queries(12):
        assert client.get(reverse("transfer_list")).status_code == 200


def program_of(person) -> APIClient:
    program = APIClient()
    program.force_authenticate(person)
    return program


def test_a_program_takes_a_case_in(cast, transfer):
    program = program_of(cast.intake)
    with on(2026, 6, 26):
        listed = program.get("/api/v1/transfers/").json()["results"]
        assert [row["source_key"] for row in listed] == [transfer.source.key]
        address = f"/api/v1/transfers/{transfer.pk}/acknowledge/"
        given = {"received_on": "2026-06-25", "handler": cast.handler.pk}
        refused = program.post(address, given, format="json")
        assert (refused.status_code, list(refused.json()["errors"])) == (400, ["receipt"])
        answer = program.post(address, given | {"receipt": upload("回执.txt")}, format="multipart")
    assert answer.status_code == 200
    assert Case.objects.get(key=answer.json()["received_key"]).office == cast.office


@pytest.mark.parametrize("who", ["handler", "stranger"])
def test_a_program_of_somebody_else_finds_no_transfer(cast, transfer, who):
    program = program_of(getattr(cast, who))
    assert program.get("/api/v1/transfers/").json()["results"] == []
    answer = program.post(f"/api/v1/transfers/{transfer.pk}/acknowledge/", {})
    assert answer.status_code == 404
    assert program.get(f"/api/v1/transfers/{transfer.pk}/").status_code == 404


def test_the_case_page_offers_the_entries_of_its_stage_and_one_is_recorded(client, cast, case):
    client.force_login(cast.handler)
    with on(2026, 4, 3):
        page = client.get(case.get_absolute_url()).content.decode()
        address = reverse("transition_record", args=[case.key, "T13"])
        assert address in page
        assert reverse("proposal_create", args=[case.key, "T17"]) in page
        assert reverse("transition_record", args=[case.key, "S02"]) not in page  # the chief's alone
        answer = client.post(
            address,
            {
                "step": "record",
                "legal_day": "2026-04-03",
                "replier": "victim",
                "name": "受害人代表",
                "intention": "nothing",
                "content": "了解情况。",
                "paper": upload(),
            },
        )
    assert answer.status_code == 302
    assert case.events.filter(kind="announcement_reply").count() == 1


def test_the_api_lists_the_entries_with_their_verdicts_and_records_one(cast, case):
    program = program_of(cast.handler)
    base = f"/api/v1/cases/{case.key}/transitions/"
    with on(2026, 4, 3):
        offered = {row["code"] for row in program.get(base).json()}
        assert {"T13", "T17", "T18", "S03", "T21"} <= offered
        answer = program.post(
            base,
            {
                "transition": "S03",
                "facts": {"legal_day": "2026-04-03", "outcome": "sue", "conclusion": "起诉"},
            },
            format="json",
        )
    assert answer.status_code == 201, answer.json()
    assert answer.json()["state"] == "review_for_prosecution"


# --- the suit ------------------------------------------------------------------------------------


@pytest.fixture
def judged(cast):
    """A case judged on 22 June 2026, served, with one operative item."""
    with on(2026, 6, 24):
        case = suit.judged(cast)
        suit.served(cast, case, date(2026, 6, 24))
        facts = {
            "judgment": suit.judgment_of(case).pk,
            "kind": "K8",
            "text": "连带赔偿公益损害十万元。",
            "amount": "100000",
            "obligee": "国库",
            "due_days": 10,
        }
        record(cast.handler, case, "S20", facts)
    return case


def test_the_page_of_the_suit_shows_claims_court_periods_and_judgment(client, cast, judged):
    client.force_login(cast.handler)
    with on(2026, 6, 24):
        page = client.get(reverse("case_suit", args=[judged.key]), HTTP_ACCEPT_LANGUAGE="en")
    text = page.content.decode()
    for words in (
        "杭州互联网法院",
        "（2026）浙0192民初1号",
        "连带赔偿公益损害。",
        "2026-05-26",
        "2026-07-09",
        "连带赔偿公益损害十万元。",
        "国库",
    ):
        assert words in text
    overview = client.get(judged.get_absolute_url()).content.decode()
    assert reverse("case_suit", args=[judged.key]) in overview


@pytest.mark.parametrize("name", ["case_suit", "claim-list", "judgment-list"])
def test_a_stranger_and_a_recused_colleague_find_no_suit(client, cast, judged, name):
    address = reverse(name, args=[judged.key])
    client.force_login(cast.stranger)
    assert client.get(address).status_code == 404
    with on(2026, 6, 24):
        stand_aside(cast, judged, cast.assistant)
    client.force_login(cast.assistant)
    assert client.get(address).status_code == 404


def test_programs_read_claims_and_judgments_and_write_neither(cast, judged):
    program = program_of(cast.handler)
    claims = program.get(reverse("claim-list", args=[judged.key])).json()["results"]
    assert [(row["number"], row["kind"], row["status"]) for row in claims] == [
        (1, "K4", "standing"),
        (2, "K8", "standing"),
    ]
    [judgment] = program.get(reverse("judgment-list", args=[judged.key])).json()["results"]
    assert judgment["instance"] == "first"
    assert [item["amount"] for item in judgment["items"]] == ["100000.00"]
    assert program.post(reverse("claim-list", args=[judged.key]), {}).status_code == 405
    assert program.post(reverse("judgment-list", args=[judged.key]), {}).status_code == 405


def test_the_page_of_the_suit_costs_the_same_for_one_and_for_many_claims(
    client, cast, judged, django_assert_max_num_queries
):
    with on(2026, 6, 24):
        for _ in range(8):
            happen(judged, "claim_entered", date(2026, 6, 24), actor=cast.handler, facts=suit.CLAIM)
    client.force_login(cast.handler)
    with on(2026, 6, 24), django_assert_max_num_queries(48):
        assert client.get(reverse("case_suit", args=[judged.key])).status_code == 200


@pytest.mark.norm("C131")
@pytest.mark.parametrize("name", ["case_suit", "obligation_list", "ledger", "archive_index"])
def test_a_look_at_a_part_of_the_case_leaves_its_trace(client, cast, judged, name):
    before = AuditEvent.objects.filter(action="case.viewed", case_id=judged.pk).count()
    client.force_login(cast.handler)
    with on(2026, 6, 24):
        assert client.get(reverse(name, args=[judged.key])).status_code == 200
    looks = AuditEvent.objects.filter(action="case.viewed", case_id=judged.pk)
    assert looks.count() == before + 1
    assert looks.latest("pk").actor_id == cast.handler.pk


@pytest.mark.norm("C131")
@pytest.mark.parametrize("name", ["claim-list", "judgment-list"])
def test_a_look_by_a_program_leaves_its_trace_too(cast, judged, name):
    before = AuditEvent.objects.filter(action="case.viewed", case_id=judged.pk).count()
    assert program_of(cast.handler).get(reverse(name, args=[judged.key])).status_code == 200
    looks = AuditEvent.objects.filter(action="case.viewed", case_id=judged.pk)
    assert looks.count() == before + 1
