"""What each block says of a known record: shares, answers, lines of the law, days, money."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db.models import F
from django.urls import reverse

from cases.models import Case, Event
from cases.services import acts
from deadlines.models import RUNNING, Deadline
from enforcement.models import Obligation
from litigation.models import Claim, Judgment, OperativeItem
from reporting import selectors
from reporting.charts.svg import LEFT, RIGHT
from tests.administrative import board_rows as rows
from tests.enforcement import scenes
from tests.reporting.asking import figures, number, scope_of
from tests.support.matters import announce, happen, make_case, make_lead

pytestmark = pytest.mark.django_db
# A year in which nothing else happened.
QUIET = {"first": "2025-01-01", "last": "2025-12-31"}
DAY = date(2025, 3, 3)


def block(person, code, **asked):
    return selectors.block_of(scope_of(person, **asked), code)


def lines_of(found) -> dict[str, list]:
    return {row.code: [cell.shown for cell in row.cells] for row in found.rows}


# --- items -------------------------------------------------------------------------------------------


def test_a_lead_registered_as_major_counts_as_one_that_was_found_major_later(cast):
    def major() -> list:
        return lines_of(block(cast.chief, "items", **QUIET))["major_leads"][:1]

    make_lead(cast, received_on=DAY)
    assert major() == ["0"]
    make_lead(cast, received_on=DAY, major=True)
    assert major() == ["1"]


# --- stages ------------------------------------------------------------------------------------------


def filed_in_2025(cast, *kinds: str) -> Case:
    """Make a case filed in the quiet year in which these events happened."""
    case = make_case(cast, after=900)
    Case.objects.filter(pk=case.pk).update(filed_on=DAY)
    for kind in kinds:  # told to no room, so that each event needs nothing but its kind
        acts.record_event(actor=None, matter=case, kind=kind, legal_day=DAY)
    return case


def test_a_step_counts_who_reached_it_or_a_later_one_and_its_share_of_the_step_before(cast):
    filed_in_2025(cast)
    filed_in_2025(cast, "announcement_published")
    filed_in_2025(cast, "complaint_delivered")  # without the step before
    filed_in_2025(cast, "announcement_published", "complaint_delivered", "judged")
    filed_in_2025(cast, "announcement_published", "case_transferred")  # counted where it went
    annulled = announce(undone := filed_in_2025(cast), DAY)
    happen(undone, "transition_annulled", DAY, annuls=annulled, reason="误录")
    shown = lines_of(block(cast.chief, "funnel", **QUIET))
    assert shown == {
        "leads": ["0", "—"],
        "leads_filed": ["0", "—"],
        "filed": ["5", "—"],
        "pre_suit": ["3", "60%"],
        "sued": ["2", "67%"],
        "decided": ["1", "50%"],
        "performed": ["0", "0%"],
    }


def test_nothing_is_no_share_of_nothing(cast):
    shown = lines_of(block(cast.chief, "funnel", **QUIET))
    assert {tuple(cells) for cells in shown.values()} == {("0", "—")}


def test_leads_are_counted_by_registration_and_those_filed_among_them(cast):
    before = lines_of(block(cast.chief, "funnel"))
    make_lead(cast)
    after = lines_of(block(cast.chief, "funnel"))
    registered, filed = int(before["leads"][0]), int(before["leads_filed"][0])
    assert after["leads"] == [str(registered + 1), "—"]
    assert after["leads_filed"] == [str(filed), f"{round(100 * filed / (registered + 1))}%"]


def test_the_key_figures_are_those_of_the_record(client, cast):
    cast.chief.language = "en"
    cast.chief.save(update_fields=["language"])
    client.force_login(cast.chief)
    page = client.get(reverse("statistics")).content.decode()
    key = page[page.index('class="kpi"') :]
    key = key[: key.index("</nav>")]
    found = {said: int(value) for value, said in re.findall(r"<b>(.*?)</b><span>(.*?)</span>", key)}
    registered = Event.objects.filter(kind="lead_registered", lead__office=cast.office).count()
    of_office = Case.objects.filter(office=cast.office)
    assert found == {
        "Leads registered": registered,
        "Cases filed": of_office.count(),
        "Suit brought": of_office.filter(events__kind="complaint_delivered").count(),
        "Overdue": figures(scope_of(cast.chief))["pressure.overdue"],
        "Not answered, the time is over": 1,
    }
    assert 0 < found["Suit brought"] < found["Cases filed"]


# --- replies -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("received", "replied", "result"),
    [
        (rows.SERVED, rows.DUE, "in_time"),
        (rows.SERVED, rows.DUE + timedelta(days=1), "late"),
        (rows.SERVED, None, "none"),
        (date(2026, 7, 20), None, "open"),
    ],
)
def test_an_answer_is_in_time_until_the_last_day_and_late_after_it(cast, received, replied, result):
    codes = [f"replies.reply.{code}" for code in ("in_time", "late", "none", "open")]
    before = figures(scope_of(cast.chief))
    case = rows.against(cast)
    rows.wait(case, received)
    if replied:
        rows.reply(case, replied)
    after = figures(scope_of(cast.chief))
    changed = {code: after[code] - before[code] for code in codes if after[code] != before[code]}
    assert changed == {f"replies.reply.{result}": 1}
    found = selectors.figure_of(scope_of(cast.chief), f"replies.reply.{result}").rows
    assert case in found


def test_the_first_answer_decides_and_a_measure_counts_by_its_last_assessment(cast):
    case = rows.against(cast)
    rows.wait(case)
    rows.reply(case, rows.DUE)
    late = number(cast.chief, "replies.reply.late")
    rows.reply(case, rows.DUE + timedelta(days=9))
    assert number(cast.chief, "replies.reply.late") == late
    done, unseen = (number(cast.chief, f"replies.measure.{code}") for code in ("done", "unseen"))
    rows.assess(case, 1, "paper_only", date(2026, 7, 20))
    rows.assess(case, 1, "done", date(2026, 7, 21))
    after = figures(scope_of(cast.chief))
    assert after["replies.measure.done"] == done + 1
    assert after["replies.measure.unseen"] == unseen - 1


# --- lines of the law --------------------------------------------------------------------------------


def shapes(drawing: str, css: str) -> list[float]:
    """The places of the upright lines of a class."""
    drawn = drawing[: drawing.index("</svg><g>")]
    return [float(x) for x in re.findall(rf'<line x1="([\d.]+)" [^>]*class="{css}"/>', drawn)]


def test_the_length_of_the_law_is_drawn_beside_the_days_a_period_took(cast):
    scope = scope_of(cast.chief)
    found = selectors.block_of(scope, "periods")
    drawing = str(found.chart(found, scope))
    (end,) = {max(shapes(drawing, "grid"))}
    assert end == RIGHT + 30
    last_tick = int(re.findall(r'text-anchor="middle" class="">(\d+)</text>', drawing)[-1])
    allowed = [row.cells[-1].value for row in found.rows]
    expected = [LEFT + days * (end - LEFT) / last_tick for days in allowed]
    assert shapes(drawing, "limit") == pytest.approx(expected, abs=0.1)
    assert dict(zip((row.code for row in found.rows), allowed, strict=True))["P-02"] == 91


def test_no_law_names_the_length_of_a_state_so_no_line_is_drawn(cast):
    scope = scope_of(cast.chief)
    found = selectors.block_of(scope, "durations")
    drawing = str(found.chart(found, scope))
    assert len(shapes(drawing, "median")) == len(found.rows)
    assert shapes(drawing, "limit") == []


# --- the twelve weeks --------------------------------------------------------------------------------


def test_the_calendar_has_twelve_weeks_of_seven_days_from_this_monday_on(cast):
    scope = scope_of(cast.chief)
    found = selectors.block_of(scope, "pressure")
    overdue, *days = found.rows
    monday = date(2026, 8, 3)
    assert [row.code for row in days] == [f"{monday + timedelta(days=at)}" for at in range(84)]
    running = Deadline.objects.filter(case__office=cast.office, state__in=RUNNING)
    shown = {row.code: row.cells[0].value for row in days if row.cells[0].value}
    ends = [f"{day}" for day in running.values_list("effective_day", flat=True)]
    assert shown == {day: ends.count(day) for day in ends if days[0].code <= day <= days[-1].code}
    assert shown
    drawn = str(found.chart(found, scope))
    drawn = drawn[: drawn.index("</svg><g>")]
    assert drawn.count('class="field ') == 84
    assert overdue.code == "overdue"


def test_days_off_and_make_up_days_are_those_of_the_official_calendar(cast):
    scope = scope_of(cast.chief)
    found = selectors.block_of(scope, "pressure")
    said = {row.code: row.cells[1].text for row in found.rows}
    assert said["2026-10-01"] == said["2026-10-07"] == "国庆节"
    assert said["2026-09-25"] == "中秋节"
    assert said["2026-09-20"] == said["2026-10-10"] == "调休上班日"
    assert said["2026-08-04"] == ""
    fields = re.findall(r'class="field (h\d[^"]*)"', str(found.chart(found, scope)))[:84]
    at = {row.code: field for row, field in zip(found.rows[1:], fields, strict=True)}
    assert "today" in at["2026-08-03"]
    assert sum("today" in field for field in fields) == 1
    assert "off" in at["2026-10-01"]
    assert "off" in at["2026-08-08"]  # a Saturday
    assert "makeup" in at["2026-10-10"]
    assert "off" not in at["2026-10-10"]


# --- money -------------------------------------------------------------------------------------------


def amounts(cast) -> dict[str, tuple]:
    found = block(cast.chief, "money")
    return {row.code: (row.cells[0].value, row.cells[1].value) for row in found.rows}


def test_money_taken_back_counts_against_what_was_paid(cast):
    before, entries = amounts(cast)["paid"]
    owed = Obligation.objects.filter(case__office=cast.office, amount__isnull=False).get()
    wrong = scenes.pay(cast.handler, owed.case, owed, "700")
    scenes.confirm(cast.assistant, owed.case, wrong)
    assert amounts(cast)["paid"] == (before + 700, entries + 1)
    back = scenes.pay(cast.handler, owed.case, owed, "700", takes_back=wrong.pk)
    assert amounts(cast)["paid"] == (before + 700, entries + 1)  # nobody has confirmed it
    scenes.confirm(cast.assistant, owed.case, back)
    assert amounts(cast)["paid"] == (before, entries + 2)


def test_a_decision_set_aside_and_a_struck_item_award_nothing(cast):
    assert amounts(cast)["awarded"] == (Decimal(100000), 1)
    item = OperativeItem.objects.get(judgment__case__office=cast.office, amount__isnull=False)
    OperativeItem.objects.filter(pk=item.pk).update(struck_by=item.event)
    assert amounts(cast)["awarded"] == (0, 0)
    OperativeItem.objects.filter(pk=item.pk).update(struck_by=None)
    Judgment.objects.filter(pk=item.judgment_id).update(set_aside_by=item.event)
    assert amounts(cast)["awarded"] == (0, 0)


@pytest.mark.parametrize(("status", "counts"), [("dropped", 0), ("replaced", 0), ("realised", 1)])
def test_a_claim_that_was_dropped_or_changed_is_not_claimed(cast, status, counts):
    claims = Claim.objects.filter(case__office=cast.office, amount__isnull=False)
    claims.update(status=status, ended_by=F("event"))
    assert amounts(cast)["claimed"] == (counts * Decimal(100000), counts)
