"""From the row to the structured document: frame, contents, digest, and what is still missing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit import clock
from audit.canonical import encode
from audit.errors import UnmetRequirement
from cases.models import Case, Lead
from cases.selectors.people import lead_handler
from documents import glyphs
from documents.codec import from_json
from documents.errors import BadCharacter
from documents.model import Document as Composed
from documents.model import FormCell, FormDocument, FormRow, SignatureLine
from documents.plain_text import written
from notices.bodies.frame import Frame
from notices.catalogue import Content, DocumentType, compose
from notices.models import Document
from notices.series import series_for
from notices.sourcing.printing import with_supports
from notices.whole_text import CONTENT, WHOLE_TEXT, with_whole_text

if TYPE_CHECKING:
    Matter = Lead | Case


@dataclass(frozen=True)
class BadContent:
    """A content with a character that cannot be printed."""

    content: Content
    character: BadCharacter

    @property
    def sentence(self) -> str:
        """What is wrong, naming the field as the person knows it."""
        return self.character.sentence.replace(self.character.path, f"“{self.content.label}”")


def signature_line(
    kind: DocumentType, signer: User | None, matter: Matter, day: date
) -> SignatureLine:
    """Return the line of who signs: the chief, who acts for the chief, an authorised procurator, or
    for internal papers the handling prosecutor.
    """
    if not kind.issued:
        handler = lead_handler(matter)
        return SignatureLine("承办检察官", handler.name if handler else "")
    if signer is None:
        return SignatureLine("检察长")
    if accounts.has_role(signer, Role.CHIEF, day=day):
        return SignatureLine("检察长", signer.name)
    chiefs = accounts.acting_for(signer, Role.CHIEF, day)
    if chiefs:
        return SignatureLine("检察长", f"{signer.name}（代{chiefs[0].name}）")
    return SignatureLine("检察官", signer.name)


def frame_of(document: Document, *, number: str = "", issued: bool = False) -> Frame:
    """Return what stands around the contents of `document`.

    Args:
        number: the number it is given now.
        issued: its day is that of its signature and no longer the one its contents plan.
    """
    matter, kind = document.matter, document.type
    day = document.signed_day or clock.today()
    series = series_for(document.office, kind, matter, document.values)
    internal = "" if kind.issued else matter.key
    return Frame(
        office=document.office.name,
        reference=matter.key,
        number=number or document.number,
        number_draft=series.number(day.year, None) if series else internal,
        day=document.signed_day if issued else None,
        signature=signature_line(kind, document.signer, matter, day),
        correction=_correction(document),
    )


def _correction(document: Document) -> str:
    if document.corrects is None:
        return ""
    earlier = document.corrects.number or document.corrects.title
    return f"本文书更正{earlier}：{document.correction_reason}。原文书存卷备查"


def assembled(document: Document, values: Mapping[str, str], **how: object) -> Composed:
    """Return the structured document with `values`; see `frame_of` for the rest."""
    composed = compose(document.type, frame_of(document, **how), values)  # type: ignore[arg-type]
    return with_supports(with_whole_text(composed, values), document, values)


def text_of_contents(document: Document) -> str:
    """Return the running text that the contents alone make; of a form there is none."""
    values = {name: text for name, text in document.values.items() if name != WHOLE_TEXT}
    composed = compose(document.type, frame_of(document), values)
    return "" if isinstance(composed, FormDocument) else written(composed.blocks)


def digest_of(document: Document, values: Mapping[str, str]) -> str:
    """Return the SHA-256 of what an approval covers: everything but number and day of signature."""
    covered = {
        item.name: values.get(item.name, "")
        for item in document.type.contents
        if not item.set_at_issue
    }
    if values.get(WHOLE_TEXT):
        covered[WHOLE_TEXT] = values[WHOLE_TEXT]
    return hashlib.sha256(
        encode(
            {
                "code": document.code,
                "title": document.title,
                "template": document.template,
                "contents": covered,
                "correction": _correction(document),
            }
        )
    ).hexdigest()


def missing_contents(
    document: Document, values: Mapping[str, str] | None = None
) -> list[UnmetRequirement]:
    """Return each required content that is empty, with its article; `values` instead of what is saved."""
    values = document.values if values is None else values
    return [
        UnmetRequirement(
            code=f"content:{item.name}",
            message=_("“%(name)s” is missing.") % {"name": item.label},
            law=item.article,
            cure=_("Complete it in the composer."),
        )
        for item in document.type.contents
        if item.required and not values.get(item.name, "").strip()
    ]


def bad_characters(kind: DocumentType, values: Mapping[str, str]) -> list[BadContent]:
    """Return the contents that hold a character which cannot be printed here, each with the character."""
    contents = [item for item in (*kind.contents, CONTENT) if values.get(item.name)]
    rows = tuple(FormRow((FormCell("", values[item.name]),)) for item in contents)
    found = glyphs.missing(FormDocument(issuer="", name="", rows=rows))
    return [BadContent(contents[_row_of(bad.path)], bad) for bad in found]


def _row_of(path: str) -> int:
    return int(path.removeprefix("rows[").partition("]")[0])


def shown(document: Document, values: Mapping[str, str] | None = None) -> Composed:
    """Return what a person sees: the record of a final document, a draft with its present contents."""
    if document.composed and document.sha256 and values is None:
        return from_json(document.composed)
    return assembled(document, document.values if values is None else values)
