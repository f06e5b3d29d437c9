"""Writes and reads the golden files: `python -m tests.documents.golden_files` after a wanted change of layout."""

from __future__ import annotations

import json
from dataclasses import astuple
from pathlib import Path

from tests.documents import samples
from tests.documents.reading import pages, rendered

FOLDER = Path(__file__).parent / "golden"
NAMES = ("recommendation", "filing_decision", "approval_form")


def facts(name: str) -> dict:
    made = rendered(getattr(samples, name)())
    lines = [[list(astuple(line)) for line in page] for page in pages(made.content)]
    return {"engine": made.engine, "sha256": made.sha256, "pages": lines}


def read(name: str) -> dict:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def write(name: str) -> None:
    made = facts(name)
    sheets = [
        "[\n" + ",\n".join(json.dumps(line, ensure_ascii=False) for line in page) + "\n]"
        for page in made["pages"]
    ]
    head = json.dumps({"engine": made["engine"], "sha256": made["sha256"]})[:-1]
    content = head + ', "pages": [' + ",\n".join(sheets) + "]}\n"
    (FOLDER / f"{name}.json").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "procuracy.settings")
    for one in NAMES:
        write(one)
