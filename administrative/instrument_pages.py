"""The guide from a purpose to its instrument (law 9.0), with the level rule of the addressee (PRR 3)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.views.base import StaffPage
from administrative.bodies.level import relation_of
from administrative.forms.guide import GuideForm
from administrative.instruments import INSTRUMENTS, LEVEL_RULES, Matter, beginnings
from cases.selectors.matters import get_matter


class InstrumentGuide(StaffPage):
    """All seven instruments; with a purpose chosen, its conditions and where it is begun."""

    template_name = "administrative/board/guide.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=200 if context["form"].is_valid() else 400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = GuideForm(self.request.GET)
        if form.is_valid():
            kwargs |= self._answer(form)
        return super().get_context_data(
            form=form,
            instruments=INSTRUMENTS,
            rules=LEVEL_RULES,
            here="instrument_guide",
            **kwargs,
        )

    def _answer(self, form: GuideForm) -> dict[str, Any]:
        key = form.cleaned_data["matter"].strip()
        about: Matter | None = get_matter(self.actor, key) if key else None
        chosen, body = form.instrument, form.cleaned_data["body"]
        return {
            "chosen": chosen,
            "about": about,
            "begun": beginnings(chosen, about, self.actor) if chosen else [],
            "body": body,
            "standing": relation_of(self.actor.office, body) if body else None,
        }
