"""Supporting another's suit and stopping to (T14, T59; Rules 100-103)."""

from __future__ import annotations

from datetime import date

import pytest

from audit import clock
from audit.errors import Invalid, Refusal
from cases.models import Case
from cases.selectors.events import reference_of
from cases.services import acts, checklists, proposals
from cases.states import CaseState
from deadlines.models import Deadline
from litigation.forms.claims import defendants_of
from litigation.selectors import records
from tests.support.days import on
from tests.support.guards import codes
from tests.support.matters import (
    announced_case,
    approve,
    happen,
    make_lead,
    propose,
    record,
    upload,
)

pytestmark = pytest.mark.django_db
REPLY = {
    "replier": "eligible",
    "name": "某省消费者委员会",
    "intention": "has",
    "content": "已起诉。",
}
SUPPORT = {
    "plaintiff_kind": "consumer_organisation",
    "means": ["opinion", "attendance"],
}
WITHDRAWAL = {
    "ground": "claims_changed",
    "explanation": "原告无正当理由放弃诉讼请求。",
    "harm": "公益仍受损害。",
    "unlawful_act": "仍在公开个人信息。",
    "claims_insufficient": "原告未请求删除已公开的个人信息。",
    "numerous_individuals": "涉及不特定多数人。",
    "legal_bases": ["PIPL 70", "CPL 58"],
    "processor": "某科技有限公司",
}


@pytest.fixture
def case(cast):
    with on(2026, 3, 2):
        return announced_case(cast, date(2026, 3, 2))


def replied(cast, case, **change):
    """Log the reply by which the plaintiff is known, and return what other events call it."""
    event = happen(
        case, "announcement_reply", date(2026, 3, 10), actor=cast.handler, facts=REPLY | change
    )
    return reference_of(event)


def support_of(cast, case, **change):
    """Propose the support of the plaintiff that answered."""
    return propose(case, "T14", SUPPORT | {"reply": replied(cast, case, **change)}, cast.handler)


def supported(cast, case):
    with on(2026, 3, 20):
        proposal = approve(support_of(cast, case), cast.head, cast.chief)
        proposals.carry_out(
            actor=cast.handler,
            proposal=proposal,
            data={
                "legal_day": "2026-03-20",
                "court": "杭州互联网法院",
                "court_case_number": "（2026）浙0192民初1号",
            },
            files={"acceptance": upload("受理通知书.pdf")},
        )
    case.refresh_from_db()


@pytest.mark.norm("C041", "C141")
def test_approval_opens_the_support_and_the_accepted_suit_begins_it(cast, case):
    supported(cast, case)
    assert case.state == CaseState.SUPPORTING_PROSECUTION
    assert case.stage == "pre_litigation"
    event = case.events.get(kind="support_begun")
    assert (event.facts["plaintiff_kind"], event.proofs.count()) == ("consumer_organisation", 1)
    assert event.facts["plaintiff"] == REPLY["name"]
    assert event.facts["reply"] == reference_of(case.events.get(kind="announcement_reply"))
    assert Deadline.objects.get(case=case, rule="P-01").state == "cancelled"


@pytest.mark.norm("C041")
def test_only_a_reply_to_the_announcement_of_this_case_names_the_plaintiff(cast, case):
    other = announced_case(cast, date(2026, 3, 2))
    elsewhere = replied(cast, other)
    victim = replied(cast, case, replier="victim", intention="nothing")
    with on(2026, 3, 20):
        for named in (elsewhere, victim, ""):
            with pytest.raises(Invalid) as refused:
                propose(case, "T14", SUPPORT | {"reply": named}, cast.handler)
            assert "T13" in refused.value.errors["reply"][0]
        facts = SUPPORT | {"reply": elsewhere}
        lines = checklists.checklist(acts.declaration_of(case, "T14"), case, facts)
        [line] = [line for line in lines if line.code == "plaintiff_of_rules_100"]
        assert not line.verdict.met
        assert "T13" in line.verdict.why


def test_a_body_that_will_not_sue_is_not_supported(cast, case):
    with on(2026, 3, 20), pytest.raises(Refusal) as refused:
        support_of(cast, case, intention="will_not")
    assert codes(refused) == ["plaintiff_of_rules_100"]
    assert REPLY["name"] in refused.value.unmet[0].message


def test_the_record_of_the_reply_tells_that_its_suit_was_supported(cast, case):
    supported(cast, case)
    cards = {card.record.code: card.lines for card in records.cards_of(cast.handler, case)}
    [reply] = cards["replies"]
    assert [end.event.kind for end in reply.ends] == ["support_begun"]
    [support] = cards["support"]
    assert REPLY["name"] in [fact.value for cell in support.cells for fact in cell.own]


def test_without_the_courts_notice_of_acceptance_it_does_not_begin(cast, case):
    with on(2026, 3, 20):
        proposal = approve(support_of(cast, case), cast.head, cast.chief)
        with pytest.raises(Invalid) as refused:
            proposals.carry_out(
                actor=cast.handler,
                proposal=proposal,
                data={"legal_day": "2026-03-20", "court": "x", "court_case_number": "1"},
            )
    assert "acceptance" in refused.value.errors
    case.refresh_from_db()
    assert case.state == CaseState.ANNOUNCING


@pytest.mark.norm("C141")
def test_a_withdrawal_is_delivered_to_both_within_three_days_and_the_case_filed_anew(cast, case):
    lead = make_lead(cast)
    Case.objects.filter(pk=case.pk).update(lead=lead)
    case.refresh_from_db()
    supported(cast, case)
    with on(2026, 4, 13):
        approve(propose(case, "T59", WITHDRAWAL, cast.handler), cast.head, cast.chief)
    case.refresh_from_db()
    assert case.state == CaseState.FILED
    drafted = case.events.get(kind="support_withdrawn").documents.order_by("code")
    made = [(row.code, row.matter) for row in drafted]
    assert made == [("D-05", lead), ("D-06", case), ("D-49", case)]
    withdrawal = drafted.get(code="D-49")
    assert withdrawal.values["plaintiff"] == REPLY["name"]
    assert (withdrawal.values["decision_day"], withdrawal.signer) == ("2026-04-13", cast.chief)
    period = Deadline.objects.get(case=case, rule="P-11")
    assert (period.effective_day, period.state) == (date(2026, 4, 16), "open")
    with on(2026, 4, 15):
        facts = {
            "court_received_on": "2026-04-14",
            "plaintiff_received_on": "2026-04-15",
        }
        with pytest.raises(Invalid) as refused:
            record(cast.handler, case, "S07", facts, {"court_receipt": upload()})
        assert "plaintiff_receipt" in refused.value.errors
        both = {"court_receipt": upload(), "plaintiff_receipt": upload("送达回证.pdf")}
        event = record(cast.handler, case, "S07", facts, both)
    assert (event.legal_day, event.proofs.count()) == (date(2026, 4, 15), 2)
    period.refresh_from_db()
    assert period.state == "met"


def test_support_is_withdrawn_on_a_ground_of_the_rules_alone(cast, case):
    supported(cast, case)
    with on(2026, 4, 13), pytest.raises(Invalid):
        propose(case, "T59", WITHDRAWAL | {"ground": "whim"}, cast.handler)


@pytest.mark.norm("C011", "C012", "C141")
def test_the_case_filed_anew_stands_on_what_filing_asks(cast, case):
    supported(cast, case)
    unknown = WITHDRAWAL | {"processor": "", "violator_unknown": "on"}
    with on(2026, 4, 13):
        with pytest.raises(Invalid) as refused:
            propose(case, "T59", WITHDRAWAL | {"numerous_individuals": ""}, cast.handler)
        assert list(refused.value.errors) == ["numerous_individuals"]
        with pytest.raises(Invalid) as refused:
            propose(case, "T59", unknown, cast.handler)
        assert "某科技有限公司" in refused.value.errors["violator_unknown"][0]
        case.parties.update(removed_at=clock.now(), removed_reason="误列")
        approve(propose(case, "T59", WITHDRAWAL, cast.handler), cast.head, cast.chief)
    case.refresh_from_db()
    assert case.legal_bases == ["PIPL 70", "CPL 58"]
    assert [party.name for party in defendants_of(case)] == ["某科技有限公司"]


@pytest.mark.norm("C012")
def test_a_case_filed_anew_without_a_known_violator_names_him_later(cast, case):
    case.parties.update(removed_at=clock.now(), removed_reason="误列")
    supported(cast, case)
    severe = {
        "processor": "",
        "violator_unknown": "on",
        "severe": "on",
        "severe_reason": "持续扩散",
    }
    with on(2026, 4, 13):
        with pytest.raises(Refusal) as refused:
            propose(case, "T59", WITHDRAWAL | severe, cast.handler)
        assert codes(refused) == ["violator_known_or_severe"]
        proposals.withdraw_proposal(actor=cast.handler, proposal=case.proposals.latest("pk"))
    lead = make_lead(cast)
    happen(lead, "inquiry_started", date(2026, 1, 5), actor=cast.handler)
    Case.objects.filter(pk=case.pk).update(lead=lead)
    case.refresh_from_db()
    severe = {
        "processor": "",
        "violator_unknown": "on",
        "severe": "on",
        "severe_reason": "持续扩散",
    }
    with on(2026, 4, 13):
        proposal = propose(case, "T59", WITHDRAWAL | severe, cast.handler)
        approve(proposal, cast.head, cast.chief)
    case.refresh_from_db()
    assert (case.state, case.violator_unknown, case.severe) == (CaseState.FILED, True, True)


def test_a_withdrawal_that_never_was_is_not_delivered(cast, case):
    with on(2026, 3, 20), pytest.raises(Refusal) as refused:
        record(
            cast.handler,
            case,
            "S07",
            {"court_received_on": "2026-03-20", "plaintiff_received_on": "2026-03-20"},
            {"court_receipt": upload(), "plaintiff_receipt": upload()},
        )
    assert [item.code for item in refused.value.unmet] == ["support_withdrawn_before"]


@pytest.mark.norm("C141")
def test_each_act_of_support_is_a_record_with_its_paper(cast, case):
    supported(cast, case)
    given = {"legal_day": "2026-03-20", "means": "opinion", "content": "向法院提交支持起诉意见书。"}
    with on(2026, 3, 21):
        with pytest.raises(Invalid) as refused:
            record(cast.handler, case, "S60", given)
        assert list(refused.value.errors) == ["paper"]
        event = record(cast.handler, case, "S60", given, {"paper": upload("意见书.pdf")})
    assert (event.facts["means"], event.proofs.count()) == ("opinion", 1)
    assert case.state == CaseState.SUPPORTING_PROSECUTION
