"""Offices and people for tests, made through the services.

Rights start long before any case of a test, so that a test may set the clock to any day since 2020.
Nobody has a password: log in with `client.force_login(person)`.
"""

from __future__ import annotations

from datetime import date
from functools import cached_property

from accounts import services
from accounts.models import Department, DepartmentKind, Office, OfficeLevel, Role, User
from audit import clock
from tests.support.processes import serial

FOUNDED = date(2000, 1, 1)
IN_OFFICE_SINCE = date(2020, 1, 1)
_serial = serial()


def make_office(
    level: str = OfficeLevel.GRASSROOTS,
    parent: Office | None = None,
    *,
    name: str = "",
    code: str = "",
    short_name: str = "",
) -> Office:
    """Make an office; code and name are distinct unless given."""
    number = next(_serial)
    return services.create_office(
        actor=None,
        code=code or f"{700000 + number}",
        name=name or f"第{number}人民检察院",
        short_name=short_name or f"检{number}",
        level=level,
        parent=parent,
        valid_from=FOUNDED,
    )


def make_department(
    office: Office, name: str = "", kind: str = DepartmentKind.PUBLIC_INTEREST
) -> Department:
    """Make a department of `office`."""
    name = name or f"第{next(_serial)}检察部"
    return services.create_department(actor=None, office=office, name=name, kind=kind)


def make_user(
    office: Office,
    *roles: Role,
    name: str = "",
    username: str = "",
    department: Department | None = None,
) -> User:
    """Make a member of staff of `office` who holds `roles` and has no password."""
    number = next(_serial)
    user = services.create_user(
        actor=None,
        office=office,
        username=username or f"user{number}",
        name=name or f"人员{number}",
        department=department,
        with_password=False,
    ).user
    for role in roles:
        services.grant_role(actor=None, user=user, role=role, valid_from=IN_OFFICE_SINCE)
    return user


class Cast:
    """The people most tests need, each made when first asked for.

    The fixture `cast` has made everyone before; another one counts queries after asking. `office` is a grassroots office below `city_office`;
    `stranger` works in another grassroots office of the same city.
    """

    @cached_property
    def city_office(self) -> Office:
        return make_office(OfficeLevel.CITY, name="江州市人民检察院", short_name="江州")

    @cached_property
    def office(self) -> Office:
        return make_office(
            parent=self.city_office, name="江州市云山区人民检察院", short_name="江云"
        )

    @cached_property
    def other_office(self) -> Office:
        return make_office(
            parent=self.city_office, name="江州市临川区人民检察院", short_name="江临"
        )

    @cached_property
    def department(self) -> Department:
        return make_department(self.office, "公益诉讼检察部")

    def _member(self, name: str, *roles: Role) -> User:
        return make_user(self.office, *roles, name=name, department=self.department)

    @cached_property
    def handler(self) -> User:
        return self._member("陈一鸣", Role.PROSECUTOR)

    @cached_property
    def colleague(self) -> User:
        """A prosecutor of the same department who is on no team."""
        return self._member("孙同", Role.PROSECUTOR)

    @cached_property
    def recused(self) -> User:
        """A prosecutor for tests that recuse somebody."""
        return self._member("吴避", Role.PROSECUTOR)

    @cached_property
    def assistant(self) -> User:
        return self._member("李助", Role.ASSISTANT)

    @cached_property
    def clerk(self) -> User:
        return self._member("王书", Role.CLERK)

    @cached_property
    def head(self) -> User:
        return self._member("周主任", Role.DEPARTMENT_HEAD)

    @cached_property
    def deputy(self) -> User:
        return make_user(self.office, Role.DEPUTY_CHIEF, name="郑副检")

    @cached_property
    def chief(self) -> User:
        return make_user(self.office, Role.CHIEF, name="林检察长")

    @cached_property
    def case_manager(self) -> User:
        return make_user(self.office, Role.CASE_MANAGEMENT, name="何案管")

    @cached_property
    def intake(self) -> User:
        return make_user(self.office, Role.INTAKE, name="许控申")

    @cached_property
    def auditor(self) -> User:
        return make_user(self.office, Role.AUDITOR, name="冯审计")

    @cached_property
    def system_administrator(self) -> User:
        return make_user(self.office, Role.SYSTEM_ADMINISTRATOR, name="韩系统")

    @cached_property
    def security_administrator(self) -> User:
        return make_user(self.office, Role.SECURITY_ADMINISTRATOR, name="曹安全")

    @cached_property
    def stranger(self) -> User:
        """A prosecutor of another office of the same level."""
        return make_user(self.other_office, Role.PROSECUTOR, name="外院人")

    @cached_property
    def superior_handler(self) -> User:
        """A prosecutor of the next-higher office."""
        return make_user(self.city_office, Role.PROSECUTOR, name="市院人")

    @cached_property
    def superior_system_administrator(self) -> User:
        return make_user(self.city_office, Role.SYSTEM_ADMINISTRATOR, name="市院系统")


def everybody() -> Cast:
    """Return a cast with everyone in it."""
    cast = Cast()
    for name, member in vars(Cast).items():
        if isinstance(member, cached_property):
            getattr(cast, name)
    return cast


def delegate_today(delegator: User, to: User, role: Role) -> None:
    """Let `to` act in the `role` of `delegator`, this one day."""
    today = clock.today()
    services.delegate(
        actor=delegator,
        delegator=delegator,
        to=to,
        role=role,
        valid_from=today,
        valid_to=today,
        reason="出差",
    )
