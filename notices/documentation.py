"""The page `docs/document-types.md`, generated from the catalogue."""

from __future__ import annotations

from django.utils import translation

from notices.catalogue import GROUPS, TYPES, DocumentType, Numbering
from notices.numbers import DEFAULT_TEMPLATE

INTRODUCTION = f"""# Document types

Generated from `notices/catalogue/`; do not edit. How to add one:
[how-to/add-a-document-type.md](how-to/add-a-document-type.md).

The types marked *made here* are composed, printed and numbered by the application; every other one is
filed as an uploaded file with its day, signer and number. A number is written `{DEFAULT_TEMPLATE}` unless
the office sets another pattern. Patterns and words marked [NV] were not compared with an official sample.
"""
HEAD = (
    "| Code | Document | Stage | On | Approved by | To | Delivery | Number | Must say | Article |",
    "|---|---|---|---|---|---|---|---|---|---|",
)


def _number(kind: DocumentType) -> str:
    if kind.numbering is Numbering.NONE:
        return "—"
    if kind.numbering is Numbering.INTERNAL:
        return "internal"
    words = ", ".join(code.word for code in kind.codes) or "set by the office"
    return f"{words} [NV]"


def _contents(kind: DocumentType) -> str:
    return "; ".join(
        f"{item.label_en} ({item.article})" if item.article else item.label_en
        for item in kind.contents
        if item.required
    )


def _row(kind: DocumentType) -> str:
    title = f"{kind.title_zh}<br>{kind.title_en}"
    if kind.composed:
        title += "<br>*made here*"
    if kind.practice:
        title += "<br>*practice*"
    cells = (
        kind.code,
        title,
        kind.stage,
        ", ".join(kind.on),
        str(kind.approval.label),
        str(kind.addressee.label),
        str(kind.delivery.label),
        _number(kind),
        _contents(kind) or "—",
        kind.article or "—",
    )
    return "| " + " | ".join(cells) + " |"


def document_types_page() -> str:
    """Return the whole page; the same text on every machine and in every language."""
    with translation.override("en"):
        lines = [INTRODUCTION]
        for group in GROUPS:
            first = (group.__doc__ or "").strip().splitlines()[0]
            lines += [f"## {first}", "", *HEAD, *(_row(kind) for kind in group.TYPES), ""]
    lines.append(f"{len(TYPES)} types.")
    return "\n".join(lines) + "\n"
