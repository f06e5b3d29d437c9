"""An office with something behind every figure, on 3 August 2026."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from accounts.models import Role, User
from cases.models import Case, SerialCounter
from tests.administrative import board_rows as rows
from tests.enforcement import scenes
from tests.notices.matters import assigned_lead, case_against_authority, filed_case
from tests.support.days import on
from tests.support.matters import force, happen, make_lead
from tests.support.people import Cast, make_user
from tests.support.prepared import Prepared, Stage, prepared

TODAY = (2026, 8, 3)


@pytest.fixture(scope="session")
def stage(town, django_db_blocker, tmp_path_factory) -> Iterator[Prepared]:
    """The town with cases of both tracks at every stage, and one of another office."""

    def begin() -> Stage:
        cast = town.open().cast
        _fill(cast)
        return Stage(cast)

    with (
        on(*TODAY),
        prepared("figures", town.name, django_db_blocker, tmp_path_factory, begin) as made,
    ):
        yield made


def _fill(cast: Cast) -> None:
    # Cases that tests make in their own way have the low numbers.
    SerialCounter.objects.create(office=cast.office, year=2026, series="case", last=100)
    with on(2026, 3, 2):
        make_lead(cast, received_on=date(2026, 3, 1))
        assigned_lead(cast, received_on=date(2026, 3, 2))
        started = filed_case(cast)
        case_against_authority(cast)
        secret = filed_case(cast)
        Case.objects.filter(pk=secret.pk).update(confidential=True)
    with on(2026, 4, 10):
        force(started, "T08", date(2026, 4, 10), actor=cast.handler)
    with on(2026, 7, 13):
        performed = scenes.begun(cast, *scenes.ALL)
    with on(*TODAY):
        for due in ("EI-1", "EI-4"):
            scenes.perform(cast, performed, scenes.owed(performed, due))
        owed = scenes.owed(performed, "EI-4")
        scenes.confirm(cast.assistant, performed, scenes.pay(cast.handler, performed, owed))
        scenes.pay(cast.handler, performed, owed, "500")  # nobody has confirmed it
        _recommend(cast)
        foreign = filed_case_elsewhere(cast)
        happen(foreign, "investigation_started", date(2026, 7, 1), actor=cast.stranger)
        close(cast, filed_case(cast))


def _recommend(cast: Cast) -> None:
    answered = rows.against(cast)
    rows.wait(answered)
    rows.reply(answered, date(2026, 6, 1))
    rows.wait(rows.against(cast))


def filed_case_elsewhere(cast: Cast) -> Case:
    """Make a case of the stranger's office with its beginning on record."""
    return rows.against(cast, handler=cast.stranger, title="外院督促履职案")


def close(cast: Cast, case: Case) -> None:
    """Terminate and close a case."""
    force(case, "T08", date(2026, 8, 3), actor=cast.handler)
    force(case, "T10", date(2026, 8, 3), actor=cast.handler, proposal="terminate", conclusion="x")
    force(case, "T11", date(2026, 8, 3), actor=cast.handler, ground="interest_protected")
    force(case, "T61", date(2026, 8, 3), actor=cast.head)


@pytest.fixture(scope="module", autouse=True)
def filled_office(room) -> None:
    """Every file of this room begins in the office with figures."""


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with on(*TODAY):
        yield


@pytest.fixture
def superior_chief(cast) -> User:
    """The chief procurator of the city office, above those of the cast and of the stranger."""
    return make_user(cast.city_office, Role.CHIEF, name="市检察长")
