"""What a question about periods may choose: a version of the rulebook, an event, a period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django import forms
from django.utils.translation import gettext as _

from cases.registries import event_kinds
from cases.workplace import title_of_kind
from deadlines.explain import book_name
from deadlines.rulebook import PeriodRule, Rulebook, RulebookError, in_force, rulebooks


def rulebook_choices() -> list[tuple[str, str]]:
    """Return every version by its title, after the choice of none."""
    return [("", "—"), *((code, book_name(book)) for code, book in rulebooks().items())]


def begun_kinds(own: Sequence[PeriodRule] = ()) -> list[str]:
    """Return the kinds of events that begin a period under any rulebook or of `own`, by their title."""
    rules = [rule for book in rulebooks().values() for rule in book.periods.values()]
    kinds = {kind for rule in (*rules, *own) for kind in rule.start if kind in event_kinds}
    return sorted(kinds, key=title_of_kind)


def computable_rules() -> list[PeriodRule]:
    """Return every period with a length, as the latest rulebook that has it words it."""
    found = {rule.id: rule for book in rulebooks().values() for rule in book.periods.values()}
    return [rule for rule in found.values() if rule.length]


def chosen_rulebook(form: forms.Form, day: date | None) -> Rulebook | None:
    """Return what the field `book` of a form being cleaned chooses, else the version in force on `day`.

    None without a day, and, with a sentence at the field, where none is in force on it.
    """
    if chosen := form.cleaned_data.get("book"):
        return rulebooks()[chosen]
    if day is None:
        return None
    try:
        return in_force(day)
    except RulebookError:
        sentence = _("No rulebook is in force on %(day)s. Choose one.")
        form.add_error("book", sentence % {"day": day.isoformat()})
        return None
