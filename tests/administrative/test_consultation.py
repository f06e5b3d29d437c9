"""The consultation and what shows it (Rules 70; norm C100)."""

from __future__ import annotations

import pytest

from audit import clock
from audit.errors import Refusal
from tests.administrative import scenes
from tests.administrative.scenes import moment
from tests.support.documents import final
from tests.support.guards import codes
from tests.support.matters import force, record

pytestmark = pytest.mark.django_db
HELD = {"persons": "副局长", "positions": "认可职责。", "legal_day": "2026-03-05"}
CLOSED = {"proposal": "recommend", "conclusion": "应当建议。", "legal_day": "2026-03-05"}


@pytest.mark.norm("C100")
def test_a_consultation_without_minutes_or_letter_stays_open(cast):
    with clock.frozen(moment(3, 5)):
        case = scenes.consulting(cast)
        scenes.found(cast, case, moment(3, 5).date())
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "A-2-2", HELD)
        assert codes(refused) == ["consultation_is_documented"]
        with pytest.raises(Refusal) as still_open:
            record(cast.handler, case, "A-4", CLOSED)
        assert codes(still_open) == ["consultation_came_to_an_end"]
        final(case, "D-32", cast.handler)
        record(cast.handler, case, "A-2-2", HELD)
        record(cast.handler, case, "A-4", CLOSED)
    assert case.state == "adm_investigation_closed"


@pytest.mark.norm("C100")
@pytest.mark.parametrize(("way", "paper"), [("meeting", "D-31"), ("letter", "D-31")])
def test_the_letter_that_confirms_the_facts_shows_it_too(cast, way, paper):
    with clock.frozen(moment(3, 5)):
        case = scenes.filed_case(cast)
        force(case, "A-2", moment(3, 5).date(), actor=cast.handler, way=way, subject="监管职责")
        final(case, paper, cast.handler)
        record(cast.handler, case, "A-2-2", HELD)
    assert case.events.filter(kind="consultation_held").count() == 1


def test_nobody_has_to_consult(cast):
    with clock.frozen(moment(3, 5)):
        case = scenes.filed_case(cast)
        scenes.found(cast, case, moment(3, 5).date())
        record(cast.handler, case, "A-4", CLOSED)
    assert case.state == "adm_investigation_closed"
