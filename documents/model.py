"""The one structured document: what every renderer draws and what is kept as JSON.

Two kinds. An `OfficialDocument` has the layout of GB/T 9704-2012 with the head of a procuratorate
form (院名, 文种, 文号). A `FormDocument` (表格式) is a ruled table of labels, values and opinions.
Values are plain text and appear literally in every output: nothing in them is markup.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar

from documents.numerals import Numbering, chinese_date

FORM_COLUMNS = 12


class SupportKind(StrEnum):
    """What a paragraph can rest on."""

    EVENT = "event"
    EXHIBIT = "exhibit"
    PAGE = "page"
    PARTY = "party"


@dataclass(frozen=True)
class Support:
    """One thing a paragraph rests on; never printed in the document of record.

    Attributes:
        kind: event, exhibit, page of the file, or party.
        reference: identifier of the event, exhibit or party, or the volume of the page.
        pages: page range inside it, for example ``12-14``; may be empty.
        label: what the screen shows; may be empty.
    """

    kind: SupportKind
    reference: str
    pages: str = ""
    label: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (黑体) to 4; its number (一、) is part of `text`."""

    KIND: ClassVar[str] = "heading"
    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Body text; a line break in `text` stays one. `indent` False starts at the margin."""

    KIND: ClassVar[str] = "paragraph"
    text: str
    indent: bool = True
    rests_on: tuple[Support, ...] = ()


@dataclass(frozen=True)
class NumberedList:
    """Items numbered from `start` by the renderer."""

    KIND: ClassVar[str] = "numbered_list"
    items: tuple[str, ...]
    numbering: Numbering = Numbering.ARABIC
    start: int = 1
    rests_on: tuple[Support, ...] = ()


class Alignment(StrEnum):
    """Of a table column."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Column:
    """A table column: its title and its share of the width."""

    title: str
    share: int = 1
    alignment: Alignment = Alignment.LEFT


@dataclass(frozen=True)
class Table:
    """Rows of text under titled columns; the titles repeat on each page."""

    KIND: ClassVar[str] = "table"
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    rests_on: tuple[Support, ...] = ()


@dataclass(frozen=True)
class AttachmentList:
    """附件说明 (GB/T 9704-2012 7.3.4): one blank line, then 附件：1. … ."""

    KIND: ClassVar[str] = "attachment_list"
    items: tuple[str, ...]


Block = Heading | Paragraph | NumberedList | Table | AttachmentList


@dataclass(frozen=True)
class SignatureLine:
    """A person's signature: ``检察官：张三``; an empty name leaves room for the pen."""

    role: str
    name: str = ""


@dataclass(frozen=True)
class Closing:
    """落款: signature lines, issuer over date, and whether a seal is set there.

    No seal is ever drawn: its place is reserved and reported (`SealAnchor`).
    """

    issuer: str = ""
    day: date | None = None
    signatures: tuple[SignatureLine, ...] = ()
    seal: bool = True

    @property
    def date_text(self) -> str:
        """The date as printed; blanks while it is unknown."""
        return chinese_date(self.day)


@dataclass(frozen=True)
class Copies:
    """版记 (GB/T 9704-2012 7.4): copied to, printing office and date, number of copies."""

    copied_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None
    count: int = 0

    @property
    def printed_text(self) -> str:
        """``2026年4月20日印发``."""
        return f"{chinese_date(self.printed_on)}印发"


@dataclass(frozen=True)
class OfficialDocument:
    """A document in the official layout.

    Attributes:
        issuer: 院名, for example 江州市云湖区人民检察院.
        name: 文种, for example 立案决定书.
        number: 文号 once assigned.
        number_draft: what stands in its place before, for example 江云检民公立〔2026〕__号.
        addressee: 主送, without the colon.
        annotation: 附注, without the brackets.
    """

    KIND: ClassVar[str] = "official"
    issuer: str
    name: str
    blocks: tuple[Block, ...]
    number: str = ""
    number_draft: str = ""
    addressee: str = ""
    closing: Closing | None = None
    annotation: str = ""
    copies: Copies | None = None


@dataclass(frozen=True)
class FormCell:
    """A label and its value.

    Attributes:
        width: columns of 12 that label and value take together.
        lines: height in lines that is kept free at least.
    """

    KIND: ClassVar[str] = "cell"
    label: str
    value: str = ""
    width: int = FORM_COLUMNS
    lines: int = 1


@dataclass(frozen=True)
class OpinionSignature:
    """Who signed an opinion and when; empty where the pen signs."""

    role: str
    name: str = ""
    on_behalf_of: str = ""
    day: date | None = None

    @property
    def text(self) -> str:
        """``部门负责人：张三（代李四）　2026年4月20日``."""
        behalf = f"（代{self.on_behalf_of}）" if self.on_behalf_of else ""
        signed = f"{self.name}{behalf}" or "　　　　"
        return f"{self.role}：{signed}　{chinese_date(self.day)}"


@dataclass(frozen=True)
class OpinionCell:
    """A full-width cell for an opinion (承办人意见, 检察长意见) with its signatures."""

    KIND: ClassVar[str] = "opinion"
    label: str
    text: str = ""
    signatures: tuple[OpinionSignature, ...] = ()
    lines: int = 3


FormEntry = FormCell | OpinionCell


@dataclass(frozen=True)
class FormRow:
    """Cells side by side; their widths make 12. An opinion stands alone."""

    cells: tuple[FormEntry, ...]


def fair_row(*cells: FormCell) -> FormRow:
    """Return a row of 1, 2, 3 or 4 cells of the same width."""
    return FormRow(tuple(replace(cell, width=FORM_COLUMNS // len(cells)) for cell in cells))


@dataclass(frozen=True)
class FormDocument:
    """表格式: 线索登记表, 立案审批表, 审批表.

    Attributes:
        number: right above the table, for example the serial of the register.
        notes: 填表说明 under the table.
    """

    KIND: ClassVar[str] = "form"
    issuer: str
    name: str
    rows: tuple[FormRow, ...]
    number: str = ""
    number_draft: str = ""
    notes: tuple[str, ...] = ()


Document = OfficialDocument | FormDocument


def shown_number(document: Document) -> str:
    """Return the number, or before it is assigned the draft's placeholder."""
    return document.number or document.number_draft


def paragraphs(text: str, *, rests_on: tuple[Support, ...] = ()) -> tuple[Paragraph, ...]:
    """Return one paragraph a line of what a person typed or pasted; empty lines are dropped."""
    lines = (" ".join(line.split("\t")).strip(" 　") for line in text.splitlines())
    return tuple(Paragraph(text=line, rests_on=rests_on) for line in lines if line)
