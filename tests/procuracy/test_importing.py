"""Former cases come in bulk, and stand there as the services would have left them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, models, transaction

from audit import verify
from audit.errors import Invalid, NotPermitted
from audit.models import AuditEvent, AuditHead, AuditPending
from cases.models import (
    BackEntry,
    Case,
    CaseWords,
    Event,
    FormerCase,
    Lead,
    LeadAssessment,
    Party,
    TeamMember,
)
from cases.services import acts
from cases.soundness import faults_of
from deadlines.models import Deadline, Reminder
from procuracy.importing import services
from procuracy.importing.setting import Setting, setting_of
from tests.deadlines.own_periods import enter_period
from tests.support import former
from tests.support.days import on
from tests.support.matters import make_lead

pytestmark = pytest.mark.django_db

COMPARED = (
    Lead,
    LeadAssessment,
    Case,
    Party,
    TeamMember,
    BackEntry,
    Event,
    Deadline,
    Reminder,
    CaseWords,
    AuditEvent,
    AuditHead,
    AuditPending,
)
# What differs between two cases that are alike: ids, numbers, digests; instants are those of the frozen clock.
# A deadline that was met when it came in has not changed since anybody saw it, so it is in its first revision.
OWN = {"id", "serial", "transaction_id", "canonical", "previous", "mac", "message_id", "scope"}
OWN |= {"revision", "revised_at"}


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with on(2026, 6, 24):
        yield


def imported(cast, *told: dict[str, Any], **rest: Any) -> list[services.Progress]:
    lines = [former.line(one) for one in told]
    given: dict[str, Any] = {
        "actor": cast.handler,
        "agreed_by": cast.head,
        "reason": former.REASON,
    } | rest
    return list(services.import_lines(lines=lines, **given))


def the_setting(cast) -> Setting:
    return setting_of(asked_by=cast.handler, agreed_by=cast.head, reason=former.REASON)


class Snapshot:
    """The rows that were made since the last look, with ids put as their place among those of their table."""

    def __init__(self) -> None:
        self.before = {model: set(model.objects.values_list("pk", flat=True)) for model in COMPARED}

    def made(self) -> dict[str, list[dict[str, Any]]]:
        """Return them by table, a row a dictionary in which nothing names one case alone."""
        rows = {
            model: list(model.objects.exclude(pk__in=self.before[model]).order_by("pk").values())
            for model in COMPARED
        }
        places: dict[Any, dict[Any, str]] = {}
        for model, found in rows.items():
            pk = model._meta.pk.attname
            places[model] = {row[pk]: f"{model.__name__} {n}" for n, row in enumerate(found)}
        keys = {row["key"]: f"key {n}" for m in (Lead, Case) for n, row in enumerate(rows[m])}
        return {
            model.__name__: sorted(
                (self._plain(model, row, places, keys) for row in found), key=repr
            )
            for model, found in rows.items()
        }

    def _plain(self, model, row, places, keys) -> dict[str, Any]:
        plain: dict[str, Any] = {}
        for field in model._meta.concrete_fields:
            value = row[field.attname]
            if field.attname in OWN:
                continue
            target = field.related_model if isinstance(field, models.ForeignKey) else None
            if field.attname in ("case_id", "lead_id") and model is AuditEvent:
                target = Case if field.attname == "case_id" else Lead
            if field.attname == "event_id":
                target = AuditEvent
            if target in places:
                value = places[target].get(value, value)
            plain[field.attname] = self._named(field.attname, value, row, places, keys)
        return plain

    def _named(self, name, value, row, places, keys) -> Any:
        if name == "key":
            return "key"
        if name == "object_id":
            model = {"lead": Lead, "case": Case}.get(row.get("machine", ""))
            model = model or {"event": Event, "party": Party}.get(row.get("object_type", ""))
            found = places.get(model, {})
            return found.get(value, found.get(int(value), value)) if value and model else value
        if name in ("facts", "grounds", "text", "pairs") and value:
            text = repr(value)
            for key, put in keys.items():
                text = text.replace(key, put).replace(key.lower(), put)
            if name == "grounds":
                for pk, put in places[Event].items():
                    text = re.sub(rf"'event': {pk}\b", put, text)
            return text if name != "pairs" else ""
        return value


SHAPES: dict[str, dict[str, Any]] = {
    "filed": {},
    "without further parties": {"parties": []},
    "terminated": {"steps": former.steps(*former.TERMINATED)},
    "announced": {"steps": former.steps("T08", "T10", "T12")},
    "in review": {"steps": former.steps(*former.REVIEWED)},
    "terminated after review": {"steps": former.steps(*former.REVIEWED, "T19")},
    "of before the first rulebook": former.moved(years=-3),
    "with odd texts": {
        "lead": former.told_lead(title="“引号”\\n%s\\t\\\\N", summary="\\N\n\r\n{a,b}\t\x0b“%d”")
    },
    "announced lately": {"steps": former.steps("T08", "T10", "T12", began=date(2026, 6, 1))},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_an_imported_case_is_as_the_services_would_have_entered_it(cast, monkeypatch, shape):
    monkeypatch.setattr(acts, "require_met", lambda *args, **rest: None)
    told = former.told(cast, **SHAPES[shape])
    setting = the_setting(cast)
    before = Snapshot()
    by_services = former.entered(setting, told)
    expected, before = before.made(), Snapshot()
    imported(cast, told)
    made = before.made()
    batch = [row for row in made["AuditEvent"] if row["action"] == "former_cases.imported"]
    assert len(batch) == 1
    assert_same(expected, made)
    (case,) = Case.objects.filter(former__isnull=False)
    assert case.state == by_services.state


def test_periods_of_the_office_itself_begin_too(cast, monkeypatch):
    monkeypatch.setattr(acts, "require_met", lambda *args, **rest: None)
    with on(2023, 1, 4):
        enter_period(cast.head, valid_from=date(2023, 1, 5), met_by=("case_filed",))
        enter_period(
            cast.head,
            valid_from=date(2023, 1, 5),
            title_zh="查办期限",
            start="case_opened",
            met_by=(),
            length="P5Y",
        )
    told = former.told(cast, steps=former.steps(*former.REVIEWED))
    before = Snapshot()
    former.entered(the_setting(cast), told)
    expected, before = before.made(), Snapshot()
    imported(cast, told)
    made = before.made()
    assert_same(expected, made)
    assert {row["state"] for row in made["Deadline"]} == {"met", "open"}
    assert {row["rule"][:4] for row in made["Deadline"]} >= {"P-01", "P-02", "N-01", "N-02"}
    assert made["Reminder"], "what is still to come is reminded of"


def assert_same(expected: dict[str, list[Any]], made: dict[str, list[Any]]) -> None:
    """Compare table by table and name the columns that differ."""
    made["AuditEvent"] = [
        row for row in made["AuditEvent"] if row["action"] != "former_cases.imported"
    ]
    for name, rows in expected.items():
        found = made[name]
        if name in ("AuditHead", "AuditPending"):
            continue  # the batch has its own; the chains are verified as a whole
        assert len(found) == len(rows), name
        for is_, ought in zip(found, rows, strict=True):
            assert {k: v for k, v in is_.items() if v != ought[k]} == {
                k: v for k, v in ought.items() if v != is_[k]
            }, name


def test_what_was_imported_hangs_together(cast):
    told = [
        former.told(cast, f"旧{n}", **shape)
        for n, shape in enumerate(list(SHAPES.values()) + list(SHAPES.values()))
    ]
    assert imported(cast, *told, at_a_time=5)[-1].imported == len(told)
    assert [
        fault
        for matter in (*Lead.objects.all(), *Case.objects.all())
        for fault in faults_of(matter)
    ] == []
    report = verify.run(verify.whole())
    assert (report.verdict, report.fault) == (verify.Verdict.CLEAN, None)


def test_numbers_go_on_where_the_registers_stood_and_leave_no_gap(cast):
    lead = make_lead(cast)
    imported(cast, *(former.told(cast, f"旧{n}") for n in range(3)), at_a_time=2)
    after = make_lead(cast)
    serials = list(Lead.objects.order_by("pk").values_list("serial", flat=True))
    assert serials == list(range(lead.serial, lead.serial + 5))
    assert after.serial == lead.serial + 4
    keys = list(Case.objects.order_by("pk").values_list("key", flat=True))
    assert keys == [f"{cast.office.code}-2023-{n:05}" for n in (1, 2, 3)]


def test_a_file_read_again_enters_nothing_twice_and_goes_on_where_it_stopped(cast):
    told = [former.told(cast, f"旧{n}") for n in range(4)]
    imported(cast, *told[:2])
    again = imported(cast, *told)
    assert again[-1] == services.Progress(imported=2, present=2)
    assert FormerCase.objects.count() == Case.objects.count() == 4
    assert imported(cast, *told)[-1] == services.Progress(imported=0, present=4)


def test_another_line_under_a_number_that_is_here_is_refused(cast):
    imported(cast, former.told(cast))
    with pytest.raises(services.FaultyLines) as refused:
        imported(cast, former.told(cast, assigned_on="2023-03-11"))
    assert "另一行" in str(refused.value.faults[0]) or "Another line" in str(
        refused.value.faults[0]
    )


def test_nothing_of_a_batch_with_a_wrong_line_comes_in_and_those_before_it_stay(cast):
    told = [former.told(cast, f"旧{n}") for n in range(5)]
    told[3]["handler"] = "nobody"
    with pytest.raises(services.FaultyLines) as refused:
        imported(cast, *told, at_a_time=2)
    assert [(fault.line, fault.where) for fault in refused.value.faults] == [(4, "handler")]
    assert list(FormerCase.objects.values_list("reference", flat=True)) == ["旧0", "旧1"]


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown key": ({"colour": "red"}, "colour"),
    "no lead": ({"lead": None}, "lead"),
    "an unknown fact of the lead": ({"lead": former.told_lead(colour="red")}, "lead.colour"),
    "no title": ({"lead": former.told_lead(title=" ")}, "lead.title"),
    "a source that is none": ({"lead": former.told_lead(source="pigeon")}, "lead.source"),
    "no day": ({"assigned_on": "soon"}, "assigned_on"),
    "a day to come": ({"assigned_on": "2026-06-24"}, "assigned_on"),
    "days out of order": ({"assigned_on": "2023-03-01"}, "assigned_on"),
    "no assessment": ({"assessment": 3}, "assessment"),
    "no reference": ({"reference": ""}, "reference"),
    "a basis not yet in force": (former.moved(years=-3, keep_bases=True), "filing"),
    "an unknown violator": (
        {"filing": former.told_filing(processor="", violator_unknown=True, severe=True)},
        "filing.violator_unknown",
    ),
    "no processor": ({"filing": former.told_filing(processor="")}, "filing.processor"),
    "a wrong code of a party": (
        {
            "parties": [
                {"role": "third_party", "kind": "organisation", "name": "某", "credit_code": "1"}
            ]
        },
        "parties.1.credit_code",
    ),
    "parties that are no array": ({"parties": "某公司"}, "parties"),
    "a step of the court": ({"steps": [{"code": "T22", "day": "2023-04-01"}]}, "steps.1"),
    "a step out of order": ({"steps": former.steps("T08", "T12")}, "steps.2"),
    "a ground that never fits": (
        {"steps": former.steps("T08", "T10", "T11", ground="kin_object")},
        "steps.3.ground",
    ),
    "an announcement that expires on another day": (
        {"steps": former.steps(*former.REVIEWED, expiry="2023-06-01")},
        "steps.4.day",
    ),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_wrong_in_a_line_is_said_with_its_place(cast, wrong):
    change, where = WRONG[wrong]
    with pytest.raises(services.FaultyLines) as refused:
        imported(cast, former.told(cast, **change))
    assert where in {fault.where for fault in refused.value.faults}, refused.value.faults
    assert not Case.objects.exists()


@pytest.mark.parametrize("text", ["{", "[]", "17", '"x"', '{"reference": 1' + "0" * 1_000_001])
def test_a_line_that_is_no_object_is_refused(cast, text):
    with pytest.raises(services.FaultyLines):
        list(
            services.import_lines(
                actor=cast.handler, agreed_by=cast.head, reason=former.REASON, lines=[text]
            )
        )


def test_who_may_register_no_lead_imports_nothing_and_nobody_agrees_with_himself(cast):
    with pytest.raises(NotPermitted):
        imported(cast, former.told(cast), actor=cast.system_administrator)
    with pytest.raises(NotPermitted):
        imported(cast, former.told(cast), agreed_by=cast.chief)
    with pytest.raises(NotPermitted):
        imported(cast, former.told(cast), actor=cast.head, agreed_by=cast.head)
    with pytest.raises(Invalid):
        imported(cast, former.told(cast), reason=" ")


def test_checking_a_file_names_every_fault_and_writes_nothing(cast):
    lines = [former.line(former.told(cast, f"旧{n}")) for n in range(3)]
    given: dict[str, Any] = {
        "actor": cast.handler,
        "agreed_by": cast.head,
        "reason": former.REASON,
    }
    assert services.check_lines(lines=[*lines, ""], **given) == 3
    with pytest.raises(services.FaultyLines) as refused:
        services.check_lines(lines=["{", *lines, "[]"], **given)
    assert [fault.line for fault in refused.value.faults] == [1, 5]
    assert not Case.objects.exists()


def test_the_database_takes_no_later_state_without_the_events_that_lead_to_it(cast):
    imported(cast, former.told(cast, steps=former.steps("T08")))
    row = Case.objects.values().get()
    row |= {"id": row["id"] + 1, "key": "x", "serial": 99, "lead_id": None}
    with pytest.raises(IntegrityError, match="may not go"), transaction.atomic():
        Case.objects.bulk_create([Case(**row)])
    happened = {
        "machine": "case",
        "object_id": row["id"],
        "kind": "case_opened",
        "legal_day": former.FILED_ON,
        "case_id": Case.objects.get().pk,
    }
    gap, unknown = ("filed", "terminated"), ("", "investigating")
    for chain in ([unknown], [("", "filed"), gap]):
        for before, after in chain:
            Event.objects.create(**happened, from_state=before, to_state=after)
        wrong = Case(**row | {"state": chain[-1][1]})
        with pytest.raises(IntegrityError, match="may not go"), transaction.atomic():
            Case.objects.bulk_create([wrong])
