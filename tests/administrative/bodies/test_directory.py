"""Writing the directory: entering, changing, merging, and what may mean the same body."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from administrative.bodies import selectors, services
from administrative.bodies.fields import checked_credit_code
from administrative.bodies.names import normalised
from administrative.models import Body, CaseAuthority
from audit.errors import Conflict, Invalid, NotPermitted, NotVisible
from audit.models import AuditEvent
from audit.selectors import details_of
from tests.administrative.bodies.conftest import BUREAU, CREDIT_CODE, enter, recommend
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db


def acts_on(body):
    rows = AuditEvent.objects.filter(object_type="body", object_id=str(body.pk)).order_by("pk")
    return [(row.action, details_of(row)) for row in rows]


@pytest.mark.parametrize("name", ["handler", "clerk", "head", "case_manager", "stranger"])
def test_who_keeps_the_directory_enters_a_body_on_the_record(cast, name):
    body = enter(getattr(cast, name))
    assert (body.region, body.created_by, body.version) == ("330106", getattr(cast, name), 1)
    ((action, details),) = acts_on(body)
    assert (action, details["fields"]) == ("body.added", sorted(BUREAU))


@pytest.mark.parametrize(
    "name", ["assistant", "intake", "chief", "auditor", "system_administrator"]
)
def test_who_does_not_keep_it_is_refused(cast, body, name):
    person = getattr(cast, name)
    for act in (
        lambda: enter(person, name="另一教育局"),
        lambda: services.change_body(actor=person, body=body, facts={"name": "x"}, version=1),
        lambda: services.merge_bodies(actor=person, body=body, into=body),
    ):
        with pytest.raises(NotPermitted):
            act()
    assert Body.objects.filter(region="330106").count() == 1


def test_who_handles_no_cases_finds_no_body(cast, body):
    for person in (cast.auditor, cast.system_administrator, cast.security_administrator):
        assert not selectors.may_read(person)
        assert list(selectors.search(person, "教育")) == []
        with pytest.raises(NotVisible):
            selectors.get_body(person, body.pk)
    for person in (cast.stranger, cast.intake, cast.chief, cast.assistant):
        assert selectors.get_body(person, body.pk) == body


def test_a_name_stands_once_in_its_region(cast, body):
    with pytest.raises(Invalid) as refusal:
        enter(cast.handler)
    assert "__all__" in refusal.value.errors
    assert enter(cast.handler, region="330105").name == body.name


def test_a_change_is_recorded_by_its_fields_and_nothing_twice(cast, body):
    facts = {"telephone": "0571-11111111", "contact": body.contact}
    changed = services.change_body(actor=cast.handler, body=body, facts=facts, version=1)
    assert (changed.telephone, changed.version) == ("0571-11111111", 2)
    services.change_body(actor=cast.handler, body=changed, facts=facts, version=2)
    assert [details for action, details in acts_on(body) if action == "body.changed"] == [
        {"fields": ["telephone"]}
    ]


def test_who_comes_second_is_told_what_stands_there_now(cast, body):
    services.change_body(actor=cast.clerk, body=body, facts={"contact": "李某"}, version=1)
    with pytest.raises(Conflict) as conflict:
        services.change_body(actor=cast.handler, body=body, facts={"contact": "赵某"}, version=1)
    assert conflict.value.code == "lost_update"
    assert conflict.value.details == {"contact": "李某", "version": 2}
    body.refresh_from_db()
    assert body.contact == "李某"


def test_no_body_stands_above_itself(cast, body):
    city = enter(cast.clerk, name="杭州市教育局", level="city", region="330100")
    services.change_body(actor=cast.clerk, body=body, facts={"superior": city}, version=1)
    for below in (city, Body.objects.get(pk=body.pk)):
        with pytest.raises(Invalid) as refusal:
            services.change_body(actor=cast.clerk, body=city, facts={"superior": below}, version=1)
        assert "superior" in refusal.value.errors


# --- merging -------------------------------------------------------------------------------------


def test_what_points_to_a_merged_entry_keeps_pointing(cast, body):
    row = recommend(cast, body)
    authority = CaseAuthority.objects.create(case=make_case(cast), body=body)
    other = enter(cast.clerk, name="西湖区教育局")
    assert services.merge_bodies(actor=cast.handler, body=body, into=other) == other
    row.refresh_from_db()
    authority.refresh_from_db()
    body.refresh_from_db()
    assert (row.body, authority.body, body.merged_into) == (body, body, other)
    assert acts_on(body)[-1] == ("body.merged", {"fields": [], "into": other.pk})
    assert list(selectors.search(cast.handler, "西湖区教育局")) == [other]
    # It is found by the name that goes on in it.
    assert list(selectors.search(cast.handler, "杭州市西湖区教育局")) == [other]


def test_what_was_merged_before_goes_on_in_the_last(cast, body):
    second = enter(cast.clerk, name="西湖区教育局")
    third = enter(cast.clerk, name="西湖教育局")
    services.merge_bodies(actor=cast.clerk, body=body, into=second)
    services.merge_bodies(actor=cast.clerk, body=second, into=third)
    body.refresh_from_db()
    assert body.survivor == third
    assert selectors.merged_into(third) == [body, second]


def test_a_merged_entry_is_neither_changed_nor_merged_again_nor_merged_into(cast, body):
    other = enter(cast.clerk, name="西湖区教育局")
    third = enter(cast.clerk, name="西湖教育局")
    services.merge_bodies(actor=cast.clerk, body=body, into=other)
    for act in (
        lambda: services.change_body(actor=cast.clerk, body=body, facts={}, version=2),
        lambda: services.merge_bodies(actor=cast.clerk, body=body, into=third),
        lambda: services.merge_bodies(actor=cast.clerk, body=third, into=body),
    ):
        with pytest.raises(Conflict) as conflict:
            act()
        assert (conflict.value.code, conflict.value.details) == (
            "body_merged",
            {"merged_into": other.pk},
        )


def test_nothing_is_merged_into_itself(cast, body):
    with pytest.raises(Invalid):
        services.merge_bodies(actor=cast.clerk, body=body, into=body)


def test_after_a_merge_the_name_is_free_again(cast, body):
    other = enter(cast.clerk, name="西湖区教育局")
    services.merge_bodies(actor=cast.clerk, body=body, into=other)
    assert enter(cast.clerk).name == body.name


def test_the_application_cannot_delete_a_body(body):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM administrative_body WHERE id = %s", [body.pk])


# --- duplicates and codes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "region", "same"),
    [
        ("杭州市西湖区教育局", "330106", "教育局"),
        ("浙江省杭州市西湖区教育局", "330106", "教育局"),
        ("西湖区 教育局", "330106", "教育局"),
        ("西湖区（教育局）", "330106", "教育局"),
        ("ＡＢ局", "330106", "ab局"),
        ("西湖区", "330106", "西湖区"),
        ("杭州市下城区教育局", "330103", "教育局"),
        ("国家邮政局", "", "国家邮政局"),
        ("某局", "990000", "某局"),
    ],
)
def test_of_a_name_remains_what_tells_bodies_of_a_region_apart(name, region, same):
    assert normalised(name, region) == same


def test_likely_duplicates_share_region_and_name_or_the_credit_code(cast, body):
    like = enter(cast.clerk, name="西湖区  教育局")
    coded = enter(cast.clerk, name="甲", credit_code=CREDIT_CODE)
    same_code = enter(cast.clerk, name="乙", region="330105", credit_code=CREDIT_CODE)
    enter(cast.clerk, name="拱墅区教育局", region="330105")
    assert selectors.duplicates(cast.stranger) == [[body, like], [coded, same_code]]
    assert selectors.alike("教育局", "330106", "", but=body.pk) == [like]
    services.merge_bodies(actor=cast.clerk, body=like, into=body)
    assert selectors.duplicates(cast.stranger) == [[coded, same_code]]
    assert selectors.duplicates(cast.auditor) == []


def test_a_credit_code_is_checked_by_its_last_character():
    assert checked_credit_code(f"{CREDIT_CODE[:9]} {CREDIT_CODE[9:]}") == CREDIT_CODE
    assert checked_credit_code("") == ""
    for wrong in (CREDIT_CODE[:-1] + "0", CREDIT_CODE[:-1], "x", CREDIT_CODE + "1"):
        with pytest.raises(ValidationError):
            checked_credit_code(wrong)


def test_at_the_start_the_directory_holds_the_national_bodies_with_their_articles():
    rows = Body.objects.filter(level="national", created_by=None)
    assert rows.count() == 16
    cyberspace = rows.get(kind="cyberspace")
    assert (cyberspace.name, cyberspace.region) == ("国家互联网信息办公室", "")
    assert "个人信息保护法第60-66、70条" in cyberspace.competence
    assert all(row.competence for row in rows)
