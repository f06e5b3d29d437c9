"""T01, T09 and T64, which no machine declares: for each demand what makes it alone refuse the step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from audit.errors import Conflict, Invalid, NotPermitted, Refusal
from cases.forms.leads import RegisterLeadForm
from cases.lifecycle.apart import COLLECTING, REGISTERING
from cases.models import Case, Event
from cases.registries import event_kinds
from cases.services import acts, leads
from litigation.apart import TAKING_IN
from litigation.models import CaseTransfer
from litigation.services.transfers import acknowledge_transfer
from tests.litigation.receiving import Receiving, annul, sent
from tests.support.days import on
from tests.support.documents import final
from tests.support.matters import case_in_review, force, make_case, stand_aside, upload

pytestmark = pytest.mark.django_db
STARTED = date(2026, 4, 2)


@dataclass
class Taking:
    """What a step is taken with; a breach changes one thing of it."""

    actor: Any
    matter: Any = None
    facts: dict[str, Any] = field(default_factory=dict)
    handler: Any = None
    papers: list[Any] = field(default_factory=list)


Breach = Callable[[Any, Taking], None]


def stating(**changes: Any) -> Breach:
    return lambda cast, taking: taking.facts.update(changes)


def by(name: str) -> Breach:
    return lambda cast, taking: setattr(taking, "actor", getattr(cast, name))


def refused_as(raised: Any) -> set[str]:
    """Return what a refusal calls what it misses: its code, its guards, the fields it stands at."""
    error = raised.value
    guards = {line.code for line in getattr(error, "unmet", ()) or ()}
    return {error.code, *guards, *(getattr(error, "errors", None) or {})}


# --- T01 -------------------------------------------------------------------------------------------


def to_register(cast: Any) -> Taking:
    given = {
        "title": "某平台泄露会员信息",
        "source": "complaint",
        "source_detail": "12309 举报",
        "received_on": "2026-04-02",
        "summary": "会员信息被公开。",
    }
    return Taking(cast.intake, facts=given)


def register(taking: Taking) -> Event:
    form = RegisterLeadForm(taking.facts, actor=taking.actor)
    if not form.is_valid():
        raise Invalid("", errors=form.errors)
    lead = leads.register_lead(actor=taking.actor, facts=form.cleaned_data)
    return lead.events.get()


# --- T09 -------------------------------------------------------------------------------------------


def investigating(cast: Any, *, plan: bool = True) -> Case:
    case = make_case(cast)
    case.team.create(user=cast.assistant, position="assistant")
    if plan:
        final(case, "D-09", cast.handler)
    case.refresh_from_db()
    force(case, "T08", STARTED, actor=cast.handler)
    return case


def to_collect(cast: Any) -> Taking:
    facts = {
        "legal_day": "2026-04-10",
        "method": "question",
        "place": "江州",
        "content": "询问平台负责人。",
        "staff": [cast.handler.pk, cast.assistant.pk],
    }
    return Taking(cast.handler, investigating(cast), facts)


def collect(taking: Taking) -> Event:
    return acts.record_fact(
        actor=taking.actor, matter=taking.matter, kind="investigative_act", data=taking.facts
    )


def without_a_plan(cast: Any, taking: Taking) -> None:
    taking.matter = investigating(cast, plan=False)


def not_yet_investigating(cast: Any, taking: Taking) -> None:
    taking.matter = make_case(cast)


def assistant_stands_aside(cast: Any, taking: Taking) -> None:
    stand_aside(cast, taking.matter, cast.assistant)


def alone(cast: Any, taking: Taking) -> None:
    taking.facts["staff"] = [cast.handler.pk]


# --- T64 -------------------------------------------------------------------------------------------


def to_take_in(cast: Any) -> Taking:
    receiving = Receiving(cast)
    with on(2026, 4, 2):
        source = case_in_review(cast, date(2026, 3, 2))
    transfer = sent(cast, source, receiving)
    facts = {"received_on": date(2026, 4, 10)}
    return Taking(receiving.intake, transfer, facts, receiving.prosecutor, [upload()])


def take_in(taking: Taking) -> Event:
    case = acknowledge_transfer(
        actor=taking.actor,
        transfer=taking.matter,
        handler=taking.handler,
        receipt=taking.papers,
        **taking.facts,
    )
    return case.events.get(kind="case_received")


def taken_in_before(cast: Any, taking: Taking) -> None:
    take_in(taking)
    taking.papers = [upload()]


def annulled_there(cast: Any, taking: Taking) -> None:
    transfer: CaseTransfer = taking.matter
    annul(cast, transfer.source)


def without_receipt(cast: Any, taking: Taking) -> None:
    taking.papers = []


def handled_elsewhere(cast: Any, taking: Taking) -> None:
    taking.handler = cast.handler


STEPS: dict[str, tuple[Any, Callable[[Any], Taking], Callable[[Taking], Event]]] = {
    "T01": (REGISTERING, to_register, register),
    "T09": (COLLECTING, to_collect, collect),
    "T64": (TAKING_IN, to_take_in, take_in),
}
# Where a refusal is read at its field, the field.
AT_FIELD = {"two_staff": "staff", "could_not_act": "staff"}
BREAKS: dict[tuple[str, str], Breach] = {
    ("T01", "wrong_role"): by("auditor"),
    ("T01", "source"): stating(source="rumour"),
    ("T01", "source_detail"): stating(source_detail=" "),
    ("T01", "received_on"): stating(received_on="2026-04-11"),
    ("T01", "sent_on"): stating(sent_on="2026-04-01"),
    ("T09", "not_in_the_team"): by("colleague"),
    ("T09", "not_under_investigation"): not_yet_investigating,
    ("T09", "plan_before_collection"): without_a_plan,
    ("T09", "method"): stating(method="seal"),
    ("T09", "two_staff"): alone,
    ("T09", "could_not_act"): assistant_stands_aside,
    ("T09", "day_out_of_order"): stating(legal_day="2026-04-01"),
    ("T64", "wrong_role"): by("intake"),
    ("T64", "acknowledged_already"): taken_in_before,
    ("T64", "transfer_annulled"): annulled_there,
    ("T64", "receipt"): without_receipt,
    ("T64", "received_on"): stating(received_on=date(2026, 4, 9)),
    ("T64", "future_day"): stating(received_on=date(2026, 4, 11)),
    ("T64", "handler"): handled_elsewhere,
}


@pytest.fixture(autouse=True)
def today():
    with on(2026, 4, 10):
        yield


@pytest.mark.parametrize("code", STEPS)
def test_where_every_demand_holds_the_step_is_taken_and_bears_its_number(cast, code):
    step, prepare, take = STEPS[code]
    event = take(prepare(cast))
    assert event.kind == step.event_kind
    assert event_kinds[event.kind].article
    assert event.transition in ("", step.code)
    assert event.to_state in ("", step.target)


@pytest.mark.parametrize(("code", "demand"), BREAKS)
def test_one_demand_alone_refuses_the_step_by_its_name(cast, code, demand):
    _step, prepare, take = STEPS[code]
    taking = prepare(cast)
    BREAKS[code, demand](cast, taking)
    before = Event.objects.count()
    with pytest.raises((Invalid, Conflict, NotPermitted, Refusal)) as refused:
        take(taking)
    assert AT_FIELD.get(demand, demand) in refused_as(refused)
    assert str(refused.value) or refused.value.errors
    assert Event.objects.count() == before


def test_every_demand_that_is_told_is_tried():
    told = {(step.code, each.name) for step, *_rest in STEPS.values() for each in step.demands}
    assert told == set(BREAKS)
