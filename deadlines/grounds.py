"""What in the events stands behind a derivation: what began the period, who lengthened it, what stopped it.

The computing of periods knows days alone. What the events add is kept beside the steps, with the reason in
both languages, so that a deadline can say why long after it was derived, under any calendar.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import translation

from cases.registries import event_kinds
from cases.workplace import titles_of_kind
from deadlines import by_hand
from deadlines.by_hand import ExtensionGround
from deadlines.periods import Step
from deadlines.rulebook import Extension, PeriodRule
from deadlines.standstill import Standstill, end_named_by, standstills

if TYPE_CHECKING:
    from deadlines.derive import Happening

# Who grants more time (`Extension.by`), in Chinese and English.
AUTHORITIES = {
    "chief": ("检察长", "the chief procurator"),
    "superior": ("上一级人民检察院", "the next-higher procuratorate"),
    "court": ("人民法院院长", "the president of the court"),
    "superior_court": ("上级人民法院", "the superior court"),
}
# Facts that bring about another length (`PeriodRule.longer_when`) and are not asked by a form.
VARIANTS = {
    "abroad": (
        "该当事人在中华人民共和国领域内没有住所",
        "the party has no domicile in the PRC",
    ),
}
Reason = dict[str, str]
OBSTACLE_LAW = "CPL 86"


def grounds_of(
    *, rule: PeriodRule, start: Happening, moment: date | datetime, later: Sequence[Happening]
) -> dict[str, Any]:
    """Return what stands behind a deadline (`deadlines.told`), as data no change of the calendar touches.

    Args:
        rule: as the rulebook has it, not with the length that holds for this start.
        start: the event that begins the period.
        moment: from when it is counted.
        later: the events after it, in the order of recording.
    """
    clock = by_hand.clock_name(rule.id, start.event)
    granted = by_hand.extensions(rule, clock, later)
    named = end_named_by(rule, clock, later)
    return {
        "beginning": [step.as_json() for step in _beginning(rule, start, moment)],
        "granted": [_granted(rule, item) for item in granted if "until" not in item.facts],
        "named": _named(rule, named) if named else None,
        "works": [_time(item) for item in standstills(rule, clock, later)],
    }


def _beginning(rule: PeriodRule, start: Happening, moment: date | datetime) -> Iterator[Step]:
    chinese, english = titles_of_kind(start.event.kind)
    titles = {"title": english, "title_zh": chinese, "event": start.event.pk}
    yield Step("event", start.day, rule.article, titles)
    fact = "counted_from" if start.event.kind == by_hand.BEGUN else rule.start_day
    if fact and start.facts.get(fact):
        named = date.fromisoformat(start.facts[fact])
        yield Step("day_named", named, "", {"event": start.event.pk})
    if rule.ends_on and start.facts.get(rule.ends_on):
        named = date.fromisoformat(start.facts[rule.ends_on])
        yield Step("end_named", named, rule.article, {"event": start.event.pk})
    if rule.urgent_end and start.facts.get(rule.urgent_end):
        named = date.fromisoformat(start.facts[rule.urgent_end])
        yield Step("urgent_end", named, rule.article, {"event": start.event.pk})
    if rule.longer is not None and start.facts.get(rule.longer_when):
        yield variant(moment, rule, start.event.kind)


def variant(moment: date | datetime, rule: PeriodRule, kind: str = "") -> Step:
    """Return the step that says why another length than the usual one holds."""
    lengths = {"period": str(rule.longer), "usual": str(rule.length)}
    return Step("variant", moment, rule.article, lengths | _variant_reason(rule, kind))


def _variant_reason(rule: PeriodRule, kind: str) -> Reason:
    form = event_kinds[kind].form if kind in event_kinds else None
    field = form.base_fields.get(rule.longer_when) if form else None
    if field is not None and field.label:
        return _in_both(field.label)
    chinese, english = VARIANTS.get(rule.longer_when, (rule.longer_when, rule.longer_when))
    return {"reason": english, "reason_zh": chinese}


def _granted(rule: PeriodRule, item: Happening) -> dict[str, Any]:
    """Return who granted an extension, when, and on what ground and article."""
    way = _way(rule, item.facts)
    chinese, english = AUTHORITIES.get(way.by, ("", ""))
    return {
        "law": way.article,
        "event": item.event.pk,
        "granted_on": item.day.isoformat(),
        "by": english,
        "by_zh": chinese,
        "reason": way.ground_en,
        "reason_zh": way.ground_zh,
    }


def _named(rule: PeriodRule, item: Happening) -> dict[str, Any]:
    """Return who named the last day, by the article of the period or by an entry about this clock."""
    by_entry = item.event.kind == by_hand.EXTENDED
    return _decided(rule, item) if by_entry else _granted(rule, item)


def _decided(rule: PeriodRule, item: Happening) -> dict[str, Any]:
    """Return who lengthened a single clock by a decision that was entered by hand."""
    ground = ExtensionGround(item.facts["ground"])
    decider = str(item.facts.get("decided_by", ""))
    by_rule = ground == ExtensionGround.RULE and rule.extensions
    return {
        "law": rule.extensions[0].article if by_rule else OBSTACLE_LAW,
        "event": item.event.pk,
        "granted_on": item.day.isoformat(),
        "by": decider,
        "by_zh": decider,
        **_in_both(ground.label),
    }


def _way(rule: PeriodRule, facts: Mapping[str, Any]) -> Extension:
    """Return the way in which an event lengthened the period; the first where it names no other."""
    ways = rule.extensions
    if by := str(facts.get("by", "")):
        return next((way for way in ways if way.by.startswith(by)), ways[0])
    fixed = "until" not in facts
    return next((way for way in ways if (way.length is not None) is fixed), ways[0])


def _time(stood_still: Standstill) -> dict[str, Any]:
    cause, first, until = stood_still
    last = until.isoformat() if until else None
    return {"first": first.isoformat(), "last": last, "event": cause.event.pk, **_cause(cause)}


def _cause(item: Happening) -> Reason:
    """Return what stopped the time: the ground stated, what the form's list says, else the kind of event."""
    if item.event.kind == by_hand.SUSPENDED:
        ground = str(item.facts.get("ground", ""))
        return {"reason": ground, "reason_zh": ground}
    kind = event_kinds[item.event.kind]
    for name, field in (kind.form.base_fields if kind.form else {}).items():
        if isinstance(field, forms.ModelChoiceField) or not isinstance(field, forms.ChoiceField):
            continue
        titles: dict[Any, Any] = dict(field.choices)  # type: ignore[arg-type]
        if (title := titles.get(item.facts.get(name))) is not None:
            return _in_both(title)
    return {"reason": kind.title_en, "reason_zh": kind.title_zh}


def _in_both(text: object) -> Reason:
    """Return a sentence of the catalogue in both languages, whoever reads."""
    with translation.override("zh-hans"):
        chinese = str(text)
    with translation.override("en"):
        return {"reason": str(text), "reason_zh": chinese}
