"""List what the rooms handed to the kernel."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cases.registries import ALL
from procuracy.documentation.registries import entries


class Command(BaseCommand):
    help = "List the registries and their entries."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("names", nargs="*", help="Only these, for example requirements.")

    def handle(self, *args: Any, **options: Any) -> None:
        known = [registry.name for registry in ALL]
        if strange := [name for name in options["names"] if name not in known]:
            raise CommandError(
                f"There is no registry {', '.join(strange)}; there are {', '.join(known)}."
            )
        for registry in ALL:
            if options["names"] and registry.name not in options["names"]:
                continue
            self.stdout.write(f"{registry.name}: {registry.holds} ({len(registry)})")
            for code, text, room in entries(registry):
                self.stdout.write(f"  {code}  {text}" + (f"  [{room}]" if room else ""))
