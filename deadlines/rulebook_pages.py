"""The page of the rulebook a case is kept under: which one, who decided it, and deciding it (norm C143)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.models import Event
from cases.selectors.events import standing_events
from cases.views.case_frame import CaseAct
from deadlines.derive import rulebook_of
from deadlines.rulebook import Rulebook, rulebooks
from deadlines.services.keeping import KIND, keep_under, may_keep, predates_rulebooks


def book_title(book: Rulebook) -> str:
    """Return the title of a rulebook in the reader's language."""
    return book.title_zh if (get_language() or "").startswith("zh") else book.title_en


class RulebookForm(forms.Form):
    """The version a case is kept under, and why."""

    version = forms.ChoiceField(label=_("Rulebook"))
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        books = [(code, book_title(book)) for code, book in rulebooks().items()]
        self.fields["version"].choices = books  # type: ignore[attr-defined]


class CaseRulebook(CaseAct):
    """Show and decide under which rulebook a case is kept."""

    template_name = "deadlines/case_rulebook.html"
    form_class = RulebookForm
    heading = _("Rulebook of the case")
    button = _("Decide")
    done = _("The decision is recorded; the deadlines follow.")

    def back(self) -> str:
        return reverse("case_rulebook", args=[self.case.key])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        book = rulebook_of(self.case)
        return super().get_context_data(
            book=book,
            book_title=book_title(book),
            decided=bool(self.case.rulebook),
            predates=predates_rulebooks(self.case),
            decisions=self._decisions(),
            permitted=may_keep(self.actor, self.case),
            **kwargs,
        )

    def _decisions(self) -> list[Event]:
        rows = standing_events(self.case, KIND).select_related("recorded_by")
        return list(rows.order_by("-id"))

    def act(self, form: BaseForm) -> HttpResponse | None:
        keep_under(actor=self.actor, case=self.case, **form.cleaned_data)
        return None
