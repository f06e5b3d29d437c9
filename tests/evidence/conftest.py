"""A case under investigation, its plan, and a store of its own for every test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from audit import clock
from cases.models import Case
from cases.services import acts
from evidence import services
from notices import services as notices
from tests.support.documents import final
from tests.support.matters import make_case, set_full_team
from tests.support.prepared import Prepared, Stage, prepared

TODAY = datetime(2026, 3, 5, 10, 0)
FACTS: dict[str, Any] = {
    "name": "数据库镜像",
    "kind": "electronic",
    "source": "某科技有限公司机房",
    "obtained_on": date(2026, 3, 5),
    "original": True,
}


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.EVIDENCE_STORAGE = str(tmp_path / "evidence")
    return tmp_path / "evidence"


@pytest.fixture(autouse=True)
def today():
    with clock.frozen(TODAY):
        yield


def planned_case(cast) -> Case:
    """Make a filed case with a lead handler, an assistant, a clerk and its final investigation plan."""
    case = make_case(cast)
    set_full_team(cast, case)
    final(case, "D-09", cast.handler)
    return case


def start_investigation(case: Case, cast) -> Case:
    """Start the investigation (T08)."""
    acts.record_directly(
        actor=cast.handler, matter=case, code="T08", data={"legal_day": "2026-03-05"}
    )
    case.refresh_from_db()
    return case


@pytest.fixture(scope="session")
def stage(town, django_db_blocker, tmp_path_factory) -> Iterator[Prepared]:
    """The town with a case under investigation."""

    def investigate() -> Stage:
        cast = town.open().cast
        return Stage(cast, start_investigation(planned_case(cast), cast))

    with (
        clock.frozen(TODAY),
        prepared(
            "investigated", town.name, django_db_blocker, tmp_path_factory, investigate
        ) as made,
    ):
        yield made


@pytest.fixture(scope="module", autouse=True)
def investigated(room) -> None:
    """Every file of this room begins on its stage."""


@pytest.fixture
def case(inside) -> Case:
    return inside.case


def give_up_plan(case: Case, cast) -> None:
    """Declare the investigation plan void, as if it had never been there."""
    plan = case.documents.get(code="D-09")
    notices.void_document(actor=cast.handler, document=plan, reason="重新制定")


def upload(content: bytes = b"%PDF-1.7 content", name: str = "镜像.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def add(cast, case, content: bytes = b"%PDF-1.7 content", file: str = "镜像.pdf", **facts: Any):
    """Add one exhibit by the handler."""
    return services.add_exhibit(
        actor=cast.handler, case=case, upload=upload(content, file), facts=FACTS | facts
    )


@pytest.fixture
def exhibit(cast, case):
    return add(cast, case)
