"""Showing the facts of an event or a proposal as labelled sentences, the way their form asked them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _

from accounts.models import User
from cases.forms.base import FactsForm

if TYPE_CHECKING:
    from cases.models import Case, Lead

    Matter = Lead | Case


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
    return [
        FactLine(name, str(field.label or name), _in_words(field, facts[name]))
        for name, field in form.fields.items()
        if facts.get(name) not in (None, "", [], False)
    ]


def _in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return _rows_in_words(field, value)
    if isinstance(field, forms.ChoiceField):
        choices: Iterable[Any] = field.choices  # type: ignore[assignment]
        titles = {str(code): str(title) for code, title in choices}
        return "、".join(titles.get(str(code), str(code)) for code in _listed(value))
    if isinstance(field, forms.BooleanField):
        return _("Yes")
    return str(value)


def _rows_in_words(field: forms.ModelChoiceField[models.Model], value: Any) -> str:
    """Return rows by their names; a row the reader may no longer choose is named all the same."""
    assert field.queryset is not None
    rows = field.queryset.model._default_manager.filter(pk__in=_listed(value))
    return "、".join(str(row) for row in rows)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
