from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from cases.models import CaseKind, SuperiorAccess
from cases.services import recusals
from cases.urls.cases import urlpatterns
from tests.support.days import on
from tests.support.matters import announce, ask_to_stand_aside, make_case

pytestmark = pytest.mark.django_db
VALUES = {"key": lambda made: made.key, "pk": lambda made: made.pk, "section": lambda made: "case"}


@pytest.fixture
def case(cast):
    return make_case(cast)


def addresses(case, cast):
    """Every address about one case; parties and recusals are its own."""
    party = case.parties.create(role="violator", kind="person", name="甲", created_by=cast.handler)
    recusal = ask_to_stand_aside(cast, case, cast.assistant)
    rows = {"party": party, "recusal": recusal}
    for pattern in urlpatterns:
        wanted = pattern.pattern.converters
        if not wanted or pattern.name == "case_filter_delete":
            continue
        row = rows["recusal" if pattern.name.startswith("recusal_") else "party"]
        sources = {"key": case, "pk": row, "section": case}
        arguments = {name: VALUES[name](sources[name]) for name in wanted}
        yield pattern.name, reverse(pattern.name, kwargs=arguments)


def statuses(client, person, found):
    client.force_login(person)
    return {
        name: (client.get(address).status_code, client.post(address, {}).status_code)
        for name, address in found
    }


def refused_everywhere(answers) -> bool:
    """Whether nothing was shown and nothing done: 404, or 405 where the method does not exist."""
    return all(set(pair) <= {404, 405} and 404 in pair for pair in answers.values())


@pytest.mark.norm("C131")
def test_whoever_may_not_see_the_case_finds_none_of_its_pages(client, cast, case):
    found = list(addresses(case, cast))
    assert len(found) >= 20
    # The stranger, the recused, auditors and administrators try every address of the house in
    # tests/procuracy/test_access_matrix.py.
    for person in (cast.colleague, cast.superior_handler, cast.intake):
        assert refused_everywhere(statuses(client, person, found)), person.name


@pytest.mark.norm("C018")
def test_a_granted_recusal_closes_every_page_to_the_person(client, cast, case):
    case.team.create(user=cast.recused, position="handler")
    row = ask_to_stand_aside(cast, case, cast.recused)
    found = list(addresses(case, cast))
    client.force_login(cast.recused)
    assert client.get(case.get_absolute_url()).status_code == 200
    recusals.decide_recusal(actor=cast.chief, recusal=row, granted=True, reason="确有")
    # Were it not for the recusal, an open place in the team would let him in.
    case.team.create(user=cast.recused, position="handler")
    assert refused_everywhere(statuses(client, cast.recused, found))


@pytest.mark.norm("C018")
def test_a_pending_recusal_closes_a_supervision_case_only(client, cast, case):
    ask_to_stand_aside(cast, case, cast.handler)
    client.force_login(cast.handler)
    assert client.get(case.get_absolute_url()).status_code == 200
    type(case).objects.filter(pk=case.pk).update(kind=CaseKind.SUPERVISION)
    assert client.get(case.get_absolute_url()).status_code == 404


def test_a_superior_office_reads_a_reported_case_but_changes_nothing(client, cast, case):
    SuperiorAccess.objects.create(office=cast.city_office, case=case, reason="Rules 25")
    client.force_login(cast.superior_handler)
    assert client.get(case.get_absolute_url()).status_code == 200
    for name in ("case_edit", "party_create", "case_team", "direction_create"):
        assert client.post(reverse(name, args=[case.key]), {}).status_code in (400, 409)
    given = {"role": "violator", "kind": "person", "name": "乙"}
    answer = client.post(reverse("party_create", args=[case.key]), given)
    assert answer.status_code == 409
    assert not case.parties.exists()


def test_whoever_is_not_logged_in_is_asked_to_log_in(client, cast, case):
    for _name, address in addresses(case, cast):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.norm("C131")
@pytest.mark.parametrize("name", ["case_detail", "case_parties", "case_contacts", "case_print"])
def test_every_look_at_a_case_is_recorded(client, cast, case, name):
    client.force_login(cast.head)
    client.get(reverse(name, args=[case.key]))
    entry = AuditEvent.objects.get(action="case.viewed")
    assert (entry.actor_id, entry.case_id) == (cast.head.pk, case.pk)
    assert entry.scope.startswith("read:")


def test_the_page_of_a_case_costs_the_same_however_much_happened(
    client, cast, case, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.force_login(cast.handler)
    with on(2026, 3, 5):
        # Twice, so that one period has ended: when it did is asked once, for all that have.
        announce(case, date(2026, 3, 5))
        announce(case, date(2026, 3, 5))
        client.get(case.get_absolute_url())
        with CaptureQueriesContext(connection) as first:
            client.get(case.get_absolute_url())
        for number in range(5):
            announce(case, date(2026, 3, 5))
            case.parties.create(
                role="violator", kind="person", name=f"甲{number}", created_by=cast.handler
            )
        with django_assert_num_queries(len(first)):
            client.get(case.get_absolute_url())
