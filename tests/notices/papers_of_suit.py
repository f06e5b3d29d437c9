"""What tests of the papers of a suit share: what a document says, a case to be sued in, its evidence."""

from __future__ import annotations

from cases.models import Case
from documents.model import AttachmentList, Document, FormDocument, Table
from evidence.models import Exhibit, FactLink
from notices.catalogue import TYPES, compose
from notices.prefill import prefilled
from tests.litigation import suit
from tests.notices import golden_files, samples_court


def lines(document: Document) -> list[str]:
    """Return the texts of the paragraphs, headings and cells of a document, in their order."""
    if isinstance(document, FormDocument):
        return [getattr(cell, "value", "") for row in document.rows for cell in row.cells]
    found: list[str] = []
    for block in document.blocks:
        if isinstance(block, Table):
            found += [cell for row in block.rows for cell in row]
        elif isinstance(block, AttachmentList):
            found += block.items
        else:
            found.append(block.text)
    return found


def printed(code: str, **values: str) -> str:
    """Return what a document says with its sample contents, those given put in their place."""
    known = samples_court.VALUES[code] | values
    return "\n".join(lines(compose(TYPES[code], golden_files.FRAME, known)))


def text_of(case, code: str, name: str) -> str:
    return prefilled(TYPES[code], case)[name]["value"]


def decided_case(cast) -> Case:
    """Make a case the office has decided to sue in, with a claim to delete and one of money."""
    case = suit.suit_decided(cast)
    suit.claim(cast, case)
    suit.claim(cast, case, **suit.MONEY_CLAIM)
    return case


def exhibit(cast, case, number: int, *, confidential: bool = False) -> Exhibit:
    return Exhibit.objects.create(
        case=case,
        number=number,
        name=f"证据材料{number}",
        kind="electronic",
        source="网络服务提供者",
        method="collect",
        obtained_on=case.filed_on,
        first_collector=cast.handler,
        second_collector=cast.assistant,
        original=True,
        confidential=confidential,
        pages=4,
        sha256=f"{number:064}",
        size=1,
        media_type="image/png",
        file_name="a.png",
        uploaded_by=cast.handler,
    )


def established(cast, case, group: str, text: str, source: Exhibit | None) -> None:
    FactLink.objects.create(
        case=case, group=group, exhibit=source, text=text, page="第3页", stated_by=cast.handler
    )
