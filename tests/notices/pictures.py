"""The pictures of documents in `docs/pictures/`: `python -m tests.notices.pictures` after a wanted change."""

from __future__ import annotations

import os

from procuracy.embedded.home import ROOT

FOLDER = ROOT / "docs" / "pictures"
SHOWN = ("D-06", "D-22", "D-41", "D-45", "D-60", "D-70")
PIXELS_PER_INCH = 60


def first_page(code: str) -> bytes:
    """Return the first page of the sample of a type as a PNG."""
    from documents.typst_renderer import render_preview_png
    from tests.notices import golden_files

    return render_preview_png(golden_files.made(code), pixels_per_inch=PIXELS_PER_INCH)[0]


def draw() -> None:
    """Draw the first page of each document that is shown."""
    FOLDER.mkdir(exist_ok=True)
    for code in SHOWN:
        (FOLDER / f"{code}.png").write_bytes(first_page(code))


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procuracy.settings")
    django.setup()
    draw()
