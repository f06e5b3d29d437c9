"""The rows of imported cases: what register, assign, assess, file and the later steps would have written.

Nothing here asks the database. `acts.perform` is the model of every step: its event, the state, the version,
the entry in the record; the effects that write are those of `cases.effects`. Whoever changes them finds the
test that compares an imported case with one the services made.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from audit import clock
from audit.bulk import NewChain, Recorder
from audit.models import AuditEvent
from cases.forms.parties import PartyForm
from cases.initials import initials_of
from cases.lifecycle.apart import REGISTERING
from cases.models import (
    Case,
    Event,
    Lead,
    Party,
    PartyKind,
    PartyRole,
)
from cases.states import CaseState
from deadlines.models import Deadline, DeadlineState
from deadlines.rulebook import in_force, named
from deadlines.services.making import NewReminder
from deadlines.services.reminding import Call, first_reminders
from procuracy.importing.clocks import Clock, Clocks, Told
from procuracy.importing.copying import Spelled, array_of
from procuracy.importing.ids import Ids
from procuracy.importing.lines import FILING, Former, declaration_of, kept_under
from procuracy.importing.setting import Setting
from procuracy.importing.tables import (
    ASSESSMENT_FACTS,
    CASE_FACTS,
    LEAD_FACTS,
    empty_tables,
)

# Making a writer anew takes longer than the facts of an event do.
WRITER = json.JSONEncoder(ensure_ascii=False)
ASSIGNING = declaration_of("T03")
FILED = declaration_of(FILING)


class Numbers(NamedTuple):
    """The serials of a case and its lead in their registers."""

    lead: int
    case: int


@dataclass
class Entry:
    """A matter while its rows are made; `chain` is its part of the record."""

    pk: int
    machine: str
    chain: NewChain
    state: str = ""
    version: int = 1


@dataclass
class Course:
    """What happened in a lead and its case so far, in the order of recording."""

    lead: Entry
    case: Entry
    told: list[Told] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)


class Builder:
    """Makes the rows of one batch."""

    def __init__(self, setting: Setting, ids: Ids) -> None:
        self.setting, self.ids = setting, ids
        self.reminders: list[NewReminder] = []
        self._clocks = Clocks(setting)
        self._recorder = Recorder(office_id=setting.office.pk, at=setting.now, known=setting.known)
        self._today = clock.today()
        self._year = self._today.year
        self._tables = empty_tables(setting)

    def taken(self) -> list[tuple[str, list[str], str]]:
        """Return what is to be copied so far, each table with its columns, in the order to copy it.

        Events stand first, because a row may begin in a later state only with its events; parties before
        their cases, whose words are made once, with theirs.
        """
        return [(table.name, table.columns, table.taken()) for table in self._tables.values()]

    def add(self, former: Former, line: str, numbers: Numbers) -> str:
        """Make the rows of one case and return its key."""
        setting = self.setting
        lead, case = self.ids.next(Lead), self.ids.next(Case)
        course = Course(
            Entry(lead, "lead", self._recorder.chain(lead_id=lead)),
            Entry(case, "case", self._recorder.chain(case_id=case)),
        )
        lead_key = f"{setting.office.code}-{self._year}-L{numbers.lead:05}"
        case_key = f"{setting.office.code}-{former.filed_on.year}-{numbers.case:05}"
        self._lead_begins(course, former)
        rulebook = self._file(course, former, lead_key)
        self._parties(course, former)
        self._steps(course, former)
        self._matters(course, former, (lead_key, case_key), numbers, rulebook)
        self._beside(course, former, line)
        self._deadlines(course, former, rulebook)
        self._heads(course)
        return case_key

    def _lead_begins(self, course: Course, former: Former) -> None:
        """Registration, back-entry, assignment and assessment, as a running case is entered."""
        lead, setting = course.lead, self.setting
        received = former.lead["received_on"]
        facts = {"source": former.lead["source"], "major": False}
        self._move(
            course, lead, "lead_registered", received, REGISTERING.code, REGISTERING.target, facts
        )
        asked = {"asked_at": setting.now.isoformat()}
        self._event(course, lead, "back_entry_asked", self._today, asked, reason=setting.reason)
        self._event(course, lead, "back_entry_agreed", self._today, {}, agreed=True)
        facts = {"handler": setting.handlers[former.handler].pk, "conflict_checked": True}
        day, kind = former.assigned_on, ASSIGNING.event_kind
        self._move(course, lead, kind, day, ASSIGNING.code, ASSIGNING.target, facts)
        self._event(course, lead, "lead_assessed", former.assessed_on, former.assessment)
        lead.version += 1

    def _file(self, course: Course, former: Former, lead_key: str) -> str:
        """The decision to file and the case it opens; returns the rulebook it is kept under by decision."""
        lead, case, day = course.lead, course.case, former.filed_on
        kind, sources = FILED.event_kind, lead.state
        filed = self._row(course, lead, kind, day, former.filing, FILED.code, sources, FILED.target)
        lead.state = str(FILED.target)
        lead.version += 1
        opened = {"lead": lead_key}
        state = str(CaseState.FILED)
        row = self._row(course, case, "case_opened", day, opened, FILED.code, "", state)
        case.state = state
        if kept := kept_under(day):
            self._keep(course, case, day, kept)
        self._recorded(case, row)
        self._recorded(lead, filed)
        return kept

    def _keep(self, course: Course, case: Entry, filed_on: date, version: str) -> None:
        """With the back-entry the head decides on the rulebook (`deadlines.services.keeping`)."""
        sentence = _(
            "The case was filed on %(filed)s, before the rulebook of %(version)s came into force; "
            "it is kept under that rulebook."
        )
        reason = sentence % {"filed": filed_on, "version": version}
        facts = {"from": "", "to": version}
        self._event(
            course, case, "rulebook_kept", self._today, facts, reason=reason, head_alone=True
        )
        case.version += 1

    def _parties(self, course: Course, former: Former) -> None:
        setting, case = self.setting, course.case
        handler = setting.handlers[former.handler].pk
        violator = {
            **dict.fromkeys(PartyForm.Meta.fields, ""),
            "role": PartyRole.VIOLATOR.value,
            "kind": PartyKind.ORGANISATION.value,
            "name": former.filing["processor"],
            "domicile_abroad": False,
        }
        self._party(case, violator, handler)
        for facts in former.parties:
            pk = self._party(case, facts, setting.asked_by.pk)
            case.version += 1
            self._audit(case, "party.added", "party", pk, {"fields": sorted(facts)})

    def _party(self, case: Entry, facts: dict[str, Any], created_by: int) -> int:
        pk = self.ids.next(Party)
        values = [facts[name] for name in PartyForm.Meta.fields]
        initials = initials_of(facts["name"], facts["aliases"])
        self._tables["parties"].add(pk, case.pk, *values, initials, created_by)
        return pk

    def _steps(self, course: Course, former: Former) -> None:
        for step in former.steps:
            act = step.declaration
            kind, target = act.event_kind, str(act.target)
            self._move(course, course.case, kind, step.day, act.code, target, step.facts)

    def _move(
        self,
        course: Course,
        entry: Entry,
        kind: str,
        day: date,
        code: str,
        target: str,
        facts: dict[str, Any],
    ) -> None:
        """Change the state of a matter by an event."""
        row = self._row(course, entry, kind, day, facts, code, entry.state, str(target))
        entry.version += 1 if entry.state else 0
        entry.state = str(target)
        self._recorded(entry, row)

    def _event(
        self,
        course: Course,
        entry: Entry,
        kind: str,
        day: date,
        facts: dict[str, Any],
        *,
        reason: str = "",
        agreed: bool = False,
        head_alone: bool = False,
    ) -> None:
        """Record what changes no state."""
        row = self._row(
            course, entry, kind, day, facts, reason=reason, agreed=agreed, head_alone=head_alone
        )
        self._recorded(entry, row)

    def _row(
        self,
        course: Course,
        entry: Entry,
        kind: str,
        day: date,
        facts: dict[str, Any],
        code: str = "",
        before: str = "",
        target: str = "",
        *,
        reason: str = "",
        agreed: bool = False,
        head_alone: bool = False,
    ) -> _Recorded:
        """Make the row of one event; its entry in the record follows when all it brings about is there."""
        setting, pk = self.setting, self.ids.next(Event)
        of_case = entry is course.case
        by = setting.agreed_by.pk if agreed or head_alone else setting.asked_by.pk
        behalf = setting.standing.on_behalf_of if agreed else None
        on_behalf_of = behalf.pk if behalf else None
        written = WRITER.encode(facts)
        course.told.append(Told(kind, day, written, of_case))
        course.ids.append(pk)
        self._tables["events"].add(
            pk,
            None if of_case else entry.pk,
            entry.pk if of_case else None,
            kind,
            day,
            by,
            on_behalf_of,
            entry.machine if code else "",
            entry.pk if code else None,
            code,
            before,
            target,
            written,
            reason,
        )
        return _Recorded(pk, kind, day, code, before, target, by, on_behalf_of)

    def _recorded(self, entry: Entry, row: _Recorded) -> None:
        details = {
            "transition": row.code,
            "from": row.before,
            "to": row.target,
            "legal_day": row.day.isoformat(),
        }
        self._audit(
            entry,
            f"event.{row.kind}",
            "event",
            row.pk,
            details,
            actor=row.by,
            on_behalf_of=row.on_behalf_of,
        )

    def _audit(
        self,
        entry: Entry,
        action: str,
        object_type: str,
        object_id: int,
        details: dict[str, Any],
        *,
        actor: int | None = None,
        on_behalf_of: int | None = None,
    ) -> None:
        pk, chain = self.ids.next(AuditEvent), entry.chain
        actor_id = self.setting.asked_by.pk if actor is None else actor
        sealed = chain.add(
            event_id=pk,
            actor_id=actor_id,
            action=action,
            object_type=object_type,
            object_id=object_id,
            details=details,
            on_behalf_of_id=on_behalf_of,
        )
        self._tables["audit"].add(
            pk,
            chain.scope,
            sealed.sequence,
            chain.case_id,
            chain.lead_id,
            actor_id,
            on_behalf_of,
            action,
            object_type,
            object_id,
            Spelled(sealed.canonical),
            sealed.previous,
            sealed.mac,
        )
        self._tables["pending"].add(pk)

    def _heads(self, course: Course) -> None:
        for entry in (course.lead, course.case):
            chain = entry.chain
            self._tables["heads"].add(chain.scope, chain.sequence, chain.mac)

    def _matters(
        self,
        course: Course,
        former: Former,
        keys: tuple[str, str],
        numbers: Numbers,
        rulebook: str,
    ) -> None:
        """The rows of the lead and the case (`leads.register_lead`, `cases.effects.open_case`)."""
        lead, case, setting = course.lead, course.case, self.setting
        handler = setting.handlers[former.handler]
        department = handler.department_id or (setting.department and setting.department.pk)
        told, facts = former.lead, former.filing
        self._tables["leads"].add(
            lead.pk,
            keys[0],
            department,
            numbers.lead,
            lead.state,
            lead.version,
            handler.pk,
            initials_of(told["title"], told["suspected_processor"]),
            *(told[name] for name in LEAD_FACTS),
        )
        self._tables["cases"].add(
            case.pk,
            keys[1],
            department,
            former.filed_on.year,
            numbers.case,
            case.state,
            case.version,
            lead.pk,
            handler.pk,
            facts["case_title"],
            initials_of(facts["case_title"]),
            told["confidential"],
            array_of(facts["legal_bases"]),
            former.filed_on,
            told["summary"],
            rulebook,
            *(facts[name] for name in CASE_FACTS),
        )

    def _beside(self, course: Course, former: Former, line: str) -> None:
        """Assessment, team, back-entry, and which line it was."""
        handler = self.setting.handlers[former.handler].pk
        lead, case, assessed = course.lead.pk, course.case.pk, former.assessment
        values = (assessed[name] for name in ASSESSMENT_FACTS)
        self._tables["assessments"].add(lead, handler, *values)
        self._tables["team"].add(case, handler)
        self._tables["back_entries"].add(lead, case)
        digest = hashlib.sha256(line.encode()).hexdigest()
        self._tables["former"].add(case, former.reference, digest)

    def _deadlines(self, course: Course, former: Former, rulebook: str) -> None:
        received = in_force(former.lead["received_on"])
        book = named(rulebook) if rulebook else in_force(former.filed_on)
        for matter, owner, found in ((Lead, course.lead, received), (Case, course.case, book)):
            for one in self._clocks.of(matter, found, course.told):
                self._deadline(course, owner, former, one, found.version)

    def _deadline(
        self, course: Course, owner: Entry, former: Former, one: Clock, version: str
    ) -> None:
        rule, pk = one.rule, self.ids.next(Deadline)
        handler = self.setting.handlers[former.handler]
        holders = self.setting.holders_of(rule.duty, handler)
        of_case = owner is course.case
        self._tables["deadlines"].add(
            pk,
            None if of_case else owner.pk,
            owner.pk if of_case else None,
            rule.id,
            version,
            rule.title_zh,
            rule.title_en,
            rule.article,
            rule.kind.value,
            course.ids[one.start],
            one.state,
            None if one.ended_by is None else course.ids[one.ended_by],
            holders[0].pk if holders else None,
            one.grounds_with(course.ids),
            *one.days.values(),
        )
        if one.state == DeadlineState.OPEN and one.effective_day >= self._today:
            row = Deadline(pk=pk, state=one.state, effective_day=one.effective_day)
            call = Call(row, holders, rule, quiet=True)
            self.reminders += first_reminders([call], self.setting.reminders)


class _Recorded(NamedTuple):
    """What the record says of an event."""

    pk: int
    kind: str
    day: date
    code: str
    before: str
    target: str
    by: int
    on_behalf_of: int | None
