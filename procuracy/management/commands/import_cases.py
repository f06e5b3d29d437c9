"""`manage.py import_cases`: cases of a former system, in bulk, by the owner of the database."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from accounts.models import User
from audit.errors import Refusal
from procuracy.importing import services
from procuracy.importing.crew import CrewBroken
from procuracy.importing.lines import Fault

# More of them would wait for each other at the registers and the indexes.
MOST_WORKERS = 8


class Command(BaseCommand):
    help = (
        "Import the cases of a former system from a file of JSON lines (docs/import.md). Begun again it "
        "goes on where it stopped. Exit 0: everything is here; 1: a line is not right, and nothing of its "
        "batch came in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="The file of JSON lines, UTF-8; - reads standard input.")
        parser.add_argument(
            "--asked-by", required=True, help="Login of who imports; everything bears this name."
        )
        parser.add_argument(
            "--agreed-by",
            required=True,
            help="Login of the head of the department, who agrees to the back-entry of every case.",
        )
        parser.add_argument("--reason", required=True, help="Why the cases are entered only now.")
        parser.add_argument(
            "--check", action="store_true", help="Check every line and import nothing."
        )
        parser.add_argument(
            "--at-a-time",
            type=int,
            default=services.LINES_AT_A_TIME,
            help="Cases a transaction; a batch comes in wholly or not at all.",
        )
        parser.add_argument(
            "--workers",
            type=int,
            default=min(os.cpu_count() or 1, MOST_WORKERS),
            help="Processes that write batches side by side (default: one a processor, at most 8).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["at_a_time"] < 1:
            raise CommandError("--at-a-time is at least 1.")
        if options["workers"] < 1:
            raise CommandError("--workers is at least 1.")
        with ExitStack() as stack:
            stack.enter_context(as_owner())
            lines = stack.enter_context(_opened(options["file"]))
            given = {
                "actor": _person(options["asked_by"]),
                "agreed_by": _person(options["agreed_by"]),
                "reason": options["reason"],
                "lines": lines,
            }
            try:
                if options["check"]:
                    self._say(f"{services.check_lines(**given):,} lines are right.")
                else:
                    self._import(
                        at_a_time=options["at_a_time"], workers=options["workers"], **given
                    )
            except services.FaultyLines as refusal:
                self._name(refusal.faults)
                sys.exit(1)
            except Refusal as refusal:
                raise CommandError(str(refusal.message)) from refusal
            except CrewBroken as error:
                raise CommandError(str(error)) from error

    def _import(self, **given: Any) -> None:
        begun, progress = time.monotonic(), services.Progress()
        for progress in services.import_lines(**given):
            rate = progress.imported / max(time.monotonic() - begun, 0.001)
            self.stderr.write(
                f"{progress.imported:,} cases imported, {progress.present:,} here already;"
                f" {rate:,.0f} a second"
            )
        self._say(
            f"{progress.imported:,} cases imported, {progress.present:,} were here already."
            " Verify them: manage.py verify_cases, manage.py verify_audit."
        )

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)

    def _name(self, faults: list[Fault]) -> None:
        for fault in faults:
            self.stderr.write(str(fault))
        self.stderr.write("Nothing of this batch was imported; the batches before it stay.")


@contextmanager
def as_owner() -> Iterator[None]:
    """Let everything inside speak to the database as its owner, where its address is set.

    The application role may write every row of an import too; but who imports a million cases administers the
    database, and does it while the office is closed.
    """
    if "owner" not in connections.settings:
        yield
        return
    application = connections["default"]
    owner = connections.create_connection("owner")
    owner.alias = "default"
    connections["default"] = owner
    try:
        yield
    finally:
        owner.close()
        connections["default"] = application


@contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdin
        return
    try:
        with Path(name).open(encoding="utf-8") as file:
            yield file
    except FileNotFoundError as error:
        raise CommandError(f"There is no file {name}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name} is not written in UTF-8: {error}.") from error


def _person(login: str) -> User:
    found = User.objects.filter(username=login, is_active=True).select_related("office").first()
    if found is None:
        raise CommandError(f"Nobody signs in as {login}.")
    return found
