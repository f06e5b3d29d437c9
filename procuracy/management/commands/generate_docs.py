"""Write the generated pages of `docs/`, or say which are stale."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from procuracy import documentation


class Command(BaseCommand):
    help = (
        "Write the pages of docs/ that follow from declarations; --check exits 1 when one is stale."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing.")
        parser.add_argument("--folder", type=Path, default=documentation.FOLDER)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not options["check"]:
            for name in documentation.write(folder):
                self.stdout.write(f"{name} written")
            return
        stale = documentation.stale(folder)
        for name in stale:
            self.stderr.write(f"{name} is stale: run manage.py generate_docs.")
        if stale:
            sys.exit(1)
