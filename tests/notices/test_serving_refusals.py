"""Bad input of service: each is refused with a sentence and the way out, and nothing is kept (CPL 87-95)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from audit.errors import Conflict, Invalid
from notices import services as notices
from notices.models import Document, Outcome, Service
from notices.serving import services
from notices.serving.receipt import receipt_of
from notices.serving.services import Ending, Sending
from notices.serving.splitting.services import start_services
from tests.notices.matters import issue, upload
from tests.notices.serving import SENT, confirm, end, party_of, send, try_it
from tests.support.api import program_of
from tests.support.days import on

pytestmark = pytest.mark.django_db


@pytest.fixture
def issued(cast, decision):
    return issue(cast, decision)


@pytest.fixture
def party(cast, case):
    return party_of(cast, case)


def refusal(act, kind=Invalid):
    with pytest.raises(kind) as refused:
        act()
    return refused.value


WRONG = [
    ({"party": ""}, "party", "Choose a party of this case."),
    ({"addressee": "body", "party": ""}, "name", "Name the body, court or office it goes to."),
    ({"started_on": "2026-06-25"}, "started_on", "Enter the day on which it really happened."),
    ({"started_on": "2026-06-23"}, "started_on", "or correct the document if its day is wrong."),
]


@pytest.mark.parametrize(("changes", "field", "sentence"), WRONG)
def test_a_missing_addressee_or_an_impossible_day_of_sending_is_refused_at_its_field(
    client, cast, issued, party, changes, field, sentence
):
    cast.clerk.language = "en"
    cast.clerk.save()
    client.force_login(cast.clerk)
    sent = {"method": "direct", "addressee": "party", "party": party.pk, "started_on": "2026-06-24"}
    answer = client.post(reverse("service_create", args=[issued.pk]), sent | changes)
    assert answer.status_code == 400
    assert sentence in str(answer.context["form"].errors[field])
    assert not Service.objects.exists()


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 6, 25), "This day lies in the future. Enter the day on which it really"),
        (date(2026, 6, 23), "It cannot have been before 2026-06-24."),
    ],
    ids=["future", "before the issue"],
)
def test_a_receipt_is_neither_of_tomorrow_nor_older_than_the_document(
    cast, issued, party, day, sentence
):
    service = send(cast, issued, party=party)
    refused = refusal(lambda: end(cast, service, day=day))
    assert sentence in str(refused.errors["day"][0])
    assert not Outcome.objects.exists()


@pytest.mark.norm("C159")
def test_a_served_document_is_corrected_and_never_declared_void(cast, issued, party):
    service = send(cast, issued, party=party)
    end(cast, service)
    refused = refusal(
        lambda: notices.void_document(actor=cast.handler, document=issued, reason="打印错误"),
        Conflict,
    )
    assert (refused.code, refused.law) == ("served_already", "CPL 86; CSR 129")
    assert "Correct it by a new version, and serve that." in str(refused.message)
    assert Document.objects.get(pk=issued.pk).status == "issued"
    assert notices.correct_document(actor=cast.handler, document=issued, reason="笔误").corrects


@pytest.mark.norm("C159")
def test_a_document_on_its_way_is_not_declared_void_before_that_has_ended(cast, issued, party):
    service = send(cast, issued, party=party)

    def void():
        return notices.void_document(actor=cast.handler, document=issued, reason="打印错误")

    assert refusal(void, Conflict).code == "service_under_way"
    end(cast, service, "returned")
    assert void().status == "void"


@pytest.mark.norm("C159")
def test_the_database_keeps_a_served_document_in_force(cast, issued, party):
    end(cast, send(cast, issued, party=party))
    change = "UPDATE notices_document SET status = 'void', void_reason = 'x', voided_at = now()"
    with (
        pytest.raises(DatabaseError, match="is corrected, never void"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"{change} WHERE id = {issued.pk}")


def test_the_page_offers_no_voiding_of_what_is_served_and_refuses_it(client, cast, issued, party):
    end(cast, send(cast, issued, party=party))
    cast.handler.language = "en"
    cast.handler.save()
    client.force_login(cast.handler)
    address = reverse("document_void", args=[issued.pk])
    shown = client.get(reverse("document_detail", args=[issued.pk])).content.decode()
    assert address not in shown
    assert reverse("document_correct", args=[issued.pk]) in shown
    answer = client.post(address, {"reason": "打印错误"})
    assert answer.status_code == 409
    assert "Correct it by a new version" in answer.content.decode()


@pytest.mark.norm("C128")
def test_a_document_is_left_only_after_its_receipt_was_refused(cast, issued, party):
    left = send(cast, issued, method="leave_in", party=party)
    refused = refusal(lambda: end(cast, left, witnesses="居委会王某"))
    assert "only after its receipt was refused" in str(refused.errors["result"][0])
    try_it(cast, left, 2026, 6, 24, 9, result="refused", note="拒绝签收")
    unseen = refusal(lambda: end(cast, left))
    assert "Name the witnesses, or upload the photo or video" in str(unseen.errors["witnesses"][0])
    assert end(cast, left, recording=upload("留置.mp4", b"video")).result == "served"


@pytest.mark.norm("C128")
def test_a_refusal_of_direct_service_lets_the_same_document_be_left_in(cast, case, issued, party):
    end(cast, send(cast, issued, party=party), "refused", reason="拒绝签收")
    left = send(cast, issued, method="leave_in", party=party)
    end(cast, left, witnesses="居委会王某、民警赵某")
    assert case.events.get(kind="document_served").legal_day == SENT
    other = send(cast, issued, method="leave_in", name="某区网信办")
    assert refusal(lambda: end(cast, other, witnesses="王某")).law == "CPL 87-95; Rules 76"


@pytest.mark.norm("C128")
def test_a_public_notice_says_why_no_other_way_remains_where_it_stood_and_has_its_proof(
    cast, issued, party
):
    unstated = refusal(lambda: send(cast, issued, method="public_notice", party=party, ground=" "))
    assert (set(unstated.errors), unstated.law) == ({"ground"}, "CPL 95")
    assert not Service.objects.exists()
    notice = send(cast, issued, method="public_notice", party=party)
    nowhere = refusal(lambda: try_it(cast, notice, 2026, 6, 24, 9, result="published"))
    assert set(nowhere.errors) == {"note"}
    try_it(cast, notice, 2026, 6, 24, 9, result="published", note="人民法院公告网")
    with on(2026, 7, 24):
        assert set(refusal(lambda: end(cast, notice, day=None, proof=None)).errors) == {"proof"}


@pytest.mark.norm("C128")
def test_a_refusal_in_person_has_witnesses_or_a_photograph_and_the_receipt_says_so(
    cast, issued, party
):
    service = send(cast, issued, party=party)
    unseen = refusal(lambda: end(cast, service, "refused", witnesses=" "))
    assert (set(unseen.errors), unseen.law) == ({"witnesses"}, "CPL 87-95; Rules 76")
    assert not Outcome.objects.exists()
    outcome = end(cast, service, "refused", witnesses="", recording=upload("拒收.jpg", b"photo"))
    assert set(outcome.event.proofs.all()) == {outcome.proof, outcome.recording}
    service.refresh_from_db()
    assert f"附件第{outcome.recording_id}号" in str(receipt_of(service, with_address=False))
    other = send(cast, issued, name="某区网信办")
    assert end(cast, other, "refused").witnesses == "居委会王某"


@pytest.mark.norm("C128")
@pytest.mark.parametrize("result", ["refused", "misdelivered"])
@pytest.mark.parametrize("method", ["electronic", "public_notice"])
def test_a_service_ends_only_as_its_method_can(cast, issued, party, method, result):
    confirm(cast, party, electronic_consent=True, electronic_address="a@example.cn")
    service = send(cast, issued, method=method, party=party)
    ended = refusal(lambda: end(cast, service, result))
    assert set(ended.errors) == {"result"}
    facts = {"result": result, "day": "2026-06-24", "reason": "x", "proof": upload()}
    address = reverse("service-outcome", args=[service.pk])
    answer = program_of(cast.handler).post(address, facts, format="multipart")
    assert answer.status_code == 400
    assert "does not come to that" in answer.data["errors"]["result"][0]
    assert not Outcome.objects.exists()


def test_only_a_notice_is_published_and_a_notice_meets_nobody(cast, issued, party):
    direct = send(cast, issued, party=party)
    published = {"result": "published", "note": "人民法院报"}
    wrong = refusal(lambda: try_it(cast, direct, 2026, 6, 24, 9, **published))
    assert set(wrong.errors) == {"result"}
    end(cast, direct, "refused")
    notice = send(cast, issued, party=party, method="public_notice")
    assert set(refusal(lambda: try_it(cast, notice, 2026, 6, 24, 9)).errors) == {"result"}
    try_it(cast, notice, 2026, 6, 24, 9, **published)


def test_a_refusal_the_courier_notes_needs_no_witness_of_the_office(cast, issued, party):
    confirm(cast, party)
    mail = send(cast, issued, method="postal", party=party)
    assert end(cast, mail, "refused", witnesses="").result == "refused"


UNPRINTABLE = "湖滨路\u202e1号"


def test_what_no_receipt_could_print_is_refused_before_it_stays(cast, issued, party):
    sentence = "After “湖滨路” the character (U+202E) is an invisible"
    sent = refusal(lambda: send(cast, issued, party=party, address=UNPRINTABLE))
    assert sentence in sent.errors["address"][0]
    kept = refusal(lambda: confirm(cast, party, recipient=UNPRINTABLE))
    assert sentence in kept.errors["recipient"][0]
    service = send(cast, issued, party=party)
    with on(2026, 6, 24, 12):
        tried = refusal(lambda: try_it(cast, service, 2026, 6, 24, 11, note=UNPRINTABLE))
        ended = refusal(lambda: end(cast, service, "refused", reason=UNPRINTABLE))
    assert sentence in tried.errors["note"][0]
    assert sentence in ended.errors["reason"][0]
    assert not service.attempts.exists()
    assert not Outcome.objects.exists()


# --- express mail ---------------------------------------------------------------------------------


@pytest.fixture
def mail(cast, issued, party):
    confirm(cast, party)
    return send(cast, issued, method="postal", party=party)


def back(cast, service, result="returned", **stated):
    given = {"proof": upload("退回.pdf"), "day": date(2026, 6, 24), "reason": "无人签收"}
    ending = Ending(result=result, **given | stated)
    return services.record_outcome(actor=cast.handler, service=service, ending=ending)


@pytest.mark.norm("C128")
def test_express_mail_does_not_come_back_without_an_attempt(cast, mail):
    with pytest.raises(Invalid) as refused:
        back(cast, mail)
    (sentence,) = refused.value.errors["result"]
    assert "Enter them first, as attempts" in str(sentence)
    assert refused.value.law == "EMS 6, 8"
    assert not Outcome.objects.exists()
    try_it(cast, mail, 2026, 6, 24, 9)
    assert back(cast, mail).result == "returned"


@pytest.mark.norm("C128")
def test_what_the_addressee_refused_comes_back_at_once_and_another_way_has_no_attempts(
    cast, issued, mail
):
    assert back(cast, mail, "refused", reason="拒收").result == "refused"
    direct = send(cast, issued, name="某区网信办")
    assert back(cast, direct, reason="查无此人").result == "returned"


@pytest.mark.norm("C128")
def test_express_mail_that_comes_back_sooner_than_the_law_says_is_warned_of(client, cast, mail):
    program = program_of(cast.handler)
    client.force_login(cast.handler)
    try_it(cast, mail, 2026, 6, 24, 8)
    sentence = "no contact by telephone; entered: 1. Where it came back sooner"
    for address in (reverse("service_outcome", args=[mail.pk]), mail.get_absolute_url()):
        shown = sentence in client.get(address).content.decode()
        assert shown == address.endswith("/outcome/")
    assert sentence in program.ask(f"services/{mail.pk}/")["caution"]
    back(cast, mail, reason="原址拆迁")
    assert sentence in client.get(mail.get_absolute_url()).content.decode()


@pytest.mark.norm("C128")
@pytest.mark.parametrize("tries", [("nobody", "nobody", "nobody"), ("refused",)])
def test_three_attempts_or_a_refusal_need_no_warning(cast, mail, tries):
    for hour, result in enumerate(tries, start=7):
        try_it(cast, mail, 2026, 6, 24, hour, result=result)
    back(cast, mail)
    assert program_of(cast.handler).ask(f"services/{mail.pk}/")["caution"] == ""


def test_what_was_served_or_goes_another_way_is_not_warned_of(cast, issued, mail):
    end(cast, mail)
    direct = send(cast, issued, name="某区网信办")
    program = program_of(cast.handler)
    for service in (mail, direct):
        assert program.ask(f"services/{service.pk}/")["caution"] == ""


@pytest.mark.norm("C128")
def test_a_party_without_domicile_in_the_prc_gets_no_express_mail_whoever_chooses_it(
    client, cast, case, issued
):
    facts = {"name": "某境外公司", "domicile_abroad": True, "no_code_reason": "境外公司"}
    abroad = party_of(cast, case, **facts)
    confirm(cast, abroad)
    with pytest.raises(Invalid) as refused:
        send(cast, issued, method="postal", party=abroad)
    assert (set(refused.value.errors), refused.value.law) == ({"method"}, "EMS 1")
    assert "Choose another method, or correct the domicile" in str(refused.value.message)
    several = [Sending("postal", "party", date(2026, 6, 24), party=abroad)]
    with pytest.raises(Invalid) as refused:
        start_services(actor=cast.clerk, document=issued, sendings=several)
    assert set(refused.value.errors) == {"sendings.0.method"}
    cast.clerk.language = "en"
    cast.clerk.save()
    client.force_login(cast.clerk)
    given = {
        "method": "postal",
        "addressee": "party",
        "party": abroad.pk,
        "started_on": "2026-06-24",
    }
    answer = client.post(reverse("service_create", args=[issued.pk]), given)
    assert answer.status_code == 400
    assert "has no domicile in the PRC" in answer.content.decode()
    assert not issued.served.exists()
    assert send(cast, issued, party=abroad).method == "direct"
