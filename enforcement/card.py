"""What this room says on the case card: obligations, money, enforcement, end, archive (law 3.10a, 8)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.urls import reverse

from cases.card.declaring import amount_value, of_day, of_fact, register
from cases.card.reading import CardReading, cases_of
from cases.models import Case
from cases.registries import CardItem, CardSection, CardSource, CardValue
from cases.states import AdministrativeState, CaseState
from enforcement import selectors
from enforcement.lifecycle import ObligationState
from enforcement.models import Obligation

CIVIL = ("case",)


def _source(case: Case, row: Obligation) -> CardSource:
    link = reverse("obligation_detail", args=[case.key, row.number])
    return CardSource("obligation", row.pk, row.text[:60], link, written=True)


def _obligations(reading: CardReading) -> Iterator[CardValue]:
    """Each obligation with where it stands; what was struck is none."""
    case = reading.case
    if case is None:
        return
    rows = selectors.obligations_of(reading.actor, case).exclude(state=ObligationState.STRUCK)
    for row in rows:
        plain, state = [str(row.number), row.kind, row.state], row.get_state_display()
        yield CardValue(plain, row.text, _source(case, row), written=True, note=state)


def _owed(reading: CardReading) -> Iterator[CardValue]:
    yield from _sum(reading, "owed")


def _paid(reading: CardReading) -> Iterator[CardValue]:
    yield from _sum(reading, "paid")


def _sum(reading: CardReading, name: str) -> Iterator[CardValue]:
    """What all obligations come to in money, by confirmed entries alone (law 8.3)."""
    case = reading.case
    balances = selectors.balances(case) if case else []
    if balances and case:
        total = sum((getattr(balance, name) for balance in balances), Decimal(0))
        yield amount_value(total, _source(case, balances[-1].obligation))


def _with_obligations(readings: Sequence[CardReading]) -> list[int]:
    """The cases that have an obligation which was not struck; their reader sees all of a case's."""
    rows = Obligation.objects.filter(case__in=cases_of(readings))
    standing = rows.exclude(state=ObligationState.STRUCK)
    return list(standing.order_by().values_list("case", flat=True).distinct())


PERFORMANCE = (
    CardItem(
        *("obligations", CardSection.PERFORMANCE, "履行义务", "Obligations", "CPL 247; CPLI 461"),
        _obligations,
        among=_with_obligations,
        of=CIVIL,
        since=(CaseState.PERFORMANCE_PERIOD,),
    ),
    CardItem(
        *("money_owed", CardSection.PERFORMANCE, "应履行金额（元）", "Money owed (yuan)"),
        *("CPL 247, 264", _owed),
        of=CIVIL,
    ),
    CardItem(
        *("money_paid", CardSection.PERFORMANCE, "已履行金额（元）", "Money paid (yuan)"),
        *("CPL 247", _paid),
        of=CIVIL,
    ),
    of_day(
        *("enforcement_begun", CardSection.PERFORMANCE, "移送执行日期"),
        *("Enforcement begun on", "JI 12; CPL 247"),
        kinds=("enforcement_begun",),
        of=CIVIL,
        since=(CaseState.ENFORCEMENT,),
        main=True,
    ),
    of_fact(
        *("enforcement_number", CardSection.PERFORMANCE, "执行案号", "Number of the enforcement"),
        "CPL 247; EXEC 16",
        kinds=("enforcement_filed",),
        fact="number",
        of=CIVIL,
        since=(CaseState.ENF_SUSPENDED, CaseState.ENF_ROUND_TERMINATED, CaseState.ENF_TERMINATED),
    ),
    of_day(
        *("performed_on", CardSection.PERFORMANCE, "履行、执行完毕日期"),
        *("Performed in full on", "law 8.4"),
        kinds=("performance_completed", "enforcement_completed"),
        of=CIVIL,
        since=(CaseState.PERFORMED,),
        main=True,
    ),
    of_day(
        *(
            "look_back",
            CardSection.PERFORMANCE,
            "回头看计划日期",
            "Look-back planned on",
            "law 3.10a",
        ),
        kinds=("look_back_planned",),
        of=CIVIL,
        since=(CaseState.LOOK_BACK,),
    ),
)
ENDING = (
    of_day(
        *("closed_on", CardSection.ENDING, "结案日期", "Closed on", "Rules 106"),
        kinds=("case_closed", "administrative_case_closed"),
        since=(CaseState.CLOSED, AdministrativeState.CLOSED),
        main=True,
    ),
    of_day(
        *("archived_on", CardSection.ENDING, "归档日期", "Archived on", "Rules 106"),
        kinds=("case_archived",),
        since=(CaseState.ARCHIVED, AdministrativeState.ARCHIVED),
    ),
    of_fact(
        *("archive_number", CardSection.ENDING, "档号", "Number in the archive", "Rules 106"),
        kinds=("case_archived",),
        fact="archive_number",
        since=(CaseState.ARCHIVED, AdministrativeState.ARCHIVED),
    ),
    of_fact(
        *("retention", CardSection.ENDING, "保管期限", "Retention", "Rules 106"),
        kinds=("case_archived",),
        fact="retention",
        since=(CaseState.ARCHIVED, AdministrativeState.ARCHIVED),
    ),
)


def register_items() -> None:
    """Hand the items to the registry."""
    register("enforcement", (*PERFORMANCE, *ENDING))
