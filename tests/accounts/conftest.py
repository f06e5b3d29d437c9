"""What the tests of this room share: people with a known password."""

from __future__ import annotations

import pytest

PASSWORD = "four quiet horses cross"


def give_password(user, password=PASSWORD, *, must_change=False):
    """Set a password as the person himself would have chosen it."""
    user.set_password(password)
    user.must_change_password = must_change
    user.save()
    return user


@pytest.fixture
def counted_checks(monkeypatch):
    """Count how often a password is really compared with a stored one."""
    from accounts.hashers import ProcuracyArgon2PasswordHasher

    calls = []
    compare = ProcuracyArgon2PasswordHasher.verify

    def verify(self, password, encoded):
        calls.append(1)
        return compare(self, password, encoded)

    monkeypatch.setattr(ProcuracyArgon2PasswordHasher, "verify", verify)
    return calls
