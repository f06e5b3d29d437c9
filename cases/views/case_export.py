"""What leaves the house: the list of cases as a workbook, one case on a printed page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.views.base import StaffView
from audit import clock
from audit.services import record_export
from cases.case_sheet import PRINTED_ENTRIES, case_sheet
from cases.models import Case, LegalBasis
from cases.selectors.case_list import MOST_EXPORTED, next_deadline_of
from cases.selectors.timeline import timeline_of
from cases.services.leads import record_reading
from cases.spreadsheet import write_workbook
from cases.views.case_frame import CasePage, CaseView
from cases.views.case_list import asked, kept_query
from documents.typst_renderer import render_pdf

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class CaseExport(StaffView):
    """The filtered list as a workbook; that it was taken out is recorded."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form, rows = asked(request, self.actor)
        if form.errors:
            return HttpResponseRedirect(f"{reverse('case_list')}?{request.GET.urlencode()}")
        filters = [name for name, values in kept_query(request.GET).lists() if values]
        more = rows.order_by()[: MOST_EXPORTED + 1].count() > MOST_EXPORTED
        notes = [_capped(MOST_EXPORTED)] if more else []
        file, number = write_workbook(_("Cases"), heads(), lines(rows), notes)
        with transaction.atomic():
            record_export(
                actor=self.actor,
                object_type="case",
                rows=number,
                file_format="xlsx",
                filters=filters,
            )
        name = f"cases-{clock.today():%Y%m%d}.xlsx"
        return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPE)


class CasePrint(CasePage):
    """One case on one printed page; that it was looked at is recorded."""

    template_name = "cases/case_print.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_reading(actor=self.actor, matter=self.case)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            parties=list(self.case.parties.filter(removed_at__isnull=True)),
            next_deadline=next_deadline_of(self.actor, self.case),
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
        answer = HttpResponse(content, content_type="application/pdf")
        answer["Content-Disposition"] = f'attachment; filename="{self.case.key}.pdf"'
        answer["Cache-Control"] = "private, no-store"
        return answer


def _capped(most: int) -> str:
    return _(
        "Only the first %(most)d cases are listed here. Narrow the filter, for example by the day of "
        "filing, and export the rest."
    ) % {"most": most}


def heads() -> list[str]:
    """Return the headings of the workbook in the reader's language."""
    return [
        _("Key"),
        _("Case number"),
        _("Title"),
        _("Stage"),
        _("State"),
        _("In this state since"),
        _("Next deadline"),
        _("Lead handler"),
        _("Violator"),
        _("Legal basis"),
        _("Persons concerned"),
        _("Items of information"),
        _("Filed on"),
    ]


def lines(rows: QuerySet[Case]) -> Iterator[list[object]]:
    """Yield a line for each case, newest first, at most `MOST_EXPORTED`."""
    for case in rows.order_by("-id")[:MOST_EXPORTED].iterator(chunk_size=500):
        yield [
            case.key,
            case.official_number,
            case.title,
            case.stage.label,
            case.get_state_display(),
            case.state_since,  # type: ignore[attr-defined]
            case.next_deadline,  # type: ignore[attr-defined]
            case.handler_name,  # type: ignore[attr-defined]
            "; ".join(case.violators),  # type: ignore[attr-defined]
            "; ".join(str(LegalBasis(basis).label) for basis in case.legal_bases),
            case.persons_concerned,
            case.items_concerned,
            case.filed_on,
        ]
