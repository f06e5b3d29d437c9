"""Who sues does not supervise the same case (Rules 9; norm C145)."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from audit.errors import Invalid, NotPermitted
from cases.models import Case, CaseKind, CaseLink, LinkKind
from cases.services import team, work
from tests.support.matters import make_case
from tests.support.people import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.norm("C145")]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def suing(cast):
    return make_case(cast)


@pytest.fixture
def supervising(cast):
    """A supervision case somebody else of the department handles."""
    case = make_case(cast, handler=cast.colleague, title="诉讼监督案")
    Case.objects.filter(pk=case.pk).update(kind=CaseKind.SUPERVISION)
    case.refresh_from_db()
    return case


@pytest.fixture
def linked(cast, suing, supervising):
    work.link_cases(actor=cast.chief, source=supervising, target=suing, kind=LinkKind.SUPERVISES)
    return suing, supervising


def appoint(cast, case, *members):
    team.set_team(actor=cast.head, case=case, members=list(members), reason="组成")


def test_the_chief_links_a_supervision_case_to_the_case_it_supervises(linked):
    suing, supervising = linked
    link = CaseLink.objects.get(kind=LinkKind.SUPERVISES)
    assert (link.source, link.target) == (supervising, suing)


def test_nobody_who_sues_is_put_into_the_team_that_supervises(cast, linked):
    suing, supervising = linked
    members = [(cast.colleague, "lead"), (cast.handler, "handler")]
    with pytest.raises(Invalid, match="does not supervise") as refused:
        appoint(cast, supervising, *members)
    assert refused.value.law == "Rules 9"
    assert suing.key in str(refused.value.message)


def test_nobody_who_supervises_is_put_into_the_team_that_sues(cast, linked):
    suing, _supervising = linked
    with pytest.raises(Invalid, match="does not supervise"):
        appoint(cast, suing, (cast.handler, "lead"), (cast.colleague, "handler"))


def test_whoever_has_left_the_suing_team_does_not_supervise_it_either(cast, suing, supervising):
    appoint(cast, suing, (cast.handler, "lead"), (cast.assistant, "assistant"))
    appoint(cast, suing, (cast.handler, "lead"))
    work.link_cases(actor=cast.chief, source=supervising, target=suing, kind=LinkKind.SUPERVISES)
    with pytest.raises(Invalid, match="is or was in the team"):
        appoint(cast, supervising, (cast.colleague, "lead"), (cast.assistant, "assistant"))


def test_a_case_is_not_handed_over_across_the_wall(cast, linked):
    suing, supervising = linked
    with pytest.raises(Invalid, match="does not supervise"):
        team.hand_over(
            actor=cast.head, matter=supervising, successor=cast.handler, reason="工作调整"
        )
    with pytest.raises(Invalid, match="does not supervise"):
        team.hand_over(actor=cast.head, matter=suing, successor=cast.colleague, reason="工作调整")


def test_cases_with_a_common_member_are_not_linked_as_supervision(cast, suing, supervising):
    appoint(cast, suing, (cast.handler, "lead"), (cast.colleague, "handler"))
    appoint(cast, suing, (cast.handler, "lead"))
    with pytest.raises(Invalid, match="both cases") as refused:
        work.link_cases(
            actor=cast.chief, source=supervising, target=suing, kind=LinkKind.SUPERVISES
        )
    assert cast.colleague.name in str(refused.value.message)
    assert not CaseLink.objects.exists()


def test_only_a_supervision_case_supervises(cast, suing, supervising):
    with pytest.raises(Invalid, match="supervision case"):
        work.link_cases(
            actor=cast.chief, source=suing, target=supervising, kind=LinkKind.SUPERVISES
        )


def test_another_kind_of_link_separates_nobody_and_stays_with_the_team(cast, suing, supervising):
    with pytest.raises(NotPermitted):
        work.link_cases(actor=cast.chief, source=supervising, target=suing, kind="related")
    work.link_cases(actor=cast.colleague, source=supervising, target=suing, kind="related")
    appoint(cast, supervising, (cast.colleague, "lead"), (cast.handler, "handler"))


def test_a_case_no_link_concerns_is_open_to_both(cast, linked):
    third = make_case(cast, handler=make_user(cast.office, Role.PROSECUTOR))
    appoint(cast, third, (cast.handler, "lead"), (cast.colleague, "handler"))


def test_the_page_of_links_offers_the_link_to_the_chief_in_a_supervision_case(
    client, cast, suing, supervising
):
    client.force_login(cast.chief)
    address = reverse("link_create", args=[supervising.key])
    assert address in client.get(reverse("case_links", args=[supervising.key])).content.decode()
    entries = {"other": suing.key, "kind": "supervises"}
    assert client.post(address, entries).status_code == 302
    away = reverse("link_create", args=[suing.key])
    assert away not in client.get(reverse("case_links", args=[suing.key])).content.decode()
