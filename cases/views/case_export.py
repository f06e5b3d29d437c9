"""One case on a printed page, to read and to take out."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from audit import clock
from audit.services import record_export
from cases.case_sheet import PRINTED_ENTRIES, case_sheet
from cases.selectors.case_list import next_deadline_of
from cases.selectors.timeline import timeline_of
from cases.views.case_frame import CasePage, CaseView
from documents.download import made_file
from documents.typst_renderer import render_pdf


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
