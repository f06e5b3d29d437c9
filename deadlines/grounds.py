"""What in the events stands behind a derivation: what began the period, who lengthened it, what stopped it.

The computing of periods knows days alone. Here each of its steps is told the event it comes from, with the
reason in both languages, so that a deadline can say why long after it was derived.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import translation

from cases.registries import event_kinds
from cases.selectors.events import reference_of
from deadlines.periods import Computation, Step
from deadlines.rulebook import Extension, PeriodRule

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


def with_grounds(
    result: Computation, *, rule: PeriodRule, start: Happening, later: Sequence[Happening]
) -> Computation:
    """Return `result` with each step told the event it comes from.

    Args:
        rule: as the rulebook has it, not with the length that holds for this start.
        start: the event that begins the period.
        later: the events after it, in the order of recording.
    """
    steps = (*_beginning(result, rule, start), *_explained(result.steps, rule, later))
    return replace(result, steps=steps)


def _beginning(result: Computation, rule: PeriodRule, start: Happening) -> Iterator[Step]:
    kind = event_kinds[start.event.kind]
    titles = {"title": kind.title_en, "title_zh": kind.title_zh, "event": start.event.pk}
    yield Step("event", start.day, rule.article, titles)
    if rule.start_day and start.facts.get(rule.start_day):
        named = date.fromisoformat(start.facts[rule.start_day])
        yield Step("day_named", named, "", {"event": start.event.pk})
    if rule.ends_on:
        named = date.fromisoformat(start.facts[rule.ends_on])
        yield Step("end_named", named, rule.article, {"event": start.event.pk})
    if rule.longer is not None and start.facts.get(rule.longer_when):
        yield variant(result, rule, start.event.kind)


def variant(result: Computation, rule: PeriodRule, kind: str = "") -> Step:
    """Return the step that says why another length than the usual one holds."""
    lengths = {"period": str(rule.longer), "usual": str(rule.length)}
    return Step("variant", result.start, rule.article, lengths | _variant_reason(rule, kind))


def _variant_reason(rule: PeriodRule, kind: str) -> Reason:
    form = event_kinds[kind].form if kind in event_kinds else None
    field = form.base_fields.get(rule.longer_when) if form else None
    if field is not None and field.label:
        return _in_both(field.label)
    chinese, english = VARIANTS.get(rule.longer_when, (rule.longer_when, rule.longer_when))
    return {"reason": english, "reason_zh": chinese}


def _explained(
    steps: Iterable[Step], rule: PeriodRule, later: Sequence[Happening]
) -> Iterator[Step]:
    granted = iter([item for item in _extending(rule, later) if "until" not in item.facts])
    named = [item for item in _extending(rule, later) if "until" in item.facts]
    for step in steps:
        if step.code == "extension" and (item := next(granted, None)) is not None:
            yield _granted(step, rule, item)
        elif step.code == "typed_end" and named:
            yield _granted(step, rule, named[-1])
        elif step.code in ("exclusion", "open_exclusion"):
            yield _told(step, _works(step, rule, later))
        else:
            yield step


def _told(step: Step, detail: Mapping[str, Any]) -> Step:
    return replace(step, detail={**step.detail, **detail})


def _extending(rule: PeriodRule, later: Sequence[Happening]) -> list[Happening]:
    return [item for item in later if item.event.kind in rule.extended_by]


def _granted(step: Step, rule: PeriodRule, item: Happening) -> Step:
    """Return an extension with who granted it, when, and on what ground and article."""
    way = _way(rule, item.facts)
    chinese, english = AUTHORITIES.get(way.by, ("", ""))
    detail = {
        "event": item.event.pk,
        "granted_on": item.day.isoformat(),
        "by": english,
        "by_zh": chinese,
        "reason": way.ground_en,
        "reason_zh": way.ground_zh,
    }
    return replace(_told(step, detail), law=way.article)


def _way(rule: PeriodRule, facts: Mapping[str, Any]) -> Extension:
    """Return the way in which an event lengthened the period; the first where it names no other."""
    ways = rule.extensions
    if by := str(facts.get("by", "")):
        return next((way for way in ways if way.by.startswith(by)), ways[0])
    fixed = "until" not in facts
    return next((way for way in ways if (way.length is not None) is fixed), ways[0])


def _works(step: Step, rule: PeriodRule, later: Sequence[Happening]) -> dict[str, Any]:
    """Return which work took the time of a step; overlapping times are one step."""
    first = date.fromisoformat(step.detail["first"])
    last = date.fromisoformat(step.detail["last"]) if "last" in step.detail else date.max
    ends = {
        str(item.facts.get(rule.pause_match)): item.day
        for item in later
        if item.event.kind in rule.resumed_by
    }
    found = [
        item
        for item in later
        if item.event.kind in rule.paused_by
        and item.day <= last
        and ends.get(reference_of(item.event), date.max) >= first
    ]
    reasons = [_work(item) for item in found]
    return {
        "events": [item.event.pk for item in found],
        "reason": "; ".join(each["reason"] for each in reasons),
        "reason_zh": "；".join(each["reason_zh"] for each in reasons),
    }


def _work(item: Happening) -> Reason:
    """Return what stopped the time: what the form's list of causes calls it, else the kind of event."""
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
