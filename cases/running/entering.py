"""Entering one row: lead, case and the steps so far, each through its own service (design 3, back-entry)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from accounts.models import Role, User
from audit import clock
from audit.dates import parse_day
from audit.errors import Invalid, NotPermitted
from cases.forms.leads import AssessLeadForm, RegisterLeadForm
from cases.machine import Declaration
from cases.models import Case, Lead, TeamPosition
from cases.registries import EntryColumn
from cases.running.columns import (
    ASSESSMENT,
    LEAD,
    PATH,
    STATE,
    TEAM,
    columns,
    declaration_of,
    fields_of,
    parts,
)
from cases.running.reading import Row
from cases.selectors import people
from cases.services import acts, leads, team
from cases.services.back_entry import begin_back_entry
from cases.services.on_paper import (
    Paper,
    PaperApproval,
    day_field,
    enter_on_paper,
    opinion_field,
    person_field,
)
from cases.services.routes import standing_of

if TYPE_CHECKING:
    Matter = Lead | Case

YES = {"是", "yes", "true", "1", "√", "✓", "on", "y"}
SEPARATORS = str.maketrans("；、，,", ";;;;")


@dataclass(frozen=True)
class Asked:
    """Who asked for the entry, when and why, and who agrees to it now."""

    by: User
    at: datetime
    reason: str
    head: User


class EnteringRow:
    """The cells of a row while it is entered; `matter` is the lead, then the case."""

    matter: Matter

    def __init__(self, row: Row, papers: Mapping[str, UploadedFile[Any]], asked: Asked) -> None:
        self.row, self.papers, self.asked = row, papers, asked
        self.columns = {column.code: column for column in columns(asked.by)}

    @property
    def actor(self) -> User:
        """Who enters it, and so handles it."""
        return self.asked.by

    def text(self, code: str) -> str:
        """Return a cell as it stands."""
        return self.row.get(code, "")

    def yes(self, code: str) -> bool:
        """Say whether a cell says yes."""
        return self.text(code).lower() in YES

    def day(self, code: str) -> date | None:
        """Return a cell as a day.

        Raises:
            Invalid: it is none.
        """
        text = self.text(code)
        try:
            return parse_day(text, clock.today()) if text else None
        except Invalid as refusal:
            raise self.refused(code, str(refusal.message)) from refusal

    def person(self, code: str) -> User | None:
        """Return the one person of the office a cell names by login or name.

        Raises:
            Invalid: nobody or several are called so.
        """
        text = self.text(code)
        return self._person_called(code, text) if text else None

    def people(self, code: str) -> list[User]:
        """Return everybody a cell names.

        Raises:
            Invalid: nobody or several are called so.
        """
        return [self._person_called(code, name) for name in split(self.text(code))]

    def _person_called(self, code: str, name: str) -> User:
        found = list(
            User.objects.filter(Q(username=name) | Q(name=name), office=self.actor.office_id)[:2]
        )
        if len(found) != 1:
            sentence = _("“%(name)s” is not one person of the office. Enter the login.")
            raise self.refused(code, sentence % {"name": name})
        return found[0]

    def uploads(self, code: str) -> list[UploadedFile[Any]]:
        """Return the uploaded files a cell names.

        Raises:
            Invalid: one of them was not uploaded.
        """
        return [self._paper(code, name) for name in split(self.text(code))]

    def upload(self, code: str) -> UploadedFile[Any] | None:
        """Return the one uploaded file a cell names, None when it is empty."""
        return next(iter(self.uploads(code)), None)

    def _paper(self, code: str, name: str) -> UploadedFile[Any]:
        upload = self.papers.get(name)
        if upload is None:
            sentence = _("The file “%(name)s” was not uploaded with the table.")
            raise self.refused(code, sentence % {"name": name})
        upload.seek(0)
        return upload

    def refused(self, code: str, sentence: str) -> Invalid:
        """Return the refusal of one cell."""
        return Invalid(sentence, errors={code: [sentence]}, code="cell")

    @contextmanager
    def cells_of(self, prefix: str) -> Iterator[None]:
        """Let what a service refuses about a field be said of the cell in which it stands."""
        try:
            yield
        except Invalid as refusal:
            refusal.errors = {
                name if name in self.columns else f"{prefix}.{name}": texts
                for name, texts in refusal.errors.items()
            }
            raise

    def says(self, code: str) -> bool:
        """Say whether a step or a part is stated in the row: any of its cells is filled."""
        return any(name.startswith(f"{code}.") for name in self.row)

    def posted(self, prefix: str, fields: Mapping[str, forms.Field]) -> MultiValueDict[str, str]:
        """Return the cells of a step as its form would be sent."""
        data: MultiValueDict[str, str] = MultiValueDict()
        for name, field in fields.items():
            code = f"{prefix}.{name}"
            column = self.columns.get(code)
            if column is not None and column.kind == "named":
                data.setlist(name, self._named(code, field))
            elif values := self._values(column, code):
                data.setlist(name, values)
        return data

    def _named(self, code: str, field: forms.Field) -> list[str]:
        """Return the value of the row of the database a cell names, as `field` offers it now."""
        text = self.text(code)
        if not text:
            return []
        offered: Iterable[tuple[Any, Any]] = getattr(field, "choices", ())
        found = [str(value) for value, title in offered if value and str(title) == text]
        if len(found) != 1:
            sentence = _("“%(name)s” is not the name of one that can be chosen here.")
            raise self.refused(code, sentence % {"name": text})
        return found

    def _values(self, column: EntryColumn | None, code: str) -> list[str]:
        text = self.text(code)
        if column is None or not text or column.kind in ("file", "files"):
            return []
        if column.kind == "yes":
            return ["on"] if self.yes(code) else []
        if column.kind == "day":
            day = self.day(code)
            return [day.isoformat()] if day else []
        if column.kind in ("person", "people"):
            return [str(person.pk) for person in self.people(code)]
        if column.kind in ("choice", "choices"):
            values = split(text) if column.kind == "choices" else [text]
            return [chosen(column, value) for value in values]
        return [text]


def split(text: str) -> list[str]:
    """Return the parts of a cell that names several things."""
    return [part.strip() for part in text.translate(SEPARATORS).split(";") if part.strip()]


def chosen(column: EntryColumn, text: str) -> str:
    """Return the value of a choice named by value or title; what is neither is left to the form to refuse."""
    titles = {str(title): value for value, title in column.choices}
    return titles.get(text, text)


def head_of(actor: User, lead: Lead) -> User:
    """Return the head who would agree to what `actor` asks.

    Raises:
        Invalid: nobody but the actor heads the department.
    """
    head = people.deciders(lead, Role.DEPARTMENT_HEAD).exclude(pk=actor.pk).first()
    if head is None:
        raise Invalid(_("Nobody heads the department who could agree."), code="no_head")
    return head


def enter_row(row: EnteringRow) -> Case:
    """Enter a row; inside the caller's transaction. Returns the case.

    Raises:
        Refusal: as the service of the step that is refused.
    """
    _require_cells(row)
    lead = _register(row)
    row.matter = lead
    asked = row.asked
    standing = standing_of(asked.head, lead, Role.DEPARTMENT_HEAD)
    if standing is None:
        raise NotPermitted(_("The head of another department cannot agree."), code="wrong_role")
    begin_back_entry(
        lead=lead,
        reason=asked.reason,
        asked_by=asked.by,
        asked_at=asked.at,
        agreed_by=asked.head,
        standing=standing,
    )
    _assign(row, lead)
    _assess(row, lead)
    for code in PATH[1:]:
        _enter_step(row, code)
    return _require_state(row)


def _require_cells(row: EnteringRow) -> None:
    missing = [c for c in row.columns.values() if c.required and not row.text(c.code)]
    if missing:
        names = "、".join(column.title_zh for column in missing)
        errors = {c.code: [_("This cell is empty.")] for c in missing}
        sentence = _("These cells are empty: %(names)s.") % {"names": names}
        raise Invalid(sentence, errors=errors, code="cell")


def valid_cells(prefix: str, form: Any) -> dict[str, Any]:
    """Return the cleaned data of a form that was bound to the cells whose codes begin with `prefix`.

    Raises:
        Invalid: naming the cells that are not right.
    """
    if not form.is_valid():
        errors = {f"{prefix}.{n}": [str(t) for t in texts] for n, texts in form.errors.items()}
        raise Invalid(_("Some cells are not right."), errors=errors, code="cell")
    data: dict[str, Any] = form.cleaned_data
    return data


def _register(row: EnteringRow) -> Lead:
    fields = RegisterLeadForm(actor=row.actor).fields
    form = RegisterLeadForm(row.posted(LEAD, fields), actor=row.actor)
    facts = valid_cells(LEAD, form)
    return leads.register_lead(actor=row.actor, facts=facts)


def _assign(row: EnteringRow, lead: Lead) -> None:
    """Let the head who agrees give the lead to whoever enters it (T03)."""
    data = row.posted("T03", fields_of("T03", row.actor))
    data.setlist("handler", [str(row.actor.pk)])
    acts.record_directly(actor=row.asked.head, matter=lead, code="T03", data=data)
    lead.refresh_from_db()


def _assess(row: EnteringRow, lead: Lead) -> None:
    form = AssessLeadForm(row.posted(ASSESSMENT, AssessLeadForm.base_fields))
    facts = valid_cells(ASSESSMENT, form)
    day = row.day(f"{ASSESSMENT}.legal_day")
    leads.assess_lead(actor=row.actor, lead=lead, facts=facts, legal_day=day)
    lead.refresh_from_db()


def _enter_step(row: EnteringRow, code: str) -> None:
    """Enter a step the row states, with what the rooms enter before and after it."""
    for part in parts("before", code):
        part.enter(row)
    if code == "T08":
        _set_team(row)
    row.matter.refresh_from_db()
    if row.says(code):
        declaration = declaration_of(code)
        _record(row, declaration)
    for part in parts("after", code):
        part.enter(row)


def _record(row: EnteringRow, declaration: Declaration) -> None:
    code, matter = declaration.code, row.matter
    fields = fields_of(code, row.actor, matter)
    data = row.posted(code, fields)
    files: MultiValueDict[str, UploadedFile[Any]] = MultiValueDict(
        {
            name: found
            for name, field in fields.items()
            if (found := row.uploads(f"{code}.{name}") if _takes_files(row, code, name) else [])
        }
    )
    given: dict[str, Any] = {"actor": row.actor, "matter": matter, "data": data, "files": files}
    with row.cells_of(code):
        if declaration.needs_proposal:
            enter_on_paper(declaration=declaration, paper=_paper(row, declaration), **given)
        else:
            acts.require_proposer(row.actor, matter, declaration)
            acts.enter_directly(declaration=declaration, **given)
    matter.refresh_from_db()
    if isinstance(matter, Lead) and (case := Case.objects.filter(lead=matter).first()):
        row.matter = case


def _takes_files(row: EnteringRow, code: str, name: str) -> bool:
    column = row.columns.get(f"{code}.{name}")
    return column is not None and column.kind in ("file", "files")


def _paper(row: EnteringRow, declaration: Declaration) -> Paper:
    code = declaration.code
    approvals = [
        PaperApproval(role, person, day, row.text(f"{code}.{opinion_field(role)}"))
        for role in declaration.route
        if (person := row.person(f"{code}.{person_field(role)}"))
        and (day := row.day(f"{code}.{day_field(role)}"))
    ]
    scan = row.upload(f"{code}.paper")
    if scan is None or not approvals:
        sentence = _("The approval and its scan are missing.")
        raise Invalid(sentence, errors={f"{code}.paper": [sentence]}, code="cell", law="Rules 5, 7")
    return Paper(approvals, scan)


def _set_team(row: EnteringRow) -> None:
    """Let the head give the case the team the row names beside its lead handler (Rules 6, 36)."""
    named = row.people(TEAM)
    if not named or not isinstance(row.matter, Case):
        return
    members: list[tuple[User, str]] = [(row.actor, TeamPosition.LEAD)]
    members += [(person, _position(person)) for person in named]
    team.set_team(
        actor=row.asked.head, case=row.matter, members=members, reason=row.asked.reason[:300]
    )


def _position(person: User) -> str:
    from accounts import selectors as accounts

    for role, position in (
        (Role.PROSECUTOR, TeamPosition.HANDLER),
        (Role.ASSISTANT, TeamPosition.ASSISTANT),
    ):
        if accounts.has_role(person, role):
            return position
    return TeamPosition.CLERK


def _require_state(row: EnteringRow) -> Case:
    """Refuse a row whose steps lead elsewhere than it says (the days or the state are wrong)."""
    case = row.matter
    assert isinstance(case, Case)  # T06 stands in every row
    case.refresh_from_db()
    said = chosen(row.columns[STATE], row.text(STATE))
    if said not in (case.state, case.state_zh, case.law_code):
        sentence = _("The steps of the row lead to “%(found)s”, not to “%(said)s”.") % {
            "found": case.get_state_display(),
            "said": row.text(STATE),
        }
        raise row.refused(STATE, sentence)
    return case
