"""The seven groups of facts and the guard that asks for them (Rules 86)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from audit.articles import written
from audit.errors import Conflict, Invalid, NotPermitted, Refusal
from cases.services import acts, checklists
from evidence import selectors, services
from evidence.facts import GROUPS
from evidence.models import FactLink
from tests.evidence.conftest import add, planned_case, start_investigation

pytestmark = pytest.mark.django_db


def state(cast, case, group, exhibits=(), **rest):
    return services.state_fact(
        actor=cast.handler, case=case, group=group, text="查明的事实", exhibits=exhibits, **rest
    )


def close_investigation(cast, case):
    return acts.perform(
        actor=cast.handler,
        declaration=acts.declaration_of(case, "T10"),
        matter=case,
        facts={"proposal": "announce", "conclusion": "结论"},
        legal_day=date(2026, 3, 5),
    )


@pytest.mark.norm("C034")
@pytest.mark.parametrize("empty", list(GROUPS))
def test_the_investigation_is_not_closed_while_one_group_is_empty(cast, case, empty):
    for group in GROUPS:
        if group != empty:
            state(cast, case, group)
    with pytest.raises(Refusal) as refused:
        close_investigation(cast, case)
    unmet = next(item for item in refused.value.unmet if item.code == "seven_fact_groups")
    assert written(GROUPS[empty].article) in str(unmet.message)
    others = [written(group.article) for code, group in GROUPS.items() if code != empty]
    assert not any(article in str(unmet.message) for article in others)
    assert (unmet.law, unmet.link) == ("Rules 86", f"/cases/{case.key}/facts/")


def test_the_groups_not_addressed_are_named_with_articles_in_the_words_of_the_reader(cast, case):
    said = {}
    for language in ("zh-hans", "en"):
        with translation.override(language):
            checks = checklists.checklist(acts.declaration_of(case, "T10"), case, {})
            said[language] = next(
                str(c.verdict.why) for c in checks if c.code == "seven_fact_groups"
            )
    assert "公益诉讼办案规则第86条（1）" in said["zh-hans"]
    assert "Rules" not in said["zh-hans"]
    assert "(Rules 86(1))" in said["en"]


@pytest.mark.norm("C034")
def test_the_investigation_is_closed_once_all_seven_are_addressed(cast, case):
    for group in GROUPS:
        state(cast, case, group)
    assert close_investigation(cast, case).to_state == "investigation_closed"


@pytest.mark.norm("C034")
def test_the_facts_of_one_case_address_nothing_in_another(cast, case):
    other = start_investigation(planned_case(cast), cast)
    for group in GROUPS:
        state(cast, other, group)
    assert selectors.unaddressed(other) == []
    assert selectors.unaddressed(case) == list(GROUPS.values())


@pytest.mark.norm("C034")
def test_a_withdrawn_exhibit_proves_nothing_any_more(cast, case, exhibit):
    for group in GROUPS:
        state(cast, case, group, [exhibit] if group == "harm" else [])
    services.withdraw_exhibit(actor=cast.handler, exhibit=exhibit, reason="来源存疑")
    assert [group.code for group in selectors.unaddressed(case)] == ["harm"]


@pytest.mark.norm("C034")
def test_a_fact_that_no_longer_stands_does_not_count(cast, case):
    link = state(cast, case, "act")[0]
    services.unlink(actor=cast.handler, link=link, reason="查证不实")
    assert "act" in [group.code for group in selectors.unaddressed(case)]
    with pytest.raises(Conflict):
        services.unlink(actor=cast.handler, link=link, reason="再次")


def test_a_fact_rests_on_each_of_its_exhibits(cast, case, exhibit):
    second = add(cast, case, b"other", "日志.txt")
    version = case.version
    links = state(cast, case, "act", [exhibit, second], page="第3页", strength="partial")
    assert [(link.exhibit, link.page, link.sign) for link in links] == [
        (exhibit, "第3页", "◐"),
        (second, "第3页", "◐"),
    ]
    case.refresh_from_db()
    assert case.version == version + 1


def test_the_matrix_shows_what_each_exhibit_proves(cast, case, exhibit):
    state(cast, case, "act", [exhibit])
    state(cast, case, "harm")
    facts = selectors.facts_of(cast.handler, case)
    rows = selectors.matrix(selectors.exhibits_of(cast.handler, case), facts)
    assert [[len(cell) for cell in row.cells] for row in rows] == [[0, 1, 0, 0, 0, 0, 0]]


@pytest.mark.parametrize(
    ("group", "text", "field"), [("eighth", "事实", "group"), ("act", "  ", "text")]
)
@pytest.mark.norm("C034")
def test_a_fact_needs_one_of_the_seven_groups_and_a_text(cast, case, group, text, field):
    with pytest.raises(Invalid) as refused:
        services.state_fact(actor=cast.handler, case=case, group=group, text=text)
    assert list(refused.value.errors) == [field]


def test_a_fact_rests_on_no_exhibit_of_another_case_and_on_none_withdrawn(cast, case, exhibit):
    foreign = add(cast, start_investigation(planned_case(cast), cast))
    services.withdraw_exhibit(actor=cast.handler, exhibit=exhibit, reason="重复")
    for wrong in (foreign, exhibit):
        with pytest.raises(Invalid) as refused:
            state(cast, case, "act", [wrong])
        assert list(refused.value.errors) == ["exhibits"]


def test_the_database_keeps_fact_and_exhibit_in_one_case(cast, case, exhibit):
    other = planned_case(cast)
    foreign = FactLink(case=other, group="act", exhibit=exhibit, text="x", stated_by=cast.handler)
    with (
        pytest.raises(IntegrityError, match="fact_rests_on_exhibit_of_its_case"),
        transaction.atomic(),
    ):
        foreign.save()


@pytest.mark.norm("C034")
@pytest.mark.parametrize(
    ("group", "text", "rule"),
    [("eighth", "事实", "fact_of_one_of_seven_groups"), ("act", "", "fact_is_stated")],
)
def test_the_database_holds_no_eighth_group_and_no_fact_without_words(
    cast, case, group, text, rule
):
    wrong = FactLink(case=case, group=group, text=text, stated_by=cast.handler)
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        wrong.save()


def test_only_the_team_states_and_removes_facts(cast, case):
    link = state(cast, case, "act")[0]
    with pytest.raises(NotPermitted):
        services.state_fact(actor=cast.head, case=case, group="act", text="事实")
    with pytest.raises(NotPermitted):
        services.unlink(actor=cast.head, link=link, reason="x")


def test_a_fact_on_a_hidden_exhibit_is_hidden_but_counts(cast, case):
    secret = add(cast, case, confidential=True)
    state(cast, case, "harm", [secret])
    state(cast, case, "act")
    seen = selectors.facts_of(cast.case_manager, case)
    assert [fact.group for fact in seen] == ["act"]
    assert "harm" not in [group.code for group in selectors.unaddressed(case)]
