"""The form of the planner of a pre-suit preservation, for the page and for programs alike."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import clock
from deadlines.explain import error_text
from deadlines.forms import day_field
from deadlines.periods import PeriodError
from deadlines.planner import MOST_REVIEW_DAYS, REVIEW, PlannerError, plan
from deadlines.planner_words import review_hint
from deadlines.rulebook import rulebooks
from deadlines.rulebook_choice import chosen_rulebook, rulebook_choices


class PlannerForm(forms.Form):
    """The day of the measure, of the announcement, and how long the review takes; nothing is stored."""

    measure = day_field(
        gettext_lazy("Day of the measure, planned or real"),
        error_messages={"required": gettext_lazy("Enter the day on which the measure is taken.")},
    )
    announced = day_field(
        gettext_lazy("Day of the announcement, planned or real"),
        required=False,
        help_text=gettext_lazy("Leave it out when no announcement is planned yet."),
    )
    review_days = forms.IntegerField(
        label=gettext_lazy("Estimated length of the review, in days"),
        min_value=0,
        max_value=MOST_REVIEW_DAYS,
    )
    book = forms.ChoiceField(
        label=gettext_lazy("Rulebook"),
        required=False,
        help_text=gettext_lazy("Without a choice the one in force on the day of the measure."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        latest = list(rulebooks().values())[-1]
        self.fields["review_days"].help_text = review_hint(latest.periods[REVIEW])
        self.fields["book"].choices = rulebook_choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        book = chosen_rulebook(self, cleaned.get("measure"))
        if self.errors or book is None:
            return cleaned
        try:
            cleaned["plan"] = plan(
                measure=cleaned["measure"],
                announced=cleaned.get("announced"),
                review_days=cleaned["review_days"],
                book=book,
                today=clock.today(),
            )
        except PlannerError as error:
            sentence = _(
                "Rulebook %(version)s has no period %(missing)s, so the planner cannot answer. "
                "Choose another version."
            )
            values = {"version": book.version, "missing": ", ".join(error.missing)}
            self.add_error("book", sentence % values)
        except PeriodError as error:
            self.add_error(None, error_text(error))
        return cleaned
