"""The pages of a recommendation: what was asked, answered and found, and its preparation."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from administrative.models import Measure, Recommendation
from administrative.services import preparing
from audit.models import AuditEvent
from tests.administrative import track
from tests.administrative.track import INSPECT, PUNISH, TERMS
from tests.support.days import on
from tests.support.matters import make_case, stand_aside

pytestmark = pytest.mark.django_db
PREPARING = ("recommendation_prepare", "measure_add")


@pytest.fixture(autouse=True)
def today():
    with on(2026, 5, 28):
        yield


@pytest.fixture
def filed(cast):
    """A case in which nothing is prepared."""
    return track.case_against(cast)


def page_of(case, name="case_recommendation", *rest) -> str:
    return reverse(name, args=[case.key, *rest])


def addresses(case) -> list[str]:
    """Return every address below a case that has a recommendation."""
    first = track.measure(case, 1).pk
    return [
        page_of(case),
        *(page_of(case, name) for name in PREPARING),
        page_of(case, "measure_change", first),
        page_of(case, "measure_remove", first),
    ]


def text_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def in_english(client, person):
    person.language = "en"
    person.save(update_fields=["language"])
    client.force_login(person)
    client.cookies["django_language"] = "en"
    return client


def terms(**changes):
    return TERMS | {"version": "0"} | changes


# --- what was asked, answered and found ------------------------------------------------------------


def test_the_page_shows_measures_answers_doubts_assessments_and_clocks(client, cast):
    case = track.read_case(cast)
    page = text_of(in_english(client, cast.handler), page_of(case))
    for said in (PUNISH["text"], INSPECT["expected_proof"], track.REPEATED, track.LETTER):
        assert said in page
    assert "Repeats the recommendation" in page
    assert "Without proof" in page
    assert "for the reader to judge" in page
    assert "Partly done" in page
    assert "现场照片.txt" in page
    assert "复函.txt" in page
    assert "2026-06-30" in page
    assert "P-53" in page
    assert "P-52" in page
    assert "2 months" in page


def test_the_page_offers_what_may_be_recorded_now_and_the_assessment_at_each_measure(client, cast):
    case = track.waiting(cast)
    page = text_of(in_english(client, cast.handler), page_of(case))
    assert page_of(case, "transition_record", "A-6-2") in page
    assert reverse("proposal_create", args=[case.key, "A-7-4"]) in page
    assess = f"{page_of(case, 'transition_record', 'S80')}?measure={track.measure(case, 2).pk}"
    assert assess in page
    chosen = text_of(client, assess)
    assert f'<option value="{track.measure(case, 2).pk}" selected>' in chosen
    client.force_login(cast.chief)
    assert assess not in text_of(client, page_of(case))


def test_every_look_is_recorded(client, cast):
    case = track.waiting(cast)
    client.force_login(cast.chief)
    client.get(page_of(case))
    seen = AuditEvent.objects.filter(action="case.viewed", object_id=case.pk)
    assert seen.filter(actor_id=cast.chief.pk).exists()


def test_before_anything_is_prepared_the_page_says_so_and_leads_on(client, cast, filed):
    page = text_of(in_english(client, cast.handler), page_of(filed))
    assert "No recommendation is prepared." in page
    assert page_of(filed, "recommendation_prepare") in page
    client.force_login(cast.head)
    assert page_of(filed, "recommendation_prepare") not in text_of(client, page_of(filed))


def test_once_it_is_decided_the_page_offers_no_change(client, cast):
    case = track.waiting(cast)
    page = text_of(in_english(client, cast.handler), page_of(case))
    assert page_of(case, "recommendation_prepare") not in page
    assert page_of(case, "measure_change", track.measure(case, 1).pk) not in page
    for address in addresses(case)[1:]:
        answer = client.get(address)
        assert answer.status_code == 409, address
        assert "Rules 75" in answer.content.decode()
        assert client.post(address, terms() | PUNISH | {"version": 99}).status_code == 409


# --- doubts and other cases ------------------------------------------------------------------------


def test_a_reply_like_one_of_another_visible_case_of_the_same_body_is_pointed_out(client, cast):
    body = track.make_body()
    first, second = track.waiting(cast, body), track.waiting(cast, body)
    track.replied(first, cast.handler, {1: track.OWN_WORDS}, proven=(1,))
    track.replied(second, cast.handler, {1: track.OWN_WORDS}, proven=(1,))
    in_english(client, cast.handler)
    page = text_of(client, page_of(second))
    assert "Copies an earlier reply" in page
    assert first.key in page
    assert "Copies an earlier reply" not in text_of(client, page_of(first))


def test_a_reply_in_another_case_of_another_body_is_not_compared(client, cast):
    first, second = track.waiting(cast), track.waiting(cast)
    for case in (first, second):
        track.replied(case, cast.handler, {1: track.OWN_WORDS}, proven=(1,))
    in_english(client, cast.handler)
    assert "Copies an earlier reply" not in text_of(client, page_of(second))


def test_of_replies_in_cases_of_another_office_nothing_is_said(client, cast):
    body = track.make_body()
    foreign = track.waiting(cast, body, handler=cast.stranger)
    track.replied(foreign, cast.stranger, {1: track.OWN_WORDS}, proven=(1,))
    case = track.waiting(cast, body)
    track.replied(case, cast.handler, {1: track.OWN_WORDS}, proven=(1,))
    page = text_of(in_english(client, cast.handler), page_of(case))
    assert "Copies an earlier reply" not in page
    assert foreign.key not in page


def test_of_replies_in_a_case_one_stands_aside_from_nothing_is_said(client, cast):
    body = track.make_body()
    first, second = track.waiting(cast, body), track.waiting(cast, body)
    for case in (first, second):
        track.replied(case, cast.handler, {1: track.OWN_WORDS}, proven=(1,))
    stand_aside(cast, first, cast.assistant)
    page = text_of(in_english(client, cast.assistant), page_of(second))
    assert "Copies an earlier reply" not in page
    assert first.key not in page


# --- who finds it ----------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["stranger", "superior_handler", "intake", "system_administrator"])
def test_who_does_not_see_the_case_finds_nothing(client, cast, who):
    case = track.case_against(cast)
    track.prepared(case, actor=cast.handler)
    client.force_login(getattr(cast, who))
    for address in addresses(case):
        assert client.get(address).status_code == 404
        assert client.post(address, terms() | PUNISH).status_code in (404, 405)


def test_who_stands_aside_finds_nothing(client, cast):
    case = track.case_against(cast)
    track.prepared(case, actor=cast.handler)
    stand_aside(cast, case, cast.assistant)
    client.force_login(cast.assistant)
    for address in addresses(case):
        assert client.get(address).status_code == 404


def test_nobody_logged_in_is_sent_to_the_login(client, cast):
    case = track.case_against(cast)
    track.prepared(case, actor=cast.handler)
    for address in addresses(case):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("who", ["head", "chief", "deputy"])
def test_who_sees_the_case_and_is_not_of_the_team_reads_and_does_not_prepare(client, cast, who):
    case = track.case_against(cast)
    track.prepared(case, actor=cast.handler)
    in_english(client, getattr(cast, who))
    assert PUNISH["text"] in text_of(client, page_of(case))
    for address in addresses(case)[1:]:
        answer = client.get(address)
        assert answer.status_code == 409
        assert "Only the handling team" in answer.content.decode()
        assert client.post(address, terms(version="3") | PUNISH).status_code == 409
    assert Measure.objects.filter(recommendation__case=case).count() == 2


@pytest.mark.parametrize("who", ["handler", "assistant", "clerk"])
def test_everybody_of_the_team_prepares(client, cast, filed, who):
    client.force_login(getattr(cast, who))
    assert client.post(page_of(filed, "recommendation_prepare"), terms()).status_code == 302
    assert client.post(page_of(filed, "measure_add"), PUNISH).status_code == 302
    assert track.measure(filed, 1).text == PUNISH["text"]


def test_a_civil_case_has_no_recommendation_and_no_tab_of_it(client, cast):
    civil = make_case(cast)
    client.force_login(cast.handler)
    for name in ("case_recommendation", *PREPARING):
        assert client.get(page_of(civil, name)).status_code == 404
    overview = text_of(client, civil.get_absolute_url())
    assert page_of(civil) not in overview
    assert page_of(civil, "case_suit") in overview


def test_the_case_against_an_authority_has_the_tab_and_none_of_the_civil_suit(client, cast, filed):
    client.force_login(cast.handler)
    overview = text_of(client, filed.get_absolute_url())
    assert page_of(filed) in overview
    for name in ("case_suit", "obligation_list"):
        assert page_of(filed, name) not in overview


def test_a_measure_of_another_case_is_not_found(client, cast):
    mine, other = track.case_against(cast), track.case_against(cast)
    for case in (mine, other):
        track.prepared(case, actor=cast.handler)
    client.force_login(cast.handler)
    wrong = track.measure(other, 1).pk
    for name in ("measure_change", "measure_remove"):
        assert client.get(page_of(mine, name, wrong)).status_code == 404
        assert client.post(page_of(mine, name, wrong), PUNISH | {"version": 3}).status_code == 404
    empty = track.case_against(cast)
    assert client.get(page_of(empty, "measure_change", wrong)).status_code == 404
    assert Measure.objects.filter(recommendation__case=other).count() == 2


# --- preparing -------------------------------------------------------------------------------------


def test_a_recommendation_is_prepared_with_its_measures_in_the_browser(client, cast, filed):
    in_english(client, cast.handler)
    prepare = page_of(filed, "recommendation_prepare")
    assert "Measures are added once" in text_of(client, prepare)
    answer = client.post(prepare, terms(urgency="信息仍在扩散。"))
    assert answer["Location"] == prepare
    row = Recommendation.objects.get(case=filed)
    assert (row.period, row.unit, row.urgent, row.body) == (
        2,
        "months",
        True,
        filed.authority_of.body,
    )
    for facts in (PUNISH, INSPECT):
        assert client.post(page_of(filed, "measure_add"), facts)["Location"] == prepare
    page = text_of(client, prepare)
    assert PUNISH["text"] in page
    assert "Measures entered: 2." in page
    change = page_of(filed, "measure_change", track.measure(filed, 1).pk)
    assert PUNISH["basis"] in text_of(client, change)
    row.refresh_from_db()
    changed = PUNISH | {"basis": "个人信息保护法第六十六条", "version": row.version}
    assert client.post(change, changed).status_code == 302
    assert track.measure(filed, 1).basis == "个人信息保护法第六十六条"
    remove = page_of(filed, "measure_remove", track.measure(filed, 1).pk)
    assert PUNISH["text"][:20] in text_of(client, remove)
    row.refresh_from_db()
    assert client.post(remove, {"version": row.version}).status_code == 302
    assert track.measure(filed, 1).text == INSPECT["text"]


def test_a_measure_cannot_be_added_before_the_recommendation_is_begun(client, cast, filed):
    in_english(client, cast.handler)
    for answer in (
        client.get(page_of(filed, "measure_add")),
        client.post(page_of(filed, "measure_add"), PUNISH),
    ):
        assert answer.status_code == 409
        assert "Begin the recommendation first" in answer.content.decode()


WRONG_TERMS = [
    ({"period": ""}, "period", "Rules 75(7)"),
    ({"period": "0"}, "period", "Rules 75(7)"),
    ({"period": "-1"}, "period", "Rules 75(7)"),
    ({"period": "zwei"}, "period", "whole number"),
    ({"period": "13"}, "period", "at most a year"),
    ({"period": "366", "unit": "days"}, "period", "at most a year"),
    ({"period": "9" * 30}, "period", "at most a year"),
    ({"unit": "years"}, "unit", ""),
    ({"relation": ""}, "relation", ""),
    ({"relation": "beside"}, "relation", ""),
    ({"relation": "superior"}, "relation", "PRR 3"),
    ({"relation": "lower", "relation_shown": "已指令。"}, "relation", "PRR 3"),
    ({"urgency": "急" * 2001}, "urgency", "2000"),
    ({"relation_shown": "经" * 2001}, "relation_shown", "2000"),
]


@pytest.mark.norm("C101")
@pytest.mark.parametrize(("wrong", "field", "sentence"), WRONG_TERMS)
def test_wrong_terms_are_said_at_their_field_and_nothing_is_saved(
    client, cast, filed, wrong, field, sentence
):
    in_english(client, cast.handler)
    answer = client.post(page_of(filed, "recommendation_prepare"), terms(**wrong))
    assert answer.status_code == 400
    errors = answer.context["form"].errors
    assert list(errors) == [field]
    assert sentence in str(errors[field])
    assert not Recommendation.objects.filter(case=filed).exists()


@pytest.mark.parametrize(("period", "unit"), [("1", "days"), ("365", "days"), ("12", "months")])
def test_the_shortest_and_the_longest_period_are_accepted(client, cast, filed, period, unit):
    client.force_login(cast.handler)
    given = terms(period=period, unit=unit)
    assert client.post(page_of(filed, "recommendation_prepare"), given).status_code == 302


@pytest.mark.norm("C110")
def test_a_body_of_another_level_is_not_recommended_to_directly(client, cast):
    case = track.case_against(cast, track.make_body(level="city", name="江州市网信办"))
    in_english(client, cast.handler)
    page = page_of(case, "recommendation_prepare")
    answer = client.post(page, terms())
    assert answer.status_code == 400
    assert "江州市网信办" in str(answer.context["form"].errors["relation"])
    for shown in ("", "  "):
        answer = client.post(page, terms(relation="superior", relation_shown=shown))
        assert list(answer.context["form"].errors) == ["relation_shown"]
        assert "PRR 3" in str(answer.context["form"].errors["relation_shown"])
    shown = terms(relation="superior", relation_shown="通过江州市人民检察院向其提出。")
    assert client.post(page, shown).status_code == 302


@pytest.mark.parametrize("name", ["text", "basis", "expected_proof"])
@pytest.mark.parametrize("value", ["", "  \n "])
def test_a_measure_without_words_duty_or_proof_is_refused_with_its_article(
    client, cast, filed, name, value
):
    track.prepared(filed, actor=cast.handler)
    in_english(client, cast.handler)
    change = page_of(filed, "measure_change", track.measure(filed, 1).pk)
    for address in (page_of(filed, "measure_add"), change):
        answer = client.post(address, PUNISH | {name: value, "version": "3"})
        assert answer.status_code == 400
        errors = answer.context["form"].errors
        assert list(errors) == [name]
        assert "Rules" in str(errors[name])
        assert INSPECT["text"] not in answer.content.decode()
    assert track.measure(filed, 1).text == PUNISH["text"]
    assert Measure.objects.filter(recommendation__case=filed).count() == 2


def test_who_saves_second_sees_what_has_changed_and_may_save_again(client, cast, filed):
    track.prepared(filed, actor=cast.handler)
    in_english(client, cast.handler)
    page = page_of(filed, "recommendation_prepare")
    seen = client.get(page).context["form"]["version"].value()
    preparing.prepare(
        actor=cast.assistant, case=filed, facts=TERMS | {"period": 3}, version=int(seen)
    )
    mine = terms(period="1", version=seen)
    answer = client.post(page, mine)
    assert answer.status_code == 409
    (row,) = answer.context["rows"]
    assert (row["yours"], row["now"]) == ("1", "3")
    again = mine | {"version": answer.context["form"]["version"].value()}
    assert client.post(page, again).status_code == 302
    assert Recommendation.objects.get(case=filed).period == 1


def test_who_changes_a_measure_second_sees_how_it_stands_now(client, cast, filed):
    row = track.prepared(filed, actor=cast.handler)
    in_english(client, cast.handler)
    one = track.measure(filed, 1)
    page, seen = page_of(filed, "measure_change", one.pk), row.version
    preparing.change_measure(
        actor=cast.clerk, case=filed, measure=one, facts=PUNISH | {"basis": "数据安全法第六条"}
    )
    answer = client.post(page, PUNISH | {"basis": "网络安全法第八条", "version": seen})
    assert answer.status_code == 409
    assert [line["now"] for line in answer.context["rows"]] == ["数据安全法第六条"]
    again = {"basis": "网络安全法第八条", "version": answer.context["form"]["version"].value()}
    assert client.post(page, PUNISH | again).status_code == 302
    assert track.measure(filed, 1).basis == "网络安全法第八条"


def test_a_measure_that_changed_meanwhile_is_not_removed_unread(client, cast, filed):
    row = track.prepared(filed, actor=cast.handler)
    in_english(client, cast.handler)
    one = track.measure(filed, 1)
    page = page_of(filed, "measure_remove", one.pk)
    preparing.change_measure(actor=cast.clerk, case=filed, measure=one, facts=INSPECT)
    assert client.post(page, {"version": row.version}).status_code == 409
    assert client.post(page, {}).status_code == 400
    assert Measure.objects.filter(pk=one.pk).exists()


def test_who_else_has_the_form_open_is_said(client, cast, filed):
    in_english(client, cast.assistant)
    client.get(page_of(filed, "recommendation_prepare"))
    in_english(client, cast.handler)
    assert cast.assistant.name in text_of(client, page_of(filed, "recommendation_prepare"))
    presence = page_of(filed, "case_presence", "recommendation")
    assert cast.assistant.name in client.post(presence).content.decode()


def test_the_eight_contents_say_what_is_still_missing(client, cast, filed):
    in_english(client, cast.handler)
    lines = client.get(page_of(filed, "recommendation_prepare")).context["contents"]
    assert [line.met for line in lines] == [False] * 7 + [True]
    assert [line.law for line in lines] == [f"Rules 75({number})" for number in range(1, 9)]
    track.prepared(filed, actor=cast.handler)
    lines = client.get(page_of(filed, "recommendation_prepare")).context["contents"]
    met = [number for number, line in enumerate(lines, start=1) if line.met]
    assert met == [1, 6, 7, 8]


# --- the panel of the case -------------------------------------------------------------------------


def test_the_overview_shows_how_the_measures_stand_and_the_next_clock(client, cast):
    case = track.read_case(cast)
    overview = text_of(in_english(client, cast.handler), case.get_absolute_url())
    assert f"{page_of(case)}#measure-1" in overview
    assert "Partly done" in overview
    assert "not assessed" in overview
    civil = make_case(cast)
    assert "The recommendation and its measures" not in text_of(client, civil.get_absolute_url())


# --- cost ------------------------------------------------------------------------------------------


def test_the_page_costs_the_same_for_few_and_for_many(client, cast):
    case = track.read_case(cast)
    client.force_login(cast.handler)
    client.get(page_of(case))
    with CaptureQueriesContext(connection) as few:
        client.get(page_of(case))
    body = case.authority_of.body
    for _number in range(3):
        other = track.waiting(cast, body)
        track.replied(other, cast.handler, {1: track.OWN_WORDS}, proven=(1,))
        track.replied(case, cast.handler, {1: track.OWN_WORDS, 2: track.REPEATED}, proven=(1,))
        track.assessed(case, cast.handler, 2)
    with CaptureQueriesContext(connection) as many:
        assert client.get(page_of(case)).status_code == 200
    assert len(many) == len(few)
