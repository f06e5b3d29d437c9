"""What this room says on the case card: the number of the case and the documents that bear a number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cases.card.declaring import register
from cases.card.reading import CardReading, cases_of
from cases.registries import CardItem, CardSection, CardSource, CardValue
from cases.states import AdministrativeState, CaseState
from notices import selectors
from notices.models import Document, DocumentStatus


def _source(document: Document) -> CardSource:
    return CardSource(
        "document", document.pk, document.title, document.get_absolute_url(), written=True
    )


def _issued(reading: CardReading) -> Iterator[Document]:
    """The issued documents with a number, oldest first; of a lead only where the reader sees it."""
    rows = selectors.standing(reading.matter).filter(status=DocumentStatus.ISSUED)
    if reading.lead is None:
        rows = rows.filter(lead__isnull=True)
    yield from rows.exclude(number="").order_by("id")


def _documents(reading: CardReading) -> Iterator[CardValue]:
    for document in _issued(reading):
        yield CardValue(document.number, document.number, _source(document), written=True)


def _case_number(reading: CardReading) -> Iterator[CardValue]:
    """The number of the case, with the document by whose issue it came; the case itself without one."""
    case = reading.case
    if case is None or not case.official_number:
        return
    number = case.official_number
    bearing = [document for document in _issued(reading) if document.number == number]
    source = _source(bearing[0]) if bearing else reading.from_case(case)
    yield CardValue(number, number, source, written=True)


def _numbered(readings: Sequence[CardReading]) -> list[int]:
    """The cases that bear a number; they say so themselves, and their documents need not be asked."""
    return cases_of(each for each in readings if each.case and each.case.official_number)


ITEMS = (
    CardItem(
        *("case_number", CardSection.CASE, "案号", "Case number", "Rules 30, 70", _case_number),
        since=(CaseState.INVESTIGATING, AdministrativeState.ADM_CONSULTING),
        cure="document_list",
        among=_numbered,
    ),
    CardItem(
        *("documents", CardSection.CASE, "已编号文书", "Documents with a number"),
        *("law 7.1", _documents),
        of=("lead", "case", "administrative"),
    ),
)


def register_items() -> None:
    """Hand the items to the registry."""
    register("notices", ITEMS)
