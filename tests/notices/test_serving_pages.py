"""The pages and the API of service: what the team enters, what the others see, what nobody else finds."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from audit.models import AuditEvent
from cases.registries import inbox, panels
from notices.models import AddressConfirmation, Outcome, Service
from notices.serving.forms import AttemptForm, OutcomeForm
from notices.serving.receipt import receipt_of, told
from tests.notices.matters import issue, upload
from tests.notices.serving import confirm, end, party_of, send, try_it
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import stand_aside

pytestmark = pytest.mark.django_db
ADDRESS = "江州市云山区文一路1号"


@pytest.fixture
def issued(cast, decision):
    return issue(cast, decision)


@pytest.fixture
def party(cast, case):
    return party_of(cast, case)


@pytest.fixture
def mail(cast, issued, party):
    confirm(cast, party)
    return send(cast, issued, method="postal", party=party)


def enter(client, person, language="en"):
    person.language = language
    person.save()
    client.force_login(person)
    return client


def shown(client, name, *arguments):
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


# --- from the document to the outcome -------------------------------------------------------------


@pytest.mark.norm("C128")
def test_the_clerk_serves_a_document_from_its_page_to_the_outcome(
    client, cast, case, issued, party
):
    enter(client, cast.clerk)
    confirm(cast, party)
    address = reverse("service_create", args=[issued.pk])
    assert address in shown(client, "document_detail", issued.pk)
    assert "?method=postal" in shown(client, "service_create", issued.pk)
    assert ADDRESS in client.get(address, {"method": "postal"}).content.decode()
    sent = {"method": "postal", "addressee": "party", "party": party.pk}
    answer = client.post(address, sent | {"started_on": "2026-06-24", "consignment": "EM1"})
    service = Service.objects.get()
    assert answer.url == service.get_absolute_url()
    assert (service.address, service.started_by) == (ADDRESS, cast.clerk)
    with on(2026, 6, 26):
        tried = {"day": "2026-06-25", "time": "09:30", "result": "nobody", "telephoned": "on"}
        assert client.post(reverse("service_attempt", args=[service.pk]), tried).status_code == 302
        ended = {"result": "served", "day": "2026-06-26", "receiver": "entity_staff"}
        ended |= {"receiver_name": "前台李某", "proof": upload("回执.pdf")}
        assert client.post(reverse("service_outcome", args=[service.pk]), ended).status_code == 302
        page = shown(client, "service_detail", service.pk)
    for text in ("Served", "前台李某", "Not reached by telephone either", "回执.pdf", ADDRESS):
        assert text in page
    event = case.events.get(kind="document_served")
    assert event.legal_day == date(2026, 6, 26)
    assert "某科技有限公司" in shown(client, "service_list", case.key)
    assert reverse("service_detail", args=[service.pk]) in shown(
        client, "document_detail", issued.pk
    )
    assert reverse("service_detail", args=[service.pk]) in shown(client, "case_detail", case.key)
    assert "Document served" in shown(client, "event_detail", event.pk)


@pytest.mark.norm("C128")
def test_a_returned_item_says_that_it_is_no_service_and_offers_another_method(client, cast, mail):
    try_it(cast, mail, 2026, 6, 24, 9)
    enter(client, cast.handler)
    returned = {"result": "returned", "day": "2026-06-24", "reason": "三次投递无人签收"}
    returned["proof"] = upload("退回.pdf")
    assert client.post(reverse("service_outcome", args=[mail.pk]), returned).status_code == 302
    page = shown(client, "service_detail", mail.pk)
    assert "This is no service: no period starts." in page
    assert reverse("service_create", args=[mail.document_id]) in page
    assert reverse("service_outcome", args=[mail.pk]) not in page


WRONG = [
    ({"proof": None}, "proof", "This field is required."),
    ({"receiver": "other"}, "receiver", "one of the six of EMS 9"),
    ({"receiver": "family", "receiver_opposes": "on"}, "receiver_opposes", "opposing party"),
    ({"receiver_name": ""}, "receiver_name", "Name who signed"),
    ({"day": "2026-06-23"}, "day", "It cannot have been before 2026-06-24."),
    ({"day": ""}, "day", "Enter the day on the receipt."),
    ({"result": "returned"}, "reason", "Say why it was not served."),
    ({"result": "lost"}, "result", "Select a valid choice"),
]


@pytest.mark.norm("C128")
@pytest.mark.parametrize(("changes", "field", "sentence"), WRONG)
def test_a_wrong_outcome_is_refused_at_its_field_and_nothing_is_kept(
    client, cast, mail, changes, field, sentence
):
    enter(client, cast.clerk)
    given = {"result": "served", "day": "2026-06-24", "receiver": "addressee"}
    given |= {"receiver_name": "张某", "proof": upload("回执.pdf")} | changes
    given = {name: value for name, value in given.items() if value is not None}
    answer = client.post(reverse("service_outcome", args=[mail.pk]), given)
    assert answer.status_code == 400
    assert sentence in str(answer.context["form"].errors[field])
    assert not Outcome.objects.exists()


def test_a_fourth_attempt_is_refused_with_its_article_and_the_way_out(client, cast, mail):
    enter(client, cast.clerk)
    for hour in (7, 8, 9):
        try_it(cast, mail, 2026, 6, 24, hour)
    assert reverse("service_attempt", args=[mail.pk]) not in shown(
        client, "service_detail", mail.pk
    )
    tried = {"day": "2026-06-24", "time": "09:30", "result": "nobody"}
    answer = client.post(reverse("service_attempt", args=[mail.pk]), tried)
    assert answer.status_code == 409
    assert "choose another method of service" in answer.content.decode()


@pytest.mark.norm("C153")
def test_without_a_form_the_fallback_address_is_shown_and_asked_for(client, cast, issued, party):
    enter(client, cast.clerk)
    person = party_of(cast, issued.case, kind="person", name="张三")
    address = reverse("service_create", args=[issued.pk])
    page = client.get(address, {"method": "postal"}).content.decode()
    assert page.count("No address-confirmation form.") == issued.case.parties.count()
    assert "household registration or the habitual residence" in page
    sent = {"method": "postal", "addressee": "party", "started_on": "2026-06-24"}
    refused = client.post(address, sent | {"party": person.pk})
    assert refused.status_code == 400
    assert "gave no address-confirmation form" in str(refused.context["form"].errors["address"])
    typed = sent | {"party": person.pk, "address": "江州市某街道2号"}
    for basis in ("", "registered_office", "confirmed"):
        refused = client.post(address, typed | {"address_basis": basis})
        assert "Household registration" in str(refused.context["form"].errors["address_basis"])
    assert client.post(address, typed | {"address_basis": "household"}).status_code == 302
    entity = typed | {"party": party.pk, "address_basis": "registered_office"}
    assert client.post(address, entity).status_code == 302


@pytest.mark.parametrize("method", Service._meta.get_field("method").choices)
def test_every_method_has_its_form_in_both_languages(client, cast, issued, party, method):
    for language in ("en", "zh-hans"):
        enter(client, cast.clerk, language)
        answer = client.get(reverse("service_create", args=[issued.pk]), {"method": method[0]})
        assert answer.status_code == 200


ENDINGS = [
    ("direct", ["served", "refused", "returned", "misdelivered"]),
    ("electronic", ["served", "returned"]),
    ("public_notice", ["served", "returned"]),
]


@pytest.mark.parametrize(("method", "offered"), ENDINGS)
def test_an_outcome_is_offered_only_where_the_method_can_end_so(
    cast, issued, party, method, offered
):
    confirm(cast, party, electronic_consent=True, electronic_address="legal@example.cn")
    service = send(cast, issued, method=method, party=party)
    assert [value for value, _label in OutcomeForm(service=service)["result"].field.choices] == (
        offered
    )
    tried = [value for value, _label in AttemptForm(service=service)["result"].field.choices]
    notice = method == "public_notice"
    assert tried == (
        ["published", "other"] if notice else ["nobody", "not_found", "refused", "other"]
    )


def test_what_is_not_issued_has_no_page_of_service(client, cast, decision):
    enter(client, cast.clerk)
    answer = client.get(reverse("service_create", args=[decision.pk]), follow=True)
    assert answer.redirect_chain == [(decision.get_absolute_url(), 302)]
    assert "Only a finished document is served" in answer.content.decode()


def test_a_court_is_asked_for_by_its_name_alone(client, cast, issued):
    enter(client, cast.clerk)
    address = reverse("service_create", args=[issued.pk])
    page = client.get(address, {"method": "court"}).content.decode()
    assert 'name="party"' not in page
    given = {"method": "court", "addressee": "court", "name": "杭州互联网法院"}
    client.post(address, given | {"started_on": "2026-06-24"})
    assert Service.objects.get().name == "杭州互联网法院"


def test_the_receipt_of_a_refusal_bears_its_day_beside_no_signature(cast, mail):
    with on(2026, 6, 24, 12):
        end(cast, mail, "refused")
    told_of = told(mail, with_address=True)
    assert (told_of.result, told_of.received_on) == ("拒收，2026年6月24日", None)


def test_a_notice_tells_when_it_will_count(client, cast, issued, party):
    notice = send(cast, issued, method="public_notice", party=party)
    enter(client, cast.clerk)
    assert "Enter first when the notice was published." in shown(
        client, "service_detail", notice.pk
    )
    try_it(cast, notice, 2026, 6, 24, 9, result="published", note="公告网")
    assert "2026-07-24" in shown(client, "service_detail", notice.pk)


# --- the receipt ----------------------------------------------------------------------------------


@pytest.mark.norm("C122")
@pytest.mark.norm("C128")
def test_the_receipt_prints_what_is_recorded_and_the_participant_with_his_role(
    client, cast, issued, party
):
    service = send(cast, issued, party=party, address=ADDRESS, address_basis="registered_office")
    said = {"declared": True, "participant_name": "孙某", "participant_role": "人民监督员"}
    end(cast, service, **said)
    enter(client, cast.clerk)
    answer = client.get(reverse("service_receipt", args=[service.pk]))
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(answer.content)).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    for said_there in ("送达回证", issued.number, "某科技有限公司", "孙某（人民监督员）", ADDRESS):
        assert said_there in text
    enter(client, cast.head)
    other = client.get(reverse("service_receipt", args=[service.pk]))
    seen = "".join(page.extract_text() for page in PdfReader(BytesIO(other.content)).pages)
    assert "文一路" not in "".join(seen.split())


def test_express_mail_has_a_receipt_of_its_own_with_every_attempt(cast, mail):
    try_it(cast, mail, 2026, 6, 24, 9, note="电话无人接听")
    receipt = receipt_of(mail, with_address=True)
    assert receipt.name == "检察专递回执"
    assert "2026-06-24 09:00" in str(receipt)
    assert "电话无人接听" in str(receipt)


# --- who sees what --------------------------------------------------------------------------------

PAGES = ("service_detail", "service_attempt", "service_outcome", "service_receipt")


@pytest.mark.norm("C131")
def test_who_does_not_see_the_case_finds_no_service(client, cast, case, mail):
    stand_aside(cast, case, cast.assistant)
    for person in (cast.stranger, cast.assistant, cast.auditor):
        enter(client, person)
        addresses = [reverse(name, args=[mail.pk]) for name in PAGES]
        addresses += [reverse("service_create", args=[mail.document_id])]
        addresses += [reverse("service_list", args=[case.key])]
        addresses += [reverse("party_addresses", args=[case.key, mail.party_id])]
        for address in addresses:
            assert client.get(address).status_code == 404, (person.name, address)
            assert client.post(address).status_code in (404, 405), (person.name, address)


@pytest.mark.norm("C153")
def test_only_the_team_sees_addresses(client, cast, case, mail):
    form = AddressConfirmation.objects.get()
    pages = [
        reverse("party_addresses", args=[case.key, mail.party_id]),
        reverse("party_address_file", args=[case.key, mail.party_id, form.pk]),
    ]
    for person in (cast.head, cast.chief):
        enter(client, person)
        assert ADDRESS not in shown(client, "service_detail", mail.pk)
        assert "Shown to the handling team only." in shown(client, "service_detail", mail.pk)
        assert [client.get(page).status_code for page in pages] == [404, 404]
        assert pages[0] not in shown(client, "case_parties", case.key)
    enter(client, cast.clerk)
    assert pages[0] in shown(client, "case_parties", case.key)
    assert ADDRESS in client.get(pages[0]).content.decode()
    assert b"".join(client.get(pages[1]).streaming_content).startswith(b"%PDF")
    for action in ("address.viewed", "address.downloaded"):
        assert AuditEvent.objects.filter(action=action, case_id=case.pk).count() == 1
    recorded = AuditEvent.objects.filter(case_id=case.pk).values_list("canonical", flat=True)
    assert ADDRESS not in "".join(bytes(entry).decode() for entry in recorded)
    assert not case.attachments.filter(name=form.file_name).exists()


@pytest.mark.norm("C153")
def test_the_latest_form_stands_and_the_one_before_is_kept(client, cast, case, party):
    enter(client, cast.clerk)
    address = reverse("party_addresses", args=[case.key, party.pk])
    assert "registered office" in shown(client, "party_addresses", case.key, party.pk)
    confirm(cast, party)
    given = {"confirmed_on": "2026-06-24", "address": "新址3号", "file": upload("新.pdf")}
    assert client.post(address, given).status_code == 302
    page = shown(client, "party_addresses", case.key, party.pk)
    assert page.index("新址3号") < page.index(ADDRESS)
    for wrong, field in (
        ({"confirmed_on": "2026-06-25"}, "confirmed_on"),
        ({"electronic_consent": "on"}, "electronic_address"),
        ({"address": ""}, "address"),
    ):
        refused = client.post(address, given | {"file": upload("x.pdf")} | wrong)
        assert (refused.status_code, set(refused.context["form"].errors)) == (400, {field})
    assert AddressConfirmation.objects.count() == 2


def test_the_head_reads_but_serves_nothing(client, cast, issued, mail):
    enter(client, cast.head)
    assert shown(client, "service_detail", mail.pk)
    assert reverse("service_outcome", args=[mail.pk]) not in shown(
        client, "service_detail", mail.pk
    )
    for address in (
        reverse("service_create", args=[issued.pk]),
        reverse("service_attempt", args=[mail.pk]),
        reverse("service_outcome", args=[mail.pk]),
    ):
        assert client.get(address).status_code == 409
        assert client.post(address).status_code == 409


def test_a_service_without_an_outcome_waits_for_the_team(cast, case, mail):
    def waiting(person):
        return [item.link for item in inbox["services"](person)]

    for person in (cast.handler, cast.clerk):
        assert waiting(person) == [mail.get_absolute_url()]
    for person in (cast.head, cast.colleague, cast.stranger):
        assert waiting(person) == []
    end(cast, mail, "returned")
    assert waiting(cast.clerk) == []


def test_the_case_page_shows_first_what_is_under_way(cast, case, issued, mail):
    ended = [send(cast, issued, name=name) for name in ("甲", "乙")]
    for service in ended:
        end(cast, service)
    shown_first = panels["services"].context(case, cast.head)["services"]
    assert shown_first == [mail, ended[1], ended[0]]
    assert panels["services"].context(case, cast.stranger)["services"] == []


def test_more_services_cost_no_more_queries(client, cast, case, issued, party):
    enter(client, cast.clerk)
    pages = [
        reverse("service_list", args=[case.key]),
        reverse("home"),
        reverse("case_detail", args=[case.key]),
    ]

    def queries(page) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page).status_code == 200
        return len(captured)

    def serve(name: str) -> None:
        first = send(cast, issued, name=name)
        try_it(cast, first, 2026, 6, 24, 9)
        end(cast, first)
        send(cast, issued, name=f"{name}二")

    serve("某区网信办")
    for page in pages:
        queries(page)  # what is loaded once
    before = [queries(page) for page in pages]
    serve("某市网信办")
    serve("某省网信办")
    assert [queries(page) for page in pages] == before


def test_the_list_is_narrowed_by_state_and_method(client, cast, case, issued, mail):
    served = send(cast, issued, name="某区网信办")
    end(cast, served)
    enter(client, cast.clerk)
    address = reverse("service_list", args=[case.key])
    for query, expected in (
        ({"state": "under_way"}, [mail]),
        ({"state": "served"}, [served]),
        ({"state": "failed"}, []),
        ({"method": "postal"}, [mail]),
        ({}, [served, mail]),
    ):
        assert list(client.get(address, query).context["page"].items) == expected
    assert client.get(address, {"state": "lost"}).status_code == 400


# --- programs -------------------------------------------------------------------------------------


@pytest.mark.norm("C128")
def test_a_program_serves_a_document(cast, case, issued, party):
    confirm(cast, party)
    program = program_of(cast.clerk)
    sent = {"document": issued.pk, "method": "postal", "addressee": "party", "party": party.pk}
    answer = program.send("services/", sent | {"started_on": "2026-06-24"})
    assert answer.status_code == 201, answer.content
    place = f"services/{answer.json()['id']}/"
    tried = {"at": "2026-06-24T09:00:00+08:00", "result": "nobody"}
    assert len(program.send(f"{place}attempts/", tried).json()["attempts"]) == 1
    ended = {"result": "served", "day": "2026-06-24", "receiver": "agent"}
    refused = program.send(f"{place}outcome/", ended, format="multipart")
    assert (refused.status_code, set(refused.json()["errors"])) == (400, {"proof"})
    ended |= {"receiver_name": "王律师", "proof": upload("回执.pdf")}
    answer = program.send(f"{place}outcome/", ended, format="multipart")
    assert answer.status_code == 200, answer.content
    told = answer.json()
    assert (told["served"], told["outcome"]["day"]) == (True, "2026-06-24")
    assert told["outcome"]["event"] == case.events.get(kind="document_served").pk
    assert "address" not in told
    rows = program.ask("services/", matter=case.key, state="served")["results"]
    assert [row["id"] for row in rows] == [told["id"]]
    again = program.send(f"{place}outcome/", ended | {"proof": upload()}, format="multipart")
    assert (again.status_code, again.json()["code"]) == (409, "service_ended")


@pytest.mark.norm("C129")
def test_a_program_hears_that_consent_is_missing(cast, issued, party):
    sent = {"document": issued.pk, "method": "electronic", "addressee": "party"}
    sent |= {"party": party.pk, "address": "a@example.cn", "started_on": "2026-06-24"}
    answer = program_of(cast.clerk).send("services/", sent)
    assert (answer.status_code, answer.json()["law"]) == (400, "CPL 90; ONLINE 29-31")


def test_no_program_states_author_event_or_outcome_of_its_own(cast, issued, party):
    program = program_of(cast.clerk)
    hostile = dict.fromkeys(("started_by", "recorded_by", "event", "id"), cast.stranger.pk)
    sent = {"document": issued.pk, "method": "direct", "addressee": "party", "party": party.pk}
    answer = program.send("services/", hostile | sent | {"started_on": "2026-06-24"})
    service = Service.objects.get()
    assert (service.started_by, answer.json()["served"]) == (cast.clerk, False)
    ended = {"result": "served", "day": "2026-06-24", "receiver": "addressee"}
    ended |= {"receiver_name": "张某", "proof": upload(), "number": 9}
    program.send(f"services/{service.pk}/outcome/", hostile | ended, format="multipart")
    assert Outcome.objects.get().recorded_by == cast.clerk


def test_a_program_of_somebody_else_finds_nothing(cast, case, issued, mail):
    for person in (cast.stranger, cast.colleague, cast.auditor):
        program = program_of(person)
        assert program.ask("services/")["results"] == []
        assert program.get(f"/api/v1/services/{mail.pk}/").status_code == 404
        for part in ("attempts/", "outcome/"):
            assert program.send(f"services/{mail.pk}/{part}", {}).status_code == 404
        sent = {"document": issued.pk, "method": "direct", "addressee": "body", "name": "x"}
        assert program.send("services/", sent | {"started_on": "2026-06-24"}).status_code == 404


@pytest.mark.norm("C153")
def test_a_program_of_the_team_alone_reads_address_forms(cast, case, party):
    given = {"case": case.key, "party": party.pk, "confirmed_on": "2026-06-24"}
    given |= {"address": ADDRESS}
    program = program_of(cast.clerk)
    kept = program.send("address-confirmations/", given | {"file": upload()}, format="multipart")
    assert kept.status_code == 201, kept.content
    rows = program.ask("address-confirmations/", case=case.key)["results"]
    assert [(row["address"], row["stands"]) for row in rows] == [(ADDRESS, True)]
    file = program.get(f"/api/v1/address-confirmations/{rows[0]['id']}/file/")
    assert b"".join(file.streaming_content).startswith(b"%PDF")
    assert AuditEvent.objects.filter(action="address.viewed").count() == 1
    for person in (cast.head, cast.chief, cast.stranger):
        program = program_of(person)
        assert program.ask("address-confirmations/")["results"] == []
        place = f"/api/v1/address-confirmations/{rows[0]['id']}/file/"
        assert program.get(place).status_code == 404
        sent = given | {"file": upload()}
        assert program.send("address-confirmations/", sent, format="multipart").status_code == 404
