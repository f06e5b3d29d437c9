"""Filing against an authority, from a lead and beside a case (Rules 67-70)."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from administrative.models import CaseAuthority
from audit import clock
from audit.errors import Refusal
from cases.models import Case, CaseLink
from cases.services import team
from cases.states import AdministrativeState, CaseState
from deadlines.models import Deadline
from notices.models import Document
from tests.administrative import scenes
from tests.administrative.guard_scenes import another_body
from tests.administrative.scenes import moment
from tests.support.documents import final
from tests.support.guards import codes
from tests.support.matters import approve, make_case, propose, set_full_team, stand_aside

pytestmark = pytest.mark.django_db


def test_filing_opens_a_case_on_the_track_with_its_authority_team_and_decision(cast):
    with clock.frozen(moment(3, 2)):
        lead = scenes.lead_to_file(cast)
        final(lead, "D-05", cast.handler)
        facts = {name: value for name, value in scenes.filing().items() if name != "authority_name"}
        approve(propose(lead, "A-1", facts, cast.handler), cast.head, cast.chief)
    case = Case.objects.get(lead=lead)
    assert (case.track, case.state) == ("administrative", AdministrativeState.ADM_FILED)
    assert CaseAuthority.objects.get(case=case).body.name == scenes.POSTAL
    assert case.parties.get().name == scenes.POSTAL
    assert case.team.get().user == cast.handler
    assert case.filed_on == date(2026, 3, 2)
    assert Document.objects.get(case=case, code="D-06").signer == cast.chief
    assert Deadline.objects.get(case=case, rule="P-50").effective_day == date(2026, 3, 9)
    lead.refresh_from_db()
    assert lead.state == "filed"


@pytest.mark.norm("C099")
def test_another_authority_is_another_case_linked_with_the_same_team(cast):
    with clock.frozen(moment(3, 4)):
        first = scenes.filed_case(cast)
        facts = scenes.filing(body=another_body())
        facts.pop("authority_name")
        approve(propose(first, "A-1-2", facts, cast.handler), cast.head, cast.chief)
    second = Case.objects.exclude(pk=first.pk).get()
    first.refresh_from_db()
    assert first.state == AdministrativeState.ADM_FILED
    assert CaseLink.objects.get(source=first).target == second
    assert {member.user for member in second.team.all()} == {
        member.user for member in first.team.all()
    }
    assert CaseAuthority.objects.get(case=second).body == another_body()


@pytest.mark.norm("C099")
def test_like_acts_of_one_authority_are_one_case(cast):
    with clock.frozen(moment(3, 4)):
        first = scenes.filed_case(cast)
        facts = scenes.filing()
        facts.pop("authority_name")
        with pytest.raises(Refusal) as refused:
            propose(first, "A-1-2", facts, cast.handler)
    assert codes(refused) == ["one_case_an_authority"]
    assert first.key in str(refused.value.unmet[0].message)
    assert refused.value.unmet[0].law == "Rules 69"


def test_a_case_against_an_authority_is_filed_beside_a_civil_case_which_goes_on(cast):
    with clock.frozen(moment(3, 4)):
        civil = make_case(cast)
        set_full_team(cast, civil)
        stand_aside(cast, civil, cast.assistant)
        civil.refresh_from_db()
        facts = scenes.filing()
        facts.pop("authority_name")
        approve(propose(civil, "A-1-2", facts, cast.handler), cast.head, cast.chief)
    civil.refresh_from_db()
    assert (civil.state, civil.track) == (CaseState.FILED, "civil")
    other = Case.objects.get(track="administrative")
    assert [row.person for row in other.recusals.all()] == [cast.assistant]
    begun = other.events.get(kind="case_opened")
    assert (begun.machine, begun.facts["beside"]) == ("administrative", civil.key)


def test_the_database_keeps_a_case_on_its_track_and_its_machine(cast):
    with clock.frozen(moment(3, 4)):
        case, civil = scenes.filed_case(cast), make_case(cast)
    for row, track in ((case, "civil"), (civil, "administrative")):
        with pytest.raises(IntegrityError, match="administrative track"), transaction.atomic():
            Case.objects.filter(pk=row.pk).update(track=track)
    with pytest.raises(IntegrityError, match="without its event"), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(state=AdministrativeState.ADM_SUIT)
    with pytest.raises(IntegrityError, match="may not go"), transaction.atomic():
        Case.objects.create(
            **{
                name: getattr(case, name)
                for name in ("office", "department", "year", "title", "created_by", "summary")
            },
            key="X-2026-99999",
            serial=99999,
            track="administrative",
            state=CaseState.FILED,
            filed_on=case.filed_on,
            legal_bases=["APL 25"],
        )


def test_the_team_of_a_case_on_the_track_is_set_as_in_every_case(cast):
    with clock.frozen(moment(3, 4)):
        case = scenes.filed_case(cast)
        team.set_team(
            actor=cast.head, case=case, members=[(cast.colleague, "lead")], reason="人员调整"
        )
    assert case.team.filter(until__isnull=True).get().user == cast.colleague
