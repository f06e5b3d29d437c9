"""An edited `.docx` read back as the text of a document (`documents.plain_text`).

Only the words are taken: head, addressee and closing follow from the record, tables and attachments stay
those of the document, and whatever a paragraph looks like, its style alone says what it is.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from docx import Document as open_docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from audit.errors import invalid_field
from documents.model import AttachmentList, OfficialDocument, Table
from documents.plain_text import BREAK, MARGIN, marks_of
from documents.wording import attachments

HEADS = ("院名", "文种", "文号")
ENDS = ("落款", "版记")
LEVELS = {"一级": "# ", "二级": "## ", "三级": "### ", "四级": "#### "}
AT_MARGIN = "主送"
# Of the file as it comes, and of everything in it unpacked: a document of law is far smaller.
MOST_BYTES = 5 * 1024 * 1024
MOST_UNPACKED = 50 * 1024 * 1024


def text_of(content: bytes, document: OfficialDocument) -> str:
    """Return the text of an edited copy of `document`.

    Raises:
        Invalid: it is no `.docx`, too large, or holds no paragraph.
    """
    _require_reasonable(content)
    try:
        file = open_docx(io.BytesIO(content))
    except Exception as fault:
        # python-docx and lxml raise whatever a broken part makes them raise.
        raise invalid_field("file", _("This file cannot be read as a Word document.")) from fault
    # Word and WPS may give a style another identifier; its name stays.
    names = {style.style_id: style.name or "" for style in file.styles}
    lines = list(_lines(file.element.body, document, names))
    if not any(line.strip() for line in lines):
        raise invalid_field("file", _("There is no paragraph between the head and the signature."))
    return "\n".join(lines)


def require_size(size: int) -> None:
    """Refuse a file no text is that long for, before anything of it is read into memory.

    Raises:
        Invalid: it is larger.
    """
    if size > MOST_BYTES:
        raise invalid_field("file", _("The file is larger than 5 MB. It holds more than a text."))


def _require_reasonable(content: bytes) -> None:
    require_size(len(content))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
    except zipfile.BadZipFile as fault:
        raise invalid_field("file", _("This is no .docx file. Save it as .docx.")) from fault
    if unpacked > MOST_UNPACKED:
        raise invalid_field("file", _("The file holds more than a text. Save it anew as .docx."))


def _lines(body: Any, document: OfficialDocument, names: Mapping[str, str]) -> Iterator[str]:
    marks = marks_of(document.blocks)
    tables = iter(mark for mark, block in marks.items() if isinstance(block, Table))
    listed = [block for block in document.blocks if isinstance(block, AttachmentList)]
    attached = [line.strip(" 　") for block in listed for line in attachments(block)]
    begun = False
    for element in body:
        if element.tag == qn("w:tbl"):
            yield next(tables, "")
            continue
        if element.tag != qn("w:p"):
            continue
        style = names.get(_style(element), "")
        text = DocxParagraph(element, body).text.replace("\n", BREAK).strip(" \t　")
        if style in ENDS:
            return
        if not text or style in HEADS or style == "表题" or text == f"（{document.annotation}）":
            continue
        if not begun and document.addressee and text == f"{document.addressee}：":
            continue
        begun = True
        if attached and text == attached[0]:
            yield "〔附件说明〕"
        if text not in attached:
            yield f"{_prefix(style)}{text}"


def _style(element: Any) -> str:
    properties = element.pPr
    identifier = properties.pStyle if properties is not None else None
    return str(identifier.val) if identifier is not None else ""


def _prefix(style: str) -> str:
    return MARGIN if style == AT_MARGIN else LEVELS.get(style, "")
