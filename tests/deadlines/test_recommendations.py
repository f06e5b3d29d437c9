"""Recommendations as papers of a case: their time to be served, to be recorded, to be carried further.

Their own procedure (law 3.9) has rooms of its own; what is shown here holds of the documents and clocks.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from audit.errors import Invalid, NotPermitted
from cases.models import Task
from deadlines.models import DeadlineState
from notices.catalogue import TYPES
from notices.cautions import cautions
from tests.deadlines.test_by_hand import begin
from tests.deadlines.test_norms_of_periods import done
from tests.notices.matters import upload
from tests.notices.serving import end, send
from tests.support.days import on
from tests.support.documents import filed
from tests.support.matters import make_administrative_case, make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast):
    return make_case(cast)


# --- served in three days, left in where it is refused --------------------------------------------


@pytest.mark.norm("C103")
def test_a_recommendation_is_served_within_three_days_of_the_decision(cast, case):
    with on(2026, 6, 11):
        facts = {"legal_day": "2026-06-11", "event_text": "检察长决定提出检察建议"}
        row = begin(cast, case, period="P-51", **facts)
    # 14 June 2026 is a Sunday.
    assert (row.nominal_day, row.effective_day) == (date(2026, 6, 14), date(2026, 6, 15))
    with on(2026, 6, 15):
        row = done(cast, row, "2026-06-15")
    assert (row.state, row.met_late) == (DeadlineState.MET, False)


@pytest.mark.norm("C103")
def test_a_refused_recommendation_is_left_in_only_with_a_photo_or_witnesses(cast):
    case = make_administrative_case(cast)
    with on(2026, 6, 24):
        paper = filed(case, "D-70", cast.handler, cast.chief)
        end(cast, send(cast, paper, actor=cast.handler), "refused", reason="前台拒收")
        again = send(cast, paper, method="leave_in", actor=cast.handler)
        with pytest.raises(Invalid) as refused:
            end(cast, again)
        assert set(refused.value.errors) == {"witnesses"}
        assert "Rules 76" in refused.value.law
        outcome = end(cast, again, recording=upload("留置送达.jpg"))
    served = case.events.get(kind="document_served")
    assert (outcome.event, served.legal_day) == (served, date(2026, 6, 24))
    assert served.proofs.count() == 2


# --- recorded with two departments ----------------------------------------------------------------


@pytest.mark.norm("C113")
def test_a_recommendation_on_governance_is_recorded_with_two_departments_in_five_days(cast, case):
    with on(2026, 2, 11):
        row = begin(cast, case, period="P-59", legal_day="2026-02-11", event_text="发出检察建议书")
    # Five days over the Spring Festival.
    assert row.effective_day == date(2026, 2, 24)
    tasks = Task.objects.filter(case=case, article="PRR 21").order_by("id")
    assert [(task.owner, task.due_on) for task in tasks] == [(cast.handler, row.effective_day)] * 2
    with translation.override("en"):
        first, second = (task.heading for task in tasks)
    assert "the department of the same business" in first
    assert "the department of legal policy" in second


@pytest.mark.norm("C113")
def test_a_second_recommendation_has_two_tasks_of_its_own_and_other_periods_have_none(cast, case):
    with on(2026, 3, 2):
        begin(
            cast,
            case,
            period="P-59",
            legal_day="2026-03-02",
            event_text="第一份",
            concerns="甲公司",
        )
        begin(
            cast,
            case,
            period="P-59",
            legal_day="2026-03-02",
            event_text="第二份",
            concerns="乙公司",
        )
        begin(cast, case, period="P-57", legal_day="2026-03-02", event_text="收到检察建议书")
    assert Task.objects.filter(case=case, article="PRR 21").count() == 4


# --- carried further ------------------------------------------------------------------------------


@pytest.mark.norm("C115")
def test_a_matter_is_carried_further_only_by_the_chief_procurator(cast, case):
    with on(2026, 6, 24), pytest.raises(NotPermitted) as refused:
        filed(case, "D-75", cast.handler, cast.head)
    assert refused.value.code == "unauthorised_signer"


@pytest.mark.norm("C115")
@pytest.mark.parametrize(
    ("period", "last"), [("P-53", "2026-08-10"), ("P-54", "2026-06-24"), ("P-57", "2026-08-10")]
)
def test_carrying_it_further_before_the_time_to_reply_ends_is_warned_of_not_refused(
    cast, case, client, period, last
):
    with on(2026, 6, 9):
        begin(
            cast,
            case,
            period=period,
            legal_day="2026-06-09",
            event_text="收到检察建议书",
            **({"urgency": "侵害持续扩大"} if period == "P-54" else {}),
        )
    row = case.deadlines.get(rule=period)
    assert row.effective_day == date.fromisoformat(last)
    with on(2026, 6, 23):
        letter = filed(case, "D-75", cast.handler, cast.chief)
        client.force_login(cast.handler)
        page = client.get(letter.get_absolute_url())
        answer = client.get(f"/api/v1/documents/{letter.pk}/").json()
    assert last in page.content.decode()
    assert [last in sentence for sentence in answer["cautions"]] == [True]


@pytest.mark.norm("C115")
def test_after_the_time_to_reply_or_the_reply_itself_nothing_is_warned_of(cast, case):
    letter = TYPES["D-75"]
    with on(2026, 6, 9):
        row = begin(cast, case, period="P-57", legal_day="2026-06-09", event_text="收到检察建议书")
    assert not cautions(case, letter, date(2026, 6, 8))
    assert len(cautions(case, letter, date(2026, 6, 9))) == 1
    assert len(cautions(case, letter, row.effective_day)) == 1
    assert not cautions(case, letter, date(2026, 8, 11))
    assert not cautions(case, TYPES["D-76"], date(2026, 6, 9))
    with on(2026, 7, 1):
        done(cast, row, "2026-07-01")
    assert len(cautions(case, letter, date(2026, 6, 30))) == 1
    assert not cautions(case, letter, date(2026, 7, 1))
