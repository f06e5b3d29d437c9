"""Recusal: application, decision, one review (Rules 19-23)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from audit.errors import NotVisible
from cases.forms.cases import (
    CommitteeDecisionForm,
    RecusalDecisionForm,
    RecusalForm,
    RecusalReviewForm,
)
from cases.models import Case, Recusal
from cases.selectors.matters import of_visible_matters
from cases.services import committee, minutes, recusals
from cases.views.matter_frame import MatterAct, MatterView


class RecusalCreate(MatterAct):
    """Register an application that somebody stand aside."""

    form_class = RecusalForm
    heading = _("Apply for a recusal")
    explanation = _(
        "The chief procurator decides; on the chief the procuratorial committee decides, with a deputy "
        "chief in the chair (Rules 22). Until then the work goes on (Rules 21)."
    )
    button = _("Register the application")
    done = _("The application is registered.")

    def back(self) -> str:
        return people_page(self.matter)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"office_id": self.matter.office_id}

    def act(self, form: BaseForm) -> HttpResponse | None:
        recusals.apply_for_recusal(actor=self.actor, matter=self.matter, **form.cleaned_data)
        return None


class RecusalView(MatterView):
    """Loads the recusal of the address, of a matter the actor sees."""

    recusal: Recusal

    def prepare(self) -> None:
        rows = of_visible_matters(self.actor, Recusal.objects.all())
        found = rows.select_related("case", "lead", "person").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise NotVisible(translate("There is no such application."))
        self.recusal = found
        self.matter = found.case or found.lead


class RecusalAct(RecusalView, MatterAct):
    """A form that carries out one act on a recusal."""

    template_name = "cases/case_recusal.html"

    def back(self) -> str:
        return people_page(self.matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = minutes_shown(self.actor, self.matter, [self.recusal])
        return super().get_context_data(recusal=self.recusal, **shown, **kwargs)


class RecusalDecide(RecusalAct):
    """Decide on an application, or on the review of a decision."""

    heading = _("Decide on the recusal")
    explanation = _(
        "A granted recusal takes the person off the matter at once and hides it from them."
    )
    of_the_committee = _(
        "The procuratorial committee decides on the chief procurator, with a deputy chief in the chair "
        "(Rules 22). That deputy or the committee secretary enters what the minutes show."
    )
    button = _("Decide")
    done = _("The decision is recorded.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        if self.recusal.decided_by_committee:
            context["explanation"] = self.of_the_committee
        return context

    def get_form_class(self) -> type[BaseForm]:
        if self.recusal.decided_by_committee:
            return CommitteeDecisionForm
        return RecusalDecisionForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if self.recusal.decided_by_committee:
            kwargs["chairs"] = committee.chairs(self.matter, self.recusal.person)
        return kwargs

    def act(self, form: BaseForm) -> HttpResponse | None:
        met = form.meeting() if isinstance(form, CommitteeDecisionForm) else None
        recusals.decide_recusal(
            actor=self.actor,
            recusal=self.recusal,
            granted=form.cleaned_data["outcome"] == "granted",
            reason=form.cleaned_data["reason"],
            meeting=met,
        )
        return None


class RecusalReview(RecusalAct):
    """Register the one request for review (Rules 23)."""

    form_class = RecusalReviewForm
    heading = _("Register a request for review")
    explanation = _("A review is possible once, after the decision (Rules 23).")
    button = _("Register the request")
    done = _("The request for review is registered.")

    def act(self, form: BaseForm) -> HttpResponse | None:
        received_on = form.cleaned_data["received_on"]
        recusals.request_review(actor=self.actor, recusal=self.recusal, received_on=received_on)
        return None


def minutes_shown(actor: User, matter: Any, rows: Iterable[Recusal]) -> dict[str, Any]:
    """Return which minutes of the committee the actor may read, and whether he lets others read them."""
    meetings = [meeting for row in rows if (meeting := row.last_meeting)]
    readable = {
        each.minutes_id for each in meetings if minutes.may_read_minutes(actor, each.minutes)
    }
    return {
        "readable_minutes": readable,
        "may_permit": bool(meetings) and minutes.may_permit(actor, matter),
    }


def people_page(matter: Any) -> str:
    """Return where the recusals of a matter are shown."""
    if isinstance(matter, Case):
        return reverse("case_people", args=[matter.key])
    return str(matter.get_absolute_url())
