"""A case under investigation, its plan, and a store of its own for every test."""

from __future__ import annotations

from datetime import date, datetime
from itertools import count
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from audit import clock
from audit.errors import Verdict
from cases.models import Case
from cases.registries import document_slots
from cases.services import acts, team
from evidence import services

_serial = count(1)
TODAY = datetime(2026, 3, 5, 10, 0)
FACTS: dict[str, Any] = {
    "name": "数据库镜像",
    "kind": "electronic",
    "source": "某科技有限公司机房",
    "obtained_on": date(2026, 3, 2),
    "original": True,
}


class Plan:
    """The investigation plan as the room of documents answers for it, two floors above."""

    def __init__(self) -> None:
        self.final = True

    def check(self, matter: Any, code: str) -> Verdict:
        return Verdict(self.final, "" if self.final else "D-09 is not in final form.")

    def documents(self, matter: Any, code: str) -> list[Any]:
        return []

    def titles(self, code: str) -> tuple[str, str]:
        return "调查方案", "Investigation plan"

    def known(self, code: str) -> bool:
        return True


@pytest.fixture(autouse=True)
def store(tmp_path, settings):
    settings.EVIDENCE_STORAGE = str(tmp_path / "evidence")
    return tmp_path / "evidence"


@pytest.fixture(autouse=True)
def today():
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def plan(monkeypatch) -> Plan:
    plan = Plan()
    monkeypatch.setitem(document_slots._entries, "documents", plan)
    return plan


def make_case(cast) -> Case:
    """Make a filed case with a lead handler, an assistant and a clerk."""
    number = next(_serial)
    case = Case.objects.create(
        key=f"{cast.office.code}-2026-{number:05}",
        office=cast.office,
        department=cast.department,
        year=2026,
        serial=number,
        title="某科技公司侵害个人信息案",
        created_by=cast.handler,
        legal_bases=["PIPL 70"],
        filed_on=date(2026, 1, 5),
        summary="摘要",
        rulebook="2021-07-01",
    )
    members = [(cast.handler, "lead"), (cast.assistant, "assistant"), (cast.clerk, "clerk")]
    team.set_team(actor=cast.head, case=case, members=members, reason="组成办案组")
    return case


def start_investigation(case: Case, cast) -> Case:
    """Start the investigation (T08)."""
    with transaction.atomic():
        acts.perform(
            actor=cast.handler,
            declaration=acts.declaration_of(case, "T08"),
            matter=case,
            facts={},
            legal_day=date(2026, 2, 1),
        )
    case.refresh_from_db()
    return case


@pytest.fixture
def case(cast, plan) -> Case:
    return start_investigation(make_case(cast), cast)


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
