"""How a recommendation is written in its paper (D-70): period and measures in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from administrative.models import PeriodUnit, Recommendation

UNITS_ZH = {PeriodUnit.DAYS: "日", PeriodUnit.MONTHS: "个月"}


def length_in_words(row: Recommendation) -> str:
    """Return the rectification period as the paper names it, for example 2个月; empty without one."""
    return f"{row.period}{UNITS_ZH[PeriodUnit(row.unit)]}" if row.period else ""


def measures_in_words(row: Recommendation) -> str:
    """Return the measures as the paper lists them, one a paragraph."""
    return "\n".join(measure.text.strip() for measure in row.measures.all())


def contents_of(row: Recommendation) -> dict[str, str]:
    """Return what D-70 says of the recommendation, by the names of its contents."""
    duties = dict.fromkeys(measure.basis.strip() for measure in row.measures.all())
    return {
        "name": row.body.name,
        "duty": "；".join(duties) + "。" if duties else "",
        "content": measures_in_words(row),
        "period": length_in_words(row),
        "urgency": row.urgency.strip(),
    }


def missing_in(row: Recommendation, values: Mapping[str, object]) -> list[str]:
    """Return what was decided and does not stand in a paper with these contents."""
    said = "".join(str(values.get("content", "")).split())
    missing = [
        str(measure) for measure in row.measures.all() if "".join(measure.text.split()) not in said
    ]
    period = length_in_words(row)
    if period and period not in str(values.get("period", "")):
        missing.append(period)
    if row.urgent != bool(str(values.get("urgency", "")).strip()):
        missing.append(row.urgency.strip() or "非紧急情形")
    return missing
