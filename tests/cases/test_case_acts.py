from __future__ import annotations

import pytest
from django.urls import reverse

from audit import clock
from cases.models import CaseLink, EditPresence, Event, Party, Recusal
from cases.selectors.people import open_team
from cases.services import matters
from procuracy.demonstration import steps
from tests.support.matters import make_case, set_full_team

pytestmark = pytest.mark.django_db
CODE = "91110000600037341L"
PARTY = {"role": "violator", "kind": "organisation", "name": "某公司", "credit_code": CODE}
SUMMARY = {"summary": "改", "act_place": "江州", "persons_concerned": "800"}


@pytest.fixture
def case(cast):
    return make_case(cast)


def login(client, person, language="en"):
    person.language = language
    person.save()
    client.force_login(person)
    return client


def at(name, *arguments):
    return reverse(name, args=arguments)


# --- the case itself ---------------------------------------------------------------------------


def test_the_handler_changes_what_the_case_says_of_itself(client, cast, case):
    login(client, cast.handler)
    answer = client.post(at("case_edit", case.key), SUMMARY | {"version": case.version})
    assert answer.status_code == 302
    case.refresh_from_db()
    assert (case.summary, case.persons_concerned, case.version) == ("改", 800, 2)


def test_the_head_sees_the_case_but_does_not_change_it(client, cast, case):
    login(client, cast.head)
    answer = client.post(at("case_edit", case.key), SUMMARY | {"version": case.version})
    assert answer.status_code == 409
    assert "Only the handling prosecutors" in answer.content.decode()
    case.refresh_from_db()
    assert case.summary == "摘要"


def test_who_saves_second_compares_both_values_and_saves_again(client, cast, case):
    matters.change_case(actor=cast.handler, case=case, facts={"summary": "先改"}, version=1)
    login(client, cast.handler)
    answer = client.post(at("case_edit", case.key), SUMMARY | {"version": 1})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<ins>改</ins>" in page
    assert "先改" in page
    assert 'name="version" value="2"' in page
    case.refresh_from_db()
    assert case.summary == "先改"
    assert client.post(at("case_edit", case.key), SUMMARY | {"version": 2}).status_code == 302


@pytest.mark.norm("C012")
def test_harm_stays_severe_while_the_violator_is_unknown(client, cast, case):
    type(case).objects.filter(pk=case.pk).update(severe=True, violator_unknown=True)
    login(client, cast.handler)
    answer = client.post(at("case_edit", case.key), SUMMARY | {"version": 1})
    assert answer.status_code == 400
    assert "Rules 29" in answer.content.decode()


@pytest.mark.norm("C012")
def test_the_violator_found_later_is_entered_with_its_event(client, cast, case):
    type(case).objects.filter(pk=case.pk).update(severe=True, violator_unknown=True)
    login(client, cast.handler)
    given = {name: value for name, value in PARTY.items() if name != "role"}
    assert client.post(at("violator_identify", case.key), given).status_code == 302
    case.refresh_from_db()
    assert not case.violator_unknown
    assert case.parties.get().role == "violator"
    assert Event.objects.filter(case=case, kind="violator_identified").count() == 1
    assert client.post(at("violator_identify", case.key), given).status_code == 409


# --- parties -----------------------------------------------------------------------------------


def test_a_party_is_entered_changed_and_removed_with_a_reason(client, cast, case):
    login(client, cast.handler)
    assert client.post(at("party_create", case.key), PARTY).status_code == 302
    party = case.parties.get()
    edit = at("party_edit", case.key, party.pk)
    assert client.post(edit, PARTY | {"name": "改名", "version": 1}).status_code == 302
    remove = at("party_remove", case.key, party.pk)
    assert client.post(remove, {"reason": " "}).status_code == 400
    assert client.post(remove, {"reason": "误列"}).status_code == 302
    party.refresh_from_db()
    assert (party.name, party.removed_reason) == ("改名", "误列")
    assert client.get(edit).status_code == 404


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"credit_code": "91110000600037341M"}, "no unified social credit code"),
        ({"credit_code": ""}, "say below why there is none"),
        ({"kind": "person"}, "A natural person has no credit code"),
        ({"no_code_reason": "无"}, "leave the reason empty"),
        ({"name": " "}, "This field is required"),
    ],
)
def test_a_party_with_wrong_facts_is_refused_with_a_sentence(client, cast, case, given, sentence):
    login(client, cast.handler)
    answer = client.post(at("party_create", case.key), PARTY | given)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert not case.parties.exists()


def test_an_organisation_without_a_code_says_why(client, cast, case):
    login(client, cast.handler)
    given = PARTY | {"credit_code": "", "no_code_reason": "境外注册"}
    assert client.post(at("party_create", case.key), given).status_code == 302


def test_a_changed_party_is_not_overwritten(client, cast, case):
    login(client, cast.handler)
    client.post(at("party_create", case.key), PARTY)
    party = case.parties.get()
    edit = at("party_edit", case.key, party.pk)
    client.post(edit, PARTY | {"name": "先改", "version": 1})
    answer = client.post(edit, PARTY | {"name": "后改", "version": 1})
    assert answer.status_code == 409
    assert "<ins>后改</ins>" in answer.content.decode()
    assert Party.objects.get(pk=party.pk).name == "先改"


def test_markup_in_a_party_stays_text(client, cast, case):
    login(client, cast.handler)
    client.post(at("party_create", case.key), PARTY | {"name": "<script>x</script>"})
    for name in ("case_parties", "case_detail"):
        page = client.get(at(name, case.key)).content.decode()
        assert "<script>x" not in page
        assert "&lt;script&gt;x" in page


# --- team, recusal, links, presence ------------------------------------------------------------


def test_a_handler_does_not_set_the_team(client, cast, case):
    login(client, cast.handler)
    given = {f"person_{cast.handler.pk}": "lead", "reason": "x", "version": case.version}
    answer = client.post(at("case_team", case.key), given)
    assert answer.status_code == 409
    assert "decides on the handling team" in answer.content.decode()


def test_a_team_changed_meanwhile_is_not_overwritten(client, cast, case):
    assert cast.clerk
    login(client, cast.head)
    set_full_team(cast, case)
    given = {f"person_{cast.handler.pk}": "lead", "reason": "重组", "version": 1}
    answer = client.post(at("case_team", case.key), given)
    assert answer.status_code == 409
    assert "<td>Clerk</td>" in answer.content.decode()
    assert case.team.filter(until=None).count() == 3


def test_a_recusal_goes_from_application_over_decision_to_one_review(client, cast, case):
    login(client, cast.head)
    given = {
        "person": cast.handler.pk,
        "applicant": "某公司",
        "grounds": "<b>利害关系</b>",
        "received_on": "2026-01-06",
    }
    assert client.post(at("recusal_create", case.key), given).status_code == 302
    row = Recusal.objects.get()
    page = login(client, cast.handler).get(at("case_detail", case.key)).content.decode()
    assert "keeps working on the case (Rules 21)" in page
    decide = at("recusal_decide", row.pk)
    assert client.post(decide, {"outcome": "refused", "reason": "无"}).status_code == 409
    login(client, cast.chief)
    assert "&lt;b&gt;利害关系" in client.get(decide).content.decode()
    assert client.post(decide, {"outcome": "granted", "reason": "确有"}).status_code == 302
    assert login(client, cast.handler).get(at("case_detail", case.key)).status_code == 404
    login(client, cast.head)
    review = at("recusal_review", row.pk)
    assert client.post(review, {"received_on": "2026-01-07"}).status_code == 302
    assert client.post(review, {"received_on": "2026-01-07"}).status_code == 409


def test_cases_are_linked_only_to_cases_the_actor_sees(client, cast, case):
    other = make_case(cast, title="另一案")
    hidden = make_case(cast, handler=cast.colleague, title="看不见")
    login(client, cast.handler)
    address = at("link_create", case.key)
    given = {"kind": "related", "note": ""}
    assert client.post(address, given | {"other": hidden.key}).status_code == 400
    assert client.post(address, given | {"other": case.key}).status_code == 400
    assert client.post(address, given | {"other": other.key}).status_code == 302
    assert CaseLink.objects.get().target == other
    assert "linked from there" in client.get(at("case_links", other.key)).content.decode()


def test_people_in_the_same_form_are_told_of_each_other(client, cast, case):
    case.team.create(user=cast.assistant, position="assistant")
    login(client, cast.assistant).get(at("case_edit", case.key))
    page = login(client, cast.handler).get(at("case_edit", case.key)).content.decode()
    assert cast.assistant.name in page
    answer = client.post(at("case_presence", case.key, "case"))
    assert cast.assistant.name in answer.content.decode()
    client.post(at("case_edit", case.key), SUMMARY | {"version": 1})
    assert not EditPresence.objects.filter(user=cast.handler).exists()


# --- facts -------------------------------------------------------------------------------------


def test_an_investigative_act_outside_the_investigation_is_refused_before_typing(
    client, cast, case
):
    login(client, cast.handler)
    address = at("investigative_act_create", case.key)
    assert "during the investigation" in client.get(address).content.decode()


def test_a_direction_and_the_objection_are_recorded(client, cast, case):
    login(client, cast.handler)
    address = at("direction_create", case.key)
    given = {"legal_day": "2026-01-06", "direction": "补充调查", "objection": "不同意"}
    assert client.post(address, given | {"legal_day": "2099-01-01"}).status_code == 400
    assert client.post(address, given).status_code == 302
    event = Event.objects.get(case=case, kind="direction_recorded")
    assert event.facts["objection"] == "不同意"


def test_the_team_stands_in_the_order_of_its_positions(cast, case):
    for person, position in ((cast.clerk, "clerk"), (cast.colleague, "technician")):
        case.team.create(user=person, position=position)
    case.team.create(user=cast.assistant, position="assistant")
    assert [row.position for row in open_team(case)] == ["lead", "assistant", "clerk", "technician"]


@pytest.mark.norm("C021")
def test_two_of_the_team_record_an_investigative_act_and_one_alone_does_not(client, cast, case):
    set_full_team(cast, case)
    steps.make_final(cast.handler, case, "D-09", {"*": "调查方案"})
    steps.record(cast.handler, case, "T08", legal_day=clock.today().isoformat())
    login(client, cast.handler)
    address = at("investigative_act_create", case.key)
    given = {
        "legal_day": clock.today().isoformat(),
        "method": "question",
        "place": "江州",
        "content": "<b>询问</b>",
    }
    alone = client.post(address, given | {"staff": [cast.handler.pk]})
    assert alone.status_code == 400
    assert "At least two" in alone.content.decode()
    both = given | {"staff": [cast.handler.pk, cast.assistant.pk]}
    assert client.post(address, both).status_code == 302
    event = Event.objects.get(case=case, kind="investigative_act")
    assert set(event.facts["staff"]) == {cast.handler.pk, cast.assistant.pk}
    page = client.get(at("case_detail", case.key)).content.decode()
    assert "Record an investigative act" in page
    assert "Close the investigation" in page
