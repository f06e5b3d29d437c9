"""What programs read of recommendations; the steps of the case write answers and assessments."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from administrative.models import AssessmentResult, Measure, Recommendation
from administrative.models.assessment import FINAL_RESULTS
from administrative.replies import DoubtCode


class DoubtSerializer(serializers.Serializer[Any]):
    """One thing noticed about a text, for the reader to judge."""

    code = serializers.ChoiceField(choices=DoubtCode.choices)
    sentence = serializers.CharField(help_text="In the language of the request.")
    note = serializers.CharField(help_text="Who judges it: the reader.")


class ProofSerializer(serializers.Serializer[Any]):
    """A file that came with it."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    sha256 = serializers.CharField()


class MeasureAnswerSerializer(serializers.Serializer[Any]):
    """What one reply says to a measure."""

    reply = serializers.IntegerField(source="answer.reply_id")
    day = serializers.DateField()
    text = serializers.CharField(source="answer.text")
    with_proof = serializers.BooleanField(source="answer.with_proof")
    doubts = DoubtSerializer(many=True)


class MeasureAssessmentSerializer(serializers.Serializer[Any]):
    """What the office found of a measure on a day."""

    event = serializers.IntegerField(source="assessment.event_id")
    day = serializers.DateField()
    result = serializers.ChoiceField(source="assessment.result", choices=AssessmentResult.choices)
    findings = serializers.CharField(source="assessment.findings")
    next_test_on = serializers.DateField(source="assessment.next_test_on", allow_null=True)
    assessed_by = serializers.SerializerMethodField()
    proofs = ProofSerializer(many=True)

    def get_assessed_by(self, row: Any) -> str:
        person = row.assessment.event.recorded_by
        return person.name if person else ""


class MeasureSerializer(serializers.Serializer[Any]):
    """A measure with every answer and every assessment, oldest first."""

    id = serializers.IntegerField(source="measure.pk")
    number = serializers.IntegerField(source="measure.number")
    text = serializers.CharField(source="measure.text")
    basis = serializers.CharField(source="measure.basis")
    expected_proof = serializers.CharField(source="measure.expected_proof")
    retest_on = serializers.DateField(source="measure.retest_on", allow_null=True)
    final = serializers.BooleanField(
        source="now.final", help_text="Whether nothing more is asked of the authority."
    )
    answers = MeasureAnswerSerializer(many=True)
    assessments = MeasureAssessmentSerializer(many=True)


class AuthorityReplySerializer(serializers.Serializer[Any]):
    """A letter of the authority as a whole."""

    id = serializers.IntegerField(source="reply.pk")
    event = serializers.IntegerField(source="reply.event_id")
    day = serializers.DateField()
    number = serializers.CharField(source="reply.number")
    text = serializers.CharField(source="reply.text")
    silent = serializers.ListField(
        child=serializers.IntegerField(), help_text="Numbers of the measures it does not answer."
    )
    files = ProofSerializer(many=True)
    doubts = DoubtSerializer(many=True)


class RecommendationSerializer(serializers.ModelSerializer[Recommendation]):
    """What an authority is asked to do, and how far it is."""

    case = serializers.CharField(source="case.key", read_only=True)
    body_name = serializers.CharField(source="body.name", read_only=True)
    urgent = serializers.BooleanField(
        read_only=True, help_text="The written answer is due in 15 days (JI 21)."
    )
    decided_on = serializers.SerializerMethodField(help_text="Null until it is decided.")
    measure_count = serializers.SerializerMethodField()
    open_count = serializers.SerializerMethodField(help_text="Measures that are not final.")

    class Meta:
        model = Recommendation
        fields: ClassVar = [
            "id",
            "case",
            "body",
            "body_name",
            "period",
            "unit",
            "urgency",
            "urgent",
            "relation",
            "relation_shown",
            "decided",
            "decision",
            "decided_on",
            "measure_count",
            "open_count",
            "version",
        ]
        read_only_fields: ClassVar = fields

    decided = serializers.BooleanField(read_only=True)

    def get_decided_on(self, row: Recommendation) -> str | None:
        return row.decision.legal_day.isoformat() if row.decision else None

    def get_measure_count(self, row: Recommendation) -> int:
        return len(row.measures.all())

    def get_open_count(self, row: Recommendation) -> int:
        return sum(not _is_final(measure) for measure in row.measures.all())


def _is_final(measure: Measure) -> bool:
    standing = measure.standing  # type: ignore[attr-defined]
    return bool(standing) and standing[-1].result in FINAL_RESULTS


class RecommendationDetailSerializer(RecommendationSerializer):
    """A recommendation with its measures and the letters of the authority."""

    measures = MeasureSerializer(source="read.measures", many=True, read_only=True)
    replies = AuthorityReplySerializer(source="read.replies", many=True, read_only=True)

    class Meta(RecommendationSerializer.Meta):
        fields: ClassVar = [*RecommendationSerializer.Meta.fields, "measures", "replies"]
        read_only_fields: ClassVar = fields
