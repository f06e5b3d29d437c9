"""What a case is found by: its own words, its parties', their initials; kept by the database itself."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.keyset import capped_count
from audit.words import _expected
from cases.initials import LONGEST, MOST_READINGS, initials_of
from cases.models import Case, CaseWords, Lead, Party
from cases.search import find_cases
from cases.selectors.words import case_says, lead_says
from cases.services import parties
from tests.support.matters import make_case, make_lead

pytestmark = pytest.mark.django_db
COMPANY = {"role": "violator", "kind": "organisation", "name": "优享家智慧社区有限公司"}
CODE = "91330106MA2GXXXX2Y"


@pytest.fixture
def case(cast):
    return make_case(cast)


def finds(words: str) -> bool:
    return Case.objects.filter(case_says(words)).exists()


def add(cast, case, **facts):
    return parties.add_party(actor=cast.handler, case=case, facts=COMPANY | facts)


# --- words -----------------------------------------------------------------------------------------


def test_a_case_is_found_by_its_title_its_numbers_and_its_parties(cast, case):
    add(cast, case, aliases="优享", credit_code=CODE)
    Case.objects.filter(pk=case.pk).update(official_number="江检民公〔2026〕12号")
    for words in (
        case.title,
        case.key,
        "智慧社区",
        "优享",
        CODE.lower(),
        "〔2026〕12号",
        "社区 12号",
    ):
        assert finds(words), words
    assert not finds("江检民公〔2026〕13号")


def test_its_words_follow_a_party_that_is_changed_or_removed(cast, case):
    party = add(cast, case)
    facts = COMPANY | {"name": "云山物业有限公司"}
    party = parties.change_party(
        actor=cast.handler, party=party, facts=facts, version=party.version
    )
    assert not finds("优享家")
    assert finds("云山物业")
    assert finds("yswy")
    parties.remove_party(actor=cast.handler, party=party, reason="误录")
    assert not finds("云山物业")


def test_what_is_written_past_the_services_is_found_too(cast, case):
    add(cast, case)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_party SET name = '快递驿站' WHERE case_id = %s", [case.pk])
        cursor.execute("UPDATE cases_case SET title = '驿站案' WHERE id = %s", [case.pk])
    assert finds("快递驿站")
    assert finds("驿站案")
    assert not finds("智慧社区")


def test_the_words_of_one_case_are_not_those_of_another(cast, case):
    other = make_case(cast)
    add(cast, other)
    assert list(Case.objects.filter(case_says("优享家"))) == [other]
    assert CaseWords.objects.count() == 2
    Party.objects.filter(case=other).update(case=case)
    assert list(Case.objects.filter(case_says("优享家"))) == [case]


@pytest.mark.parametrize(
    ("common", "few", "asked"), [(10**6, 1000, True), (10**6, 1, True), (-1, 1000, False)]
)
def test_a_word_is_found_whether_it_is_rare_or_known_to_be_common(
    cast, case, monkeypatch, common, few, asked
):
    add(cast, case)
    other = make_case(cast)
    monkeypatch.setattr("audit.words.COMMON", common)
    monkeypatch.setattr("audit.words.FEW", few)
    with CaptureQueriesContext(connection) as questions:
        condition = case_says("优享")
    assert any(each["sql"].startswith("SELECT") for each in questions) is asked
    assert list(Case.objects.filter(condition)) == [case]
    assert set(Case.objects.filter(case_says("案件"))) <= {case, other}


def test_what_stands_beside_a_case_is_not_worked_out_to_count_it(cast, case):
    with CaptureQueriesContext(connection) as questions:
        assert str(capped_count(find_cases(cast.head, case.title))) == "1"
    assert "next_due" not in questions[-1]["sql"]


def test_the_database_says_from_its_statistics_how_common_a_word_is(cast):
    for _ in range(3):
        make_case(cast)
    rows = CaseWords.objects.filter(text__contains="案")
    with CaptureQueriesContext(connection) as questions:
        assert _expected(rows) >= 1
    assert [each["sql"].split()[0] for each in questions] == ["EXPLAIN"]


def test_a_lead_is_found_by_what_it_says(cast):
    lead = make_lead(cast, title="单县快递单号泄露", suspected_processor="某快递公司")
    for words in ("快递 泄露", "某快递公司", lead.key, "sxkddhxl", "mkdgs"):
        assert list(Lead.objects.filter(lead_says(words))) == [lead], words
    assert not Lead.objects.filter(lead_says("隐私")).exists()


# --- initials --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("优享家智慧社区", "yxj"),
        ("曾某", "zm"),
        ("曾经公司", "cjgs"),
        ("单县人民医院", "sxrmyy"),
        ("番禺区邮政管理局", "pyq"),
        ("重庆长安物业", "cqca"),
        ("银行", "yh"),
        ("行知学校", "xzxx"),
        ("解某某", "xmm"),
        ("某科技 ABC 有限公司", "yxgs"),
    ],
)
def test_the_initials_are_those_a_person_would_type(name, typed):
    assert any(typed in reading for reading in initials_of(name).split())


def test_many_readings_are_not_written_without_end():
    text = "长行重单解乐" * 30
    assert len(initials_of(text)) <= LONGEST
    assert len(initials_of("长行重单解乐").split()) <= MOST_READINGS


def test_nothing_chinese_has_no_initials():
    assert initials_of("ABC 123", "", "——") == ""


def test_initials_find_a_case_in_the_middle_of_a_name(cast, case):
    add(cast, case, name="江州优享家科技有限公司")
    assert finds("yxjkj")
    assert finds("YXJ")
    assert not finds("jxy")
