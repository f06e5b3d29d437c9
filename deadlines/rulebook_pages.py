"""The rulebooks: their periods, and under which one a case is kept and who decided it (norm C143)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.errors import Refusal
from cases.models import Event
from cases.selectors.events import standing_events
from cases.views.case_frame import CaseAct
from deadlines.derive import rulebook_of
from deadlines.explain import book_title
from deadlines.rulebook import rulebooks
from deadlines.services.keeping import (
    KIND,
    keep_under,
    may_keep,
    predates_rulebooks,
    preview_keeping,
)


class RulebookForm(forms.Form):
    """The version a case is kept under, and why; the digest is of what was shown."""

    version = forms.ChoiceField(label=_("Rulebook"))
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    digest = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        books = [(code, book_title(book)) for code, book in rulebooks().items()]
        self.fields["version"].choices = books  # type: ignore[attr-defined]


class CaseRulebook(CaseAct):
    """Show and decide under which rulebook a case is kept."""

    template_name = "deadlines/case_rulebook.html"
    form_class = RulebookForm
    heading = _("Rulebook of the case")
    button = _("Show what it moves")
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
        if not form.cleaned_data["digest"]:
            return self._shown(form)
        keep_under(actor=self.actor, case=self.case, **form.cleaned_data)
        return None

    def refused(self, form: BaseForm, refusal: Refusal) -> HttpResponse:
        if refusal.code != "moves_differ":
            return super().refused(form, refusal)
        messages.warning(self.request, str(refusal.message))
        return self._shown(form, status=refusal.status)

    def _shown(self, form: BaseForm, *, status: int = 200) -> HttpResponse:
        """Show what the decision moves, with the form that takes it."""
        given = form.cleaned_data
        outcome = preview_keeping(actor=self.actor, case=self.case, version=given["version"])
        again = RulebookForm(initial=given | {"digest": outcome.digest})
        again.fields["version"].widget = forms.HiddenInput()
        chosen = book_title(rulebooks()[outcome.version])
        context = self.get_context_data(form=again, outcome=outcome, chosen=chosen)
        context["button"] = _("Decide")
        return self.render_to_response(context, status=status)
