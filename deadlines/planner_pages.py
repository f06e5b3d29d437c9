"""The page of the planner of a pre-suit preservation (law 3.6; norm C087)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.views.base import StaffPage
from audit import clock
from deadlines.explain import sentences
from deadlines.planner import Plan, rules_of
from deadlines.planner_form import PlannerForm
from deadlines.planner_words import caution, introduction, timeline, verdict, warnings
from deadlines.rulebook import in_force


class Planner(StaffPage):
    """Say whether a pre-suit measure would lapse before the suit; nothing is stored.

    The address holds the question. A link that does not state the measure fills the form in only.
    """

    template_name = "deadlines/planner.html"
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = "measure" in request.GET
        form = PlannerForm(request.GET) if asked else PlannerForm(initial=request.GET.dict())
        rules = rules_of(in_force(clock.today()))
        values = self.get_context_data(
            form=form, introduction=introduction(rules), caution=caution(rules)
        )
        if asked and form.is_valid():
            values |= _answer(form.cleaned_data["plan"])
        status = 400 if asked and form.errors else 200
        return self.render_to_response(values, status=status)


def _answer(found: Plan) -> dict[str, Any]:
    ends = [(found.rules.lapse, found.lapse)]
    if found.announcement:
        ends.append((found.rules.announcement, found.announcement))
    why = [
        (rule, sentences(item.derivation(), provisional=item.provisional)) for rule, item in ends
    ]
    return {
        "plan": found,
        "book": found.book,
        "verdict": verdict(found),
        "warnings": warnings(found),
        "timeline": timeline(found),
        "why": why,
    }
