"""The editable `.docx` of a document through python-docx: same model, sheet and grid as the PDF.

The same document and instant give the same bytes.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime

from docx.document import Document as Docx
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row
from docx.shared import Mm, Pt
from docx.table import Table as DocxTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as DocxParagraph

from audit.clock import BEIJING
from documents import glyphs
from documents.docx_styles import new_template
from documents.model import (
    FORM_COLUMNS,
    Alignment,
    AttachmentList,
    Block,
    Closing,
    Copies,
    Document,
    FormCell,
    FormDocument,
    FormEntry,
    Heading,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Table,
    shown_number,
)
from documents.validation import cell_width, validate
from documents.wording import attachments, numbered, signed

BLOCK_MM = 156
LABEL_COLUMNS = 2
_HEADING_STYLES = ("一级", "二级", "三级", "四级")
_ALIGNMENTS = {
    Alignment.LEFT: ALIGN.LEFT,
    Alignment.CENTER: ALIGN.CENTER,
    Alignment.RIGHT: ALIGN.RIGHT,
}


def render_docx(document: Document, *, issued_at: datetime) -> bytes:
    """Return the file for Word or WPS.

    Args:
        issued_at: aware instant written as creation and change date.

    Raises:
        Invalid: the document breaks a rule of the model.
        MissingGlyphs: a character no document may hold (fonts are those of the reader's machine).
        ValueError: `issued_at` is naive.
    """
    if issued_at.tzinfo is None:
        raise ValueError("issued_at must be an aware instant")
    validate(document)
    glyphs.check_characters(document)
    file = new_template(form=isinstance(document, FormDocument))
    if isinstance(document, FormDocument):
        _form(file, document)
    else:
        _official(file, document)
    _properties(file, document, issued_at)
    return _packed(file, issued_at)


def _official(file: Docx, document: OfficialDocument) -> None:
    _head(file, document)
    file.add_paragraph("", style="主送")
    if document.addressee:
        file.add_paragraph(f"{document.addressee}：", style="主送")
    for block in document.blocks:
        _block(file, block)
    if document.closing:
        _closing(file, document.closing)
    if document.annotation:
        file.add_paragraph(f"（{document.annotation}）", style="正文缩进")
    if document.copies:
        _copies(file, document.copies)


def _head(file: Docx, document: Document) -> None:
    file.add_paragraph(document.issuer, style="院名")
    file.add_paragraph(document.name, style="文种")
    if number := shown_number(document):
        file.add_paragraph(f"{number}　", style="文号")


def _block(file: Docx, block: Block) -> None:
    match block:
        case Heading(level=level, text=text):
            file.add_paragraph(text, style=_HEADING_STYLES[level - 1])
        case Paragraph(text=text, indent=indent):
            file.add_paragraph(text, style="正文缩进" if indent else "主送")
        case NumberedList():
            for item in numbered(block):
                file.add_paragraph(item, style="正文缩进")
        case AttachmentList():
            file.add_paragraph("", style="正文缩进")
            for line in attachments(block):
                file.add_paragraph(line, style="正文缩进")
        case Table():
            _table(file, block)


def _table(file: Docx, block: Table) -> None:
    if block.caption:
        file.add_paragraph(block.caption, style="表题").paragraph_format.keep_with_next = True
    table = _grid(file, len(block.columns))
    total = sum(column.share for column in block.columns)
    widths = [BLOCK_MM * column.share / total for column in block.columns]
    head = _row(table)
    _repeat(head)
    _fill(head.cells, [column.title for column in block.columns], widths, "表头")
    for row in block.rows:
        cells = _row(table).cells
        _fill(cells, row, widths, "表格")
        for cell, column in zip(cells, block.columns, strict=True):
            cell.paragraphs[0].alignment = _ALIGNMENTS[column.alignment]
    file.add_paragraph("", style="表格")


def _grid(file: Docx, columns: int) -> DocxTable:
    table: DocxTable = file.add_table(rows=0, cols=columns, style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    return table


def _row(table: DocxTable) -> _Row:
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def _repeat(row: _Row) -> None:
    """Repeat the titles on each page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(
    cells: Sequence[_Cell], values: Sequence[str], widths: Sequence[float], style: str
) -> None:
    for cell, text, width in zip(cells, values, widths, strict=True):
        cell.width = Mm(width)
        _write(cell, text, style)


def _write(cell: _Cell, text: str, style: str) -> DocxParagraph:
    paragraph: DocxParagraph = cell.paragraphs[0]
    paragraph.style = style
    paragraph.add_run(text)
    return paragraph


def _closing(file: Docx, closing: Closing) -> None:
    for line in closing.signatures:
        file.add_paragraph("", style="落款")
        file.add_paragraph(f"{signed(line)}　　　　", style="落款")
    if not closing.issuer and closing.day is None:
        return
    for _index in range(2 if closing.seal else 1):
        file.add_paragraph("", style="落款").paragraph_format.keep_with_next = True
    for text in (closing.issuer, closing.date_text):
        paragraph = file.add_paragraph(f"{text}　　　　", style="落款")
        paragraph.paragraph_format.keep_with_next = text != closing.date_text


def _copies(file: Docx, copies: Copies) -> None:
    file.add_paragraph("", style="正文缩进")
    if copies.copied_to:
        _ruled(file.add_paragraph(f"抄送：{'，'.join(copies.copied_to)}。", style="版记"))
    printed = f"{copies.printed_by}\t{copies.printed_text}"
    paragraph = file.add_paragraph(printed, style="版记")
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(BLOCK_MM), alignment=2)
    _ruled(paragraph, below=True)
    if copies.count:
        file.add_paragraph(f"（共印{copies.count}份）", style="版记").alignment = ALIGN.RIGHT


def _ruled(paragraph: DocxParagraph, *, below: bool = False) -> None:
    """Draw the rules of the 版记 (0.35 mm is 8 eighths of a point)."""
    borders = OxmlElement("w:pBdr")
    for side in ("top", "bottom") if below else ("top",):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "8"), ("space", "1"), ("color", "000000")):
            rule.set(qn(f"w:{name}"), value)
        borders.append(rule)
    properties = paragraph._p.get_or_add_pPr()
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _form(file: Docx, document: FormDocument) -> None:
    _head(file, document)
    table = _grid(file, FORM_COLUMNS)
    for row in document.rows:
        line = table._tbl.add_tr()
        lines = max(_entry(table, line, entry) for entry in row.cells)
        line.trHeight_val = Pt(20 * lines + 8)
    for note in document.notes:
        file.add_paragraph(note, style="表格")


def _entry(table: DocxTable, row: CT_Row, entry: FormEntry) -> int:
    """Add label and value to `row`; return the lines to keep free."""
    _write(_spanning(table, row, LABEL_COLUMNS), entry.label, "表头")
    value = _spanning(table, row, cell_width(entry) - LABEL_COLUMNS)
    if isinstance(entry, FormCell):
        _write(value, entry.value, "表格")
        return entry.lines
    _write(value, entry.text, "表格")
    for signature in entry.signatures:
        value.add_paragraph(f"{signature.text}　", style="表格").alignment = ALIGN.RIGHT
    return entry.lines + len(entry.signatures)


def _spanning(table: DocxTable, row: CT_Row, columns: int) -> _Cell:
    """Add a cell over `columns` of 12 (merging finished cells would take five times as long)."""
    element = row.add_tc()
    element.width = Mm(BLOCK_MM * columns / FORM_COLUMNS)
    element.grid_span = columns
    cell = _Cell(element, table)
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    return cell


def _properties(file: Docx, document: Document, issued_at: datetime) -> None:
    properties = file.core_properties
    properties.title = f"{document.name} {document.number}".strip()
    properties.author = properties.last_modified_by = document.issuer
    properties.comments = ""
    properties.language = "zh-CN"
    properties.revision = 1
    properties.created = properties.modified = issued_at.astimezone(UTC).replace(tzinfo=None)


def _packed(file: Docx, issued_at: datetime) -> bytes:
    """Return the file with every entry dated `issued_at`, so that its bytes can be made again."""
    loose, packed = io.BytesIO(), io.BytesIO()
    file.save(loose)
    moment = issued_at.astimezone(BEIJING).timetuple()[:6]
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
