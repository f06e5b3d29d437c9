"""The pages of `docs/` that are generated from the declarations (`manage.py generate_docs`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import translation

from deadlines.documentation import periods_page
from procuracy.documentation.documents import document_types_page
from procuracy.documentation.graph import state_graph
from procuracy.documentation.norms import norms_page
from procuracy.documentation.registries import registries_page
from procuracy.documentation.transitions import transitions_page

FOLDER: Path = settings.BASE_DIR / "docs"
PAGES: dict[str, Callable[[], str]] = {
    "transitions.md": transitions_page,
    "state-graph.svg": state_graph,
    "norms.md": norms_page,
    "registries.md": registries_page,
    "periods.md": periods_page,
    "document-types.md": document_types_page,
}


def rendered() -> dict[str, str]:
    """Return the text of every page by its name; the same on every machine."""
    with translation.override("en"):
        return {name: page() for name, page in PAGES.items()}


def stale(folder: Path = FOLDER) -> list[str]:
    """Return the pages that differ from what the declarations say now."""
    return [name for name, text in rendered().items() if _present(folder / name) != text]


def write(folder: Path = FOLDER) -> list[str]:
    """Write every page that is stale and return their names."""
    pages = rendered()
    changed = [name for name, text in pages.items() if _present(folder / name) != text]
    for name in changed:
        (folder / name).write_text(pages[name], encoding="utf-8")
    return changed


def _present(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None
