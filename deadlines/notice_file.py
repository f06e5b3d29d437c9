"""Reading the notice of a year from a file: one line a day off or a make-up working day (调休).

The file is UTF-8 text with commas: `day,kind,name,name_en`, where kind is off or work (放假, 上班).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.errors import Invalid
from deadlines.calendar import FIXED_HOLIDAYS, DayFault, YearNotice, day_fault
from deadlines.yearbook import OFF, WORK, Row

HEADER = ["day", "kind", "name", "name_en"]
KINDS = {"off": OFF, "work": WORK, "放假": OFF, "上班": WORK}
MOST_BYTES = 100_000
MOST_NAME = 40
_FAULTS = {
    DayFault.FOREIGN: gettext_lazy("%(day)s does not belong to the notice of %(year)s."),
    DayFault.WEEKDAY: gettext_lazy(
        "the make-up working day %(day)s is neither a Saturday nor a Sunday."
    ),
    DayFault.TWICE: gettext_lazy("%(day)s is named twice."),
}


def decoded(content: bytes) -> str:
    """Return the text of an uploaded file.

    Raises:
        Invalid: it is too long or no UTF-8.
    """
    if len(content) > MOST_BYTES:
        raise _refused([_("The file is too long for the notice of one year.")])
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused([_("The file is no UTF-8 text. Save it as CSV in UTF-8.")]) from error


def rows_of(text: str, year: int, others: Iterable[YearNotice]) -> list[Row]:
    """Read and check the lines of a notice.

    Args:
        others: the notices that stand for other years; none of their days may be named again.

    Raises:
        Invalid: with one sentence for every line at fault; nothing is kept.
    """
    lines = list(csv.reader(io.StringIO(text)))
    if not lines or [cell.strip() for cell in lines[0]] != HEADER:
        raise _refused([_("The first line must be %(header)s.") % {"header": ",".join(HEADER)}])
    taken = {
        day: notice.year
        for notice in others
        if notice.year != year
        for festival in notice.festivals
        for day in (*festival.off, *festival.work)
    }
    rows: list[Row] = []
    faults: list[str] = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        try:
            row = _row([cell.strip() for cell in cells])
            _require_fit(row, year, rows, taken)
            rows.append(row)
        except ValueError as error:
            faults.append(_("Line %(number)d: %(fault)s") % {"number": number, "fault": error})
    faults += _missing(rows, year) if not faults else []
    if faults:
        raise _refused(faults)
    return sorted(rows)


def _row(cells: list[str]) -> Row:
    if len(cells) != len(HEADER):
        raise ValueError(_("four values are needed: day, kind, name, English name."))
    written, kind, name, name_en = cells
    try:
        day = date.fromisoformat(written)
    except ValueError as error:
        raise ValueError(_("“%(day)s” is no day such as 2027-01-01.") % {"day": written}) from error
    if kind not in KINDS:
        raise ValueError(_("the kind must be off or work (放假, 上班)."))
    if not name or not name_en or len(name) > MOST_NAME or len(name_en) > MOST_NAME:
        raise ValueError(_("the festival needs a Chinese and an English name of at most 40 signs."))
    return day, KINDS[kind], name, name_en


def _require_fit(row: Row, year: int, rows: list[Row], taken: dict[date, int]) -> None:
    day, kind, *_names = row
    fault = day_fault(day, year, working=kind == WORK, named={other[0] for other in rows})
    if fault is not None:
        raise ValueError(_FAULTS[fault] % {"day": day, "year": year})
    if (other_year := taken.get(day)) is not None:
        raise ValueError(
            _("the notice of %(year)s names %(day)s already.") % {"day": day, "year": other_year}
        )


def _missing(rows: list[Row], year: int) -> list[str]:
    """Return a sentence for each holiday of the solar calendar that the file leaves out."""
    off = {day for day, kind, _name, _name_en in rows if kind == OFF}
    return [
        _("%(day)s (%(name)s) is missing among the days off.") % {"day": day, "name": name}
        for month, number, since, name, _name_en in FIXED_HOLIDAYS
        if year >= since and (day := date(year, month, number)) not in off
    ]


def _refused(faults: list[str]) -> Invalid:
    return Invalid(
        _("The file cannot be used; nothing is changed. Correct what is named and send it again."),
        errors={"file": faults},
        code="notice_refused",
    )
