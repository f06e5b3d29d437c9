"""What the record says in the papers to the court after the judgment."""

from __future__ import annotations

import pytest

from documents.html_renderer import render_html
from notices.bodies.frame import as_case
from notices.catalogue import TYPES, compose
from notices.prefill import prefilled
from tests.notices import golden_files
from tests.support.days import on

pytestmark = pytest.mark.django_db


def told(code: str, matter) -> dict[str, str]:
    """Return the texts a new document of a matter begins with."""
    return {name: item["value"] for name, item in prefilled(TYPES[code], matter).items()}


@pytest.fixture
def late(case):
    """The case two days after the first obligation fell due; the apology has time until 31 July."""
    with on(2026, 7, 22):
        yield case


def test_the_urging_letter_names_only_what_is_due(late):
    urging, sheet = told("D-66", late), told("D-67", late)
    assert "删除" in urging["items"]
    assert "停止侵害" in urging["items"]
    assert "赔礼道歉" not in urging["items"]
    assert "赔礼道歉" in sheet["items"]
    assert urging["decision"] == sheet["decision"] != ""


def test_the_urging_letter_can_be_sent_as_the_record_makes_it(late):
    urging = told("D-66", late)
    text = render_html(compose(TYPES["D-66"], golden_files.FRAME, urging))
    for name in ("addressee", "case", "decision", "basis", "contact_person"):
        assert urging[name], name
        assert (as_case(urging[name]) if name == "case" else urging[name]) in text
    assert "请你院将上述事项移送执行" in text
    assert "书面告知本院" in text


def test_the_enforcing_court_is_asked_within_fifteen_days_and_advised_with_three_months(late):
    request, advice = told("D-65", late), told("D-64", late)
    assert request["addressee"] == advice["addressee"] != ""
    assert (request["reply"], advice["reply"]) == ("十五日", "三个月")
    assert advice["which"] == "执行活动"
    # Neither term was compared with its source: both are proposed, not stated as law.
    sources = [prefilled(TYPES[code], late)["reply"]["source"] for code in ("D-65", "D-64")]
    assert sources == ["wording", "wording"]


def test_a_retrial_recommendation_begins_with_the_course_of_the_suit(late):
    retrial = told("D-63", late)
    number = retrial["decision"].split("，")[0]
    assert number
    assert f"人民法院作出{number}裁判" in retrial["course"]
    assert "第二百一十九条" in retrial["basis"]


def test_the_performance_is_looked_back_on_with_decision_and_state(late):
    report = told("D-86", late)
    assert report["case"] == late.title
    assert report["background"].startswith(told("D-66", late)["decision"])
