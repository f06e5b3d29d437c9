"""How a document number is written and read (law 7.1); pure text, no table.

The default pattern is a template to be configured: no official sample was found, so it is shown as
unverified. A year has four digits, a number no leading zeros.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from audit.errors import Invalid

DEFAULT_TEMPLATE = "{office}检{track}{type}〔{yyyy}〕{n}号"
PLACEHOLDERS = ("office", "track", "type", "yyyy", "n")
BLANK = "__"
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class Series:
    """One row of numbers: what stands in each of them beside year and count."""

    office: str
    track: str
    type: str
    template: str = DEFAULT_TEMPLATE

    @property
    def word(self) -> str:
        """The 字号, for example 民公立."""
        return f"{self.track}{self.type}"

    def number(self, year: int, count: int | None) -> str:
        """Return the number in full; without a count the blank of a draft stands in its place."""
        values = {
            "office": self.office,
            "track": self.track,
            "type": self.type,
            "yyyy": f"{year:04}",
            "n": BLANK if count is None else str(count),
        }
        return _PLACEHOLDER.sub(lambda match: values[match[1]], self.template)

    def read(self, text: str) -> tuple[int, int] | None:
        """Return year and count of a number of this series, None when it is none."""
        match = re.fullmatch(self._expression(), text.strip())
        return (int(match["yyyy"]), int(match["n"])) if match else None

    def _expression(self) -> str:
        meaning = {
            "office": re.escape(self.office),
            "track": re.escape(self.track),
            "type": re.escape(self.type),
            "yyyy": r"(?P<yyyy>[12]\d{3})",
            "n": r"(?P<n>[1-9]\d{0,8})",
        }
        parts = _PLACEHOLDER.split(self.template)
        # Every second part is the name of a placeholder.
        return "".join(
            meaning[part] if index % 2 else re.escape(part) for index, part in enumerate(parts)
        )


def check_template(template: str) -> str:
    """Return a usable template.

    Raises:
        Invalid: a placeholder is unknown, or year or count are missing or doubled.
    """
    names = _PLACEHOLDER.findall(template)
    rest = _PLACEHOLDER.sub("", template)
    unknown = sorted(set(names) - set(PLACEHOLDERS))
    if unknown or "{" in rest or "}" in rest:
        raise _refused(
            _("Only these placeholders are possible: %(names)s.")
            % {"names": ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)}
        )
    if any(names.count(name) != 1 for name in ("yyyy", "n")):
        raise _refused(_("The pattern must hold {yyyy} and {n} exactly once."))
    return template


def _refused(sentence: str) -> Invalid:
    return Invalid(sentence, errors={"template": [sentence]}, code="number_pattern")
