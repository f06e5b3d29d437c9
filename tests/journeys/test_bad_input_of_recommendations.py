"""What the administrative track is refused, by the pages and by the API alike, in both languages (issue's list).

A recommendation without period or to the wrong level, a clock without receipt, a suit before the period ends, a
reply older than the service, an assessment without proof, an escalation without decision.
"""

from __future__ import annotations

from functools import partial

import pytest
from django.urls import reverse

from administrative.models import Recommendation
from audit import clock
from tests.administrative import scenes
from tests.administrative.guard_scenes import body_of_the_city
from tests.administrative.scenes import moment
from tests.journeys.test_bad_input_of_the_suit import (  # noqa: F401 - fixtures
    ApiOfTheSuit,
    door,
    expect_refused,
    way,
)
from tests.support.documents import filed, final
from tests.support.matters import upload

pytestmark = pytest.mark.django_db
WHY = {"why": "未依法履职。"}


@pytest.mark.norm("C101")
def test_a_recommendation_without_its_period_is_refused(cast, way):  # noqa: F811
    with clock.frozen(moment(3, 18)):
        case = scenes.prepared(cast, period=None)
        final(case, "D-40", cast.handler)
        act = way.submission(cast.handler, case, "A-5", WHY)
        answer = expect_refused(way, case, act, "recommendation_names_a_period")
    assert reverse("recommendation_prepare", args=[case.key]) in answer.text


@pytest.mark.norm("C110")
def test_a_recommendation_to_a_body_of_another_level_is_refused(cast, way):  # noqa: F811
    with clock.frozen(moment(3, 18)):
        case = scenes.prepared(cast)
        body_of_the_city(cast, case)
        final(case, "D-40", cast.handler)
        act = way.submission(cast.handler, case, "A-5", WHY)
        expect_refused(way, case, act, "level_of_the_addressee")


@pytest.mark.norm("C104")
def test_a_clock_without_a_receipt_is_refused(cast, way):  # noqa: F811
    with clock.frozen(moment(3, 20)):
        case = scenes.decided(cast)
        filed(case, "D-70", cast.handler, cast.chief, without="urgency")
        case.refresh_from_db()
        act = partial(way.enter, cast.handler, case, "A-6", {"legal_day": "2026-03-20"})
        expect_refused(way, case, act, "recommendation_is_served")


@pytest.mark.norm("C104")
def test_a_reply_older_than_the_service_is_refused(cast, way):  # noqa: F811
    with clock.frozen(moment(3, 23)):
        case = scenes.waiting(cast)
        told = {"text": "已部署。", "legal_day": "2026-03-19", "letter": upload()}
        act = partial(way.enter, cast.handler, case, "A-6-2", told)
        answer = expect_refused(way, case, act, "reply_after_the_service")
    assert "2026-03-20" in answer.text


def test_an_assessment_without_proof_is_refused(cast, way):  # noqa: F811
    with clock.frozen(moment(5, 22)):
        case = scenes.following(cast)
        told = {
            "measure": scenes.measures(case)[0].pk,
            "result": "done",
            "findings": "已落实。",
            "legal_day": "2026-05-22",
        }
        act = partial(way.enter, cast.handler, case, "S80", told)
        expect_refused(way, case, act, "assessment_rests_on_proof")


def test_a_review_before_the_period_ends_is_refused_and_so_is_the_suit(cast, way):  # noqa: F811
    with clock.frozen(moment(5, 19)):
        case = scenes.replied(cast)
        scenes.force(case, "A-7", moment(5, 19).date(), actor=cast.handler, plan="抽查。")
        for measure in scenes.measures(case):
            scenes.assessed(cast, case, measure, "not_done", moment(5, 19).date())
        told = {"overview": "均未落实。", "legal_day": "2026-05-19"}
        act = partial(way.enter, cast.handler, case, "A-8", told)
        answer = expect_refused(way, case, act, "rectification_is_over")
        assert "2026-05-20" in answer.text
        scenes.force(case, "A-8", moment(5, 19).date(), actor=cast.handler, overview="均未落实。")
        final(case, "D-43", cast.handler)
        suit = way.submission(cast.handler, case, "A-9", scenes.sue_facts(case))
        answer = expect_refused(way, case, suit, "reply_and_rectification_are_over")
        assert "2026-05-20" in answer.text


@pytest.mark.norm("C115")
def test_an_escalation_without_the_decision_of_the_chief_is_refused(cast, way):  # noqa: F811
    told = {"to": ["superior_body"], "name": "江州市邮政管理局", "why": "拒绝整改。"}
    with clock.frozen(moment(5, 22)):
        case = scenes.following(cast)
        answer = way.enter(cast.handler, case, "A-7-4", told)
    case.refresh_from_db()
    assert not case.events.filter(kind="recommendation_escalated").exists()
    # A program is asked for the reasons of its proposal; the page says that one is needed.
    expected = 400 if isinstance(way, ApiOfTheSuit) else 409
    assert answer.status == expected, answer.text


def test_what_is_decided_is_prepared_no_more(cast, way):  # noqa: F811
    with clock.frozen(moment(3, 18)):
        case = scenes.decided(cast)
        row = Recommendation.objects.get(case=case)
        if not isinstance(way, ApiOfTheSuit):
            body = {"period": "6", "unit": "months", "relation": "own_level"}
            url = reverse("recommendation_prepare", args=[case.key])
            answer = way._post(cast.handler, url, body | {"version": str(row.version)})
            assert answer.status == 409
    row.refresh_from_db()
    assert row.period == 2
