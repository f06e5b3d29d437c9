"""The pages of what is owed after the decision: obligations of one case and of all, ledger, archive index."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from accounts.models import User
from accounts.views.base import StaffPage, StaffView
from audit import keyset
from audit.errors import Invalid
from cases.machine import Declaration
from cases.models import Case
from cases.selectors.matters import get_case
from cases.services import acts
from cases.views.case_frame import CasePage
from documents.download import attachment
from enforcement import selectors
from enforcement.forms.register import ObligationFilterForm
from enforcement.items import PROOFS, Proof
from enforcement.models import ArchiveIndex, Obligation
from enforcement.services.archive import record_manifest_download

PAGE_SIZE = 100
# What is recorded from which page.
OBLIGATION_ACTS = ("S30", "S31", "S32", "S33", "S34")
COURT_ACTS = ("T43", "S38", "S35", "S36", "S37", "T44", "T44-2", "T45", "T58", "T46", "T47", "S39")
MONEY_ACTS = ("S40", "S41")
ARCHIVE_ACTS = ("S43", "T51")


def offered(actor: User, case: Case, codes: tuple[str, ...]) -> list[Declaration]:
    """Return the steps among `codes` that leave the present state and the actor may record."""
    declared = [acts.declaration_of(case, code) for code in codes]
    return [
        item
        for item in declared
        if case.state in item.sources and acts.may_propose(actor, case, item)
    ]


class ObligationRegister(StaffPage):
    """What is owed in all cases the actor sees, the earliest due first."""

    template_name = "enforcement/obligation_register.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(**kwargs)
        return self.render_to_response(context, status=200 if context["form"].is_valid() else 400)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = ObligationFilterForm(self.request.GET)
        rows = selectors.obligations_visible_to(self.actor)
        rows = selectors.filtered(rows, form.cleaned_data) if form.is_valid() else rows.none()
        page = _page(self.request, rows, ["due_on", "id"])
        money = {row.obligation.pk: row for row in selectors.balances_of(page.items)}
        return super().get_context_data(
            form=form,
            page=page,
            rows=[(row, money.get(row.pk)) for row in page.items],
            count=keyset.capped_count(rows),
            filtered=any(form.cleaned_data.values()),
            **kwargs,
        )


class ObligationList(CasePage):
    """What is owed in a case, with what was paid and where each stands."""

    template_name = "enforcement/obligation_list.html"
    tab = "obligation_list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(selectors.obligations_of(self.actor, self.case))
        money = {row.obligation.pk: row for row in selectors.balances(self.case)}
        return super().get_context_data(
            rows=[(row, money.get(row.pk)) for row in rows],
            steps=offered(self.actor, self.case, COURT_ACTS),
            index=selectors.latest_index(self.case),
            relapses=self.case.relapses.select_related("lead"),
            waiting=selectors.planned_checks(self.case),
            **kwargs,
        )


class ObligationDetail(CasePage):
    """One obligation: what it is verified by, what happened to it, what can be recorded."""

    template_name = "enforcement/obligation_detail.html"
    tab = "obligation_list"
    obligation: Obligation

    def prepare(self) -> None:
        super().prepare()
        self.obligation = selectors.get_obligation(
            self.actor, self.kwargs["key"], self.kwargs["number"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.obligation
        proof: Proof = PROOFS[row.type]
        return super().get_context_data(
            obligation=row,
            proof=proof,
            needed=[kind.label for kind in proof.needed],
            history=selectors.history_of(row),
            steps=self._steps(),
            balance=next((b for b in selectors.balances(self.case) if b.obligation == row), None),
            **kwargs,
        )

    def _steps(self) -> list[Declaration]:
        """Return what can be recorded of this obligation as it stands."""
        fitting = {
            "S30": self.obligation.owed,
            "S31": self.obligation.state == "performed",
            "S32": self.obligation.state == "performed",
            "S33": selectors.is_tested(self.obligation),
            "S34": self.obligation.owed,
        }
        steps = offered(self.actor, self.case, OBLIGATION_ACTS)
        return [step for step in steps if fitting[step.code]]


class Ledger(CasePage):
    """The money of a case, entry by entry, and what each obligation comes to."""

    template_name = "enforcement/ledger.html"
    tab = "obligation_list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            balances=selectors.balances(self.case),
            page=_page(self.request, selectors.ledger_of(self.actor, self.case)),
            steps=offered(self.actor, self.case, MONEY_ACTS),
            **kwargs,
        )


class ArchiveIndexPage(CasePage):
    """The last index of the archived file, volume by volume."""

    template_name = "enforcement/archive_index.html"
    tab = "obligation_list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        index = selectors.latest_index(self.case)
        titles = {volume.code: volume.title for volume in selectors.ordered_volumes()}
        if index is not None:
            page = _page(self.request, selectors.entries_of(self.actor, index))
            kwargs |= {"page": page, "rows": [(row, titles[row.volume]) for row in page.items]}
        return super().get_context_data(
            index=index,
            steps=offered(self.actor, self.case, ARCHIVE_ACTS),
            **kwargs,
        )


def _page(request: HttpRequest, rows: Any, order: Sequence[str] = ("id",)) -> keyset.Page[Any]:
    """Return the page of a list the address asks for; an unknown cursor is not found."""
    after = request.GET.get("after") or None
    try:
        return keyset.page(rows, order=order, after=after, size=PAGE_SIZE)
    except Invalid as refusal:
        raise Http404 from refusal


class ManifestDownload(StaffView):
    """The manifest of the last index, as a file any program that knows SHA-256 can check."""

    index: ArchiveIndex

    def prepare(self) -> None:
        if self.actor.is_authenticated:
            case = get_case(self.actor, self.kwargs["key"])
            index = selectors.latest_index(case)
            self.require(index is not None)
            assert index is not None  # held by the line above
            self.index = index

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        record_manifest_download(actor=self.actor, index=self.index)
        return attachment(
            sha256=self.index.manifest,
            name=f"{self.index.case.key}-manifest-sha256.txt",
            media_type="text/plain",
            size=self.index.size,
        )
