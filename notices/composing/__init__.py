"""From contents to the structured document, one builder a type; pure, without tables."""

from __future__ import annotations

from collections.abc import Callable

from documents.model import Document
from notices.catalogue import DocumentType
from notices.composing import official, reports, tables
from notices.composing.frame import Frame, Values

Builder = Callable[[DocumentType, Frame, Values], Document]

BUILDERS: dict[str, Builder] = {
    "D-01": tables.lead_register,
    "D-02": official.notice_of_transfer,
    "D-03": official.opinion_to_superior,
    "D-04": reports.report,
    "D-05": tables.filing_approval,
    "D-06": official.filing_decision,
    "D-07": official.refusal_to_file,
    "D-08": tables.record_of_major_lead,
    "D-09": reports.report,
    "D-40": reports.report,
    "D-41": official.announcement,
    "D-43": reports.report,
    "D-66": official.urging_letter,
    "D-67": reports.report,
    "D-85": reports.report,
    "D-86": reports.report,
}

__all__ = ["BUILDERS", "Frame", "compose"]


def compose(kind: DocumentType, frame: Frame, values: Values) -> Document:
    """Return the document of type `kind` with these contents; unfinished ones are drawn as they are.

    Raises:
        KeyError: the type is not composed here.
    """
    return BUILDERS[kind.code](kind, frame, values)
