"""What every body needs beside its contents."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from documents.model import Closing, Paragraph, SignatureLine, paragraphs
from notices.declaration import Content, DocumentType

Values = Mapping[str, str]
# A number somebody typed before an item; the year of a case number, （2024）, and 1.5 are none.
_NUMBER = re.compile(
    r"^(?:[（(]\d{1,2}[)）]|\d{1,2}\s*[．、]|\d{1,2}\s*\.(?!\d)|[（(]?[一二三四五六七八九十]{1,3}[)）、])\s*"
)

_HINT = re.compile(r"（[^（）]*）$")


@dataclass(frozen=True)
class Frame:
    """The office, the number and the signature of one document; plain data, no table.

    Attributes:
        office: name of the procuratorate.
        reference: key of the lead or case, printed on internal forms.
        number: the number once given.
        number_draft: what stands there before, for example 江云检民公立〔2026〕__号.
        day: the day of signature once it is known.
        signature: who signs, with the post; None while nobody is named.
        correction: what a corrected version says of the document it corrects.
    """

    office: str
    reference: str
    number: str = ""
    number_draft: str = ""
    day: date | None = None
    signature: SignatureLine | None = None
    correction: str = ""


def text_of(values: Values, name: str) -> str:
    """Return what a content says, without blanks around it; empty where it is not filled."""
    return values.get(name, "").strip()


def phrase(values: Values, name: str) -> str:
    """Return what a content says, for the middle of a sentence: without a full stop at its end."""
    return text_of(values, name).rstrip("。；")


def heading(content: Content) -> str:
    """Return the label of a content as a document prints it: without what it tells whoever fills it in."""
    return _HINT.sub("", content.label_zh)


def unnumbered(line: str) -> str:
    """Return an item of a list without the number somebody typed before it; a list gives its own."""
    return _NUMBER.sub("", line)


def as_case(text: str) -> str:
    """Return the title of a case as a sentence calls it: ……一案; a lead keeps its own, none is empty."""
    title = text.strip().rstrip("。；")
    if not title or title.endswith(("一案", "线索")):
        return title
    return f"{title.removesuffix('案')}一案"


def day_of(text: str) -> date | None:
    """Return the day written in ISO form, None for none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def document_day(kind: DocumentType, frame: Frame, values: Values) -> date | None:
    """Return the day a document bears: that of its signature, else the one its contents state."""
    content = kind.day_content
    stated = day_of(values.get(content.name, "")) if content else None
    return frame.day or stated


def closing(kind: DocumentType, frame: Frame, values: Values) -> Closing:
    """Return the end of a document in the name of the office: signature, issuer over date, seal."""
    signatures = (frame.signature,) if frame.signature else ()
    return Closing(
        issuer=frame.office, day=document_day(kind, frame, values), signatures=signatures
    )


def handler_closing(kind: DocumentType, frame: Frame, values: Values) -> Closing:
    """Return the end of a report: the handler signs, no seal is set."""
    signature = frame.signature or SignatureLine("承办检察官")
    return Closing(day=document_day(kind, frame, values), signatures=(signature,), seal=False)


def led_by(lead: str, text: str) -> tuple[Paragraph, ...]:
    """Return the paragraphs of `text` with `lead` before the first of them."""
    body = paragraphs(text)
    if not body:
        return (Paragraph(lead),)
    first, *rest = body
    return (Paragraph(f"{lead}{first.text}", rests_on=first.rests_on), *rest)


def full_stop(text: str) -> str:
    """Return `text` with a Chinese full stop at its end."""
    stripped = text.strip()
    return stripped if not stripped or stripped[-1] in "。！？；" else f"{stripped}。"
