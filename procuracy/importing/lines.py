"""One line of the file: what it may say, and what is wrong with it.

A line is a JSON object. Its keys, with the fields of the forms that take the same facts in the browser:

* `reference`: the number of the case in the former system, once in an office.
* `handler`: the login of the prosecutor who handles it.
* `lead`: title, source, source_detail, received_on, summary and, where known, suspected_processor,
  confidential, reporter_name, reporter_contact, reporter_confidential.
* `assigned_on`: the day on which the handler got the lead.
* `assessment`: day, truthfulness, truthfulness_reason, feasibility, feasibility_reason.
* `filing`: day, and the facts of the decision to file (T06).
* `parties`: further parties, each with the fields of the form of parties; the processor of the filing is one.
* `steps`: what happened afterwards, each with `code`, `day` and its facts (`STEPS`).

Every day lies before today: what happens today is recorded on the pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from audit import clock
from audit.dates import parse_day
from audit.errors import Invalid
from cases.forms.base import FactsForm
from cases.forms.leads import AssessLeadForm, RegisterLeadForm
from cases.forms.parties import PartyCells
from cases.guards import LEGAL_DAY
from cases.machine import Declaration
from cases.models import Case, Lead
from cases.registries import machines, requirements
from cases.services.facts import form_class
from deadlines.derive import terms_of
from deadlines.rulebook import in_force, named
from deadlines.services.keeping import first_rulebook
from procuracy.importing.setting import Setting

# What can have happened before the court was asked; a suit is entered with its papers, on the pages.
STEPS = ("T08", "T10", "T11", "T12", "T16", "T19")
FILING = "T06"
LONGEST_REFERENCE = 100
LONGEST_LINE = 1_000_000
# Another office's department is no part of a file that one office brings along.
LEFT_OUT = ("sender_department", "sent_on", "major")
KEYS = frozenset(
    {"reference", "handler", "lead", "assigned_on", "assessment", "filing", "parties", "steps"}
)
FACTS_ALONE = "facts"
ANNOUNCEMENT = "P-01"


class Fault(NamedTuple):
    """What is wrong in a line, and where: the path of the value, such as ``filing.harm``."""

    line: int
    where: str
    sentence: str

    def __str__(self) -> str:
        return _("Line %(line)s: %(where)s: %(sentence)s") % self._asdict()


@dataclass(frozen=True)
class Step:
    """An act of the case with its day and facts."""

    declaration: Declaration
    day: date
    facts: dict[str, Any]


@dataclass(frozen=True)
class Former:
    """A case of the former system whose line is right.

    Attributes:
        lead, assessment, parties: as the services take them from the forms.
        filing: the facts of the decision to file, as its event keeps them.
    """

    number: int
    reference: str
    handler: str
    lead: dict[str, Any]
    assigned_on: date
    assessed_on: date
    assessment: dict[str, Any]
    filed_on: date
    filing: dict[str, Any]
    parties: list[dict[str, Any]]
    steps: list[Step]


@dataclass
class _Found:
    """What was found wrong so far in one line."""

    line: int
    faults: list[Fault] = field(default_factory=list)

    def add(self, where: str, sentence: str) -> None:
        self.faults.append(Fault(self.line, where, sentence))


class Reader:
    """Reads lines; its forms are made once, because making them takes longer than a line does."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.today = clock.today()
        self._lead = _without(RegisterLeadForm({}, actor=setting.asked_by), *LEFT_OUT)
        self._assessment = AssessLeadForm({})
        self._party = PartyCells({})
        self._declarations = {code: declaration_of(code) for code in (FILING, *STEPS)}
        self._steps = {
            code: _without(form_class(found.event_kind)({}), LEGAL_DAY)
            for code, found in self._declarations.items()
        }
        self._guards = {code: _guards(found) for code, found in self._declarations.items()}
        self._expiries: dict[tuple[str, date], date] = {}
        # Guards that read facts alone ask nothing of the matter.
        self._matters = {"lead": Lead(pk=0), "case": Case(pk=0)}

    def read(self, number: int, text: str) -> Former | list[Fault]:
        """Return the case a line tells of, or everything that is wrong with it."""
        found = _Found(number)
        told = _told(text, found)
        if told is None:
            return found.faults
        for key in sorted(set(told) - KEYS):
            found.add(key, _("Nothing is called so. See the description of the format."))
        former = self._former(told, found)
        return found.faults or former

    def _former(self, told: dict[str, Any], found: _Found) -> Former:
        lead = {"reporter_confidential": True} | _object(told.get("lead"), "lead", found)
        assessment = _object(told.get("assessment"), "assessment", found)
        filing = _object(told.get("filing"), "filing", found)
        filed_on = self._day(filing.pop("day", None), "filing.day", found)
        former = Former(
            number=found.line,
            reference=_reference(told.get("reference"), found),
            handler=self._handler(told.get("handler"), found),
            lead=self._cells(self._lead, "lead", lead, found),
            assigned_on=self._day(told.get("assigned_on"), "assigned_on", found),
            assessed_on=self._day(assessment.pop("day", None), "assessment.day", found),
            assessment=self._cells(self._assessment, "assessment", assessment, found),
            filed_on=filed_on,
            filing=self._facts(FILING, "filing", filing, filed_on, found),
            parties=list(self._parties(told.get("parties"), found)),
            steps=list(self._acts(told.get("steps"), found)),
        )
        if not found.faults:
            _require_sense(former, found)
            self._require_expiry(former, found)
        return former

    def _require_expiry(self, former: Former, found: _Found) -> None:
        """Refuse an announcement that expires on another day than its last (law 14.1, T16)."""
        announced: date | None = None
        for position, step in enumerate(former.steps, start=1):
            if step.declaration.code == "T12":
                announced = step.day
            elif step.declaration.code == "T16" and announced is not None:
                last = self._last_day_of_announcement(former.filed_on, announced)
                if step.day != last:
                    sentence = _("The announcement expired on %(day)s. Enter that day.")
                    found.add(f"steps.{position}.day", sentence % {"day": last.isoformat()})

    def _last_day_of_announcement(self, filed_on: date, announced: date) -> date:
        kept = kept_under(filed_on)
        book = named(kept) if kept else in_force(filed_on)
        known = (book.version, announced)
        if known not in self._expiries:
            calendar = self.setting.calendars[book.version]
            terms = terms_of(book.periods[ANNOUNCEMENT], announced)
            self._expiries[known] = terms.computed(calendar).last_day
        return self._expiries[known]

    def _handler(self, login: Any, found: _Found) -> str:
        if not isinstance(login, str) or login not in self.setting.handlers:
            found.add("handler", _("Not the login of a prosecutor of this office."))
        return str(login)

    def _day(self, text: Any, where: str, found: _Found) -> date:
        try:
            day = parse_day(str(text or ""), self.today)
        except Invalid as refusal:
            found.add(where, str(refusal.message))
            return self.today
        if day >= self.today:
            found.add(where, _("Only what happened before today is imported."))
        return day

    def _cells(self, form: forms.BaseForm, where: str, value: Any, found: _Found) -> dict[str, Any]:
        """Return the cleaned values of a form bound to one object of the line."""
        told = _object(value, where, found)
        for key in sorted(set(told) - set(form.fields)):
            found.add(
                f"{where}.{key}", _("Nothing is called so. See the description of the format.")
            )
        _bind(form, told)
        for name, sentences in form.errors.items():
            for sentence in sentences:
                found.add(where if name == "__all__" else f"{where}.{name}", str(sentence))
        return form.cleaned_data

    def _facts(
        self, code: str, where: str, value: dict[str, Any], day: date, found: _Found
    ) -> dict[str, Any]:
        """Return the facts of an act as its event keeps them, judged by the guards that read facts alone."""
        before, form = len(found.faults), self._steps[code]
        self._cells(form, where, value, found)
        if len(found.faults) > before:
            return {}
        assert isinstance(form, FactsForm)
        facts = form.facts()
        matter = self._matters["lead" if code == FILING else "case"]
        judged = facts | {LEGAL_DAY: day.isoformat()}
        for guard in self._guards[code]:
            verdict = guard.check(matter, judged)
            if not verdict.met:
                found.add(where, str(verdict.why))
        return facts

    def _parties(self, value: Any, found: _Found) -> Iterator[dict[str, Any]]:
        for position, party in enumerate(_array(value, "parties", found), start=1):
            yield self._cells(self._party, f"parties.{position}", party, found)

    def _acts(self, value: Any, found: _Found) -> Iterator[Step]:
        for position, act in enumerate(_array(value, "steps", found), start=1):
            where = f"steps.{position}"
            told = _object(act, where, found)
            code = str(told.pop("code", ""))
            day = self._day(told.pop("day", None), f"{where}.day", found)
            if code not in STEPS:
                codes = ", ".join(STEPS)
                found.add(where, _("The code of a step is one of %(codes)s.") % {"codes": codes})
                continue
            facts = self._facts(code, where, told, day, found)
            yield Step(self._declarations[code], day, facts)


def kept_under(filed_on: date) -> str:
    """Return the rulebook a case is kept under by the head's decision; empty where none is needed."""
    first = first_rulebook()
    return first.version if filed_on < first.valid_from else ""


def declaration_of(code: str) -> Declaration:
    """Return a step of the lead's machine or of the civil case's."""
    found = (machines[name].declarations.get(code) for name in ("lead", "case"))
    return next(declaration for declaration in found if declaration is not None)


def _guards(declaration: Declaration) -> list[Any]:
    codes = (*declaration.requirements, *declaration.act_requirements)
    return [entry for code in codes if (entry := requirements[code]).reads == FACTS_ALONE]


def _without(form: Any, *names: str) -> Any:
    for name in names:
        form.fields.pop(name, None)
    return form


def _bind(form: forms.BaseForm, told: dict[str, Any]) -> None:
    """Let a form that is there judge other values."""
    form.is_bound = True
    form.data = told
    form.files = MultiValueDict[str, UploadedFile[Any]]()
    form.full_clean()


def _told(text: str, found: _Found) -> dict[str, Any] | None:
    if len(text) > LONGEST_LINE:
        found.add("line", _("The line is longer than a million characters."))
        return None
    try:
        told = json.loads(text)
    except ValueError:
        found.add("line", _("The line is no JSON object."))
        return None
    if not isinstance(told, dict):
        found.add("line", _("The line is no JSON object."))
        return None
    return told


def _object(value: Any, where: str, found: _Found) -> dict[str, Any]:
    """Return a copy of an object whose values are texts, numbers, yes or no, or arrays of texts."""
    if not isinstance(value, dict):
        found.add(where, _("An object is missing here."))
        return {}
    return {key: item for key, item in value.items() if item is not None}


def _array(value: Any, where: str, found: _Found) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        found.add(where, _("An array is missing here."))
        return []
    return value


def _reference(value: Any, found: _Found) -> str:
    reference = str(value or "").strip()
    if not reference or len(reference) > LONGEST_REFERENCE:
        found.add("reference", _("The number in the former system is missing or too long."))
    return reference


def _require_sense(former: Former, found: _Found) -> None:
    """Refuse days out of order, and steps that lead nowhere."""
    if former.filing.get("violator_unknown"):
        sentence = _(
            "While the violator is unknown an inquiry must have been held. Enter this case by hand."
        )
        found.add("filing.violator_unknown", sentence)
    elif not former.filing.get("processor"):
        found.add("filing.processor", _("Name the processor."))
    received = former.lead["received_on"]
    _require_order(
        [
            (received, "lead.received_on"),
            (former.assigned_on, "assigned_on"),
            (former.filed_on, "filing.day"),
            *((step.day, f"steps.{n}.day") for n, step in enumerate(former.steps, start=1)),
        ],
        found,
    )
    _require_order(
        [
            (received, "lead.received_on"),
            (former.assessed_on, "assessment.day"),
            (former.filed_on, "filing.day"),
        ],
        found,
    )
    _require_edges(former, found)


def _require_order(days: list[tuple[date, str]], found: _Found) -> None:
    for (earlier, before), (later, where) in pairwise(days):
        if later < earlier:
            names = {"day": later.isoformat(), "before": before, "first": earlier.isoformat()}
            found.add(where, _("%(day)s lies before %(before)s (%(first)s).") % names)


def _require_edges(former: Former, found: _Found) -> None:
    state, proposal = str(declaration_of("T08").sources[0]), ""
    for position, step in enumerate(former.steps, start=1):
        where, declaration = f"steps.{position}", step.declaration
        if state not in declaration.sources:
            names = {"code": declaration.code, "state": state}
            found.add(where, _("%(code)s does not leave the state %(state)s.") % names)
        if declaration.code == "T10":
            proposal = step.facts["proposal"]
        if (declaration.code, proposal) in (("T11", "announce"), ("T12", "terminate")):
            found.add(where, _("The report on the investigation proposes the other way (T10)."))
        state = str(declaration.target)
