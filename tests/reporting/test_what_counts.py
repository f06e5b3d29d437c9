"""What is counted, on which day, for whom, and what never is."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Role
from cases.models import Case, Event, Lead
from cases.states import AdministrativeState, CaseState
from deadlines.models import Deadline
from reporting import selectors
from reporting.phases import CLOSED, PHASES
from tests.administrative import board_rows as rows
from tests.reporting.asking import figures, number, scope_of
from tests.support.matters import happen, make_case, make_lead, stand_aside
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
ACTS = "items.investigative_acts"
JULY = {"first": "2026-07-01", "last": "2026-07-31"}
JUNE = {"first": "2026-06-01", "last": "2026-06-30"}


@pytest.fixture
def case(cast) -> Case:
    return make_case(cast, after=400)


def act(case: Case, day: date, **rest) -> Event:
    return happen(case, "investigative_act", day, actor=case.created_by, **rest)


# --- which events -----------------------------------------------------------------------------------


def test_an_event_counts_on_the_first_and_the_last_day_of_the_time_and_not_beside_it(cast, case):
    before = number(cast.chief, ACTS, **JULY)
    for day in (date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 1)):
        act(case, day)
    assert number(cast.chief, ACTS, **JULY) == before + 2


def test_a_corrected_event_counts_once_and_on_the_day_of_its_last_correction(cast, case):
    july, june = (number(cast.chief, ACTS, **time) for time in (JULY, JUNE))
    event = act(case, date(2026, 7, 3))
    for day in (date(2026, 5, 3), date(2026, 6, 3)):
        happen(case, "event_corrected", day, actor=cast.handler, corrects=event, reason="误录")
    assert number(cast.chief, ACTS, **JULY) == july
    assert number(cast.chief, ACTS, **JUNE) == june + 1
    listed = selectors.listed(scope_of(cast.chief, **JUNE), ACTS)
    assert event in listed.rows


def test_an_annulled_event_and_a_copy_of_another_offices_event_do_not_count(cast, case):
    before = number(cast.chief, ACTS, **JULY)
    event = act(case, date(2026, 7, 3))
    happen(case, "transition_annulled", date(2026, 7, 4), annuls=event, reason="误录")
    act(case, date(2026, 7, 5), copied_from=event)
    assert number(cast.chief, ACTS, **JULY) == before


def test_a_case_of_another_office_changes_no_figure(cast):
    people = (cast.chief, cast.head, cast.handler, cast.auditor)
    before = [figures(scope_of(person)) for person in people]
    foreign = rows.against(cast, handler=cast.stranger)
    rows.wait(foreign)
    make_lead(cast)
    Lead.objects.filter(pk=Lead.objects.latest("pk").pk).update(office=cast.other_office)
    assert [figures(scope_of(person)) for person in people] == before


# --- whose -------------------------------------------------------------------------------------------


def test_a_superior_office_has_the_figures_of_those_below_and_opens_only_what_it_may_see(
    cast, superior_chief
):
    opened = "ageing.pre_suit.all"
    own = number(cast.chief, opened)
    asked = {"office": cast.office.pk}
    assert number(superior_chief, opened, **asked) == own > 0
    assert number(superior_chief, opened) == 0
    below = number(superior_chief, opened, office=cast.city_office.pk, below="on")
    assert below >= own
    listed = selectors.listed(scope_of(superior_chief, **asked), opened)
    assert (listed.counted, listed.rows.count(), listed.hidden) == (own, 0, None)


def test_nobody_asks_for_an_office_that_is_not_his_or_below_it(cast):
    chief = make_user(cast.other_office, Role.CHIEF, name="临川检察长")
    for person in (chief, cast.chief):
        elsewhere = cast.office if person == chief else cast.other_office
        assert scope_of(person, office=elsewhere.pk).office == person.office


def test_a_confidential_case_is_counted_and_only_its_deciders_open_it(cast):
    code = "funnel.filed"
    assert number(cast.chief, code) == number(cast.case_manager, code) > 0
    of_chief = selectors.listed(scope_of(cast.chief), code)
    of_manager = selectors.listed(scope_of(cast.case_manager), code)
    assert of_chief.hidden == 0
    assert of_manager.counted - of_manager.rows.count() == of_manager.hidden > 0


def test_an_auditor_has_the_figures_and_opens_none_of_what_they_count(cast):
    listed = selectors.listed(scope_of(cast.auditor), "funnel.filed")
    assert listed.counted == number(cast.chief, "funnel.filed") > 0
    assert (listed.rows.count(), listed.hidden) == (0, listed.counted)


def test_whoever_stands_aside_from_a_case_has_it_in_no_figure(cast, case):
    act(case, date(2026, 7, 3))
    before = number(cast.head, ACTS, **JULY)
    stand_aside(cast, case, cast.head)
    assert number(cast.head, ACTS, **JULY) == before - 1
    assert number(cast.chief, ACTS, **JULY) == before


def test_a_prosecutor_has_the_figures_of_the_matters_he_sees_and_no_others(cast, case):
    before = [number(person, ACTS, **JULY) for person in (cast.handler, cast.colleague)]
    act(case, date(2026, 7, 3))
    after = [number(person, ACTS, **JULY) for person in (cast.handler, cast.colleague)]
    assert after == [before[0] + 1, before[1]]


# --- work in hand -------------------------------------------------------------------------------------


def test_work_in_hand_is_shown_to_who_assigns_and_stands_by_name(cast, superior_chief):
    for person in (cast.handler, cast.auditor, cast.case_manager, cast.deputy):
        assert "load" not in {block.code for block in selectors.blocks_of(scope_of(person))}
    elsewhere = scope_of(superior_chief, office=cast.office.pk)
    assert "load" not in {block.code for block in selectors.blocks_of(elsewhere)}
    block = selectors.block_of(scope_of(cast.head), "load")
    names = [row.title for row in block.rows]
    assert cast.handler.name in names
    assert names == sorted(names)


def test_points_are_four_for_a_case_led_two_for_one_assisted_and_one_for_a_lead(cast):
    block = selectors.block_of(scope_of(cast.head), "load")
    row = next(row for row in block.rows if row.code == str(cast.handler.pk))
    led, assisted, leads, _late, points = (cell.value for cell in row.cells)
    assert led
    assert leads
    assert points == 4 * led + 2 * assisted + leads


# --- phases, trend, durations ---------------------------------------------------------------------------


def test_every_state_of_a_case_is_in_one_phase_or_closed():
    states = [state for phase in PHASES for state in phase.states]
    assert len(states) == len(set(states))
    assert {*states, *CLOSED} == {*CaseState, *AdministrativeState}


def test_the_ages_of_a_phase_are_counted_from_the_filing_to_today(cast):
    scope = scope_of(cast.chief)
    for days, age in ((0, "30"), (30, "30"), (31, "90"), (90, "90"), (91, "180"), (181, "more")):
        row = make_case(cast, after=500)
        filed_on = date.fromordinal(scope.today.toordinal() - days)
        Case.objects.filter(pk=row.pk).update(filed_on=filed_on)
        found = selectors.figure_of(scope_of(cast.chief), f"ageing.investigation.{age}").rows
        assert row in found, days


def test_what_was_open_is_what_was_opened_and_not_closed(cast):
    block = selectors.block_of(scope_of(cast.chief, first="2026-03-01"), "trend")
    opened, closed, stood = zip(*([c.value for c in row.cells] for row in block.rows), strict=True)
    assert sum(opened) - sum(closed) == stood[-1]
    assert (sum(closed), len(block.rows)) == (1, 6)


def test_the_days_in_a_state_run_from_entering_to_leaving_it(cast):
    block = selectors.block_of(scope_of(cast.chief), "durations")
    row = next(row for row in block.rows if row.code == "filed")
    listed = selectors.figure_of(scope_of(cast.chief), "durations.filed").rows
    days = sorted(event.days for event in listed)
    assert 39 in days  # from 2 March to 10 April
    assert [cell.value for cell in row.cells][:2] == [len(days), days[0]]


def test_the_days_a_period_took_leave_out_what_did_not_count_and_what_went_by_post_ended_there(
    cast,
):
    scope = scope_of(cast.chief)
    rows = selectors.figure_of(scope, "periods.P-02.met").rows
    deadline = rows.get()
    begin, done = deadline.start_day, deadline.done
    assert deadline.days == (done - begin).days
    excluded = [[f"{begin:%Y-%m-%d}", "2026-04-20"], ["2026-04-15", "2026-04-25"]]
    Deadline.objects.filter(pk=deadline.pk).update(terms=deadline.terms | {"exclusions": excluded})
    again = rows.get()
    assert deadline.days - again.days == (date(2026, 4, 25) - begin).days
    assert again.allowed < deadline.allowed
