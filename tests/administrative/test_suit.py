"""From the decision to sue to the end of the case (Rules 81-84; JI 21-25; APL 85)."""

from __future__ import annotations

from datetime import date

import pytest

from audit import clock
from audit.errors import Invalid, Refusal
from cases.models import Proposal
from cases.services import proposals
from deadlines.models import Deadline, DeadlineState
from tests.administrative import scenes
from tests.administrative.scenes import moment
from tests.support.documents import filed, final
from tests.support.guards import codes
from tests.support.matters import approve, propose, record, upload

pytestmark = pytest.mark.django_db


@pytest.mark.norm("C107")
def test_a_ground_that_is_none_of_the_seven_is_refused(cast):
    with clock.frozen(moment(6, 1)):
        case = scenes.reviewing(cast)
        wrong = scenes.sue_facts(case) | {"ground": "other_than_the_seven"}
        with pytest.raises(Invalid) as unknown:
            propose(case, "A-9", wrong, cast.handler)
    assert "ground" in unknown.value.errors


@pytest.mark.norm("C108")
def test_a_claim_to_perform_is_made_of_the_authority_alone(cast):
    with clock.frozen(moment(6, 1)):
        case = scenes.reviewing(cast)
        final(case, "D-43", cast.handler)
        second = scenes.measures(case)[1]
        third = scenes.sue_facts(case) | {f"text_{second.pk}": "判令某快递公司删除全部信息。"}
        with pytest.raises(Refusal) as refused:
            propose(case, "A-9", third, cast.handler)
    assert codes(refused) == ["no_duty_of_third_persons"]
    assert "某快递公司" in str(refused.value.unmet[0].message)


@pytest.mark.norm("C107")
def test_a_suit_on_one_of_the_seven_grounds_is_decided_by_the_chief(cast):
    with clock.frozen(moment(6, 1)):
        case = scenes.reviewing(cast)
        final(case, "D-43", cast.handler)
        approve(propose(case, "A-9", scenes.sue_facts(case), cast.handler), cast.head, cast.chief)
    case.refresh_from_db()
    assert case.state == "adm_suit"


@pytest.mark.norm("C069")
def test_each_party_has_its_own_time_to_appeal(cast):
    with clock.frozen(moment(9, 4)):
        case = scenes.both_served(cast)
    rows = Deadline.objects.filter(case=case, rule="P-58b").order_by("effective_day")
    # Fifteen days from 2 September end on the 17th, from the 4th on Saturday the 19th; Sunday the 20th is
    # worked in place of a day of the National Day holidays.
    assert [row.effective_day for row in rows] == [date(2026, 9, 17), date(2026, 9, 20)]
    with clock.frozen(moment(9, 18)), pytest.raises(Refusal) as refused:
        record(cast.handler, case, "A-9-7", {"how": "未上诉。", "legal_day": "2026-09-18"})
    assert codes(refused) == ["nobody_can_appeal"]
    with clock.frozen(moment(9, 22)):
        record(cast.handler, case, "A-9-7", {"how": "未上诉。", "legal_day": "2026-09-22"})
    assert not Deadline.objects.filter(case=case, rule="P-58b", state=DeadlineState.OPEN).exists()


@pytest.mark.norm("C109")
@pytest.mark.parametrize(
    ("code", "paper", "act", "state"),
    [
        (
            "A-10",
            "D-55",
            {"submitted_on": "2026-07-08", "ruling_number": "（2026）浙0102行初1号之一"},
            "adm_terminated",
        ),
        ("A-10-2", "D-56", {}, "adm_suit"),
    ],
)
def test_withdrawal_or_change_goes_to_the_court_within_three_days(cast, code, paper, act, state):
    with clock.frozen(moment(7, 6)):
        case = scenes.performed_in_suit(cast)
        filed(case, paper, cast.handler, cast.chief)
        plan = {"performed": "全部履行。", "why": "诉讼请求已全部实现。"}
        proposal = propose(case, code, plan, cast.handler)
        approve(proposal, cast.head, cast.chief)
    rows = Deadline.objects.filter(case=case, rule__startswith="P-12")
    assert [row.effective_day for row in rows] == [date(2026, 7, 9)]
    with clock.frozen(moment(7, 8)):
        proposal.refresh_from_db()
        name = "ruling" if code == "A-10" else "receipt"
        proposals.carry_out(
            actor=cast.handler,
            proposal=proposal,
            data=act | {"legal_day": "2026-07-08"},
            files={name: upload()},
        )
    case.refresh_from_db()
    assert case.state == state
    assert rows.get().state == DeadlineState.MET


def test_a_case_is_closed_only_with_every_measure_final_and_archived_like_every_case(cast):
    with clock.frozen(moment(10, 8)):
        case = scenes.effective(cast)
        final(case, "D-85", cast.handler)
        with pytest.raises(Refusal) as refused:
            propose(case, "A-11", {"summary": "已判决。"}, cast.handler)
        assert "measures_came_to_an_end" in codes(refused)
        for measure in scenes.measures(case):
            scenes.assessed(cast, case, measure, "done", date(2026, 9, 25))
        scenes.serve(cast, case, date(2026, 3, 4), code="D-06")
        told = {"legal_day": "2026-10-08", "receipt_number": "备〔2026〕1号"}
        record(cast.handler, case, "S81", told, {"receipt": [upload()]})
        told = {"legal_day": "2026-10-08", "recipient": "江州市人民检察院"}
        record(cast.handler, case, "S28", told, {"paper": [upload()]})
        draft = proposals.submit_proposal(
            actor=cast.handler, proposal=Proposal.objects.get(case=case, transition="A-11")
        )
        approve(draft, cast.head)
        case.refresh_from_db()
        assert case.state == "closed"
        record(cast.case_manager, case, "S43", {})
        told = {"archive_number": "A1", "retention": "permanent", "legal_day": "2026-10-08"}
        record(cast.case_manager, case, "T51", told, {"receipt": upload("档案收据.pdf")})
    assert case.state == "archived"
