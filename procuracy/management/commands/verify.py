"""`manage.py verify`: every verification there is, for a nightly job."""

from __future__ import annotations

import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from procuracy.metrics import verification

VERIFICATIONS = ("verify_audit", "verify_evidence", "verify_cases")


class Command(BaseCommand):
    help = (
        "Verify the audit record, the evidence and the cases, and write down for the metrics what was "
        "found. Exit 0 when all are clean, else the highest exit code of the three."
    )
    # A broken project must end in what the verifications say.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        codes = {name.removeprefix("verify_"): self._run(name) for name in VERIFICATIONS}
        verification.write(settings.HOME, codes)
        sys.exit(max(codes.values()))

    def _run(self, name: str) -> int:
        """Return how one verification ended; whatever breaks it ends it alone, and aloud."""
        try:
            call_command(name, stdout=self.stdout, stderr=self.stderr)
        except SystemExit as end:
            return int(end.code or 0)
        except Exception as error:
            self.stderr.write(f"{name} broke off: {error}")
            return 2
        return 0
