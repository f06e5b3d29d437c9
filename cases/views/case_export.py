"""What leaves the house: the list of cases as a workbook, one case on a printed page."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _

from accounts.views.base import StaffView
from audit import clock
from audit.services import record_export
from cases import list_columns
from cases.case_sheet import PRINTED_ENTRIES, case_sheet
from cases.forms.case_list import CaseFilterForm
from cases.selectors.case_list import next_deadline_of
from cases.selectors.timeline import timeline_of
from cases.services.exports import export_cases
from cases.spreadsheet import workbook_answer
from cases.views.bulk import marked
from cases.views.case_frame import CasePage, CaseView
from cases.views.case_list import KEPT
from cases.views.kept_filters import COLUMNS
from documents.download import made_file
from documents.typst_renderer import render_pdf


class CaseExport(StaffView):
    """The filtered list, or the marked cases of it, as a table; that it was taken out is recorded."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        # The bar above the list packs the filters of the list into one parameter beside what is marked in it.
        packed = "query" in request.GET
        query = marked(request.GET) if packed else request.GET
        form = CaseFilterForm(query, actor=self.actor)
        keys = request.GET.getlist("case")
        if packed and not keys and "all" not in request.GET:
            messages.warning(request, _("Mark at least one case."))
            return HttpResponseRedirect(KEPT.address(query.urlencode()))
        if form.errors:
            return HttpResponseRedirect(KEPT.address(query.urlencode()))
        named = list_columns.split(query.get(COLUMNS, ""))
        file_format = "csv" if request.GET.get("file") == "csv" else "xlsx"
        table = export_cases(
            actor=self.actor,
            form=form,
            columns=list_columns.chosen(named) if named else list_columns.ALL,
            keys=keys if keys and "all" not in request.GET else None,
            sort=query.get("sort", ""),
            file_format=file_format,
        )
        return workbook_answer(table, "cases", file_format)


class CasePrint(CasePage):
    """One case on one printed page."""

    template_name = "cases/case_print.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            parties=list(self.case.parties.filter(removed_at__isnull=True)),
            next_deadline=next_deadline_of(self.case),
            entries=timeline_of(self.case, self.actor, "procedure")[:PRINTED_ENTRIES],
            printed_at=clock.now(),
            **kwargs,
        )


class CasePdf(CaseView):
    """The printed page as a file; that it was taken out is recorded."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = case_sheet(self.case, self.actor)
        content = render_pdf(document, issued_at=clock.now()).content
        with transaction.atomic():
            record_export(
                actor=self.actor,
                object_type="case",
                rows=1,
                file_format="pdf",
                case_id=self.case.pk,
            )
        return made_file(content, name=f"{self.case.key}.pdf")
