"""Offices, people, rights and tokens for programs; every write goes through the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from knox.models import AuthToken
from rest_framework import mixins, permissions, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import BaseRouter

from accounts import absences, selectors, serializers, services
from accounts.forms import UserFilterForm
from accounts.models import (
    Absence,
    Delegation,
    Department,
    Office,
    Role,
    RoleGrant,
    SigningAuthorisation,
    User,
)
from accounts.viewsets import ActorViewSet
from audit.errors import NotVisible, valid

READ_AND_CHANGE = ["get", "post", "patch", "head", "options"]
READ_AND_ADD = ["get", "post", "head", "options"]


class _RoomViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, ActorViewSet):
    """Reading what the actor sees; writing with the facts of a serializer."""


class OfficeViewSet(_RoomViewSet):
    """Offices the actor sees: his own, those above and those below."""

    queryset = Office.objects.none()
    serializer_class = serializers.OfficeSerializer
    http_method_names = READ_AND_CHANGE

    def get_queryset(self) -> QuerySet[Office]:
        return selectors.offices_visible_to(self.actor)

    @extend_schema(
        request=serializers.OfficeCreateSerializer, responses={201: serializers.OfficeSerializer}
    )
    def create(self, request: Request) -> Response:
        facts = self.entries(serializers.OfficeCreateSerializer)
        return self.shown(services.create_office(actor=self.actor, **facts), 201)

    @extend_schema(
        request=serializers.OfficeChangeSerializer(partial=True),
        responses=serializers.OfficeSerializer,
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        office = self.get_object()
        facts = self.entries(serializers.OfficeChangeSerializer, partial=True)
        return self.shown(services.change_office(actor=self.actor, office=office, **facts))

    @extend_schema(
        request=serializers.OfficeCloseSerializer, responses=serializers.OfficeSerializer
    )
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Set its last day, when nobody there is active and no office below it is open."""
        office, facts = self.get_object(), self.entries(serializers.OfficeCloseSerializer)
        return self.shown(services.close_office(actor=self.actor, office=office, **facts))


class DepartmentViewSet(_RoomViewSet):
    """Departments of the offices the actor sees."""

    queryset = Department.objects.none()
    serializer_class = serializers.DepartmentSerializer
    http_method_names = READ_AND_CHANGE

    def get_queryset(self) -> QuerySet[Department]:
        return selectors.departments_visible_to(self.actor)

    @extend_schema(
        request=serializers.DepartmentCreateSerializer,
        responses={201: serializers.DepartmentSerializer},
    )
    def create(self, request: Request) -> Response:
        facts = self.entries(serializers.DepartmentCreateSerializer)
        return self.shown(services.create_department(actor=self.actor, **facts), 201)

    @extend_schema(
        request=serializers.DepartmentChangeSerializer(partial=True),
        responses=serializers.DepartmentSerializer,
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        department = self.get_object()
        facts = self.entries(serializers.DepartmentChangeSerializer, partial=True)
        changed = services.change_department(actor=self.actor, department=department, **facts)
        return self.shown(changed)


_USER_FILTERS = [
    OpenApiParameter("q", OpenApiTypes.STR, description="Part of the name or login name."),
    OpenApiParameter("office", OpenApiTypes.INT64),
    OpenApiParameter("department", OpenApiTypes.INT64),
    OpenApiParameter("role", OpenApiTypes.STR, enum=Role.values),
    OpenApiParameter("active", OpenApiTypes.STR, enum=["yes", "no"]),
]


@extend_schema_view(list=extend_schema(parameters=_USER_FILTERS))
class UserViewSet(_RoomViewSet):
    """People the actor sees. A new account has no password until `reset-password` gives it one."""

    queryset = User.objects.none()
    serializer_class = serializers.UserSerializer
    http_method_names = READ_AND_CHANGE
    ordering = ("office__code", "name")

    def get_queryset(self) -> QuerySet[User]:
        return selectors.with_current_roles(selectors.users_visible_to(self.actor))

    def filter_queryset(self, queryset: Any) -> Any:
        if self.detail:
            return queryset
        sentence = _("The filter cannot be used.")
        form = valid(UserFilterForm(self.request.query_params, actor=self.actor), sentence)
        return selectors.with_current_roles(selectors.search_users(self.actor, **form.wanted()))

    @extend_schema(
        request=serializers.UserCreateSerializer, responses={201: serializers.UserSerializer}
    )
    def create(self, request: Request) -> Response:
        facts = self.entries(serializers.UserCreateSerializer)
        account = services.create_user(actor=self.actor, with_password=False, **facts)
        return self.shown(account.user, 201)

    @extend_schema(
        request=serializers.UserChangeSerializer(partial=True),
        responses=serializers.UserSerializer,
    )
    def partial_update(self, request: Request, pk: str) -> Response:
        user = self.get_object()
        facts = self.entries(serializers.UserChangeSerializer, partial=True)
        return self.shown(services.change_user(actor=self.actor, user=user, **facts))

    @extend_schema(request=serializers.ReasonSerializer, responses=serializers.UserSerializer)
    @action(detail=True, methods=["post"])
    def deactivate(self, request: Request, pk: str) -> Response:
        user, facts = self.get_object(), self.entries(serializers.ReasonSerializer)
        return self.shown(services.deactivate_user(actor=self.actor, user=user, **facts))

    @extend_schema(request=serializers.ReasonSerializer, responses=serializers.UserSerializer)
    @action(detail=True, methods=["post"])
    def activate(self, request: Request, pk: str) -> Response:
        user, facts = self.get_object(), self.entries(serializers.ReasonSerializer)
        return self.shown(services.activate_user(actor=self.actor, user=user, **facts))

    @extend_schema(request=None, responses=serializers.OneTimePasswordSerializer)
    @action(detail=True, methods=["post"], url_path="reset-password")
    def reset_password(self, request: Request, pk: str) -> Response:
        """Replace the password by a one-time one; all sessions and tokens of the person end."""
        password = services.reset_password(actor=self.actor, user=self.get_object())
        shown = serializers.OneTimePasswordSerializer({"password": password})
        return Response(shown.data, headers={"Cache-Control": "no-store"})

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"], url_path="end-sessions")
    def end_sessions(self, request: Request, pk: str) -> Response:
        services.end_sessions(actor=self.actor, user=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def unlock(self, request: Request, pk: str) -> Response:
        services.unlock_account(actor=self.actor, user=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)


class RoleGrantViewSet(_RoomViewSet):
    """Roles of the people the actor sees."""

    queryset = RoleGrant.objects.none()
    serializer_class = serializers.RoleGrantSerializer
    http_method_names = READ_AND_ADD

    def get_queryset(self) -> QuerySet[RoleGrant]:
        return selectors.role_grants_visible_to(self.actor).order_by("pk")

    @extend_schema(
        request=serializers.RoleGrantCreateSerializer,
        responses={201: serializers.RoleGrantSerializer},
    )
    def create(self, request: Request) -> Response:
        facts = self.entries(serializers.RoleGrantCreateSerializer)
        return self.shown(services.grant_role(actor=self.actor, **facts), 201)

    @extend_schema(request=serializers.ReasonSerializer, responses=serializers.RoleGrantSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        grant, facts = self.get_object(), self.entries(serializers.ReasonSerializer)
        return self.shown(services.revoke_role(actor=self.actor, grant=grant, **facts))


class DelegationViewSet(_RoomViewSet):
    """Who acts for whom among the people the actor sees."""

    queryset = Delegation.objects.none()
    serializer_class = serializers.DelegationSerializer
    http_method_names = READ_AND_ADD

    def get_queryset(self) -> QuerySet[Delegation]:
        return selectors.delegations_visible_to(self.actor).order_by("-valid_from", "-pk")

    @extend_schema(
        request=serializers.DelegationCreateSerializer,
        responses={201: serializers.DelegationSerializer},
    )
    def create(self, request: Request) -> Response:
        facts = self.entries(serializers.DelegationCreateSerializer)
        return self.shown(services.delegate(actor=self.actor, **facts), 201)

    @extend_schema(request=None, responses=serializers.DelegationSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        delegation = self.get_object()
        return self.shown(services.revoke_delegation(actor=self.actor, delegation=delegation))


class AbsenceViewSet(_RoomViewSet):
    """Who is away and who stands in: the actor's own, where he stands in, and his department's."""

    queryset = Absence.objects.none()
    serializer_class = serializers.AbsenceSerializer
    http_method_names = READ_AND_ADD

    def get_queryset(self) -> QuerySet[Absence]:
        return absences.absences_visible_to(self.actor).order_by("-first_day", "-pk")

    @extend_schema(
        request=serializers.AbsenceCreateSerializer, responses={201: serializers.AbsenceSerializer}
    )
    def create(self, request: Request) -> Response:
        facts = {"person": self.actor} | self.entries(serializers.AbsenceCreateSerializer)
        return self.shown(services.enter_absence(actor=self.actor, **facts), 201)

    @extend_schema(request=None, responses=serializers.AbsenceSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """Say that the person is back."""
        absence = self.get_object()
        return self.shown(services.end_absence(actor=self.actor, absence=absence))


class SigningAuthorisationViewSet(_RoomViewSet):
    """Authorisations to sign: all of the office for the chief, else the actor's own."""

    queryset = SigningAuthorisation.objects.none()
    serializer_class = serializers.SigningAuthorisationSerializer
    http_method_names = READ_AND_ADD

    def get_queryset(self) -> QuerySet[SigningAuthorisation]:
        rows = selectors.signing_authorisations_visible_to(self.actor)
        return rows.order_by("-valid_from", "-pk")

    @extend_schema(
        request=serializers.SigningAuthorisationCreateSerializer,
        responses={201: serializers.SigningAuthorisationSerializer},
    )
    def create(self, request: Request) -> Response:
        facts = self.entries(serializers.SigningAuthorisationCreateSerializer)
        return self.shown(services.authorise_signing(actor=self.actor, **facts), 201)

    @extend_schema(request=None, responses=serializers.SigningAuthorisationSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        authorisation = self.get_object()
        return self.shown(services.revoke_signing(actor=self.actor, authorisation=authorisation))


class TokenViewSet(mixins.ListModelMixin, viewsets.GenericViewSet[Any]):
    """Tokens of the caller: POST logs in with name and password, DELETE logs out."""

    queryset = AuthToken.objects.none()
    serializer_class = serializers.TokenSerializer
    lookup_field = "token_key"
    lookup_value_regex = r"[0-9a-zA-Z]{1,25}"
    filter_backends = ()
    ordering = ("-created", "digest")

    def get_permissions(self) -> Sequence[Any]:
        if self.action == "create":
            return [permissions.AllowAny()]
        return super().get_permissions()

    def get_queryset(self) -> QuerySet[AuthToken]:
        return selectors.tokens_of(cast(User, self.request.user))

    @extend_schema(
        request=serializers.TokenCreateSerializer,
        responses={201: serializers.NewTokenSerializer},
        auth=[],
    )
    def create(self, request: Request) -> Response:
        serializer = serializers.TokenCreateSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        created = services.create_token(**serializer.validated_data)
        answer = {
            "token": created.text,
            "token_key": created.token.token_key,
            "expiry": created.token.expiry,
        }
        shown = serializers.NewTokenSerializer(answer)
        return Response(shown.data, status=201, headers={"Cache-Control": "no-store"})

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, token_key: str) -> Response:
        services.revoke_token(actor=cast(User, request.user), token=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={204: None}, operation_id="tokens_current_destroy")
    @action(detail=False, methods=["delete"])
    def current(self, request: Request) -> Response:
        """Log out: revoke the token this request came with."""
        if not isinstance(request.auth, AuthToken):
            raise NotVisible(_("This request came without a token."))
        services.revoke_token(actor=cast(User, request.user), token=request.auth)
        return Response(status=status.HTTP_204_NO_CONTENT)


def register(router: BaseRouter) -> None:
    """Add this room to the API."""
    router.register("offices", OfficeViewSet, basename="office")
    router.register("departments", DepartmentViewSet, basename="department")
    router.register("users", UserViewSet, basename="user")
    router.register("role-grants", RoleGrantViewSet, basename="role-grant")
    router.register("absences", AbsenceViewSet, basename="absence")
    router.register("delegations", DelegationViewSet, basename="delegation")
    router.register(
        "signing-authorisations", SigningAuthorisationViewSet, basename="signing-authorisation"
    )
    router.register("tokens", TokenViewSet, basename="token")
