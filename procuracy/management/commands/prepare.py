"""Bring database and static files up to this version: part of every start and release."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections


class Command(BaseCommand):
    # It checks by itself, once the tables are there.
    requires_system_checks = ()
    help = (
        "Migrate as the owner, set the grants, check the settings and the database, collect the "
        "static files and, in the demonstration, load the demonstration office."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # A database that could forget is refused before anything is entrusted to it.
        self.check(tags=[Tags.database], databases=list(connections))
        self._say("Bringing the database up to date …")
        call_command("migrate", database="owner", interactive=False, verbosity=0)
        call_command("apply_grants", verbosity=0)
        self.check()
        self._say("Collecting the static files …")
        call_command("collectstatic", interactive=False, verbosity=0)
        if settings.ENVIRONMENT == "demonstration":
            self._say("Loading the demonstration office …")
            call_command("load_demo", stdout=self.stdout)

    def _say(self, sentence: str) -> None:
        # Standard output is kept for the logins.
        self.stderr.write(sentence, self.style.NOTICE)
