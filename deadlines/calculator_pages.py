"""The page of the what-if calculator: a question in the address, the answer with its reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse

from accounts.views.base import StaffPage
from audit import clock
from deadlines.calculator_form import CalculatorForm
from deadlines.explain import Line, error_text, period_words, rule_title, sentences
from deadlines.office_rules import own_rules_on
from deadlines.rulebook import PeriodRule
from deadlines.what_if import Planned


@dataclass(frozen=True)
class PlanRow:
    """One period of a plan as the page shows it."""

    planned: Planned
    title: str
    lines: list[Line]
    fault: str

    @property
    def rule(self) -> PeriodRule:
        return self.planned.rule


def plan_rows(plan: Iterable[Planned]) -> list[PlanRow]:
    """Return the periods of a plan in words."""
    return [
        PlanRow(
            item,
            rule_title(item.rule),
            sentences(item.result.derivation(), provisional=item.result.provisional)
            if item.result
            else [],
            error_text(item.fault) if item.fault else "",
        )
        for item in plan
    ]


class Calculator(StaffPage):
    """Compute a last day, or the plan of an event, and say why; nothing is stored."""

    template_name = "deadlines/calculator.html"
    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        own = own_rules_on(self.actor.office_id, clock.today())
        form = CalculatorForm(request.GET or None, own=own)
        asked = form.is_bound
        values = self.get_context_data(form=form)
        if asked and form.is_valid():
            values |= self._answer(form.cleaned_data)
        status = 400 if asked and form.errors else 200
        return self.render_to_response(values, status=status)

    @staticmethod
    def _answer(cleaned: dict[str, Any]) -> dict[str, Any]:
        values: dict[str, Any] = {"book": cleaned["book_found"]}
        if "plan" in cleaned:
            rows = plan_rows(cleaned["plan"])
            conditional = sum(bool(row.rule.start_when) for row in rows)
            certain = len(rows) - conditional
            return values | {"plan": rows, "certain": certain, "conditional": conditional}
        result = cleaned["computation"]
        return values | {
            "result": result,
            "rule": cleaned["rule_found"],
            "period": period_words(result.period),
            "lines": sentences(result.derivation(), provisional=result.provisional),
        }
