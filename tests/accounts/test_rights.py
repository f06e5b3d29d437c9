"""Roles, delegation and authorisation to sign: who holds what, on which day, given by whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from accounts import selectors, services
from accounts.forms import DelegationForm
from accounts.models import (
    DELEGATES,
    SEPARATED_ROLES,
    Delegation,
    Role,
    RoleGrant,
    SigningAuthorisation,
    User,
)
from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted, NotVisible
from audit.models import AuditEvent
from audit.selectors import details_of
from tests.support.people import make_user

DAY = date(2024, 6, 24)


@pytest.fixture
def on_the_day():
    with clock.frozen(datetime(2024, 6, 24, 9, 0)):
        yield


def _delegate(cast, **changes):
    facts = {
        "actor": cast.chief,
        "delegator": cast.chief,
        "to": cast.deputy,
        "role": Role.CHIEF,
        "valid_from": DAY,
        "valid_to": date(2024, 6, 28),
        "reason": "Study leave",
    }
    return services.delegate(**(facts | changes))


def test_a_role_holds_on_both_its_days_and_on_no_other(cast, on_the_day):
    person = make_user(cast.office)
    services.grant_role(
        actor=cast.security_administrator,
        user=person,
        role=Role.CLERK,
        valid_from=DAY,
        valid_to=date(2024, 6, 30),
    )
    held = [selectors.roles_of(person, DAY + timedelta(days=n)) for n in (-1, 0, 6, 7)]
    assert held == [set(), {Role.CLERK}, {Role.CLERK}, set()]


def test_a_revoked_role_is_gone_at_once_but_was_held_the_day_before(cast, on_the_day):
    grant = cast.handler.role_grants.get()
    services.revoke_role(actor=cast.security_administrator, grant=grant, reason="Transferred")
    assert selectors.roles_of(cast.handler) == set()
    assert selectors.roles_of(cast.handler, DAY - timedelta(days=1)) == {Role.PROSECUTOR}
    with pytest.raises(Conflict):
        services.revoke_role(actor=cast.security_administrator, grant=grant, reason="Again")


def test_a_deactivated_person_has_no_role(cast):
    services.deactivate_user(actor=cast.system_administrator, user=cast.handler, reason="Left")
    cast.handler.refresh_from_db()
    assert selectors.roles_of(cast.handler) == set()
    assert not selectors.holders(cast.office, Role.PROSECUTOR).filter(pk=cast.handler.pk).exists()


@pytest.mark.parametrize("actor", ["system_administrator", "auditor", "chief", "handler"])
def test_only_the_security_administrator_grants_roles(cast, actor):
    with pytest.raises(NotPermitted):
        services.grant_role(actor=getattr(cast, actor), user=cast.clerk, role=Role.CHIEF)
    assert Role.CHIEF not in selectors.roles_of(cast.clerk)


def test_nobody_grants_himself_a_role(cast):
    administrator = cast.security_administrator
    with translation.override("en"), pytest.raises(NotPermitted, match="himself"):
        services.grant_role(actor=administrator, user=administrator, role=Role.CHIEF)


@pytest.mark.parametrize("held", SEPARATED_ROLES)
@pytest.mark.parametrize("wanted", SEPARATED_ROLES)
def test_no_person_holds_two_of_the_separated_administrator_roles(cast, held, wanted):
    person = make_user(cast.office, held)
    with pytest.raises(NotPermitted if held != wanted else Conflict):
        services.grant_role(actor=None, user=person, role=wanted)
    with (
        pytest.raises(IntegrityError, match=r"separated_roles|one_open_grant"),
        transaction.atomic(),
    ):
        RoleGrant.objects.create(user=person, role=wanted, valid_from=DAY)


def test_a_separated_role_can_follow_another_after_its_last_day(cast):
    today = clock.today()
    person = make_user(cast.office)
    for role, first, last in (
        (Role.AUDITOR, today, today + timedelta(days=5)),
        (Role.SYSTEM_ADMINISTRATOR, today + timedelta(days=6), None),
    ):
        RoleGrant.objects.create(user=person, role=role, valid_from=first, valid_to=last)
    assert selectors.roles_of(person) == {Role.AUDITOR}


def test_administrators_of_other_offices_grant_nothing(cast):
    foreign = make_user(cast.other_office, Role.SECURITY_ADMINISTRATOR)
    with pytest.raises(NotVisible):
        services.grant_role(actor=foreign, user=cast.clerk, role=Role.CHIEF)
    superior = make_user(cast.city_office, Role.SECURITY_ADMINISTRATOR)
    assert services.grant_role(actor=superior, user=cast.clerk, role=Role.INTAKE)


def test_a_role_begins_no_day_in_the_past(cast):
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(Invalid):
        services.grant_role(
            actor=cast.security_administrator,
            user=cast.clerk,
            role=Role.INTAKE,
            valid_from=yesterday,
        )


def test_a_delegate_acts_on_both_days_of_the_delegation_and_on_no_other(cast, on_the_day):
    _delegate(cast)
    acting = [
        selectors.acting_for(cast.deputy, Role.CHIEF, DAY + timedelta(days=n))
        for n in (-1, 0, 4, 5)
    ]
    assert acting == [[], [cast.chief], [cast.chief], []]
    assert selectors.effective_roles(cast.deputy) == {Role.DEPUTY_CHIEF, Role.CHIEF}
    assert selectors.roles_of(cast.deputy) == {Role.DEPUTY_CHIEF}


def test_a_delegation_ends_with_the_role_of_the_delegator(cast, on_the_day):
    _delegate(cast)
    services.revoke_role(
        actor=cast.security_administrator, grant=cast.chief.role_grants.get(), reason="Left"
    )
    assert selectors.acting_for(cast.deputy, Role.CHIEF) == []


@pytest.mark.parametrize("gone", ["chief", "deputy"])
def test_a_delegation_ends_when_one_of_the_two_is_deactivated(cast, on_the_day, gone):
    _delegate(cast)
    person = getattr(cast, gone)
    services.deactivate_user(actor=cast.system_administrator, user=person, reason="Left")
    assert selectors.acting_for(cast.deputy, Role.CHIEF) == []
    assert Role.CHIEF not in selectors.effective_roles(cast.deputy)


def test_a_revoked_delegation_has_no_effect_from_then_on(cast, on_the_day):
    delegation = _delegate(cast)
    services.revoke_delegation(actor=cast.chief, delegation=delegation)
    assert selectors.acting_for(cast.deputy, Role.CHIEF) == []


def test_only_the_delegator_or_his_system_administrator_delegates(cast, on_the_day):
    for actor in (cast.deputy, cast.handler, cast.security_administrator):
        with pytest.raises(NotPermitted):
            _delegate(cast, actor=actor)
    with pytest.raises(NotVisible):
        _delegate(cast, actor=cast.stranger)
    assert _delegate(cast, actor=cast.system_administrator).created_by == cast.system_administrator


@pytest.mark.norm("C119")
def test_nobody_delegates_what_he_does_not_hold_on_all_the_days(cast, on_the_day):
    with pytest.raises(NotPermitted):
        _delegate(cast, actor=cast.head, delegator=cast.head)
    grant = cast.chief.role_grants.get()
    grant.valid_to = date(2024, 6, 27)
    grant.save()
    with pytest.raises(NotPermitted):
        _delegate(cast)


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.CHIEF, Role.DEPUTY_CHIEF, Role.DEPARTMENT_HEAD})
)
def test_roles_that_do_not_decide_are_never_delegated(cast, on_the_day, role):
    person = make_user(cast.office, role)
    with pytest.raises(NotPermitted):
        _delegate(cast, actor=person, delegator=person, role=role)
    with (
        pytest.raises(IntegrityError, match="only_decider_roles_are_delegated"),
        transaction.atomic(),
    ):
        Delegation.objects.create(
            delegator=person,
            delegate=cast.deputy,
            role=role,
            valid_from=DAY,
            valid_to=DAY,
            reason="x",
            created_by=person,
        )


def test_administrators_auditors_and_other_offices_receive_no_delegation(cast, on_the_day):
    for person in (cast.system_administrator, cast.security_administrator, cast.auditor):
        with pytest.raises(NotPermitted):
            _delegate(cast, to=person)
    with pytest.raises(NotVisible):
        _delegate(cast, to=cast.stranger)
    with pytest.raises(Invalid):
        _delegate(cast, to=cast.chief)
    with pytest.raises(Invalid):
        _delegate(cast, valid_to=date(2024, 6, 23))


@pytest.mark.parametrize("delegated", DELEGATES)
@pytest.mark.parametrize("own", sorted(set(Role) - set(SEPARATED_ROLES)))
def test_only_the_roles_of_the_table_act_for_somebody_else(cast, on_the_day, delegated, own):
    delegator, person = make_user(cast.office, delegated), make_user(cast.office, own)
    wanted = {"actor": delegator, "delegator": delegator, "to": person, "role": delegated}
    if own in DELEGATES[delegated]:
        _delegate(cast, **wanted)
    else:
        with translation.override("en"), pytest.raises(NotPermitted, match="only a procurator"):
            _delegate(cast, **wanted)
    acting = selectors.acting_for(person, delegated)
    assert acting == ([delegator] if own in DELEGATES[delegated] else [])


@pytest.mark.norm("C119")
def test_a_clerk_never_decides_or_signs_for_the_chief(cast, on_the_day):
    with translation.override("en"), pytest.raises(NotPermitted, match="Rules 5") as refused:
        _delegate(cast, to=cast.clerk)
    assert (refused.value.code, refused.value.law) == ("not_procurator", "Rules 5")
    assert cast.clerk.name in str(refused.value.message)
    # Nor through a row that came into the table some other way.
    Delegation.objects.create(
        delegator=cast.chief,
        delegate=cast.clerk,
        role=Role.CHIEF,
        valid_from=DAY,
        valid_to=DAY,
        reason="x",
        created_by=cast.chief,
    )
    assert selectors.acting_for(cast.clerk, Role.CHIEF) == []
    assert selectors.effective_roles(cast.clerk) == {Role.CLERK}
    assert not selectors.may_sign(cast.clerk, "D-06")


def test_the_delegate_holds_his_own_role_on_all_days_of_the_delegation(cast, on_the_day):
    grant = cast.deputy.role_grants.get()
    grant.valid_to = date(2024, 6, 27)
    grant.save()
    with pytest.raises(NotPermitted):
        _delegate(cast)
    assert _delegate(cast, valid_to=date(2024, 6, 27))


@pytest.mark.norm("C119")
def test_whoever_loses_his_own_role_acts_and_signs_for_nobody_any_more(cast, on_the_day):
    _delegate(cast)
    assert selectors.may_sign(cast.deputy, "D-06")
    services.revoke_role(
        actor=cast.security_administrator, grant=cast.deputy.role_grants.get(), reason="Left"
    )
    services.grant_role(actor=cast.security_administrator, user=cast.deputy, role=Role.CLERK)
    assert selectors.acting_for(cast.deputy, Role.CHIEF) == []
    assert selectors.acting_as(cast.deputy) == {}
    assert not selectors.may_sign(cast.deputy, "D-06")


@pytest.mark.parametrize("separated", SEPARATED_ROLES)
def test_whoever_becomes_administrator_or_auditor_acts_for_nobody_any_more(
    cast, on_the_day, separated
):
    _delegate(cast)
    services.grant_role(actor=cast.security_administrator, user=cast.deputy, role=separated)
    assert selectors.acting_for(cast.deputy, Role.CHIEF) == []
    assert not selectors.may_sign(cast.deputy, "D-06")


def test_the_form_offers_only_people_who_may_act(cast, on_the_day):
    offered = set(DelegationForm(delegator=cast.chief).fields["to"].queryset)
    assert {cast.deputy, cast.head, cast.handler} <= offered
    unfit = {cast.clerk, cast.assistant, cast.intake, cast.case_manager, cast.auditor, cast.chief}
    assert not offered & unfit
    assert cast.stranger not in offered
    assert not DelegationForm(delegator=cast.handler).fields["to"].queryset.exists()


@pytest.mark.norm("C119")
def test_an_authorisation_to_sign_ends_with_the_role_of_a_procurator(cast, on_the_day):
    facts = {"document_codes": ["D-20"], "scope": "All", "valid_from": DAY, "valid_to": DAY}
    services.authorise_signing(actor=cast.chief, user=cast.handler, **facts)
    assert selectors.may_sign(cast.handler, "D-20")
    services.revoke_role(
        actor=cast.security_administrator, grant=cast.handler.role_grants.get(), reason="Left"
    )
    assert not selectors.may_sign(cast.handler, "D-20")
    services.grant_role(actor=cast.security_administrator, user=cast.colleague, role=Role.AUDITOR)
    with pytest.raises(NotPermitted):
        services.authorise_signing(actor=cast.chief, user=cast.colleague, **facts)


@pytest.mark.norm("C119")
def test_the_chief_signs_and_who_acts_for_him_and_who_is_authorised_for_the_type(cast, on_the_day):
    services.authorise_signing(
        actor=cast.chief,
        user=cast.handler,
        document_codes=["D-20", "D-28"],
        scope="Notices of his own cases",
        valid_from=DAY,
        valid_to=date(2024, 7, 24),
    )
    assert selectors.may_sign(cast.chief, "D-06")
    assert selectors.may_sign(cast.handler, "D-20")
    assert not selectors.may_sign(cast.handler, "D-06")
    assert not selectors.may_sign(cast.handler, "D-2")
    assert not selectors.may_sign(cast.handler, "D-20", date(2024, 7, 25))
    assert not selectors.may_sign(cast.colleague, "D-20")
    assert not selectors.may_sign(cast.deputy, "D-06")
    _delegate(cast)
    assert selectors.may_sign(cast.deputy, "D-06")


@pytest.mark.norm("C119")
def test_only_the_chief_authorises_and_only_procurators_and_it_is_recorded(cast, on_the_day):
    facts = {
        "document_codes": ["D-20"],
        "scope": "All",
        "valid_from": DAY,
        "valid_to": DAY,
    }
    for actor in (cast.deputy, cast.head, cast.system_administrator):
        with pytest.raises(NotPermitted):
            services.authorise_signing(actor=actor, user=cast.handler, **facts)
    with pytest.raises(NotPermitted):
        services.authorise_signing(actor=cast.chief, user=cast.clerk, **facts)
    with pytest.raises(NotVisible):
        services.authorise_signing(actor=cast.chief, user=cast.stranger, **facts)
    with pytest.raises(Invalid):
        services.authorise_signing(
            actor=cast.chief, user=cast.handler, **facts | {"document_codes": ["20"]}
        )
    authorisation = services.authorise_signing(actor=cast.chief, user=cast.handler, **facts)
    event = AuditEvent.objects.get(action="signing.authorised")
    assert (event.actor_id, event.object_id) == (cast.chief.pk, str(authorisation.pk))
    for actor in (cast.deputy, cast.head, cast.handler):
        with pytest.raises(NotPermitted):
            services.revoke_signing(actor=actor, authorisation=authorisation)
    assert selectors.may_sign(cast.handler, "D-20")
    services.revoke_signing(actor=cast.chief, authorisation=authorisation)
    assert not selectors.may_sign(cast.handler, "D-20")


@pytest.mark.norm("C119")
def test_an_authorisation_counts_on_both_its_days_and_not_on_the_day_before(cast, on_the_day):
    services.authorise_signing(
        actor=cast.chief,
        user=cast.handler,
        document_codes=["D-20"],
        scope="Notices of his own cases",
        valid_from=date(2024, 7, 1),
        valid_to=date(2024, 7, 5),
    )
    days = [date(2024, 6, 30), date(2024, 7, 1), date(2024, 7, 5), date(2024, 7, 6)]
    signs = [selectors.may_sign(cast.handler, "D-20", day) for day in days]
    assert signs == [False, True, True, False]


@pytest.mark.norm("C119")
@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"scope": ""}, "scope"),
        ({"valid_from": DAY - timedelta(days=1)}, "valid_from"),
        ({"valid_to": DAY - timedelta(days=1)}, "valid_to"),
        ({"document_codes": []}, "document_codes"),
    ],
)
def test_an_authorisation_names_its_scope_its_types_and_days_to_come(
    cast, on_the_day, changed, field
):
    facts = {"document_codes": ["D-20"], "scope": "All", "valid_from": DAY, "valid_to": DAY}
    with pytest.raises(Invalid) as refused:
        services.authorise_signing(actor=cast.chief, user=cast.handler, **facts | changed)
    assert list(refused.value.errors) == [field]
    assert not SigningAuthorisation.objects.exists()


@pytest.mark.norm("C119")
def test_the_record_says_who_may_sign_what_and_when_and_that_it_was_withdrawn(cast, on_the_day):
    authorisation = services.authorise_signing(
        actor=cast.chief,
        user=cast.handler,
        document_codes=["D-28", "D-20"],
        scope="Notices of his own cases",
        valid_from=DAY,
        valid_to=date(2024, 7, 24),
    )
    given = AuditEvent.objects.get(action="signing.authorised")
    assert details_of(given) == {
        "codes": ["D-20", "D-28"],
        "user": cast.handler.pk,
        "valid_from": "2024-06-24",
        "valid_to": "2024-07-24",
    }
    services.revoke_signing(actor=cast.chief, authorisation=authorisation)
    withdrawn = AuditEvent.objects.get(action="signing.revoked")
    assert (withdrawn.actor_id, withdrawn.object_id) == (cast.chief.pk, str(authorisation.pk))
    assert details_of(withdrawn) == {"codes": ["D-20", "D-28"], "user": cast.handler.pk}


@pytest.mark.norm("C119")
def test_who_acts_for_the_chief_signs_on_the_days_of_the_delegation_alone(cast, on_the_day):
    _delegate(cast, valid_from=date(2024, 7, 1), valid_to=date(2024, 7, 5))
    days = [date(2024, 6, 30), date(2024, 7, 1), date(2024, 7, 5), date(2024, 7, 6)]
    signs = [selectors.may_sign(cast.deputy, "D-06", day) for day in days]
    assert signs == [False, True, True, False]


@pytest.mark.norm("C119")
def test_nobody_signs_for_who_is_chief_no_more_or_has_gone_to_another_office(cast, on_the_day):
    _delegate(cast)
    User.objects.filter(pk=cast.chief.pk).update(office=cast.other_office, department=None)
    assert not selectors.may_sign(cast.deputy, "D-06")
    User.objects.filter(pk=cast.chief.pk).update(office=cast.office)
    assert selectors.may_sign(cast.deputy, "D-06")
    services.revoke_role(
        actor=cast.security_administrator, grant=cast.chief.role_grants.get(), reason="Left"
    )
    assert not selectors.may_sign(cast.deputy, "D-06")


@pytest.mark.norm("C119")
def test_the_record_says_who_acts_for_the_chief_in_which_role_and_on_which_days(cast, on_the_day):
    delegation = _delegate(cast, valid_to=date(2024, 7, 24))
    given = AuditEvent.objects.get(action="delegation.created")
    assert (given.actor_id, given.object_id) == (cast.chief.pk, str(delegation.pk))
    assert details_of(given) == {
        "role": "chief",
        "delegator": cast.chief.pk,
        "delegate": cast.deputy.pk,
        "valid_from": "2024-06-24",
        "valid_to": "2024-07-24",
    }
    services.revoke_delegation(actor=cast.chief, delegation=delegation)
    assert AuditEvent.objects.get(action="delegation.revoked").object_id == str(delegation.pk)


def test_every_grant_is_recorded_with_its_actor(cast):
    services.grant_role(actor=cast.security_administrator, user=cast.clerk, role=Role.INTAKE)
    event = AuditEvent.objects.filter(action="role.granted").latest("id")
    assert event.actor_id == cast.security_administrator.pk
    assert event.office_id == cast.office.pk


def test_the_rights_of_a_person_cost_one_query(cast, django_assert_num_queries):
    person = cast.chief
    with django_assert_num_queries(1):
        selectors.roles_of(person)
