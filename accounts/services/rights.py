"""Granting roles, delegating them and authorising signatures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts import selectors
from accounts.models import (
    DECIDER_ROLES,
    DELEGATES,
    SEPARATED_ROLES,
    Delegation,
    Role,
    RoleGrant,
    SigningAuthorisation,
    User,
)
from accounts.services.checks import (
    Actor,
    invalid,
    require_account_administrator,
    require_active,
    require_order,
    save_valid,
)
from audit import clock
from audit import services as audit
from audit.canonical import Json
from audit.errors import Conflict, NotPermitted, NotVisible

DOCUMENT_CODE = re.compile(r"D-\d{2,3}[a-z]?")


@transaction.atomic
def grant_role(
    *,
    actor: Actor,
    user: User,
    role: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> RoleGrant:
    """Give `user` a role from `valid_from` (today) to `valid_to` (open), both days included.

    Raises:
        NotPermitted: the actor is no security administrator there, grants himself, or the person
            holds another of the separated administrator roles.
        Conflict: the person holds the role on some of these days.
        Invalid: the days are wrong or lie in the past.
    """
    user = _locked(user)
    require_account_administrator(actor, user, Role.SECURITY_ADMINISTRATOR)
    require_active(user)
    if actor is not None and actor.pk == user.pk:
        raise NotPermitted(_("Nobody grants himself a role."), code="own_role")
    first_day = valid_from or clock.today()
    if actor is not None:
        _not_past(first_day)
    require_order(first_day, valid_to)
    _check_separated(user, Role(role))
    _check_not_held(user, role, first_day, valid_to)
    grant = RoleGrant(
        user=user, role=role, valid_from=first_day, valid_to=valid_to, granted_by=actor
    )
    save_valid(grant)
    _record(actor, "role.granted", "role_grant", grant.pk, user, {"role": role, "user": user.pk})
    return grant


@transaction.atomic
def revoke_role(*, actor: Actor, grant: RoleGrant, reason: str) -> RoleGrant:
    """Take a role back; it has no effect from the next request on.

    Raises:
        NotPermitted: the actor is no security administrator there.
        Conflict: it was revoked before.
    """
    grant = RoleGrant.objects.select_for_update(of=("self",)).get(pk=grant.pk)
    require_account_administrator(actor, grant.user, Role.SECURITY_ADMINISTRATOR)
    _not_revoked(grant)
    grant.revoked_at, grant.revoked_by = clock.now(), actor
    grant.save(update_fields=["revoked_at", "revoked_by"])
    details: dict[str, Json] = {"role": grant.role, "user": grant.user_id}
    _record(actor, "role.revoked", "role_grant", grant.pk, grant.user, details, reason)
    return grant


@transaction.atomic
def delegate(
    *,
    actor: User,
    delegator: User,
    to: User,
    role: str,
    valid_from: date,
    valid_to: date,
    reason: str,
) -> Delegation:
    """Let `to` act for `delegator` in `role` between two days, both included.

    Raises:
        NotVisible: the delegate is of another office.
        Invalid: the days are wrong or lie in the past, or the delegate is the delegator himself.
        NotPermitted: the actor is neither the delegator nor his system administrator, the role is
            none that decides, the delegator does not hold it on all the days, or the delegate is
            no procurator who may act in it (Rules 5; `DELEGATES`).
        Conflict: the same delegation exists on some of these days.
    """
    delegator = _locked(delegator)
    if actor.pk != delegator.pk:
        require_account_administrator(actor, delegator, Role.SYSTEM_ADMINISTRATOR)
    _not_past(valid_from)
    require_order(valid_from, valid_to)
    _check_holds_throughout(delegator, role, valid_from, valid_to)
    _check_delegate(delegator, to, Role(role), valid_from, valid_to)
    _check_no_same_delegation(delegator, to, role, valid_from, valid_to)
    delegation = Delegation(
        delegator=delegator,
        delegate=to,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
        reason=reason,
        created_by=actor,
    )
    save_valid(delegation)
    details: dict[str, Json] = {
        "role": role,
        "delegator": delegator.pk,
        "delegate": to.pk,
        "valid_from": valid_from.isoformat(),
        "valid_to": valid_to.isoformat(),
    }
    _record(actor, "delegation.created", "delegation", delegation.pk, delegator, details)
    return delegation


@transaction.atomic
def revoke_delegation(*, actor: User, delegation: Delegation) -> Delegation:
    """End a delegation at once; by the delegator or his system administrator."""
    delegation = Delegation.objects.select_for_update(of=("self",)).get(pk=delegation.pk)
    if actor.pk != delegation.delegator_id:
        require_account_administrator(actor, delegation.delegator, Role.SYSTEM_ADMINISTRATOR)
    _not_revoked(delegation)
    delegation.revoked_at = clock.now()
    delegation.save(update_fields=["revoked_at"])
    details: dict[str, Json] = {"role": delegation.role, "delegate": delegation.delegate_id}
    _record(actor, "delegation.revoked", "delegation", delegation.pk, delegation.delegator, details)
    return delegation


@transaction.atomic
def authorise_signing(
    *,
    actor: User,
    user: User,
    document_codes: Sequence[str],
    scope: str,
    valid_from: date,
    valid_to: date,
) -> SigningAuthorisation:
    """Let a procurator sign documents of some types in the office's name (Rules 5; norm C119).

    Raises:
        NotPermitted: the actor is not the chief, or `user` is no procurator.
        Invalid: the codes or the days are wrong.
    """
    _require_chief_of(actor, user)
    require_active(user)
    if not selectors.possible_signers(actor).filter(pk=user.pk).exists():
        raise NotPermitted(
            _("Only a procurator who is no administrator or auditor can be authorised to sign."),
            code="not_procurator",
            law="Rules 5",
        )
    _not_past(valid_from)
    require_order(valid_from, valid_to)
    authorisation = SigningAuthorisation(
        user=user,
        document_codes=_clean_codes(document_codes),
        scope=scope,
        valid_from=valid_from,
        valid_to=valid_to,
        authorised_by=actor,
    )
    save_valid(authorisation)
    details: dict[str, Json] = {
        "codes": authorisation.document_codes,
        "user": user.pk,
        "valid_from": valid_from.isoformat(),
        "valid_to": valid_to.isoformat(),
    }
    _record(actor, "signing.authorised", "signing_authorisation", authorisation.pk, user, details)
    return authorisation


@transaction.atomic
def revoke_signing(*, actor: User, authorisation: SigningAuthorisation) -> SigningAuthorisation:
    """Withdraw an authorisation to sign; by the chief."""
    rows = SigningAuthorisation.objects.select_for_update(of=("self",))
    authorisation = rows.get(pk=authorisation.pk)
    _require_chief_of(actor, authorisation.user)
    _not_revoked(authorisation)
    authorisation.revoked_at = clock.now()
    authorisation.save(update_fields=["revoked_at"])
    _record(
        actor,
        "signing.revoked",
        "signing_authorisation",
        authorisation.pk,
        authorisation.user,
        {"codes": authorisation.document_codes, "user": authorisation.user_id},
    )
    return authorisation


def _locked(user: User) -> User:
    """Lock a person, so that two grants to him wait for each other."""
    return User.objects.select_for_update(of=("self",)).select_related("office").get(pk=user.pk)


def _not_past(day: date) -> None:
    if day < clock.today():
        raise invalid("valid_from", _("A right cannot begin in the past."))


def _not_revoked(right: RoleGrant | Delegation | SigningAuthorisation) -> None:
    if right.revoked_at is not None:
        raise Conflict(_("This was revoked before."), code="already_revoked")


def _check_separated(user: User, role: Role) -> None:
    held = selectors.conflicting_separated_roles(user, role)
    if held:
        raise NotPermitted(
            _(
                "%(name)s holds the role %(held)s. System administration, security administration "
                "and audit are never in one hand; choose another person."
            )
            % {"name": user.name, "held": _labels(held)},
            code="separated_administrators",
            law="GB/T 22239",
        )


def _overlapping(valid_from: date, valid_to: date | None) -> Q:
    begins = Q() if valid_to is None else Q(valid_from__lte=valid_to)
    ends = Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from)
    return begins & ends & Q(revoked_at__isnull=True)


def _check_not_held(user: User, role: str, valid_from: date, valid_to: date | None) -> None:
    held = RoleGrant.objects.filter(_overlapping(valid_from, valid_to), user=user, role=role)
    if held.exists():
        raise Conflict(
            _("%(name)s holds this role already on some of these days.") % {"name": user.name},
            code="role_held",
        )


def _check_holds_throughout(user: User, role: str, valid_from: date, valid_to: date) -> None:
    if role not in DECIDER_ROLES:
        raise NotPermitted(
            _("Only roles that review or decide can be delegated."), code="not_delegable"
        )
    if not _holds_throughout(user, [Role(role)], valid_from, valid_to):
        raise NotPermitted(
            _("%(name)s does not hold this role on all of these days.") % {"name": user.name},
            code="role_not_held",
        )


def _holds_throughout(user: User, roles: Sequence[Role], valid_from: date, valid_to: date) -> bool:
    grants = RoleGrant.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=valid_to),
        user=user,
        user__is_active=True,
        role__in=roles,
        valid_from__lte=valid_from,
        revoked_at__isnull=True,
    )
    return grants.exists()


def _check_delegate(
    delegator: User, to: User, role: Role, valid_from: date, valid_to: date
) -> None:
    if to.office_id != delegator.office_id:
        raise NotVisible(_("There is no such user."))
    if to.pk == delegator.pk:
        raise invalid("delegate", _("Nobody acts for himself. Choose a colleague."))
    require_active(to)
    if selectors.roles_of(to) & set(SEPARATED_ROLES):
        raise NotPermitted(
            _("An administrator or auditor cannot decide cases for somebody else."),
            code="separated_administrators",
        )
    if not _holds_throughout(to, DELEGATES[role], valid_from, valid_to):
        raise NotPermitted(
            _(
                "%(name)s cannot act as “%(role)s”: only a procurator decides and signs for "
                "another (Rules 5). Choose somebody who holds one of these roles on all of these "
                "days: %(roles)s."
            )
            % {"name": to.name, "role": role.label, "roles": _labels(DELEGATES[role])},
            code="not_procurator",
            law="Rules 5",
        )


def _labels(roles: Iterable[Role]) -> str:
    return ", ".join(str(role.label) for role in roles)


def _check_no_same_delegation(
    delegator: User, to: User, role: str, valid_from: date, valid_to: date
) -> None:
    same = Delegation.objects.filter(
        _overlapping(valid_from, valid_to), delegator=delegator, delegate=to, role=role
    )
    if same.exists():
        raise Conflict(
            _("This delegation exists already on some of these days."), code="delegation_exists"
        )


def _require_chief_of(actor: User, user: User) -> None:
    if user.office_id != actor.office_id:
        raise NotVisible(_("There is no such user."))
    if not selectors.has_role(actor, Role.CHIEF):
        raise NotPermitted(
            _("Only the chief procurator authorises signatures."), code="chief_only", law="Rules 5"
        )


def _clean_codes(codes: Sequence[str]) -> list[str]:
    cleaned = sorted({code.strip() for code in codes if code.strip()})
    wrong = [code for code in cleaned if not DOCUMENT_CODE.fullmatch(code)]
    if wrong or not cleaned:
        raise invalid(
            "document_codes",
            _("Give document types by their codes, for example D-20. Not understood: %(codes)s")
            % {"codes": ", ".join(wrong) or "–"},
        )
    return cleaned


def _record(
    actor: Actor,
    action: str,
    object_type: str,
    object_id: int,
    user: User,
    details: Mapping[str, Json],
    reason: str = "",
) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type=object_type,
        object_id=object_id,
        office_id=user.office_id,
        reason=reason,
        details=details,
    )
