"""Offices and people of the demonstration. Every name is invented; the regions do not exist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from accounts import services
from accounts.models import Department, DepartmentKind, Office, OfficeLevel, Role, User

FOUNDED = date(2000, 1, 1)
IN_OFFICE_SINCE = date(2020, 1, 1)

# login name, name, legal post, department, roles; the office is the grassroots one.
GRASSROOTS = (
    ("zhouming", "周明", "检察官", "public_interest", (Role.PROSECUTOR,)),
    ("chensheng", "陈昇", "检察官", "public_interest", (Role.PROSECUTOR,)),
    ("wangzhe", "王喆", "书记员", "public_interest", (Role.CLERK,)),
    ("liuyue", "刘珺玥", "检察官助理", "public_interest", (Role.ASSISTANT,)),
    (
        "sunmin",
        "孙旻",
        "第四检察部主任",
        "public_interest",
        (Role.DEPARTMENT_HEAD, Role.PROSECUTOR),
    ),
    ("liyi", "李祎", "副检察长", "leadership", (Role.DEPUTY_CHIEF,)),
    ("zhaojian", "赵健", "检察长", "leadership", (Role.CHIEF,)),
    ("qianfang", "钱芳", "控告申诉检察官", "intake", (Role.INTAKE,)),
    ("auditor", "吴核", "审计员", "technology", (Role.AUDITOR,)),
    ("sysadmin", "郑维", "系统管理员", "technology", (Role.SYSTEM_ADMINISTRATOR,)),
    ("secadmin", "冯安", "安全管理员", "technology", (Role.SECURITY_ADMINISTRATOR,)),
)
CITY = (("hecheng", "何澄", "检察官", "public_interest", (Role.PROSECUTOR,)),)
DEPARTMENTS = (
    ("public_interest", "第四检察部", DepartmentKind.PUBLIC_INTEREST),
    ("intake", "控告申诉检察部", DepartmentKind.INTAKE),
    ("leadership", "院领导", DepartmentKind.LEADERSHIP),
    ("technology", "检务保障部", DepartmentKind.TECHNOLOGY),
)


@dataclass(frozen=True)
class Staff:
    """The demonstration's offices and people, the people by login name."""

    provincial: Office
    city: Office
    office: Office
    neighbour: Office
    people: dict[str, User]

    def __getitem__(self, username: str) -> User:
        return self.people[username]


def _office(code: str, name: str, short: str, level: str, parent: Office | None) -> Office:
    return services.create_office(
        actor=None,
        code=code,
        name=name,
        short_name=short,
        level=level,
        parent=parent,
        address=f"{name}机关地址",
        telephone="0571-00000000",
        valid_from=FOUNDED,
    )


def _departments(office: Office) -> dict[str, Department]:
    return {
        key: services.create_department(actor=None, office=office, name=name, kind=kind)
        for key, name, kind in DEPARTMENTS
    }


def _person(
    office: Office,
    departments: dict[str, Department],
    row: tuple[str, str, str, str, tuple[Role, ...]],
) -> User:
    username, name, title, department, roles = row
    user = services.create_user(
        actor=None,
        office=office,
        username=username,
        name=name,
        title=title,
        email=f"{username}@procuracy.invalid",
        department=departments[department],
        with_password=False,
    ).user
    for role in roles:
        services.grant_role(actor=None, user=user, role=role, valid_from=IN_OFFICE_SINCE)
    return user


def build_staff() -> Staff:
    """Make the offices and their people."""
    provincial = _office("3300", "江海省人民检察院", "江海", OfficeLevel.PROVINCIAL, None)
    city = _office("3301", "江州市人民检察院", "江州", OfficeLevel.CITY, provincial)
    office = _office("330106", "江州市云湖区人民检察院", "江云", OfficeLevel.GRASSROOTS, city)
    neighbour = _office("330108", "江州市滨河区人民检察院", "江滨", OfficeLevel.GRASSROOTS, city)
    people: dict[str, User] = {}
    for place, rows in ((office, GRASSROOTS), (city, CITY)):
        departments = _departments(place)
        for row in rows:
            people[row[0]] = _person(place, departments, row)
    _departments(neighbour)
    return Staff(provincial, city, office, neighbour, people)


def set_passwords(password: str) -> None:
    """Give every login of the demonstration the same password, which need not be changed."""
    names = [row[0] for row in (*GRASSROOTS, *CITY)]
    for user in User.objects.filter(username__in=names):
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
