"""Which office files, which court is competent, and how a dispute about it ends (Rules 14-18)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import OfficeLevel
from audit.errors import Invalid, Refusal
from cases.models import Event
from cases.services import acts, checklists
from litigation.jurisdiction import covers, dispute_of, examine
from litigation.models import Court
from tests.litigation import suit
from tests.support.days import on
from tests.support.documents import filed
from tests.support.matters import (
    case_in_review,
    force,
    make_case,
    propose,
    record,
    set_full_team,
    upload,
)
from tests.support.people import make_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    with on(2026, 5, 6):
        yield make_case(cast)


def places(**facts):
    given = {
        "legal_day": "2026-05-06",
        "act_place": "浙江省杭州市云山区",
        "here": ["act_place"],
    }
    return given | facts


def articles(found):
    return [step.article for step in found.steps]


# --- the tree ------------------------------------------------------------------------------------


@pytest.mark.norm("C014")
def test_a_grassroots_office_at_the_place_of_the_act_may_file_and_then_transfers(case):
    found = examine(case, places())
    assert found.may_file
    assert found.courts == [suit.intermediate_court()]
    assert found.transfer
    assert articles(found) == ["Rules 14", "JI 5; CPLI 283", "law 3.3", "Rules 16, 94(3)"]


@pytest.mark.norm("C014")
def test_an_office_where_nothing_lies_may_not_file_and_the_right_one_is_named(case, cast):
    office = make_office(parent=cast.city_office, name="杭州市余山区人民检察院")
    found = examine(case, {"act_place": "浙江省杭州市余山区某路", "here": []})
    assert not found.may_file
    assert not found.transfer
    assert str(office) in found.steps[0].text


@pytest.mark.norm("C014")
def test_on_the_network_device_and_infringed_count_and_an_internet_court_is_named(case):
    found = examine(case, places(network=True, infringed_domicile="北京市海淀区"))
    names = {court.name for court in found.courts}
    assert names == {
        "杭州互联网法院",
        "杭州市中级人民法院",
        "北京互联网法院",
        "北京市第四中级人民法院",
    }
    assert "CPLI 24-25" in articles(found)
    assert (
        not found.transfer
    )  # an internet court is a basic court, the level of a grassroots office
    without = examine(case, places(infringed_domicile="北京市海淀区"))
    assert {court.name for court in without.courts} == {"杭州市中级人民法院"}


@pytest.mark.norm("C014")
def test_a_city_office_handles_major_cases_itself_and_sues_before_the_intermediate_court(
    case, cast
):
    case.office = cast.city_office
    found = examine(case, places(major=True))
    assert found.may_file
    assert not found.transfer
    assert found.steps[-1].met
    assert not examine(case, places()).may_file


@pytest.mark.norm("C014")
def test_the_office_of_the_criminal_case_files_before_the_court_that_tries_it(case):
    court = suit.internet_court()
    found = examine(case, {"criminal_here": True, "criminal_court": court.pk})
    assert found.may_file
    assert found.courts == [court]
    assert not found.transfer


@pytest.mark.norm("C014")
def test_two_areas_and_a_major_case_point_to_the_superior(case):
    found = examine(case, places(several_areas=True, major=True))
    assert "Rules 15" in articles(found)
    assert "Rules 15, 18" in articles(found)


@pytest.mark.norm("C014")
def test_a_place_no_court_of_the_table_covers_is_said_to_be_missing(case):
    found = examine(case, places(act_place="某省某市"))
    assert found.courts == []
    assert not found.transfer
    assert found.steps[-1].met is False


def test_a_closed_court_is_not_competent(case):
    Court.objects.filter(name="杭州市中级人民法院").update(hears_to=date(2026, 5, 5))
    assert examine(case, places()).courts == []


@pytest.mark.parametrize(
    ("area", "place", "answer"),
    [
        ("浙江省杭州市", "浙江省杭州市云山区", True),
        ("浙江省杭州市", "杭州市云山区", True),
        ("新疆维吾尔自治区乌鲁木齐市", "乌鲁木齐市天山区", True),
        ("北京市", "北京市海淀区", True),
        ("浙江省杭州市", "浙江省宁波市", False),
        ("", "浙江省宁波市", False),
        ("浙江省", "宁波市", False),
    ],
)
def test_an_area_covers_the_addresses_that_name_it(area, place, answer):
    assert covers(area, place) is answer


# --- the wizard ----------------------------------------------------------------------------------


@pytest.mark.norm("C014")
def test_the_examination_is_kept_with_its_places_and_its_answer(case, cast):
    event = record(cast.handler, case, "S50", places())
    assert event.facts["act_place"] == "浙江省杭州市云山区"
    assert event.facts["courts"] == [suit.intermediate_court().pk]
    assert event.facts["transfer"]
    assert "公益诉讼办案规则第14条" in event.facts["conclusion"]


def test_what_a_request_says_the_law_answers_counts_for_nothing(case, cast):
    event = record(cast.handler, case, "S50", places(conclusion="任意法院"))
    assert "任意法院" not in event.facts["conclusion"]


def test_an_examination_without_any_place_is_refused(case, cast):
    with pytest.raises(Refusal) as refused:
        record(cast.handler, case, "S50", {"legal_day": "2026-05-06"})
    assert [item.code for item in refused.value.unmet] == ["place_is_named"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"here": ["harm_place"]}, "harm_place"),
        ({"device_place": "杭州市"}, "device_place"),
        ({"criminal_here": "on"}, "criminal_court"),
    ],
)
def test_places_that_do_not_fit_together_are_named(case, cast, facts, field):
    with pytest.raises(Invalid) as refused:
        record(cast.handler, case, "S50", places(**facts))
    assert field in refused.value.errors


@pytest.mark.norm("C014")
def test_the_page_answers_article_by_article_shows_the_transfer_and_keeps_it(client, cast):
    with on(2026, 5, 6):
        case = case_in_review(cast, date(2026, 3, 2))
        client.force_login(cast.handler)
        client.cookies["django_language"] = "en"
        address = reverse("case_jurisdiction", args=[case.key])
        assert client.get(address).status_code == 200
        page = client.post(address, places() | {"step": "check"}).content.decode()
        assert "Rules 16, 94(3)" in page
        assert "杭州市中级人民法院" in page
        assert reverse("proposal_create", args=[case.key, "T20"]) in page
        assert not Event.objects.filter(kind="jurisdiction_examined").exists()
        answer = client.post(address, places() | {"step": "record"})
        assert answer.status_code == 302
        assert Event.objects.filter(kind="jurisdiction_examined", case=case).exists()
        assert address in client.get(case.get_absolute_url()).content.decode()


@pytest.mark.norm("C014")
def test_programs_ask_the_tree_and_keep_nothing(case, cast):
    program = APIClient()
    program.force_authenticate(cast.handler)
    address = f"/api/v1/cases/{case.key}/jurisdiction/"
    asked = {"act_place": "杭州市云山区", "here": "act_place", "network": "true"}
    answer = program.get(address, asked).json()
    assert answer["may_file"]
    assert {court["name"] for court in answer["courts"]} == {
        "杭州互联网法院",
        "杭州市中级人民法院",
    }
    assert answer["steps"][0]["article"] == "Rules 14"
    assert not Event.objects.filter(kind="jurisdiction_examined").exists()
    assert program.get(address, {"here": "harm_place"}).status_code == 400
    program.force_authenticate(cast.stranger)
    assert program.get(address).status_code == 404


# --- disputes ------------------------------------------------------------------------------------


def negotiate(cast, case, **facts):
    given = {
        "legal_day": "2026-05-06",
        "other_office": cast.other_office.pk,
        "ground": "侵权结果地之争。",
        "result": "failed",
    }
    return record(cast.handler, case, "S51", given | facts, {"paper": upload()})


def designate(cast, case, **facts):
    given = {
        "legal_day": "2026-05-06",
        "superior": cast.city_office.pk,
        "designated": cast.other_office.pk,
        "number": "江检指〔2026〕1号",
    }
    return record(cast.handler, case, "S52", given | facts, {"paper": upload()})


@pytest.mark.norm("C016")
def test_both_stages_of_a_dispute_are_recorded(case, cast):
    negotiate(cast, case)
    assert dispute_of(case).open
    event = designate(cast, case)
    assert event.proofs.count() == 1
    assert dispute_of(case).handled_by == cast.other_office
    assert not dispute_of(case).open
    assert "Rules 17" in articles(examine(case, places()))
    assert not examine(case, places()).may_file


@pytest.mark.norm("C016")
@pytest.mark.parametrize("result", ["going_on", "none"])
def test_nobody_designates_before_the_negotiation_has_failed(case, cast, result):
    if result != "none":
        negotiate(cast, case, result=result)
    with pytest.raises(Refusal) as refused:
        designate(cast, case)
    assert [item.code for item in refused.value.unmet] == ["negotiation_failed"]


@pytest.mark.norm("C016")
def test_only_a_superior_of_both_offices_designates(case, cast):
    far = make_office(OfficeLevel.GRASSROOTS, make_office(OfficeLevel.CITY, name="某市人民检察院"))
    negotiate(cast, case, other_office=far.pk)
    with pytest.raises(Refusal) as refused:
        designate(cast, case)
    assert [item.code for item in refused.value.unmet] == ["designated_by_the_common_superior"]


@pytest.mark.norm("C016")
def test_an_agreement_names_one_of_the_two_offices_and_ends_the_dispute(case, cast):
    with pytest.raises(Invalid) as refused:
        negotiate(cast, case, result="agreed", agreed_office=cast.city_office.pk)
    assert "agreed_office" in refused.value.errors
    negotiate(cast, case, result="agreed", agreed_office=cast.office.pk)
    assert dispute_of(case).handled_by == cast.office


def test_no_stage_of_a_dispute_is_saved_without_its_paper(case, cast):
    facts = {"legal_day": "2026-05-06", "other_office": cast.other_office.pk, "result": "failed"}
    with pytest.raises(Invalid) as refused:
        record(cast.handler, case, "S51", facts | {"ground": "争议"})
    assert "paper" in refused.value.errors
    negotiate(cast, case)
    facts = {"superior": cast.city_office.pk, "designated": cast.office.pk, "number": "1"}
    with pytest.raises(Invalid) as refused:
        record(cast.handler, case, "S52", facts | {"legal_day": "2026-05-06"})
    assert "paper" in refused.value.errors


def verdict(case, code, guard, **facts):
    lines = checklists.checklist(acts.declaration_of(case, code), case, facts)
    [line] = [line for line in lines if line.code == guard]
    return line.verdict


@pytest.mark.norm("C016")
def test_while_a_dispute_is_open_suit_and_transfer_say_so_and_are_not_barred(case, cast):
    negotiate(cast, case, result="going_on")
    for code, guard in (
        ("T22", "suit_follows_designation"),
        ("T20", "transfer_follows_designation"),
    ):
        found = verdict(case, code, guard)
        assert found.met
        assert found.warning
        assert cast.other_office.name in found.why


@pytest.mark.norm("C016")
def test_an_office_does_not_sue_where_another_was_designated(cast):
    with on(2026, 5, 6):
        case = suit.suit_decided(cast)
        suit.claim(cast, case)
        negotiate(cast, case)
        designate(cast, case)
        for code in ("D-45", "D-46"):
            filed(case, code, cast.clerk, cast.chief)
        plan = {"court": suit.internet_court().pk, "court_ground": "实施地"}
        with pytest.raises(Refusal) as refused:
            propose(case, "T22", plan, cast.handler)
        assert [item.code for item in refused.value.unmet] == ["suit_follows_designation"]


@pytest.mark.norm("C016")
def test_a_case_goes_only_to_the_office_that_was_designated(cast):
    with on(2026, 5, 6):
        case = case_in_review(cast, date(2026, 3, 2))
        set_full_team(cast, case)
        case.refresh_from_db()
        negotiate(cast, case)
        designate(cast, case)
        force(case, "S03", date(2026, 4, 20), outcome="transfer", conclusion="移送")
        for code in ("D-43", "D-47"):
            filed(case, code, cast.clerk, cast.chief)
        plan = {
            "target_office": make_office(parent=cast.city_office).pk,
            "competent_court": suit.internet_court().pk,
            "transfer_ground": "管辖",
        }
        with pytest.raises(Refusal) as refused:
            propose(case, "T20", plan, cast.handler)
        assert [item.code for item in refused.value.unmet] == ["transfer_follows_designation"]
        right = {"target_office": cast.other_office.pk}
        assert verdict(case, "T20", "transfer_follows_designation", **right).met
