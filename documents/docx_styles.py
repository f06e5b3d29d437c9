"""The Word template of an official document, made in code: sheet, grid, styles and footers.

Measures follow GB/T 9704-2012. Fonts are named as the standard names them, whatever this server
has: the file is edited on the office's own machines.
"""

from __future__ import annotations

import io
from functools import cache

from docx import Document as new_docx
from docx.document import Document as Docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section, _Footer
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.run import Run

FANG, HEI, KAI, SONG, NUMBER = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
LATIN = "Times New Roman"
# Word knows half points only: 16 pt set 0.25 pt closer makes the 15.75 pt of 28 characters a line.
BODY_POINTS = 16
CLOSER_TWIPS = -5
PITCH_POINTS = 28.95
PITCH_TWIPS = 579

# Style name, font, size in points, alignment, first-line indent in characters.
STYLES: tuple[tuple[str, str, float, ALIGN | None, int], ...] = (
    ("院名", SONG, 22, ALIGN.CENTER, 0),
    ("文种", SONG, 22, ALIGN.CENTER, 0),
    ("文号", FANG, BODY_POINTS, ALIGN.RIGHT, 0),
    ("主送", FANG, BODY_POINTS, ALIGN.JUSTIFY, 0),
    ("正文缩进", FANG, BODY_POINTS, ALIGN.JUSTIFY, 2),
    ("一级", HEI, BODY_POINTS, None, 2),
    ("二级", KAI, BODY_POINTS, None, 2),
    ("三级", FANG, BODY_POINTS, None, 2),
    ("四级", FANG, BODY_POINTS, None, 2),
    ("落款", FANG, BODY_POINTS, ALIGN.RIGHT, 0),
    ("表题", HEI, 12, ALIGN.CENTER, 0),
    ("表格", FANG, 12, None, 0),
    ("表头", HEI, 12, ALIGN.CENTER, 0),
    ("版记", FANG, 14, None, 0),
)

KEPT_STYLES = {
    "Normal",
    "Default Paragraph Font",
    "Normal Table",
    "No List",
    "Table Grid",
    "Header",
    "Footer",
}


def new_template(*, form: bool) -> Docx:
    """Return an empty file with sheet and styles; a form has narrower margins."""
    return new_docx(io.BytesIO(_template(form)))


@cache
def _template(form: bool) -> bytes:
    file = _built(form=form)
    saved = io.BytesIO()
    file.save(saved)
    return saved.getvalue()


def _built(*, form: bool) -> Docx:
    file = new_docx()
    _drop_foreign_styles(file)
    _sheet(file.sections[0], Mm(28) if form else Mm(37), Mm(28) if form else Mm(35))
    file.settings.odd_and_even_pages_header_footer = True
    normal = file.styles["Normal"]
    _font(normal, FANG, BODY_POINTS)
    _line_pitch(normal, PITCH_POINTS)
    for name, font, points, alignment, indent in STYLES:
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        _font(style, font, points)
        style.paragraph_format.alignment = alignment
        if indent:
            _first_line(style, indent)
    for name in ("表格", "表头", "表题", "版记"):
        _line_pitch(file.styles[name], 20)
    for name in ("一级", "二级", "三级", "四级"):
        file.styles[name].paragraph_format.keep_with_next = True
    _footers(file.sections[0])
    return file


def _drop_foreign_styles(file: Docx) -> None:
    """Leave only what the layout uses: a short list for the clerk, and fast to search."""
    for style in list(file.styles):
        if style.name not in KEPT_STYLES:
            style.delete()


def _sheet(section: Section, top: Mm, bottom: Mm) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = top, bottom
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = bottom - Mm(7) - Pt(14)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    # "linesAndChars" makes LibreOffice spread the characters.
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(PITCH_TWIPS))


def _font(style: ParagraphStyle, east_asian: str, points: float) -> None:
    style.font.name = LATIN
    style.font.size = Pt(points)
    properties = style.element.get_or_add_rPr()
    properties.find(qn("w:rFonts")).set(qn("w:eastAsia"), east_asian)
    if points == BODY_POINTS:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(CLOSER_TWIPS))
        properties.find(qn("w:sz")).addprevious(spacing)


def _line_pitch(style: ParagraphStyle, points: float) -> None:
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(points)


def _first_line(style: ParagraphStyle, characters: int) -> None:
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(characters * 100))
    indent.set(qn("w:firstLine"), str(characters * BODY_POINTS * 20))


def _footers(section: Section) -> None:
    """Page numbers: odd pages right, even pages left, one character inset, 一字线 on both sides."""
    _page_number(section.footer, ALIGN.RIGHT, before="— ", after=" —　")
    _page_number(section.even_page_footer, ALIGN.LEFT, before="　— ", after=" —")


def _page_number(footer: _Footer, alignment: ALIGN, *, before: str, after: str) -> None:
    paragraph = footer.paragraphs[0]
    paragraph.alignment = alignment
    _number_run(paragraph.add_run(before))
    field = paragraph.add_run()
    _number_run(field)
    for kind in ("begin", "PAGE", "end"):
        element = OxmlElement("w:instrText" if kind == "PAGE" else "w:fldChar")
        if kind == "PAGE":
            element.text = kind
        else:
            element.set(qn("w:fldCharType"), kind)
        field._element.append(element)
    _number_run(paragraph.add_run(after))


def _number_run(run: Run) -> None:
    run.font.size = Pt(14)
    run.font.name = LATIN
    run._element.get_or_add_rPr().find(qn("w:rFonts")).set(qn("w:eastAsia"), NUMBER)
