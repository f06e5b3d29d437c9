"""Logging in and out, and the limit of attempts."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import get_hasher
from django.db import connections
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts import lockout, services
from accounts.models import LoginCounter
from audit import clock
from audit.errors import NotPermitted
from audit.models import AuditEvent
from tests.accounts.conftest import PASSWORD, give_password


def log_in(client, username, password=PASSWORD):
    return client.post("/login/", {"login": username, "password": password})


def wrong_attempts(client, username, times):
    return [log_in(client, username, "wrong wrong wrong") for _ in range(times)]


def actions():
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


@pytest.fixture
def handler(cast):
    return give_password(cast.handler)


def test_the_right_password_opens_a_session_and_a_login_is_recorded(client, handler):
    response = log_in(client, handler.username)
    assert response.status_code == 302
    assert response["Location"] == "/"
    assert client.session["_auth_user_id"] == str(handler.pk)
    assert AuditEvent.objects.filter(action="user.login", actor_id=handler.pk).count() == 1


def test_a_login_name_may_be_typed_in_capitals_and_with_spaces(client, handler):
    assert log_in(client, f" {handler.username.upper()} ").status_code == 302


def test_logging_out_ends_the_session_on_the_server_and_is_recorded(client, handler):
    log_in(client, handler.username)
    cookie = client.cookies["sessionid"].value
    client.post("/logout/")
    replay = Client()
    replay.cookies["sessionid"] = cookie
    assert replay.get("/offices/").status_code == 302
    assert not UserSession.objects.filter(user=handler).exists()
    assert AuditEvent.objects.filter(action="user.logout", actor_id=handler.pk).count() == 1


def test_a_session_key_planted_before_the_login_is_worth_nothing_after_it(client, handler):
    client.get("/login/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    log_in(client, handler.username)
    assert client.session.session_key != before


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(client, handler):
    cookie = log_in(client, handler.username).cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_after_five_wrong_attempts_the_right_password_is_refused_too(
    client, handler, counted_checks
):
    wrong_attempts(client, handler.username, 5)
    response = log_in(client, handler.username)
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    assert len(counted_checks) == 5


def test_failures_lock_and_refusals_are_recorded(client, handler):
    wrong_attempts(client, handler.username, 6)
    recorded = [name for name in actions() if name.startswith("user.lo")]
    assert recorded == ["user.login_failed"] * 5 + ["user.locked", "user.login_refused"]


def test_the_lock_opens_by_itself_after_its_time(client, handler, settings):
    start = datetime(2024, 6, 24, 9, 0)
    with clock.frozen(start):
        wrong_attempts(client, handler.username, 5)
    almost = start + timedelta(seconds=settings.LOGIN_LOCKOUT_SECONDS - 1)
    with clock.frozen(almost):
        assert log_in(client, handler.username).status_code == 200
    with clock.frozen(almost + timedelta(seconds=1)):
        assert log_in(client, handler.username).status_code == 302
    assert not LoginCounter.objects.exists()


def test_a_right_password_before_the_limit_forgets_the_failures(client, handler):
    for _ in range(3):
        wrong_attempts(client, handler.username, 4)
        assert log_in(client, handler.username).status_code == 302
        client.post("/logout/")


def test_a_lock_concerns_one_name_only(client, handler, cast):
    colleague = give_password(cast.colleague)
    wrong_attempts(client, handler.username, 5)
    assert log_in(client, colleague.username).status_code == 302


def test_the_system_administrator_opens_a_locked_name_and_nobody_else(client, cast, handler):
    wrong_attempts(client, handler.username, 5)
    with pytest.raises(NotPermitted):
        services.unlock_account(actor=cast.security_administrator, user=handler)
    services.unlock_account(actor=cast.system_administrator, user=handler)
    assert log_in(client, handler.username).status_code == 302


def _answer(client, username, password="wrong wrong wrong"):
    response = log_in(client, username, password)
    text = response.content.decode().replace(username, "NAME")
    return response.status_code, text.split("<main")[1]


def _without_token(answer):
    status, text = answer
    head, _, tail = text.partition('name="csrfmiddlewaretoken" value="')
    return status, head + tail[64:]


def test_wrong_unknown_deactivated_and_locked_names_get_the_same_answer(client, cast, handler):
    inactive = give_password(cast.colleague)
    services.deactivate_user(actor=cast.system_administrator, user=inactive, reason="Left")
    answers = [
        _answer(Client(), handler.username),
        _answer(Client(), "nobody.at.all"),
        _answer(Client(), inactive.username, PASSWORD),
    ]
    wrong_attempts(client, handler.username, 5)
    wrong_attempts(client, "nobody.at.all", 5)
    answers += [_answer(Client(), handler.username), _answer(Client(), "nobody.at.all")]
    assert len({_without_token(answer) for answer in answers}) == 1
    assert lockout.is_locked("nobody.at.all")


def test_an_unknown_name_costs_the_same_work_as_a_known_one(handler, monkeypatch):
    from accounts.hashers import ProcuracyArgon2PasswordHasher

    work = []
    encode, verify = ProcuracyArgon2PasswordHasher.encode, ProcuracyArgon2PasswordHasher.verify
    monkeypatch.setattr(
        ProcuracyArgon2PasswordHasher, "encode", lambda *a: (work.append(1), encode(*a))[1]
    )
    monkeypatch.setattr(
        ProcuracyArgon2PasswordHasher, "verify", lambda *a: (work.append(1), verify(*a))[1]
    )
    counts = []
    for name in (handler.username, "nobody.at.all", "no\x00body", "无此人"):
        work.clear()
        assert lockout.authenticate(name, "wrong wrong wrong") is None
        counts.append(len(work))
    assert counts == [1, 1, 1, 1]


def test_guessed_names_are_not_kept_in_clear_and_do_not_pile_up(client, handler):
    with clock.frozen(datetime(2024, 6, 24, 9, 0)):
        for number in range(3):
            wrong_attempts(client, f"guess{number}", 1)
    assert not LoginCounter.objects.filter(name_digest__contains="guess").exists()
    with clock.frozen(datetime(2024, 6, 24, 12, 0)):
        wrong_attempts(client, "another", 1)
    assert LoginCounter.objects.count() == 1
    assert "guess1" not in str(list(AuditEvent.objects.values_list("canonical", "object_id")))


def test_passwords_are_hashed_with_the_smaller_owasp_profile(handler):
    hasher = get_hasher()
    assert (hasher.time_cost, hasher.memory_cost, hasher.parallelism) == (2, 19456, 1)
    assert handler.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.parametrize(
    "name",
    [
        "account_signup",
        "account_email",
        "account_reset_password",
        "account_set_password",
        "socialaccount_login",
        "mfa_index",
    ],
)
def test_of_the_login_library_only_what_is_meant_is_reachable(name):
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_the_login_page_leads_back_only_into_this_house(client, handler):
    response = client.post(
        "/login/?next=https://evil.example/",
        {"login": handler.username, "password": PASSWORD, "next": "https://evil.example/"},
    )
    assert response["Location"] == "/"
    inside = Client().post(
        "/login/", {"login": handler.username, "password": PASSWORD, "next": "/offices/"}
    )
    assert inside["Location"] == "/offices/"


@pytest.mark.slow
def test_a_hundred_parallel_attempts_get_five_checks_and_a_right_guess_after_them_is_refused(
    committed_db, counted_checks, cast
):
    username = give_password(cast.handler).username
    statuses, started = [], threading.Barrier(100)

    def attempt(password):
        try:
            started.wait()
            # The right guess comes when the five checks are used up, in the middle of the burst.
            while password == PASSWORD and len(counted_checks) < 5:
                threading.Event().wait(0.005)
            statuses.append((password, log_in(Client(), username, password).status_code))
        finally:
            connections.close_all()

    passwords = [f"wrong guess number {n}" for n in range(99)] + [PASSWORD]
    threads = [threading.Thread(target=attempt, args=[p]) for p in passwords]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {code for _, code in statuses} == {200}
    assert len(statuses) == 100
    assert len(counted_checks) == 5
    assert AuditEvent.objects.filter(action="user.login_failed").count() == 5
    assert AuditEvent.objects.filter(action="user.login_refused").count() == 95
    assert AuditEvent.objects.filter(action="user.locked").count() == 1
