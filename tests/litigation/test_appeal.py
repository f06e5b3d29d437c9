"""Appeal, second instance, retrial (T37, T39, T40, T54 to T57; law 3.7)."""

from __future__ import annotations

from datetime import date

import pytest

from audit.errors import Invalid, Refusal
from cases.models import Case, Event, Task
from cases.services import acts, checklists
from cases.states import CaseState
from deadlines.models import Deadline, DeadlineState
from litigation import selectors
from litigation.models import Judgment
from tests.litigation import suit
from tests.litigation.suit import deadline
from tests.support.days import on
from tests.support.documents import filed
from tests.support.guards import codes
from tests.support.matters import approve, force, propose, record, upload

pytestmark = pytest.mark.django_db
SERVED = "2026-06-24"


@pytest.fixture(scope="session")
def stage(judged_stage):
    """Every test of this file begins with the case of `judged`."""
    return judged_stage


@pytest.fixture(scope="module", autouse=True)
def brought_so_far(room) -> None:
    """The tests work in a clone of the stage."""


@pytest.fixture
def appealed(cast, judged) -> Case:
    """A case a defendant has appealed in; the clock stands on 3 August 2026."""
    with on(2026, 8, 3):
        yield suit.on_appeal(cast, judged)


@pytest.fixture
def effective(cast, judged) -> Case:
    """A case whose judgment took effect on 10 July 2026; the clock stands on 3 August."""
    with on(2026, 8, 3):
        yield suit.effective(cast, judged)


# --- appeal --------------------------------------------------------------------------------------


def opponent(cast, case, day: str, **facts):
    given = {
        "legal_day": day,
        "received_on": day,
        "party": str(suit.defendants(case)[0].pk),
        "content": "请求改判",
    }
    return record(cast.handler, case, "T37-2", given | facts, {"paper": upload()})


@pytest.mark.norm("C069", "C072")
def test_a_defendant_appeals_in_time_and_the_office_forwards_it_in_three_days(judged, cast):
    suit.served(cast, judged, date(2026, 6, 24))
    with on(2026, 7, 9):
        opponent(cast, judged, "2026-07-09")
        assert judged.state == CaseState.SECOND_INSTANCE
        assert deadline(judged, "P-06").effective_day == date(2026, 7, 13)
        facts = {"legal_day": "2026-07-09", "party": str(suit.defendants(judged)[0].pk)}
        record(cast.handler, judged, "S24", facts, {"paper": upload()})
        assert deadline(judged, "P-06").state == DeadlineState.MET


@pytest.mark.norm("C069")
def test_an_appeal_after_the_period_is_refused_with_the_way_out(judged, cast):
    suit.served(cast, judged, date(2026, 6, 24))
    with on(2026, 7, 10):
        with pytest.raises(Refusal) as refused:
            opponent(cast, judged, "2026-07-10")
        assert codes(refused) == ["appeal_in_time"]
        [unmet] = refused.value.unmet
        assert "2026-07-09" in unmet.message
        assert "CPL 86" in unmet.message
        judged.refresh_from_db()
        assert judged.state == CaseState.JUDGED_FIRST
        opponent(cast, judged, "2026-07-10", leave="on")
        assert judged.state == CaseState.SECOND_INSTANCE


def own_appeal(cast, case, **act):
    given = {
        "legal_day": "2026-06-24",
        "through_original_court": "on",
        "copy_to_superior": "on",
    }
    plan = {"appealed_part": "判项二", "why": "赔偿数额过低"}
    return suit.carry_out(cast, case, "T37", plan, given | act)


@pytest.mark.norm("C070")
def test_the_office_appeals_through_the_court_that_judged_with_a_copy_upwards(judged, cast):
    suit.served(cast, judged, date(2026, 6, 24))
    filed(judged, "D-60", cast.clerk, cast.chief)
    own_appeal(cast, judged)
    assert judged.state == CaseState.SECOND_INSTANCE
    assert selectors.appellants(judged) == ["office"]
    assert selectors.period_of_party(judged, "P-30", "office").state == DeadlineState.MET


@pytest.mark.norm("C070")
@pytest.mark.parametrize("left_out", ["through_original_court", "copy_to_superior"])
def test_an_appeal_by_another_way_is_refused(judged, cast, left_out):
    suit.served(cast, judged, date(2026, 6, 24))
    filed(judged, "D-60", cast.clerk, cast.chief)
    with pytest.raises(Refusal) as refused:
        own_appeal(cast, judged, **{left_out: ""})
    assert codes(refused) == ["appeal_route"]


def order(cast, case, what: str, day: str):
    facts = {"legal_day": day, "order": what, "order_number": "1", "reason": "理由"}
    return record(cast.handler, case, "S23", facts, {"paper": upload()})


@pytest.mark.norm("C071")
def test_an_order_to_withdraw_keeps_the_office_from_appealing(judged, cast):
    suit.served(cast, judged, date(2026, 6, 24))
    order(cast, judged, "withdraw", "2026-06-24")
    assert Task.objects.filter(case=judged, kind="superior_ordered", state="open").exists()
    filed(judged, "D-60", cast.clerk, cast.chief)
    with pytest.raises(Refusal) as refused:
        propose(judged, "T37", {"appealed_part": "全部", "why": "理由"}, cast.handler)
    assert codes(refused) == ["no_order_to_withdraw"]


@pytest.mark.norm("C071")
def test_an_order_to_appeal_after_the_period_is_refused_and_one_in_time_opens_a_task(judged, cast):
    suit.served(cast, judged, date(2026, 6, 24))
    with on(2026, 7, 10), pytest.raises(Refusal) as refused:
        order(cast, judged, "appeal", "2026-07-10")
    assert codes(refused) == ["order_in_time"]
    assert "2026-07-09" in refused.value.unmet[0].message
    order(cast, judged, "appeal", "2026-06-24")
    filed(judged, "D-60", cast.clerk, cast.chief)
    own_appeal(cast, judged)
    assert not Task.objects.filter(case=judged, kind="superior_ordered", state="open").exists()


# --- second instance -----------------------------------------------------------------------------


def second_judgment(cast, case, outcome: str, code: str = "T39"):
    facts = {
        "legal_day": "2026-08-03",
        "judgment_number": "（2026）浙民终1号",
        "outcome": outcome,
        "operative_part": "驳回上诉，维持原判。",
    }
    return record(cast.handler, case, code, facts, {"paper": upload()})


def test_a_judgment_upheld_takes_effect_with_its_own_items(appealed, cast):
    second_judgment(cast, appealed, "upheld")
    assert appealed.state == CaseState.EFFECTIVE
    first = Judgment.objects.get(case=appealed, instance="first")
    assert (first.effective_on, first.set_aside_by) == (date(2026, 8, 3), None)
    assert deadline(appealed, "P-34").effective_day == date(2027, 2, 3)


def test_a_changed_judgment_takes_the_place_of_the_first(appealed, cast):
    event = second_judgment(cast, appealed, "changed")
    first = Judgment.objects.get(case=appealed, instance="first")
    assert (first.effective_on, first.set_aside_by) == (None, event)
    assert suit.judgment_of(appealed).instance == "second"


def test_a_remanded_case_is_tried_again_by_a_new_panel_with_a_new_period(appealed, cast):
    facts = {"legal_day": "2026-08-03", "ruling_number": "1", "ground": "基本事实不清"}
    with pytest.raises(Refusal) as refused:
        record(cast.handler, appealed, "T54", facts, {"paper": upload()})
    assert codes(refused) == ["new_panel"]
    record(cast.handler, appealed, "T54", facts | {"new_panel": "on"}, {"paper": upload()})
    assert appealed.state == CaseState.TRIAL
    assert not Judgment.objects.filter(case=appealed, set_aside_by__isnull=True).exists()
    assert deadline(appealed, "P-27").effective_day == date(2027, 2, 3)


def test_the_second_instance_ends_only_when_every_appeal_is_withdrawn(appealed, cast):
    first = str(suit.defendants(appealed)[0].pk)
    facts = {"legal_day": "2026-08-03", "ruling_number": "1"}
    given = facts | {"appellants": ["office"]}
    with pytest.raises(Refusal) as refused:
        record(cast.handler, appealed, "T56", given, {"paper": upload()})
    assert codes(refused) == ["every_appeal_withdrawn"]
    record(cast.handler, appealed, "T56", facts | {"appellants": [first]}, {"paper": upload()})
    assert appealed.state == CaseState.EFFECTIVE
    assert suit.judgment_of(appealed).effective_on == date(2026, 8, 3)


def test_a_further_defendant_appeals_while_the_second_instance_runs(cast):
    with on(2026, 8, 3):
        case = suit.on_appeal(cast)
        other = suit.second_defendant(cast, case)
        facts = {
            "legal_day": "2026-07-08",
            "received_on": "2026-07-10",
            "party": str(other.pk),
            "content": "请求改判",
        }
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "T37-3", facts, {"paper": upload()})
        assert codes(refused) == ["appeal_in_time"]
        suit.served(cast, case, date(2026, 6, 24), str(other.pk))
        record(cast.handler, case, "T37-3", facts, {"paper": upload()})
        assert len(selectors.appellants(case)) == 2


def test_an_answer_to_an_appeal_ends_its_fifteen_days(appealed, cast):
    facts = {"legal_day": "2026-08-03", "party": "office", "content": "请求驳回上诉"}
    with pytest.raises(Refusal) as refused:
        record(cast.handler, appealed, "S25-2", facts, {"paper": upload()})
    assert codes(refused) == ["appeal_reached_party"]
    served = {"legal_day": "2026-07-27", "party": "office"}
    record(cast.handler, appealed, "S25", served, {"paper": upload()})
    assert deadline(appealed, "P-33").effective_day == date(2026, 8, 11)
    early = facts | {"legal_day": "2026-07-26"}
    with pytest.raises(Refusal) as refused:
        record(cast.handler, appealed, "S25-2", early, {"paper": upload()})
    assert codes(refused) == ["appeal_reached_party"]
    record(cast.handler, appealed, "S25-2", facts, {"paper": upload()})
    assert deadline(appealed, "P-33").state == DeadlineState.MET


@pytest.mark.norm("C059")
def test_a_hearing_of_the_second_instance_has_its_notice_and_its_three_days(appealed, cast):
    staff = {"staff": [cast.handler.pk], "duties": "检察官，出席二审法庭"}
    notice = staff | {"legal_day": "2026-07-27", "hearing_on": "2026-08-05", "place": "第三法庭"}
    with on(2026, 7, 28):
        filed(appealed, "D-50", cast.clerk, cast.chief)
    told = staff | {"legal_day": "2026-07-28"}
    with pytest.raises(Refusal) as refused:
        record(cast.handler, appealed, "S17", told, {"receipt": upload()})
    assert codes(refused) == ["attendance_follows_notice"]
    record(cast.handler, appealed, "T29-3", notice, {"paper": upload()})
    assert appealed.state == CaseState.SECOND_INSTANCE
    assert deadline(appealed, "P-13").effective_day == date(2026, 7, 30)
    record(cast.handler, appealed, "S17", told, {"receipt": upload()})
    assert deadline(appealed, "P-13").state == DeadlineState.MET


def test_a_second_instance_that_ends_without_its_hearing_asks_for_nobody_any_more(appealed, cast):
    force(appealed, "T29-3", date(2026, 8, 3), actor=cast.handler, hearing_on="2026-08-10")
    force(appealed, "T56", date(2026, 8, 3), actor=cast.handler, appellants=[])
    assert deadline(appealed, "P-13").state == DeadlineState.CANCELLED


def test_a_settlement_at_second_instance_goes_back_there_when_it_is_refused(appealed, cast):
    filed(appealed, "D-59", cast.clerk, cast.chief)
    act = {
        "legal_day": "2026-08-03",
        "agreed_on": "2026-08-01",
        "medium": "公告网",
        "files": ("agreement", "publication"),
    }
    suit.carry_out(cast, appealed, "T55", {"terms": "全部履行"} | suit.met(appealed), act)
    assert appealed.state == CaseState.SETTLEMENT_ANNOUNCED
    facts = {"legal_day": "2026-08-03", "reason": "损害公共利益"}
    with pytest.raises(Refusal) as refused:
        record(cast.handler, appealed, "T32", facts, {"paper": upload()})
    assert codes(refused) == ["settled_in_trial"]
    record(cast.handler, appealed, "T32-2", facts, {"paper": upload()})
    assert appealed.state == CaseState.SECOND_INSTANCE


# --- retrial -------------------------------------------------------------------------------------


def retrial(cast, case, ground: str):
    facts = {"legal_day": "2026-08-03", "ground": ground, "explanation": "原判决确有错误"}
    return record(cast.handler, case, "T40", facts, {"paper": upload()})


def test_a_retrial_changes_the_judgment_or_leaves_it(effective, cast):
    retrial(cast, effective, "own_review")
    assert effective.state == CaseState.RETRIAL
    judged_again(cast, effective, "second", "2026-08-03")
    assert effective.state == CaseState.EFFECTIVE
    judgment = suit.judgment_of(effective)
    assert (judgment.instance, judgment.effective_on) == ("retrial", date(2026, 8, 3))


def judged_again(cast, case, procedure: str, day: str, pronounced: str = "2026-08-03"):
    """Record the judgment of a retrial as effective from a day on."""
    facts = {
        "legal_day": day,
        "pronounced_on": pronounced,
        "procedure": procedure,
        "judgment_number": "（2026）浙民再1号",
        "outcome": "changed",
        "operative_part": "变更原判决第二项。",
    }
    return record(cast.handler, case, "T57", facts, {"paper": upload()})


@pytest.mark.norm("C069")
def test_a_retrial_at_first_instance_takes_effect_after_the_period_of_every_party(effective, cast):
    retrial(cast, effective, "own_review")
    with on(2026, 9, 4):
        with pytest.raises(Refusal) as refused:
            judged_again(cast, effective, "first", "2026-09-04")
        assert codes(refused) == ["retrial_judgment_is_final"]
        assert "某科技有限公司" in refused.value.unmet[0].message
        [party] = suit.defendants(effective)
        for key, day in (("office", "2026-08-17"), (str(party.pk), "2026-08-19")):
            facts = {"legal_day": day, "party": key}
            record(cast.handler, effective, "S19", facts, {"paper": upload()})
        clocks = Deadline.objects.filter(case=effective, rule="P-30", state=DeadlineState.OPEN)
        assert [row.effective_day for row in clocks.order_by("effective_day")] == [
            date(2026, 9, 1),
            date(2026, 9, 3),
        ]
        with pytest.raises(Refusal) as refused:
            judged_again(cast, effective, "first", "2026-09-03")
        assert "2026-09-03" in refused.value.unmet[0].message
        judged_again(cast, effective, "first", "2026-09-04")
    judgment = suit.judgment_of(effective)
    assert (judgment.pronounced_on, judgment.effective_on) == (date(2026, 8, 3), date(2026, 9, 4))
    assert not Deadline.objects.filter(case=effective, rule="P-30", state="open").exists()


def test_a_retrial_judgment_does_not_take_effect_before_it_was_pronounced(effective, cast):
    retrial(cast, effective, "own_review")
    with on(2026, 9, 4), pytest.raises(Invalid) as refused:
        judged_again(cast, effective, "second", "2026-08-31", pronounced="2026-09-01")
    assert "legal_day" in refused.value.errors


@pytest.mark.parametrize(
    ("make", "usual", "unusual"),
    [(suit.effective, "first", "second"), (suit.on_appeal, "second", "first")],
)
def test_a_procedure_other_than_that_of_the_instance_retried_is_a_warning(
    cast, make, usual, unusual
):
    with on(2026, 9, 4):
        case = make(cast)
        if case.state == CaseState.SECOND_INSTANCE:
            second_judgment(cast, case, "upheld")
        force(case, "T40", date(2026, 8, 3), actor=cast.handler)
        suit.served(cast, case, date(2026, 8, 17))
        for procedure, warned in ((usual, False), (unusual, True)):
            facts = {"procedure": procedure, "legal_day": "2026-09-02"}
            [line] = checklists.checklist(acts.declaration_of(case, "T57"), case, facts)
            assert (line.verdict.met, line.verdict.warning) == (True, warned)


@pytest.mark.norm("C075")
def test_a_protest_is_entered_before_the_retrial_it_brings_about(effective, cast):
    with pytest.raises(Refusal) as refused:
        retrial(cast, effective, "protest")
    assert codes(refused) == ["retrial_ground_fits"]
    facts = {
        "legal_day": "2026-07-27",
        "superior": effective.office.parent_id,
        "document_number": "1",
    }
    record(cast.handler, effective, "S26-2", facts, {"paper": upload()})
    assert deadline(effective, "P-35").effective_day == date(2026, 8, 26)
    retrial(cast, effective, "protest")
    assert deadline(effective, "P-35").state == DeadlineState.MET


def test_a_judgment_is_not_tried_again_on_the_ground_of_a_mediation_document(effective, cast):
    with pytest.raises(Refusal) as refused:
        retrial(cast, effective, "mediation")
    assert codes(refused) == ["retrial_ground_fits"]


@pytest.mark.norm("C076")
def test_an_application_for_retrial_comes_within_six_months(effective, cast):
    facts = {"legal_day": "2027-01-12", "applicant": "被告", "ground": "有新的证据"}
    with on(2027, 1, 12):
        with pytest.raises(Refusal) as refused:
            record(cast.handler, effective, "S26", facts, {"paper": upload()})
        assert codes(refused) == ["retrial_application_in_time"]
        given = facts | {"knowledge_ground": "on"}
        record(cast.handler, effective, "S26", given, {"paper": upload()})
        assert deadline(effective, "P-37").effective_day >= date(2027, 4, 12)


def applied(cast, case, day: str, applicant: str) -> Event:
    """Record that the court received an application for retrial."""
    facts = {"legal_day": day, "applicant": applicant, "ground": "有新的证据"}
    return record(cast.handler, case, "S26", facts, {"paper": upload()})


def refuse_retrial(cast, case, application: Event, day: str) -> Event:
    """Record that the court refused an application for retrial."""
    facts = {
        "legal_day": day,
        "application": str(application.pk),
        "ruling_number": "（2026）浙民申1号",
        "reason": "不符合再审条件",
    }
    return record(cast.handler, case, "S26-3", facts, {"ruling": upload()})


def test_a_refused_application_for_retrial_ends_its_own_three_months_alone(effective, cast):
    first = applied(cast, effective, "2026-07-27", "被告一")
    second = applied(cast, effective, "2026-07-28", "被告二")
    with pytest.raises(Refusal) as early:
        refuse_retrial(cast, effective, second, "2026-07-27")
    refuse_retrial(cast, effective, second, "2026-08-03")
    with pytest.raises(Refusal) as twice:
        refuse_retrial(cast, effective, second, "2026-08-03")
    assert codes(early) == codes(twice) == ["retrial_application_waits"]
    rows = Deadline.objects.filter(case=effective, rule="P-37")
    assert rows.get(start_event=second).state == DeadlineState.MET
    assert rows.get(start_event=first).state == DeadlineState.OPEN
    assert effective.state == CaseState.EFFECTIVE


def test_an_application_is_refused_while_the_judgment_is_performed(effective, cast):
    application = applied(cast, effective, "2026-07-27", "被告一")
    force(effective, "T41", date(2026, 8, 3), actor=cast.handler)
    refuse_retrial(cast, effective, application, "2026-08-03")
    assert deadline(effective, "P-37").state == DeadlineState.MET


def test_a_retrial_that_is_ordered_answers_every_application(effective, cast):
    for number in (1, 2):
        applied(cast, effective, "2026-07-27", f"被告{number}")
    force(effective, "T40", date(2026, 8, 3), actor=cast.handler, ground="application")
    states = set(
        Deadline.objects.filter(case=effective, rule="P-37").values_list("state", flat=True)
    )
    assert states == {DeadlineState.MET}


def test_an_act_approved_is_an_event_of_its_own(judged, cast):
    suit.served(cast, judged, date(2026, 6, 24))
    filed(judged, "D-60", cast.clerk, cast.chief)
    proposal = propose(judged, "T37", {"appealed_part": "全部", "why": "理由"}, cast.handler)
    approve(proposal, cast.head, cast.chief)
    judged.refresh_from_db()
    event = judged.events.get(kind="act_approved")
    assert (event.facts, event.to_state) == ({"transition": "T37"}, "")
    assert judged.state == CaseState.JUDGED_FIRST


@pytest.mark.norm("C073")
def test_at_second_instance_both_offices_appear(appealed, cast):
    facts = {
        "legal_day": "2026-08-03",
        "staff": [cast.handler.pk],
        "duties": "检察官",
        "course": "阅卷后开庭。",
    }
    alone = warning_of(appealed, "S18-2", "both_offices_appear", facts)
    assert (alone.met, alone.warning) == (True, True), "it was held all the same"
    given = facts | {"superior_staff": "江州市人民检察院 陈检察官"}
    assert not warning_of(appealed, "S18-2", "both_offices_appear", given).warning
    record(cast.handler, appealed, "S18-2", facts, {"record": upload()})
    record(cast.handler, appealed, "S18-2", given, {"record": upload()})
    assert appealed.state == CaseState.SECOND_INSTANCE


def warning_of(case, code, guard, facts):
    lines = checklists.checklist(acts.declaration_of(case, code), case, facts)
    return next(line.verdict for line in lines if line.code == guard)


@pytest.mark.norm("C069")
def test_this_office_appeals_in_its_own_period_after_a_defendant_did(cast):
    with on(2026, 7, 9):
        case = suit.on_appeal(cast)
        filed(case, "D-60", cast.clerk, cast.chief)
        plan = {"appealed_part": "全部", "why": "赔偿数额不足"}
        act = {"legal_day": "2026-07-09", "through_original_court": "on", "copy_to_superior": "on"}
        suit.carry_out(cast, case, "T37-4", plan, act)
        assert case.state == CaseState.SECOND_INSTANCE
        assert selectors.appellants(case) == ["office", str(suit.defendants(case)[0].pk)]
        with pytest.raises(Refusal) as refused:
            propose(case, "T37-4", plan, cast.handler)
    assert "office_has_not_appealed" in codes(refused)


@pytest.mark.norm("C074")
def test_the_office_that_sued_does_not_protest_itself(effective, cast):
    facts = {"legal_day": "2026-07-27", "document_number": "1"}
    own = facts | {"superior": effective.office_id}
    with pytest.raises(Invalid) as refused:
        record(cast.handler, effective, "S26-2", own, {"paper": upload()})
    assert "superior" in refused.value.errors
