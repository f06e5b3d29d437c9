"""Reading the notice of a year from a file: one line a day off or a make-up working day (调休).

The file is UTF-8 text with commas: `day,kind,name,name_en`, where kind is off or work (放假, 上班).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.errors import Invalid
from deadlines.calendar import (
    FIXED_HOLIDAYS,
    SATURDAY,
    DayFault,
    YearNotice,
    day_fault,
    days_between,
)
from deadlines.yearbook import OFF, WORK, Row

HEADER = ["day", "kind", "name", "name_en"]
KINDS = {"off": OFF, "work": WORK, "放假": OFF, "上班": WORK}
MOST_BYTES = 100_000
# The longest name ever announced, that of the commemoration of 2015, has some sixty in English.
MOST_NAME = 120
# More are told by their number: whoever sent a wrong file altogether need not read it back.
MOST_FAULTS = 20
# Holidays of the lunar calendar, by the first year whose notice has them (Regulation on public holidays, as
# revised in 2007); on which days they fall, the notice says.
LUNAR_HOLIDAYS = (("春节", 1950), ("清明节", 2008), ("端午节", 2008), ("中秋节", 2008))
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
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
    lines = _lines(text)
    taken = {
        day: notice.year
        for notice in others
        if notice.year != year
        for festival in notice.festivals
        for day in (*festival.off, *festival.work)
    }
    rows: list[Row] = []
    faults: list[str] = []
    for number, cells in lines:
        try:
            row = _row(cells)
            _require_fit(row, year, rows, taken)
            _require_one_name(row, rows)
            rows.append(row)
        except ValueError as error:
            faults.append(_("Line %(number)d: %(fault)s") % {"number": number, "fault": error})
    faults += [*_missing(rows, year), *_gaps(rows)] if not faults else []
    if faults:
        raise _refused(_told(faults))
    return sorted(rows)


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """Return the cells of each line below the first with the number of the line; empty lines are left out.

    Raises:
        Invalid: the text is empty, no CSV, or begins otherwise.
    """
    # Lines may end as on any system.
    reader = csv.reader(io.StringIO(text, newline=None))
    try:
        lines = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error as error:
        sentence = _("Line %(number)d is no line of CSV. Save the table anew as CSV in UTF-8.")
        raise _refused([sentence % {"number": reader.line_num}]) from error
    if not any("".join(cells) for _number, cells in lines):
        sentence = _("The file is empty. Begin with the line %(header)s and name the days below.")
        raise _refused([sentence % {"header": ",".join(HEADER)}])
    if lines[0][1] != HEADER:
        raise _refused([_("The first line must be %(header)s.") % {"header": ",".join(HEADER)}])
    return [(number, cells) for number, cells in lines[1:] if "".join(cells)]


def _told(faults: list[str]) -> list[str]:
    left = len(faults) - MOST_FAULTS
    if left <= 0:
        return faults
    return [*faults[:MOST_FAULTS], _("%(left)d more faults are not listed.") % {"left": left}]


def _row(cells: list[str]) -> Row:
    if len(cells) != len(HEADER):
        raise ValueError(_("four values are needed: day, kind, name, English name."))
    written, kind, name, name_en = cells
    try:
        # Python reads 20270101 and weeks as well; a table that holds those was not made for this.
        day = date.fromisoformat(written if _DAY.fullmatch(written) else "")
    except ValueError as error:
        raise ValueError(_("“%(day)s” is no day such as 2027-01-01.") % {"day": written}) from error
    if kind not in KINDS:
        raise ValueError(_("the kind must be off or work (放假, 上班)."))
    if not name or not name_en or len(name) > MOST_NAME or len(name_en) > MOST_NAME:
        sentence = _("the festival needs a Chinese and an English name of at most %(most)d signs.")
        raise ValueError(sentence % {"most": MOST_NAME})
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


def _require_one_name(row: Row, rows: list[Row]) -> None:
    """A festival is told apart by both names: written in two ways it would be two festivals."""
    _day, _kind, name, name_en = row
    for _other_day, _other_kind, other, other_en in rows:
        if name == other and name_en != other_en:
            values = {"name": name, "name_en": name_en, "other": other_en}
            raise ValueError(
                _("%(name)s is called “%(name_en)s” here and “%(other)s” above.") % values
            )


def _missing(rows: list[Row], year: int) -> Iterator[str]:
    """Yield a sentence for each holiday that the file leaves out."""
    off = {day: name for day, kind, name, _name_en in rows if kind == OFF}
    for month, number, since, name, _name_en in FIXED_HOLIDAYS:
        if year >= since and (day := date(year, month, number)) not in off:
            sentence = _("%(day)s (%(name)s) is missing among the days off.")
            yield sentence % {"day": day, "name": name}
    for name, since in LUNAR_HOLIDAYS:
        if year >= since and not any(name in named for named in off.values()):
            yield _(
                "%(name)s has no day off. Name its days; where two festivals fall together, name both, "
                "such as 国庆节、中秋节."
            ) % {"name": name}
    told = {holiday[3] for holiday in FIXED_HOLIDAYS} | {name for name, _since in LUNAR_HOLIDAYS}
    for name in dict.fromkeys(name for _day, kind, name, _name_en in rows if kind == WORK):
        if name not in off.values() and name not in told:
            sentence = _("%(name)s has make-up working days and no day off. Name its days off.")
            yield sentence % {"name": name}


def _gaps(rows: list[Row]) -> Iterator[str]:
    """Yield a sentence for each working day between two days off of one festival.

    A plain weekend between them is left out of some notices, which is no gap.
    """
    off = {day for day, kind, _name, _name_en in rows if kind == OFF}
    work = {day for day, kind, _name, _name_en in rows if kind == WORK}
    for name in dict.fromkeys(row[2] for row in rows):
        own = sorted(day for day, kind, named, _name_en in rows if kind == OFF and named == name)
        for day in days_between(own[0], own[-1]) if own else ():
            if day not in off and (day.weekday() < SATURDAY or day in work):
                yield _(
                    "%(day)s is missing: it lies between days off of %(name)s. Name it as off, or give "
                    "what comes after it a name of its own."
                ) % {"day": day, "name": name}


def _refused(faults: list[str]) -> Invalid:
    return Invalid(
        _("The file cannot be used; nothing is changed. Correct what is named and send it again."),
        errors={"file": faults},
        code="notice_refused",
    )
