"""A procedural event as recorded and as it stands; correcting and annulling it."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.views.base import StaffPage
from audit.errors import Invalid, Refusal
from cases.forms.corrections import AnnulForm, CorrectionMixin
from cases.forms.proposals import with_reasons
from cases.models import Event
from cases.registries import machines
from cases.selectors import people
from cases.selectors.events import corrected, get_event
from cases.selectors.facts import FactLine, blank_form, changed_lines, event_lines
from cases.services import corrections, minutes
from cases.services.facts import form_class
from cases.services.leads import record_reading
from cases.views.matter_frame import MatterAct, MatterView
from cases.workplace import title_of


class EventView(MatterView):
    """Loads the event of the address as the actor sees it."""

    event: Event

    def prepare(self) -> None:
        self.event = get_event(self.actor, self.kwargs["pk"])
        moved = self.event.lead if self.event.machine == "lead" else None
        self.matter = moved or self.event.matter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(event=self.event, title=title_of(self.event), **kwargs)

    @property
    def stands(self) -> bool:
        """Whether the event is an original that was not annulled."""
        event = self.event
        return not (event.corrects_id or event.annuls_id or hasattr(event, "annulled_by"))


class EventDetail(EventView, StaffPage):
    """What was recorded, what stands after corrections, the proofs, and what may be done about it."""

    template_name = "cases/event_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record_reading(actor=self.actor, matter=self.matter)
        event = self.event
        day, facts = corrected(event)
        rows = event.corrections.select_related("recorded_by").order_by("id")
        proofs = list(event.proofs.all())
        may_permit = minutes.may_permit(self.actor, self.matter)
        return super().get_context_data(
            standing_day=day,
            facts=self._lines(facts),
            original=self._lines(event.facts) if rows else [],
            corrections=[(row, self._changed(row.facts)) for row in rows],
            annulment=getattr(event, "annulled_by", None),
            states=self._states(),
            proofs=proofs,
            permits={file.pk for file in proofs if may_permit and minutes.is_minutes(file)},
            may_correct=self.stands and people.is_handler(self.matter, self.actor),
            may_annul=self._may_annul(),
            **kwargs,
        )

    def _lines(self, facts: dict[str, Any]) -> list[FactLine]:
        kind = self.event.corrects.kind if self.event.corrects else self.event.kind
        return event_lines(blank_form(form_class(kind), self.matter, self.actor), facts)

    def _changed(self, facts: dict[str, Any]) -> list[FactLine]:
        blank = blank_form(form_class(self.event.kind), self.matter, self.actor)
        return changed_lines(blank, facts)

    def _states(self) -> tuple[str, str]:
        """Return the titles of the states between which the event moved; empty when it moved none."""
        machine = machines.get(self.event.machine)
        titles = dict(machine.states.choices) if machine else {}
        before, after = self.event.from_state, self.event.to_state
        return str(titles.get(before, before)), str(titles.get(after, after))

    def _may_annul(self) -> bool:
        if not (self.stands and self.event.from_state):
            return False
        try:
            corrections.require_annullable(self.actor, self.event, self.matter)
        except Refusal:
            return False
        return True


class EventAct(EventView, MatterAct):
    """A form that acts upon an event; who may not is told so before filling it in."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            self.require_possible()
        except Refusal as refusal:
            context = self.get_context_data(refusal=refusal, impossible=True)
            return self.render_to_response(context)
        return super().get(request, *args, **kwargs)

    @abstractmethod
    def require_possible(self) -> None:
        """Raise the refusal that whatever is typed would meet."""

    def back(self) -> str:
        return reverse("event_detail", args=[self.event.pk])


class EventCorrect(EventAct):
    """Correct day and facts by a later entry; deadlines are derived anew."""

    heading = _("Correct the record")
    explanation = _(
        "The entry stays as it was recorded; a later entry says what is right. "
        "Deadlines are derived anew."
    )
    button = _("Record the correction")
    done = _("The correction is recorded.")

    def require_possible(self) -> None:
        corrections.require_correctable(self.actor, self.event, self.matter)

    def get_form_class(self) -> type[BaseForm]:
        return with_reasons(form_class(self.event.kind), CorrectionMixin)

    def get_form_kwargs(self) -> dict[str, Any]:
        known = {"matter": self.matter, "actor": self.actor, "corrects": self.event}
        return super().get_form_kwargs() | known

    def get_initial(self) -> dict[str, Any]:
        day, facts = corrected(self.event)
        return {**facts, "legal_day": day}

    def act(self, form: BaseForm) -> HttpResponse | None:
        corrections.correct_event(
            actor=self.actor,
            event=self.event,
            data=self.request.POST,
            reason=form.cleaned_data["correction_reason"],
            files=self.request.FILES,
        )
        return None

    def refused(self, form: BaseForm, refusal: Refusal) -> HttpResponse:
        if isinstance(refusal, Invalid) and "reason" in refusal.errors:
            # The service says "reason" of the correction, not of the facts.
            refusal.errors["correction_reason"] = refusal.errors.pop("reason")
        return super().refused(form, refusal)


class EventAnnul(EventAct):
    """Take back the last change of state, recorded by mistake."""

    form_class = AnnulForm
    template_name = "cases/event_annul.html"
    heading = _("Annul the step")
    button = _("Annul")
    done = _("The step is annulled; the state has returned.")
    dangerous = True

    def require_possible(self) -> None:
        corrections.require_annullable(self.actor, self.event, self.matter)

    def act(self, form: BaseForm) -> HttpResponse | None:
        corrections.annul_transition(
            actor=self.actor, event=self.event, reason=form.cleaned_data["reason"]
        )
        return None
