"""The waybill case of 2023, entered step by step, and every clock of it (law 3.9, 6.1 F)."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from administrative.models import Recommendation
from audit.errors import Conflict, Refusal
from cases.states import AdministrativeState
from deadlines.models import Deadline, DeadlineState
from tests.administrative import waybills
from tests.administrative.scenes import measures
from tests.support.days import on
from tests.support.guards import codes
from tests.support.matters import propose, record, upload

pytestmark = pytest.mark.django_db


def ends(case, rule: str) -> date:
    return Deadline.objects.get(case=case, rule=rule).effective_day


def state(case, rule: str) -> str:
    return Deadline.objects.get(case=case, rule=rule).state


@pytest.mark.norm("C098")
@pytest.mark.norm("C100")
@pytest.mark.norm("C102")
@pytest.mark.norm("C103")
@pytest.mark.norm("C104")
@pytest.mark.norm("C105")
def test_the_waybill_case_of_2023_runs_from_the_filing_to_the_suit_with_every_clock(cast):
    case = waybills.file_it(cast)
    assert (case.state, case.track) == (AdministrativeState.ADM_FILED, "administrative")
    assert case.machine == "administrative"
    assert case.parties.get(role="authority").name == waybills.AUTHORITY
    # Seven days from the filing of Wednesday 28 June.
    assert ends(case, "P-50") == date(2023, 7, 5)
    with on(2023, 6, 29):
        waybills.issue_and_serve(cast, case, "D-06", date(2023, 6, 29))
    assert state(case, "P-50") == DeadlineState.MET

    waybills.consult(cast, case)
    waybills.investigate(cast, case)
    waybills.recommend(cast, case)
    row = Recommendation.objects.get(case=case)
    assert row.decided
    assert row.decision.legal_day == waybills.RECOMMENDED
    # Three days: 3 July is a Monday.
    assert ends(case, "P-51") == date(2023, 7, 3)

    assert not Deadline.objects.filter(case=case, rule__in=("P-52", "P-53", "P-55")).exists()
    waybills.leave_in(cast, case)
    assert state(case, "P-51") == DeadlineState.MET
    # Five days end on Saturday 8 July; two months on Sunday 3 September; a month more on Wednesday
    # 4 October, in the holidays until the 6th: Saturday the 7th was worked.
    assert ends(case, "P-52") == date(2023, 7, 10)
    assert ends(case, "P-53") == date(2023, 9, 4)
    assert ends(case, "P-55") == date(2023, 10, 7)
    event = case.events.get(kind="recommendation_received")
    assert event.facts["rectification_ends"] == "2023-09-04"
    with on(2023, 7, 7):
        told = {"legal_day": "2023-07-07", "receipt_number": "备〔2023〕3号"}
        record(cast.handler, case, "S81", told, {"receipt": [upload("备案回执.pdf")]})
    assert state(case, "P-52") == DeadlineState.MET

    waybills.reply_in_part(cast, case)
    assert state(case, "P-53") == DeadlineState.MET
    waybills.find_it_undone(cast, case)
    assert case.state == AdministrativeState.ADM_REVIEW
    waybills.sue(cast, case)
    assert case.state == AdministrativeState.ADM_SUIT
    assert state(case, "P-55") == DeadlineState.MET
    # Seven days end on 2 October, in the holidays.
    assert ends(case, "P-56") == date(2023, 10, 7)

    with on(2023, 9, 28):
        number = {"court_case_number": "（2023）鄂0302行初1号", "legal_day": "2023-09-28"}
        record(cast.handler, case, "A-9-3", number, {"paper": [upload("立案通知.pdf")]})
    assert state(case, "P-56") == DeadlineState.MET
    # Six months from 28 September 2023.
    assert ends(case, "P-58a") == date(2024, 3, 28)
    assert ends(case, "P-58") == date(2023, 10, 7)
    with on(2023, 10, 7):
        served = {"legal_day": "2023-10-07"}
        record(cast.handler, case, "A-9-4", served, {"paper": [upload("送达回证.pdf")]})
    assert state(case, "P-58") == DeadlineState.MET
    assert ends(case, "P-58-2") == date(2023, 10, 23)
    out = StringIO()
    call_command("verify_cases", stdout=out)
    assert out.getvalue().startswith("Clean. ")


@pytest.mark.norm("C104")
def test_no_suit_before_the_time_of_the_authority_is_over(cast):
    case = waybills.file_it(cast)
    waybills.investigate(cast, case)
    waybills.recommend(cast, case)
    waybills.leave_in(cast, case)
    with on(2023, 8, 1), pytest.raises(Conflict) as early:
        propose(case, "A-9", {}, cast.handler)
    assert early.value.code == "state_moved"
    waybills.reply_in_part(cast, case)
    with on(2023, 8, 29):
        record(cast.handler, case, "A-7", {"plan": "抽查。", "legal_day": "2023-08-29"})
        for measure in measures(case):
            told = {
                "measure": measure.pk,
                "result": "not_done",
                "findings": "未落实。",
                "legal_day": "2023-08-29",
            }
            record(cast.handler, case, "S80", told)
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "A-8", {"overview": "未落实。", "legal_day": "2023-08-29"})
    assert codes(refused) == ["rectification_is_over"]
    assert "2023-09-04" in str(refused.value.unmet[0].message)
