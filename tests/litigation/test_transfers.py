"""A case goes to the office at the competent court and on from there (T20, T64; Rules 16, 47)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.errors import Conflict, Invalid, NotPermitted, NotVisible, Refusal
from cases.models import Case, CaseLink
from cases.selectors.attachments import get_attachment
from cases.selectors.events import last_transition
from cases.services import acts, checklists, corrections
from cases.soundness import state_follows
from cases.states import CaseState
from deadlines.models import Deadline
from evidence.models import Exhibit, FactLink
from evidence.services import add_exhibits
from litigation import selectors
from litigation.models import CaseTransfer
from litigation.services.transfers import acknowledge_transfer
from tests.litigation import suit
from tests.litigation.receiving import Receiving, annul, sent
from tests.support.days import on
from tests.support.matters import case_in_review, happen, propose, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiving(cast):
    return Receiving(cast)


@pytest.fixture
def case(cast):
    with on(2026, 4, 2):
        found = case_in_review(cast, date(2026, 3, 2))
        add_exhibits(
            actor=cast.handler,
            case=found,
            uploads=[upload("截图.png")],
            facts={"name": "截图", "kind": "electronic", "original": True, "source": "平台"}
            | {"obtained_on": date(2026, 3, 1)},
        )
        found.refresh_from_db()
        return found


def acknowledge(receiving, transfer):
    with on(2026, 4, 15):
        return acknowledge_transfer(
            actor=receiving.intake,
            transfer=transfer,
            received_on=date(2026, 4, 14),
            handler=receiving.prosecutor,
            receipt=[upload("移送函回执.txt")],
        )


def acknowledged(cast, case, receiving):
    return acknowledge(receiving, sent(cast, case, receiving))


def test_a_transfer_is_decided_then_sent_and_waits_for_the_other_office(cast, case, receiving):
    transfer = sent(cast, case, receiving)
    assert case.state == CaseState.TRANSFERRED_FOR_SUIT
    assert (transfer.target_office, transfer.sent_on) == (receiving.office, date(2026, 4, 10))
    assert list(selectors.transfers_received_by(receiving.intake)) == [transfer]
    assert Deadline.objects.get(case=case, rule="P-02").state == "cancelled"


def test_the_own_office_is_no_target(cast, case):
    facts = {
        "target_office": case.office_id,
        "competent_court": suit.internet_court().pk,
        "transfer_ground": "x",
    }
    lines = checklists.checklist(acts.declaration_of(case, "T20"), case, facts)
    assert not next(x for x in lines if x.code == "target_matches_court").verdict.met


def test_the_target_is_of_the_level_of_the_competent_court(cast, case, receiving):
    facts = {"target_office": receiving.office.pk, "transfer_ground": "x"}
    court = {"competent_court": suit.intermediate_court().pk}
    lines = checklists.checklist(acts.declaration_of(case, "T20"), case, facts | court)
    verdict = next(x for x in lines if x.code == "target_matches_court").verdict
    assert not verdict.met
    assert receiving.office.name in str(verdict.why)


def refusal_of_transfer(cast, case, receiving):
    """Return the refused requirements of sending the case for the internet court, once all else holds."""
    with on(2026, 4, 10), pytest.raises(Refusal) as refused:
        sent(cast, case, receiving)
    return refused.value.unmet


@pytest.mark.norm("C014")
def test_a_case_is_not_sent_for_a_court_that_hears_no_such_suits(cast, case, receiving):
    court = suit.internet_court()
    court.hears_to = date(2026, 4, 9)
    court.save()
    [unmet] = refusal_of_transfer(cast, case, receiving)
    assert unmet.code == "court_of_the_target_competent"
    assert court.name in unmet.message


@pytest.mark.norm("C014", "C015")
def test_the_office_at_the_competent_court_sues_itself(cast, case, receiving):
    court = suit.internet_court()
    court.area = "江州市"
    court.save()
    [unmet] = refusal_of_transfer(cast, case, receiving)
    assert unmet.code == "own_office_does_not_match"
    assert "T22" in unmet.message
    case.refresh_from_db()
    assert case.state == CaseState.REVIEW_FOR_PROSECUTION


@pytest.mark.norm("C016")
def test_what_a_dispute_decided_goes_before_the_place_of_the_court(cast, case, receiving):
    court = suit.internet_court()
    court.area = "江州市"
    court.save()
    with on(2026, 4, 10):
        facts = {"other_office": receiving.office.pk, "result": "agreed"}
        facts["agreed_office"] = receiving.office.pk
        happen(case, "jurisdiction_negotiated", date(2026, 4, 9), actor=cast.handler, facts=facts)
    assert sent(cast, case, receiving).target_office == receiving.office


@pytest.mark.norm("C045")
def test_the_review_of_the_receiving_office_is_counted_from_its_receipt(cast, case, receiving):
    received = acknowledged(cast, case, receiving)
    assert (received.state, received.office) == (
        CaseState.REVIEW_FOR_PROSECUTION,
        receiving.office,
    )
    period = Deadline.objects.get(case=received, rule="P-03")
    assert (period.start_day, period.nominal_day) == (date(2026, 4, 14), date(2026, 7, 14))
    assert selectors.review_period(received) == period


def test_events_parties_and_exhibits_go_along_and_stay_as_they_were(cast, case, receiving):
    received = acknowledged(cast, case, receiving)
    original = case.events.get(kind="announcement_published")
    copy = received.events.get(kind="announcement_published")
    assert (copy.copied_from, copy.legal_day, copy.facts) == (
        original,
        original.legal_day,
        original.facts,
    )
    assert list(copy.proofs.all()) == list(original.proofs.all())
    assert [party.name for party in received.parties.all()] == ["某科技有限公司"]
    exhibit = Exhibit.objects.get(case=received)
    assert exhibit.sha256 == Exhibit.objects.get(case=case).sha256
    assert exhibit.number == 1
    assert CaseLink.objects.filter(source=case, target=received).exists()
    assert FactLink.objects.filter(case=received).count() == 0


def test_what_was_corrected_and_then_annulled_stays_behind(cast, case, receiving):
    kind = "announcement_published"
    published = case.events.get(kind=kind)
    corrected = happen(
        case, "event_corrected", published.legal_day, actor=cast.handler, corrects=published,
        reason="误录",
    )  # fmt: skip
    again, day = happen(case, kind, published.legal_day), date(2026, 4, 2)
    mistaken = happen(
        case, "event_corrected", day, actor=cast.handler, corrects=again, reason="又误"
    )
    happen(case, "transition_annulled", day, actor=cast.handler, annuls=again, reason="重复")
    copies = {
        event.copied_from: event for event in acknowledged(cast, case, receiving).events.all()
    }
    assert copies[corrected].corrects == copies[published]
    assert not {again, mistaken} & set(copies)


def test_the_new_team_reads_the_proof_and_corrects_no_copy(cast, case, receiving):
    received = acknowledged(cast, case, receiving)
    copy = received.events.get(kind="announcement_published")
    proof = copy.proofs.get()
    assert get_attachment(receiving.prosecutor, proof.pk) == proof
    with pytest.raises(NotVisible):
        get_attachment(cast.stranger, proof.pk)
    with on(2026, 4, 15), pytest.raises(Conflict) as refused:
        corrections.correct_event(
            actor=receiving.prosecutor,
            event=copy,
            data=copy.facts | {"legal_day": "2026-03-01"},
            reason="x",
        )
    assert refused.value.code == "event_is_a_copy"


def test_the_receiving_office_goes_on_to_sue_on_the_copied_announcement(cast, case, receiving):
    received = acknowledged(cast, case, receiving)
    facts = {"harm_found_on": "2026-04-15", "harm_finding": "仍在公开。"}
    with on(2026, 4, 16):
        lines = checklists.checklist(acts.declaration_of(received, "T21"), received, facts)
    unmet = [line.code for line in lines if not line.verdict.met]
    assert unmet == ["review_proposes_suit", "document:D-43"]


@pytest.mark.parametrize(
    ("day", "who", "refusal"),
    [
        (date(2026, 4, 9), "intake", Invalid),
        (date(2026, 4, 16), "intake", Invalid),
        (date(2026, 4, 14), "prosecutor", NotPermitted),
        (date(2026, 4, 14), "stranger", NotPermitted),
    ],
)
def test_an_impossible_day_and_who_takes_no_cases_in_are_refused(
    cast, case, receiving, day, who, refusal
):
    transfer = sent(cast, case, receiving)
    actor = cast.stranger if who == "stranger" else getattr(receiving, who)
    with on(2026, 4, 15), pytest.raises(refusal):
        acknowledge_transfer(
            actor=actor,
            transfer=transfer,
            received_on=day,
            handler=receiving.prosecutor,
            receipt=[upload()],
        )
    transfer.refresh_from_db()
    assert transfer.received_case is None


def test_a_handler_of_another_office_is_refused(cast, case, receiving):
    transfer = sent(cast, case, receiving)
    with on(2026, 4, 15), pytest.raises(Invalid) as refused:
        acknowledge_transfer(
            actor=receiving.intake,
            transfer=transfer,
            received_on=date(2026, 4, 14),
            handler=cast.handler,
            receipt=[upload()],
        )
    assert "handler" in refused.value.errors


def test_a_case_is_acknowledged_once(cast, case, receiving):
    acknowledged(cast, case, receiving)
    with on(2026, 4, 15), pytest.raises(Conflict):
        acknowledge_transfer(
            actor=receiving.intake,
            transfer=CaseTransfer.objects.get(source=case),
            received_on=date(2026, 4, 14),
            handler=receiving.prosecutor,
            receipt=[upload("移送函回执.txt")],
        )


def test_the_database_keeps_receipt_and_case_together(cast, case, receiving):
    transfer = sent(cast, case, receiving)
    with (
        pytest.raises(IntegrityError, match="transfer_received_with_its_case"),
        transaction.atomic(),
    ):
        CaseTransfer.objects.filter(pk=transfer.pk).update(received_on=date(2026, 4, 14))


def test_without_its_letter_a_case_is_not_sent(cast, case, receiving):
    facts = {
        "target_office": receiving.office.pk,
        "competent_court": suit.internet_court().pk,
        "transfer_ground": "集中管辖",
    }
    with on(2026, 4, 10), pytest.raises(Refusal) as refused:
        propose(case, "T20", facts, cast.handler)
    assert [item.code for item in refused.value.unmet] == [
        "review_proposes_transfer",
        "document:D-43",
        "document:D-47",
    ]


# --- proof and annulment -------------------------------------------------------------------------


def test_the_receipt_is_kept_as_proof_of_the_event_of_the_new_case(cast, case, receiving):
    received = acknowledged(cast, case, receiving)
    event = received.events.get(kind="case_received")
    [proof] = event.proofs.all()
    assert (proof.name, proof.case) == ("移送函回执.txt", received)
    assert event.facts["proofs"] == [proof.sha256]
    assert get_attachment(receiving.prosecutor, proof.pk) == proof


def test_without_its_receipt_no_case_is_acknowledged(cast, case, receiving):
    transfer = sent(cast, case, receiving)
    with on(2026, 4, 15), pytest.raises(Invalid) as refused:
        acknowledge_transfer(
            actor=receiving.intake,
            transfer=transfer,
            received_on=date(2026, 4, 14),
            handler=receiving.prosecutor,
            receipt=[],
        )
    assert "receipt" in refused.value.errors
    assert Case.objects.filter(office=receiving.office).count() == 0


def test_an_annulled_sending_ends_the_transfer(cast, case, receiving):
    transfer = sent(cast, case, receiving)
    with on(2026, 4, 15):
        annul(cast, case)
        case.refresh_from_db()
        assert case.state == CaseState.REVIEW_FOR_PROSECUTION
        assert list(selectors.transfers_received_by(receiving.intake)) == []
        with pytest.raises(NotVisible):
            selectors.get_transfer(receiving.intake, transfer.pk)
        with pytest.raises(Conflict) as refused:
            acknowledge_transfer(
                actor=receiving.intake,
                transfer=transfer,
                received_on=date(2026, 4, 14),
                handler=receiving.prosecutor,
                receipt=[upload()],
            )
    assert refused.value.code == "transfer_annulled"
    assert Case.objects.filter(office=receiving.office).count() == 0


def test_an_acknowledged_sending_is_not_annulled_any_more(cast, case, receiving):
    acknowledged(cast, case, receiving)
    with on(2026, 4, 15), pytest.raises(Conflict) as refused:
        annul(cast, case)
    assert refused.value.code == "others_go_on_from_it"
    assert receiving.office.name in str(refused.value)
    case.refresh_from_db()
    assert case.state == CaseState.TRANSFERRED_FOR_SUIT


def test_the_copies_of_the_other_office_move_nothing_in_the_case_that_was_sent(
    cast, case, receiving
):
    transfer = sent(cast, case, receiving)
    before, last = list(state_follows(case)), last_transition("case", case.pk)
    assert last == transfer.event
    acknowledge(receiving, transfer)
    assert list(state_follows(case)) == before
    assert last_transition("case", case.pk) == last
