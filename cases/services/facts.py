"""Binding the form of an event kind: the same validation for the page and for the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from accounts.models import User
from cases.forms.base import FactsForm, validated
from cases.registries import StoredFile, event_kinds

if TYPE_CHECKING:
    from cases.machine import Declaration
    from cases.models import Case, Event, Lead

    Matter = Lead | Case


def form_class(kind: str) -> type[FactsForm]:
    """Return the facts form of an event kind; a kind without facts has the plain base."""
    form = event_kinds[kind].form or FactsForm
    assert issubclass(form, FactsForm)
    return form


def proposal_form_class(declaration: Declaration) -> type[Any]:
    """Return the form a proposer fills: the declaration's own or the kind's, else the event's facts."""
    kind = event_kinds[declaration.event_kind]
    return declaration.proposal_form or kind.proposal_form or form_class(kind.code)


def bound_form(
    kind: str,
    data: Any,
    files: Any = None,
    *,
    matter: Matter,
    actor: User,
    given: Sequence[StoredFile] = (),
    corrects: Event | None = None,
) -> FactsForm:
    """Return the valid form of an event kind; `given` are files that need not be uploaded again.

    Args:
        corrects: the event whose facts are put right.

    Raises:
        Invalid: with the sentences of every field.
    """
    form = form_class(kind)(data, files, matter=matter, actor=actor, given=given, corrects=corrects)
    return validated(form)
