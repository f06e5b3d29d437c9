"""What the same work costs without Procuracy, under the same settings, server and middleware.

An empty view; a list whose JSON PostgreSQL builds; a plain ModelViewSet on the same table with a page number,
filter, order and search; and a transition as bare ORM: the rows the service writes, with nothing asked.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django_filters.rest_framework import DjangoFilterBackend
from knox.auth import TokenAuthentication
from rest_framework import filters, pagination, permissions, routers, serializers, viewsets

from audit import clock
from audit.models import AuditEvent, AuditHead, AuditPending
from cases.models import Case, Event, Task
from deadlines.models import Deadline
from procuracy.urls import urlpatterns as of_the_application

ROWS = 20
LIST = """
SELECT coalesce(json_agg(listed), '[]')::text FROM (
    SELECT c.id, c.key, c.official_number, c.title, c.state, c.track, c.kind, c.legal_bases, c.filed_on,
        c.office_id, c.department_id, c.confidential, c.persons_concerned, c.items_concerned,
        c.minors_concerned, c.sensitive, c.created_at, l.key AS lead, u.name AS handler
    FROM cases_case c
    LEFT JOIN cases_lead l ON l.id = c.lead_id
    LEFT JOIN cases_teammember t ON t.case_id = c.id AND t.position = 'lead' AND t.until IS NULL
    LEFT JOIN accounts_user u ON u.id = t.user_id
    WHERE c.office_id = %s ORDER BY c.id DESC LIMIT 20
) listed
"""
ONE = """
SELECT json_build_object(
    'case', to_json(c),
    'lead', (SELECT to_json(l) FROM cases_lead l WHERE l.id = c.lead_id),
    'team', (SELECT json_agg(t) FROM cases_teammember t WHERE t.case_id = c.id),
    'parties', (SELECT json_agg(p) FROM cases_party p WHERE p.case_id = c.id),
    'events', (SELECT json_agg(e ORDER BY e.id) FROM cases_event e WHERE e.case_id = c.id),
    'deadlines', (SELECT json_agg(d) FROM deadlines_deadline d WHERE d.case_id = c.id)
)::text FROM cases_case c WHERE c.key = %s AND c.office_id = %s
"""


def empty(request: HttpRequest) -> HttpResponse:
    """Answer nothing."""
    return HttpResponse(b"")


def _authenticated(request: HttpRequest) -> Any:
    user, _token = TokenAuthentication().authenticate(request)
    return user


def _json(statement: str, values: list[Any]) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        (text,) = cursor.fetchone()
    return HttpResponse(text, content_type="application/json")


def pgjson_list(request: HttpRequest) -> HttpResponse:
    """The twenty latest cases of the reader's office, their JSON built by PostgreSQL."""
    return _json(LIST, [_authenticated(request).office_id])


def pgjson_case(request: HttpRequest, key: str) -> HttpResponse:
    """One case with all that hangs on it, its JSON built by PostgreSQL."""
    return _json(ONE, [key, _authenticated(request).office_id])


class PlainSerializer(serializers.ModelSerializer[Case]):
    """Every column, as a first project has it."""

    class Meta:
        model = Case
        fields = "__all__"


class PlainPagination(pagination.PageNumberPagination):
    """Numbered pages, with the number of all rows."""

    page_size = ROWS


class PlainViewSet(viewsets.ReadOnlyModelViewSet[Case]):
    """A plain list and detail: who has a token reads everything."""

    queryset = Case.objects.select_related("office", "department", "lead").order_by("-id")
    serializer_class = PlainSerializer
    pagination_class = PlainPagination
    authentication_classes = (TokenAuthentication,)
    permission_classes = (permissions.IsAuthenticated,)
    filter_backends = (DjangoFilterBackend, filters.OrderingFilter, filters.SearchFilter)
    filterset_fields = ("state",)
    ordering_fields = ("filed_on",)
    search_fields = ("title", "key", "parties__name")
    lookup_field = "key"
    schema = None


@csrf_exempt
def bare_transition(request: HttpRequest, key: str) -> HttpResponse:
    """Write the rows of closing an investigation (T10) and ask for nothing: no right, no guard, no chain."""
    user = _authenticated(request)
    with transaction.atomic():
        case = Case.objects.select_for_update().get(key=key)
        event = Event.objects.create(
            case=case,
            kind="investigation_closed",
            legal_day=date.fromisoformat(request.POST["legal_day"]),
            facts={"proposal": "announce", "conclusion": request.POST["conclusion"]},
            recorded_by=user,
            machine="case",
            object_id=case.pk,
            transition="T10",
            from_state=case.state,
            to_state="investigation_closed",
        )
        case.close_investigation()
        case.version += 1
        case.save(update_fields=["state", "version"])
        Task.objects.create(case=case, kind="manual", title="归档", owner=user, created_by=user)
        for deadline in Deadline.objects.select_for_update().filter(case=case, state="open"):
            deadline.state, deadline.ended_by = "met", event
            deadline.save(update_fields=["state", "ended_by"])
        _audited(case, event, user)
    return JsonResponse({"event": event.pk}, status=201)


def _audited(case: Case, event: Event, user: Any) -> None:
    """Write an entry of the record, its head and its place in the queue; the digest is none."""
    head = AuditHead.objects.select_for_update().get(scope=f"case:{case.pk}")
    entry = AuditEvent.objects.create(
        scope=head.scope,
        sequence=head.sequence + 1,
        at=clock.now(),
        office_id=case.office_id,
        case_id=case.pk,
        actor_id=user.pk,
        actor_kind="user",
        action="event.investigation_closed",
        object_type="event",
        object_id=str(event.pk),
        outcome="success",
        canonical=b"{}",
        previous=head.mac,
        mac=bytes(32),
        algorithm=1,
        key_id=1,
    )
    AuditPending.objects.create(event_id=entry.pk)
    head.sequence, head.mac = head.sequence + 1, entry.mac
    head.save(update_fields=["sequence", "mac"])


router = routers.SimpleRouter()
router.register("plain", PlainViewSet, basename="plain")
urlpatterns = [
    path("floor/empty/", empty),
    path("floor/pgjson/", pgjson_list),
    path("floor/pgjson/<str:key>/", pgjson_case),
    path("floor/transition/<str:key>/", bare_transition),
    path("floor/", include(router.urls)),
    *of_the_application,
]
