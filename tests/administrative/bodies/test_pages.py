"""The pages and the API of the directory: what they show, take, refuse and hide."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from administrative.bodies import services
from administrative.models import Body
from procuracy.search import search
from tests.administrative.bodies.conftest import CREDIT_CODE, enter, recommend, typed
from tests.support.api import program_of

pytestmark = pytest.mark.django_db
PAGE, API = "/bodies/", "/api/v1/bodies/"
NAMES_A_BODY = ("body_detail", "body_edit", "body_merge")
OF_ALL = ("body_list", "body_create", "body_duplicates", "body_import", "body_template")
# What is typed wrong, with the field at which it is said.
WRONG = [
    ({"name": " "}, "name"),
    ({"name": "局" * 201}, "name"),
    ({"kind": "secret_police"}, "kind"),
    ({"level": ""}, "level"),
    ({"region": "33010"}, "region"),
    ({"region": "990106"}, "region"),
    ({"region": ""}, "region"),
    ({"region": "330000"}, "region"),
    ({"level": "city"}, "region"),
    ({"level": "provincial", "region": "330100"}, "region"),
    ({"level": "national"}, "region"),
    ({"credit_code": CREDIT_CODE[:-1] + "0"}, "credit_code"),
    ({"credit_code": "§"}, "credit_code"),
    ({"email": "nobody"}, "email"),
    ({"superior": "没有这个局"}, "superior"),
    ({"competence": "x" * 501}, "competence"),
    ({"telephone": "0" * 41}, "telephone"),
]


# --- entering and changing ----------------------------------------------------------------------------


def test_the_clerk_enters_a_body_and_lands_on_its_page(cast, as_user):
    city = enter(cast.clerk, name="杭州市教育局", level="city", region="330100")
    client = as_user(cast.clerk)
    assert reverse("body_create") in client.get(PAGE).content.decode()
    answer = client.post(
        reverse("body_create"), typed(superior="杭州市教育局", name=" 西湖区 教育局")
    )
    body = Body.objects.get(name="西湖区 教育局")
    assert answer["Location"] == body.get_absolute_url()
    assert body.superior == city
    page = client.get(body.get_absolute_url()).content.decode()
    for text in ("浙江省杭州市西湖区", "杭州市教育局", "0571-00000000", "学校和培训机构"):
        assert text in page


@pytest.mark.parametrize(("wrong", "field"), WRONG)
def test_what_was_typed_wrong_is_said_at_its_field_and_stays(cast, as_user, wrong, field):
    before = Body.objects.count()
    answer = as_user(cast.clerk).post(reverse("body_create"), typed(**wrong))
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert "0571-00000000" in answer.content.decode() or "telephone" in wrong
    refused = program_of(cast.clerk).send("bodies/", typed(**wrong))
    assert (refused.status_code, list(refused.json()["errors"])) == (400, [field])
    assert Body.objects.count() == before


def test_a_name_that_is_there_twice_wants_its_region(cast, body, as_user):
    enter(cast.clerk, region="330105")
    sent = typed(name="西湖区教育局直属机构", superior=body.name)
    answer = as_user(cast.clerk).post(reverse("body_create"), sent)
    assert list(answer.context["form"].errors) == ["superior"]
    sent["superior"] = f"{body.name}（330106）"
    assert as_user(cast.clerk).post(reverse("body_create"), sent).status_code == 302
    assert Body.objects.get(name=sent["name"]).superior == body


def test_the_same_name_in_the_same_region_is_refused(cast, body, as_user):
    answer = as_user(cast.handler).post(reverse("body_create"), typed())
    assert answer.status_code == 400
    assert program_of(cast.handler).send("bodies/", typed()).status_code == 400
    assert Body.objects.filter(name=body.name).count() == 1


def test_a_unit_lies_where_it_lies_whatever_its_level(cast, as_user):
    sent = typed(kind="unit", level="provincial", name="某科技有限公司")
    assert as_user(cast.handler).post(reverse("body_create"), sent).status_code == 302
    assert Body.objects.get(name="某科技有限公司").region == "330106"


def test_a_change_is_saved_and_who_comes_second_compares(cast, body, as_user):
    client, address = as_user(cast.clerk), reverse("body_edit", args=[body.pk])
    assert 'value="1"' in client.get(address).content.decode()
    assert client.post(address, typed(contact="李某", version="1")).status_code == 302
    second = client.post(address, typed(contact="赵某", version="1"))
    page = second.content.decode()
    assert second.status_code == 409
    assert "<ins>赵某</ins>" in page
    assert "李某" in page
    assert 'value="2"' in page
    assert client.post(address, typed(contact="赵某", version="2")).status_code == 302
    body.refresh_from_db()
    assert (body.contact, body.version) == ("赵某", 3)


def test_a_change_keeps_the_body_above_that_it_shows(cast, body, as_user):
    city = enter(cast.clerk, name="杭州市教育局", level="city", region="330100")
    services.change_body(actor=cast.clerk, body=body, facts={"superior": city}, version=1)
    client, address = as_user(cast.clerk), reverse("body_edit", args=[body.pk])
    shown = client.get(address).context["form"]["superior"].value()
    assert shown == "杭州市教育局（330100）"
    client.post(address, typed(superior=shown, version="2", contact="李某"))
    body.refresh_from_db()
    assert (body.superior, body.contact) == (city, "李某")
    conflict = client.post(address, typed(superior="", version="2"))
    assert "杭州市教育局" in conflict.content.decode()


# --- who ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["auditor", "system_administrator", "security_administrator"])
def test_who_handles_no_cases_finds_nothing_by_page_and_api(cast, body, as_user, name):
    client, program = as_user(getattr(cast, name)), program_of(getattr(cast, name))
    for page in OF_ALL:
        assert client.get(reverse(page)).status_code == 404, page
    for page in NAMES_A_BODY:
        assert client.get(reverse(page, args=[body.pk])).status_code == 404, page
    for path in ("", f"{body.pk}/", f"{body.pk}/history/", f"{body.pk}/standing/", "template/"):
        assert program.get(f"{API}{path}").status_code == 404, path
    for path in ("bodies/", f"bodies/{body.pk}/merge/", "bodies/import/"):
        assert program.send(path, {}).status_code == 404, path
    assert program.send(f"bodies/{body.pk}/", {}, method="patch").status_code == 404
    assert PAGE not in client.get("/").content.decode()


@pytest.mark.parametrize("name", ["assistant", "chief", "intake"])
def test_who_does_not_keep_the_directory_reads_it_and_is_told_who_writes(cast, body, as_user, name):
    client, program = as_user(getattr(cast, name)), program_of(getattr(cast, name))
    page = client.get(body.get_absolute_url()).content.decode()
    assert body.name in client.get(PAGE).content.decode()
    assert reverse("body_create") not in client.get(PAGE).content.decode()
    for address in ("body_edit", "body_merge"):
        assert reverse(address, args=[body.pk]) not in page
        assert client.get(reverse(address, args=[body.pk])).status_code == 409
    for address in ("body_create", "body_import", "body_template"):
        assert client.get(reverse(address)).status_code == 409
    refused = program.send("bodies/", typed(name="另一局"))
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_role")
    for path, method in (("", "patch"), ("merge/", "post")):
        sent = program.send(f"bodies/{body.pk}/{path}", {"into": body.pk}, method=method)
        assert sent.status_code == 409, path


def test_the_stranger_reads_and_keeps_the_shared_directory(cast, body, as_user):
    client = as_user(cast.stranger)
    assert body.name in client.get(PAGE).content.decode()
    sent = typed(contact="李某", version="1")
    assert client.post(reverse("body_edit", args=[body.pk]), sent).status_code == 302
    assert program_of(cast.stranger).ask(f"bodies/{body.pk}/")["contact"] == "李某"


def test_what_is_not_there_is_not_found(cast, as_user):
    client, program = as_user(cast.handler), program_of(cast.handler)
    for page in NAMES_A_BODY:
        assert client.get(reverse(page, args=[999999])).status_code == 404, page
    for path in ("", "history/", "standing/"):
        assert program.get(f"{API}999999/{path}").status_code == 404, path


# --- the list -------------------------------------------------------------------------------------------


def found(client, **query):
    answer, page = client.get(API, query), client.get(PAGE, query)
    assert answer.status_code == 200, answer.content
    by_program = [row["id"] for row in answer.json()["results"]]
    assert by_program == [row.pk for row in page.context["page"].items]
    return set(by_program)


def test_the_list_is_narrowed_by_kind_level_region_and_words(cast, body, as_user):
    city = enter(cast.clerk, name="杭州市卫健委", kind="health", level="city", region="330100")
    unit = enter(cast.clerk, name="某公司", kind="unit", region="330105", credit_code=CREDIT_CODE)
    client = as_user(cast.stranger)
    assert found(client, region="330100") == {body.pk, city.pk, unit.pk}
    assert found(client, region="杭州市") == {body.pk, city.pk, unit.pk}
    assert found(client, region="330106") == {body.pk}
    assert found(client, region="浙江省杭州市西湖区") == {body.pk}
    assert found(client, kind="health", region="330000") == {city.pk}
    assert found(client, level="county", region="330000") == {body.pk, unit.pk}
    assert (
        found(client, q="西湖区教育")
        == found(client, q="培训机构", region="33010" + "6")
        == {body.pk}
    )
    assert found(client, q=CREDIT_CODE.lower()) == {unit.pk}
    services.merge_bodies(actor=cast.clerk, body=body, into=unit)
    assert found(client, region="330100") == {city.pk, unit.pk}
    assert found(client, q="西湖区教育") == {unit.pk}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"kind": "x"}, "kind"),
        ({"level": "x"}, "level"),
        ({"region": "没有的地方"}, "region"),
        ({"region": "990000"}, "region"),
        ({"region": "西湖区"}, "region"),
        ({"q": "x" * 101}, "q"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_with_a_sentence(cast, as_user, query, field):
    client = as_user(cast.handler)
    page = client.get(PAGE, query)
    assert (page.status_code, 'role="alert"' in page.content.decode()) == (400, True)
    assert list(client.get(API, query).json()["errors"]) == [field]


def test_the_list_goes_on_page_by_page(cast, as_user, monkeypatch):
    monkeypatch.setattr("administrative.bodies.views.PAGE_SIZE", 7)
    client, seen, after = as_user(cast.handler), [], None
    while True:
        page = client.get(PAGE, {"after": after} if after else {}).context["page"]
        seen += [row.pk for row in page.items]
        if not (after := page.next):
            break
    assert seen == list(Body.objects.order_by("name", "id").values_list("pk", flat=True))
    assert client.get(PAGE, {"after": "spoilt"}).status_code == 400


@pytest.mark.parametrize("path", [PAGE, API, "/bodies/duplicates/"])
def test_the_list_costs_the_same_for_one_and_for_many(cast, body, as_user, path):
    client = as_user(cast.handler)
    enter(cast.clerk, name="西湖区 教育局")
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for number in range(6):
        enter(cast.clerk, name=f"第{number}局", superior=body)
        enter(cast.clerk, name=f"西湖区第{number}局")
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).status_code == 200
    assert len(many) == len(one)


def test_the_search_finds_a_body_by_its_name(cast, body):
    links = [row.link for group in search(cast.stranger, "西湖区教育局") for row in group.rows]
    assert links == [body.get_absolute_url()]
    assert [group for group in search(cast.auditor, "西湖区教育局") if group.rows] == []


# --- merging --------------------------------------------------------------------------------------------


def test_a_duplicate_is_merged_from_the_list_of_duplicates(cast, body, as_user):
    like, client = enter(cast.clerk, name="西湖区 教育局"), as_user(cast.handler)
    address = f"{reverse('body_merge', args=[like.pk])}?into={body.pk}"
    assert address in client.get(reverse("body_duplicates")).content.decode()
    assert (
        reverse("body_merge", args=[body.pk])
        in client.get(body.get_absolute_url()).content.decode()
    )
    assert f'value="{body.label}"' in client.get(address).content.decode()
    recommend(cast, like)
    assert client.post(address, {"into": body.label}).status_code == 302
    page = client.get(like.get_absolute_url()).content.decode()
    assert body.get_absolute_url() in page
    for act in ("body_edit", "body_merge"):
        assert reverse(act, args=[like.pk]) not in page
        assert client.get(reverse(act, args=[like.pk])).status_code == 409
    assert like.name in client.get(body.get_absolute_url()).content.decode()
    assert client.get(reverse("body_duplicates")).context["groups"] == []


@pytest.mark.parametrize("into", ["", "没有这个局", "self"])
def test_a_merge_into_nothing_is_refused(cast, body, as_user, into):
    sent = {"into": body.label if into == "self" else into}
    answer = as_user(cast.handler).post(reverse("body_merge", args=[body.pk]), sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["into"])
    refused = program_of(cast.handler).send(f"bodies/{body.pk}/merge/", sent)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["into"])


# --- the level rule on the page -------------------------------------------------------------------------


@pytest.mark.norm("C110")
def test_page_and_api_say_how_the_body_stands_to_the_office_of_the_reader(cast, body, as_user):
    cast.office.region_code = "330105"
    cast.office.save()
    client = as_user(cast.handler)
    assert client.get(body.get_absolute_url()).context["standing"].relation == "other_place"
    said = program_of(cast.handler).ask(f"bodies/{body.pk}/standing/")
    assert said["relation"] == "other_place"
    assert "浙江省杭州市西湖区" in said["why"]
    said = program_of(cast.stranger).ask(f"bodies/{body.pk}/standing/")
    assert said["relation"] is None
    assert cast.other_office.name in said["why"]


# --- API ------------------------------------------------------------------------------------------------


def test_a_program_enters_changes_and_merges(cast):
    program = program_of(cast.clerk)
    made = program.send("bodies/", typed(credit_code=CREDIT_CODE))
    assert made.status_code == 201, made.content
    body = made.json()
    assert (body["region_name"], body["version"], body["merged_into"]) == (
        "浙江省杭州市西湖区", 1, None,
    )  # fmt: skip
    changed = program.send(
        f"bodies/{body['id']}/", {"contact": "李某", "version": 1}, method="patch"
    )
    assert (changed.status_code, changed.json()["contact"]) == (200, "李某")
    assert changed.json()["credit_code"] == CREDIT_CODE
    stale = program.send(f"bodies/{body['id']}/", {"contact": "赵某", "version": 1}, method="patch")
    assert (stale.status_code, stale.json()["code"]) == (409, "lost_update")
    assert stale.json()["details"]["contact"] == "李某"
    other = program.send("bodies/", typed(name="西湖教育局", superior=body["id"])).json()
    assert other["superior"] == body["id"]
    merged = program.send(f"bodies/{other['id']}/merge/", {"into": body["id"]})
    assert (merged.status_code, merged.json()["id"]) == (200, body["id"])
    assert program.ask(f"bodies/{other['id']}/")["merged_into"] == body["id"]
    again = program.send(f"bodies/{other['id']}/", {"version": 2}, method="patch")
    assert (again.status_code, again.json()["code"]) == (409, "body_merged")


def test_a_change_says_which_version_it_saw(cast, body):
    refused = program_of(cast.clerk).send(f"bodies/{body.pk}/", {"contact": "x"}, method="patch")
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["version"])


def test_no_request_sets_what_follows_from_the_directory(cast, body):
    hostile = {"id": 7, "version": 1, "created_by": cast.stranger.pk, "merged_into": body.pk}
    program = program_of(cast.clerk)
    made = program.send("bodies/", typed(name="另一局") | hostile).json()
    row = Body.objects.get(pk=made["id"])
    assert (row.created_by, row.merged_into, row.version) == (cast.clerk, None, 1)
    for method in ("put", "delete"):
        assert program.send(f"bodies/{row.pk}/", {}, method=method).status_code == 405
