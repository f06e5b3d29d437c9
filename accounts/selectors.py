"""Every read of offices, people and their rights.

Rights are derived anew at each call from the grants and delegations valid on the day, so that a
revoked role or a deactivated account has no effect left on the next request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.sessions.models import Session
from django.db.models import DateField, Min, OuterRef, Prefetch, Q, QuerySet, Value
from django.db.models.expressions import RawSQL
from knox.models import AuthToken

from accounts.models import (
    DELEGATES,
    SEPARATED_ROLES,
    SIGNERS,
    Delegation,
    Department,
    DepartmentKind,
    Office,
    Role,
    RoleGrant,
    SigningAuthorisation,
    User,
)
from accounts.reading import is_reading, once
from audit import clock
from audit.prepared import prepared

# Administrators who look after the accounts of their office and of the offices below it.
ACCOUNT_ADMINISTRATORS = (Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR)

_BELOW = """
    WITH RECURSIVE below(id) AS (
        SELECT %s::bigint
        UNION
        SELECT o.id FROM accounts_office o JOIN below b ON o.parent_id = b.id
    ) SELECT id FROM below
"""
_ABOVE = """
    WITH RECURSIVE above(id, parent_id) AS (
        SELECT o.id, o.parent_id FROM accounts_office o WHERE o.id = %s
        UNION
        SELECT o.id, o.parent_id FROM accounts_office o JOIN above a ON o.id = a.parent_id
    ) SELECT id FROM above
"""


def valid_on(day: date, prefix: str = "") -> Q:
    """Return the condition that a dated right is in force on `day`.

    Both days of validity count; a right revoked on a day is not in force on that day any more.
    """
    return _valid(day, midnight_after(day), prefix)


def midnight_after(day: date) -> datetime:
    """Return the instant at which `day` ends in Beijing."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=clock.BEIJING)


def _valid(day: date, midnight: datetime, prefix: str = "") -> Q:
    return (
        Q(**{f"{prefix}valid_from__lte": day})
        & (Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day}))
        & (Q(**{f"{prefix}revoked_at__isnull": True}) | Q(**{f"{prefix}revoked_at__gte": midnight}))
    )


# --- roles -------------------------------------------------------------------------------------


def roles_of(user: User, day: date | None = None) -> set[Role]:
    """Return the roles `user` holds in his own right on `day` (today); none when inactive."""
    day = day or clock.today()
    return set(once(("roles", user.pk, day), lambda: _roles(user, day)))


def active_user(pk: int) -> User | None:
    """Return an active user with the rights held and exercised for others today, in the one question.

    A request that only reads takes the rights of its reader from here (`accounts.reading`); whatever writes
    asks for them under the lock of its act.
    """
    today = clock.today()
    return _active_user.one(pk, today, midnight_after(today))


@prepared(int, date, datetime)
def _active_user(pk: int, day: date, midnight: datetime) -> QuerySet[User]:
    users = User.objects.select_related("office", "department")
    return users.annotate(**rights_between("pk", day, midnight)).filter(pk=pk, is_active=True)


def rights_between(person: str, day: date, midnight: datetime) -> dict[str, Any]:
    """Return what a row is annotated with so that the rights of `day` come along; `midnight` is its end.

    Args:
        person: the column with the key of whose rights they are.
    """
    own = RoleGrant.objects.filter(_valid(day, midnight), user=OuterRef(person)).order_by()
    lent = Delegation.objects.filter(_valid(day, midnight), delegate=OuterRef(person)).order_by()
    return {
        "rights_on": Value(day, output_field=DateField()),
        "own_roles": ArraySubquery(own.values("role")),
        "lent_roles": ArraySubquery(lent.values("role")),
    }


def give_rights(user: User, row: Any) -> None:
    """Hand a person the rights that came along with `row`; see `active_user`."""
    for name in ("rights_on", "own_roles", "lent_roles"):
        setattr(user, name, getattr(row, name))


def _came_with(user: User, day: date) -> bool:
    """Say whether the rights of `day` came with the person; see `active_user`."""
    return is_reading() and getattr(user, "rights_on", None) == day


def _roles(user: User, day: date) -> set[Role]:
    if _came_with(user, day):
        return {Role(value) for value in getattr(user, "own_roles")}  # noqa: B009 - an annotation
    return {Role(value) for value in _roles_between(user.pk, day, midnight_after(day))}


@prepared(int, date, datetime)
def _roles_between(user: int, day: date, midnight: datetime) -> QuerySet[RoleGrant, str]:
    rows = RoleGrant.objects.filter(_valid(day, midnight), user=user, user__is_active=True)
    return rows.values_list("role", flat=True)


def has_role(user: User, *roles: Role, day: date | None = None) -> bool:
    """Tell whether `user` holds one of `roles` in his own right."""
    return bool(roles_of(user, day) & set(roles))


def holders(office: Office, role: Role, day: date | None = None) -> QuerySet[User]:
    """Return the active users of `office` who hold `role` on `day` (today)."""
    return holding((role,), day).filter(office=office)


def roles_held(user: User, day: date) -> set[Role]:
    """Return the roles `user` held on `day`, whatever became of the account since.

    Before his first role here the record knows nothing of him; the roles of that first day stand in.
    """
    first = user.role_grants.aggregate(first=Min("valid_from"))["first"]
    rows = user.role_grants.filter(valid_on(max(day, first or day)))
    return {Role(value) for value in rows.values_list("role", flat=True)}


def holding(roles: Iterable[Role], day: date | None = None) -> QuerySet[User]:
    """Return the active people of every office who hold one of `roles` on `day` (today)."""
    day = day or clock.today()
    return holding_between(roles, day, midnight_after(day))


def holding_between(roles: Iterable[Role], day: date, midnight: datetime) -> QuerySet[User]:
    """Return what `holding` does, for a question that is written once: `midnight` is the end of `day`."""
    grants = RoleGrant.objects.filter(_valid(day, midnight), role__in=roles)
    return User.objects.filter(is_active=True, pk__in=grants.values("user"))


def caseworkers(roles: Iterable[Role], day: date | None = None) -> QuerySet[User]:
    """Return those of them who neither administer nor audit: only they work on cases."""
    day = day or clock.today()
    return caseworkers_between(roles, day, midnight_after(day))


def caseworkers_between(roles: Iterable[Role], day: date, midnight: datetime) -> QuerySet[User]:
    """Return what `caseworkers` does, for a question that is written once: `midnight` is the end of `day`."""
    separated = holding_between(SEPARATED_ROLES, day, midnight)
    return holding_between(roles, day, midnight).exclude(pk__in=separated.values("pk"))


def acting_for(user: User, role: Role, day: date | None = None) -> list[User]:
    """Return those for whom `user` may act in `role` on `day` (today).

    They hold the role and delegated it for that day, and `user` still holds a role of his own that may
    act in it (`DELEGATES`).
    """
    return list(acting_as(user, day).get(role, []))


def _delegators(user: User, role: Role, day: date) -> list[User]:
    granted = RoleGrant.objects.filter(valid_on(day), role=role, user__is_active=True)
    delegations = Delegation.objects.filter(
        valid_on(day),
        role=role,
        delegate__in=caseworkers(DELEGATES.get(role, ()), day).filter(pk=user.pk),
        delegator__in=granted.values("user"),
        delegator__office_id=user.office_id,
    )
    return list(User.objects.filter(pk__in=delegations.values("delegator")).order_by("name", "pk"))


def acting_as(user: User, day: date | None = None) -> dict[Role, list[User]]:
    """Return the roles `user` exercises for somebody else on `day` (today), and for whom."""
    day = day or clock.today()
    return dict(once(("acting as", user.pk, day), lambda: _acting_as(user, day)))


def _acting_as(user: User, day: date) -> dict[Role, list[User]]:
    if _came_with(user, day):
        held = getattr(user, "lent_roles")  # noqa: B009 - an annotation
    else:
        held = _lent_between(user.pk, day, midnight_after(day))
    found = {Role(value): _delegators(user, Role(value), day) for value in set(held)}
    return {role: found[role] for role in Role if found.get(role)}


@prepared(int, date, datetime)
def _lent_between(user: int, day: date, midnight: datetime) -> QuerySet[Delegation, str]:
    rows = Delegation.objects.filter(_valid(day, midnight), delegate=user)
    return rows.values_list("role", flat=True)


def effective_roles(user: User, day: date | None = None) -> set[Role]:
    """Return the roles of `user` in his own right and those he exercises for somebody else."""
    return roles_of(user, day) | acting_as(user, day).keys()


def may_sign(user: User, document_code: str, day: date | None = None) -> bool:
    """Tell whether `user` may sign a document of type `document_code` (law 7.2) on `day`.

    The chief procurator signs, or who acts for the chief, or a procurator who is authorised for that
    type (Rules 5; norm C119).
    """
    day = day or clock.today()
    if has_role(user, Role.CHIEF, day=day) or acting_for(user, Role.CHIEF, day):
        return True
    return SigningAuthorisation.objects.filter(
        valid_on(day),
        user__in=caseworkers(SIGNERS, day).filter(pk=user.pk),
        document_codes__contains=[document_code],
    ).exists()


# --- offices -----------------------------------------------------------------------------------


def _walk(sql: str, office_id: int) -> RawSQL:
    """Return the ids a walk through the tree from `office_id` meets, itself included."""
    return RawSQL(sql, [office_id])  # noqa: S611 - both texts are constants of this module


def subtree(office: Office) -> QuerySet[Office]:
    """Return `office` and every office below it."""
    return Office.objects.filter(pk__in=_walk(_BELOW, office.pk))


def offices_below(office: Office) -> QuerySet[Office]:
    """Return every office below `office`, without itself."""
    return subtree(office).exclude(pk=office.pk)


def superiors(office: Office) -> QuerySet[Office]:
    """Return every office above `office`, without itself."""
    return Office.objects.filter(pk__in=_walk(_ABOVE, office.pk)).exclude(pk=office.pk)


def is_superior(office: Office, of: Office) -> bool:
    """Tell whether `office` stands above `of` in the tree (not equal to it)."""
    return superiors(of).filter(pk=office.pk).exists()


def offices_in(region: str) -> list[Office]:
    """Return the offices in a region and in those inside it, by their codes.

    Args:
        region: its code by GB/T 2260, or the digits with which the codes inside it begin.
    """
    inside = region.removesuffix("00").removesuffix("00")
    begins = Q(region_code__startswith=inside) | Q(code__startswith=inside)
    return [office for office in Office.objects.filter(begins) if office.region.startswith(inside)]


def offices_in_service(day: date | None = None) -> QuerySet[Office]:
    """Return the offices that exist on `day` (today), for choices such as a transfer."""
    day = day or clock.today()
    open_ended = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return Office.objects.filter(open_ended, valid_from__lte=day)


def public_interest_department(office: Office) -> Department | None:
    """Return the department of `office` that handles public-interest cases, None when there is none."""
    return Department.objects.filter(office=office, kind=DepartmentKind.PUBLIC_INTEREST).first()


def offices_visible_to(actor: User) -> QuerySet[Office]:
    """Return the actor's own office, those above it and those below it."""
    seen = Q(pk__in=_walk(_BELOW, actor.office_id)) | Q(pk__in=_walk(_ABOVE, actor.office_id))
    return Office.objects.filter(seen)


def offices_administered_by(actor: User) -> QuerySet[Office]:
    """Return the offices whose system administrator the actor is: his own and those below."""
    if not has_role(actor, Role.SYSTEM_ADMINISTRATOR):
        return Office.objects.none()
    return subtree(actor.office)


def offices_with_visible_users(actor: User) -> QuerySet[Office]:
    """Return the offices whose people the actor may list."""
    if has_role(actor, *ACCOUNT_ADMINISTRATORS):
        return subtree(actor.office)
    return Office.objects.filter(pk=actor.office_id)


def tree_of(actor: User) -> list[tuple[int, Office]]:
    """Return the offices the actor sees in the order of the tree, each with its depth from 0."""
    offices = list(offices_visible_to(actor).order_by("code"))
    known = {office.pk for office in offices}
    below: dict[int | None, list[Office]] = {}
    for office in offices:
        parent = office.parent_id if office.parent_id in known else None
        below.setdefault(parent, []).append(office)
    return list(_in_order(below, None, 0))


def _in_order(
    below: dict[int | None, list[Office]], parent: int | None, depth: int
) -> Iterator[tuple[int, Office]]:
    for office in below.get(parent, []):
        yield depth, office
        yield from _in_order(below, office.pk, depth + 1)


def administers(actor: User, office: Office, *roles: Role) -> bool:
    """Tell whether `actor` holds one of `roles` in `office` itself or in an office above it."""
    if not has_role(actor, *roles):
        return False
    return actor.office_id == office.pk or is_superior(actor.office, of=office)


# --- people ------------------------------------------------------------------------------------


def users_visible_to(actor: User) -> QuerySet[User]:
    """Return the colleagues of the actor's office; for account administrators also those below."""
    return User.objects.filter(office__in=offices_with_visible_users(actor))


def with_current_roles(users: QuerySet[User]) -> QuerySet[User]:
    """Load with the people their office, department and, as `current_grants`, today's grants."""
    grants = RoleGrant.objects.filter(valid_on(clock.today())).order_by("role")
    return users.select_related("office", "department").prefetch_related(
        Prefetch("role_grants", queryset=grants, to_attr="current_grants")
    )


def search_users(
    actor: User,
    *,
    text: str = "",
    office: Office | None = None,
    department: Department | None = None,
    role: str = "",
    active: bool | None = None,
) -> QuerySet[User]:
    """Return the people the actor sees, narrowed by the filters given."""
    users = users_visible_to(actor)
    if text:
        users = users.filter(Q(name__icontains=text) | Q(username__icontains=text))
    if office is not None:
        users = users.filter(office=office)
    if department is not None:
        users = users.filter(department=department)
    if role:
        holding = RoleGrant.objects.filter(valid_on(clock.today()), role=role)
        users = users.filter(pk__in=holding.values("user"))
    if active is not None:
        users = users.filter(is_active=active)
    return users


def possible_delegates(delegator: User) -> QuerySet[User]:
    """Return the colleagues who may act for `delegator` in one of the roles he holds (`DELEGATES`)."""
    fit = {own for role in roles_of(delegator) for own in DELEGATES.get(role, ())}
    colleagues = caseworkers(fit).filter(office=delegator.office_id)
    return colleagues.exclude(pk=delegator.pk)


def possible_signers(chief: User) -> QuerySet[User]:
    """Return the active procurators of the chief's office (Rules 5)."""
    return caseworkers(SIGNERS).filter(office=chief.office_id)


def sessions_of(user: User) -> QuerySet[UserSession]:
    """Return the sessions of `user` that have not expired, the latest first."""
    alive = Session.objects.filter(expire_date__gt=clock.now()).values("session_key")
    sessions: QuerySet[UserSession] = UserSession.objects.filter(user=user, session_key__in=alive)
    return sessions.order_by("-created_at")


def tokens_of(user: User) -> QuerySet[AuthToken]:
    """Return the API tokens of `user` that have not expired."""
    tokens: QuerySet[AuthToken] = AuthToken.objects.filter(user=user, expiry__gt=clock.now())
    return tokens.order_by("-created")


def departments_visible_to(actor: User) -> QuerySet[Department]:
    """Return the departments of the offices the actor sees."""
    return Department.objects.filter(office__in=offices_visible_to(actor))


def role_grants_visible_to(actor: User) -> QuerySet[RoleGrant]:
    """Return the grants of the people the actor sees."""
    return RoleGrant.objects.filter(user__in=users_visible_to(actor))


def delegations_visible_to(actor: User) -> QuerySet[Delegation]:
    """Return the delegations given by the people the actor sees."""
    return Delegation.objects.filter(delegator__in=users_visible_to(actor))


def signing_authorisations_visible_to(actor: User) -> QuerySet[SigningAuthorisation]:
    """Return the authorisations of the actor's own office for its chief, else the actor's own."""
    if has_role(actor, Role.CHIEF):
        return SigningAuthorisation.objects.filter(user__office=actor.office_id)
    return SigningAuthorisation.objects.filter(user=actor)


def conflicting_separated_roles(user: User, role: Role) -> Iterable[Role]:
    """Return the separated roles `user` holds now or later that forbid granting him `role`."""
    if role not in SEPARATED_ROLES:
        return []
    today = clock.today()
    standing = RoleGrant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today),
        user=user,
        role__in=SEPARATED_ROLES,
        revoked_at__isnull=True,
    ).exclude(role=role)
    return [Role(value) for value in standing.values_list("role", flat=True)]
