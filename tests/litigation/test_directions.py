"""Directions of the superior and staff it lends, in writing (Rules 10, 11; norm C121)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import OfficeLevel, Role
from audit.errors import Invalid, NotPermitted, Refusal
from cases.models import StaffLoan, SuperiorAccess
from cases.selectors import people
from cases.selectors.matters import is_visible
from cases.services import corrections, team
from litigation.soundness import records_follow
from tests.support.days import on
from tests.support.matters import make_case, record, upload
from tests.support.people import make_office, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.norm("C121")]


@pytest.fixture
def case(cast):
    with on(2026, 5, 6):
        yield make_case(cast)


def direction(cast, **facts):
    given = {
        "legal_day": "2026-05-06",
        "superior": cast.city_office.pk,
        "direction": "supervise",
        "number": "江检督〔2026〕1号",
        "content": "依法加快办理。",
    }
    return given | facts


def loan(cast, **facts):
    given = {
        "legal_day": "2026-05-06",
        "superior": cast.city_office.pk,
        "person": cast.stranger.username,
        "first_day": "2026-05-06",
        "last_day": "2026-05-20",
        "scope": "参与电子数据审查。",
        "number": "江检调〔2026〕1号",
    }
    return given | facts


def lend(cast, case, **facts):
    return record(cast.handler, case, "S54", loan(cast, **facts), {"paper": upload()})


def put(cast, case, person, position="handler"):
    members = [(cast.handler, "lead"), (person, position)]
    team.set_team(actor=cast.head, case=case, members=members, reason="组成")


# --- directions ----------------------------------------------------------------------------------


def test_a_direction_is_logged_with_its_paper_and_lets_the_superior_see_the_case(cast, case):
    assert not is_visible(cast.superior_handler, case)
    event = record(cast.handler, case, "S53", direction(cast), {"paper": upload()})
    assert event.proofs.count() == 1
    record(cast.handler, case, "S53", direction(cast), {"paper": upload()})
    assert SuperiorAccess.objects.filter(case=case, office=cast.city_office).count() == 1


def test_the_superior_that_directs_a_case_sees_it(cast, case):
    record(cast.handler, case, "S53", direction(cast), {"paper": upload()})
    assert is_visible(cast.superior_handler, case)


def test_a_direction_without_its_paper_is_not_saved(cast, case):
    with pytest.raises(Invalid) as refused:
        record(cast.handler, case, "S53", direction(cast))
    assert "paper" in refused.value.errors


def test_an_office_beside_this_one_directs_nothing(cast, case):
    facts = direction(cast, superior=cast.other_office.pk)
    with pytest.raises(Invalid) as refused:
        record(cast.handler, case, "S53", facts, {"paper": upload()})
    assert "superior" in refused.value.errors


def test_only_the_team_logs_a_direction(cast, case):
    with pytest.raises(NotPermitted):
        record(cast.colleague, case, "S53", direction(cast), {"paper": upload()})


# --- loans ---------------------------------------------------------------------------------------


def test_nobody_of_another_office_is_put_into_the_team_without_a_loan(cast, case):
    with pytest.raises(Invalid, match="not lent") as refused:
        put(cast, case, cast.stranger)
    assert refused.value.law == "Rules 6, 11"


def test_a_person_lent_in_writing_works_on_that_case_for_the_term(cast, case):
    lend(cast, case)
    put(cast, case, cast.stranger)
    with on(2026, 5, 20):
        assert is_visible(cast.stranger, case)
        assert people.is_member(case, cast.stranger)
        assert people.acting_staff(case).filter(user=cast.stranger).exists()
    with on(2026, 5, 21):
        assert not is_visible(cast.stranger, case)
        assert not people.is_member(case, cast.stranger)
        assert not people.is_handler(case, cast.stranger)
        assert not people.acting_staff(case).filter(user=cast.stranger).exists()
        assert not people.could_act(case, cast.stranger, case.filed_on)


def test_after_the_term_the_person_is_put_into_no_team(cast, case):
    lend(cast, case)
    with on(2026, 5, 21), pytest.raises(Invalid, match="not lent"):
        put(cast, case, cast.stranger)


def test_a_loan_counts_for_its_case_alone(cast, case):
    lend(cast, case)
    other = make_case(cast)
    with pytest.raises(Invalid, match="not lent"):
        put(cast, other, cast.stranger)
    assert not is_visible(cast.stranger, case)


def test_a_loan_without_its_paper_or_with_days_in_the_wrong_order_is_not_saved(cast, case):
    with pytest.raises(Invalid) as refused:
        record(cast.handler, case, "S54", loan(cast))
    assert "paper" in refused.value.errors
    with pytest.raises(Invalid) as refused:
        lend(cast, case, last_day="2026-05-05")
    assert "last_day" in refused.value.errors
    assert not StaffLoan.objects.exists()


def test_only_an_office_above_both_lends(cast, case):
    province = make_office(OfficeLevel.PROVINCIAL)
    cast.city_office.parent = province
    cast.city_office.save()
    elsewhere = make_office(
        OfficeLevel.GRASSROOTS, make_office(OfficeLevel.CITY, province, name="某市人民检察院")
    )
    person = make_user(elsewhere, Role.PROSECUTOR)
    with pytest.raises(Refusal) as refused:
        lend(cast, case, person=person.username)
    assert [item.code for item in refused.value.unmet] == ["lent_by_a_common_superior"]
    lend(cast, case, person=person.username, superior=province.pk)


def test_a_login_name_of_this_office_or_of_nobody_is_refused_and_lists_nobody(cast, case):
    for name in ("nobody", cast.colleague.username):
        with pytest.raises(Invalid) as refused:
            lend(cast, case, person=name)
        assert "person" in refused.value.errors


def test_a_corrected_term_changes_the_loan(cast, case):
    event = lend(cast, case)
    corrections.correct_event(
        actor=cast.handler,
        event=event,
        data=loan(cast, last_day="2026-05-10"),
        reason="期限误录",
        files={"paper": upload()},
    )
    assert str(StaffLoan.objects.get().last_day) == "2026-05-10"


def test_the_form_of_the_team_offers_who_is_lent(client, cast, case):
    lend(cast, case)
    client.force_login(cast.head)
    address = reverse("case_team", args=[case.key])
    assert "江州市临川区人民检察院" in client.get(address).content.decode()
    with on(2026, 5, 21):
        assert "江州市临川区人民检察院" not in client.get(address).content.decode()


def test_a_loan_its_event_does_not_tell_of_is_found(cast, case):
    lend(cast, case)
    assert list(records_follow(case)) == []
    StaffLoan.objects.update(last_day="2026-12-31")
    assert list(records_follow(case)) == ["the loans of staff are not what the events say"]
