"""`manage.py verify_cases`: does the record of every lead and case hang together?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from cases.models import Case, Lead
from cases.soundness import faults_of


class Command(BaseCommand):
    help = (
        "Compare the state, the deadlines and the records of every lead and case with what follows from "
        "its events. Exit 0: all agree; 1: the first fault is named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "keys", nargs="*", help="Keys of cases or leads; all when none is given."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        checked = 0
        for matter in self._chosen(options["keys"]):
            for fault in faults_of(matter):
                self.stdout.write(f"FAULT: {matter.key}: {fault}.")
                sys.exit(1)
            checked += 1
        self.stdout.write(f"Clean. {checked} leads and cases checked.")

    def _chosen(self, keys: list[str]) -> Iterator[Lead | Case]:
        for model in (Lead, Case):
            rows = model._default_manager.order_by("pk")
            yield from (rows.filter(key__in=keys) if keys else rows).iterator()
