"""Chinese numerals and dates the way official documents write them (GB/T 9704-2012)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

_DIGITS = "零一二三四五六七八九"
BLANK_DATE = "　　年　月　日"


class Numbering(StrEnum):
    """The four levels of numbers of GB/T 9704-2012 7.3.3."""

    CHINESE = "chinese"  # 一、
    CHINESE_BRACKETS = "chinese_brackets"  # （一）
    ARABIC = "arabic"  # 1.
    ARABIC_BRACKETS = "arabic_brackets"  # （1）


def chinese(number: int) -> str:
    """Return `number` in Chinese, for example 十二; outside 1 to 99 in Arabic digits."""
    if not 1 <= number <= 99:
        return str(number)
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[units] if units else "")


def ordinal(number: int, numbering: Numbering) -> str:
    """Return the mark before item `number`, for example ``（一）`` or ``1.``."""
    match numbering:
        case Numbering.CHINESE:
            return f"{chinese(number)}、"
        case Numbering.CHINESE_BRACKETS:
            return f"（{chinese(number)}）"
        case Numbering.ARABIC:
            return f"{number}."
        case Numbering.ARABIC_BRACKETS:
            return f"（{number}）"


def chinese_date(day: date | None) -> str:
    """Return ``2026年4月20日`` (Arabic digits, no padding); blanks to fill by hand for None."""
    return BLANK_DATE if day is None else f"{day.year}年{day.month}月{day.day}日"
