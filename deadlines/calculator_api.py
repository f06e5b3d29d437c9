"""What-if questions of programs: the same form as the page, the answer as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import PolymorphicProxySerializer
from rest_framework import serializers

from audit.errors import valid
from deadlines.calculator_form import CalculatorForm, interval_names
from deadlines.calendar import FIRST, LAST
from deadlines.explain import error_text, in_both_languages, sentences, steps_in_words
from deadlines.periods import Computation
from deadlines.rulebook import PeriodRule, Rulebook
from deadlines.serializers import DerivationStepSerializer, LineSerializer
from deadlines.what_if import Planned


class SkippedSerializer(serializers.Serializer[Any]):
    """A day a period cannot end on."""

    day = serializers.DateField()
    reason = serializers.CharField()
    reason_zh = serializers.CharField()


class ComputationSerializer(serializers.Serializer[Any]):
    """The answer about one period."""

    start = serializers.CharField()
    period = serializers.CharField()
    rulebook = serializers.CharField(help_text="The version whose practice was applied.")
    nominal = serializers.CharField(help_text="A day, or an instant for hours.")
    last_day = serializers.CharField(help_text="A day, or an instant for hours.")
    provisional = serializers.BooleanField()
    at_least = serializers.BooleanField()
    skipped = SkippedSerializer(many=True)
    law = serializers.CharField()
    why = LineSerializer(many=True)
    why_zh = serializers.ListField(child=serializers.CharField())
    why_en = serializers.ListField(child=serializers.CharField())
    derivation = DerivationStepSerializer(many=True)


class PlannedSerializer(serializers.Serializer[Any]):
    """One period of the plan of an event."""

    rule = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    when_zh = serializers.CharField(help_text="Only then the event begins it; empty: always.")
    when_en = serializers.CharField(help_text="The same in English.")
    computation = ComputationSerializer(allow_null=True)
    fault = serializers.CharField(help_text="Why it cannot be computed; else empty.")


class PlanSerializer(serializers.Serializer[Any]):
    """The answer about an event: every period it begins."""

    event = serializers.CharField()
    rulebook = serializers.CharField()
    plan = PlannedSerializer(many=True)


ANSWER = PolymorphicProxySerializer(
    component_name="Answer",
    serializers=[ComputationSerializer, PlanSerializer],
    resource_type_field_name=None,
)


class QuestionSerializer(serializers.Serializer[Any]):
    """A what-if question: a start and either an event, a period of law or a length."""

    start = serializers.DateField(help_text=f"From {FIRST} to {LAST}.")
    hour = serializers.TimeField(required=False, help_text="Beijing time, for periods of hours.")
    event = serializers.CharField(required=False, help_text="A kind of event: its whole plan.")
    named_day = serializers.DateField(required=False, help_text="The day the event names.")
    rule = serializers.CharField(required=False, help_text="For example P-01.")
    period = serializers.CharField(required=False, help_text="For example P30D.")
    before = serializers.BooleanField(required=False, help_text="Count back from the start.")
    abroad = serializers.BooleanField(
        required=False, help_text="The party has no domicile in the PRC."
    )
    extension = serializers.CharField(required=False, help_text="Such as P1M, or P1M P15D.")
    until = serializers.DateField(required=False, help_text="The end an approval names.")
    book = serializers.CharField(required=False, help_text="Rulebook version.")

    def get_fields(self) -> dict[str, Any]:
        days = {
            name: serializers.DateField(required=False)
            for pair in interval_names()
            for name in pair
        }
        return super().get_fields() | days


def answer_to(data: Mapping[str, Any], *, own: Sequence[PeriodRule] = ()) -> dict[str, Any]:
    """Answer a question; nothing is stored.

    Args:
        own: the periods the reader's office set itself.

    Raises:
        Invalid: with the sentences of every field.
    """
    known = CalculatorForm().fields
    asked = CalculatorForm({name: data[name] for name in known if name in data}, own=own)
    cleaned = valid(asked, _("The last day cannot be computed.")).cleaned_data
    book: Rulebook = cleaned["book_found"]
    if "plan" in cleaned:
        plan = [_planned(item, book) for item in cleaned["plan"]]
        answer = {"event": cleaned["event"], "rulebook": book.version, "plan": plan}
        return dict(PlanSerializer(answer).data)
    return dict(ComputationSerializer(computed(cleaned["computation"], book)).data)


def computed(result: Computation, book: Rulebook) -> dict[str, Any]:
    """Return a computation as data, its reasons in both languages."""
    steps = result.derivation()
    both = in_both_languages(steps, provisional=result.provisional)
    return {
        "start": _written(result.start),
        "period": result.written_period,
        "rulebook": book.version,
        "nominal": _written(result.nominal),
        "last_day": _written(result.effective),
        "provisional": result.provisional,
        "at_least": result.at_least,
        "skipped": result.skipped,
        "law": result.law,
        "why": sentences(steps, provisional=result.provisional),
        "why_zh": [line.text for line in both.zh],
        "why_en": [line.text for line in both.en],
        "derivation": steps_in_words(steps),
    }


def _written(moment: date | datetime) -> str:
    return moment.isoformat("T", "minutes") if isinstance(moment, datetime) else moment.isoformat()


def _planned(item: Planned, book: Rulebook) -> dict[str, Any]:
    return {
        "rule": item.rule.id,
        "title_zh": item.rule.title_zh,
        "title_en": item.rule.title_en,
        "when_zh": item.rule.when_zh,
        "when_en": item.rule.when_en,
        "computation": computed(item.result, book) if item.result else None,
        "fault": _fault(item),
    }


def _fault(item: Planned) -> str:
    if item.fault:
        return error_text(item.fault)
    if item.named_day_missing:
        return _("Enter the day the event names.")
    return _("set by the decision") if item.length_by_decision else ""
