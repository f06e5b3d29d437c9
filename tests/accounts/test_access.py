"""Sessions, passwords and closed accounts: what ends when."""

from __future__ import annotations

import unicodedata

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from knox.models import AuthToken

from accounts import lockout, selectors, services
from accounts.middleware import SEEN, STARTED
from accounts.models import Role
from audit.errors import Invalid, NotPermitted
from audit.models import AuditEvent
from tests.accounts.conftest import PASSWORD, give_password
from tests.support.people import make_user

NEW = "seven loud bridges sleep"


def browser(user, password=PASSWORD):
    client = Client()
    response = client.post("/login/", {"login": user.username, "password": password})
    assert response.status_code == 302
    return client


def is_in(client):
    return client.get("/offices/").status_code == 200


@pytest.fixture
def handler(cast):
    return give_password(cast.handler)


def test_a_deactivated_person_is_out_with_the_next_request_on_every_device(cast, handler):
    devices = [browser(handler), browser(handler)]
    services.deactivate_user(actor=cast.system_administrator, user=handler, reason="Left")
    assert not any(is_in(device) for device in devices)
    assert lockout.authenticate(handler.username, PASSWORD) is None


def test_nobody_deactivates_his_own_account(cast):
    administrator = cast.system_administrator
    with pytest.raises(NotPermitted):
        services.deactivate_user(actor=administrator, user=administrator, reason="x")


def test_an_account_opened_again_needs_a_new_password(cast, handler):
    services.deactivate_user(actor=cast.system_administrator, user=handler, reason="Leave")
    services.activate_user(actor=cast.system_administrator, user=handler, reason="Back")
    assert lockout.authenticate(handler.username, PASSWORD) is None


def test_a_revoked_role_counts_no_more_in_an_open_session(cast):
    device = Client()
    device.force_login(cast.system_administrator)
    assert device.get("/people/new/").status_code == 200
    grant = cast.system_administrator.role_grants.get()
    services.revoke_role(actor=cast.security_administrator, grant=grant, reason="Transferred")
    assert device.get("/people/new/").status_code == 404


def test_a_reset_password_is_shown_once_ends_everything_and_must_be_changed(cast, handler):
    device = browser(handler)
    AuthToken.objects.create(user=handler)
    password = services.reset_password(actor=cast.system_administrator, user=handler)
    assert not is_in(device)
    assert not AuthToken.objects.filter(user=handler).exists()
    assert lockout.authenticate(handler.username, PASSWORD) is None
    fresh = browser(handler, password)
    assert fresh.get("/offices/")["Location"] == "/me/password/"
    assert password not in str(list(AuditEvent.objects.values_list("canonical")))


def test_one_time_passwords_are_long_and_never_the_same(cast, handler):
    seen = {
        services.reset_password(actor=cast.system_administrator, user=handler) for _ in range(5)
    }
    assert len(seen) == 5
    assert all(len(password) >= 20 for password in seen)


def test_a_reset_opens_a_locked_name(cast, handler):
    for _ in range(5):
        lockout.authenticate(handler.username, "wrong wrong wrong")
    password = services.reset_password(actor=cast.system_administrator, user=handler)
    assert lockout.authenticate(handler.username, password) == handler


@pytest.mark.parametrize("watcher", ["security_administrator", "auditor"])
def test_the_system_administrator_cannot_enter_the_accounts_that_watch_him(cast, watcher):
    person = getattr(cast, watcher)
    with pytest.raises(NotPermitted):
        services.reset_password(actor=cast.system_administrator, user=person)
    assert services.reset_password(actor=cast.superior_system_administrator, user=person)


@pytest.mark.parametrize("actor", ["security_administrator", "auditor", "chief", "handler"])
def test_only_the_system_administrator_resets_passwords(cast, handler, actor):
    with pytest.raises(NotPermitted):
        services.reset_password(actor=getattr(cast, actor), user=cast.colleague)


def test_changing_the_password_ends_all_other_sessions_and_keeps_this_one(handler):
    here, there = browser(handler), browser(handler)
    response = here.post("/me/password/", {"current": PASSWORD, "new": NEW, "repeated": NEW})
    assert response.status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert selectors.sessions_of(handler).count() == 1
    browser(handler, NEW)


@pytest.mark.parametrize(
    "new",
    ["short", "fourteen chars", "123456789012345678"[:14], PASSWORD, "陈一鸣"],
)
def test_weak_or_unchanged_passwords_are_refused(handler, new):
    with pytest.raises(Invalid):
        services.change_own_password(actor=handler, current=PASSWORD, new=new)
    assert lockout.authenticate(handler.username, PASSWORD) == handler


def test_a_password_like_the_login_name_is_refused(cast):
    person = give_password(make_user(cast.office, username="long-login-name.of-office"))
    with pytest.raises(Invalid):
        services.change_own_password(
            actor=person, current=PASSWORD, new="long-login-name.of-office"
        )


@pytest.mark.parametrize(
    "new", ["x" * 15 + "y", "pass phrase " * 10, "公益诉讼办案平台密码很长很长很长"]
)
def test_long_passwords_spaces_and_chinese_are_welcome(handler, new):
    services.change_own_password(actor=handler, current=PASSWORD, new=new)
    assert lockout.authenticate(handler.username, new) == handler


def test_one_password_typed_on_two_keyboards_is_one_password(handler):
    composed = unicodedata.normalize("NFC", "Müller fährt über Brücken")
    services.change_own_password(
        actor=handler, current=PASSWORD, new=unicodedata.normalize("NFD", composed)
    )
    assert lockout.authenticate(handler.username, composed) == handler


def test_guessing_the_current_password_on_the_change_page_is_counted_too(handler, counted_checks):
    for _ in range(6):
        with pytest.raises(Invalid):
            services.change_own_password(actor=handler, current="wrong wrong", new=NEW)
    assert len(counted_checks) == 5


def test_a_person_ends_one_of_his_sessions_and_cannot_end_those_of_others(cast, handler):
    here, there = browser(handler), browser(handler)
    key = there.session.session_key
    session = selectors.sessions_of(handler).get(session_key=key)
    other = browser(give_password(cast.colleague))
    assert other.post(f"/me/sessions/{session.pk}/end/").status_code == 404
    assert here.post(f"/me/sessions/{session.pk}/end/").status_code == 302
    assert is_in(here)
    assert not is_in(there)


@pytest.mark.parametrize("actor", ["system_administrator", "security_administrator"])
def test_administrators_end_all_sessions_of_a_person(cast, handler, actor):
    device, unlisted = browser(handler), Client()
    unlisted.force_login(handler)
    administrator = Client()
    administrator.force_login(getattr(cast, actor))
    page = administrator.get(f"/people/{handler.pk}/")
    assert "127.0.0.1" in page.content.decode()
    administrator.post(f"/people/{handler.pk}/sessions/end/")
    assert not is_in(device)
    assert not is_in(unlisted)


def test_colleagues_see_no_sessions(cast, handler):
    browser(handler)
    colleague = Client()
    colleague.force_login(cast.colleague)
    assert "127.0.0.1" not in colleague.get(f"/people/{handler.pk}/").content.decode()
    assert colleague.post(f"/people/{handler.pk}/sessions/end/").status_code == 404


@pytest.mark.parametrize(
    ("stamp", "setting"), [(SEEN, "SESSION_IDLE_SECONDS"), (STARTED, "SESSION_MAXIMUM_SECONDS")]
)
def test_a_session_ends_when_idle_or_too_old(handler, settings, monkeypatch, stamp, setting):
    device = browser(handler)
    assert is_in(device)
    signer = TimestampSigner(salt="accounts.session")
    aged = _signed_before(signer, getattr(settings, setting) + 5)
    session = device.session
    session[stamp] = aged
    session.save()
    assert not is_in(device)


def _signed_before(signer, seconds):
    import time
    from unittest import mock

    instant = time.time() - seconds
    with mock.patch("django.core.signing.time.time", return_value=instant):
        return signer.sign("at")


def test_a_session_whose_stamp_was_tampered_with_is_over(handler):
    device = browser(handler)
    session = device.session
    session[STARTED] = "at:forged:signature"
    session.save()
    assert not is_in(device)


def test_who_must_change_the_password_reaches_nothing_else(cast):
    person = give_password(cast.handler, must_change=True)
    device = browser(person)
    for path in ("/", "/offices/", "/people/", "/me/", "/help/"):
        assert device.get(path)["Location"] == "/me/password/"
    answer = device.get("/api/v1/offices/")
    assert answer.status_code == 403
    assert answer.json()["code"] == "must_change_password"
    assert device.get("/offices/", headers={"HX-Request": "true"})["HX-Redirect"] == "/me/password/"
    device.post("/me/password/", {"current": PASSWORD, "new": NEW, "repeated": NEW})
    assert is_in(device)


def test_separated_administrators_hold_no_power_of_each_other(cast):
    with pytest.raises(NotPermitted):
        services.create_user(
            actor=cast.security_administrator, office=cast.office, username="someone", name="某人"
        )
    with pytest.raises(NotPermitted):
        services.grant_role(actor=cast.system_administrator, user=cast.handler, role=Role.CLERK)
    for actor in (cast.auditor, cast.chief):
        with pytest.raises(NotPermitted):
            services.create_department(actor=actor, office=cast.office, name="部", kind="other")
