"""`manage.py verify_audit`: is the record as it was written?"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from audit import verify


class Command(BaseCommand):
    help = (
        "Verify the audit record. Exit 0: clean; 1: tampered, the first bad row is named;"
        " 2: cannot tell (a key is missing, a table cannot be read)."
    )
    # A broken project must end in "cannot tell" of this command, not in unrelated checks.
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--case", type=int, metavar="ID", help="only the chains of this case")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        case_id = options["case"]
        scopes = verify.whole() if case_id is None else verify.of_case(case_id)
        try:
            report = verify.run(scopes)
        except Exception as problem:  # whatever went wrong, it must not exit as "tampered"
            self.stderr.write(f"CANNOT TELL: {problem}")
            sys.exit(verify.Verdict.UNDECIDED.exit_code)
        self.stdout.write(
            json.dumps(asdict(report), ensure_ascii=False) if options["json"] else _sentence(report)
        )
        sys.exit(report.verdict.exit_code)


def _sentence(report: verify.Report) -> str:
    checked = f"{report.events} entries in {report.scopes} chains checked."
    if report.fault:
        fault = report.fault
        row = f"id {fault.event_id}" if fault.event_id is not None else "no such row"
        fields = f" ({', '.join(fault.fields)})" if fault.fields else ""
        place = f"{fault.scope} number {fault.sequence} ({row})"
        return f"TAMPERED: {place}: {fault.what}{fields}. {checked}"
    if report.verdict is verify.Verdict.UNDECIDED:
        return f"CANNOT TELL: {report.why} {checked}"
    return f"Clean. {checked}"
