"""Claims, delivery of the complaint, the door of the court (T22 to T24, T52; law 3.4)."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from audit.errors import Invalid, Refusal
from cases.models import Case
from cases.services import acts, checklists, corrections
from cases.states import CaseState
from deadlines.models import DeadlineState
from evidence.services import add_exhibits
from evidence.services.facts import state_fact
from litigation import selectors
from litigation.models import Claim, ClaimStatus
from litigation.package import REQUIRED, Piece, papers_of
from notices.models import Document
from tests.litigation import suit
from tests.litigation.suit import deadline
from tests.support.days import on
from tests.support.documents import filed
from tests.support.guards import codes
from tests.support.matters import force, happen, propose, record, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast) -> Case:
    """A case the office has decided to sue in; the clock stands on 6 May 2026."""
    with on(2026, 5, 6):
        yield suit.suit_decided(cast)


# --- claims --------------------------------------------------------------------------------------


def test_a_claim_is_a_row_that_follows_from_its_event(case, cast):
    claim = suit.claim(cast, case, **suit.MONEY_CLAIM)
    assert (claim.number, claim.amount, claim.status) == (1, 100000, ClaimStatus.STANDING)
    corrections.correct_event(
        actor=cast.handler,
        event=claim.event,
        data={"legal_day": "2026-04-20"} | suit.MONEY_CLAIM | {"amount": "120000"},
        reason="金额录入有误",
    )
    claim.refresh_from_db()
    assert (claim.number, claim.amount) == (1, 120000)


def test_a_claim_names_one_of_the_defendants_or_none(case, cast):
    other = suit.second_defendant(cast, case)
    claim = suit.claim(cast, case, defendants=[other.pk])
    assert list(claim.defendants.all()) == [other]
    assert not suit.claim(cast, case).defendants.exists()


def test_money_needs_an_amount_and_nothing_else_has_one(case, cast):
    with pytest.raises(Invalid) as refused:
        suit.claim(cast, case, kind="K8", text="赔偿")
    assert "amount" in refused.value.errors
    with pytest.raises(Invalid) as refused:
        suit.claim(cast, case, kind="K1", text="停止侵害", amount="5")
    assert "amount" in refused.value.errors
    assert not Claim.objects.filter(case=case).exists()


def test_a_struck_claim_is_kept_and_does_not_count(case, cast):
    claim = suit.claim(cast, case)
    facts = {"legal_day": "2026-05-06", "claim": claim.pk, "reason": "重复"}
    record(cast.handler, case, "S11", facts)
    claim.refresh_from_db()
    assert claim.status == ClaimStatus.DROPPED
    assert claim.ended_by is not None
    with pytest.raises(Refusal) as refused:
        propose(case, "T22", plan(), cast.handler)
    assert "claims_entered" in codes(refused)


@pytest.mark.norm("C054")
def test_costs_without_an_invoice_are_a_warning(case, cast):
    declaration = acts.declaration_of(case, "S10")
    lines = checklists.checklist(
        declaration, case, {"kind": "K11", "text": "鉴定费", "amount": "5000"}
    )
    [line] = [line for line in lines if line.code == "costs_have_invoices"]
    assert line.verdict.met
    assert line.verdict.warning


# --- delivery ------------------------------------------------------------------------------------


def plan(court=None) -> dict:
    chosen = court or suit.internet_court()
    return {"court": chosen.pk, "court_ground": "行为实施地。"}


@pytest.mark.norm("C049", "C052", "C053")
def test_the_complaint_is_delivered_with_its_package_and_the_periods_follow(case, cast):
    suit.claim(cast, case)
    event = suit.deliver(cast, case)
    assert case.state == CaseState.SUIT_SUBMITTED
    assert event.proofs.count() == 1
    assert deadline(case, "P-04").effective_day == date(2026, 5, 11)
    assert deadline(case, "P-20").effective_day == date(2026, 5, 13)
    assert deadline(case, "P-02").state == DeadlineState.MET
    assert selectors.court_of(case) == suit.internet_court()


@pytest.mark.norm("C049")
def test_two_defendants_need_two_copies(case, cast):
    suit.claim(cast, case)
    suit.second_defendant(cast, case)
    with pytest.raises(Refusal) as refused:
        suit.deliver(cast, case, copies=1)
    assert codes(refused) == ["package_complete"]
    assert "1 copies for 2 defendants" in str(refused.value.unmet[0].message)
    assert "JI 14(1)" in str(refused.value.unmet[0].message)
    case.refresh_from_db()
    assert case.state == CaseState.SUIT_DECIDED


@pytest.mark.norm("C049")
@pytest.mark.parametrize("piece", REQUIRED)
def test_each_missing_piece_is_named_with_its_article(case, cast, piece):
    suit.claim(cast, case)
    with pytest.raises(Refusal) as refused:
        suit.deliver(cast, case, pieces=[other for other in REQUIRED if other != piece])
    [unmet] = refused.value.unmet
    assert unmet.code == "package_complete"
    assert str(piece.label) in unmet.message
    assert all(str(other.label) not in unmet.message for other in REQUIRED if other != piece)


@pytest.mark.norm("C049")
def test_the_delivery_keeps_which_papers_of_the_case_each_piece_is(case, cast):
    [exhibit] = add_exhibits(
        actor=cast.handler,
        case=case,
        uploads=[upload("截图.png")],
        facts={"name": "截图", "kind": "electronic", "original": True, "source": "平台"}
        | {"obtained_on": date(2026, 3, 1)},
    )
    harm = "公开八百余人个人信息。"
    state_fact(actor=cast.handler, case=case, group="harm", text=harm, exhibits=[exhibit])
    suit.claim(cast, case)
    package = {row["piece"]: row["papers"] for row in suit.deliver(cast, case).facts["package"]}
    assert list(package) == suit.PIECES
    [complaint] = package["complaint"]
    assert complaint["key"] == Document.objects.get(case=case, code="D-45").pk
    [evidence] = package["preliminary_evidence"]
    assert (evidence["name"], evidence["sha256"]) == ("1", exhibit.sha256)
    [proof] = package["announcement_proof"]
    assert proof["sha256"] == case.events.get(kind="announcement_published").proofs.get().sha256
    [evidence_list] = package["evidence_list"]
    assert evidence_list["kind"] == "document"


@pytest.mark.norm("C049")
def test_the_evidence_list_of_the_case_is_what_is_handed_in_as_such(case, cast):
    filed(case, "D-46", cast.clerk, cast.chief)
    [proof] = papers_of(case, Piece.EVIDENCE_LIST)
    assert proof.key == Document.objects.get(case=case, code="D-46").pk
    filed(case, "D-30", cast.clerk, cast.chief)
    [evidence] = papers_of(case, Piece.EVIDENCE_LIST)
    assert evidence.key == Document.objects.get(case=case, code="D-30").pk


@pytest.mark.norm("C049", "C054")
def test_claimed_costs_without_invoices_in_the_package_are_a_warning(case, cast):
    suit.claim(cast, case)
    suit.claim(cast, case, kind="K11", text="支付鉴定费。", amount="5000")
    declaration = acts.declaration_of(case, "T22")
    facts = {"pieces": suit.PIECES, "copies": 1}
    lines = {line.code: line for line in checklists.checklist(declaration, case, facts)}
    assert lines["package_complete"].verdict.met
    assert lines["package_complete"].verdict.warning
    facts = facts | {"pieces": [*suit.PIECES, "cost_invoices"]}
    lines = {line.code: line for line in checklists.checklist(declaration, case, facts)}
    assert not lines["package_complete"].verdict.warning


@pytest.mark.norm("C049")
def test_page_api_and_readiness_tell_of_the_package(case, cast, client):
    client.force_login(cast.handler)
    with translation.override(settings.LANGUAGE_CODE):
        pieces = [str(piece.label) for piece in REQUIRED]
    page = reverse("case_readiness", args=[case.key])
    ready = client.get(page, {"target": "suit_submitted"}).content.decode()
    assert all(piece in ready for piece in pieces)
    suit.claim(cast, case)
    event = suit.deliver(cast, case)
    shown = client.get(reverse("case_suit_record", args=[case.key])).content.decode()
    assert all(piece in shown for piece in pieces)
    told = client.get(f"/api/v1/cases/{case.key}/events/{event.pk}/").json()["facts"]
    assert told["pieces"] == suit.PIECES
    assert told["package"] == event.facts["package"]


@pytest.mark.norm("C053")
def test_a_court_fee_is_refused(case, cast):
    suit.claim(cast, case)
    with pytest.raises(Refusal) as refused:
        suit.deliver(cast, case, court_fee="50")
    assert codes(refused) == ["no_court_fee"]


@pytest.mark.norm("C015", "C050")
def test_a_grassroots_office_does_not_sue_before_an_intermediate_court(case, cast):
    suit.claim(cast, case)
    for code in ("D-45", "D-46"):
        filed(case, code, cast.clerk, cast.chief)
    with pytest.raises(Refusal) as refused:
        propose(case, "T22", plan(suit.intermediate_court()), cast.handler)
    assert codes(refused) == ["office_matches_court"]
    [unmet] = refused.value.unmet
    assert "T20" in unmet.message
    assert unmet.law == "Rules 16; JI 5"


@pytest.mark.norm("C050")
def test_a_basic_court_that_is_no_internet_court_is_not_competent(case, cast):
    court = suit.internet_court()
    court.internet = False
    court.save()
    suit.claim(cast, case)
    for code in ("D-45", "D-46"):
        filed(case, code, cast.clerk, cast.chief)
    with pytest.raises(Refusal) as refused:
        propose(case, "T22", plan(court), cast.handler)
    assert codes(refused) == ["court_is_competent"]


@pytest.mark.norm("C052")
def test_the_record_with_the_next_higher_office_ends_its_period(case, cast):
    suit.claim(cast, case)
    suit.deliver(cast, case)
    facts = {"legal_day": "2026-05-06", "recipient": "江州市人民检察院"}
    record(cast.handler, case, "S28", facts, {"paper": upload()})
    assert deadline(case, "P-04").state == DeadlineState.MET
    with pytest.raises(Refusal) as refused:
        record(cast.handler, case, "S28", facts, {"paper": upload()})
    assert codes(refused) == ["complaint_not_reported"]


# --- the door of the court -----------------------------------------------------------------------


@pytest.mark.norm("C055")
def test_a_rejection_starts_ten_days_and_an_appeal_within_them_opens_the_way_back(cast):
    with on(2026, 5, 13):
        case = suit.suit_delivered(cast)
        facts = {
            "legal_day": "2026-05-12",
            "rejection": "not_accepted",
            "ruling_number": "（2026）浙0192民初1号",
            "reason": "被告不明确",
        }
        record(cast.handler, case, "T23", facts, {"ruling": upload()})
        assert case.state == CaseState.COURT_REJECTED
        assert deadline(case, "P-31").effective_day == date(2026, 5, 22)
        with pytest.raises(Refusal) as refused:
            record(
                cast.handler,
                case,
                "T52",
                {"legal_day": "2026-05-13", "court_case_number": "1"},
                {"paper": upload()},
            )
        assert codes(refused) == ["rejection_was_appealed"]
        record(cast.handler, case, "S27", {"legal_day": "2026-05-13"}, {"receipt": upload()})
        assert deadline(case, "P-31").state == DeadlineState.MET
        record(
            cast.handler,
            case,
            "T52",
            {"legal_day": "2026-05-13", "court_case_number": "1"},
            {"paper": upload()},
        )
        assert case.state == CaseState.COURT_ACCEPTED


@pytest.mark.norm("C055")
def test_an_appeal_against_the_rejection_after_ten_days_is_refused_with_the_way_out(cast):
    with on(2026, 5, 26):
        case = suit.suit_delivered(cast)
        force(case, "T23", date(2026, 5, 12), actor=cast.handler, rejection="not_accepted")
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "S27", {"legal_day": "2026-05-25"}, {"receipt": upload()})
        assert codes(refused) == ["rejection_appeal_in_time"]
        assert "T52-2" in refused.value.unmet[0].message


def test_after_its_registration_a_suit_is_dismissed(pending, cast):
    facts = {
        "legal_day": "2026-05-20",
        "rejection": "not_accepted",
        "ruling_number": "1",
        "reason": "理由",
    }
    with pytest.raises(Refusal) as refused:
        record(cast.handler, pending, "T23", facts, {"ruling": upload()})
    assert codes(refused) == ["rejection_fits_the_state"]
    facts["rejection"] = "dismissed"
    record(cast.handler, pending, "T23", facts, {"ruling": upload()})
    assert pending.state == CaseState.COURT_REJECTED


@pytest.mark.norm("C048")
@pytest.mark.parametrize(
    "content", ["litigator", "defendant", "claims", "facts", "evidence", "reasons"]
)
def test_a_complaint_that_lacks_one_of_its_contents_is_not_delivered(case, cast, content):
    filed(case, "D-45", cast.clerk, cast.chief, without=content)
    filed(case, "D-46", cast.clerk, cast.chief)
    suit.claim(cast, case)
    with pytest.raises(Refusal) as refused:
        propose(case, "T22", plan(), cast.handler)
    assert codes(refused) == ["complaint_complete"]


@pytest.mark.norm("C049", "C055")
def test_the_court_registers_what_by_the_record_was_handed_in_with_its_proof(cast):
    facts = {"legal_day": "2026-05-08", "court_case_number": "（2026）浙0192民初1号"}
    with on(2026, 5, 12):
        case = suit.suit_delivered(cast)
        filed(case, "D-45", cast.clerk, cast.chief)
        bare = {"court": suit.internet_court().pk, "pieces": ["complaint"]}
        happen(case, "complaint_delivered", suit.DELIVERED, actor=cast.handler, facts=bare)
        with pytest.raises(Refusal) as refused:
            record(cast.handler, case, "T24", facts, {"paper": upload()})
        assert codes(refused) == ["preliminary_proof_delivered"]
        whole = suit.suit_delivered(cast)
        filed(whole, "D-45", cast.clerk, cast.chief)
        record(cast.handler, whole, "T24", facts, {"paper": upload()})
        assert whole.state == CaseState.COURT_ACCEPTED


@pytest.mark.norm("C078")
def test_the_page_of_the_suit_says_that_private_suits_stay_possible(client, case, cast):
    client.force_login(cast.handler)
    page = client.get(reverse("case_suit", args=[case.key]))
    assert "不影响受害人自行起诉" in page.content.decode()


@pytest.mark.norm("C077")
def test_a_judgment_against_the_same_defendant_is_a_warning_that_names_its_case(case, cast):
    other = suit.suit_delivered(cast)
    for code in ("T24", "T25", "T29"):
        force(other, code, date(2026, 5, 6), actor=cast.handler)
    force(other, "T36", date(2026, 5, 6), actor=cast.handler, judgment_number="1")
    force(other, "T38", date(2026, 5, 6), actor=cast.handler)
    lines = checklists.checklist(acts.declaration_of(case, "T22"), case, {})
    [line] = [line for line in lines if line.code == "not_sued_before"]
    assert line.verdict.warning
    assert other.key in str(line.verdict.why)
