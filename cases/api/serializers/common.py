"""Pieces of several answers: a person, a file, a verdict, a problem."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from rest_framework import serializers
from rest_framework.reverse import reverse

from accounts import selectors as accounts
from accounts.models import User
from accounts.serializers import VisibleField
from cases.models import Attachment, Case, Lead


class SomeMembers(serializers.Serializer[Any]):
    """An answer of which a program may ask for some members alone."""

    def __init__(self, *args: Any, members: Collection[str] = (), **kwargs: Any) -> None:
        """Make the serializer; where `members` are named, the answer has those alone."""
        super().__init__(*args, **kwargs)
        self.members = frozenset(members)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        return {name: field for name, field in fields.items() if self.has(name)}

    def has(self, name: str) -> bool:
        """Say whether the answer has a member."""
        return not self.members or name in self.members


class PersonSerializer(serializers.ModelSerializer[User]):
    class Meta:
        model = User
        fields: ClassVar = ["id", "name"]
        read_only_fields: ClassVar = fields


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A file kept beside the record; its bytes are under `…/attachments/{id}/content/`."""

    class Meta:
        model = Attachment
        fields: ClassVar = [
            "id",
            "name",
            "media_type",
            "size",
            "sha256",
            "purpose",
            "uploaded_by",
            "uploaded_at",
        ]
        read_only_fields: ClassVar = fields


class UnmetSerializer(serializers.Serializer[Any]):
    """A condition that does not hold, who can cure it and where."""

    code = serializers.CharField()
    message = serializers.CharField(help_text="In the language of the request.")
    law = serializers.CharField(help_text="The article; may be empty.")
    cure = serializers.CharField()
    link = serializers.CharField(help_text="A path of this application; may be empty.")


class ProblemSerializer(serializers.Serializer[Any]):
    """A refusal (RFC 9457): nothing was done. Sent as `application/problem+json`."""

    type = serializers.CharField()
    title = serializers.CharField(help_text="In the language of the request.")
    status = serializers.IntegerField()
    code = serializers.CharField(help_text="Stable, for programs.")
    law = serializers.CharField(required=False)
    unmet = UnmetSerializer(many=True)
    errors = serializers.DictField(  # type: ignore[assignment]
        child=serializers.ListField(child=serializers.CharField()), required=False
    )
    details = serializers.DictField(required=False, help_text="What is different now.")


class GivenReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=2000)


def person_field(**options: Any) -> VisibleField:
    """Return a field for the id of a colleague the actor sees; any other id does not exist."""
    return VisibleField(accounts.users_visible_to, User, **options)


def address_of_matter(matter: Lead | Case, request: Any) -> str:
    """Return the address of a lead or a case in the API."""
    return reverse(f"{matter.relation}-detail", args=[matter.key], request=request)
