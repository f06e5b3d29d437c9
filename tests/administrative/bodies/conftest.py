"""Bodies of the directory, and recommendations to them as they stand on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from administrative.bodies import services
from administrative.models import Assessment, Body, Measure, Recommendation, Reply
from cases.models import Case, Event
from deadlines.models import Deadline
from tests.support.days import on
from tests.support.matters import make_case

BUREAU: dict[str, Any] = {
    "name": "杭州市西湖区教育局",
    "kind": "education",
    "level": "county",
    "region": "330106",
    "credit_code": "",
    "competence": "学校和培训机构",
    "address": "西湖区某路1号",
    "contact": "王某",
    "telephone": "0571-00000000",
    "email": "",
    "superior": None,
}
# Its check character is right.
CREDIT_CODE = "91110000600037341L"
DECIDED = date(2026, 3, 2)
RECEIVED = date(2026, 3, 5)
DUE = date(2026, 5, 6)


def enter(actor: Any, **changes: Any) -> Body:
    """Enter a body as `actor`."""
    return services.add_body(actor=actor, facts=BUREAU | changes)


def typed(**changes: Any) -> dict[str, Any]:
    """What the form of a body is sent with."""
    return BUREAU | {"superior": ""} | changes


def happened(case: Case, kind: str, day: date, actor: Any, **rest: Any) -> Event:
    """Let an event stand on record; the machine of the track is tested in its own place."""
    return Event.objects.create(case=case, kind=kind, legal_day=day, recorded_by=actor, **rest)


def recommend(
    cast: Any, body: Body, *, case: Case | None = None, received: date | None = RECEIVED
) -> Recommendation:
    """Leave a decided recommendation with one measure, received with its period of reply."""
    case = case or make_case(cast)
    row = Recommendation.objects.create(case=case, body=body, period=2, created_by=cast.handler)
    Measure.objects.create(
        recommendation=row, number=1, text="督促学校删除公示信息。", basis="个人信息保护法第60条",
        expected_proof="整改报告",
    )  # fmt: skip
    row.decision = happened(case, "recommendation_decided", DECIDED, cast.handler)
    row.save()
    if received:
        event = happened(case, "recommendation_received", received, cast.handler)
        Deadline.objects.create(
            case=case, rule="P-53", title_zh="行政机关履职并书面回复", article="JI 21", kind="maximum",
            start_event=event, start_day=received, nominal_day=DUE, effective_day=DUE,
        )  # fmt: skip
    return row


def reply(cast: Any, row: Recommendation, day: date) -> Reply:
    """Log the written reply of the authority."""
    event = happened(row.case, "authority_replied", day, cast.handler)
    return Reply.objects.create(recommendation=row, event=event, text="已整改。")


def assess(cast: Any, row: Recommendation, result: str, day: date) -> Assessment:
    """Assess the one measure of a recommendation."""
    event = happened(row.case, "measure_assessed", day, cast.handler)
    measure = row.measures.get()
    return Assessment.objects.create(
        measure=measure, event=event, result=result, findings="现场查看。"
    )


@pytest.fixture(autouse=True)
def first_of_june() -> Iterator[None]:
    with on(2026, 6, 1):
        yield


@pytest.fixture
def body(cast) -> Body:
    """The education bureau of a district."""
    return enter(cast.clerk)
