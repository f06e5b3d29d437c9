"""What programs read and send about offices, people and rights.

Serializers for reading name every field and write none; serializers for writing hold exactly the
arguments of one service. No serializer knows a password, except where a program logs in with one or
hands over a one-time one.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from knox.models import AuthToken
from rest_framework import serializers

from accounts import selectors
from accounts.models import (
    Absence,
    Delegation,
    Department,
    DepartmentKind,
    Language,
    Office,
    OfficeLevel,
    Role,
    RoleGrant,
    SigningAuthorisation,
    User,
)
from accounts.services.access import MAX_TOKEN_DAYS

Selector = Callable[[User], QuerySet[Any]]


class VisibleField(serializers.PrimaryKeyRelatedField[Any]):
    """The id of an object the actor sees; any other id does not exist."""

    def __init__(self, selector: Selector, model: type[Any], **options: Any) -> None:
        self.selector = selector
        super().__init__(queryset=model.objects.none(), **options)

    def get_queryset(self) -> QuerySet[Any]:
        return self.selector(self.context["request"].user)


def _office(**options: Any) -> VisibleField:
    return VisibleField(selectors.offices_visible_to, Office, **options)


def _person(**options: Any) -> VisibleField:
    return VisibleField(selectors.users_visible_to, User, **options)


def _department(**options: Any) -> VisibleField:
    return VisibleField(selectors.departments_visible_to, Department, **options)


class OfficeSerializer(serializers.ModelSerializer[Office]):
    class Meta:
        model = Office
        fields: ClassVar = [
            "id",
            "code",
            "name",
            "short_name",
            "level",
            "parent",
            "region_code",
            "address",
            "telephone",
            "valid_from",
            "valid_to",
        ]
        read_only_fields: ClassVar = fields


class OfficeChangeSerializer(serializers.Serializer[Office]):
    name = serializers.CharField(max_length=100)
    short_name = serializers.CharField(max_length=12)
    parent = _office()  # type: ignore[assignment]
    region_code = serializers.CharField(max_length=6, required=False, allow_blank=True)
    address = serializers.CharField(max_length=200, required=False, allow_blank=True)
    telephone = serializers.CharField(max_length=40, required=False, allow_blank=True)


class OfficeCreateSerializer(OfficeChangeSerializer):
    code = serializers.CharField(max_length=12)
    level = serializers.ChoiceField(choices=OfficeLevel.choices)
    valid_from = serializers.DateField(required=False)


class OfficeCloseSerializer(serializers.Serializer[Office]):
    last_day = serializers.DateField()


class DepartmentSerializer(serializers.ModelSerializer[Department]):
    class Meta:
        model = Department
        fields: ClassVar = ["id", "office", "name", "kind"]
        read_only_fields: ClassVar = fields


class DepartmentChangeSerializer(serializers.Serializer[Department]):
    name = serializers.CharField(max_length=60)
    kind = serializers.ChoiceField(choices=DepartmentKind.choices)


class DepartmentCreateSerializer(DepartmentChangeSerializer):
    office = _office()


class UserSerializer(serializers.ModelSerializer[User]):
    """A person with the roles in force today."""

    roles = serializers.SerializerMethodField()

    class Meta:
        model = User
        fields: ClassVar = [
            "id",
            "username",
            "name",
            "title",
            "email",
            "office",
            "department",
            "is_active",
            "roles",
        ]
        read_only_fields: ClassVar = fields

    @extend_schema_field(serializers.ListField(child=serializers.ChoiceField(Role.choices)))
    def get_roles(self, user: User) -> list[str]:
        grants: list[RoleGrant] | None = getattr(user, "current_grants", None)
        if grants is None:
            return sorted(role.value for role in selectors.roles_of(user))
        return [grant.role for grant in grants] if user.is_active else []


class UserChangeSerializer(serializers.Serializer[User]):
    name = serializers.CharField(max_length=50)
    title = serializers.CharField(max_length=40, required=False, allow_blank=True)
    email = serializers.EmailField(required=False, allow_blank=True)
    department = _department(required=False, allow_null=True)


class UserCreateSerializer(UserChangeSerializer):
    office = _office()
    username = serializers.CharField(max_length=60)
    language = serializers.ChoiceField(choices=Language.choices, required=False)


class OneTimePasswordSerializer(serializers.Serializer[Any]):
    password = serializers.CharField(
        help_text="Shown once; valid for one login, which must replace it. Hand it over in person."
    )


class ReasonSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=300)


class RoleGrantSerializer(serializers.ModelSerializer[RoleGrant]):
    class Meta:
        model = RoleGrant
        fields: ClassVar = [
            "id",
            "user",
            "role",
            "valid_from",
            "valid_to",
            "granted_by",
            "granted_at",
            "revoked_at",
            "revoked_by",
        ]
        read_only_fields: ClassVar = fields


class RoleGrantCreateSerializer(serializers.Serializer[RoleGrant]):
    user = _person()
    role = serializers.ChoiceField(choices=Role.choices)
    valid_from = serializers.DateField(required=False)
    valid_to = serializers.DateField(required=False, allow_null=True)


class DelegationSerializer(serializers.ModelSerializer[Delegation]):
    class Meta:
        model = Delegation
        fields: ClassVar = [
            "id",
            "delegator",
            "delegate",
            "role",
            "valid_from",
            "valid_to",
            "reason",
            "created_by",
            "created_at",
            "revoked_at",
        ]
        read_only_fields: ClassVar = fields


class DelegationCreateSerializer(serializers.Serializer[Delegation]):
    delegator = _person()
    delegate = _person(source="to")
    role = serializers.ChoiceField(choices=Role.choices)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()
    reason = serializers.CharField(max_length=300)


class AbsenceSerializer(serializers.ModelSerializer[Absence]):
    class Meta:
        model = Absence
        fields: ClassVar = [
            "id",
            "person",
            "deputy",
            "first_day",
            "last_day",
            "created_by",
            "created_at",
            "ended_at",
        ]
        read_only_fields: ClassVar = fields


class AbsenceCreateSerializer(serializers.Serializer[Absence]):
    person = _person(required=False, help_text="Who is away; the caller when left out.")
    deputy = _person()
    first_day = serializers.DateField()
    last_day = serializers.DateField()


class SigningAuthorisationSerializer(serializers.ModelSerializer[SigningAuthorisation]):
    document_codes = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = SigningAuthorisation
        fields: ClassVar = [
            "id",
            "user",
            "document_codes",
            "scope",
            "valid_from",
            "valid_to",
            "authorised_by",
            "created_at",
            "revoked_at",
        ]
        read_only_fields: ClassVar = fields


class SigningAuthorisationCreateSerializer(serializers.Serializer[SigningAuthorisation]):
    user = _person()
    document_codes = serializers.ListField(
        child=serializers.CharField(max_length=10), min_length=1, max_length=100
    )
    scope = serializers.CharField(max_length=300)
    valid_from = serializers.DateField()
    valid_to = serializers.DateField()


class TokenSerializer(serializers.ModelSerializer[AuthToken]):
    """A token of the caller; `token_key` is its beginning, never the whole."""

    class Meta:
        model = AuthToken
        fields: ClassVar = ["token_key", "created", "expiry"]
        read_only_fields: ClassVar = fields


class TokenCreateSerializer(serializers.Serializer[Any]):
    username = serializers.CharField(max_length=60, write_only=True)
    password = serializers.CharField(max_length=1024, write_only=True, trim_whitespace=False)
    days = serializers.IntegerField(
        min_value=1, max_value=MAX_TOKEN_DAYS, default=90, write_only=True
    )


class NewTokenSerializer(serializers.Serializer[Any]):
    token = serializers.CharField(help_text="Shown once; only its digest is stored.")
    token_key = serializers.CharField()
    expiry = serializers.DateTimeField()
