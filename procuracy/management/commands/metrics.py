"""`manage.py metrics`: what the processes of this machine have counted."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = (
        "Print what web, worker and beat of this machine have counted, as Prometheus reads it: for the "
        "textfile collector of a machine that runs workers alone. The state of the office is told by the web."
    )
    # Figures are wanted most when something is broken.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        from procuracy.metrics import exposition

        self.stdout.write(exposition.of_processes(settings.HOME).decode(), ending="")
