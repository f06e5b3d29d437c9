"""The pages and the API of recommendations on governance; what waits in the inbox."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from administrative.models import GovernanceRecommendation
from audit import clock
from tests.administrative.governance import scenes
from tests.administrative.governance.scenes import again, of
from tests.support.api import program_of
from tests.support.matters import stand_aside, upload

pytestmark = pytest.mark.django_db


def addresses(row) -> list[str]:
    return [reverse("governance_list", args=[row.case.key]), row.get_absolute_url()]


def record_page(case, code: str) -> str:
    return reverse("transition_record", args=[case.key, code])


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_show_contents_clocks_records_and_history(client, cast, case, unit, language):
    row = scenes.object_to(cast, scenes.served(cast, case, unit))
    cast.handler.language = language
    cast.handler.save(update_fields=["language"])
    client.force_login(cast.handler)
    client.cookies["django_language"] = language
    detail = client.get(row.get_absolute_url()).content.decode()
    for text in (
        unit.name,
        "存在个人信息泄露的隐患。",
        row.document.number,
        "P-57",
        "P-59",
        "认为事实有误。",
    ):
        assert text in detail
    listed = client.get(reverse("governance_list", args=[case.key])).content.decode()
    assert row.get_absolute_url() in listed
    everywhere = client.get(reverse("governance_register")).content.decode()
    assert row.get_absolute_url() in everywhere
    assert case.title in everywhere
    assert row.get_absolute_url() in client.get(case.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["stranger", "colleague", "intake", "system_administrator"])
def test_who_does_not_see_the_case_finds_nothing(client, cast, case, unit, who):
    row = scenes.begun(cast, case, unit)
    person = getattr(cast, who)
    client.force_login(person)
    for address in addresses(row):
        assert client.get(address).status_code == 404
    register = client.get(reverse("governance_register"))
    assert unit.name not in register.content.decode()
    facts = scenes.facts_to_begin(unit) | {"step": "record"}
    assert client.post(record_page(case, "G-1"), facts).status_code == 404
    program = program_of(person)
    assert program.ask("governance-recommendations/")["results"] == []
    found = program.get(f"/api/v1/governance-recommendations/{row.pk}/")
    assert found.status_code == 404


def test_who_stands_aside_finds_nothing(client, cast, case, unit):
    row = scenes.begun(cast, case, unit)
    stand_aside(cast, case, cast.assistant)
    client.force_login(cast.assistant)
    for address in addresses(row):
        assert client.get(address).status_code == 404


def test_nobody_logged_in_is_sent_to_the_login(client, cast, case, unit):
    row = scenes.begun(cast, case, unit)
    for address in [*addresses(row), reverse("governance_register")]:
        assert client.get(address).status_code == 302


def test_a_number_or_a_cursor_that_is_not_there_is_not_found(client, cast, case):
    client.force_login(cast.handler)
    assert client.get(reverse("governance_detail", args=[case.key, 9])).status_code == 404
    assert client.get(reverse("governance_register"), {"after": "x"}).status_code == 404


def test_the_page_offers_what_fits_the_state_to_those_who_may(client, cast, case, unit):
    row = scenes.begun(cast, case, unit)
    client.force_login(cast.handler)
    page = client.get(row.get_absolute_url()).content.decode()
    for code in ("G-1-2", "G-1-4", "G-2", "G-3", "G-12"):
        assert f"/{code}/?recommendation={row.pk}" in page
    for code in ("G-1-3", "G-4", "G-5", "G-6", "G-9", "G-11"):
        assert f"/{code}/" not in page
    client.force_login(cast.head)
    page = client.get(row.get_absolute_url()).content.decode()
    assert f"?recommendation={row.pk}" not in page
    begin = record_page(case, "G-1")
    address = reverse("governance_list", args=[case.key])
    assert begin not in client.get(address).content.decode()
    client.force_login(cast.handler)
    assert begin in client.get(address).content.decode()


def test_the_form_of_the_contents_is_filled_with_what_stands(client, cast, case, unit):
    row = scenes.write(cast, scenes.begun(cast, case, unit))
    client.force_login(cast.handler)
    page = client.get(record_page(case, "G-1-4"), {"recommendation": row.pk}).content.decode()
    assert "存在个人信息泄露的隐患。" in page
    assert f'<option value="{row.pk}" selected>' in page
    strange = client.get(record_page(case, "G-1-4"), {"recommendation": "x"})
    assert strange.status_code == 200


# --- bad input, by page and by API -----------------------------------------------------------------


@pytest.mark.norm("C110")
def test_the_wrong_level_is_refused_by_page_and_api_with_the_article(client, cast, case):
    body = scenes.authority(cast, "city")
    facts = scenes.facts_to_begin(body)
    client.force_login(cast.handler)
    answer = client.post(record_page(case, "G-1"), facts | {"step": "record"})
    assert answer.status_code == 409
    assert "检察建议工作规定第3条" in answer.content.decode()
    program = program_of(cast.handler)
    given = {"transition": "G-1", "facts": facts}
    answer = program.send(f"cases/{case.key}/transitions/", given)
    assert answer.status_code == 409
    assert [item["code"] for item in answer.json()["unmet"]] == ["governance_level_rule"]
    assert not GovernanceRecommendation.objects.exists()


@pytest.mark.norm("C111")
def test_a_missing_objection_term_blocks_by_page_and_api(client, cast, case, unit):
    row = scenes.reviewed(cast, case, unit, objection_days=None)
    client.force_login(cast.handler)
    draft = client.post(
        reverse("proposal_create", args=[case.key, "G-3"]),
        {"recommendation": row.pk, "reasons": "应当提出。"},
        follow=True,
    )
    page = draft.content.decode()
    assert "异议期限" in page
    assert "检察建议工作规定第16" in page
    pk = case.proposals.get().pk
    program = program_of(cast.handler)
    answer = program.send(f"proposals/{pk}/submit/", {})
    assert answer.status_code == 409
    assert [item["code"] for item in answer.json()["unmet"]] == ["governance_contents_complete"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"objection_days": "0"}, "objection_days"),
        ({"objection_days": "ten"}, "objection_days"),
        ({"reply_days": "90"}, "reply_days"),
        ({"reply_days": "10"}, "urgency"),
        ({"recommendation": "99999"}, "recommendation"),
        ({"source": "长" * 5001}, "source"),
        ({"legal_day": "2026-06-25"}, "legal_day"),
    ],
)
def test_what_cannot_be_a_content_is_refused_in_its_field(client, cast, case, unit, facts, field):
    row = scenes.begun(cast, case, unit)
    given = of(row, **scenes.CONTENTS) | facts
    client.force_login(cast.handler)
    assert client.post(record_page(case, "G-1-4"), given | {"step": "record"}).status_code == 400
    answer = program_of(cast.handler).send(
        f"cases/{case.key}/transitions/", {"transition": "G-1-4", "facts": given}
    )
    assert answer.status_code == 400
    assert field in answer.json()["errors"]


def test_an_answer_before_the_service_is_refused_by_page_and_api(client, cast, case, unit):
    row = scenes.issued(cast, case, unit)
    facts = of(row, text="已整改。")
    client.force_login(cast.clerk)
    given = facts | {"step": "record", "letter": upload()}
    assert client.post(record_page(case, "G-9"), given).status_code == 400
    body = {"transition": "G-9", "facts": json.dumps(facts), "letter": upload()}
    answer = program_of(cast.clerk).send(f"cases/{case.key}/transitions/", body, format="multipart")
    assert answer.status_code == 400
    assert "recommendation" in answer.json()["errors"]


@pytest.mark.norm("C115")
def test_nothing_is_carried_further_without_a_decision_by_page_or_api(client, cast, case, unit):
    row = scenes.served(cast, case, unit)
    facts = of(row, to=["superior"], names="某区住建局", findings="未整改。")
    client.force_login(cast.handler)
    answer = client.post(record_page(case, "G-11"), facts | {"step": "record"})
    assert answer.status_code == 409
    assert "请先提请" in answer.content.decode()
    # A program can but propose it; until the chief has decided nobody was told.
    del facts["legal_day"]
    given = {"transition": "G-11", "facts": facts, "reasons": "逾期未整改。", "submit": True}
    answer = program_of(cast.handler).send(f"cases/{case.key}/transitions/", given)
    assert answer.status_code == 201
    assert case.proposals.get(transition="G-11").status == "submitted"
    assert not case.events.filter(kind="governance_escalated").exists()
    assert again(row).state == "served"


# --- lists -----------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_state_unit_and_last_day(client, cast, case, unit):
    served = scenes.served(cast, case, unit)
    begun = scenes.begun(cast, case, scenes.body(cast, name="某快递公司"))
    client.force_login(cast.handler)
    program = program_of(cast.handler)
    asked = [
        ({"state": "served"}, {served.pk}),
        ({"unit": "快递"}, {begun.pk}),
        ({"until": "2026-08-24"}, {served.pk}),
        ({"until": "2026-06-25"}, set()),
        ({"overdue": "on"}, set()),
        ({"unit": "没有"}, set()),
    ]
    for chosen, found in asked:
        rows = program.ask("governance-recommendations/", **chosen)["results"]
        assert {row["id"] for row in rows} == found
        page = client.get(reverse("governance_register"), chosen).content.decode()
        for row in (served, begun):
            assert (row.get_absolute_url() in page) is (row.pk in found)
    with clock.frozen(datetime(2026, 7, 1, 9)):
        rows = program.ask("governance-recommendations/", overdue="true")["results"]
    assert [row["id"] for row in rows] == [served.pk]


def test_a_filter_that_is_none_is_refused(client, cast, case):
    client.force_login(cast.handler)
    assert client.get(reverse("governance_register"), {"state": "gone"}).status_code == 400
    answer = program_of(cast.handler).get("/api/v1/governance-recommendations/", {"until": "soon"})
    assert answer.status_code == 400
    assert "until" in answer.json()["errors"]


def test_the_api_shows_one_with_its_clocks_and_the_steps_of_the_caller(cast, case, unit):
    row = scenes.served(cast, case, unit)
    shown = program_of(cast.handler).ask(f"governance-recommendations/{row.pk}/")
    assert {item["rule"] for item in shown["clocks"]} == {"P-57", "P-59"}
    assert shown["steps"] == ["G-5", "G-6", "G-8", "G-9", "G-11", "G-12"]
    assert shown["content"] == scenes.CONTENTS["content"]
    assert program_of(cast.head).ask(f"governance-recommendations/{row.pk}/")["steps"] == []


def test_what_waits_stands_in_the_inbox_of_who_leads_the_case(client, cast, case, unit):
    row = scenes.answer(cast, scenes.served(cast, case, unit))
    client.force_login(cast.handler)
    assert row.get_absolute_url() in client.get("/").content.decode()
    client.force_login(cast.clerk)
    assert row.get_absolute_url() not in client.get("/").content.decode()


def test_the_page_of_a_case_lists_only_the_first_step_among_what_follows(client, cast, case):
    program = program_of(cast.handler)
    codes = {step["code"] for step in program.ask(f"cases/{case.key}/transitions/")}
    assert {code for code in codes if code.startswith("G-")} == {"G-1"}


@pytest.mark.parametrize("page", ["governance_register", "governance_list", "api"])
def test_a_list_costs_the_same_for_one_and_for_many(client, cast, case, page):
    client.force_login(cast.handler)
    address = {
        "governance_register": reverse("governance_register"),
        "governance_list": reverse("governance_list", args=[case.key]),
        "api": "/api/v1/governance-recommendations/",
    }[page]
    counts = []
    for names in (("甲",), ("乙", "丙", "丁", "戊")):
        for name in names:
            scenes.decide(
                cast, scenes.begun(cast, case, scenes.body(cast, name=name)), "G-1-2", reasons="—"
            )
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
