"""Service of process: only valid service starts a period (CPL 87-95; EMS 6-10; norms C128, C129, C122)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from audit.errors import Conflict, Invalid, NotPermitted
from audit.models import AuditEvent
from cases.models import Event
from cases.services.corrections import correct_event
from deadlines.models import Deadline
from notices import services as notices
from notices.models import Attempt, Outcome, Service
from notices.serving import services
from notices.serving.services import Ending
from tests.notices.matters import filed_case, issue, upload
from tests.notices.serving import SENT, confirm, end, party_of, send, try_it
from tests.support.days import on
from tests.support.matters import happen, paper

pytestmark = pytest.mark.django_db
SIX = ("addressee", "guardian", "entity_staff", "agent", "designated", "family")


@pytest.fixture
def issued(cast, decision):
    return issue(cast, decision)


@pytest.fixture
def party(cast, case):
    return party_of(cast, case)


@pytest.fixture
def mail(cast, issued, party):
    """Express mail handed over on Wednesday, 24 June 2026."""
    confirm(cast, party)
    return send(cast, issued, method="postal", party=party)


def refusal(act, kind=Invalid):
    with pytest.raises(kind) as refused:
        act()
    return refused.value


# --- what counts as service -----------------------------------------------------------------------


@pytest.mark.norm("C128")
def test_valid_service_is_an_event_of_its_day_with_its_proof(cast, case, mail):
    with on(2026, 6, 26):
        outcome = end(cast, mail, day=date(2026, 6, 25))
    event = case.events.get(kind="document_served")
    assert outcome.event == event
    assert event.legal_day == date(2026, 6, 25)
    assert event.proofs.get() == outcome.proof
    assert event.facts["service"] == mail.pk
    assert event.facts["receiver"] == "entity_staff"
    assert "某科技有限公司" in event.reason
    assert "前台李某" not in str(event.facts)
    recorded = AuditEvent.objects.filter(action="event.document_served")
    assert recorded.get().case_id == case.pk


@pytest.mark.norm("C128")
@pytest.mark.parametrize("receiver", SIX)
def test_express_mail_is_served_when_one_of_the_six_signs(cast, mail, receiver):
    assert end(cast, mail, receiver=receiver).result == "served"


@pytest.mark.norm("C128")
@pytest.mark.parametrize("receiver", ["", "other"])
def test_nobody_else_receives_express_mail(cast, case, mail, receiver):
    refused = refusal(lambda: end(cast, mail, receiver=receiver))
    assert set(refused.errors) == {"receiver"}
    assert refused.law == "EMS 9"
    assert not case.events.filter(kind="document_served").exists()


@pytest.mark.norm("C128")
def test_the_opposing_party_in_the_household_receives_nothing(cast, case, mail):
    signed = {"receiver": "family", "receiver_opposes": True, "receiver_name": "张某"}
    refused = refusal(lambda: end(cast, mail, **signed))
    assert refused.law == "EMS 7, 9"
    outcome = end(cast, mail, "misdelivered", **signed)
    assert outcome.event.kind == "service_failed"
    assert not case.events.filter(kind="document_served").exists()


@pytest.mark.norm("C128")
@pytest.mark.parametrize("result", ["refused", "returned", "misdelivered"])
def test_a_refused_or_returned_item_keeps_the_period_unstarted(cast, case, issued, mail, result):
    end(cast, mail, result)
    assert not Deadline.objects.filter(case=case, rule="P-72").exists()
    assert case.events.get(kind="service_failed").facts["result"] == result
    again = send(cast, issued, method="postal", party=mail.party)
    end(cast, again, day=SENT)
    period = Deadline.objects.get(case=case, rule="P-72")
    # 24 June 2026 and three days; 27 June is a Saturday.
    assert (period.start_day, period.nominal_day) == (SENT, date(2026, 6, 27))
    assert period.effective_day == date(2026, 6, 29)


@pytest.mark.norm("C128")
def test_who_signs_for_himself_has_nothing_to_send_back(cast, case, mail):
    end(cast, mail, receiver="addressee")
    assert not Deadline.objects.filter(case=case, rule="P-72").exists()


@pytest.mark.norm("C128")
@pytest.mark.parametrize("result", ["served", "refused", "returned", "misdelivered"])
def test_no_outcome_is_kept_without_its_proof(cast, mail, result):
    refused = refusal(lambda: end(cast, mail, result, proof=None))
    assert set(refused.errors) == {"proof"}
    assert not Outcome.objects.exists()


@pytest.mark.norm("C128")
@pytest.mark.parametrize("result", ["refused", "returned", "misdelivered"])
def test_a_failed_service_says_why(cast, mail, result):
    assert set(refusal(lambda: end(cast, mail, result, reason=" ")).errors) == {"reason"}


@pytest.mark.parametrize(
    "day", [date(2026, 6, 23), date(2026, 6, 25), None], ids=["before", "future", "none"]
)
def test_the_day_of_an_outcome_lies_between_the_sending_and_today(cast, mail, day):
    assert set(refusal(lambda: end(cast, mail, day=day)).errors) == {"day"}


def test_a_service_ends_once(cast, mail):
    end(cast, mail, "returned")
    refused = refusal(lambda: end(cast, mail), Conflict)
    assert refused.code == "service_ended"
    assert refusal(lambda: try_it(cast, mail, 2026, 6, 24, 9), Conflict).code == "service_ended"


# --- each method ----------------------------------------------------------------------------------


@pytest.mark.norm("C128")
def test_leaving_it_counts_only_before_witnesses_or_a_camera(cast, issued, party):
    left = send(cast, issued, method="leave_in", party=party)
    try_it(cast, left, 2026, 6, 24, 9, result="refused")
    assert refusal(lambda: end(cast, left)).law == "CPL 87-95; Rules 76"
    assert end(cast, left, witnesses="居委会王某、赵某").result == "served"


@pytest.mark.norm("C128")
def test_a_video_proves_leaving_it_without_witnesses(cast, issued, party):
    left = send(cast, issued, method="leave_in", party=party)
    try_it(cast, left, 2026, 6, 24, 9, result="refused")
    outcome = end(cast, left, recording=upload("留置.mp4", b"video"))
    assert outcome.recording.name == "留置.mp4"
    assert set(outcome.event.proofs.all()) == {outcome.proof, outcome.recording}


@pytest.mark.norm("C128")
@pytest.mark.norm("C129")
def test_electronic_service_without_consent_is_blocked(cast, issued, party):
    sent = {"method": "electronic", "party": party, "address": "a@example.cn"}
    refused = refusal(lambda: send(cast, issued, **sent))
    assert set(refused.errors) == {"consent"}
    assert refused.law == "CPL 90; ONLINE 29-31"
    assert not Service.objects.exists()


@pytest.mark.norm("C129")
def test_consent_comes_before_the_sending(cast, issued, party):
    consent = {"consent": upload("同意书.pdf"), "consent_on": date(2026, 6, 24)}
    with on(2026, 6, 25):
        sent = {"method": "electronic", "party": party, "address": "a@example.cn"}
        late = {"consent_on": date(2026, 6, 25)}
        assert set(refusal(lambda: send(cast, issued, **sent | consent | late)).errors) == {
            "consent_on"
        }
        service = send(cast, issued, **sent | consent | {"started_on": date(2026, 6, 25)})
    assert (service.consent_on, service.consent.name) == (date(2026, 6, 24), "同意书.pdf")


@pytest.mark.norm("C129")
def test_the_consent_of_the_address_form_is_enough(cast, issued, party):
    confirm(cast, party)
    sent = {"method": "electronic", "party": party}
    assert set(refusal(lambda: send(cast, issued, **sent)).errors) == {"consent"}
    form = confirm(cast, party, electronic_consent=True, electronic_address="a@example.cn")
    service = send(cast, issued, **sent)
    assert (service.confirmation, service.address) == (form, "a@example.cn")
    assert end(cast, service).event.legal_day == SENT


@pytest.mark.norm("C128")
def test_a_public_notice_counts_at_the_end_of_thirty_days(cast, issued, party):
    notice = send(cast, issued, method="public_notice", party=party)
    refused = refusal(lambda: end(cast, notice))
    assert "when the notice was published" in str(refused.message)
    try_it(cast, notice, 2026, 6, 24, 9, result="published", note="人民法院公告网")
    with on(2026, 7, 23):
        early = refusal(lambda: end(cast, notice, day=None))
        assert (set(early.errors), early.law) == ({"result"}, "CPL 95")
        assert "counts as service only on 2026-07-24" in str(early.message)
    with on(2026, 7, 24):
        outcome = end(cast, notice, day=None)
    assert outcome.event.legal_day == date(2026, 7, 24)


@pytest.mark.norm("C128")
def test_only_a_court_takes_a_document_against_its_receipt(cast, issued):
    sent = {"method": "court", "name": "杭州互联网法院"}
    assert set(refusal(lambda: send(cast, issued, **sent)).errors) == {"addressee"}
    service = send(cast, issued, **sent, addressee="court")
    assert end(cast, service).result == "served"


@pytest.mark.parametrize("method", ["commissioned", "transfer"])
def test_who_serves_it_for_the_office_is_named(cast, issued, party, method):
    assert set(refusal(lambda: send(cast, issued, method=method, party=party)).errors) == {
        "through"
    }
    assert send(cast, issued, method=method, party=party, through="某看守所").through == "某看守所"


@pytest.mark.norm("C122")
def test_a_declaration_before_a_peoples_supervisor_names_him_with_his_role(cast, issued, party):
    service = send(cast, issued, party=party)
    said = {"declared": True, "participant_name": "孙某", "participant_role": "人民监督员"}
    for wrong, field in (
        ({"participant_role": ""}, "participant_role"),
        ({"participant_name": ""}, "participant_name"),
        ({"declared": False}, "declared"),
    ):
        refused = refusal(lambda wrong=wrong: end(cast, service, **said | wrong))
        assert set(refused.errors) == {field}
    outcome = end(cast, service, **said)
    assert (outcome.participant_name, outcome.participant_role) == ("孙某", "人民监督员")


def test_nothing_is_declared_by_post(cast, mail):
    assert set(refusal(lambda: end(cast, mail, declared=True)).errors) == {"declared"}


# --- attempts -------------------------------------------------------------------------------------


@pytest.mark.norm("C128")
def test_express_mail_is_tried_three_times_within_five_working_days_across_a_holiday(
    cast, issued, party
):
    """Handed over on Tuesday, 29 September; 1 to 7 October are off, Saturday the 10th is worked."""
    confirm(cast, party)
    with on(2026, 10, 14):
        mail = send(cast, issued, method="postal", party=party, started_on=date(2026, 9, 29))
        # Working days: 30 September, 8, 9, 10 and 12 October.
        try_it(cast, mail, 2026, 9, 30, 9)
        try_it(cast, mail, 2026, 10, 9, 9, telephoned=True)
        late = refusal(lambda: try_it(cast, mail, 2026, 10, 13, 9))
        assert (set(late.errors), late.law) == ({"day"}, "EMS 6")
        assert "2026-10-12" in str(late.message)
        third = try_it(cast, mail, 2026, 10, 12, 23, telephoned=True)
        assert third.number == 3
        fourth = refusal(lambda: try_it(cast, mail, 2026, 10, 12, 23, 30), Conflict)
        assert (fourth.code, fourth.law) == ("three_attempts", "EMS 6")


def test_attempts_stand_in_their_order_and_not_in_the_future(cast, mail):
    try_it(cast, mail, 2026, 6, 24, 9)
    assert set(refusal(lambda: try_it(cast, mail, 2026, 6, 24, 9)).errors) == {"time"}
    assert set(refusal(lambda: try_it(cast, mail, 2026, 6, 24, 11)).errors) == {"day"}
    assert set(refusal(lambda: try_it(cast, mail, 2026, 6, 24, 9, 30, result="other")).errors) == {
        "note"
    }
    published = refusal(lambda: try_it(cast, mail, 2026, 6, 24, 9, 30, result="published"))
    assert set(published.errors) == {"result"}


def test_an_attempt_lies_not_before_the_sending_and_an_outcome_not_before_an_attempt(
    cast, issued, party
):
    with on(2026, 6, 26):
        service = send(cast, issued, party=party, started_on=date(2026, 6, 25))
        assert set(refusal(lambda: try_it(cast, service, 2026, 6, 24, 9)).errors) == {"day"}
        try_it(cast, service, 2026, 6, 26, 9)
        assert set(refusal(lambda: end(cast, service, day=date(2026, 6, 25))).errors) == {"day"}


# --- which document, on whom, by whom -------------------------------------------------------------


def test_only_a_finished_document_is_served(cast, decision, party):
    refused = refusal(lambda: send(cast, decision, party=party), Conflict)
    assert refused.code == "document_status"
    voided = issue(cast, decision)
    notices.void_document(actor=cast.handler, document=voided, reason="重复")
    assert refusal(lambda: send(cast, voided, party=party), Conflict).code == "document_status"


def test_it_is_not_sent_before_it_was_signed(cast, issued, party):
    early = {"party": party, "started_on": date(2026, 6, 23)}
    assert set(refusal(lambda: send(cast, issued, **early)).errors) == {"started_on"}


@pytest.mark.norm("C128")
def test_nobody_is_served_twice_with_the_same_document(cast, issued, party):
    first = send(cast, issued, party=party)
    under_way = refusal(lambda: send(cast, issued, party=party), Conflict)
    assert under_way.details == {"service": first.pk}
    end(cast, first)
    served = refusal(lambda: send(cast, issued, party=party), Conflict)
    assert (served.code, served.details) == ("served_already", {"service": first.pk})
    assert send(cast, issued, name="某区网信办").pk


def test_a_party_of_another_case_is_no_addressee(cast, case, issued):
    other = party_of(cast, filed_case(cast))
    assert set(refusal(lambda: send(cast, issued, party=other)).errors) == {"party"}


@pytest.mark.parametrize("who", ["head", "chief", "colleague", "stranger"])
def test_only_the_handling_team_serves(cast, issued, mail, who):
    actor = getattr(cast, who)
    for act in (
        lambda: send(cast, issued, actor=actor),
        lambda: try_it(cast, mail, 2026, 6, 24, 9, actor=actor),
        lambda: end(cast, mail, actor=actor),
    ):
        assert refusal(act, NotPermitted).code == "not_in_the_team"
    assert not Attempt.objects.exists()


def test_an_outcome_that_fails_leaves_nothing_behind(cast, case, mail, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("notices.serving.services.outcomes.acts.announce_event", fail)
    with pytest.raises(RuntimeError), transaction.atomic():
        end(cast, mail)
    assert not Outcome.objects.exists()
    assert not Event.objects.filter(kind="document_served").exists()


def test_the_handler_corrects_the_day_of_service_and_its_period_moves(cast, case, mail):
    with on(2026, 6, 26):
        outcome = end(cast, mail, day=date(2026, 6, 25))
        correct_event(
            actor=cast.handler,
            event=outcome.event,
            data={"legal_day": "2026-06-24"},
            reason="回执日期看错。",
        )
    assert Outcome.objects.get().standing_day == SENT
    assert Deadline.objects.get(case=case, rule="P-72").start_day == SENT


# --- what the database holds by itself ------------------------------------------------------------


CHANGES = [
    "UPDATE notices_service SET name = 'x'",
    "DELETE FROM notices_attempt",
    "UPDATE notices_outcome SET result = 'served'",
    "DELETE FROM notices_addressconfirmation",
]


@pytest.mark.norm("C128")
@pytest.mark.parametrize("change", CHANGES)
def test_the_application_changes_nothing_that_is_recorded_of_a_service(cast, mail, change):
    try_it(cast, mail, 2026, 6, 24, 9)
    end(cast, mail, "returned")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def wrong_outcome(cast, service, **changes):
    """Return an outcome as a program without the service would write it."""
    facts = {"service": service, "method": service.method, "result": "served", "day": SENT}
    facts |= {"receiver": "addressee", "receiver_name": "张某", "recorded_by": cast.clerk}
    facts |= {"proof": paper(cast.clerk, service.matter)}
    facts |= {"event": happen(service.matter, "document_served", SENT, actor=cast.clerk)}
    return Outcome(**facts | changes)


@pytest.mark.norm("C128")
@pytest.mark.norm("C122")
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"receiver": "other"}, "served_only_on_who_may_receive"),
        ({"receiver_name": ""}, "served_only_on_who_may_receive"),
        ({"receiver": "family", "receiver_opposes": True}, "served_on_no_opposing_party"),
        ({"result": "returned"}, "failed_service_has_a_reason"),
        ({"result": "unknown", "reason": "x"}, "outcome_is_a_known_one"),
        ({"declared": True, "participant_name": "孙某"}, "participant_has_a_role"),
        (
            {"participant_name": "孙某", "participant_role": "人民监督员"},
            "participant_of_a_declaration",
        ),
        ({"method": "court"}, "outcome_of_its_method"),
    ],
)
def test_the_database_holds_what_valid_service_is(cast, mail, changes, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        wrong_outcome(cast, mail, **changes).save()


@pytest.mark.norm("C128")
def test_the_database_lets_nothing_be_left_unseen(cast, issued, party):
    left = send(cast, issued, method="leave_in", party=party)
    unseen = wrong_outcome(cast, left, receiver="", receiver_name="")
    with (
        pytest.raises(IntegrityError, match="left_in_before_witnesses_or_a_camera"),
        transaction.atomic(),
    ):
        unseen.save()


@pytest.mark.norm("C128")
@pytest.mark.norm("C129")
@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"method": "electronic"}, "electronic_service_follows_consent"),
        ({"address": ""}, "express_mail_has_an_address"),
        ({"address_basis": ""}, "address_of_a_party_has_its_basis"),
        ({"confirmation": None}, "confirmed_address_has_its_form"),
        ({"method": "transfer"}, "service_by_others_names_them"),
        ({"method": "court"}, "submitted_only_to_a_court"),
        ({"method": "public_notice"}, "public_notice_says_why"),
        ({"addressee": "body"}, "service_on_a_party_names_it"),
        ({"name": ""}, "service_names_its_addressee"),
        ({"method": "pigeon"}, "service_by_a_known_method"),
    ],
)
def test_the_database_holds_what_each_method_needs(cast, mail, changes, constraint):
    mail.pk = None
    mail._state.adding = True
    for name, value in changes.items():
        setattr(mail, name, value)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        mail.save()


@pytest.mark.norm("C128")
def test_the_database_takes_no_fourth_attempt_and_no_party_of_another_case(cast, mail):
    attempt = try_it(cast, mail, 2026, 6, 24, 9)
    attempt.pk, attempt.number, attempt._state.adding = None, 4, True
    with (
        pytest.raises(IntegrityError, match="express_mail_is_tried_three_times_at_most"),
        transaction.atomic(),
    ):
        attempt.save()
    mail.party = party_of(cast, filed_case(cast))
    mail.pk, mail._state.adding = None, True
    with pytest.raises(IntegrityError, match="is no party of the case"), transaction.atomic():
        mail.save()


def test_an_ending_that_is_stated_without_a_receiver_needs_none_where_nobody_signs(
    cast, issued, party
):
    left = send(cast, issued, method="leave_in", party=party)
    try_it(cast, left, 2026, 6, 24, 9, result="refused")
    ending = Ending(
        result="served", proof=upload(), day=SENT, witnesses="王某", receiver="addressee"
    )
    outcome = services.record_outcome(actor=cast.clerk, service=left, ending=ending)
    assert outcome.receiver == ""
