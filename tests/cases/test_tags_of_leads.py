"""Labels on leads: put on one and on several, shown and found in the list, and taken over by the case."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from audit.errors import Invalid, NotPermitted
from audit.models import AuditEvent
from cases.models import Case, CaseTag, Lead, LeadTag, SavedFilter, Tag
from cases.services import acts, bulk, tags
from tests.notices.matters import case_against_authority
from tests.support.api import program_of
from tests.support.matters import FILING, assess, assign, force, make_case, make_lead, stand_aside
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
LIST, LABEL = reverse("lead_list"), reverse("lead_tag_marked")


@pytest.fixture
def field(cast) -> Tag:
    return tags.create_tag(actor=cast.head, facts={"name": "人脸识别", "use": "field"})


@pytest.fixture
def work(cast) -> Tag:
    return tags.create_tag(actor=cast.head, facts={"name": "重点督办", "use": "work"})


@pytest.fixture
def lead(cast):
    return assign(cast, make_lead(cast))


def english(person):
    person.language = "en"
    person.save()
    return person


def address(lead) -> str:
    return reverse("lead_tags", args=[lead.key])


def label(cast, lead, *put_on: Tag) -> None:
    tags.tag_matter(actor=cast.head, matter=lead, put_on=put_on)


def retire(cast, tag: Tag) -> None:
    facts = {"name": tag.name, "use": tag.use, "retired": True}
    tags.change_tag(actor=cast.head, tag=tag, facts=facts)


def borne(lead) -> list[str]:
    return list(Tag.objects.filter(lead_tags__lead=lead).values_list("name", flat=True))


def traces(action: str, **of: int) -> int:
    return AuditEvent.objects.filter(action=action, **of).count()


def keys(answer) -> list[str]:
    return [lead.key for lead in answer.context["page"].items]


# --- on one lead -------------------------------------------------------------------------------


def test_the_handler_labels_his_lead_on_its_page_and_each_label_is_recorded(
    cast, as_user, lead, field, work
):
    client = as_user(english(cast.handler))
    assert address(lead) in client.get(lead.get_absolute_url()).content.decode()
    answer = client.post(address(lead), {"tags": [field.pk, work.pk]})
    assert answer["Location"] == lead.get_absolute_url()
    assert borne(lead) == ["人脸识别", "重点督办"]
    client.post(address(lead), {"tags": [work.pk], "seen": [field.pk, work.pk]})
    assert borne(lead) == ["重点督办"]
    assert traces("tag.put_on", lead_id=lead.pk) == 2
    assert traces("tag.taken_off", lead_id=lead.pk, actor_id=cast.handler.pk) == 1
    page = client.get(lead.get_absolute_url()).content.decode()
    assert "重点督办" in page
    assert "人脸识别" not in page


def test_the_head_labels_a_lead_that_nobody_handles_yet(cast, as_user, field):
    lead = make_lead(cast)
    as_user(cast.head).post(address(lead), {"tags": [field.pk]})
    assert borne(lead) == ["人脸识别"]


def test_a_label_that_is_there_already_stays_and_leaves_no_second_trace(cast, lead, field):
    label(cast, lead, field)
    assert not tags.tag_matter(actor=cast.handler, matter=lead, put_on=[field])
    assert traces("tag.put_on", lead_id=lead.pk) == LeadTag.objects.count() == 1


def test_a_retired_label_stays_on_its_lead_and_is_put_on_no_other(cast, as_user, lead, field):
    label(cast, lead, field)
    retire(cast, field)
    other, client = assign(cast, make_lead(cast)), as_user(cast.handler)
    client.post(address(lead), {"tags": [field.pk], "seen": [field.pk]})
    assert borne(lead) == [field.name]
    answer = client.post(address(other), {"tags": [field.pk]})
    assert (answer.status_code, borne(other)) == (400, [])
    refused = program_of(cast.handler).send(f"leads/{other.key}/tags/", {"put_on": [field.pk]})
    assert (refused.status_code, refused.json()["code"]) == (400, "tag_retired")
    client.post(address(lead), {"tags": [], "seen": [field.pk]})
    assert borne(lead) == []


def test_a_label_of_another_office_is_put_on_no_lead(cast, as_user, lead):
    head = make_user(cast.other_office, Role.DEPARTMENT_HEAD)
    foreign = tags.create_tag(actor=head, facts={"name": "外院", "use": "field"})
    answer = as_user(cast.handler).post(address(lead), {"tags": [foreign.pk]})
    assert answer.status_code == 400
    with pytest.raises(Invalid) as refused:
        label(cast, lead, foreign)
    assert refused.value.code == "tag_of_another_office"
    sent = program_of(cast.handler).send(f"leads/{lead.key}/tags/", {"put_on": [foreign.pk]})
    assert (sent.status_code, borne(lead)) == (404, [])


def test_one_label_is_not_put_on_and_taken_off_at_once(cast, lead, field):
    body = {"put_on": [field.pk], "take_off": [field.pk]}
    refused = program_of(cast.handler).send(f"leads/{lead.key}/tags/", body)
    assert (refused.status_code, refused.json()["code"]) == (400, "tag_named_twice")


@pytest.mark.norm("C131")
@pytest.mark.parametrize("persona", ["stranger", "recused", "colleague", "auditor"])
def test_who_does_not_see_the_lead_labels_nothing(cast, as_user, lead, field, persona):
    person = getattr(cast, persona)
    if persona == "recused":
        lead = assign(cast, make_lead(cast), person)
        stand_aside(cast, lead, person)
    client = as_user(person)
    assert client.get(address(lead)).status_code == 404
    assert client.post(address(lead), {"tags": [field.pk]}).status_code == 404
    sent = program_of(person).send(f"leads/{lead.key}/tags/", {"put_on": [field.pk]})
    assert sent.status_code == 404
    assert not LeadTag.objects.exists()


def test_who_sees_the_lead_but_neither_handles_it_nor_decides_is_refused(
    cast, as_user, lead, field
):
    label(cast, lead, field)
    client = as_user(cast.intake)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert field.name in page
    assert address(lead) not in page
    assert client.get(address(lead)).status_code == 404
    answer = program_of(cast.intake).send(f"leads/{lead.key}/tags/", {"take_off": [field.pk]})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_in_the_team")
    assert borne(lead) == [field.name]


def test_who_handed_the_lead_over_labels_it_no_more(cast, lead, field):
    """His page may be older than the hand-over: the row under the lock decides."""
    before = Lead.objects.get(pk=lead.pk)
    Lead.objects.filter(pk=lead.pk).update(handler=cast.colleague)
    with pytest.raises(NotPermitted):
        tags.tag_matter(actor=cast.handler, matter=before, put_on=[field])
    assert borne(lead) == []


# --- in the list -------------------------------------------------------------------------------


def test_the_list_shows_labels_and_is_narrowed_by_them(cast, as_user, lead, field, work):
    other = assign(cast, make_lead(cast))
    label(cast, lead, field, work)
    label(cast, other, field)
    client = as_user(english(cast.handler))
    page = client.get(LIST, {"tag": [field.pk, work.pk]})
    assert keys(page) == [lead.key]
    assert str(page.context["count"]) == "1"
    text = page.content.decode()
    row = text[text.index("<tbody>") : text.index("</tbody>")]
    assert row.index("人脸识别") < row.index("重点督办")
    first, second = page.context["chips"]
    assert "人脸识别" in first["text"]
    assert first["address"] == f"{LIST}?tag={work.pk}"
    assert second["address"] == f"{LIST}?tag={field.pk}"
    assert set(keys(client.get(LIST, {"tag": field.pk}))) == {lead.key, other.key}


def test_a_label_of_another_office_narrows_nothing_and_tells_nothing(cast, as_user, lead, field):
    """What makes no sense in the list of leads is said and left out."""
    label(cast, lead, field)
    answer = as_user(cast.stranger).get(LIST, {"tag": field.pk})
    assert (keys(answer), str(answer.context["count"])) == ([], "0")
    assert field.name not in answer.content.decode()
    assert program_of(cast.stranger).ask("leads/", tag=field.pk)["results"] == []


def test_a_lead_that_is_not_seen_is_neither_found_nor_counted_by_its_label(cast, as_user, field):
    hidden = assign(cast, make_lead(cast, confidential=True), cast.colleague)
    label(cast, hidden, field)
    answer = as_user(cast.handler).get(LIST, {"tag": field.pk})
    assert (keys(answer), str(answer.context["count"])) == ([], "0")
    assert program_of(cast.handler).ask("leads/", tag=field.pk)["results"] == []
    (told,) = program_of(cast.handler).ask("tags/")["results"]
    assert (told["borne"], told["borne_by_leads"]) == (0, 0)


def test_a_filter_by_label_is_kept_and_the_list_opens_with_it(cast, as_user, lead, field):
    client = as_user(cast.handler)
    data = {"name": "人脸", "query": f"tag={field.pk}&evil=1", "opens_list": "on", "columns": ""}
    client.post(reverse("lead_filter_save"), data)
    assert SavedFilter.objects.get().query == f"tag={field.pk}"
    assert client.get(LIST)["Location"] == f"{LIST}?tag={field.pk}"


def test_the_page_of_labels_counts_leads_beside_cases(cast, as_user, lead, field):
    label(cast, lead, field)
    tags.tag_matter(actor=cast.handler, matter=make_case(cast), put_on=[field])
    label(cast, make_lead(cast), field)
    client = as_user(cast.head)
    (told,) = client.get(reverse("tag_list")).context["tags"]
    assert (told.borne, told.borne_by_leads) == (1, 2)
    assert f"{LIST}?tag={field.pk}" in client.get(reverse("tag_list")).content.decode()


# --- on several --------------------------------------------------------------------------------


def test_marked_leads_are_labelled_each_with_its_outcome_and_its_trace(cast, as_user, lead, field):
    second = assign(cast, make_lead(cast))
    other = assign(cast, make_lead(cast, title="他人线索"), cast.colleague)
    client = as_user(english(cast.handler))
    marked = [lead.key, second.key, other.key, "none"]
    page = client.get(LABEL, {"lead": marked, "query": "q=x"})
    # The lead of a colleague is not named: for the handler there is none.
    assert {each.key for each in page.context["leads"]} == {lead.key, second.key}
    answer = client.post(LABEL, {"lead": marked, "put_on": [field.pk], "query": "q=x"})
    assert [each.key for each in answer.context["done"]] == [lead.key, second.key]
    refusals = {each.key: str(each.refusal.message) for each in answer.context["refused"]}
    assert refusals == dict.fromkeys([other.key, "none"], "There is no such lead.")
    assert other.title not in answer.content.decode()
    assert answer.context["back"] == f"{LIST}?q=x"
    assert [borne(each) for each in (lead, second, other)] == [[field.name], [field.name], []]
    assert [traces("tag.put_on", lead_id=each.pk) for each in (lead, second)] == [1, 1]
    client.post(LABEL, {"lead": [lead.key, second.key], "take_off": [field.pk]})
    assert borne(lead) == borne(second) == []
    assert traces("tag.taken_off") == 2


def test_what_one_lead_refuses_stops_no_other(cast, as_user, lead, field):
    """The intake staff see all leads of the office, and handle those they were given alone."""
    not_his = lead
    both = make_user(cast.office, Role.INTAKE, Role.PROSECUTOR, department=cast.department)
    his = assign(cast, make_lead(cast), both)
    given = {"lead": [not_his.key, his.key], "put_on": [field.pk]}
    answer = as_user(english(both)).post(LABEL, given)
    assert [each.key for each in answer.context["done"]] == [his.key]
    (refused,) = answer.context["refused"]
    assert (refused.key, refused.refusal.code) == (not_his.key, "not_in_the_team")
    assert "Done: 1. Not done: 1." in answer.content.decode()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Mark at least one lead."),
        ({"lead": ["x"]}, "Choose a label to put on or to take off."),
        ({"lead": ["x"], "put_on": "TAG", "take_off": "TAG"}, "either put on or taken off"),
        ({"lead": [str(n) for n in range(101)], "put_on": "TAG"}, "At most 100 leads go at once."),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_done(cast, as_user, field, data, sentence):
    given = {name: [field.pk] if value == "TAG" else value for name, value in data.items()}
    answer = as_user(english(cast.handler)).post(LABEL, given)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()


def test_all_that_match_are_taken_up_to_the_cap_in_the_order_of_the_list(
    cast, as_user, monkeypatch, field
):
    monkeypatch.setattr("cases.views.bulk.MOST_AT_ONCE", 2)
    leads = [make_lead(cast) for _ in range(4)]
    for each in leads[:3]:
        label(cast, each, field)
    given = {"all": "1", "query": f"tag={field.pk}&sort=key"}
    page = as_user(english(cast.head)).get(LABEL, given)
    assert page.context["form"].initial["lead"] == [each.key for each in leads[:2]]
    assert "These are the first 2 of them" in page.content.decode()


# --- by API ------------------------------------------------------------------------------------


def test_a_program_puts_labels_on_reads_them_and_finds_leads_by_them(cast, lead, field, work):
    program = program_of(cast.handler)
    answer = program.send(f"leads/{lead.key}/tags/", {"put_on": [work.pk, field.pk]})
    assert [tag["name"] for tag in answer.json()] == ["人脸识别", "重点督办"]
    told = [{"id": tag.pk, "name": tag.name, "use": tag.use} for tag in (field, work)]
    assert program.ask(f"leads/{lead.key}/")["tags"] == told
    (row,) = program.ask("leads/", tag=f"{field.pk},{work.pk}")["results"]
    assert row["tags"] == told
    (row,) = program.ask("leads/", columns="tags")["results"]
    assert set(row) == {"key", "url", "tags"}
    program.send(f"leads/{lead.key}/tags/", {"take_off": [work.pk]})
    assert program.ask("leads/", tag=work.pk)["results"] == []


def test_an_act_on_a_lead_answers_with_its_labels_too(cast, field):
    program = program_of(cast.head)
    lead = assign(cast, make_lead(cast))
    label(cast, lead, field)
    answer = program.send(f"leads/{lead.key}/mark-major/")
    assert [tag["name"] for tag in answer.json()["tags"]] == [field.name]


def test_a_program_labels_several(cast, lead, field):
    program = program_of(cast.handler)
    other = assign(cast, make_lead(cast), cast.colleague)
    body = {"leads": [lead.key, other.key], "put_on": [field.pk]}
    rows = program.send("leads/label/", body).json()
    assert [(row["key"], row["done"]) for row in rows] == [(lead.key, True), (other.key, False)]
    assert rows[1]["problem"]["code"] == "not_found"
    assert program.send("leads/label/", body | {"put_on": [9999]}).status_code == 404
    many = body | {"leads": [str(number) for number in range(bulk.MOST_AT_ONCE + 1)]}
    assert program.send("leads/label/", many).json()["code"] == "too_many_leads"
    assert program_of(cast.auditor).send("leads/label/", body).status_code == 404


# --- when the lead becomes a case --------------------------------------------------------------


def filed(cast, lead) -> Case:
    assess(cast, lead)
    force(lead, "T06", date(2026, 3, 5), actor=cast.chief, **FILING)
    return Case.objects.get(lead=lead)


def test_the_case_takes_over_the_labels_of_its_lead_and_each_is_recorded(cast, lead, field, work):
    tags.tag_matter(actor=cast.handler, matter=lead, put_on=[field, work])
    retire(cast, work)
    assess(cast, lead)
    for code in ("T06", "A-1"):
        step = acts.declaration_of(lead, code)
        announced = [str(line.text) for line in acts.preview(step, lead, FILING)]
        assert f"案件承接线索的标签：{field.name}。" in announced
    force(lead, "T06", date(2026, 3, 5), actor=cast.chief, **FILING)
    case = Case.objects.get(lead=lead)
    row = CaseTag.objects.get(case=case)
    assert (row.tag, row.put_on_by) == (field, cast.handler)
    assert row.put_on_at == LeadTag.objects.get(lead=lead, tag=field).put_on_at
    assert traces("tag.taken_over", case_id=case.pk, object_id=str(field.pk)) == 1
    # What the lead was called while it was one stays.
    assert borne(lead) == [field.name, work.name]


def test_a_case_against_an_authority_takes_them_over_too(cast, monkeypatch, field):
    make = assign

    def labelled(cast, lead):
        label(cast, lead, field)
        return make(cast, lead)

    monkeypatch.setattr("tests.notices.matters.assign", labelled)
    case = case_against_authority(cast)
    assert list(CaseTag.objects.filter(case=case).values_list("tag", flat=True)) == [field.pk]


def test_filing_a_lead_without_labels_asks_for_them_once_and_writes_nothing(cast, lead):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        filed(cast, lead)
    about = [query["sql"] for query in asked if "cases_leadtag" in query["sql"]]
    assert len(about) == 1
    assert not [query for query in asked if "cases_casetag" in query["sql"]]
