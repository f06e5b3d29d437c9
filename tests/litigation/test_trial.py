"""From the preparation to the debate (T25 to T29, T53; law 3.7)."""

from __future__ import annotations

from datetime import date

import pytest

from audit.errors import Invalid, Refusal
from cases.models import Case, Event, Task
from cases.services import acts, back_entry, checklists
from cases.states import CaseState
from deadlines.models import Deadline, DeadlineState
from litigation import selectors
from litigation.models import Claim, ClaimStatus
from tests.litigation import suit
from tests.litigation.suit import deadline
from tests.support.days import on
from tests.support.documents import filed
from tests.support.guards import codes
from tests.support.matters import force, happen, record, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def stage(trial_stage):
    """Every test of this file begins with the case of `trial`."""
    return trial_stage


@pytest.fixture(scope="module", autouse=True)
def brought_so_far(room) -> None:
    """The tests work in a clone of the stage."""


@pytest.fixture
def case(cast) -> Case:
    """A case the office has decided to sue in; the clock stands on 6 May 2026."""
    with on(2026, 5, 6):
        yield suit.suit_decided(cast)


# --- preparation ---------------------------------------------------------------------------------


@pytest.mark.norm("C138")
def test_the_defence_takes_fifteen_days_and_thirty_for_a_defendant_abroad(cast):
    with on(2026, 5, 20):
        case = suit.suit_accepted(cast)
        abroad = suit.second_defendant(cast, case, abroad=True)
        here = suit.defendants(case)[0]
        for party in (here, abroad):
            facts = {"legal_day": "2026-05-11", "defendant": party.pk}
            record(cast.handler, case, "S12", facts, {"paper": upload()})
        assert selectors.period_of_defendant(case, "P-23", str(here.pk)).effective_day == date(
            2026, 5, 26
        )
        assert selectors.period_of_defendant(case, "P-23", str(abroad.pk)).effective_day == date(
            2026, 6, 10
        )
        facts = {"legal_day": "2026-05-12", "defendant": here.pk}
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "S12", facts, {"paper": upload()})
        assert codes(refused) == ["served_once"]


@pytest.mark.norm("C056")
def test_the_notice_to_the_departments_ends_its_ten_days(pending, cast):
    assert deadline(pending, "P-22").effective_day == date(2026, 5, 18)
    facts = {"legal_day": "2026-05-18", "departments": "某市互联网信息办公室"}
    record(cast.handler, pending, "S14", facts, {"paper": upload()})
    assert deadline(pending, "P-22").state == DeadlineState.MET


@pytest.mark.norm("C140")
def test_an_evidence_period_of_fourteen_days_is_a_warning(cast):
    with on(2026, 5, 20):
        case = suit.suit_accepted(cast)
        facts = {"legal_day": "2026-05-12", "evidence_until": "2026-05-26"}
        event = record(cast.handler, case, "T25", facts, {"paper": upload()})
        assert event.facts["evidence_days"] == 14
        declaration = acts.declaration_of(case, "T25")
        [line] = checklists.checklist(declaration, case, event.facts)
        assert line.verdict.met
        assert line.verdict.warning


@pytest.mark.norm("C140")
def test_the_evidence_period_ends_on_the_day_the_court_names_and_with_the_hearing(cast):
    with on(2026, 5, 20):
        case = suit.suit_accepted(cast)
        facts = {"legal_day": "2026-05-12", "evidence_until": "2026-05-30"}
        record(cast.handler, case, "T25", facts, {"paper": upload()})
    row = case.deadlines.get(rule="P-24a")
    # 30 May is a Saturday.
    assert (row.nominal_day, row.effective_day) == (date(2026, 5, 30), date(2026, 6, 1))
    assert (row.duty_holder, row.state) == (cast.handler, "open")
    with on(2026, 6, 3):
        happen(case, "hearing_held", date(2026, 6, 3))
    row.refresh_from_db()
    assert row.state == "met"


@pytest.mark.norm("C137")
def test_another_body_joins_only_with_leave_and_before_the_hearing(pending, cast):
    facts = {"legal_day": "2026-05-18", "plaintiff": "某省消费者委员会"}
    with pytest.raises(Refusal) as refused:
        record(cast.handler, pending, "T26", facts, {"paper": upload()})
    assert codes(refused) == ["court_permits_joining"]
    record(cast.handler, pending, "T26", facts | {"permitted": "on"}, {"paper": upload()})


@pytest.mark.norm("C137")
def test_another_body_joins_after_the_notice_of_the_hearing_and_not_after_the_hearing(trial, cast):
    facts = {"plaintiff": "某省消费者委员会", "permitted": "on"}
    early, late = facts | {"legal_day": "2026-06-12"}, facts | {"legal_day": "2026-06-22"}
    record(cast.handler, trial, "T26", early, {"paper": upload()})
    force(trial, "S18", date(2026, 6, 15), actor=cast.handler)
    with pytest.raises(Refusal) as refused:
        record(cast.handler, trial, "T26", late, {"paper": upload()})
    assert codes(refused) == ["before_the_hearing"]
    assert refused.value.unmet[0].law == "CPLI 285"
    # A paper entered late tells of a day before the hearing.
    record(cast.handler, trial, "T26", early, {"paper": upload()})


@pytest.mark.norm("C137")
def test_after_a_remand_another_body_joins_until_the_instance_has_its_own_hearing(cast):
    with on(2026, 8, 3):
        case = suit.on_appeal(cast)
        force(case, "T54", date(2026, 7, 20), actor=cast.handler)
        assert selectors.first_hearing(case) is None
        facts = {"plaintiff": "某省消费者委员会", "permitted": "on", "legal_day": "2026-08-03"}
        record(cast.handler, case, "T26", facts, {"paper": upload()})


@pytest.mark.norm("C057")
def test_a_counterclaim_is_recorded_as_refused_and_opens_no_claim(pending, cast):
    before = Claim.objects.filter(case=pending).count()
    facts = {
        "legal_day": "2026-05-18",
        "defendant": suit.defendants(pending)[0].pk,
        "content": "要求赔偿名誉损失",
    }
    record(cast.handler, pending, "T27", facts, {"paper": upload()})
    assert Claim.objects.filter(case=pending).count() == before


@pytest.mark.norm("C058")
def test_nothing_is_announced_a_second_time_before_the_court(pending):
    offered = {item.code for item in acts.machine_of(pending).leaving(pending.state)}
    assert "T12" not in offered


def test_the_case_moves_on_an_objection_only_within_the_time_of_the_defence(pending, cast):
    facts = {
        "legal_day": "2026-05-20",
        "court": suit.intermediate_court().pk,
        "court_case_number": "（2026）浙01民初9号",
        "cause": "objection",
        "objector": suit.defendants(pending)[0].pk,
        "objected_on": "2026-05-27",
        "reason": "管辖权异议成立",
    }
    with pytest.raises(Refusal) as refused:
        record(cast.handler, pending, "T53", facts, {"paper": upload()})
    assert codes(refused) == ["objection_in_time"]
    record(cast.handler, pending, "T53", facts | {"objected_on": "2026-05-18"}, {"paper": upload()})
    assert selectors.court_of(pending) == suit.intermediate_court()
    assert selectors.court_case_number(pending) == "（2026）浙01民初9号"

    own = Deadline.objects.get(case=pending, rule="P-31")
    assert (own.about, own.effective_day) == (pending.office.name, date(2026, 6, 1))


def objection_refused(cast, case, party, day: str) -> Event:
    """Record that the court refused a defendant's objection to its jurisdiction."""
    facts = {
        "legal_day": day,
        "objector": party.pk,
        "objected_on": "2026-05-18",
        "ruling_number": "（2026）浙0192民初1号之一",
        "reason": "本院有管辖权",
    }
    return record(cast.handler, case, "S61", facts, {"ruling": upload()})


def test_a_refused_objection_starts_the_objectors_ten_days_and_the_case_stays(pending, cast):
    [party] = suit.defendants(pending)
    with pytest.raises(Invalid) as refused:
        objection_refused(cast, pending, party, "2026-05-15")
    assert "objected_on" in refused.value.errors
    objection_refused(cast, pending, party, "2026-05-20")
    assert pending.state == CaseState.PRETRIAL
    row = Deadline.objects.get(case=pending, rule="P-31")
    assert (row.about, row.effective_day) == (party.name, date(2026, 6, 1))


def test_the_clock_of_a_rejection_is_not_that_of_an_objection_refused_before_it(pending, cast):
    [party] = suit.defendants(pending)
    objection_refused(cast, pending, party, "2026-05-20")
    with on(2026, 7, 6):
        ruling = {"rejection": "dismissed", "ruling_number": "1", "reason": "理由"}
        facts = ruling | {"legal_day": "2026-07-01"}
        record(cast.handler, pending, "T23", facts, {"ruling": upload()})
        facts = {"legal_day": "2026-07-06"}
        record(cast.handler, pending, "S27", facts, {"receipt": upload()})
    rows = Deadline.objects.filter(case=pending, rule="P-31").select_related("start_event")
    states = {row.start_event.kind: row.state for row in rows}
    assert states["suit_rejected"] == DeadlineState.MET
    assert states["jurisdiction_objection_refused"] != DeadlineState.MET


def jurisdiction_appealed(cast, case, ruling, day: str) -> Event:
    """Record that the party on whom a ruling on jurisdiction was served appealed."""
    facts = {"legal_day": day, "ruling": str(ruling.pk)}
    return record(cast.handler, case, "S61-2", facts, {"paper": upload()})


def test_an_appeal_against_a_ruling_on_jurisdiction_stops_the_ten_days_of_that_party_alone(
    pending, cast
):
    first, other = [*suit.defendants(pending), suit.second_defendant(cast, pending)]
    with on(2026, 6, 3):
        ruling = objection_refused(cast, pending, first, "2026-05-20")
        again = objection_refused(cast, pending, other, "2026-05-22")
        with pytest.raises(Refusal) as late:
            jurisdiction_appealed(cast, pending, ruling, "2026-06-02")
        jurisdiction_appealed(cast, pending, again, "2026-06-01")
        with pytest.raises(Refusal) as twice:
            jurisdiction_appealed(cast, pending, again, "2026-06-01")
    assert codes(late) == codes(twice) == ["jurisdiction_appeal_in_time"]
    rows = Deadline.objects.filter(case=pending, rule="P-31")
    assert rows.get(start_event=ruling).state != DeadlineState.MET
    assert rows.get(start_event=again).state == DeadlineState.MET


def test_this_office_appeals_against_the_ruling_that_moved_the_case(pending, cast):
    facts = {"court": suit.intermediate_court().pk, "party": "office", "cause": "transfer"}
    ruling = force(pending, "T53", date(2026, 5, 20), actor=cast.handler, **facts)
    jurisdiction_appealed(cast, pending, ruling, "2026-05-20")
    assert deadline(pending, "P-31").state == DeadlineState.MET


@pytest.mark.parametrize("change", [{"ruling": "1"}, {"ruling": ""}])
def test_an_appeal_against_no_ruling_on_jurisdiction_is_refused(pending, cast, change):
    facts = {"legal_day": "2026-05-20"} | change
    with pytest.raises(Invalid) as refused:
        record(cast.handler, pending, "S61-2", facts, {"paper": upload()})
    assert list(refused.value.errors) == ["ruling"]


def more_time(cast, case, until: str, by: str = "president") -> Event:
    """Record that the court gave more time for the trial."""
    facts = {"legal_day": "2026-05-20", "by": by, "until": until}
    return record(cast.handler, case, "S09", facts, {"paper": upload()})


@pytest.mark.norm("C139")
def test_more_time_for_the_trial_names_a_later_day(pending, cast):
    with pytest.raises(Refusal) as refused:
        more_time(cast, pending, "2026-11-09")
    assert codes(refused) == ["trial_end_is_later"]
    more_time(cast, pending, "2026-11-10")
    assert deadline(pending, "P-27").effective_day == date(2026, 11, 10)


@pytest.mark.norm("C139")
def test_the_president_gives_six_months_and_the_superior_court_more(pending, cast):
    force(pending, "S08", date(2026, 5, 12), actor=cast.handler)
    began = pending.events.get(kind="trial_time_excluded")
    force(pending, "S08-2", date(2026, 5, 20), actor=cast.handler, exclusion=str(began.pk))
    # What the president names first takes in what stood still until then, and takes nothing from his time.
    more_time(cast, pending, "2027-01-15")
    # Twelve months from 8 May, and eight days that do not count: 16 May 2027 is a Sunday.
    with pytest.raises(Refusal) as refused:
        more_time(cast, pending, "2027-05-18")
    assert codes(refused) == ["president_gives_six_months"]
    more_time(cast, pending, "2027-05-17")
    more_time(cast, pending, "2027-09-30", "superior")
    assert deadline(pending, "P-27").nominal_day >= date(2027, 9, 30)


def test_an_old_approval_of_more_than_six_months_is_entered_with_a_warning(pending, cast):
    facts = {"by": "president", "until": "2027-06-30"}
    back_entry.ask_for_back_entry(actor=cast.handler, matter=pending, reason="补录旧案")
    back_entry.agree_to_back_entry(actor=cast.head, matter=pending)
    lines = checklists.checklist(acts.declaration_of(pending, "S09"), pending, facts)
    verdict = next(x.verdict for x in lines if x.code == "president_gives_six_months")
    assert (verdict.met, verdict.warning) == (True, True)


@pytest.mark.norm("C139")
def test_time_that_does_not_count_lengthens_the_trial_period(pending, cast):
    assert deadline(pending, "P-27").effective_day == date(2026, 11, 9)
    facts = {"legal_day": "2026-05-12", "cause": "appraisal"}
    began = record(cast.handler, pending, "S08", facts, {"paper": upload()})
    assert deadline(pending, "P-27").at_least
    facts = {"legal_day": "2026-05-20", "exclusion": began.pk}
    record(cast.handler, pending, "S08-2", facts, {"paper": upload()})
    assert deadline(pending, "P-27").effective_day == date(2026, 11, 16)


# --- trial ---------------------------------------------------------------------------------------


NOTICE = {
    "legal_day": "2026-06-08",
    "hearing_on": "2026-06-15",
    "place": "第一法庭",
    "duties": "检察官，出庭支持起诉",
}


@pytest.mark.norm("C059")
def test_an_assistant_alone_does_not_attend(cast):
    with on(2026, 6, 8):
        case = suit.in_preparation(cast)
        facts = NOTICE | {"staff": [cast.assistant.pk]}
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "T29", facts, {"paper": upload()})
        assert codes(refused) == ["a_prosecutor_attends"]
        facts = NOTICE | {"staff": [cast.handler.pk, cast.assistant.pk]}
        record(cast.handler, case, "T29", facts, {"paper": upload()})
        assert case.state == CaseState.TRIAL
        assert deadline(case, "P-13").effective_day == date(2026, 6, 11)


def notice(cast, case, day: str, hearing: str) -> Event:
    """Record the court's notice of a further hearing."""
    facts = NOTICE | {"legal_day": day, "hearing_on": hearing, "staff": [cast.handler.pk]}
    return record(cast.handler, case, "T29-2", facts, {"paper": upload()})


def test_a_second_hearing_has_its_notice_and_its_three_days(trial, cast):
    force(trial, "S17", date(2026, 6, 9), actor=cast.handler)
    force(trial, "S18", date(2026, 6, 15), actor=cast.handler)
    event = notice(cast, trial, "2026-06-22", "2026-06-29")
    assert (trial.state, event.to_state) == (CaseState.TRIAL, "")
    second = Deadline.objects.get(case=trial, rule="P-13", start_event=event)
    assert (second.effective_day, second.state) == (date(2026, 6, 25), DeadlineState.OPEN)
    force(trial, "S17", date(2026, 6, 22), actor=cast.handler)
    second.refresh_from_db()
    assert second.state == DeadlineState.MET


def test_a_late_notice_of_a_second_hearing_is_a_warning_and_an_assistant_alone_does_not_attend(
    trial, cast
):
    event = notice(cast, trial, "2026-06-22", "2026-06-24")
    lines = checklists.checklist(acts.declaration_of(trial, "T29-2"), trial, event.facts)
    assert [line.code for line in lines if line.verdict.warning] == ["hearing_notice_in_time"]
    alone = NOTICE | {"hearing_on": "2026-06-29", "staff": [cast.assistant.pk]}
    with pytest.raises(Refusal) as refused:
        record(cast.handler, trial, "T29-2", alone, {"paper": upload()})
    assert codes(refused) == ["a_prosecutor_attends"]


def test_after_a_remand_the_new_hearing_has_its_notice_and_its_three_days(cast):
    with on(2026, 8, 3):
        case = suit.on_appeal(cast)
        force(case, "T54", date(2026, 7, 20), actor=cast.handler)
        event = notice(cast, case, "2026-08-03", "2026-08-10")
        clock = Deadline.objects.get(case=case, rule="P-13", start_event=event)
        assert clock.effective_day == date(2026, 8, 6)


@pytest.mark.norm("C060")
def test_the_notice_of_attending_staff_names_posts_and_duties(trial, cast):
    facts = {"legal_day": "2026-06-10", "staff": [cast.handler.pk], "duties": " "}
    with pytest.raises(Invalid) as refused:
        record(cast.handler, trial, "S17", facts, {"receipt": upload()})
    assert "duties" in refused.value.errors
    filed(trial, "D-50", cast.clerk, cast.chief)
    facts = {"legal_day": "2026-06-22", "staff": [cast.handler.pk], "duties": "检察官"}
    record(cast.handler, trial, "S17", facts, {"receipt": upload()})
    assert deadline(trial, "P-13").state == DeadlineState.MET


def test_the_notice_of_attending_staff_answers_the_notice_that_came_before_it(trial, cast):
    with on(2026, 6, 9):
        filed(trial, "D-50", cast.clerk, cast.chief)
    facts = {"staff": [cast.handler.pk], "duties": "检察官"}
    with pytest.raises(Refusal) as refused:
        record(
            cast.handler, trial, "S17", facts | {"legal_day": "2026-06-07"}, {"receipt": upload()}
        )
    assert codes(refused) == ["attendance_follows_notice"]
    notice(cast, trial, "2026-06-22", "2026-06-29")
    # What answers the first notice may be entered after the second has come, and does not answer that.
    record(cast.handler, trial, "S17", facts | {"legal_day": "2026-06-21"}, {"receipt": upload()})
    states = Deadline.objects.filter(case=trial, rule="P-13").order_by("start_event_id")
    assert [row.state for row in states] == [DeadlineState.MET, DeadlineState.OPEN]


def defended(cast, case, party, day: str) -> Event:
    """Record the defence of a defendant."""
    facts = {"legal_day": day, "defendant": party.pk, "content": "不同意诉讼请求"}
    return record(cast.handler, case, "S13", facts, {"paper": upload()})


def test_a_defence_comes_from_a_defendant_served_before_it(pending, cast):
    first, other = [*suit.defendants(pending), suit.second_defendant(cast, pending)]
    for party, day in ((first, "2026-05-10"), (other, "2026-05-12")):
        with pytest.raises(Refusal) as refused:
            defended(cast, pending, party, day)
        assert codes(refused) == ["complaint_reached_defendant"]
    defended(cast, pending, first, "2026-05-12")
    assert deadline(pending, "P-23").state == DeadlineState.MET


HEARING = {
    "legal_day": "2026-06-15",
    "duties": "检察官",
    "judges": 3,
    "assessors": 4,
    "course": "宣读起诉书，举证质证。",
}


@pytest.mark.norm("C061")
def test_a_panel_of_three_is_a_warning(trial, cast):
    facts = HEARING | {"staff": [cast.handler.pk], "judges": 1, "assessors": 2}
    event = record(cast.handler, trial, "S18", facts, {"record": upload()})
    lines = checklists.checklist(acts.declaration_of(trial, "S18"), trial, event.facts)
    [line] = [line for line in lines if line.code == "panel_of_seven"]
    assert line.verdict.met
    assert line.verdict.warning


def change(cast, case, **act):
    facts = {
        "change": "replace",
        "claim": Claim.objects.filter(case=case).first().pk,
        "kind": "K1",
        "text": "停止侵害并删除。",
        "why": "根据法院释明",
    }
    filed(case, "D-54", cast.clerk, cast.chief)
    given = {"legal_day": "2026-06-22", "files": ("receipt", *act.pop("files", ()))}
    return suit.carry_out(cast, case, "T28", facts, given | act)


@pytest.mark.norm("C062")
def test_a_changed_claim_takes_the_place_of_the_old_one(trial, cast):
    change(cast, trial)
    old, new = Claim.objects.get(case=trial, number=1), Claim.objects.get(case=trial, number=3)
    assert (old.status, new.status) == (ClaimStatus.REPLACED, ClaimStatus.STANDING)
    assert (new.replaces, new.kind) == (old, "K1")


@pytest.mark.norm("C062")
def test_after_the_debate_a_change_needs_the_courts_record(cast):
    with on(2026, 6, 22):
        case = suit.in_trial(cast, debate_closed=True)
        with pytest.raises(Refusal) as refused:
            change(cast, case)
        assert codes(refused) == ["debate_open_or_court_record"]
    with on(2026, 6, 22):
        other = suit.in_trial(cast, debate_closed=True)
        change(cast, other, files=("court_record",))
        assert Claim.objects.filter(case=other, status="replaced").exists()


@pytest.mark.norm("C063")
def test_an_explanation_of_the_court_asks_for_a_decision_and_opens_its_task(trial, cast):
    facts = {"legal_day": "2026-06-15", "explanation": "请求不足以保护公益", "why": "采纳"}
    with pytest.raises(Invalid) as refused:
        record(cast.handler, trial, "S15", facts)
    assert {"outcome", "paper"} <= set(refused.value.errors)
    record(cast.handler, trial, "S15", facts | {"outcome": "change"}, {"paper": upload()})
    assert Task.objects.filter(case=trial, kind="court_explained", state="open").count() == 1
    change(cast, trial)
    assert not Task.objects.filter(case=trial, kind="court_explained", state="open").exists()
