"""What the viewsets of this room share: the actor, the matter of the address, the facts of a form."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from rest_framework import mixins, status
from rest_framework.request import Request

from accounts.viewsets import ActorViewSet
from audit.errors import Invalid
from cases.selectors.matters import get_matter
from cases.services.leads import record_reading

if TYPE_CHECKING:
    from cases.models import Case, Lead

    Matter = Lead | Case
    Files = MultiValueDict[str, UploadedFile[Any]] | None

LEAD_KEY = r"[0-9A-Z]{2,12}-[0-9]{4}-L[0-9]{5,10}"
CASE_KEY = r"[0-9A-Z]{2,12}-[0-9]{4}-[0-9]{5,10}"

READ_ONLY = ["get", "head", "options"]
READ_AND_ADD = ["get", "post", "head", "options"]
READ_AND_CHANGE = ["get", "post", "patch", "head", "options"]


class OfMatterViewSet(ActorViewSet):
    """Something that belongs to the lead or case of the address; invisible with it."""

    matter: Matter

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find the matter before anything of the request is read.

        Raises:
            NotVisible: there is none for this actor.
        """
        super().initial(request, *args, **kwargs)
        self.matter = get_matter(self.actor, self.kwargs["key"])

    def of_matter(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows of `queryset` (with `lead` and `case`) that belong to the matter."""
        return queryset.filter(**{self.matter.relation: self.matter})

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Leave the trace of a look into the matter (norm C131)."""
        if request.method == "GET" and response.status_code == status.HTTP_200_OK:
            record_reading(actor=self.actor, matter=self.matter)
        return super().finalize_response(request, response, *args, **kwargs)


class ReadOfMatterViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, OfMatterViewSet):
    """Rows of one matter, read as a list and one by one."""


def facts_of(request_data: Any) -> MultiValueDict[str, str]:
    """Return the member `facts` of a request as the browser would send the same form.

    In JSON it is an object; in a multipart request, which also carries files, the JSON text of one.
    So one form validates page and API alike.

    Raises:
        Invalid: it is no object of texts, numbers, truth values and lists of them.
    """
    given = request_data.get("facts") if isinstance(request_data, Mapping) else None
    if isinstance(request_data, QueryDict) and isinstance(given, str):
        try:
            given = json.loads(given)
        except ValueError:
            given = ...
    return form_data({} if given is None else given)


def form_data(given: Any) -> MultiValueDict[str, str]:
    """Return an object of JSON as the browser would send it.

    Raises:
        Invalid: it is no object of texts, numbers, truth values and lists of them.
    """
    if isinstance(given, MultiValueDict):
        return given
    if not isinstance(given, dict):
        sentence = _("Send one object with the names of the fields.")
        raise Invalid(sentence, errors={"facts": [sentence]}, code="not_an_object")
    return MultiValueDict({str(name): _texts(str(name), value) for name, value in given.items()})


def merged(
    present: MultiValueDict[str, str], given: MultiValueDict[str, str]
) -> MultiValueDict[str, str]:
    """Return what a form holds with what a request changes of it; what is left out stays."""
    result = present.copy()
    for name in given:
        result.setlist(name, given.getlist(name))
    return result


def _texts(name: str, value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, str | int | float):
        return [str(value)]
    if isinstance(value, list) and all(isinstance(item, str | int) for item in value):
        return [str(item) for item in value]
    sentence = _("Send a text, a number, true, false or a list of texts or numbers.")
    raise Invalid(sentence, errors={name: [sentence]}, code="fact_of_wrong_kind")


def source_of(request: Any) -> str:
    """Return what an event is recorded from, for example ``paper:12``; empty without one.

    Raises:
        Invalid: it is no text.
    """
    given = request.data.get("source") if isinstance(request.data, Mapping) else None
    if given is None or isinstance(given, str):
        return given or ""
    sentence = _("Send a text, for example paper:12.")
    raise Invalid(sentence, errors={"source": [sentence]})


def files_of(request: Any) -> Files:
    """Return the uploaded files of a request by the name of their form field."""
    return cast("Files", request.FILES or None)
