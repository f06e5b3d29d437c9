"""Registering a lead, the page of a lead and the acts upon it (Rules 24-27)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.forms import BaseForm
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.views.base import ActView
from audit.errors import NotPermitted
from cases.forms.leads import (
    AssessLeadForm,
    EscalateLeadForm,
    RecordWithSuperiorForm,
    RegisterLeadForm,
)
from cases.forms.work import RevealForm
from cases.models import Lead, LeadAssessment
from cases.selectors import people
from cases.selectors.card import summary_of
from cases.selectors.duplicates import possible_duplicates
from cases.selectors.matters import cases_visible_to, get_lead, leads_visible_to
from cases.selectors.next_steps import next_steps
from cases.selectors.tags import tags_told
from cases.selectors.timeline import timeline_of
from cases.selectors.work import proposals_of, tasks_of
from cases.services import leads
from cases.services.tags import may_tag
from cases.services.team import may_assign
from cases.views.cases import groups_of_timeline
from cases.views.matter_frame import (
    MatterAct,
    MatterPage,
    MatterView,
    rendered_panels,
    work_context,
)


class LeadCreate(ActView):
    """Register a lead; leads that may tell the same facts are shown first."""

    template_name = "cases/lead_form.html"
    form_class = RegisterLeadForm
    heading = _("Register a lead")
    button = _("Register")

    def prepare(self) -> None:
        if not leads.may_register(self.actor):
            raise NotPermitted(
                _("Your roles do not include registering leads. Ask the intake staff."),
                code="wrong_role",
                law="Rules 25",
            )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"actor": self.actor}

    def form_valid(self, form: BaseForm) -> HttpResponse:
        title, processor = form.cleaned_data["title"], form.cleaned_data["suspected_processor"]
        alike = list(possible_duplicates(self.actor, title, processor))
        if alike and "seen" not in self.request.POST:
            return self.render_to_response(self.get_context_data(form=form, alike=alike))
        return super().form_valid(form)

    def act(self, form: BaseForm) -> HttpResponse | None:
        lead = leads.register_lead(actor=self.actor, facts=dict(form.cleaned_data))
        done = _("The lead is registered as %(key)s.") % {"key": lead.key}
        messages.success(self.request, done)
        seen = leads_visible_to(self.actor).filter(pk=lead.pk).exists()
        return HttpResponseRedirect(lead.get_absolute_url() if seen else self.back())

    def back(self) -> str:
        return reverse("lead_list")


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
            case=cases_visible_to(actor).filter(lead=lead).first(),
            may_reveal=leads.may_reveal_reporter(actor, lead),
            may_assign=may_assign(actor, lead),
            labels=tags_told(lead),
            may_tag=may_tag(actor, lead),
            superior=lead.office.parent,
            is_head=people.deciders(lead, Role.DEPARTMENT_HEAD).filter(pk=actor.pk).exists(),
            is_handler=people.is_handler(lead, actor),
            is_member=people.is_member(lead, actor),
            tasks=tasks_of(lead),
            proposals=proposals_of(lead),
            assessment=assessment_of(lead),
            steps=next_steps(lead, actor),
            entries=timeline_of(lead, actor, group),
            card=summary_of(actor, lead),
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


class LeadMarkMajor(LeadAct):
    """Flag a lead as major; its record with the next-higher office becomes a task (norm C003)."""

    form_class = forms.Form
    template_name = "cases/lead_mark_major.html"
    heading = _("Mark as a major lead")
    button = _("Mark as major")
    done = _("The lead is marked as major; its record with the next-higher office is a task now.")

    def act(self, form: BaseForm) -> HttpResponse | None:
        leads.mark_major(actor=self.actor, lead=self.matter)
        return None


class LeadRecordWithSuperior(LeadAct):
    """Log the receipt of the next-higher office (Rules 25; norm C003)."""

    form_class = RecordWithSuperiorForm
    heading = _("Record with the next-higher office")
    explanation = _("From its receipt on, the next-higher office sees the lead (Rules 25).")
    button = _("Log the receipt")
    done = _("The receipt is logged.")

    def act(self, form: BaseForm) -> HttpResponse | None:
        leads.record_with_superior(actor=self.actor, lead=self.matter, **form.cleaned_data)
        return None


class LeadReporter(LeadAct):
    """Show who reported, once, after a reason that stays in the audit record."""

    form_class = RevealForm
    template_name = "cases/lead_reporter.html"
    heading = _("Who reported the lead")
    explanation = _("The reason you give and the instant you look are kept in the audit record.")
    button = _("Show")

    def act(self, form: BaseForm) -> HttpResponse | None:
        leads.reveal_reporter(actor=self.actor, lead=self.matter, **form.cleaned_data)
        return self.render_to_response(self.get_context_data(revealed=True))
