"""Serving one document on several: a way is proposed for each, and all go out together or none does."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from audit.errors import Conflict, Invalid, NotPermitted
from audit.models import AuditEvent
from audit.selectors import details_of
from notices.models import Service
from notices.serving.services import Sending
from notices.serving.splitting.channels import Addressee, propose
from notices.serving.splitting.services import start_services
from tests.notices.matters import filed_case, issue
from tests.notices.serving import SENT, confirm, end, party_of, send
from tests.support.api import program_of
from tests.support.matters import stand_aside

pytestmark = pytest.mark.django_db
ADDRESS = "江州市云山区文一路1号"


@pytest.fixture
def issued(cast, decision):
    return issue(cast, decision)


@pytest.fixture
def party(cast, case):
    """Gave an address."""
    party = party_of(cast, case)
    confirm(cast, party)
    return party


@pytest.fixture
def online(cast, case):
    """Consents to electronic service."""
    party = party_of(cast, case, name="某网络有限公司")
    confirm(cast, party, electronic_consent=True, electronic_address="a@example.cn")
    return party


@pytest.fixture
def silent(cast, case):
    """Gave no form."""
    return party_of(cast, case, name="张三", kind="person")


def enter(client, person):
    person.language = "en"
    person.save()
    client.force_login(person)
    return client


def ways(document, *parties, bodies=()):
    asked = [*(Addressee(party=party) for party in parties)]
    asked += [Addressee(named=name, kind="body") for name in bodies]
    return [channel.method for channel in propose(document, asked)]


def rows(*given, **rest):
    """Return the posted step of confirming."""
    data = {"step": "confirm", "started_on": "2026-06-24", "rows-TOTAL_FORMS": len(given)}
    data |= {"rows-INITIAL_FORMS": len(given)} | rest
    for number, row in enumerate(given):
        data |= {f"rows-{number}-{name}": value for name, value in row.items()}
    return data


# --- what is proposed -----------------------------------------------------------------------------


@pytest.mark.norm("C129")
@pytest.mark.norm("C153")
def test_consent_goes_before_address_and_address_before_nothing(issued, party, online, silent):
    found = ways(issued, online, party, silent, bodies=["某区网信办"])
    assert found == ["electronic", "postal", "direct", "direct"]


def test_who_was_served_or_is_being_served_gets_nothing_twice(cast, issued, party, silent):
    end(cast, send(cast, issued, party=party))
    send(cast, issued, party=silent)
    assert ways(issued, party, silent) == ["", ""]


@pytest.mark.norm("C128")
def test_after_a_refusal_it_is_left_in_and_after_a_return_another_way_is_tried(
    cast, issued, party, silent
):
    end(cast, send(cast, issued, party=silent), "refused", reason="拒收")
    end(cast, send(cast, issued, method="postal", party=party), "returned")
    assert ways(issued, silent, party) == ["leave_in", "direct"]


def test_a_party_abroad_gets_no_express_mail(cast, case, issued):
    abroad = party_of(
        cast, case, name="某境外公司", domicile_abroad=True, no_code_reason="境外公司"
    )
    confirm(cast, abroad)
    assert ways(issued, abroad) == ["direct"]


def test_nobody_is_named_twice(issued, party):
    assert ways(issued, party, party, bodies=["某区网信办", "某区网信办"]) == ["postal", "direct"]


# --- all or none ----------------------------------------------------------------------------------


def test_all_are_sent_each_by_its_own_way(cast, issued, party, online):
    sendings = [
        Sending(method="postal", addressee="party", party=party, started_on=SENT),
        Sending(method="electronic", addressee="party", party=online, started_on=SENT),
        Sending(method="direct", addressee="body", name="某区网信办", started_on=SENT),
    ]
    started = start_services(actor=cast.clerk, document=issued, sendings=sendings)
    assert [(row.method, row.address) for row in started] == [
        ("postal", ADDRESS),
        ("electronic", "a@example.cn"),
        ("direct", ""),
    ]
    assert AuditEvent.objects.filter(action="service.started").count() == 3


def test_one_that_cannot_be_sent_keeps_all_from_going_out(cast, issued, party, silent):
    good = Sending(method="postal", addressee="party", party=party, started_on=SENT)
    bad = Sending(method="postal", addressee="party", party=silent, started_on=SENT)
    with pytest.raises(Invalid, match="张三") as refused:
        start_services(actor=cast.clerk, document=issued, sendings=[good, bad])
    assert set(refused.value.errors) == {"sendings.1.address"}
    with pytest.raises(Conflict) as twice:
        start_services(actor=cast.clerk, document=issued, sendings=[good, good])
    assert (twice.value.code, twice.value.details["row"]) == ("service_under_way", 1)
    for none in ([], [good] * 101):
        with pytest.raises(Invalid):
            start_services(actor=cast.clerk, document=issued, sendings=none)
    assert not Service.objects.exists()
    assert not AuditEvent.objects.filter(action="service.started").exists()


@pytest.mark.parametrize("who", ["head", "chief", "colleague", "stranger"])
def test_only_the_handling_team_sends(cast, issued, party, who):
    sending = Sending(method="direct", addressee="party", party=party, started_on=SENT)
    with pytest.raises(NotPermitted):
        start_services(actor=getattr(cast, who), document=issued, sendings=[sending])


# --- the page -------------------------------------------------------------------------------------


def test_the_clerk_splits_the_addressees_and_confirms(
    client, cast, case, issued, party, online, silent
):
    enter(client, cast.clerk)
    page = reverse("service_split", args=[issued.pk])
    assert page in client.get(issued.get_absolute_url()).content.decode()
    assert "某网络有限公司" in client.get(page).content.decode()
    asked = {"parties": [party.pk, online.pk], "bodies": "某区网信办\n\n某市网信办\n"}
    answer = client.post(page, asked)
    shown = answer.content.decode()
    assert answer.status_code == 200
    for told in (ADDRESS, "a@example.cn", "The address-confirmation form consents to it."):
        assert told in shown
    assert not Service.objects.exists()
    proposed = [row.initial["method"] for row in answer.context["rows"]]
    assert proposed == ["postal", "electronic", "direct", "direct"]
    seen = AuditEvent.objects.get(action="address.viewed")
    assert details_of(seen)["parties"] == [party.pk, online.pk]
    answer = client.post(
        page,
        rows(
            {"party": party.pk, "method": "postal", "consignment": "EM1"},
            {"party": online.pk, "method": "electronic"},
            {"name": "某区网信办", "method": "transfer", "through": "某市网信办"},
            {
                "party": silent.pk,
                "method": "postal",
                "address": "江州市某街道2号",
                "address_basis": "household",
            },
        ),
    )
    assert answer.url == reverse("service_list", args=[case.key])
    started = {row.name: row for row in Service.objects.all()}
    assert started[party.name].consignment == "EM1"
    assert started["某区网信办"].through == "某市网信办"
    assert (started["张三"].address_basis, started["张三"].started_by) == ("household", cast.clerk)
    assert len(started) == 4


WRONG = [
    ({"method": "postal"}, "address", 400, "gave no address-confirmation form"),
    ({"method": "electronic"}, "method", 400, "Electronic service needs the addressee"),
    ({"method": "public_notice"}, "ground", 400, "A public notice is the last way"),
    ({"method": "transfer"}, "through", 400, "Name the body or unit"),
    ({"method": "pigeon"}, "method", 400, "Select a valid choice"),
]


@pytest.mark.parametrize(("row", "field", "status", "sentence"), WRONG)
def test_a_wrong_row_is_shown_again_and_nothing_goes_out(
    client, cast, issued, party, silent, row, field, status, sentence
):
    enter(client, cast.clerk)
    good = {"party": party.pk, "method": "postal"}
    answer = client.post(
        reverse("service_split", args=[issued.pk]), rows(good, {"party": silent.pk} | row)
    )
    assert answer.status_code == status
    shown = answer.content.decode()
    assert sentence in shown
    assert "张三" in shown
    errors = answer.context["rows"][1].errors or answer.context["form"].non_field_errors()
    assert errors
    assert not Service.objects.exists()


def test_a_day_to_come_nobody_and_a_party_of_another_case_are_refused(client, cast, issued, party):
    enter(client, cast.clerk)
    page = reverse("service_split", args=[issued.pk])
    good = {"party": party.pk, "method": "postal"}
    other = party_of(cast, filed_case(cast), name="旁人公司")
    for data, sentence in (
        (rows(good, started_on="2026-06-25"), "Enter the day on which it really happened."),
        (rows(good, started_on=""), "This field is required."),
        (rows({"method": "direct"}), "Name the body, court or office it goes to."),
        (rows({"party": other.pk, "method": "direct"}), "Select a valid choice"),
        (rows(), "Name at least one addressee."),
        (rows({"name": ""}, **{"rows-INITIAL_FORMS": 0}), "Method: This field is required."),
        ({"step": "confirm", "started_on": "2026-06-24"}, "ManagementForm"),
        ({"bodies": " \n"}, "Name at least one addressee."),
        ({"bodies": "长" * 201}, "Shorten it."),
        ({"bodies": "\n".join(f"第{n}单位" for n in range(101))}, "At most 100 addressees"),
        ({"parties": other.pk}, "Select a valid choice"),
    ):
        answer = client.post(page, data)
        assert answer.status_code == 400, sentence
        assert sentence in answer.content.decode()
        assert "旁人公司" not in answer.content.decode()
    assert not Service.objects.exists()


def test_a_confirmation_sent_twice_sends_nothing_twice(client, cast, issued, party):
    enter(client, cast.clerk)
    page = reverse("service_split", args=[issued.pk])
    data = rows({"party": party.pk, "method": "postal"})
    assert client.post(page, data).status_code == 302
    again = client.post(page, data)
    assert again.status_code == 409
    assert "Enter its outcome first" in again.content.decode()
    assert Service.objects.count() == 1


def test_when_nobody_is_left_the_page_says_so(client, cast, issued, party):
    end(cast, send(cast, issued, party=party))
    enter(client, cast.clerk)
    answer = client.post(reverse("service_split", args=[issued.pk]), {"parties": [party.pk]})
    assert "Nobody of these is left to be served." in answer.content.decode()


def test_a_draft_is_not_split(client, cast, decision):
    enter(client, cast.clerk)
    answer = client.get(reverse("service_split", args=[decision.pk]))
    assert answer.status_code == 409
    assert "Issue it first." in answer.content.decode()


def test_strangers_find_no_page_and_readers_may_not_send(client, cast, case, issued, party):
    stand_aside(cast, case, cast.assistant)
    page = reverse("service_split", args=[issued.pk])
    asked = {"parties": [party.pk]}
    confirmed = rows({"party": party.pk, "method": "postal"})
    for person, status in (
        (cast.stranger, 404),
        (cast.assistant, 404),
        (cast.auditor, 404),
        (cast.head, 409),
    ):
        enter(client, person)
        for answer in (client.get(page), client.post(page, asked), client.post(page, confirmed)):
            assert answer.status_code == status, person.name
            assert ADDRESS not in answer.content.decode()
    assert not Service.objects.exists()


# --- programs -------------------------------------------------------------------------------------


def test_a_program_asks_for_the_ways_and_sends_to_all(cast, issued, party, online):
    program = program_of(cast.clerk)
    asked = {"document": issued.pk}
    asked["addressees"] = [{"party": party.pk}, {"party": online.pk}, {"name": "某区网信办"}]
    answer = program.send("services/channels/", asked)
    assert answer.status_code == 200, answer.content
    assert [(row["party"], row["method"], row["address"]) for row in answer.json()] == [
        (party.pk, "postal", ADDRESS),
        (online.pk, "electronic", "a@example.cn"),
        (None, "direct", ""),
    ]
    sendings = [
        {"party": party.pk, "addressee": "party", "method": "postal"},
        {"name": "某区网信办", "addressee": "body", "method": "direct"},
    ]
    sendings = [row | {"started_on": "2026-06-24"} for row in sendings]
    sent = {"document": issued.pk, "sendings": sendings, "started_by": cast.head.pk}
    answer = program.send("services/several/", sent)
    assert answer.status_code == 201, answer.content
    assert [row["name"] for row in answer.json()] == [party.name, "某区网信办"]
    assert {row.started_by for row in Service.objects.all()} == {cast.clerk}
    again = program.send("services/several/", sent)
    assert (again.status_code, again.json()["code"]) == (409, "service_under_way")


def test_a_program_hears_which_sending_was_wrong(cast, issued, party):
    program = program_of(cast.clerk)
    good = {"party": party.pk, "addressee": "party", "method": "postal"}
    sendings = [good | {"started_on": day} for day in ("2026-06-24", "2026-06-25")]
    sendings[1] |= {"addressee": "body", "name": "某区网信办", "method": "direct"}
    del sendings[1]["party"]
    answer = program.send("services/several/", {"document": issued.pk, "sendings": sendings})
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"sendings.1.started_on"})
    for empty in ({"addressees": []}, {"addressees": [{}]}):
        assert (
            program.send("services/channels/", {"document": issued.pk} | empty).status_code == 400
        )
    assert not Service.objects.exists()


def test_a_program_of_somebody_else_finds_nothing(cast, case, issued, party):
    stand_aside(cast, case, cast.assistant)
    asked = {"document": issued.pk, "addressees": [{"party": party.pk}]}
    sending = {"party": party.pk, "addressee": "party", "method": "postal"}
    sent = {"document": issued.pk, "sendings": [sending | {"started_on": "2026-06-24"}]}
    for person, status in (
        (cast.stranger, 404),
        (cast.assistant, 404),
        (cast.auditor, 404),
        (cast.head, 409),
    ):
        program = program_of(person)
        assert program.send("services/channels/", asked).status_code == status
        assert program.send("services/several/", sent).status_code == status
    assert not Service.objects.exists()


def test_a_notice_with_its_ground_may_be_one_of_several(cast, issued, party, silent):
    sendings = [
        Sending(method="postal", addressee="party", party=party, started_on=SENT),
        Sending(
            method="public_notice",
            addressee="party",
            party=silent,
            started_on=date(2026, 6, 24),
            ground="下落不明。",
        ),
    ]
    started = start_services(actor=cast.clerk, document=issued, sendings=sendings)
    assert [row.ground for row in started] == ["", "下落不明。"]
