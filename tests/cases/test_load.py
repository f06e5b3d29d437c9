"""What each person has in hand, and who is suggested for a matter: a mark with its reasons, no more."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts import services as accounts
from accounts.models import Absence, Role, User
from accounts.reading import reading
from audit import clock
from audit.errors import Invalid, NotPermitted
from audit.models import AuditEvent
from audit.selectors import details_of
from cases.models import Case, CaseKind, CaseLink, LoadWeights, StaffLoan
from cases.selectors.handlers import Candidate, Suggestion, suggestion_for, suggestions_for
from cases.selectors.load import loads_of, prosecutors_of, weights_of
from cases.services import tasks, team
from cases.services.load import set_weights
from cases.states import CaseState
from deadlines.services.manual import set_manual
from tests.support import matters
from tests.support.api import program_of
from tests.support.days import on
from tests.support.people import delegate_today, make_department, make_user

pytestmark = pytest.mark.django_db
LOAD = reverse("load_of_department")
POINTS = reverse("load_weights_set")


@pytest.fixture(autouse=True)
def today():
    with on(2026, 6, 24), translation.override("en"):
        yield


def away(person: User, deputy: User, first: int, last: int) -> None:
    """Enter that somebody is away from `first` to `last`, in days from today."""
    days = {"first_day": first, "last_day": last}
    given = {name: clock.today() + timedelta(days=value) for name, value in days.items()}
    Absence.objects.create(person=person, deputy=deputy, created_by=person, **given)


def row_of(found: Suggestion, person: User) -> Candidate:
    return next(row for row in found.candidates if row.person == person)


def codes(found: Suggestion, person: User) -> list[str]:
    row = row_of(found, person)
    return [reason.code for reason in (*row.bars, *row.notes)]


def suggested(found: Suggestion) -> User | None:
    return found.suggested.person if found.suggested else None


# --- what is counted ---------------------------------------------------------------------------


def test_each_matter_weighs_what_the_office_set_and_a_member_of_the_team_carries_less(cast):
    matters.assign(cast, matters.make_lead(cast))
    first = matters.make_case(cast)
    first.team.create(user=cast.colleague, position="handler")
    Case.objects.filter(pk=first.pk).update(minors_concerned=True)
    matters.bring(matters.make_case(cast), CaseState.TRIAL)
    matters.bring(matters.make_case(cast), CaseState.LITIGATION_SUSPENDED)
    matters.bring(matters.make_case(cast), CaseState.CLOSED)
    matters.make_administrative_case(cast)
    usual = loads_of(cast.head, [cast.handler, cast.colleague], LoadWeights())
    own = usual[cast.handler.pk]
    assert (own.leads, own.led, own.member, own.cases) == (1, 4, 0, 4)
    # lead 1, before the suit 3 and minors 1, in court 5, suspended 1, against an authority 3
    assert own.points == 1 + 4 + 5 + 1 + 3
    other = usual[cast.colleague.pk]
    assert (other.led, other.member, other.points) == (0, 1, 1)
    weights = LoadWeights(administrative=4, member=0, litigation=0)
    again = loads_of(cast.head, [cast.handler, cast.colleague], weights)
    assert (again[cast.handler.pk].points, again[cast.colleague.pk].points) == (13, 0)


def test_deadlines_of_two_weeks_and_tasks_whose_day_passed_stand_beside_the_points(cast):
    case, today = matters.make_case(cast), clock.today()
    for days in (0, 14, 15):
        set_manual(actor=cast.handler, matter=case, title="回访", day=today + timedelta(days=days))
    for days in (-1, 0):
        due = today + timedelta(days=days)
        tasks.add_task(
            actor=cast.handler, matter=case, title="核对", owner=cast.handler, due_on=due
        )
    load = loads_of(cast.head, [cast.handler], LoadWeights())[cast.handler.pk]
    assert (load.burdens, load.overdue_tasks, load.points) == ({"deadlines": 2}, 1, 3)


def test_what_the_reader_may_not_see_is_not_counted(cast):
    hidden, seen = matters.make_case(cast), matters.make_case(cast)
    matters.stand_aside(cast, hidden, cast.head)
    load = loads_of(cast.head, [cast.handler], LoadWeights())[cast.handler.pk]
    assert (load.led, load.points) == (1, 3)
    assert loads_of(cast.chief, [cast.handler], LoadWeights())[cast.handler.pk].led == 2
    assert loads_of(cast.stranger, [cast.handler], LoadWeights())[cast.handler.pk].points == 0
    assert seen.key != hidden.key


def test_a_head_compares_the_department_and_the_chief_the_office(cast):
    other = make_department(cast.office)
    far = make_user(cast.office, Role.PROSECUTOR, name="丁远", department=other)
    assert far not in prosecutors_of(cast.head)
    assert prosecutors_of(cast.chief) == sorted(
        [cast.handler, cast.colleague, cast.recused, far],
        key=lambda person: (person.name, person.pk),
    )
    assert prosecutors_of(cast.handler) == []
    delegate_today(cast.head, cast.colleague, Role.DEPARTMENT_HEAD)
    assert prosecutors_of(cast.colleague) == prosecutors_of(cast.head)


# --- who is suggested --------------------------------------------------------------------------


def test_the_lightest_desk_is_suggested_and_everybody_is_told_why(cast):
    for _ in range(2):
        matters.make_case(cast)
    matters.make_case(cast, handler=cast.recused)
    found = suggestion_for(cast.head, matters.make_lead(cast))
    assert [row.person for row in found.candidates] == prosecutors_of(cast.head)
    assert suggested(found) == cast.colleague
    assert row_of(found, cast.colleague).why.endswith(": 0.")
    assert row_of(found, cast.handler).why == "Points: 6; the suggested person: 0."
    assert all(row.why for row in found.candidates)


def test_of_equal_desks_the_one_longest_without_a_new_matter_is_suggested(cast):
    for day, person in ((20, cast.handler), (21, cast.colleague), (22, cast.recused)):
        with on(2026, 6, day):
            matters.make_case(cast, handler=person)
    found = suggestion_for(cast.head, matters.make_lead(cast))
    assert suggested(found) == cast.handler
    assert "longest without" in row_of(found, cast.handler).why
    assert "came later" in row_of(found, cast.colleague).why
    for day, person in ((22, cast.recused), (23, cast.handler), (24, cast.colleague)):
        lead = matters.make_lead(cast)
        with on(2026, 6, day):
            matters.assign(cast, lead, person)
    assert suggested(suggestion_for(cast.head, matters.make_lead(cast))) == cast.recused


def test_of_wholly_equal_desks_the_first_by_name_is_suggested_each_time_anew(cast):
    lead = matters.make_lead(cast)
    found = suggestion_for(cast.head, lead)
    first = min(prosecutors_of(cast.head), key=lambda person: (person.name, person.pk))
    assert suggested(found) == first
    assert "first by name" in row_of(found, first).why
    assert suggestion_for(cast.head, lead) == found


def test_who_is_away_or_recused_or_leads_it_already_is_not_suggested_and_it_is_said(cast):
    lead = matters.make_lead(cast)
    away(cast.colleague, cast.recused, -1, 3)
    matters.stand_aside(cast, lead, cast.recused)
    found = suggestion_for(cast.head, lead)
    assert codes(found, cast.colleague) == ["away"]
    assert "2026-06-27" in row_of(found, cast.colleague).bars[0].text
    assert codes(found, cast.recused) == ["recused"]
    assert suggested(found) == cast.handler
    assert row_of(found, cast.handler).why == "The only person against whom nothing stands."
    matters.assign(cast, lead)
    again = suggestion_for(cast.head, lead)
    assert (suggested(again), codes(again, cast.handler)) == (None, ["handles_it"])


def test_what_is_to_be_known_besides_bars_nobody(cast):
    case = matters.make_case(cast)
    case.team.create(user=cast.colleague, position="assistant")
    matters.ask_to_stand_aside(cast, case, cast.colleague)
    away(cast.colleague, cast.recused, 5, 9)
    away(cast.recused, cast.handler, 0, 0)
    found = suggestion_for(cast.head, case)
    assert codes(found, cast.colleague) == ["in_the_team", "recusal_pending", "away_soon"]
    assert suggested(found) == cast.colleague


def test_who_reviews_proposals_is_not_suggested_to_make_them_though_his_desk_is_empty(cast):
    for person in (cast.handler, cast.recused):
        matters.make_case(cast, handler=person)
    accounts.grant_role(actor=None, user=cast.colleague, role=Role.DEPARTMENT_HEAD)
    delegate_today(cast.colleague, cast.recused, Role.DEPARTMENT_HEAD)
    found = suggestion_for(cast.head, matters.make_lead(cast))
    assert codes(found, cast.colleague) == ["reviews", "delegated"]
    assert suggested(found) in (cast.handler, cast.recused)


def test_a_pending_recusal_bars_in_a_supervision_case_alone(cast):
    case = matters.make_case(cast)
    Case.objects.filter(pk=case.pk).update(kind=CaseKind.SUPERVISION)
    case.refresh_from_db()
    matters.ask_to_stand_aside(cast, case, cast.colleague)
    found = suggestion_for(cast.head, case)
    assert codes(found, cast.colleague) == ["recusal_pending"]
    assert suggested(found) == cast.recused


def test_a_recusal_from_the_lead_counts_for_its_case(cast):
    lead = matters.make_lead(cast)
    case = matters.make_case(cast)
    Case.objects.filter(pk=case.pk).update(lead=lead)
    case.refresh_from_db()
    matters.stand_aside(cast, lead, cast.colleague)
    assert codes(suggestion_for(cast.head, case), cast.colleague) == ["recused"]


def test_who_supervised_the_same_case_does_not_sue(cast):
    case, other = matters.make_case(cast), matters.make_case(cast, handler=cast.colleague)
    CaseLink.objects.create(source=other, target=case, kind="supervises", created_by=cast.head)
    found = suggestion_for(cast.head, case)
    assert codes(found, cast.colleague) == ["suing_and_supervising"]
    with pytest.raises(Invalid, match="supervise"):
        team.hand_over(actor=cast.head, matter=case, successor=cast.colleague, reason="轮岗")


def test_another_department_is_named_without_its_figures(cast):
    far = make_user(
        cast.office, Role.PROSECUTOR, name="丁远", department=make_department(cast.office)
    )
    found = suggestion_for(cast.head, matters.make_lead(cast))
    assert (codes(found, far), row_of(found, far).load) == (["other_department"], None)


def test_who_is_lent_to_the_case_may_be_suggested_and_to_another_case_is_not_there(cast):
    case, other = matters.make_case(cast), matters.make_case(cast)
    for person in (cast.colleague, cast.recused):
        away(person, cast.handler, 0, 0)
    event = matters.happen(
        case, "direction_recorded", date(2026, 6, 1), actor=cast.handler, facts={}
    )
    StaffLoan.objects.create(
        case=case, person=cast.superior_handler, event=event,
        first_day=date(2026, 6, 1), last_day=date(2026, 6, 30),
    )  # fmt: skip
    here, there = suggestions_for(cast.head, [case, other])
    assert (codes(here, cast.superior_handler), suggested(here)) == (
        ["lent"],
        cast.superior_handler,
    )
    assert cast.superior_handler not in [row.person for row in there.candidates]


@pytest.mark.parametrize("seed", range(6))
def test_whoever_is_suggested_could_be_given_the_matter_at_once(cast, seed):
    """Nobody absent, recused, of another office or deactivated; nobody able has fewer points."""
    chance = random.Random(seed)
    people = [cast.handler, cast.colleague, cast.recused]
    people += [
        make_user(cast.office, Role.PROSECUTOR, name=f"甲{number}", department=cast.department)
        for number in range(3)
    ]
    for person in people:
        for _ in range(chance.randrange(3)):
            matters.make_case(cast, handler=person)
    lead = matters.make_lead(cast)
    barred = {cast.stranger, cast.superior_handler}
    for person in chance.sample(people, 4):
        what = chance.randrange(3)
        if what == 0:
            away(person, cast.clerk, -chance.randrange(3), chance.randrange(3))
        elif what == 1:
            matters.stand_aside(cast, lead, person)
        else:
            User.objects.filter(pk=person.pk).update(is_active=False)
        barred.add(person)
    found = suggestion_for(cast.head, lead)
    able = [person for person in people if person not in barred]
    assert suggested(found) in able
    loads = loads_of(cast.head, able, weights_of(cast.office.pk))
    assert loads[suggested(found).pk].points == min(load.points for load in loads.values())
    matters.assign(cast, lead, suggested(found))
    assert lead.handler == suggested(found)


def test_the_head_chooses_somebody_else_and_nothing_is_asked(cast, as_user):
    away(cast.colleague, cast.recused, 0, 3)
    lead = matters.make_lead(cast)
    assert suggested(suggestion_for(cast.head, lead)) != cast.colleague
    facts = {"handler": cast.colleague.pk, "conflict_checked": "on", "legal_day": "2026-06-24"}
    answer = as_user(cast.head).post(
        reverse("lead_assign", args=[lead.key]), facts | {"step": "record"}
    )
    lead.refresh_from_db()
    assert (answer.status_code, lead.handler) == (302, cast.colleague)


# --- how much it costs -------------------------------------------------------------------------


def queries_of(ask) -> int:
    with reading(), CaptureQueriesContext(connection) as queries:
        ask()
    return len(queries)


def test_many_matters_and_many_people_cost_no_more_statements(cast):
    one = [matters.make_lead(cast), matters.make_case(cast)]
    CaseLink.objects.create(
        source=one[1], target=matters.make_case(cast), kind="supervises", created_by=cast.head
    )
    before = queries_of(lambda: suggestions_for(cast.head, one))
    for number in range(5):
        make_user(cast.office, Role.PROSECUTOR, name=f"乙{number}", department=cast.department)
    many = [*one, *(matters.make_case(cast) for _ in range(6)), matters.make_lead(cast)]
    after = queries_of(lambda: suggestions_for(cast.head, many))
    assert after == before <= 25


@pytest.mark.parametrize("page", [LOAD, reverse("assignment")])
def test_the_pages_cost_the_same_with_more_people_and_matters(cast, as_user, page):
    matters.make_lead(cast)
    client = as_user(cast.head)
    client.get(page)
    before = queries_of(lambda: client.get(page))
    for number in range(4):
        person = make_user(
            cast.office, Role.PROSECUTOR, name=f"丙{number}", department=cast.department
        )
        matters.make_case(cast, handler=person)
        matters.make_lead(cast)
    assert queries_of(lambda: client.get(page)) == before


# --- the pages ---------------------------------------------------------------------------------


def in_language(person: User, language: str = "en") -> User:
    person.language = language
    person.save(update_fields=["language"])
    return person


def test_the_points_of_a_person_are_the_sum_over_the_lists_they_open(cast, as_user):
    matters.assign(cast, matters.make_lead(cast))
    matters.make_case(cast)
    matters.bring(matters.make_case(cast), CaseState.TRIAL)
    matters.bring(matters.make_case(cast), CaseState.CLOSED)
    matters.make_case(cast, handler=cast.colleague).team.create(
        user=cast.handler, position="handler"
    )
    client = as_user(in_language(cast.head))
    page = client.get(LOAD)
    [load] = [row["load"] for row in page.context["desks"] if row["load"].person == cast.handler]
    lists = {
        "led": f"{reverse('case_list')}?handler={cast.handler.pk}&open=on",
        "member": f"{reverse('case_list')}?member={cast.handler.pk}&open=on",
        "leads": f"{reverse('lead_list')}?handler={cast.handler.pk}&open=on",
    }
    found = {name: client.get(address).context["page"].items for name, address in lists.items()}
    for name, address in lists.items():
        assert address.replace("&", "&amp;") in page.content.decode()
        assert len(found[name]) == getattr(load, name)
    stages = {"pre_litigation": 3, "litigation": 5, "post_litigation": 2}
    led = sum(stages[case.stage] for case in found["led"])
    assert load.points == led + len(found["member"]) + len(found["leads"]) == 10


def test_the_count_of_deadlines_is_the_list_it_opens(cast, as_user):
    case, today = matters.make_case(cast), clock.today()
    for days in (0, 14, 15):
        set_manual(actor=cast.handler, matter=case, title="回访", day=today + timedelta(days=days))
    client = as_user(in_language(cast.head))
    [desk] = [
        row for row in client.get(LOAD).context["desks"] if row["load"].person == cast.handler
    ]
    [(_title, number, address)] = desk["burdens"]
    assert number == len(client.get(address).context["page"].items) == 2


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_head_reads_who_could_handle_a_matter_and_assigns_from_there(cast, as_user, language):
    lead = matters.make_lead(cast)
    away(cast.colleague, cast.recused, 0, 3)
    client = as_user(in_language(cast.head, language))
    page = client.get(reverse("matter_handlers", args=[lead.key])).content.decode()
    chosen = suggested(suggestion_for(cast.head, lead))
    assert f"{reverse('lead_assign', args=[lead.key])}?handler={chosen.pk}" in page
    assert "2026-06-27" in page
    form = client.get(reverse("lead_assign", args=[lead.key]), {"handler": chosen.pk})
    assert form.context["suggestion"].suggested.person == chosen
    assert f'value="{chosen.pk}" selected' in form.content.decode()


def test_handing_over_and_the_team_show_the_suggestion_too(cast, as_user):
    case, client = matters.make_case(cast), as_user(in_language(cast.head))
    for name in ("hand_over", "case_team"):
        page = client.get(reverse(name, args=[case.key]))
        assert page.context["suggestion"].suggested.person == cast.recused
        assert reverse("matter_handlers", args=[case.key]) in page.content.decode()
    address = reverse("hand_over", args=[case.key])
    page = client.get(address, {"successor": cast.recused.pk}).content.decode()
    assert f'value="{cast.recused.pk}" selected' in page


@pytest.mark.parametrize("who", ["handler", "clerk", "stranger", "recused", "deputy", "auditor"])
def test_who_does_not_assign_finds_none_of_it(cast, as_user, who):
    lead = matters.assign(cast, matters.make_lead(cast))
    client = as_user(getattr(cast, who))
    for address in (LOAD, POINTS, reverse("matter_handlers", args=[lead.key])):
        assert client.get(address).status_code == 404
    program = program_of(getattr(cast, who))
    assert program.get(f"/api/v1/leads/{lead.key}/handlers/").status_code == 404


# --- the points of the office ------------------------------------------------------------------


def test_the_chief_sets_the_points_of_the_office_and_the_record_keeps_both(cast, as_user):
    client = as_user(in_language(cast.chief))
    page = client.get(POINTS)
    assert page.context["form"].initial["litigation"] == 5
    facts = LoadWeights().values() | {"litigation": 9}
    assert client.post(POINTS, facts).status_code == 302
    assert weights_of(cast.office.pk).values() == facts
    assert weights_of(cast.other_office.pk).litigation == 5
    entry = AuditEvent.objects.filter(action="load_weights.set").latest("pk")
    assert details_of(entry) == {"before": {"litigation": 5}, "after": {"litigation": 9}}
    shown = client.get(LOAD).content.decode()
    assert "usually 5" in shown
    assert "no article of law names any points" in shown


@pytest.mark.parametrize("wrong", ["101", "-1", "", "many"])
def test_points_out_of_range_are_refused_with_a_sentence_at_the_field(cast, as_user, wrong):
    facts = LoadWeights().values() | {"lead": wrong}
    answer = as_user(in_language(cast.head)).post(POINTS, facts)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["lead"])
    assert not LoadWeights.objects.exists()


def test_a_delegate_assigns_but_sets_no_points(cast):
    delegate_today(cast.head, cast.colleague, Role.DEPARTMENT_HEAD)
    with pytest.raises(NotPermitted):
        set_weights(actor=cast.colleague, points={"lead": 2})
    with pytest.raises(Invalid):
        set_weights(actor=cast.head, points={"lead": 101})


# --- programs ----------------------------------------------------------------------------------
