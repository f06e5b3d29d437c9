"""Labels of an office, on one case and on several; assigning several; taking marked cases out."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from audit.errors import Invalid
from audit.models import AuditEvent
from cases.models import CaseTag, Event, Tag
from cases.services import bulk, tags
from tests.support.api import program_of
from tests.support.matters import make_case, stand_aside

pytestmark = pytest.mark.django_db
LIST, EXPORT = reverse("case_list"), reverse("case_export")
LABEL, ASSIGN = reverse("case_tag_marked"), reverse("case_assign_marked")


def tag_of(cast, name="人脸识别", use="field") -> Tag:
    return tags.create_tag(actor=cast.head, facts={"name": name, "use": use})


def english(person):
    person.language = "en"
    person.save()
    return person


def borne(case) -> list[str]:
    return list(Tag.objects.filter(case_tags__case=case).values_list("name", flat=True))


def traces(action: str) -> int:
    return AuditEvent.objects.filter(action=action).count()


# --- labels of the office ----------------------------------------------------------------------


def test_heads_make_and_change_labels_and_it_is_recorded(cast, as_user):
    client = as_user(english(cast.head))
    client.post(reverse("tag_create"), {"name": " 人脸识别 ", "use": "field"})
    tag = Tag.objects.get()
    assert (tag.name, tag.office) == ("人脸识别", cast.office)
    answer = client.post(reverse("tag_create"), {"name": "人脸识别", "use": "work"})
    assert answer.status_code == 400
    assert "The office has a label of this name already." in answer.content.decode()
    change = reverse("tag_change", args=[tag.pk])
    client.post(change, {"name": "人脸", "use": "field", "retired": "on"})
    tag.refresh_from_db()
    assert (tag.name, tag.retired) == ("人脸", True)
    assert (traces("tag.created"), traces("tag.changed")) == (1, 1)


@pytest.mark.parametrize("persona", ["handler", "clerk"])
def test_who_does_not_keep_the_labels_reads_them(cast, as_user, persona):
    tag, client = tag_of(cast), as_user(getattr(cast, persona))
    assert tag.name in client.get(reverse("tag_list")).content.decode()
    assert client.get(reverse("tag_create")).status_code == 404
    assert client.post(reverse("tag_change", args=[tag.pk]), {"name": "x"}).status_code == 404
    body = {"name": "x", "use": "field"}
    assert program_of(getattr(cast, persona)).send("tags/", body).status_code == 409


def test_the_labels_of_another_office_do_not_exist(cast, as_user):
    tag = tag_of(cast)
    assert tag.name not in as_user(cast.stranger).get(reverse("tag_list")).content.decode()
    program = program_of(cast.stranger)
    assert program.ask("tags/")["results"] == []
    assert program.get(f"/api/v1/tags/{tag.pk}/").status_code == 404
    assert program_of(cast.auditor).get("/api/v1/tags/").status_code == 404


def test_a_program_makes_and_retires_a_label(cast):
    program = program_of(cast.head)
    made = program.send("tags/", {"name": "快递", "use": "field"}).json()
    answer = program.send(f"tags/{made['id']}/", {"retired": True}, method="patch").json()
    assert (answer["name"], answer["retired"], answer["borne"]) == ("快递", True, 0)


# --- on one case -------------------------------------------------------------------------------


def test_the_team_puts_labels_on_its_case_and_each_is_recorded(cast, as_user):
    one, two, case = tag_of(cast), tag_of(cast, "重点督办", "work"), make_case(cast)
    client = as_user(english(cast.handler))
    address = reverse("case_tags", args=[case.key])
    client.post(address, {"tags": [one.pk, two.pk]})
    assert borne(case) == ["人脸识别", "重点督办"]
    client.post(address, {"tags": [two.pk], "seen": [one.pk, two.pk]})
    assert borne(case) == ["重点督办"]
    assert (traces("tag.put_on"), traces("tag.taken_off")) == (2, 1)
    assert AuditEvent.objects.filter(action="tag.put_on", case_id=case.pk).count() == 2
    assert "重点督办" in client.get(case.get_absolute_url()).content.decode()


def test_what_another_changed_meanwhile_is_neither_taken_off_nor_put_on_again(cast, as_user):
    stays, gone, theirs, mine = (tag_of(cast, name) for name in ("留", "去", "他", "我"))
    case, client = make_case(cast), as_user(cast.handler)
    tags.tag_matter(actor=cast.handler, matter=case, put_on=[stays, gone])
    page = client.get(reverse("case_tags", args=[case.key])).content.decode()
    seen = [int(key) for key in re.findall(r'name="seen" value="(\d+)"', page)]
    assert set(seen) == {stays.pk, gone.pk}
    tags.tag_matter(actor=cast.head, matter=case, put_on=[theirs], take_off=[gone])
    sent = {"tags": [stays.pk, gone.pk, mine.pk], "seen": seen}
    assert client.post(reverse("case_tags", args=[case.key]), sent).status_code == 302
    assert set(borne(case)) == {"留", "他", "我"}


def test_a_label_retired_while_it_was_being_put_on_is_refused(cast):
    tag, case = tag_of(cast), make_case(cast)
    facts = {"name": tag.name, "use": tag.use, "retired": True}
    tags.change_tag(actor=cast.head, tag=Tag.objects.get(pk=tag.pk), facts=facts)
    assert not tag.retired  # as it was read before
    with pytest.raises(Invalid, match="已停用"):
        tags.tag_matter(actor=cast.handler, matter=case, put_on=[tag])
    assert borne(case) == []


def test_the_list_leads_to_the_labels_only_whom_they_are_for(cast, as_user):
    for person, shown in ((cast.handler, True), (cast.auditor, False)):
        for page in ("case_list", "lead_list"):
            answer = as_user(person).get(reverse(page), {"all": "1"})
            assert (f'href="{reverse("tag_list")}"' in answer.content.decode()) is shown


def test_a_retired_label_stays_and_is_not_put_on_any_more(cast, as_user):
    tag, case, other = tag_of(cast), make_case(cast), make_case(cast)
    tags.tag_matter(actor=cast.handler, matter=case, put_on=[tag])
    facts = {"name": tag.name, "use": tag.use, "retired": True}
    tags.change_tag(actor=cast.head, tag=tag, facts=facts)
    client = as_user(cast.handler)
    client.post(reverse("case_tags", args=[case.key]), {"tags": [tag.pk]})
    assert borne(case) == [tag.name]
    answer = client.post(reverse("case_tags", args=[other.key]), {"tags": [tag.pk]})
    assert (answer.status_code, borne(other)) == (400, [])
    program = program_of(cast.handler)
    refused = program.send(f"cases/{other.key}/tags/", {"put_on": [tag.pk]})
    assert (refused.status_code, refused.json()["code"]) == (400, "tag_retired")


@pytest.mark.norm("C131")
@pytest.mark.parametrize("persona", ["stranger", "colleague", "auditor"])
def test_who_does_not_see_the_case_labels_nothing(cast, as_user, persona):
    tag, case = tag_of(cast), make_case(cast)
    person = getattr(cast, persona)
    client, address = as_user(person), reverse("case_tags", args=[case.key])
    assert client.get(address).status_code == 404
    assert client.post(address, {"tags": [tag.pk]}).status_code == 404
    sent = program_of(person).send(f"cases/{case.key}/tags/", {"put_on": [tag.pk]})
    assert sent.status_code == 404
    assert not CaseTag.objects.exists()


def test_who_sees_the_case_but_neither_works_on_it_nor_decides_is_refused(cast, as_user):
    tag, case = tag_of(cast), make_case(cast)
    assert as_user(cast.case_manager).get(reverse("case_tags", args=[case.key])).status_code == 404
    answer = program_of(cast.case_manager).send(f"cases/{case.key}/tags/", {"put_on": [tag.pk]})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_in_the_team")


def test_the_list_shows_labels_and_is_narrowed_by_them(cast, as_user):
    one, two = tag_of(cast), tag_of(cast, "重点督办", "work")
    case, other = make_case(cast), make_case(cast)
    tags.tag_matter(actor=cast.handler, matter=case, put_on=[one, two])
    tags.tag_matter(actor=cast.handler, matter=other, put_on=[one])
    client, program = as_user(cast.handler), program_of(cast.handler)
    page = client.get(LIST, {"tag": [one.pk, two.pk]})
    assert [row.key for row in page.context["page"].items] == [case.key]
    assert [tag["name"] for tag in page.context["page"].items[0].tag_rows] == [
        "人脸识别",
        "重点督办",
    ]
    assert len(client.get(LIST, {"tag": one.pk}).context["page"].items) == 2
    assert client.get(LIST, {"tag": 987654}).status_code == 400
    (row,) = program.ask("cases/", tag=f"{one.pk},{two.pk}")["results"]
    assert [tag["name"] for tag in row["tags"]] == ["人脸识别", "重点督办"]


# --- on several --------------------------------------------------------------------------------


def test_marked_cases_are_labelled_each_with_its_outcome(cast, as_user):
    tag = tag_of(cast)
    mine, other = make_case(cast), make_case(cast, handler=cast.colleague)
    client = as_user(english(cast.handler))
    page = client.get(LABEL, {"case": [mine.key, other.key], "query": "q=x"})
    # The case of a colleague is not named: for the handler there is none.
    assert [case.key for case in page.context["cases"]] == [mine.key]
    data = {"case": [mine.key, other.key, "none"], "put_on": [tag.pk], "query": "q=x"}
    answer = client.post(LABEL, data)
    assert [each.key for each in answer.context["done"]] == [mine.key]
    refusals = {each.key: str(each.refusal.message) for each in answer.context["refused"]}
    assert refusals == dict.fromkeys([other.key, "none"], "There is no such case.")
    assert other.title not in answer.content.decode().replace(mine.title, "", 1)
    assert answer.context["back"] == f"{LIST}?q=x"
    assert (borne(mine), borne(other)) == ([tag.name], [])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Mark at least one case."),
        ({"case": ["x"]}, "Choose a label to put on or to take off."),
        ({"case": [str(n) for n in range(101)], "put_on": "TAG"}, "At most 100 cases go at once."),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_done(cast, as_user, data, sentence):
    tag = tag_of(cast)
    given = data | ({"put_on": [tag.pk]} if data.get("put_on") else {})
    answer = as_user(english(cast.handler)).post(LABEL, given)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_all_that_match_are_taken_up_to_the_cap_in_the_order_of_the_list(
    cast, as_user, monkeypatch
):
    monkeypatch.setattr("cases.views.bulk.MOST_AT_ONCE", 2)
    cases = [make_case(cast, title="银杏案") for _ in range(3)]
    make_case(cast, title="国槐案")
    given = {"all": "1", "query": "q=银杏&sort=key"}
    page = as_user(english(cast.handler)).get(LABEL, given)
    assert page.context["form"].initial["case"] == [case.key for case in cases[:2]]
    assert "These are the first 2 of them" in page.content.decode()


def test_the_head_assigns_marked_cases_each_in_its_own_act(cast, as_user):
    cases = [make_case(cast) for _ in range(3)]
    stand_aside(cast, cases[1], cast.colleague)
    client = as_user(english(cast.head))
    data = {
        "case": [case.key for case in cases],
        "successor": cast.colleague.pk,
        "reason": "工作调整",
    }
    answer = client.post(ASSIGN, data)
    assert [each.key for each in answer.context["done"]] == [cases[0].key, cases[2].key]
    (refused,) = answer.context["refused"]
    assert refused.key == cases[1].key
    assert "A granted recusal stands against" in answer.content.decode()
    leads = [case.team.get(position="lead", until=None).user for case in cases]
    assert leads == [cast.colleague, cast.handler, cast.colleague]
    assert Event.objects.filter(kind="case_handed_over").count() == 2
    assert traces("event.case_handed_over") == 2


@pytest.mark.parametrize("persona", ["handler", "clerk", "stranger", "auditor"])
def test_who_does_not_decide_on_teams_assigns_nothing(cast, as_user, persona):
    case, person = make_case(cast), getattr(cast, persona)
    data = {"case": [case.key], "successor": cast.colleague.pk, "reason": "调整"}
    assert as_user(person).get(ASSIGN, {"case": case.key}).status_code == 404
    assert as_user(person).post(ASSIGN, data).status_code == 404
    sent = program_of(person).send("cases/assign/", {"cases": [case.key]} | data)
    assert sent.status_code == 404
    assert not Event.objects.filter(kind="case_handed_over").exists()


def test_the_chief_of_another_office_assigns_no_case_of_this_one(cast, as_user):
    """He may open the page; of a case he does not see he hears what he hears of one that never was."""
    from accounts.models import Role
    from tests.support.people import make_user

    chief = make_user(cast.other_office, Role.CHIEF)
    case = make_case(cast)
    body = {"cases": [case.key, "none"], "successor": cast.stranger.pk, "reason": "调整"}
    rows = program_of(chief).send("cases/assign/", body).json()
    assert [row["problem"]["code"] for row in rows] == ["not_found", "not_found"]
    assert rows[0]["problem"] == rows[1]["problem"]


def test_a_program_hears_of_each_case_why_it_was_refused(cast):
    cases = [make_case(cast) for _ in range(2)]
    stand_aside(cast, cases[1], cast.colleague)
    body = {"cases": [case.key for case in cases], "successor": cast.colleague.pk, "reason": "调整"}
    answer = program_of(cast.head).send("cases/assign/", body)
    assert answer.status_code == 200
    first, second = answer.json()
    assert (first["done"], first["problem"]) == (True, None)
    assert (second["done"], second["problem"]["code"]) == (False, "recused")
    assert (second["problem"]["status"], second["problem"]["law"]) == (400, "Rules 19")


def test_every_label_put_on_or_taken_off_several_is_recorded_with_its_case(cast, as_user):
    one, two = tag_of(cast), tag_of(cast, "重点督办", "work")
    cases = [make_case(cast) for _ in range(2)]
    refused = make_case(cast, handler=cast.colleague)
    tags.tag_matter(actor=cast.handler, matter=cases[0], put_on=[one])
    before = AuditEvent.objects.latest("pk").pk
    data = {"case": [case.key for case in (*cases, refused)]}
    as_user(cast.handler).post(LABEL, data | {"put_on": [two.pk], "take_off": [one.pk]})
    entries = AuditEvent.objects.filter(pk__gt=before, object_type="tag").order_by("pk")
    # What a case lacks already is not taken off, and of a case he does not see nothing is recorded.
    assert [(row.action, row.case_id, row.object_id, row.actor_id) for row in entries] == [
        ("tag.put_on", cases[0].pk, str(two.pk), cast.handler.pk),
        ("tag.taken_off", cases[0].pk, str(one.pk), cast.handler.pk),
        ("tag.put_on", cases[1].pk, str(two.pk), cast.handler.pk),
    ]


def test_a_program_labels_several(cast):
    tag, case = tag_of(cast), make_case(cast)
    program = program_of(cast.handler)
    rows = program.send("cases/label/", {"cases": [case.key], "put_on": [tag.pk]}).json()
    assert [(row["key"], row["done"]) for row in rows] == [(case.key, True)]
    assert program.send("cases/label/", {"cases": [case.key], "put_on": [9999]}).status_code == 404
    many = {"cases": [str(n) for n in range(bulk.MOST_AT_ONCE + 1)], "put_on": [tag.pk]}
    assert program.send("cases/label/", many).json()["code"] == "too_many_cases"
    sent = program_of(cast.auditor).send("cases/label/", {"cases": [case.key], "put_on": [tag.pk]})
    assert sent.status_code == 404


# --- out of the house --------------------------------------------------------------------------


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_only_the_marked_cases_leave_with_the_columns_that_were_seen(cast, as_user):
    cases = [make_case(cast) for _ in range(3)]
    given = {"query": "columns=title,key&sort=key", "case": [cases[2].key, cases[0].key]}
    answer = as_user(english(cast.handler)).get(EXPORT, given)
    rows = list(openpyxl.load_workbook(BytesIO(content(answer))).active.values)
    assert rows[0] == ("Title", "Key", "Case number")
    assert [row[1] for row in rows[1:]] == [cases[0].key, cases[2].key]
    entry = AuditEvent.objects.get(action="case.exported")
    assert b'"filters":["case"]' in bytes(entry.canonical)
    assert b'"rows":2' in bytes(entry.canonical)


def test_without_a_mark_nothing_leaves_and_all_that_match_do_on_request(cast, as_user):
    make_case(cast)
    client = as_user(cast.handler)
    assert client.get(EXPORT, {"query": ""}).status_code == 302
    assert not traces("case.exported")
    answer = client.get(EXPORT, {"query": "", "all": "1"})
    assert openpyxl.load_workbook(BytesIO(content(answer))).active.max_row == 2


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_of_a_table_of_commas_is_computed(cast, as_user, start):
    make_case(cast, title=f'{start}HYPERLINK("x")')
    answer = as_user(english(cast.handler)).get(EXPORT, {"file": "csv", "columns": "title"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = content(answer).decode("utf-8-sig")
    assert text.splitlines()[1].lstrip('"').startswith(f"'{start}")
    assert b'"format":"csv"' in bytes(AuditEvent.objects.get(action="case.exported").canonical)


def test_a_program_takes_out_chosen_columns_of_marked_cases_as_a_table_of_commas(cast):
    cases = [make_case(cast) for _ in range(2)]
    program = program_of(cast.handler)
    asked = {"columns": "key,filed_on", "case": cases[0].key, "file": "csv"}
    lines = content(program.get("/api/v1/cases/export/", asked)).decode("utf-8-sig").splitlines()
    assert lines == ["Key,Case number,Filed on", f"{cases[0].key},,2026-01-05"]
    for wrong in ({"file": "pdf"}, {"columns": "evil"}, {"sort": "evil"}):
        answer = program.get("/api/v1/cases/export/", wrong)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, list(wrong))
    marked = {"case": cases[0].key, "file": "csv"}
    stranger = content(program_of(cast.stranger).get("/api/v1/cases/export/", marked))
    assert len(stranger.decode("utf-8-sig").splitlines()) == 1
