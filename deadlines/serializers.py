"""What programs read and write of deadlines."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import override
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from cases.models import Lead
from cases.states import LeadState
from deadlines.explain import (
    notification_text,
    sentences,
    source_words,
    steps_in_words,
)
from deadlines.models import Deadline, Notification, Reminder
from deadlines.rulebook import PeriodRule


class LineSerializer(serializers.Serializer[Any]):
    """One sentence of a derivation."""

    text = serializers.CharField(help_text="In the language of the request.")
    law = serializers.CharField(help_text="The articles; may be empty.")


class DerivationStepSerializer(serializers.Serializer[Any]):
    """One step of a derivation; what else it states depends on its code."""

    code = serializers.CharField()
    day = serializers.CharField(help_text="The day or instant reached.")
    law = serializers.CharField(help_text="The articles; may be empty.")
    event = serializers.IntegerField(required=False, help_text="Key of the event it comes from.")
    reason = serializers.CharField(required=False, help_text="In English.")
    reason_zh = serializers.CharField(required=False, help_text="In Chinese.")
    sentence_zh = serializers.CharField()
    sentence_en = serializers.CharField()


class DeadlineSerializer(serializers.ModelSerializer[Deadline]):
    """A deadline with its derivation; `last_day` is the day that counts."""

    title = serializers.CharField(read_only=True)
    matter = serializers.SerializerMethodField(help_text="Key of the case or lead.")
    last_day = serializers.DateField(source="effective_day", read_only=True)
    last_instant = serializers.DateTimeField(source="effective_instant", read_only=True)
    why = serializers.SerializerMethodField(help_text="Sentences in the language of the request.")
    why_zh = serializers.SerializerMethodField(help_text="Sentences in Chinese.")
    why_en = serializers.SerializerMethodField(help_text="Sentences in English.")
    derivation = serializers.SerializerMethodField()
    own_rule = serializers.BooleanField(
        source="is_own_rule", read_only=True, help_text="Set by the office itself, not by law."
    )

    done_on = serializers.DateField(
        read_only=True,
        allow_null=True,
        help_text="Day of the act that ended it, as corrected; null while it runs.",
    )
    met_late = serializers.BooleanField(read_only=True, help_text="Done, but after its last day.")

    class Meta:
        model = Deadline
        fields: ClassVar = [
            "id",
            "matter",
            "rule",
            "rulebook",
            "title",
            "title_zh",
            "title_en",
            "about",
            "article",
            "kind",
            "own_rule",
            "state",
            "manual",
            "start_event",
            "start_day",
            "nominal_day",
            "last_day",
            "last_instant",
            "provisional",
            "at_least",
            "duty_holder",
            "done_on",
            "met_late",
            "confirmation",
            "note",
            "closing_note",
            "derivation",
            "why",
            "why_zh",
            "why_en",
        ]
        read_only_fields: ClassVar = fields

    def get_matter(self, deadline: Deadline) -> str:
        return deadline.matter.key

    def get_why(self, deadline: Deadline) -> list[str]:
        lines = sentences(deadline.why, provisional=deadline.provisional)
        return [line.text for line in lines]

    def get_why_zh(self, deadline: Deadline) -> list[str]:
        with override("zh-hans"):
            return self.get_why(deadline)

    def get_why_en(self, deadline: Deadline) -> list[str]:
        with override("en"):
            return self.get_why(deadline)

    @extend_schema_field(DerivationStepSerializer(many=True))
    def get_derivation(self, deadline: Deadline) -> list[dict[str, Any]]:
        return steps_in_words(deadline.why)


class ReminderSerializer(serializers.ModelSerializer[Reminder]):
    """One reminder of a deadline; `late` when it was delivered late."""

    late = serializers.BooleanField(source="is_late", read_only=True)

    class Meta:
        model = Reminder
        fields: ClassVar = [
            "id",
            "recipient",
            "for_whom",
            "escalation",
            "channel",
            "offset",
            "for_day",
            "due_at",
            "state",
            "sent_at",
            "late",
        ]
        read_only_fields: ClassVar = fields


class ManualDeadlineSerializer(serializers.Serializer[Any]):
    """A deadline set by hand; the author is always the person of the session."""

    matter = serializers.CharField(max_length=40, help_text="Key of the case or lead.")
    title = serializers.CharField(max_length=200)
    day = serializers.DateField()
    holder = serializers.IntegerField(
        required=False, help_text="A member of the handling team; the author when left out."
    )
    article = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class CloseSerializer(serializers.Serializer[Any]):
    """Closing a deadline set by hand."""

    note = serializers.CharField(max_length=500, required=False, default="", allow_blank=True)


class CompleteSerializer(CloseSerializer):
    """Closing a deadline set by hand as met: a file or an entry of the record proves it."""

    paper = serializers.FileField(required=False, write_only=True)
    event = serializers.IntegerField(required=False, help_text="An event of the matter.")


class ExtensionSerializer(serializers.Serializer[Any]):
    """A way to lengthen a period; without a length the approval names the day."""

    by = serializers.CharField()
    length = serializers.CharField(allow_null=True)
    article = serializers.CharField()
    ground_zh = serializers.CharField()
    ground_en = serializers.CharField()


class PeriodSerializer(serializers.Serializer[PeriodRule]):
    """One statutory period of a rulebook."""

    id = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    article = serializers.CharField()
    kind = serializers.CharField(
        help_text="mandatory, minimum, maximum, internal; none: no period by law."
    )
    length = serializers.CharField(
        allow_null=True, help_text="P30D, P3M, P2Y, PT48H, 15WD; null where the law sets none."
    )
    alias_of = serializers.ListField(
        child=serializers.CharField(),
        help_text="Periods it is another name of; it makes no deadline of its own.",
    )
    since = serializers.DateField(
        allow_null=True, help_text="Day its article came into force, where later than the rulebook."
    )
    backwards = serializers.BooleanField(help_text="At least this long before the event.")
    start = serializers.ListField(
        child=serializers.CharField(), help_text="Kinds of events that start it."
    )
    start_zh = serializers.CharField()
    start_en = serializers.CharField()
    when_zh = serializers.CharField(help_text="Only then an event starts it; empty: always.")
    when_en = serializers.CharField(help_text="The same in English.")
    duty = serializers.CharField()
    excluded = serializers.ListField(child=serializers.CharField())
    excluded_en = serializers.ListField(child=serializers.CharField())
    extensions = ExtensionSerializer(many=True)
    lapse_zh = serializers.CharField()
    lapse_en = serializers.CharField()
    reminders = serializers.ListField(
        child=serializers.IntegerField(), help_text="Days before the last day."
    )
    unverified = serializers.BooleanField()


class NotificationSerializer(serializers.ModelSerializer[Notification]):
    """What the person of the session was told."""

    text = serializers.SerializerMethodField(help_text="In the language of the request.")
    cause = serializers.SerializerMethodField(
        help_text="Rule, article and the event that started it, in the language of the request."
    )
    due_at = serializers.DateTimeField(
        source="reminder.due_at", read_only=True, default=None, help_text="When it was due."
    )
    late = serializers.BooleanField(
        source="reminder.is_late",
        read_only=True,
        default=False,
        help_text="Delivered late, as after a time when no worker ran.",
    )
    matter = serializers.SerializerMethodField(help_text="Key of the case or lead.")

    class Meta:
        model = Notification
        fields: ClassVar = [
            "id",
            "kind",
            "text",
            "cause",
            "matter",
            "deadline",
            "for_day",
            "due_at",
            "late",
            "created_at",
            "read_at",
        ]
        read_only_fields: ClassVar = fields

    def get_text(self, row: Notification) -> str:
        return notification_text(row)

    def get_cause(self, row: Notification) -> str:
        return source_words(row.deadline)

    def get_matter(self, row: Notification) -> str:
        return row.deadline.matter.key


class MonthSerializer(serializers.Serializer[Any]):
    """The leads received in one month, as they stand now."""

    month = serializers.DateField(source="first", format="%Y-%m", help_text="Such as 2026-06.")
    received = serializers.IntegerField()
    transferred = serializers.IntegerField()
    not_filed = serializers.IntegerField()
    filed = serializers.IntegerField()
    merged = serializers.IntegerField()
    with_clock = serializers.IntegerField(help_text="Open, with a running deadline.")
    without_clock = serializers.IntegerField(help_text="Open, without any.")


class UnwatchedLeadSerializer(serializers.ModelSerializer[Lead]):
    """A lead without outcome that no running deadline watches."""

    url = serializers.HyperlinkedIdentityField(view_name="lead-detail", lookup_field="key")
    state = serializers.ChoiceField(LeadState.choices, read_only=True)
    state_title = serializers.CharField(source="get_state_display", read_only=True)

    class Meta:
        model = Lead
        fields: ClassVar = ["key", "url", "title", "state", "state_title", "handler", "received_on"]
        read_only_fields: ClassVar = fields


class FestivalSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    name_en = serializers.CharField()
    off = serializers.ListField(child=serializers.DateField())
    work = serializers.ListField(child=serializers.DateField(), help_text="Make-up working days.")


class NoticeSerializer(serializers.Serializer[Any]):
    """The official notice that stands for a year."""

    year = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]
    source_en = serializers.CharField()
    festivals = FestivalSerializer(many=True)


class NoticeUploadSerializer(serializers.Serializer[Any]):
    year = serializers.IntegerField()
    source = serializers.CharField(max_length=200)  # type: ignore[assignment]
    source_en = serializers.CharField(max_length=200)
    file = serializers.FileField(help_text="UTF-8, first line day,kind,name,name_en.")


class NoticePublishSerializer(NoticeUploadSerializer):
    digest = serializers.CharField(max_length=64, help_text="Of the preview that was read.")


class MovedSerializer(serializers.Serializer[Any]):
    """A running deadline whose last day becomes another; its case is not named."""

    rule = serializers.CharField(source="deadline.rule")
    title = serializers.CharField(source="deadline.marked_title")
    before = serializers.DateField()
    after = serializers.DateField()


class OutcomeSerializer(serializers.Serializer[Any]):
    """What publishing would do; `digest` goes with the publication."""

    moved = MovedSerializer(many=True, help_text="The first 1,000, in the order of their ids.")
    number = serializers.IntegerField(help_text="How many move in all.")
    digest = serializers.CharField()
