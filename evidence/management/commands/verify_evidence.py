"""`manage.py verify_evidence`: is every file somebody relies on there, and is it unchanged?"""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand

from documents.holdings import every_holding
from documents.store import Integrity, path_of, verify


class Command(BaseCommand):
    help = (
        "Read every stored file the record names and compare its SHA-256 and its size. "
        "Exit 0: all are there and unchanged; 1: the first fault is named."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        checked = 0
        verified: dict[str, int] = {}
        for holding in every_holding():
            if holding.sha256 not in verified:
                found = verify(holding.sha256)
                if found is not Integrity.INTACT:
                    self._fail(f"{holding.label}: {holding.sha256} is {found}")
                verified[holding.sha256] = path_of(holding.sha256).stat().st_size
            if holding.size not in (None, verified[holding.sha256]):
                self._fail(
                    f"{holding.label}: {holding.size} bytes are recorded, "
                    f"{verified[holding.sha256]} are stored"
                )
            checked += 1
        self.stdout.write(f"Clean. {checked} references to {len(verified)} files checked.")

    def _fail(self, sentence: str) -> None:
        self.stdout.write(f"FAULT: {sentence}.")
        sys.exit(1)
