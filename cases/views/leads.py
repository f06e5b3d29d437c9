"""The register of leads, the page of a lead and the acts upon it (Rules 24-27)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from cases.forms.leads import AssessLeadForm, EscalateLeadForm
from cases.models import Lead, LeadAssessment
from cases.selectors import people
from cases.selectors.matters import get_lead
from cases.selectors.next_steps import next_steps
from cases.selectors.timeline import timeline_of
from cases.selectors.work import tasks_of
from cases.services import leads
from cases.views.cases import groups_of_timeline
from cases.views.matter_frame import (
    MatterAct,
    MatterPage,
    MatterView,
    rendered_panels,
    work_context,
)


class LeadView(MatterView):
    """Loads the lead of the address."""

    matter: Lead

    def prepare(self) -> None:
        self.matter = get_lead(self.actor, self.kwargs["key"])


def assessment_of(lead: Lead) -> LeadAssessment | None:
    """Return the assessment of a lead, None before there is one."""
    try:
        return lead.assessment
    except ObjectDoesNotExist:
        return None


class LeadDetail(LeadView, MatterPage):
    """The page of a lead; that it was looked at is recorded (norm C131)."""

    template_name = "cases/lead_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        leads.record_reading(actor=self.actor, matter=self.matter)
        lead, actor, group = self.matter, self.actor, self.request.GET.get("group", "")
        return super().get_context_data(
            **work_context(lead, actor),
            **kwargs,
            lead=lead,
            is_member=people.is_member(lead, actor),
            tasks=tasks_of(lead),
            assessment=assessment_of(lead),
            steps=next_steps(lead, actor),
            entries=timeline_of(lead, actor, group),
            group=group,
            groups=groups_of_timeline(),
            panels=rendered_panels(self.request, lead, actor, "aside"),
        )


class LeadAct(LeadView, MatterAct):
    """A form that carries out one act on a lead."""


class LeadAssess(LeadAct):
    """Score and explain truthfulness and feasibility (Rules 27; norm C007)."""

    form_class = AssessLeadForm
    heading = _("Assess the lead")
    explanation = _("Both are scored and explained before a case is filed or refused (Rules 27).")
    button = _("Save the assessment")
    done = _("The assessment is saved.")

    def get_initial(self) -> dict[str, Any]:
        present = assessment_of(self.matter)
        names = AssessLeadForm.base_fields
        return {name: getattr(present, name) for name in names} if present else {}

    def act(self, form: BaseForm) -> HttpResponse | None:
        leads.assess_lead(actor=self.actor, lead=self.matter, facts=form.cleaned_data)
        return None


class LeadEscalate(LeadAct):
    """Report to the superior office instead of returning a transferred lead (norm C005)."""

    form_class = EscalateLeadForm
    heading = _("Report to the superior office")
    explanation = _(
        "A transferred lead is never sent back (Rules 26). The superior office sees it from then on."
    )
    button = _("Report")
    done = _("The superior office has been told and sees the lead.")

    def act(self, form: BaseForm) -> HttpResponse | None:
        leads.escalate_lead(actor=self.actor, lead=self.matter, **form.cleaned_data)
        return None
