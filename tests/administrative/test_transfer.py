"""A case against an authority goes to another procuratorate and on from there (A-8-3, A-8-4; Rules 16, 79)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from administrative.selectors import measures_now, recommendation_of
from administrative.selectors.board import BoardStage, followed, shown
from audit import clock
from audit.errors import NotVisible, Refusal
from cases.models import Case
from cases.selectors.matters import get_matter
from cases.services import acts, checklists, corrections
from cases.soundness import faults_of
from deadlines.models import DeadlineState
from litigation import selectors
from litigation.models import CaseTransfer
from litigation.services.transfers import acknowledge_transfer
from tests.administrative import scenes
from tests.administrative.scenes import moment
from tests.litigation.receiving import Receiving
from tests.support.days import on
from tests.support.documents import filed, final
from tests.support.matters import approve, happen, propose, upload
from tests.support.people import Cast

pytestmark = pytest.mark.django_db
GROUND = "违法行为发生地的邮政管理局由该院监督。"


@pytest.fixture
def receiving(cast):
    return Receiving(cast)


def sent(cast: Cast, receiving: Receiving, case: Case | None = None) -> CaseTransfer:
    """Propose and approve that a case in review goes to the other office."""
    with clock.frozen(moment(6, 1)):
        case = case or scenes.reviewing(cast)
        final(case, "D-43", cast.handler)
        filed(case, "D-47", cast.handler, cast.chief)
        facts = {"target_office": receiving.office.pk, "ground": GROUND}
        case.refresh_from_db()
        approve(propose(case, "A-8-3", facts, cast.handler), cast.head, cast.chief)
    return CaseTransfer.objects.get(source=case)


def taken_in(receiving: Receiving, transfer: CaseTransfer) -> Case:
    with on(2026, 6, 4):
        return acknowledge_transfer(
            actor=receiving.intake,
            transfer=transfer,
            received_on=date(2026, 6, 3),
            handler=receiving.prosecutor,
            receipt=[upload("移送函回执.txt")],
        )


def unmet(case: Case, code: str, facts: dict[str, Any]) -> list[str]:
    lines = checklists.checklist(acts.declaration_of(case, code), case, facts)
    return [line.code for line in lines if not line.verdict.met]


def test_what_was_sent_waits_for_the_office_named_and_names_no_court(cast, receiving):
    transfer = sent(cast, receiving)
    assert transfer.source.state == "adm_transferred"
    assert (transfer.ground, transfer.competent_court) == (GROUND, "")
    assert transfer.sent_on == date(2026, 6, 1)
    assert list(selectors.transfers_received_by(receiving.intake)) == [transfer]
    assert not selectors.transfers_received_by(cast.intake).exists()


def test_the_page_of_a_transfer_without_a_court_shows_none(client, cast, receiving):
    transfer = sent(cast, receiving)
    client.force_login(receiving.intake)
    for page in ("/transfers/", f"/transfers/{transfer.pk}/acknowledge/"):
        answer = client.get(page)
        assert answer.status_code == 200
        assert transfer.source.key in answer.content.decode()
    assert "管辖法院" not in answer.content.decode()


@pytest.mark.norm("C045")
def test_the_review_of_the_receiving_office_is_a_month_from_its_receipt(cast, receiving):
    case = taken_in(receiving, sent(cast, receiving))
    assert (case.state, case.machine) == ("adm_review", "administrative")
    assert case.office == receiving.office
    row = case.deadlines.get(rule="P-55-2")
    assert (row.start_day, row.nominal_day) == (date(2026, 6, 3), date(2026, 7, 3))
    event = case.events.get(kind="administrative_case_received")
    assert (event.transition, event.to_state, event.legal_day) == (
        "A-8-4",
        "adm_review",
        date(2026, 6, 3),
    )
    source = Case.objects.get(transfers_out__received_case=case)
    assert source.deadlines.get(rule="P-55").state == DeadlineState.CANCELLED


def test_the_recommendation_goes_along_with_all_that_became_of_it(cast, receiving):
    transfer = sent(cast, receiving)
    old = recommendation_of(transfer.source)
    case = taken_in(receiving, transfer)
    new = recommendation_of(case)
    assert case.authority_of.body == transfer.source.authority_of.body
    assert new.pk != old.pk
    assert (new.body, new.period, new.unit) == (old.body, old.period, old.unit)
    assert new.decision.copied_from == old.decision
    assert new.decided
    pairs = list(zip(measures_now(new), measures_now(old), strict=True))
    for one, other in pairs:
        assert (one.measure.number, one.measure.text) == (other.measure.number, other.measure.text)
        assert one.last.result == other.last.result
        assert one.last.event.copied_from == other.last.event
    assert len(pairs) == 2
    copied, reply = new.replies.get(), old.replies.get()
    assert (copied.text, copied.event.copied_from) == (reply.text, reply.event)
    assert copied.answers.count() == reply.answers.count() > 0
    assert {row.measure.recommendation for row in copied.answers.all()} == {new}
    # What the other office has stays as it was.
    assert old.replies.count() == 1
    assert list(faults_of(case)) == []
    assert list(faults_of(transfer.source)) == []


def test_what_rests_on_an_annulled_event_stays_behind(cast, receiving):
    with clock.frozen(moment(5, 25)):
        case = scenes.reviewing(cast)
        second = scenes.measures(case)[1]
        scenes.assessed(cast, case, second, "partly", date(2026, 5, 23))
        event = case.events.filter(kind="measure_assessed").latest("pk")
        happen(case, event.kind, event.legal_day, annuls=event, reason="误录", actor=cast.chief)
    received = taken_in(receiving, sent(cast, receiving, case))
    found = measures_now(recommendation_of(received))
    assert [row.last.result for row in found] == ["done", "not_done"]
    assert recommendation_of(received).measures.last().assessments.count() == 1


def test_the_receiving_office_sues_on_what_was_asked_for_there(cast, receiving):
    case = taken_in(receiving, sent(cast, receiving))
    with on(2026, 6, 10):
        facts = scenes.sue_facts(case) | {"legal_day": "2026-06-10"}
        assert unmet(case, "A-9", facts) == ["document:D-43"]
        row = shown(followed(receiving.prosecutor).get(pk=case.pk))
    assert row.stage == BoardStage.REVIEW
    assert (row.review_until, row.review_period) == (date(2026, 7, 3), "P-55-2")


def test_the_clocks_go_along_as_they_stood(cast, receiving):
    transfer = sent(cast, receiving)
    case = taken_in(receiving, transfer)
    told = ("rule", "state", "start_day", "effective_day")
    before = list(transfer.source.deadlines.order_by("id").values_list(*told))
    assert "P-53" in [row[0] for row in before]
    after = case.deadlines.exclude(rule="P-55-2").order_by("id").values_list(*told)
    assert list(after) == before


def test_it_is_closed_only_once_the_other_office_has_it(cast, receiving):
    transfer = sent(cast, receiving)
    with on(2026, 6, 4):
        facts = {"summary": "已移送。", "legal_day": "2026-06-04"}
        assert "transferred_case_is_taken_in" in unmet(transfer.source, "A-11", facts)
    taken_in(receiving, transfer)
    with on(2026, 6, 5):
        assert "transferred_case_is_taken_in" not in unmet(transfer.source, "A-11", facts)
        assert "measures_came_to_an_end" not in unmet(transfer.source, "A-11", facts)


def test_once_taken_in_the_sending_is_not_annulled(cast, receiving):
    transfer = sent(cast, receiving)
    taken_in(receiving, transfer)
    with on(2026, 6, 5), pytest.raises(Refusal) as refused:
        corrections.annul_transition(actor=cast.chief, event=transfer.event, reason="误送")
    assert receiving.office.name in str(refused.value)


def test_an_annulled_sending_is_with_the_office_that_sent_it(cast, receiving):
    transfer = sent(cast, receiving)
    with on(2026, 6, 2):
        corrections.annul_transition(actor=cast.chief, event=transfer.event, reason="误送")
    assert not selectors.transfers_received_by(receiving.intake).exists()
    transfer.source.refresh_from_db()
    assert transfer.source.state == "adm_review"


def test_a_stranger_sees_neither_the_case_nor_the_transfer(cast, receiving):
    case = taken_in(receiving, transfer := sent(cast, receiving))
    assert not selectors.transfers_received_by(cast.stranger).exists()
    with pytest.raises(NotVisible):
        selectors.get_transfer(cast.stranger, transfer.pk)
    with pytest.raises(NotVisible):
        get_matter(cast.stranger, case.key)
    assert get_matter(receiving.prosecutor, case.key) == case


def test_no_case_is_sent_to_the_own_office(cast):
    with clock.frozen(moment(6, 1)):
        case = scenes.reviewing(cast)
        for facts in ({"target_office": case.office_id, "ground": GROUND}, {"ground": GROUND}):
            assert "receiving_office_is_another" in unmet(case, "A-8-3", facts)
