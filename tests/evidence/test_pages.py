"""The pages of evidence: what they show, refuse and hide, with how many queries."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditEvent
from cases.models import Recusal, SuperiorAccess
from documents.store import path_of
from evidence import selectors, services
from evidence.models import Exhibit, FactLink
from tests.evidence.conftest import (
    FACTS,
    add,
    give_up_plan,
    planned_case,
    start_investigation,
    upload,
)

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "zh-hans")
MARKUP = "<img src=x onerror=alert(1)>"


def signed_in(client, person, language="en"):
    person.language = language
    person.save()
    client.force_login(person)
    return client


def addresses(case):
    """Every page of the room: address and whether it is posted to."""
    of_case = {"key": case.key}
    of_exhibit = of_case | {"number": 1}
    return [
        ("get", reverse("exhibit_list", kwargs=of_case)),
        ("get", reverse("exhibit_matrix", kwargs=of_case)),
        ("get", reverse("exhibit_create", kwargs=of_case)),
        ("post", reverse("exhibit_create", kwargs=of_case)),
        ("get", reverse("exhibit_detail", kwargs=of_exhibit)),
        ("get", reverse("exhibit_download", kwargs=of_exhibit)),
        ("post", reverse("exhibit_check", kwargs=of_exhibit)),
        ("post", reverse("exhibit_withdraw", kwargs=of_exhibit)),
        ("get", reverse("fact_groups", kwargs=of_case)),
        ("post", reverse("fact_groups", kwargs=of_case)),
        ("get", reverse("fact_unlink", kwargs=of_case | {"pk": FactLink.objects.get().pk})),
        ("post", reverse("fact_unlink", kwargs=of_case | {"pk": FactLink.objects.get().pk})),
        ("get", f"/api/v1/cases/{case.key}/exhibits/"),
        ("post", f"/api/v1/cases/{case.key}/exhibits/"),
        ("get", f"/api/v1/cases/{case.key}/exhibits/1/"),
        ("get", f"/api/v1/cases/{case.key}/exhibits/1/download/"),
        ("post", f"/api/v1/cases/{case.key}/exhibits/1/check/"),
        ("post", f"/api/v1/cases/{case.key}/exhibits/1/withdraw/"),
        ("get", f"/api/v1/cases/{case.key}/facts/"),
        ("post", f"/api/v1/cases/{case.key}/facts/"),
        ("get", f"/api/v1/cases/{case.key}/facts/groups/"),
        ("post", f"/api/v1/cases/{case.key}/facts/{FactLink.objects.get().pk}/remove/"),
    ]


@pytest.fixture
def full(cast, case, exhibit):
    """A case with one exhibit and one fact that rests on it."""
    services.state_fact(
        actor=cast.handler, case=case, group="act", text="公开个人信息", exhibits=[exhibit]
    )
    return case


def test_to_a_stranger_no_page_and_no_endpoint_exists(client, cast, full):
    signed_in(client, cast.stranger)
    answers = {path: getattr(client, verb)(path).status_code for verb, path in addresses(full)}
    assert set(answers.values()) == {404}, answers


def test_to_who_stands_aside_no_page_and_no_endpoint_exists(client, cast, full):
    Recusal.objects.create(
        case=full,
        person=cast.assistant,
        applicant="当事人",
        grounds="利害关系",
        received_on=date(2026, 3, 1),
        decision="granted",
        decided_on=date(2026, 3, 2),
        decided_by=cast.chief,
        created_by=cast.handler,
    )
    signed_in(client, cast.assistant)
    answers = {path: getattr(client, verb)(path).status_code for verb, path in addresses(full)}
    assert set(answers.values()) == {404}, answers


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_answers_in_both_languages(client, cast, full, language):
    signed_in(client, cast.handler, language)
    for verb, path in addresses(full):
        if verb == "get":
            assert client.get(path).status_code == 200, path


def test_who_is_not_signed_in_is_asked_to(client, full):
    for verb, path in addresses(full):
        assert getattr(client, verb)(path).status_code in (302, 401), path


def form(**changed):
    facts = FACTS | {"obtained_on": "2026-03-02", "original": "on"}
    return facts | changed


def test_the_team_adds_exhibits_by_the_form(client, cast, case):
    signed_in(client, cast.handler)
    page = client.post(
        reverse("exhibit_create", args=[case.key]),
        form(name="", uploads=[upload(b"one", "甲.txt"), upload(b"two", "乙.txt")]),
        follow=True,
    )
    assert "E-0001" in page.content.decode()
    assert list(Exhibit.objects.values_list("name", flat=True)) == ["甲.txt", "乙.txt"]


def test_the_button_of_the_form_of_facts_is_a_verb_and_not_the_noun_for_a_state(client, cast, case):
    signed_in(client, cast.handler, "zh-hans")
    page = client.get(reverse("fact_groups", args=[case.key])).content.decode()
    (button,) = re.findall(r"<button[^>]*>([^<]*)</button>", page[page.index('id="state"') :])[:1]
    assert button.strip()
    assert button.strip() != "状态"


def test_a_file_the_case_already_has_is_added_with_a_warning_that_names_it(client, cast, case):
    add(cast, case, b"same", name="数据库镜像")
    signed_in(client, cast.handler)
    address = reverse("exhibit_create", args=[case.key])
    page = client.post(address, form(uploads=[upload(b"same"), upload(b"other")]), follow=True)
    text = page.content.decode()
    assert Exhibit.objects.count() == 3
    assert "The file of E-0002 is already in this case as E-0001 数据库镜像" in text
    assert "The file of E-0003" not in text
    detail = client.get(reverse("exhibit_detail", args=[case.key, 1])).content.decode()
    assert reverse("exhibit_detail", args=[case.key, 2]) in detail


def test_a_hidden_exhibit_with_the_same_file_is_named_to_nobody_who_does_not_see_it(
    client, cast, case
):
    add(cast, case, b"same", confidential=True)
    add(cast, case, b"same")
    superior = SuperiorAccess.objects.create(case=case, office=cast.city_office, reason="备案")
    assert selectors.get_exhibit(cast.handler, case.key, 2).same_file_as == [1]
    assert superior.office == cast.superior_handler.office
    assert selectors.get_exhibit(cast.superior_handler, case.key, 2).same_file_as == []


def test_the_same_file_in_another_case_is_no_matter_of_this_one(cast, case):
    other = start_investigation(planned_case(cast), cast)
    add(cast, other, b"same")
    assert not selectors.same_file_before(cast.handler, add(cast, case, b"same")).exists()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({}, "Choose at least one file."),
        ({"uploads": "empty"}, "The submitted file is empty."),
        ({"obtained_on": "2026-03-06", "uploads": "one"}, "This day lies in the future."),
        ({"obtained_on": "2026-02-30", "uploads": "one"}, "2026-02-30"),
        ({"original": "", "uploads": "one"}, "Say why this is a copy"),
        ({"method": "collect", "uploads": "one"}, "At least two procuratorial staff"),
        ({"kind": "rumour", "uploads": "one"}, "rumour is not one of the available choices"),
    ],
)
def test_a_wrong_form_says_what_is_wrong_and_adds_nothing(client, cast, case, changed, sentence):
    signed_in(client, cast.handler)
    given = dict(changed)
    if "uploads" in given:
        given["uploads"] = upload(b"" if given["uploads"] == "empty" else b"content")
    answer = client.post(reverse("exhibit_create", args=[case.key]), form(**given))
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not Exhibit.objects.exists()


def test_a_file_above_the_limit_is_refused_in_the_form(client, cast, case, settings):
    settings.EVIDENCE_MAX_BYTES = 3
    signed_in(client, cast.handler)
    answer = client.post(reverse("exhibit_create", args=[case.key]), form(uploads=upload(b"four")))
    assert answer.status_code == 400
    assert "The file is larger than 3" in answer.content.decode()


@pytest.mark.norm("C020")
def test_the_form_says_that_the_plan_is_missing(client, cast, case):
    give_up_plan(case, cast)
    signed_in(client, cast.handler)
    given = form(
        uploads=upload(),
        method="collect",
        place="机房",
        first_collector=cast.handler.pk,
        second_collector=cast.assistant.pk,
    )
    answer = client.post(reverse("exhibit_create", args=[case.key]), given)
    assert answer.status_code == 409
    assert "The investigation plan must exist" in answer.content.decode()


def test_who_decides_reads_but_gets_no_form(client, cast, full):
    signed_in(client, cast.head)
    assert client.get(reverse("exhibit_create", args=[full.key])).status_code == 409
    page = client.get(reverse("fact_groups", args=[full.key])).content.decode()
    assert "公开个人信息" in page
    assert "<textarea" not in page


def test_markup_in_every_text_is_shown_as_text(client, cast, case):
    signed_in(client, cast.handler)
    texts = dict.fromkeys(("name", "source", "also_present", "copy_reason", "copy_process"), MARKUP)
    exhibit = add(cast, case, file=f"{MARKUP}.txt", original=False, **texts)
    services.state_fact(
        actor=cast.handler, case=case, group="act", text=MARKUP, page=MARKUP, exhibits=[exhibit]
    )
    services.withdraw_exhibit(actor=cast.handler, exhibit=add(cast, case), reason=MARKUP)
    for verb, path in [*addresses(case)[:9], ("get", f"/cases/{case.key}/exhibits/2/")]:
        if verb == "get" and "file" not in path:
            assert "<img" not in client.get(path).content.decode(), path


def test_the_download_is_the_file_and_never_runs(client, cast, case):
    add(cast, case, b"<html>", "页面.html")
    signed_in(client, cast.handler)
    answer = client.get(reverse("exhibit_download", args=[case.key, 1]))
    assert b"".join(answer.streaming_content) == b"<html>"
    assert answer["Content-Type"] == "text/plain"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E9%A1%B5")


@pytest.mark.norm("C131")
def test_every_look_at_an_exhibit_and_every_copy_of_it_leaves_a_trace(client, cast, case, exhibit):
    signed_in(client, cast.head)
    for name, action in (("exhibit_detail", "viewed"), ("exhibit_download", "downloaded")):
        assert client.get(reverse(name, args=[case.key, 1])).status_code == 200
        entry = AuditEvent.objects.get(action=f"exhibit.{action}")
        assert (entry.actor_id, entry.case_id) == (cast.head.pk, case.pk)
        assert entry.scope.startswith("read:")


def test_a_lost_file_is_said_and_not_a_fault_of_the_page(client, cast, case, exhibit):
    path_of(exhibit.sha256).unlink()
    signed_in(client, cast.handler)
    client.raise_request_exception = False
    answer = client.get(reverse("exhibit_download", args=[case.key, 1]))
    assert answer.status_code == 500
    assert "is missing" in answer.content.decode()
    checked = client.post(reverse("exhibit_check", args=[case.key, 1]), follow=True)
    assert "The file is missing." in checked.content.decode()


def test_an_exhibit_is_checked_and_withdrawn_on_its_page(client, cast, case, exhibit):
    signed_in(client, cast.handler)
    checked = client.post(reverse("exhibit_check", args=[case.key, 1]), follow=True)
    assert "The file is unchanged" in checked.content.decode()
    withdraw = reverse("exhibit_withdraw", args=[case.key, 1])
    assert client.post(withdraw, {"reason": ""}).status_code == 400
    page = client.post(withdraw, {"reason": "来源存疑"}, follow=True).content.decode()
    assert "来源存疑" in page
    assert client.post(withdraw, {"reason": "again"}).status_code == 409


def test_a_fact_is_stated_and_taken_back_on_the_page(client, cast, case, exhibit):
    signed_in(client, cast.handler)
    address = reverse("fact_groups", args=[case.key])
    assert client.post(address, {"group": "act", "text": ""}).status_code == 400
    given = {"group": "act", "text": "公开八百余人信息", "exhibits": [exhibit.pk], "page": "12"}
    assert "公开八百余人信息" in client.post(address, given, follow=True).content.decode()
    link = FactLink.objects.get()
    unlink = reverse("fact_unlink", args=[case.key, link.pk])
    assert client.post(unlink, {"reason": ""}).status_code == 400
    assert (
        "公开八百余人信息"
        not in client.post(unlink, {"reason": "不实"}, follow=True).content.decode()
    )
    assert client.post(unlink, {"reason": "again"}).status_code == 404


def test_the_list_goes_on_page_by_page(client, cast, case, monkeypatch):
    monkeypatch.setattr("evidence.views.SIZE", 2)
    uploads = [upload(b"x", f"{number}.txt") for number in range(3)]
    services.add_exhibits(actor=cast.handler, case=case, uploads=uploads, facts=FACTS)
    signed_in(client, cast.handler)
    first = client.get(reverse("exhibit_list", args=[case.key])).content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
    second = client.get(reverse("exhibit_list", args=[case.key]) + following).content.decode()
    assert re.findall(r"E-000\d", first) == ["E-0001", "E-0002"]
    assert re.findall(r"E-000\d", second) == ["E-0003"]
    assert client.get(reverse("exhibit_list", args=[case.key]) + "?after=x").status_code == 404


def queries(client, path) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(
    "path",
    [
        "/cases/{}/exhibits/",
        "/cases/{}/exhibits/matrix/",
        "/cases/{}/facts/",
        "/api/v1/cases/{}/exhibits/",
        "/api/v1/cases/{}/facts/groups/",
    ],
)
def test_a_page_of_many_costs_no_more_queries_than_one_of_few(client, cast, full, path):
    signed_in(client, cast.handler)
    path = path.format(full.key)
    client.get(path)
    few = queries(client, path)
    uploads = [upload(b"x", f"{number}.txt") for number in range(12)]
    added = services.add_exhibits(actor=cast.handler, case=full, uploads=uploads, facts=FACTS)
    services.state_fact(actor=cast.handler, case=full, group="harm", text="损害", exhibits=added)
    assert queries(client, path) == few


def test_the_exhibits_of_another_case_are_not_reached_by_this_ones_address(client, cast, full):
    signed_in(client, cast.handler)
    other = planned_case(cast)
    assert client.get(reverse("exhibit_detail", args=[other.key, 1])).status_code == 404
    link = FactLink.objects.get()
    assert client.get(reverse("fact_unlink", args=[other.key, link.pk])).status_code == 404
