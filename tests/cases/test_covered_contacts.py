"""Address and telephone of parties are covered; who needs them says why (CC 1039, PIPL 33-37; C131)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit.errors import Invalid, NotPermitted
from audit.models import AuditEvent
from cases.models import Party, PartyKind
from cases.services import parties
from tests.support.api import program_of
from tests.support.matters import make_case, stand_aside

pytestmark = [pytest.mark.django_db, pytest.mark.norm("C131")]
ADDRESS, TELEPHONE = "某省某市某区某路八号院二单元", "13812345678"
REASON = "电话通知询问时间。"


@pytest.fixture
def case(cast):
    return make_case(cast)


def party_of(cast, case, kind=PartyKind.PERSON) -> Party:
    facts = {
        "role": "violator",
        "kind": kind,
        "name": "某张三",
        "address": ADDRESS,
        "telephone": TELEPHONE,
    }
    return parties.add_party(actor=cast.handler, case=case, facts=facts)


def address(name: str, case, party: Party) -> str:
    return reverse(name, args=[case.key, party.pk])


def looks(action: str) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(action=action))


@pytest.mark.parametrize(
    ("kind", "address_shown", "telephone_shown"),
    [
        (PartyKind.PERSON, False, False),
        (PartyKind.ORGANISATION, True, False),
        (PartyKind.PUBLIC_BODY, True, True),
    ],
)
def test_what_may_be_a_persons_own_is_covered_on_the_page_and_in_the_api(
    cast, case, as_user, kind, address_shown, telephone_shown
):
    party = party_of(cast, case, kind)
    text = as_user(cast.handler).get(reverse("case_parties", args=[case.key])).content.decode()
    [told] = program_of(cast.handler).ask(f"cases/{case.key}/parties/")["results"]
    one = program_of(cast.handler).ask(f"cases/{case.key}/parties/{party.pk}/")
    assert told == one
    assert ((ADDRESS in text), (told["address"] == ADDRESS)) == (address_shown,) * 2
    assert ((TELEPHONE in text), (told["telephone"] == TELEPHONE)) == (telephone_shown,) * 2
    assert ("138****5678" in text) is not telephone_shown
    offered = address("party_contact", case, party) in text
    assert offered is not (address_shown and telephone_shown)


def test_a_party_without_contact_offers_nothing_to_show(cast, case, as_user):
    party = parties.add_party(
        actor=cast.handler,
        case=case,
        facts={"role": "violator", "kind": "person", "name": "某李四"},
    )
    text = as_user(cast.handler).get(reverse("case_parties", args=[case.key])).content.decode()
    assert address("party_contact", case, party) not in text


def test_a_reason_shows_the_contact_once_and_stays_on_record(cast, case, as_user):
    party = party_of(cast, case)
    client = as_user(cast.head)
    page = address("party_contact", case, party)
    assert TELEPHONE not in client.get(page).content.decode()
    assert not looks("party.revealed")
    text = client.post(page, {"reason": REASON}).content.decode()
    assert TELEPHONE in text
    assert ADDRESS in text
    [entry] = looks("party.revealed")
    assert (entry.actor_id, entry.reason) == (cast.head.pk, REASON)
    assert (entry.object_id, entry.case_id) == (str(party.pk), case.pk)
    assert TELEPHONE not in client.get(page).content.decode()


def test_without_a_reason_nothing_is_shown(cast, case, as_user):
    party = party_of(cast, case)
    answer = as_user(cast.head).post(address("party_contact", case, party), {"reason": "  "})
    assert answer.status_code == 400
    assert TELEPHONE not in answer.content.decode()
    with pytest.raises(Invalid):
        parties.reveal_contact(actor=cast.head, party=party, reason=" ")
    told = program_of(cast.head).send(f"cases/{case.key}/parties/{party.pk}/contact/", {})
    assert told.status_code == 400
    assert not looks("party.revealed")


def test_programs_read_the_contact_for_a_reason(cast, case):
    party = party_of(cast, case)
    answer = program_of(cast.head).send(
        f"cases/{case.key}/parties/{party.pk}/contact/", {"reason": REASON}
    )
    assert (answer.json()["telephone"], answer.json()["address"]) == (TELEPHONE, ADDRESS)
    assert answer["Cache-Control"] == "no-store"
    assert len(looks("party.revealed")) == 1


def test_opening_the_entry_to_change_it_is_recorded(cast, case, as_user):
    party = party_of(cast, case)
    text = as_user(cast.handler).get(address("party_edit", case, party)).content.decode()
    assert TELEPHONE in text
    [entry] = looks("party.opened_for_change")
    assert (entry.actor_id, entry.object_id) == (cast.handler.pk, str(party.pk))


def test_who_is_not_of_the_team_opens_no_entry_to_change_it(cast, case, as_user):
    party = party_of(cast, case)
    answer = as_user(cast.head).get(address("party_edit", case, party))
    assert answer.status_code == 409
    assert TELEPHONE not in answer.content.decode()
    with pytest.raises(NotPermitted):
        parties.open_for_change(actor=cast.head, party=party)
    assert not looks("party.opened_for_change")


def test_the_stranger_and_the_recused_find_no_contact(cast, case, as_user):
    party = party_of(cast, case)
    stand_aside(cast, case, cast.head)
    for person in (cast.stranger, cast.head):
        client = as_user(person)
        assert client.get(address("party_contact", case, party)).status_code == 404
        answer = client.post(address("party_contact", case, party), {"reason": REASON})
        assert answer.status_code == 404
        told = program_of(person).send(
            f"cases/{case.key}/parties/{party.pk}/contact/", {"reason": REASON}
        )
        assert told.status_code == 404
    assert not looks("party.revealed")
