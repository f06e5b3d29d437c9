"""`makemessages` as this house uses it: one set of options, English completed, both compiled."""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import makemessages

LOCALES = ("zh_Hans", "en")
# What a catalogue says of itself besides its entries: without instants, which would change each run.
HEADER = """\
msgid ""
msgstr ""
"Project-Id-Version: Procuracy\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"
"""
PLURALS = {"zh_Hans": "nplurals=1; plural=0;", "en": "nplurals=2; plural=(n != 1);"}
# One place decides how the strings are gathered, so that two people write the same files.
OPTIONS: dict[str, Any] = {
    "locale": list(LOCALES),
    "exclude": [],
    "domain": "django",
    "all": False,
    "extensions": [],
    "symlinks": False,
    "ignore_patterns": [".venv", ".procuracy", "tests", "docs", "static", "staticfiles"],
    "use_default_ignore_patterns": True,
    "no_wrap": True,
    "no_location": False,
    "add_location": "file",
    "no_obsolete": True,
    "keep_pot": False,
}
_UNFINISHED = re.compile(r"(\d+) (fuzzy|untranslated)")


def folder() -> Path:
    """Return the folder of the catalogues."""
    return Path(settings.LOCALE_PATHS[0])


def catalogue(locale: str) -> Path:
    """Return the file people translate in."""
    return folder() / locale / "LC_MESSAGES" / "django.po"


def compiled(locale: str) -> Path:
    """Return the file the application reads."""
    return catalogue(locale).with_suffix(".mo")


def _gettext(*command: str | Path) -> str:
    """Run a program of GNU gettext and return what it said.

    Raises:
        CommandError: the program is missing or refused.
    """
    try:
        result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    except FileNotFoundError as error:
        raise CommandError(
            f"{command[0]} is missing: install GNU gettext (Debian: apt install gettext)."
        ) from error
    if result.returncode:
        raise CommandError(result.stderr.strip())
    return result.stdout + result.stderr


def without_header(text: str) -> str:
    """Return the entries of a catalogue, from the first empty line on."""
    return text.partition("\n\n")[2]


def set_header(locale: str) -> None:
    """Write the header of the house above the entries."""
    path = catalogue(locale)
    header = HEADER.format(language=locale, plural=PLURALS[locale])
    entries = without_header(path.read_text(encoding="utf-8"))
    path.write_text(f"{header}\n{entries}", encoding="utf-8")


def complete_english() -> None:
    """Let every English entry say its own key: the keys are the English of the house."""
    path = catalogue("en")
    _gettext("msgen", "--no-wrap", "--output-file", path, path)


def compile_catalogue(locale: str, target: Path) -> None:
    """Write the compiled catalogue to `target`.

    Raises:
        CommandError: a placeholder differs between key and translation, or the file is no catalogue.
    """
    _gettext("msgfmt", "--check", "--output-file", target, catalogue(locale))


def unfinished(locale: str) -> list[str]:
    """Return what is empty, fuzzy or obsolete in a catalogue, one line for each kind."""
    with tempfile.NamedTemporaryFile() as nowhere:
        said = _gettext("msgfmt", "--statistics", "-o", nowhere.name, catalogue(locale))
    found = [f"{number} {state}" for number, state in _UNFINISHED.findall(said)]
    if re.search(r"^#~", catalogue(locale).read_text(encoding="utf-8"), re.MULTILINE):
        found.append("obsolete entries")
    return found


class Command(makemessages.Command):
    """Gather the strings, complete English and compile; `--check` fails when that changes a file."""

    help = (
        "Gather the strings of the house into the catalogues of both languages and compile them. "
        "With --check: fail when that changes a file or leaves a string without translation."
    )
    # What a module may call gettext by where `_` is the lazy one.
    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=translate"]  # noqa: RUF012
    # A guessed translation is worse than an empty one: it looks finished.
    msgmerge_options = ["-q", "--backup=none", "--update", "--no-fuzzy-matching"]  # noqa: RUF012

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Fail when a file would change.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        before = self._contents()
        for locale in LOCALES:
            catalogue(locale).parent.mkdir(parents=True, exist_ok=True)
        super().handle(*args, **{**options, **OPTIONS})
        complete_english()
        for locale in LOCALES:
            set_header(locale)
            compile_catalogue(locale, compiled(locale))
        if check:
            self._judge(before)

    def _contents(self) -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in sorted(folder().rglob("django.[pm]o"))}

    def _judge(self, before: dict[Path, bytes]) -> None:
        after = self._contents()
        faults = [
            f"{path.name} of {path.parts[-3]} changed"
            for path in after
            if after[path] != before.get(path)
        ]
        for locale in LOCALES:
            faults += [f"{locale}: {fault}" for fault in unfinished(locale)]
        if faults:
            raise CommandError(
                f"The translations are not complete ({', '.join(faults)}): run script/messages, "
                "translate what is empty in locale/, run it again and commit the files."
            )
