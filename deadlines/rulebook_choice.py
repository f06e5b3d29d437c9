"""The choice of a rulebook in a question: a version, or none for the one in force on its day."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext as _

from deadlines.explain import book_name
from deadlines.rulebook import Rulebook, RulebookError, in_force, rulebooks


def rulebook_choices() -> list[tuple[str, str]]:
    """Return every version by its title, after the choice of none."""
    return [("", "—"), *((code, book_name(book)) for code, book in rulebooks().items())]


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
