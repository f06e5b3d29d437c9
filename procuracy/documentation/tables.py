"""Tables of Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def cell(value: object) -> str:
    """Return `value` as the text of one cell; what is empty becomes a dash."""
    text = " ".join(str(value).split())
    return text.replace("|", "\\|") or "—"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return the lines of a table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(cell(value) for value in row) + " |" for row in rows]


def sentence(text: str | None) -> str:
    """Return the first sentence of a docstring; empty without one."""
    return (text or "").strip().split("\n\n")[0].replace("\n", " ").strip()
