"""Showing the facts of an event or a proposal as labelled sentences, the way their form asked them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Office, User
from cases.forms.base import FactsForm
from cases.models import LeadSource, RecusalDecision, TeamPosition

if TYPE_CHECKING:
    from cases.models import Case, Lead

    Matter = Lead | Case


_UNSTATED: tuple[Any, ...] = (None, "", [], False)


@dataclass(frozen=True)
class FactLine:
    """One stated fact: the field, its label and its value in words; empty facts have none."""

    name: str
    label: str
    value: str


def blank_form(
    form: type[forms.Form], matter: Matter, actor: User, initial: Mapping[str, Any] | None = None
) -> forms.Form:
    """Return the unbound form of an event kind or a proposal; only facts forms know the matter."""
    if issubclass(form, FactsForm):
        return form(matter=matter, actor=actor, initial=dict(initial or {}))
    return form(initial=dict(initial or {}))


def fact_lines(form: forms.Form, facts: Mapping[str, Any]) -> list[FactLine]:
    """Return the facts in the order of the form's fields; what was not stated is left out.

    Args:
        form: unbound, so that choices know their titles.
        facts: JSON values as `FactsForm.facts` makes them.
    """
    return fact_lines_of_all(form, [facts])[0]


def fact_lines_of_all(
    form: forms.Form, stated: Sequence[Mapping[str, Any]]
) -> list[list[FactLine]]:
    """Return the facts of many events or proposals of one form, each as `fact_lines` does.

    What names rows is read once a field, however many events there are.
    """
    names = {
        name: _names(field, [facts.get(name) for facts in stated])
        for name, field in form.fields.items()
        if isinstance(field, forms.ModelChoiceField)
    }
    return [
        [
            FactLine(
                name, str(field.label or name), _in_words(field, facts[name], names.get(name, {}))
            )
            for name, field in form.fields.items()
            if facts.get(name) not in _UNSTATED
        ]
        for facts in stated
    ]


def changed_lines(form: forms.Form, facts: Mapping[str, Any]) -> list[FactLine]:
    """Return the facts a correction changed, those too that it emptied."""
    stated = {line.name: line for line in event_lines(form, facts)}
    emptied = {
        name: FactLine(name, str(form.fields[name].label or name), _nothing(form.fields[name]))
        for name in facts
        if name in form.fields and name not in stated
    }
    return [*stated.values(), *emptied.values()]


def _nothing(field: forms.Field) -> str:
    return _("No") if isinstance(field, forms.BooleanField) else "—"


def event_lines(form: forms.Form, facts: Mapping[str, Any]) -> list[FactLine]:
    """Return the facts of an event: those its form asked, then those the services stated."""
    stated = [
        FactLine(name, str(title), words(facts[name]))
        for name, (title, words) in _STATED_BY_SERVICES.items()
        if name not in form.fields and facts.get(name) not in _UNSTATED
    ]
    return fact_lines(form, facts) + stated


def _person(pk: Any) -> str:
    return ", ".join(str(user) for user in User.objects.filter(pk=pk))


def _office(pk: Any) -> str:
    return ", ".join(str(office) for office in Office.objects.filter(pk=pk))


def _team(members: Any) -> str:
    positions = dict(TeamPosition.choices)
    names = {user.pk: str(user) for user in User.objects.filter(pk__in=[m[0] for m in members])}
    return "\n".join(
        f"{names.get(pk, pk)} · {positions.get(place, place)}" for pk, place in members
    )


def _titled(choices: type[models.TextChoices]) -> Callable[[Any], str]:
    titles = dict(choices.choices)
    return lambda value: str(titles.get(value, value))


# Facts of events no form asks for: the service that records the event states them.
_STATED_BY_SERVICES: dict[str, tuple[Any, Callable[[Any], str]]] = {
    "source": (gettext_lazy("Source"), _titled(LeadSource)),
    "major": (gettext_lazy("Major lead"), lambda value: _("Yes")),
    "truthfulness": (gettext_lazy("Truthfulness (of 5)"), str),
    "truthfulness_reason": (gettext_lazy("Why (truthfulness)"), str),
    "feasibility": (gettext_lazy("Feasibility (of 5)"), str),
    "feasibility_reason": (gettext_lazy("Why (feasibility)"), str),
    "receipt": (gettext_lazy("Receipt"), str),
    "office": (gettext_lazy("Office"), _office),
    "lead": (gettext_lazy("Lead"), str),
    "person": (gettext_lazy("Person concerned"), _person),
    "decision": (gettext_lazy("Decision"), _titled(RecusalDecision)),
    "opinion": (gettext_lazy("Opinion of the decider"), str),
    "chair": (gettext_lazy("In the chair"), _person),
    "committee_members": (gettext_lazy("Members of the committee"), str),
    "committee_present": (gettext_lazy("Members present"), str),
    "votes_for": (gettext_lazy("Members who voted for the decision"), str),
    "from": (gettext_lazy("Handed over by"), _person),
    "to": (gettext_lazy("Handed over to"), _person),
    "team": (gettext_lazy("Handling team"), _team),
}


def _in_words(field: forms.Field, value: Any, names: Mapping[str, str]) -> str:
    """Return a value in words; `names` are those of the rows the field may name, by key."""
    if isinstance(field, forms.ModelChoiceField):
        keys = {str(key) for key in _listed(value)}
        return "、".join(title for key, title in names.items() if key in keys)
    if isinstance(field, forms.ChoiceField):
        choices: Iterable[Any] = field.choices  # type: ignore[assignment]
        titles = {str(code): str(title) for code, title in choices}
        return "、".join(titles.get(str(code), str(code)) for code in _listed(value))
    if isinstance(field, forms.BooleanField):
        return _("Yes")
    return str(value)


def _names(field: forms.ModelChoiceField[models.Model], values: Iterable[Any]) -> dict[str, str]:
    """Return the rows by their names; one the reader may no longer choose is named all the same."""
    keys = {key for value in values if value not in _UNSTATED for key in _listed(value)}
    if not keys:
        return {}
    assert field.queryset is not None
    rows = field.queryset.model._default_manager.filter(pk__in=keys)
    return {str(row.pk): str(row) for row in rows}


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
