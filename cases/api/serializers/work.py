"""What programs read and send of the daily work: tasks, comments, notes, contacts, links, the inbox."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import QueryDict
from rest_framework import serializers

from cases.api.serializers.common import PersonSerializer
from cases.forms.lists import MOST_WEIGHT
from cases.models import CaseLink, Comment, ContactRecord, SavedFilter, Task, TeamNote
from cases.registries import InboxItem, TimelineEntry


class TaskSerializer(serializers.ModelSerializer[Task]):
    """Something one person has to do by a day."""

    owner = PersonSerializer(read_only=True)
    title = serializers.CharField(source="heading", read_only=True)

    class Meta:
        model = Task
        fields: ClassVar = [
            "id",
            "kind",
            "title",
            "article",
            "owner",
            "due_on",
            "state",
            "event",
            "created_by",
            "created_at",
            "closed_by",
            "closed_at",
            "closing_note",
        ]
        read_only_fields: ClassVar = fields


class CloseTaskSerializer(serializers.Serializer[Any]):
    note = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    cancelled = serializers.BooleanField(required=False, default=False)


class CommentSerializer(serializers.ModelSerializer[Comment]):
    author = PersonSerializer(read_only=True)

    class Meta:
        model = Comment
        fields: ClassVar = ["id", "author", "text", "at", "proposal"]
        read_only_fields: ClassVar = fields


class NoteSerializer(serializers.ModelSerializer[TeamNote]):
    author = PersonSerializer(read_only=True)

    class Meta:
        model = TeamNote
        fields: ClassVar = ["id", "author", "text", "at"]
        read_only_fields: ClassVar = fields


class ContactSerializer(serializers.ModelSerializer[ContactRecord]):
    recorded_by = PersonSerializer(read_only=True)

    class Meta:
        model = ContactRecord
        fields: ClassVar = [
            "id",
            "day",
            "person",
            "organisation",
            "medium",
            "content",
            "recorded_by",
            "recorded_at",
        ]
        read_only_fields: ClassVar = fields


class LinkSerializer(serializers.ModelSerializer[CaseLink]):
    """Two cases that belong together, both by their keys."""

    source = serializers.CharField(source="source.key", read_only=True)  # type: ignore[assignment]
    target = serializers.CharField(source="target.key", read_only=True)

    class Meta:
        model = CaseLink
        fields: ClassVar = ["id", "source", "target", "kind", "note", "created_by", "created_at"]
        read_only_fields: ClassVar = fields


class TimelineEntrySerializer(serializers.Serializer[TimelineEntry]):
    """One line of the timeline, whichever room tells it."""

    at = serializers.DateTimeField()
    day = serializers.DateField()
    group = serializers.CharField(help_text="procedure, document, evidence, contact…")
    title = serializers.CharField()
    text = serializers.CharField()
    by = serializers.CharField()
    link = serializers.CharField(help_text="A path of this application; may be empty.")
    number = serializers.IntegerField(allow_null=True)


class InboxItemSerializer(serializers.Serializer[InboxItem]):
    """One thing that waits for the caller."""

    group = serializers.CharField(help_text="todo, approval, mine or notice.")
    title = serializers.CharField()
    kind = serializers.CharField()
    link = serializers.CharField(help_text="A path of this application.")
    due = serializers.DateField(allow_null=True)
    matter_key = serializers.CharField()
    matter_title = serializers.CharField()
    matter_state = serializers.CharField()
    person = serializers.CharField()
    waiting_since = serializers.DateTimeField(allow_null=True)


class SavedFilterSerializer(serializers.ModelSerializer[SavedFilter]):
    user = PersonSerializer(read_only=True)

    class Meta:
        model = SavedFilter
        fields: ClassVar = [
            "id",
            "user",
            "list_name",
            "name",
            "query",
            "shared",
            "opens_list",
            "weight",
            "created_at",
        ]
        read_only_fields: ClassVar = fields


class SaveFilterSerializer(serializers.Serializer[Any]):
    """The query of a list under a name; the same name is written over."""

    list_name = serializers.ChoiceField(["leads", "cases", "deadlines"])
    name = serializers.CharField(max_length=60)
    query = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)
    shared = serializers.BooleanField(required=False, default=False)
    opens_list = serializers.BooleanField(
        required=False, default=False, help_text="Whether the list opens with it for its owner."
    )

    def validate_query(self, value: str) -> str:
        """Return the query as an address carries it."""
        return QueryDict(value).urlencode()


class ChangeFilterSerializer(serializers.Serializer[Any]):
    """What can be changed of a filter of one's own; what is left out stays."""

    name = serializers.CharField(max_length=60)
    shared = serializers.BooleanField()
    opens_list = serializers.BooleanField()
    weight = serializers.IntegerField(min_value=0, max_value=MOST_WEIGHT)
