"""What the planner says: the verdict, each warning with its article, and the days in order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from audit.articles import written
from deadlines.explain import period_words
from deadlines.planner import Plan, Rules, Warn
from deadlines.rulebook import PeriodRule


@dataclass(frozen=True)
class Said:
    """A sentence that names its article, the article as stored, and how grave it is (a tone of the tags)."""

    code: str
    text: str
    law: str
    tone: str


@dataclass(frozen=True)
class Mark:
    """One day of the timeline."""

    day: date
    title: str
    law: str
    tone: str = ""


def _articles(*rules: PeriodRule) -> str:
    """Return the articles of the periods, each once."""
    found = [article for rule in rules for article in rule.article.split("; ")]
    return "; ".join(dict.fromkeys(found))


def _said(code: str, sentence: str, tone: str, *rules: PeriodRule) -> Said:
    law = _articles(*rules)
    text = _("%(sentence)s (%(law)s)") % {"sentence": sentence, "law": written(law)}
    return Said(code, text, law, tone)


def _length(rule: PeriodRule) -> str:
    assert rule.length is not None  # asked by `planner.rules_of`
    return period_words(rule.length)


def introduction(rules: Rules) -> Said:
    """Say what the planner is for."""
    sentence = _(
        "A measure taken before suit is lifted when no suit follows within %(length)s. The announcement and "
        "the review must fit into them."
    )
    values = {"length": _length(rules.lapse)}
    return _said("introduction", sentence % values, "", rules.lapse, rules.announcement)


def review_hint(review: PeriodRule) -> str:
    """Say what the estimate of the review is, and what the law has at most."""
    sentence = _(
        "Your own estimate of the time from the end of the announcement to the suit. The law has at "
        "most %(length)s and their extensions (%(id)s, %(law)s)."
    )
    values = {"length": _length(review), "id": review.id, "law": written(review.article)}
    return sentence % values


def caution(rules: Rules) -> str:
    """Say what the article of the measure leaves open (law 3.6)."""
    sentence = _(
        "%(law)s speaks of interested parties. Whether a procuratorate may apply before suit, and whether it "
        "is freed from security there, no text says: not verified."
    )
    return sentence % {"law": written(rules.lapse.article)}


def verdict(found: Plan) -> Said:
    """Say whether the measure holds until the suit."""
    values = {"lapse": found.lapse.last_day.isoformat()}
    window = (found.rules.lapse, found.rules.announcement)
    if found.suit_on is None:
        text = _("Without an announcement no suit is possible; the measure lapses on %(lapse)s.")
        return _said("no_suit", text % values, "bad", *window)
    values |= {"suit": found.suit_on.isoformat(), "days": str(found.days_missing)}
    if found.holds:
        text = _("The suit is possible from %(suit)s; the measure stands until %(lapse)s.")
        return _said("holds", text % values, "ok", *window)
    text = _(
        "The measure lapses on %(lapse)s, before the suit is possible on %(suit)s: %(days)s days are missing."
    )
    return _said("lapses", text % values, "bad", *window, found.rules.review)


def warnings(found: Plan) -> list[Said]:
    """Return every warning as a sentence that says what to do."""
    values = {
        "measure": found.measure.isoformat(),
        "lapse": found.lapse.last_day.isoformat(),
        "by": found.announce_by.isoformat(),
        "ends": found.announcement.last_day.isoformat() if found.announcement else "",
        "announcement": _length(found.rules.announcement),
        "window": _length(found.rules.lapse),
    }
    return [
        _said(code.value, text % values, tone, *rules)
        for code, (text, rules, tone) in _sentences(found.rules).items()
        if code in found.warnings
    ]


def _sentences(rules: Rules) -> dict[Warn, tuple[str, tuple[PeriodRule, ...], str]]:
    window = (rules.lapse, rules.announcement)
    return {
        Warn.MEASURE_FIRST: (
            _(
                "The measure of %(measure)s comes before the announcement. Publish the announcement first, "
                "or on the same day: its %(announcement)s and the review run against the %(window)s of the "
                "measure."
            ),
            window,
            "warn",
        ),
        Warn.NOT_ANNOUNCED: (
            _("No announcement is planned. Publish it by %(by)s, or the measure lapses."),
            window,
            "bad",
        ),
        Warn.ENDS_IN_ANNOUNCEMENT: (
            _(
                "The measure lapses on %(lapse)s, while the announcement runs until %(ends)s. Publish by "
                "%(by)s, or take the measure later."
            ),
            window,
            "bad",
        ),
        Warn.ENDS_IN_REVIEW: (
            _(
                "The measure lapses on %(lapse)s, during the review. Publish by %(by)s, take the measure "
                "later, or review faster."
            ),
            rules,
            "bad",
        ),
        Warn.TOO_LATE: (
            _(
                "%(by)s, the last day to publish for this measure, has passed. Take the measure later; one "
                "that was taken will be lifted without a suit."
            ),
            (rules.lapse,),
            "bad",
        ),
    }


def timeline(found: Plan) -> list[Mark]:
    """Return the days of the plan in their order."""
    lapse, announcement, review = (rule.article for rule in found.rules)
    lifted = _("Without a suit the court lifts the measure")
    marks = [
        Mark(found.announce_by, _("Last day to publish the announcement"), announcement, "warn"),
        Mark(found.measure, _("Measure taken"), lapse),
        Mark(found.lapse.last_day, lifted, lapse, "bad"),
    ]
    if found.announced and found.announcement and found.suit_on and found.measure_from:
        ends = found.announcement.last_day
        marks += [
            Mark(found.announced, _("Announcement published"), announcement),
            Mark(ends, _("Announcement expires; the review begins"), review),
            Mark(found.suit_on, _("First day of the suit"), review, "ok"),
            Mark(found.measure_from, _("A measure from this day on holds until the suit"), lapse),
        ]
    return sorted(marks, key=lambda mark: mark.day)
