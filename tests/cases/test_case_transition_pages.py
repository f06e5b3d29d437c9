"""Taking the steps of a case in the browser: recording, carrying out, refusals that lose nothing."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.models import Attachment, Event, Proposal
from tests.support import matters
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return make_case(cast)


@pytest.fixture
def approved(cast, case):
    """An announcement somebody has approved, to be carried out."""
    return Proposal.objects.create(
        office=case.office,
        case=case,
        machine="case",
        object_id=case.pk,
        transition="T12",
        title="发布诉前公告",
        facts={"medium_planned": "正义网"},
        reasons="应当公告。",
        status="approved",
        route=["department_head", "chief"],
        author=cast.handler,
    )


def test_a_step_that_is_not_possible_yet_names_all_that_is_missing(cast, case, as_user):
    cast.handler.language = "en"
    cast.handler.save()
    address = reverse("transition_record", args=[case.key, "T08"])
    client = as_user(cast.handler)
    checked = client.post(address, {"legal_day": "2026-01-06", "step": "check"})
    assert checked.status_code == 200
    answer = client.post(address, {"legal_day": "2026-01-06", "step": "record"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "D-09" in page
    assert reverse("case_team", args=[case.key]) in page
    case.refresh_from_db()
    assert case.state == "filed"


def test_the_article_of_a_fact_stands_over_its_form_in_chinese(cast, case, as_user):
    page = as_user(cast.handler).get(reverse("direction_create", args=[case.key]))
    assert "公益诉讼办案规则第" in page.content.decode()


def test_a_step_the_state_does_not_have_is_refused(cast, case, as_user):
    answer = as_user(cast.handler).post(
        reverse("transition_record", args=[case.key, "T10"]),
        {"legal_day": "2026-01-06", "proposal": "announce", "conclusion": "完", "step": "record"},
    )
    assert answer.status_code == 409


def test_a_step_nobody_declared_is_refused_in_words(cast, case, as_user):
    address = reverse("transition_record", args=[case.key, "T99"])
    assert as_user(cast.handler).get(address).status_code == 400


def test_a_step_that_needs_approval_is_not_recorded_past_it(cast, case, as_user):
    answer = as_user(cast.handler).post(
        reverse("transition_record", args=[case.key, "T11"]),
        {"ground": "interest_protected", "explanation": "已整改", "step": "record"},
    )
    assert answer.status_code == 409
    assert not Event.objects.filter(case=case, kind="case_terminated").exists()


def carry_out_data(**changes) -> dict:
    proof = SimpleUploadedFile("公告.png", b"\x89PNG\r\n\x1a\n data", content_type="image/png")
    return {"legal_day": "2026-01-06", "medium": "正义网", "proof": proof} | changes


def test_the_form_of_carrying_out_is_filled_from_the_plan(cast, approved, as_user):
    page = as_user(cast.handler).get(reverse("proposal_carry_out", args=[approved.pk]))
    assert 'value="正义网"' in page.content.decode()


def test_carrying_out_in_the_wrong_state_leaves_nothing_behind(cast, approved, as_user):
    answer = as_user(cast.handler).post(
        reverse("proposal_carry_out", args=[approved.pk]), carry_out_data()
    )
    assert answer.status_code == 409
    approved.refresh_from_db()
    assert approved.status == "approved"
    assert not Attachment.objects.exists()


def test_a_day_in_the_future_is_refused_at_its_field(cast, approved, as_user):
    answer = as_user(cast.handler).post(
        reverse("proposal_carry_out", args=[approved.pk]), carry_out_data(legal_day="2999-01-01")
    )
    assert answer.status_code == 400
    assert 'id="id_legal_day"' in answer.content.decode()


@pytest.mark.parametrize("person", ["stranger", "colleague"])
def test_whoever_does_not_see_the_case_finds_no_step(cast, case, approved, as_user, person):
    client = as_user(getattr(cast, person))
    for address in (
        reverse("transition_record", args=[case.key, "T08"]),
        reverse("proposal_create", args=[case.key, "T11"]),
        reverse("proposal_carry_out", args=[approved.pk]),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {}).status_code == 404


def test_the_list_of_proposals_costs_the_same_with_many(
    cast, as_user, django_assert_max_num_queries
):
    assert cast.head
    cases = [make_case(cast, title=f"案件{number}") for number in range(8)]
    for case in cases:
        Proposal.objects.create(
            office=case.office,
            case=case,
            machine="case",
            object_id=case.pk,
            transition="T11",
            title="终结案件",
            reasons="理由",
            author=cast.handler,
        )
    client = as_user(cast.head)
    with django_assert_max_num_queries(30):
        client.get(reverse("proposal_list"), {"which": "all"})


def test_the_audit_record_calls_acts_by_their_names(cast, as_user):
    cast.auditor.language = "zh-hans"
    cast.auditor.save()
    matters.assign(cast, matters.make_lead(cast))
    page = as_user(cast.auditor).get(reverse("audit_log")).content.decode()
    assert "分派线索" in page
    assert "event.lead_assigned" not in page
