"""Issuing a document: who signs, on what approval, with which day and number (Rules 5; C116, C119)."""

from __future__ import annotations

from datetime import date

import pytest

from accounts.models import Role, User
from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted, Refusal
from audit.models import AuditEvent
from audit.selectors import details_of
from cases.services import recusals
from notices import services
from notices.models import NumberRegister
from notices.selectors import possible_signers
from tests.notices.matters import approve_text, filing_of, issue, upload
from tests.support.days import on
from tests.support.documents import final
from tests.support.matters import ask_to_stand_aside, meeting_held
from tests.support.people import delegate_today

pytestmark = pytest.mark.django_db


@pytest.mark.norm("C116")
def test_an_issued_decision_has_number_file_signer_and_trace(decision, case, cast):
    issued = issue(cast, decision)
    assert issued.number == "江云检民公立〔2026〕1号"
    assert (issued.status, issued.signer, issued.issued_by) == ("issued", cast.chief, cast.clerk)
    assert issued.size
    assert issued.engine.startswith("typst")
    assert issued.seal
    entry = NumberRegister.objects.get()
    assert (entry.text, entry.document, entry.sequence) == (issued.number, issued, 1)
    case.refresh_from_db()
    assert case.official_number == issued.number
    event = AuditEvent.objects.filter(action="document.issued").get()
    assert (event.object_id, event.case_id) == (str(issued.pk), case.pk)
    assert details_of(event)["signer"] == cast.chief.pk


@pytest.mark.norm("C119")
def test_an_unauthorised_signer_is_refused_and_an_authorised_one_signs(decision, cast):
    with pytest.raises(NotPermitted) as caught:
        issue(cast, decision, signer=cast.handler)
    assert caught.value.code == "unauthorised_signer"
    _authorise(cast, "D-06", date(2026, 6, 24), date(2026, 12, 31))
    issued = issue(cast, decision, signer=cast.handler)
    assert "检察官" in str(issued.composed)


@pytest.mark.norm("C119")
def test_who_acts_for_the_chief_signs_in_his_place_and_the_document_says_so(decision, cast):
    assert [person.pk for person in possible_signers(decision)] == [cast.chief.pk]
    today = decision.signed_day
    delegate_today(cast.chief, cast.deputy, Role.CHIEF)
    _authorise(cast, "D-41", today, today)
    with on(2026, 6, 25):
        _authorise(cast, "D-06", clock.today(), clock.today())
    assert {person.pk for person in possible_signers(decision)} == {cast.chief.pk, cast.deputy.pk}
    issued = issue(cast, decision, signer=cast.deputy)
    assert f"{cast.deputy.name}（代{cast.chief.name}）" in str(issued.composed)


@pytest.mark.norm("C119")
def test_the_chief_of_another_office_signs_nothing_here(decision, cast):
    from accounts.models import Role
    from tests.support.people import make_user

    stranger = make_user(cast.other_office, Role.CHIEF)
    with pytest.raises(NotPermitted):
        issue(cast, decision, signer=stranger)


def _authorise(cast, code, first, last):
    from accounts.services import authorise_signing

    return authorise_signing(
        actor=cast.chief,
        user=cast.handler,
        document_codes=[code],
        scope="承办案件的文书",
        valid_from=first,
        valid_to=last,
    )


@pytest.mark.norm("C119")
def test_a_recused_chief_signs_nothing_in_the_matter(decision, case, cast):
    application = ask_to_stand_aside(cast, case, cast.chief)
    recusals.decide_recusal(
        actor=cast.deputy,
        recusal=application,
        granted=True,
        reason="属实",
        meeting=meeting_held(cast),
    )
    with pytest.raises(NotPermitted) as caught:
        issue(cast, decision)
    assert caught.value.code == "unauthorised_signer"


@pytest.mark.norm("C119")
def test_whose_account_was_closed_signs_nothing_any_more(decision, cast):
    _authorise(cast, "D-06", date(2026, 6, 24), date(2026, 12, 31))
    User.objects.filter(pk=cast.handler.pk).update(is_active=False)
    cast.handler.refresh_from_db()
    with pytest.raises(NotPermitted) as caught:
        issue(cast, decision, signer=cast.handler)
    assert caught.value.code == "unauthorised_signer"


@pytest.mark.norm("C119")
def test_a_signature_needs_the_authorisation_of_its_own_day_and_not_of_today(case, cast):
    with on(2026, 7, 1):
        _authorise(cast, "D-33", date(2026, 7, 1), date(2026, 7, 5))
    for today, signed, permitted in ((3, (6, 30), False), (10, (7, 8), False), (10, (7, 3), True)):
        filing = filing_of("D-33", signed_day=date(2026, *signed), signer=cast.handler)
        facts = {"actor": cast.clerk, "matter": case, "filing": filing, "upload": upload()}
        with on(2026, 7, today):
            if permitted:
                assert services.register_document(**facts).signer == cast.handler
                continue
            with pytest.raises(NotPermitted) as caught:
                services.register_document(**facts)
            assert caught.value.code == "unauthorised_signer"


def test_an_issue_without_approval_is_refused(case, cast):
    announcement = final(case, "D-41", cast.handler, telephone="0571-12345678")
    with pytest.raises(Refusal) as caught:
        issue(cast, announcement)
    assert [item.code for item in caught.value.unmet] == ["document_approved"]


def test_a_decision_bears_the_day_it_was_taken(decision, cast):
    with on(2026, 6, 30):
        with pytest.raises(Invalid) as caught:
            issue(cast, decision, signed_day=date(2026, 6, 30))
        assert caught.value.code == "day_of_decision"
        assert issue(cast, decision).signed_day == date(2026, 6, 24)


def test_a_document_is_not_signed_before_the_day_it_was_approved(case, cast):
    letter = final(case, "D-33", cast.handler)
    with on(2026, 6, 25):
        approve_text(letter, cast)
        with pytest.raises(Invalid) as caught:
            issue(cast, letter, signed_day=date(2026, 6, 24))
        assert (caught.value.code, set(caught.value.errors)) == (
            "day_out_of_order",
            {"signed_day"},
        )
        assert issue(cast, letter, signed_day=date(2026, 6, 25)).status == "issued"


def test_what_stays_in_the_office_is_not_issued(case, cast):
    plan = final(case, "D-09", cast.handler)
    with pytest.raises(Invalid):
        issue(cast, plan)


def test_an_issued_document_is_not_issued_twice(decision, cast):
    issue(cast, decision)
    with pytest.raises(Conflict):
        issue(cast, decision)
    assert NumberRegister.objects.count() == 1
