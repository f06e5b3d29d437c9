"""`manage.py verify_cases`: does the record of every lead and case hang together?"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.reading import reading
from cases.models import Case, Lead
from cases.soundness import faults_of
from cases.together import together

AT_A_TIME = 500


class Command(BaseCommand):
    help = (
        "Compare the state, the deadlines and the records of every lead and case with what follows from "
        "its events. Exit 0: all agree; 1: the first fault is named."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "keys", nargs="*", help="Keys of cases or leads; all when none is given."
        )
        parser.add_argument(
            "--every",
            type=int,
            default=1,
            help="Of so many leads and cases check one (default: all).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        checked = 0
        chosen = islice(self._chosen(options["keys"]), 0, None, max(options["every"], 1))
        while matters := list(islice(chosen, AT_A_TIME)):
            # What all of them have in common, the calendar and the office's own periods, is asked once, and
            # what belongs to each of them for all at once.
            with reading(), together(matters):
                for matter in matters:
                    self._require_sound(matter)
            checked += len(matters)
        self.stdout.write(f"Clean. {checked} leads and cases checked.")

    def _require_sound(self, matter: Lead | Case) -> None:
        for fault in faults_of(matter):
            self.stdout.write(f"FAULT: {matter.key}: {fault}.")
            sys.exit(1)

    def _chosen(self, keys: list[str]) -> Iterator[Lead | Case]:
        for model in (Lead, Case):
            rows = model._default_manager.order_by("pk")
            yield from (rows.filter(key__in=keys) if keys else rows).iterator()
