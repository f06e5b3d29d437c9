"""Give the application role its rights, after every `migrate`."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from procuracy import grants


class Command(BaseCommand):
    help = (
        "Give the application role its rights: it may never change or delete what the record holds."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if "owner" not in settings.DATABASES:
            raise CommandError(
                "Set DATABASE_OWNER_URL: only the owner of the tables can grant rights."
            )
        connection = connections["owner"]
        role = settings.APPLICATION_ROLE
        if role == connection.settings_dict["USER"]:
            self.stderr.write(
                "One role owns the tables and runs the application, so the audit privileges "
                "are weak: "
                "give DATABASE_URL a role of its own (docs/operations.md)."
            )
            return
        try:
            missing = grants.apply(connection, role)
        except grants.UnknownRole as error:
            raise CommandError(
                f"The role {role} does not exist: create it and start again."
            ) from error
        for table in missing:
            self.stderr.write(f"The table {table} named in procuracy/grants.py does not exist.")
        if options["verbosity"]:
            self.stdout.write(f"{role} has its rights.")
