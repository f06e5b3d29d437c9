"""What programs read and write of documents."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from rest_framework import serializers

from audit import clock
from notices import selectors
from notices.catalogue import DocumentType, NumberCode
from notices.cautions import cautions_of, cautions_of_all
from notices.declaration import Content
from notices.forms import FIRST_YEAR, LAST_YEAR
from notices.models import Document, NumberCounter, NumberPattern, NumberRegister


class DocumentListSerializer(serializers.ListSerializer[Any]):
    """A page of documents; what speaks against sending them is asked once for all."""

    def to_representation(self, data: Any) -> Any:
        rows, context = list(data), cast(dict[str, Any], self.context)
        context["cautions"] = cautions_of_all(rows, clock.today())
        return super().to_representation(rows)


class DocumentSerializer(serializers.ModelSerializer[Document]):
    """A document; its status changes only by its acts."""

    matter = serializers.SerializerMethodField(help_text="Key of the case or lead.")
    title_en = serializers.CharField(source="type.title_en", read_only=True)
    contents = serializers.SerializerMethodField(
        help_text="Each content by its name: `value` and `source`."
    )

    cautions = serializers.SerializerMethodField(
        help_text="Why it may be too early to send it; nothing is refused for it."
    )

    class Meta:
        model = Document
        list_serializer_class = DocumentListSerializer
        fields: ClassVar = [
            "id",
            "matter",
            "code",
            "title",
            "title_en",
            "status",
            "cautions",
            "version",
            "contents",
            "digest",
            "template",
            "number",
            "signer",
            "signer_name",
            "signed_day",
            "approval",
            "issued_at",
            "issued_by",
            "uploaded",
            "file_name",
            "media_type",
            "sha256",
            "size",
            "pages",
            "engine",
            "corrects",
            "correction_reason",
            "voided_at",
            "void_reason",
            "created_at",
            "edited_at",
        ]
        read_only_fields: ClassVar = fields

    def get_matter(self, document: Document) -> str:
        return document.matter.key

    def get_cautions(self, document: Document) -> list[str]:
        known: dict[int, list[str]] = self.context.get("cautions", {})
        return known[document.pk] if known else cautions_of(document, clock.today())

    def get_contents(self, document: Document) -> dict[str, dict[str, str]]:
        contents: dict[str, dict[str, str]] = document.content
        return contents


class DraftSerializer(serializers.Serializer[Any]):
    """Beginning a document."""

    matter = serializers.CharField(max_length=40, help_text="Key of the case or lead.")
    code = serializers.CharField(max_length=8, help_text="For example D-06.")


class EditDocumentSerializer(serializers.Serializer[Any]):
    """Changing contents of a draft; what is left out stays."""

    version = serializers.IntegerField(min_value=1, help_text="The version the texts rest on.")
    contents = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=20_000, trim_whitespace=False)
    )


class IssueSerializer(serializers.Serializer[Any]):
    """Who signed and when."""

    signer = serializers.IntegerField(min_value=1, help_text="Id of the person who signed.")
    signed_day = serializers.DateField(
        required=False, help_text="That of the decision, or today, when left out."
    )


class DocumentReasonSerializer(serializers.Serializer[Any]):
    """The reason of an act."""

    reason = serializers.CharField(max_length=1000)


class ReasonsSerializer(serializers.Serializer[Any]):
    """The reasons of a proposal."""

    reasons = serializers.CharField(max_length=10_000)


class FilingSerializer(serializers.Serializer[Any]):
    """A finished document with its file."""

    matter = serializers.CharField(max_length=40, help_text="Key of the case or lead.")
    code = serializers.CharField(max_length=8)
    file = serializers.FileField()
    signed_day = serializers.DateField(help_text="Day of the document.")
    number = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    title = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    signer = serializers.IntegerField(min_value=1, required=False)
    signer_name = serializers.CharField(
        max_length=100, required=False, default="", allow_blank=True
    )
    confirmed = serializers.ListField(
        child=serializers.CharField(max_length=40),
        required=False,
        default=list,
        help_text="Names of the contents that somebody read in the document.",
    )
    corrects = serializers.IntegerField(min_value=1, required=False)
    own_contact = serializers.CharField(
        max_length=300,
        required=False,
        default="",
        allow_blank=True,
        help_text="How a paper for the public says the office is reached; these numbers may stand in it.",
    )


class SubmittedSerializer(serializers.Serializer[Any]):
    """The proposal a document was sent along with."""

    proposal = serializers.IntegerField()


class NumberCodeSerializer(serializers.Serializer[NumberCode]):
    """Track and type of a number."""

    track = serializers.CharField()
    type = serializers.CharField()
    word = serializers.CharField()
    unverified = serializers.BooleanField()


class ContentSerializer(serializers.Serializer[Content]):
    """One thing a document must or may say."""

    name = serializers.CharField()
    label_zh = serializers.CharField()
    label_en = serializers.CharField()
    article = serializers.CharField()
    mandatory = serializers.BooleanField(source="required")
    kind = serializers.CharField()
    fixed = serializers.BooleanField()


class DocumentTypeSerializer(serializers.Serializer[DocumentType]):
    """A document of law 7.2."""

    code = serializers.CharField()
    title_zh = serializers.CharField()
    title_en = serializers.CharField()
    stage = serializers.CharField()
    article = serializers.CharField()
    approval = serializers.CharField()
    addressee = serializers.CharField()
    delivery = serializers.CharField()
    contents = ContentSerializer(many=True)
    numbering = serializers.CharField()
    codes = NumberCodeSerializer(many=True)
    on = serializers.ListField(child=serializers.CharField())
    composed = serializers.BooleanField(help_text="Made here; else filed as an upload.")
    issued = serializers.BooleanField(help_text="Issued under a signature; else made final.")
    practice = serializers.BooleanField(help_text="Known from practice, not from a text.")


class NumberSerializer(serializers.ModelSerializer[NumberRegister]):
    """A number the office gave; void ones stay."""

    number = serializers.CharField(source="text", read_only=True)
    count = serializers.IntegerField(source="sequence", read_only=True)

    class Meta:
        model = NumberRegister
        fields: ClassVar = ["id", "number", "word", "year", "count", "state", "origin", "given_at"]
        read_only_fields: ClassVar = fields


class UnusedNumberSerializer(serializers.Serializer[Any]):
    """A number that was used up without a document."""

    code = serializers.CharField(max_length=8, help_text="Document type, for example D-06.")
    number = serializers.CharField(max_length=80)
    reason = serializers.CharField(max_length=1000)


class NumberPatternSerializer(serializers.ModelSerializer[NumberPattern]):
    """How the office numbers one document type."""

    class Meta:
        model = NumberPattern
        fields: ClassVar = ["id", "code", "track", "type", "template", "changed_at"]
        read_only_fields: ClassVar = fields


class SetPatternSerializer(serializers.Serializer[Any]):
    """The pattern of one document type from now on."""

    track = serializers.CharField(max_length=10, required=False, default="", allow_blank=True)
    type = serializers.CharField(max_length=10)
    template = serializers.CharField(
        max_length=80, help_text="With {yyyy} and {n} exactly once; also {office}, {track}, {type}."
    )


class NumberSeriesListSerializer(serializers.ListSerializer[Any]):
    """A page of series; which number each gives next is asked once for all."""

    def to_representation(self, data: Any) -> Any:
        rows, context = list(data), cast(dict[str, Any], self.context)
        context["next_counts"] = selectors.next_counts(rows)
        return super().to_representation(rows)


class NumberSeriesSerializer(serializers.ModelSerializer[NumberCounter]):
    """A series of numbers of the office in one year."""

    first = serializers.IntegerField(source="start", read_only=True)
    next = serializers.SerializerMethodField(help_text="The number that is given next.")

    class Meta:
        model = NumberCounter
        list_serializer_class = NumberSeriesListSerializer
        fields: ClassVar = ["id", "word", "year", "first", "next"]
        read_only_fields: ClassVar = fields

    def get_next(self, counter: NumberCounter) -> int:
        known: dict[int, int] = self.context.get("next_counts", {})
        return known[counter.pk] if known else selectors.next_count(counter)


class SetFirstNumberSerializer(serializers.Serializer[Any]):
    """Where the series of one document type begins in a year."""

    code = serializers.CharField(max_length=8, help_text="Document type, for example D-06.")
    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    first = serializers.IntegerField(min_value=1, max_value=999_999)
    word = serializers.CharField(
        max_length=20,
        required=False,
        allow_blank=True,
        help_text="Where the type has several words, for example 刑附民公诉.",
    )
