"""Words and small findings that several documents share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.models import Case, Event, Lead, PartyRole
from cases.models.matter import Track
from cases.selectors.events import corrected, latest
from deadlines.derive import rulebook_of
from deadlines.periods import Period, Unit
from documents.numerals import chinese
from notices.bodies.statutes import ATF_ZH, CPL_ZH, MPL_ZH, PIPL_ZH
from notices.prefill.said import Said, on_event, said

if TYPE_CHECKING:
    Matter = Lead | Case

# A law, the number of an article by which they are put in order, and the article in words.
Cited = tuple[str, int, str]
# The bases of standing (law 3.2a).
STANDING: dict[str, Cited] = {
    "PIPL 70": (PIPL_ZH, 70, "第七十条"),
    "CPL 58": (CPL_ZH, 58, "第五十八条第二款"),
    "MPL 106": (MPL_ZH, 106, "第一百零六条"),
    "ATF 47": (ATF_ZH, 47, "第四十七条"),
}
BASES_ZH = {code: law + article for code, (law, _number, article) in STANDING.items()}
UNITS_ZH = {Unit.DAY: "日", Unit.MONTH: "个月", Unit.YEAR: "年", Unit.WORKING_DAY: "个工作日"}
LEAD_SOURCES_ZH = {
    "complaint": "控告举报",
    "own_casework": "检察办案中发现",
    "enforcement_platform": "行政执法信息共享平台",
    "transfer": "国家机关、社会团体和人大代表、政协委员等转交",
    "media": "新闻媒体、社会舆论反映",
    "other_duty": "其他在履行职责中发现",
}


def bases_zh(codes: list[str]) -> str:
    """Return the articles of standing in the words of a document, joined."""
    return "、".join(BASES_ZH[code] for code in codes if code in BASES_ZH)


def announcement_period_zh(matter: Matter) -> str:
    """Return the length of P-01 under the rulebook of the matter, for example 三十日 (Rules 91)."""
    return length_zh(matter, "P-01")


def length_zh(matter: Matter, rule: str) -> str:
    """Return the length of a period that has one under the rulebook of the matter."""
    length = rulebook_of(matter).periods[rule].length
    assert length is not None  # the rulebook's check keeps a mandatory period from having none
    return period_zh(length)


def period_zh(period: Period) -> str:
    """Return a length in the words of a document; before a measure word two is 两."""
    unit = UNITS_ZH.get(period.unit, "小时")
    number = "两" if period.length == 2 and unit.startswith("个") else chinese(period.length)
    return f"{number}{unit}"


def suit_zh(matter: Matter) -> str:
    """Return which suit a case is: one of its own, or one beside a criminal case (Rules 97; JI 20)."""
    beside = isinstance(matter, Case) and matter.track == Track.CRIMINAL_INCIDENTAL
    return "刑事附带民事公益诉讼" if beside else "民事公益诉讼"


def violators(case: Case) -> str:
    """Return the names of the violators of a case, or that nobody is known yet."""
    rows = case.parties.filter(role=PartyRole.VIOLATOR, removed_at=None)
    names = "、".join(rows.values_list("name", flat=True))
    return names or ("身份尚未查明的行为人" if case.violator_unknown else "")


def filed(case: Case) -> tuple[Event | None, dict[str, Any]]:
    """Return the decision to file with its facts as they stand."""
    event = latest(case, "case_filed")
    return event, corrected(event)[1] if event else {}


def unlawful_act(case: Case) -> Said:
    """Return the act as the decision to file states it."""
    event, facts = filed(case)
    return said(str(facts.get("unlawful_act", "")), "event", on_event(event))


def harm(case: Case) -> Said:
    """Return the harm and the many people concerned as the decision to file states them."""
    event, facts = filed(case)
    stated = (facts.get("harm"), facts.get("numerous_individuals"))
    text = "\n".join(str(text) for text in stated if text)
    return said(text, "event", on_event(event))
