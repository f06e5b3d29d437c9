"""The pages of recommendations on governance: all of them, those of one case, one with its history."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

from accounts.models import User
from accounts.views.base import StaffPage
from administrative.governance import selectors
from administrative.governance.forms import DEPARTMENT_WORDS, GovernanceFilterForm
from administrative.governance.lifecycle import OUT
from administrative.governance.selectors import STEPS
from administrative.models import GovernanceRecommendation
from audit import keyset
from audit.errors import Invalid
from cases.machine import Declaration
from cases.models import Case
from cases.services import acts
from cases.views.case_frame import CasePage

PAGE_SIZE = 50


def steps_for(actor: User, case: Case, row: GovernanceRecommendation) -> list[Declaration]:
    """Return the steps that fit a recommendation as it stands and the actor may propose or record."""
    return [
        declaration
        for code in STEPS
        if case.state in (declaration := acts.declaration_of(case, code)).sources
        and acts.may_propose(actor, case, declaration)
        and selectors.is_offered(row, code)
    ]


class GovernanceRegister(StaffPage):
    """The recommendations of all cases the actor sees, the newest first."""

    template_name = "administrative/governance/register.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=200 if context["form"].is_valid() else 400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = GovernanceFilterForm(self.request.GET)
        rows = selectors.visible_to(self.actor)
        rows = selectors.filtered(rows, form.cleaned_data) if form.is_valid() else rows.none()
        page = _page(self.request, rows)
        due = selectors.next_days(page.items)
        return super().get_context_data(
            form=form,
            page=page,
            rows=[(row, due.get(row.pk)) for row in page.items],
            count=keyset.capped_count(rows),
            filtered=any(form.cleaned_data.values()),
            **kwargs,
        )


def _page(request: HttpRequest, rows: Any) -> keyset.Page[Any]:
    """Return the page of a list the address asks for; an unknown cursor is not found."""
    after = request.GET.get("after") or None
    try:
        return keyset.page(rows, order=["-id"], after=after, size=PAGE_SIZE)
    except Invalid as refusal:
        raise Http404 from refusal


class GovernanceList(CasePage):
    """The recommendations on governance of one case, and the step that begins another one."""

    template_name = "administrative/governance/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(selectors.of_case(self.case))
        due = selectors.next_days(rows)
        begin = acts.declaration_of(self.case, "G-1")
        may = self.case.state in begin.sources and acts.may_propose(self.actor, self.case, begin)
        return super().get_context_data(
            rows=[(row, due.get(row.pk)) for row in rows], begin=begin if may else None, **kwargs
        )


class GovernanceDetail(CasePage):
    """One recommendation: contents, clocks, what happened to it, what can be recorded."""

    template_name = "administrative/governance/detail.html"
    row: GovernanceRecommendation

    def prepare(self) -> None:
        super().prepare()
        self.row = selectors.get(self.actor, self.kwargs["key"], self.kwargs["number"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        done = selectors.departments_recorded(row)
        return super().get_context_data(
            row=row,
            contents=contents_of(row),
            steps=steps_for(self.actor, self.case, row),
            clocks=selectors.clocks_of(row),
            history=selectors.history_of(row),
            records=[(title, code in done) for code, title in DEPARTMENT_WORDS.items()]
            if row.state in OUT
            else (),
            replaced_by=GovernanceRecommendation.objects.filter(replaces=row).first(),
            **kwargs,
        )


CONTENTS = ("source", "findings", "hazard", "basis", "content", "objection_days", "other")


def contents_of(row: GovernanceRecommendation) -> list[tuple[str, Any]]:
    """Return label and text of each content of PRR 16, in its order."""
    titles = {field.name: str(field.verbose_name) for field in row._meta.concrete_fields}
    return [(titles[name], getattr(row, name)) for name in CONTENTS]
