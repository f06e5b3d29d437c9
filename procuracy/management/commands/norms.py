"""List the norms of law and the tests that show them."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from procuracy.norms import citations, norms, unknown


class Command(BaseCommand):
    help = "List every norm C001-C162 with the tests that cite it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("codes", nargs="*", help="Only these, for example C037.")
        parser.add_argument("--uncited", action="store_true", help="Only those no test cites.")

    def handle(self, *args: Any, **options: Any) -> None:
        cited = citations()
        if strange := unknown(cited):
            raise CommandError(f"Tests cite norms that do not exist: {', '.join(strange)}.")
        wanted = options["codes"] or list(norms())
        if missing := [code for code in wanted if code not in norms()]:
            raise CommandError(
                f"There is no norm {', '.join(missing)}; they run from C001 to C162."
            )
        for code in wanted:
            tests = cited.get(code, [])
            if not (options["uncited"] and tests):
                self._print(code, tests)

    def _print(self, code: str, tests: list[str]) -> None:
        norm = norms()[code]
        self.stdout.write(f"{code}  {norm.law}: {norm.text}")
        for test in tests:
            self.stdout.write(f"      {test}")
