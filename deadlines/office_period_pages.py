"""The pages of the periods an office sets itself: its list, entering one, ending one (law 6.1, P-15)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.views.base import ActView, StaffPage
from cases.workplace import title_of_kind
from deadlines import selectors
from deadlines.explain import period_words, sentences
from deadlines.models import OfficePeriod
from deadlines.office_period_forms import OfficePeriodEndForm, OfficePeriodForm
from deadlines.periods import Period
from deadlines.services import office_periods


@dataclass(frozen=True)
class Shown:
    """One period in the words of a page."""

    period: OfficePeriod
    length: str
    start: str
    met_by: str
    cancelled_by: str
    reminders: str


def _titles(kinds: list[str]) -> str:
    return "; ".join(title_of_kind(code) for code in kinds)


def _shown(row: OfficePeriod) -> Shown:
    return Shown(
        period=row,
        length=period_words(Period.parse(row.length)),
        start=title_of_kind(row.start),
        met_by=_titles(row.met_by),
        cancelled_by=_titles(row.cancelled_by),
        reminders=", ".join(str(days) for days in row.reminders),
    )


def own_periods_context(actor: User) -> dict[str, Any]:
    """Return the periods of the reader's office as the page of the periods of law shows them."""
    shown = [_shown(row) for row in selectors.office_periods_of(actor)]
    return {
        "own_periods": [item for item in shown if not item.period.ended],
        "may_keep_own_periods": office_periods.may_keep(actor),
    }


class OfficePeriodList(StaffPage):
    """Every period the reader's office set itself, the ended ones too."""

    template_name = "deadlines/office_period_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            own_periods=[_shown(row) for row in selectors.office_periods_of(self.actor)],
            may_keep_own_periods=office_periods.may_keep(self.actor),
            with_past=True,
            **kwargs,
        )


class _Keeping(ActView):
    """An act on the periods of the actor's office, for who keeps them."""

    def prepare(self) -> None:
        self.require(self.actor.is_authenticated and office_periods.may_keep(self.actor))

    def back(self) -> str:
        return reverse("office_period_list")


class OfficePeriodCreate(_Keeping):
    """Enter a period; first it is shown what it means."""

    template_name = "deadlines/office_period_create.html"
    form_class = OfficePeriodForm
    heading = _("New period of the office")
    explanation = _(
        "The law names no period here; the office's own regulation does. It concerns events recorded from "
        "now on: nothing that runs today moves."
    )
    button = _("Show what it means")
    done = _("The period is entered. Events recorded from now on start it.")

    def act(self, form: BaseForm) -> HttpResponse | None:
        assert isinstance(form, OfficePeriodForm)
        entry = form.entry()
        if "enter" in self.request.POST:
            office_periods.enter(actor=self.actor, entry=entry)
            return None
        example = office_periods.preview(actor=self.actor, entry=entry)
        lines = sentences(example.derivation(), provisional=example.provisional)
        context = self.get_context_data(
            form=form, example=example, lines=lines, start=title_of_kind(entry.start)
        )
        return self.render_to_response(context)


class OfficePeriodEnd(_Keeping):
    """End a period with its last day and the reason."""

    form_class = OfficePeriodEndForm
    explanation = _("What has begun runs on; events after the last day start nothing.")
    button = _("End the period")
    done = _("The period is ended.")
    dangerous = True
    period: OfficePeriod

    @property
    def heading(self) -> str | Promise:  # type: ignore[override]
        return _("End %(code)s %(title)s") % {
            "code": self.period.code,
            "title": self.period.title,
        }

    def prepare(self) -> None:
        super().prepare()
        self.period = selectors.get_office_period(self.actor, self.kwargs["pk"])

    def act(self, form: BaseForm) -> HttpResponse | None:
        office_periods.end(actor=self.actor, period=self.period, **form.cleaned_data)
        return None
