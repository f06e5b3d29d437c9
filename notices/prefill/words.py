"""Words and small findings that several documents share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cases.models import Case, Event, Lead, PartyRole
from cases.models.matter import Track
from cases.selectors.events import corrected, latest
from deadlines.derive import rulebook_of
from deadlines.periods import Period, Unit
from documents.numerals import chinese
from notices.bodies.statutes import APL_ZH, ATF_ZH, CPL_ZH, MPL_ZH, PIPL_ZH
from notices.prefill.said import Said, on_event, said

if TYPE_CHECKING:
    Matter = Lead | Case

# A law, the number of an article by which they are put in order, and the article in words.
Cited = tuple[str, int, str]
# The bases of standing (law 3.2a, 3.9).
STANDING: dict[str, Cited] = {
    "PIPL 70": (PIPL_ZH, 70, "第七十条"),
    "CPL 58": (CPL_ZH, 58, "第五十八条第二款"),
    "MPL 106": (MPL_ZH, 106, "第一百零六条"),
    "ATF 47": (ATF_ZH, 47, "第四十七条"),
    "APL 25": (APL_ZH, 25, "第二十五条第四款"),
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
    """Return which suit a case is: against an authority, beside a criminal case, or civil (Rules 97)."""
    if isinstance(matter, Case) and matter.is_administrative:
        return "行政公益诉讼"
    beside = isinstance(matter, Case) and matter.track == Track.CRIMINAL_INCIDENTAL
    return "刑事附带民事公益诉讼" if beside else "民事公益诉讼"


def violators(case: Case) -> str:
    """Return the names of the violators of a case, or that nobody is known yet."""
    rows = case.parties.filter(role=PartyRole.VIOLATOR, removed_at=None)
    names = "、".join(rows.values_list("name", flat=True))
    return names or ("身份尚未查明的行为人" if case.violator_unknown else "")


def filed(case: Case) -> tuple[Event | None, dict[str, Any]]:
    """Return the decision to file with its facts as they stand; against an authority where the case began."""
    if case.is_administrative:
        return _filed_against_authority(case)
    event = latest(case, "case_filed")
    return event, corrected(event)[1] if event else {}


def _filed_against_authority(case: Case) -> tuple[Event | None, dict[str, Any]]:
    """Return the beginning of the case with the facts of its decision, recorded with lead or first case."""
    opened = latest(case, "case_opened")
    decision = latest(case, "administrative_case_filed")
    if decision is None and opened is not None and opened.proposal_id:
        beside = Event.objects.filter(kind="administrative_case_split", proposal=opened.proposal_id)
        decision = beside.filter(annulled_by__isnull=True, corrects__isnull=True).last()
    return opened or decision, corrected(decision)[1] if decision else {}


def unlawful_act(case: Case) -> Said:
    """Return the act, or the failure of the authority, as the decision to file states it."""
    event, facts = filed(case)
    stated = facts.get("failure" if case.is_administrative else "unlawful_act", "")
    return said(str(stated), "event", on_event(event))


def harm(case: Case) -> Said:
    """Return the harm and the many people concerned as the decision to file states them."""
    event, facts = filed(case)
    stated = (facts.get("harm"), facts.get("numerous_individuals"))
    text = "\n".join(str(text) for text in stated if text)
    return said(text, "event", on_event(event))
