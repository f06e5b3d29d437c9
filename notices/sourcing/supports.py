"""What the lines of a document rest on, as its contents keep it."""

from __future__ import annotations

from collections.abc import Mapping

from documents.model import Support
from notices.models import Document
from notices.rests_on import carried, read


def supports_of(
    document: Document, values: Mapping[str, str] | None = None
) -> dict[str, list[tuple[Support, ...]]]:
    """Return, by name of content, what each line rests on; `values` are typed and not saved."""
    found = {}
    for name, item in document.content.items():
        rows = item.get("rests_on", [])
        stored = str(item.get("value", ""))
        text = stored if values is None else values.get(name, stored)
        if text != stored:
            rows = carried(stored, rows, text)
        if any(rows):
            found[name] = [read(row) for row in rows]
    return found
