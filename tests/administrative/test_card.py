"""The case card of a case against an authority: from the filing to the replies and the suit (law 3.9)."""

from __future__ import annotations

import pytest

from audit import clock
from cases.selectors.card import CardMark, card_of
from cases.services import corrections
from tests.administrative import scenes
from tests.administrative.scenes import moment
from tests.support.cards import faults_of_sources, line, texts

pytestmark = pytest.mark.django_db


def test_a_filed_case_names_the_authority_and_how_it_may_have_failed(cast):
    with clock.frozen(moment(3, 2)):
        case = scenes.filed_case(cast)
    assert texts(cast.handler, case, "authority") == [scenes.POSTAL]
    (conduct,) = line(cast.handler, case, "conduct").values
    assert (conduct.plain, conduct.source.kind) == ("inaction", "event")
    assert line(cast.handler, case, "harm").demanded
    codes = {row.item.code for row in card_of(cast.handler, case).lines}
    assert not codes & {"violators", "persons_concerned", "announced_on"}


def test_the_card_follows_the_recommendation_from_decision_to_reply(cast, client):
    with clock.frozen(moment(5, 19)):
        case = scenes.replied(cast)
        said = {
            code: texts(cast.handler, case, code)
            for code in ("recommendation_received", "rectification_period", "authority_replies")
        }
        assert said["recommendation_received"] == [scenes.RECEIVED.isoformat()]
        assert said["authority_replies"] == ["2026-05-18"]
        (measures,) = line(cast.handler, case, "measures").values
        assert measures.plain[0] == "0"
        assert faults_of_sources(client, cast.head, case) == []


def test_an_annulled_decision_takes_the_recommendation_off_the_card(cast):
    with clock.frozen(moment(3, 19)):
        case = scenes.decided(cast)
        (value,) = line(cast.handler, case, "recommendation_decided").values
        assert line(cast.handler, case, "rectification_period").values
        decision = case.events.get(pk=value.source.pk)
        corrections.annul_transition(actor=cast.chief, event=decision, reason="误录。")
        case.refresh_from_db()
        for code in ("recommendation_decided", "rectification_period", "measures"):
            row = line(cast.handler, case, code)
            assert (row.values, row.mark) == ([], CardMark.NOT_DUE), code


def test_the_suit_against_an_authority_is_on_the_card(cast, client):
    with clock.frozen(moment(7, 1)):
        case = scenes.registered(cast)
        assert texts(cast.handler, case, "court_case_number")
        assert texts(cast.handler, case, "court")
        assert faults_of_sources(client, cast.handler, case) == []
