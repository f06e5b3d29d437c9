"""The columns of the table: what a row may say, read off the forms and declarations themselves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts.models import User
from cases.forms.leads import AssessLeadForm, RegisterLeadForm
from cases.machine import Declaration, LegalDay
from cases.registries import EntryColumn, EntryPart, entry_parts, machines
from cases.services.facts import form_class, proposal_form_class
from cases.services.on_paper import day_field, opinion_field, person_field
from cases.states import CaseState

if TYPE_CHECKING:
    from cases.models import Case, Lead

    Matter = Lead | Case

# The steps of a table in the order of the law; what the rooms enter stands before or after one of them.
PATH = (
    *("T03", "T06", "T08", "T10", "T12", "T16"),
    *("S03", "T21", "T22", "T24", "S12", "T25", "T29", "S18", "T36", "T38"),
)
LEAD = "lead"
ASSESSMENT = "assessment"
STATE = "state"
TEAM = "team"
TEAM_COLUMN = EntryColumn(TEAM, "办案组其他成员", "Other members of the team", "people")
# Who reported it never stands in a table that travels; a sender is another department's paper.
LEFT_OUT = {
    "reporter_name",
    "reporter_contact",
    "reporter_confidential",
    "sender_department",
    "sent_on",
}
# The handler of the lead is whoever enters it.
GIVEN = {("T03", "handler")}


def declaration_of(code: str) -> Declaration:
    """Return the declaration of a step of `PATH`."""
    return next(m.declarations[code] for m in machines.values() if code in m.declarations)


def reachable_states() -> list[CaseState]:
    """Return the states to which the steps of a table can lead, in their order."""
    targets = {
        declaration_of(code).target for code in PATH if code in machines["case"].declarations
    }
    return [state for state in CaseState if state == CaseState.FILED or state in targets]


def columns(actor: User) -> list[EntryColumn]:
    """Return every column in order."""
    found = [*_of_lead(actor), *_of_assessment()]
    for code in PATH:
        found += [column for part in parts("before", code) for column in part.columns()]
        found += [TEAM_COLUMN] if code == "T08" else []
        found += _of_step(code, actor)
        found += [column for part in parts("after", code) for column in part.columns()]
    return [*found, _state_column()]


def parts(place: str, code: str) -> list[EntryPart]:
    """Return what the rooms enter before or after a step, in the order of their registration."""
    return [part for part in entry_parts.values() if getattr(part, place) == code]


def _of_lead(actor: User) -> Iterator[EntryColumn]:
    for name, field in RegisterLeadForm(actor=actor).fields.items():
        if name not in LEFT_OUT:
            yield column_of(f"{LEAD}.{name}", "线索", "Lead", field, required=field.required)


def _of_assessment() -> Iterator[EntryColumn]:
    yield EntryColumn(
        f"{ASSESSMENT}.legal_day", "评估：日期", "Assessment: day", "day", required=True
    )
    for name, field in AssessLeadForm().fields.items():
        where = "评估可查性" if name.startswith("feasibility") else "评估真实性"
        where_en = "Feasibility" if name.startswith("feasibility") else "Truthfulness"
        yield column_of(f"{ASSESSMENT}.{name}", where, where_en, field, required=True)


def fields_of(code: str, actor: User, matter: Matter | None = None) -> dict[str, forms.Field]:
    """Return the fields a step asks of a matter: those of its proposal and those of its act."""
    declaration = declaration_of(code)
    asked = [form_class(declaration.event_kind)]
    if declaration.needs_proposal:
        asked = [proposal_form_class(declaration)]
        if declaration.legal_day == LegalDay.ACT:
            asked.append(form_class(declaration.event_kind))
    fields: dict[str, forms.Field] = {}
    for form in asked:
        takes_matter = hasattr(form, "asks_legal_day")
        bound: Any = form(actor=actor, matter=matter) if takes_matter else form()
        fields |= bound.fields
    return {name: field for name, field in fields.items() if (code, name) not in GIVEN}


def _of_step(code: str, actor: User) -> Iterator[EntryColumn]:
    declaration = declaration_of(code)
    # A lead is assigned and filed in every row; what came later stands where it came.
    always = code in ("T03", "T06")
    for name, field in fields_of(code, actor).items():
        yield column_of(
            f"{code}.{name}",
            declaration.title_zh,
            declaration.title_en,
            field,
            required=always and field.required,
        )
    if declaration.needs_proposal:
        yield from _of_paper(declaration, required=always)


def _of_paper(declaration: Declaration, *, required: bool) -> Iterator[EntryColumn]:
    zh, en = declaration.title_zh, declaration.title_en
    for role in declaration.route:
        with override("zh-hans"):
            title = str(role.label)
        with override("en"):
            title_en = str(role.label)
        for name, kind, word, word_en in (
            (person_field(role), "person", "", ""),
            (day_field(role), "day", "审批日期", ", day"),
            (opinion_field(role), "text", "意见", ", opinion"),
        ):
            yield EntryColumn(
                f"{declaration.code}.{name}",
                f"{zh}：{title}{word}",
                f"{en}: {title_en}{word_en}",
                kind,
                required=required and kind != "text",
            )
    yield EntryColumn(
        f"{declaration.code}.paper", f"{zh}：审批表文件", f"{en}: scan", "file", required=required
    )


def _state_column() -> EntryColumn:
    choices = tuple((state.value, state.label) for state in reachable_states())
    return EntryColumn(STATE, "现在所处阶段", "Present state", "choice", True, choices)


def _kind(field: forms.Field) -> str:
    if isinstance(field, forms.ModelMultipleChoiceField):
        return "people"
    if isinstance(field, forms.ModelChoiceField):
        rows = field.queryset
        return "person" if rows is not None and rows.model is User else "named"
    for kind, name in (
        (forms.FileField, "files"),
        (forms.BooleanField, "yes"),
        (forms.MultipleChoiceField, "choices"),
        (forms.ChoiceField, "choice"),
        (forms.DateField, "day"),
    ):
        if isinstance(field, kind):
            return name
    return "text"


def column_of(
    code: str, where_zh: str, where_en: str, field: forms.Field, *, required: bool
) -> EntryColumn:
    """Return the column of a field of a form."""
    kind = _kind(field)
    choices: Sequence[tuple[Any, Any]] = getattr(field, "choices", ()) if "choice" in kind else ()
    with override("zh-hans"):
        title = str(field.label)
    with override("en"):
        title_en = str(field.label)
    return EntryColumn(
        code,
        f"{where_zh}：{title}",
        f"{where_en}: {title_en}",
        kind,
        required,
        tuple((str(value), label) for value, label in choices if value not in ("", None)),
    )


def kind_in_words(column: EntryColumn) -> str:
    """Return what a cell of the column holds, in words."""
    words = {
        "text": _("Text"),
        "day": _("Day, for example 2020-08-05"),
        "yes": _("Yes or empty"),
        "choice": _("One of: %(choices)s"),
        "choices": _("One or more of, separated by semicolons: %(choices)s"),
        "person": _("Login or name of a person of the office"),
        "people": _("Logins or names, separated by semicolons"),
        "named": _("The name, exactly as it stands in Procuracy"),
        "file": _("Name of one uploaded file"),
        "files": _("Names of uploaded files, separated by semicolons"),
    }
    choices = "、".join(str(title) for _value, title in column.choices)
    return str(words[column.kind]) % {"choices": choices}
