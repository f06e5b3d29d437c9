"""More time for a period of the office: one person proposes it, others decide (law 2.2; Rules 47)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import translation

from audit.errors import Invalid, Refusal
from cases.machine import HEAD_THEN_CHIEF
from cases.registries import machines
from cases.services import acts, proposals
from deadlines import by_hand, extending
from deadlines.explain import in_both_languages
from deadlines.rulebook import rulebooks
from tests.support.days import on
from tests.support.matters import approve, happen, make_case, propose, upload

pytestmark = pytest.mark.django_db

WHY = {"ground": "complex", "explanation": "整改涉及多个部门"}
APPROVAL = {"legal_day": "2026-05-18", "until": "2026-08-31", "approval_number": "批5号"}


@pytest.fixture
def case(cast):
    return make_case(cast)


@pytest.fixture
def row(cast, case):
    """The review after an authority's rectification, until Wednesday 20 May 2026 (P-55)."""
    return begin(cast, case, concerns="某区数据局")


def begin(cast, case, **change):
    facts = {"period": "P-55", "event_text": "整改期限届满"} | change
    with on(2026, 4, 20):
        happen(case, by_hand.BEGUN, date(2026, 4, 20), actor=cast.handler, facts=facts)
    return case.deadlines.latest("id")


def asked(row, **change):
    return WHY | {"clock": extending.clock_of(row)} | change


def extended(cast, row, *, day: int = 18):
    """Let the chief grant the first extension."""
    with on(2026, 5, day):
        approve(propose(row.case, "S62", asked(row), cast.handler), cast.head, cast.chief)
    row.refresh_from_db()
    row.case.refresh_from_db()


def codes(refused) -> list[str]:
    return [item.code for item in refused.value.unmet]


def refused_step(cast, row, code: str) -> list[str]:
    """Return the guards that keep a step from being proposed; the draft is withdrawn."""
    with pytest.raises(Refusal) as refused:
        propose(row.case, code, asked(row), cast.handler)
    proposals.withdraw_proposal(actor=cast.handler, proposal=row.case.proposals.latest("id"))
    return codes(refused)


# --- which periods ---------------------------------------------------------------------------------


def test_every_extension_an_office_decides_on_is_a_proposal_that_ends_with_the_chief():
    """Over the rulebook: P-02 and P-03 by T17, P-55 and P-55-2 by S62; none is lengthened by one person."""
    steps = {item.event_kind: item for item in machines["case"].declarations.values()}
    for book in rulebooks().values():
        granted = [rule for rule in book.periods.values() if rule.extended_by_office]
        assert {rule.id for rule in granted} == {"P-02", "P-03", "P-55", "P-55-2"}
        for rule in granted:
            kinds = rule.extended_by or (by_hand.GRANTED, by_hand.APPROVED)
            assert [steps[kind].route for kind in kinds] == [HEAD_THEN_CHIEF] * 2, rule.id
            # The first is for the chief alone, the second for the office above, which names the day.
            assert [steps[kind].chief_decides for kind in kinds] == [True, False]
            assert [way.by for way in rule.extensions] == ["chief", "superior"]


def test_one_person_does_not_lengthen_a_period_of_the_office_by_an_entry(cast, case, row):
    given = {"clock": extending.clock_of(row), "ground": "rule", "decided_by": "检察长"}
    given |= {"until": "2026-06-30", "legal_day": "2026-05-18"}
    with on(2026, 5, 18), translation.override("en"), pytest.raises(Invalid) as refused:
        acts.record_fact(
            actor=cast.handler,
            matter=case,
            kind=by_hand.EXTENDED,
            data=given,
            files={"paper": upload()},
        )
    assert "propose it (Rules 47)" in refused.value.errors["ground"][0]
    row.refresh_from_db()
    assert row.effective_day == date(2026, 5, 20)


# --- the chief -------------------------------------------------------------------------------------


def test_the_chief_adds_the_month_of_the_article_to_that_clock_alone(cast, case, row):
    other = begin(cast, case, concerns="某区网信办")
    extended(cast, row)
    other.refresh_from_db()
    # 20 June 2026 lies in the Dragon Boat holidays.
    assert (row.nominal_day, row.effective_day) == (date(2026, 6, 20), date(2026, 6, 22))
    assert other.effective_day == date(2026, 5, 20)
    said = [line.text for line in in_both_languages(row.why).en]
    assert any("1 month by the chief procurator on 2026-05-18" in text for text in said)


def test_who_proposes_it_or_reviewed_it_does_not_grant_it(cast, row):
    with on(2026, 5, 18):
        proposal = propose(row.case, "S62", asked(row), cast.handler)
        with pytest.raises(Refusal):
            approve(proposal, cast.handler)
        approve(proposal, cast.head)
        with pytest.raises(Refusal):
            approve(proposal, cast.head)
    row.refresh_from_db()
    assert row.effective_day == date(2026, 5, 20)


def test_the_chief_lengthens_a_clock_once_but_another_one_too(cast, case, row):
    other = begin(cast, case, concerns="某区网信办")
    extended(cast, row)
    with on(2026, 5, 19):
        assert refused_step(cast, row, "S62") == ["clock_not_extended_before"]
    extended(cast, other, day=19)
    assert other.effective_day == date(2026, 6, 22)


@pytest.mark.norm("C043")
def test_more_time_asked_for_or_granted_after_the_lapse_comes_too_late(cast, row):
    with on(2026, 5, 20):
        proposal = propose(row.case, "S62", asked(row), cast.handler)
    with on(2026, 5, 21):
        with pytest.raises(Refusal):
            approve(proposal, cast.head, cast.chief)
        proposals.withdraw_proposal(actor=cast.handler, proposal=proposal)
        assert refused_step(cast, row, "S62") == ["extendable_clock_runs"]
    row.refresh_from_db()
    assert row.effective_day == date(2026, 5, 20)


def test_only_a_clock_of_this_kind_is_chosen(cast, case, row):
    with on(2026, 5, 18):
        happen(case, "announcement_expired", date(2026, 5, 18))
        review = case.deadlines.get(rule="P-02")
        with pytest.raises(Invalid) as refused:
            propose(case, "S62", asked(review), cast.handler)
    assert list(refused.value.errors) == ["clock"]


# --- the next-higher office --------------------------------------------------------------------------


def carried_out(cast, proposal, **change):
    files = {"paper": upload()}
    return proposals.carry_out(
        actor=cast.handler, proposal=proposal, data=APPROVAL | change, files=files
    )


def test_the_next_higher_office_is_asked_after_the_chief_and_its_paper_names_the_day(cast, row):
    with on(2026, 5, 18):
        assert refused_step(cast, row, "S62-2") == ["clock_extended_before"]
    extended(cast, row)
    with on(2026, 5, 18):
        further = propose(row.case, "S62-2", asked(row), cast.handler)
        proposal = approve(further, cast.head, cast.chief)
        with pytest.raises(Invalid) as unproven:
            proposals.carry_out(actor=cast.handler, proposal=proposal, data=APPROVAL)
        assert list(unproven.value.errors) == ["paper"]
        with pytest.raises(Refusal) as early:
            carried_out(cast, proposal, until="2026-06-22")
        assert codes(early) == ["new_end_of_clock_named"]
        event = carried_out(cast, proposal)
    row.refresh_from_db()
    assert (row.effective_day, event.proofs.count()) == (date(2026, 8, 31), 1)
    said = [line.text for line in in_both_languages(row.why).en]
    assert any("The approval of the next-higher procuratorate of 2026-05-18" in s for s in said)


def test_the_page_of_the_clock_leads_to_the_proposal_with_the_clock_chosen(client, cast, row):
    client.force_login(cast.handler)
    with on(2026, 5, 18):
        page = client.get(reverse("deadline_detail", args=[row.pk])).content.decode()
        address = f"{reverse('proposal_create', args=[row.case.key, 'S62'])}?clock="
        assert address in page
        form = client.get(address + extending.clock_of(row)).context["form"]
    assert form["clock"].value() == extending.clock_of(row)
    assert [name for name, _title in form.fields["clock"].choices] == [extending.clock_of(row)]
