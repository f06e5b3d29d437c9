"""The commands of an operator: a real first start, and the way back in."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts import lockout, selectors
from accounts.models import Office, Role, User
from audit.models import AuditEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody")]

ARGUMENTS = [
    "--code=330000",
    "--name=江省人民检察院",
    "--short-name=江",
    "--level=provincial",
    *("--system-administrator", "sys.admin", "韩系统"),
    *("--security-administrator", "sec.admin", "曹安全"),
    *("--auditor", "audit.or", "冯审计"),
]


def run(*arguments):
    output = StringIO()
    call_command(*arguments, stdout=output, stderr=StringIO())
    return output.getvalue()


def test_a_first_office_starts_with_three_separate_administrators():
    lines = [line.split() for line in run("create_office", *ARGUMENTS).splitlines()]
    assert [role for role, _, _ in lines] == [
        "system_administrator",
        "security_administrator",
        "auditor",
    ]
    for role, username, password in lines:
        user = lockout.authenticate(username, password)
        assert user.must_change_password
        assert selectors.roles_of(user) == {Role(role)}
    assert AuditEvent.objects.filter(action="office.created", actor_id=None).count() == 1


def test_a_wrong_argument_is_named_and_leaves_nothing_behind():
    with pytest.raises(CommandError, match="username"):
        run("create_office", *[a.replace("audit.or", "Not A Login") for a in ARGUMENTS])
    assert not Office.objects.exists()
    with pytest.raises(CommandError, match="no office with the code 999"):
        run("create_office", *ARGUMENTS, "--parent=999")


def test_an_operator_resets_a_password_of_any_administrator():
    run("create_office", *ARGUMENTS)
    password = run("reset_password", "sec.admin").strip()
    assert lockout.authenticate("sec.admin", password) == User.objects.get(username="sec.admin")
    event = AuditEvent.objects.get(action="user.password_reset")
    assert event.actor_kind == "system"
    with pytest.raises(CommandError, match="no user"):
        run("reset_password", "nobody")
