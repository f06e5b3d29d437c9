"""Documents, their types and their numbers for programs."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, parsers, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts.models import User
from accounts.viewsets import ActorViewSet, FileRenderer
from audit.errors import Invalid, NotVisible, valid
from cases.api.schema import PROBLEM, refusals
from cases.api.serializers.common import ProblemSerializer
from cases.selectors.matters import get_matter
from notices import selectors, serializers, services
from notices.batch import api as batch
from notices.catalogue import TYPES
from notices.forms import DocumentFilterForm
from notices.masking.api import MaskingMixin
from notices.models import (
    Document,
    DocumentStatus,
    NumberCounter,
    NumberPattern,
    NumberRegister,
)
from notices.one_document import OneDocument
from notices.services.reading import record_look
from notices.services.registering import Filing
from notices.serving import api as serving
from notices.serving.papers_api import PapersMixin
from notices.sourcing.api import SourcesMixin
from notices.views import files
from notices.writing_api import WritingMixin

_FILTERS = [
    OpenApiParameter("matter", OpenApiTypes.STR, description="Key of a case or lead."),
    OpenApiParameter("code", OpenApiTypes.STR, description="For example D-06."),
    OpenApiParameter("status", OpenApiTypes.STR, enum=[str(value) for value in DocumentStatus]),
    OpenApiParameter("text", OpenApiTypes.STR, description="Words of title or number."),
]

_CODE = OpenApiParameter("code", OpenApiTypes.STR, OpenApiParameter.PATH)


def _entries(serializer_class: type[Any], data: Any) -> dict[str, Any]:
    serializer = serializer_class(data=data)
    serializer.is_valid(raise_exception=True)
    return cast(dict[str, Any], serializer.validated_data)


def _person(actor: User, pk: int, name: str) -> User:
    """Return a colleague by id; anybody else is as good as nobody.

    Raises:
        Invalid: there is none.
    """
    found = User.objects.filter(pk=pk, office=actor.office_id).first()
    if found is None:
        sentence = _("There is no such person in the office.")
        raise Invalid(sentence, errors={name: [sentence]})
    return found


@extend_schema_view(list=extend_schema(parameters=_FILTERS))
class DocumentViewSet(
    SourcesMixin, WritingMixin, MaskingMixin, PapersMixin, mixins.ListModelMixin, OneDocument
):
    """Documents of the matters the reader may see."""

    queryset = Document.objects.none()
    serializer_class = serializers.DocumentSerializer
    parser_classes = (parsers.JSONParser, parsers.MultiPartParser)
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[Document]:
        return selectors.documents_visible_to(self.actor)

    def filter_queryset(self, queryset: Any) -> Any:
        if self.action != "list":
            return queryset
        sentence = _("The filter cannot be used.")
        form = valid(DocumentFilterForm(self.request.query_params), sentence)
        if key := self.request.query_params.get("matter"):
            matter = get_matter(self.actor, key)
            queryset = queryset.filter(pk__in=selectors.documents_of(matter).values("pk"))
        return selectors.filtered(queryset, form.cleaned_data)

    def retrieve(self, request: Request, pk: str) -> Response:
        """Return one document; the look is recorded."""
        document = self.get_object()
        record_look(actor=self.actor, document=document, action="viewed")
        return self.shown(document)

    @extend_schema(
        request=serializers.DraftSerializer, responses=refusals(serializers.DocumentSerializer, 201)
    )
    def create(self, request: Request) -> Response:
        """Begin a document that is made here, filled from the record."""
        entries = _entries(serializers.DraftSerializer, request.data)
        matter = get_matter(self.actor, entries["matter"])
        document = services.draft_document(actor=self.actor, matter=matter, code=entries["code"])
        return self.shown(document, 201)

    @extend_schema(
        request=serializers.EditDocumentSerializer,
        responses=refusals(serializers.DocumentSerializer),
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change contents of a draft."""
        document = self.get_object()
        entries = _entries(serializers.EditDocumentSerializer, request.data)
        document = services.edit_document(
            actor=self.actor,
            document=document,
            values=entries["contents"],
            version=entries["version"],
        )
        return self.shown(document)

    @extend_schema(request=None, responses=refusals(serializers.DocumentSerializer))
    @action(detail=True, methods=["post"])
    def finalise(self, request: Request, pk: str) -> Response:
        """Make a draft final."""
        return self.shown(services.finalise_document(actor=self.actor, document=self.get_object()))

    @extend_schema(request=None, responses=refusals(serializers.DocumentSerializer))
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Make a final document a draft again, unless an approval covers it."""
        return self.shown(services.reopen_document(actor=self.actor, document=self.get_object()))

    @extend_schema(
        request=serializers.ReasonsSerializer, responses=refusals(serializers.SubmittedSerializer)
    )
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Send a document to the department head and the chief procurator for approval."""
        document = self.get_object()
        entries = _entries(serializers.ReasonsSerializer, request.data)
        proposal = services.submit_document(actor=self.actor, document=document, **entries)
        return Response({"proposal": proposal.pk})

    @extend_schema(
        request=serializers.IssueSerializer, responses=refusals(serializers.DocumentSerializer)
    )
    @action(detail=True, methods=["post"])
    def issue(self, request: Request, pk: str) -> Response:
        """Issue a document under its number."""
        document = self.get_object()
        entries = _entries(serializers.IssueSerializer, request.data)
        signer = _person(self.actor, entries.pop("signer"), "signer")
        issued = services.issue_document(
            actor=self.actor, document=document, signer=signer, **entries
        )
        return self.shown(issued)

    @extend_schema(
        request=serializers.DocumentReasonSerializer,
        responses=refusals(serializers.DocumentSerializer),
    )
    @action(detail=True, methods=["post"])
    def void(self, request: Request, pk: str) -> Response:
        """Declare a document void; its number stays taken."""
        document = self.get_object()
        entries = _entries(serializers.DocumentReasonSerializer, request.data)
        return self.shown(services.void_document(actor=self.actor, document=document, **entries))

    @extend_schema(
        request=serializers.DocumentReasonSerializer,
        responses=refusals(serializers.DocumentSerializer, 201),
    )
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: str) -> Response:
        """Begin the corrected version of an issued document; the old one is kept."""
        document = self.get_object()
        entries = _entries(serializers.DocumentReasonSerializer, request.data)
        draft = services.correct_document(actor=self.actor, document=document, **entries)
        return self.shown(draft, 201)

    @extend_schema(
        request={"multipart/form-data": serializers.FilingSerializer},
        responses=refusals(serializers.DocumentSerializer, 201),
    )
    @action(detail=False, methods=["post"])
    def register(self, request: Request) -> Response:
        """File a finished document with the number, day and signer it bears."""
        entries = _entries(serializers.FilingSerializer, request.data)
        matter = get_matter(self.actor, entries.pop("matter"))
        upload = entries.pop("file")
        if "signer" in entries:
            entries["signer"] = _person(self.actor, entries["signer"], "signer")
        if "corrects" in entries:
            entries["corrects"] = selectors.get_document(self.actor, entries["corrects"])
        document = services.register_document(
            actor=self.actor, matter=matter, filing=Filing(**entries), upload=upload
        )
        return self.shown(document, 201)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        """Return the file of record; the look is recorded."""
        return files.file_of_record(self.actor, self.get_object())

    @extend_schema(
        responses={
            (200, files.DOCX): OpenApiTypes.BINARY,
            (400, PROBLEM): ProblemSerializer,
        }
    )
    @action(detail=True, methods=["get"], renderer_classes=[FileRenderer])
    def copy(self, request: Request, pk: str) -> HttpResponseBase:
        """Return an editable .docx copy for exchange, which is no record; the look is recorded."""
        return files.editable_copy(self.actor, self.get_object())


class DocumentTypeViewSet(viewsets.ViewSet):
    """The document types of the law, each with its article."""

    lookup_field = "code"
    lookup_value_regex = r"D-\d{2}"

    @extend_schema(responses=serializers.DocumentTypeSerializer(many=True))
    def list(self, request: Request) -> Response:
        """List every document type."""
        return Response([serializers.DocumentTypeSerializer(kind).data for kind in TYPES.values()])

    @extend_schema(
        parameters=[_CODE],
        responses=serializers.DocumentTypeSerializer,
    )
    def retrieve(self, request: Request, code: str) -> Response:
        """Return one document type."""
        if code not in TYPES:
            raise NotVisible(_("There is no such document type."))
        return Response(serializers.DocumentTypeSerializer(TYPES[code]).data)


class KeptNumbersViewSet(mixins.ListModelMixin, ActorViewSet):
    """What the keepers of the office's numbers read and set; for everybody else there is no such thing."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        selectors.require_keeper(self.actor)


class NumberPatternViewSet(KeptNumbersViewSet):
    """How the office numbers its documents where it differs from the catalogue; for who keeps the numbers."""

    queryset = NumberPattern.objects.none()
    serializer_class = serializers.NumberPatternSerializer
    lookup_field = "code"
    lookup_value_regex = r"D-\d{2}"
    ordering: ClassVar = ("id",)

    def get_queryset(self) -> QuerySet[NumberPattern]:
        return selectors.patterns_kept_by(self.actor)

    @extend_schema(
        parameters=[_CODE],
        request=serializers.SetPatternSerializer,
        responses=refusals(serializers.NumberPatternSerializer),
    )
    def update(self, request: Request, code: str) -> Response:
        """Set the pattern of one document type from now on."""
        entries = self.entries(serializers.SetPatternSerializer)
        return self.shown(services.set_pattern(actor=self.actor, code=code, **entries))


class NumberSeriesViewSet(KeptNumbersViewSet):
    """The series of the office with the number each gives next; for who keeps the numbers."""

    queryset = NumberCounter.objects.none()
    serializer_class = serializers.NumberSeriesSerializer
    ordering: ClassVar = ("id",)

    def get_queryset(self) -> QuerySet[NumberCounter]:
        return selectors.series_kept_by(self.actor)

    @extend_schema(
        request=serializers.SetFirstNumberSerializer,
        responses=refusals(serializers.NumberSeriesSerializer),
    )
    def create(self, request: Request) -> Response:
        """Let a series begin with a number, before it has given any."""
        entries = self.entries(serializers.SetFirstNumberSerializer)
        return self.shown(services.set_first_number(actor=self.actor, **entries))


class NumberViewSet(mixins.ListModelMixin, ActorViewSet):
    """Every number the reader's office gave, void ones included, the newest first."""

    queryset = NumberRegister.objects.none()
    serializer_class = serializers.NumberSerializer
    ordering: ClassVar = ("-id",)

    def get_queryset(self) -> QuerySet[NumberRegister]:
        return selectors.numbers_visible_to(self.actor)

    @extend_schema(
        request=serializers.UnusedNumberSerializer,
        responses=refusals(serializers.NumberSerializer, 201),
    )
    @action(detail=False, methods=["post"])
    def void(self, request: Request) -> Response:
        """Enter a number as void that was used up without a document; for who keeps the numbers."""
        selectors.require_keeper(self.actor)
        entries = self.entries(serializers.UnusedNumberSerializer)
        return self.shown(services.void_unused_number(actor=self.actor, **entries), 201)


def register(router: BaseRouter) -> None:
    """Add the room to the API."""
    router.register("documents", DocumentViewSet, basename="document")
    router.register("document-types", DocumentTypeViewSet, basename="document-type")
    router.register("document-numbers", NumberViewSet, basename="document-number")
    router.register("number-patterns", NumberPatternViewSet, basename="number-pattern")
    router.register("number-series", NumberSeriesViewSet, basename="number-series")
    batch.register(router)
    serving.register(router)
