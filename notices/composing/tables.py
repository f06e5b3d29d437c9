"""Ruled forms: D-01, D-05 and D-08."""

from __future__ import annotations

from documents.model import FormCell, FormDocument, FormRow, OpinionCell, OpinionSignature, fair_row
from documents.numerals import chinese_date
from notices.catalogue import DocumentType
from notices.composing.frame import Frame, Values, day_of, document_day


def _cell(kind: DocumentType, values: Values, name: str, lines: int = 1) -> FormCell:
    content = kind.content(name)
    assert content is not None  # the builders name contents of their own type
    return FormCell(content.label_zh, values.get(name, "").strip(), lines=lines)


def _row(kind: DocumentType, values: Values, name: str, lines: int = 4) -> FormRow:
    return FormRow((_cell(kind, values, name, lines),))


def _form(kind: DocumentType, frame: Frame, rows: tuple[FormRow, ...]) -> FormDocument:
    return FormDocument(
        issuer=frame.office,
        name=kind.title_zh,
        rows=rows,
        number=frame.number or frame.reference,
        notes=(frame.correction,) if frame.correction else (),
    )


def _opinion(label: str, role: str) -> FormRow:
    return FormRow((OpinionCell(label, signatures=(OpinionSignature(role),)),))


def lead_register(kind: DocumentType, frame: Frame, values: Values) -> FormDocument:
    """Return the entry of the register of leads (D-01; Rules 24, 25)."""
    received = FormCell("收到时间", chinese_date(day_of(values.get("received_on", ""))))
    rows = (
        fair_row(received, _cell(kind, values, "reporter")),
        _row(kind, values, "source", 2),
        _row(kind, values, "summary", 8),
        _row(kind, values, "attachments", 2),
        _row(kind, values, "evaluation", 4),
    )
    return _form(kind, frame, rows)


def filing_approval(kind: DocumentType, frame: Frame, values: Values) -> FormDocument:
    """Return the approval form of a filing (D-05; Rules 28-30): three opinions, signed by hand."""
    rows = (
        _row(kind, values, "lead", 2),
        _row(kind, values, "violator", 1),
        _row(kind, values, "facts", 6),
        _row(kind, values, "law", 2),
        _row(kind, values, "inquiry_report", 1),
        FormRow(
            (
                OpinionCell(
                    "承办人意见",
                    values.get("proposal", "").strip(),
                    signatures=(OpinionSignature("承办检察官"),),
                ),
            )
        ),
        _opinion("部门负责人意见", "部门负责人"),
        _opinion("检察长决定", "检察长"),
    )
    return _form(kind, frame, rows)


def record_of_major_lead(kind: DocumentType, frame: Frame, values: Values) -> FormDocument:
    """Return the record of a major lead for the next-higher office (D-08; Rules 25)."""
    day = FormCell("日期", chinese_date(document_day(kind, frame, values)))
    rows = (
        FormRow((_cell(kind, values, "addressee"),)),
        _row(kind, values, "summary", 8),
        _row(kind, values, "why_major", 4),
        FormRow((day,)),
        _opinion("部门负责人意见", "部门负责人"),
    )
    return _form(kind, frame, rows)
