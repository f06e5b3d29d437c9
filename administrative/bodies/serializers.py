"""What programs read and send of bodies and regions. Requests are judged by the forms of the pages."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from administrative.bodies import regions
from administrative.bodies.history import Told
from administrative.models import AssessmentResult, Body, Relation
from audit import clock


class BodySerializer(serializers.ModelSerializer[Body]):
    """An entry of the directory; `merged_into` names the one that goes on, where it was merged."""

    region_name = serializers.SerializerMethodField(
        help_text="With the divisions it lies in; not compared with the published standard."
    )

    class Meta:
        model = Body
        fields: ClassVar = [
            "id",
            "name",
            "kind",
            "level",
            "region",
            "region_name",
            "credit_code",
            "competence",
            "address",
            "contact",
            "telephone",
            "email",
            "superior",
            "merged_into",
            "version",
        ]
        read_only_fields: ClassVar = fields

    def get_region_name(self, body: Body) -> str:
        return regions.full_name(body.region, clock.today())


class BodyStandingSerializer(serializers.Serializer[Any]):
    """How a body stands to the caller's office (PRR 3)."""

    relation = serializers.ChoiceField(
        Relation.choices, allow_null=True, help_text="Null where level and region do not say it."
    )
    why = serializers.CharField()


class MeasureResultSerializer(serializers.Serializer[Any]):
    """A measure and what the last assessment found of it."""

    number = serializers.IntegerField()
    text = serializers.CharField()
    result = serializers.ChoiceField(AssessmentResult.choices, allow_null=True)


class HistorySerializer(serializers.Serializer[Told]):
    """A recommendation to the body in a case the caller may see."""

    case = serializers.CharField(source="case.key")
    body = serializers.IntegerField(
        source="recommendation.body_id", help_text="The entry it names, also where it was merged."
    )
    decided_on = serializers.DateField()
    received_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(
        allow_null=True, help_text="Last day of the written reply (JI 21)."
    )
    replied_on = serializers.DateField(allow_null=True)
    answer = serializers.CharField(source="words", help_text="In the language of the caller.")
    measures = serializers.SerializerMethodField()

    def get_measures(self, told: Told) -> list[dict[str, Any]]:
        return [
            {
                "number": measure.number,
                "text": measure.text,
                "result": found.result if found else None,
            }
            for measure, found in told.results
        ]


class MergeSerializer(serializers.Serializer[Any]):
    """Into which entry a body goes: its number, or its name as the directory has it."""

    into = serializers.CharField(max_length=220)


class BodyTableSerializer(serializers.Serializer[Any]):
    """A table of bodies (xlsx or CSV)."""

    table = serializers.FileField(allow_empty_file=True)
    enter = serializers.BooleanField(
        required=False, default=False, help_text="Enter every row; without it they are only judged."
    )


class CellFaultSerializer(serializers.Serializer[Any]):
    """What is wrong in a cell; `column` is its heading, empty where it concerns the row."""

    column = serializers.CharField()
    sentence = serializers.CharField()


class RowVerdictSerializer(serializers.Serializer[Any]):
    """What was found of one row; `perhaps` are entries that may mean the same body."""

    row = serializers.IntegerField()
    name = serializers.CharField()
    faults = CellFaultSerializer(many=True)
    perhaps = serializers.SerializerMethodField()

    def get_perhaps(self, verdict: Any) -> list[int]:
        return [body.pk for body in verdict.perhaps]


class JudgedTableSerializer(serializers.Serializer[Any]):
    """A table row by row; `entered` are the new entries, none while it is only judged."""

    rows = RowVerdictSerializer(many=True)
    entered = serializers.ListField(child=serializers.IntegerField())


class RegionSerializer(serializers.Serializer[Any]):
    """A division by its code of GB/T 2260 under the name of a day; not compared with the standard."""

    code = serializers.CharField()
    name = serializers.CharField()
    full_name = serializers.SerializerMethodField()
    above = serializers.SerializerMethodField(help_text="Code of what it lies in; may be empty.")
    first_year = serializers.IntegerField(
        allow_null=True, help_text="Since when it bears the name; null before 2000."
    )
    last_year = serializers.IntegerField(allow_null=True, help_text="Null while it does.")

    def get_full_name(self, region: regions.Region) -> str:
        return regions.full_name(region.code, self.context["day"])

    def get_above(self, region: regions.Region) -> str:
        return regions.above(region.code)
