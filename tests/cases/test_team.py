"""Who may be in a handling team, and who of it still counts where two must act (Rules 6, 36)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from accounts import services as accounts
from accounts.models import SEPARATED_ROLES, Role
from audit import clock
from audit.errors import Conflict, Invalid, Refusal
from cases.forms.facts import InvestigativeActFacts
from cases.models import PROCURATORIAL_STAFF, Case, CaseKind, TeamPosition
from cases.selectors import people
from cases.selectors.load import prosecutors_of
from cases.selectors.work import possible_successors
from cases.services import acts, checklists, recusals, team
from tests.support import matters
from tests.support.api import program_of
from tests.support.documents import final
from tests.support.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    settings.EVIDENCE_STORAGE = str(tmp_path)


@pytest.fixture
def case(cast):
    return matters.make_case(cast)


@pytest.fixture
def full(cast, case):
    """A team of a lead handler, an assistant and a clerk."""
    matters.set_full_team(cast, case)
    return case


def member(cast, *roles, name=""):
    return make_user(cast.office, *roles, name=name, department=cast.department)


def put(cast, case, person, position):
    members = [(cast.handler, "lead"), (person, position)]
    team.set_team(actor=cast.head, case=case, members=members, reason="组成")


# --- who may be in a team ------------------------------------------------------------------------


@pytest.mark.parametrize("position", TeamPosition)
@pytest.mark.parametrize("role", SEPARATED_ROLES)
def test_no_administrator_or_auditor_is_put_in_a_team(cast, case, role, position):
    person = member(cast, role, Role.PROSECUTOR)
    members = [(person, position), (cast.handler, "handler" if position == "lead" else "lead")]
    with translation.override("en"), pytest.raises(Invalid, match="sees no case") as refused:
        team.set_team(actor=cast.head, case=case, members=members, reason="组成")
    assert person.name in str(refused.value.message)
    assert not case.team.filter(user=person).exists()


@pytest.mark.parametrize("position", PROCURATORIAL_STAFF)
def test_whoever_holds_no_role_in_casework_is_no_procuratorial_staff(cast, case, position):
    person = member(cast)
    members = [(person, position), (cast.handler, "handler" if position == "lead" else "lead")]
    with pytest.raises(Invalid) as refused:
        team.set_team(actor=cast.head, case=case, members=members, reason="组成")
    assert refused.value.code in {"no_casework_role", "not_a_prosecutor"}


def test_a_technician_needs_no_role_and_counts_for_nobody(cast, case):
    put(cast, case, member(cast), "technician")
    assert people.open_team(case).count() == 2
    assert people.acting_staff(case).count() == 1


def test_nothing_is_handed_over_to_a_prosecutor_who_became_auditor(cast, case):
    accounts.grant_role(actor=None, user=cast.colleague, role=Role.AUDITOR)
    with pytest.raises(Invalid) as refused:
        team.hand_over(actor=cast.head, matter=case, successor=cast.colleague, reason="轮岗")
    assert refused.value.code == "sees_no_case"
    assert cast.colleague not in possible_successors(cast.office.pk)
    assert cast.colleague not in prosecutors_of(cast.head)


def test_the_page_of_the_team_offers_only_whom_the_service_takes(cast, case, as_user):
    auditor = member(cast, Role.AUDITOR)
    administrator = member(cast, Role.SYSTEM_ADMINISTRATOR, Role.ASSISTANT)
    technician = member(cast)
    address = reverse("case_team", args=[case.key])
    form = as_user(cast.head).get(address).context["form"]
    offered = {person.pk for person in form.people}
    assert {cast.handler.pk, cast.assistant.pk, technician.pk} <= offered
    assert not offered & {auditor.pk, administrator.pk}
    assert f"person_{auditor.pk}" not in form.fields
    assert [value for value, _label in form.fields[f"person_{technician.pk}"].choices] == [
        "",
        "technician",
    ]
    facts = {
        "reason": "组成",
        "version": case.version,
        f"person_{cast.handler.pk}": "lead",
        f"person_{auditor.pk}": "assistant",
    }
    as_user(cast.head).post(address, facts)
    assert not case.team.filter(user=auditor).exists()


def test_a_member_who_became_auditor_is_offered_no_more_and_the_page_says_so(cast, full, as_user):
    address = reverse("case_team", args=[full.key])
    before = as_user(cast.head).get(address).context["form"]
    assert (cast.assistant in before.people, before.warning) == (True, "")
    accounts.grant_role(actor=None, user=cast.assistant, role=Role.AUDITOR)
    page = as_user(cast.head).get(address)
    assert cast.assistant not in page.context["form"].people
    assert cast.assistant.name in page.context["form"].warning
    assert page.context["form"].warning in page.content.decode()


def test_a_program_is_refused_as_the_page_is(cast, case):
    body = {
        "members": [
            {"user": cast.handler.pk, "position": "lead"},
            {"user": cast.auditor.pk, "position": "assistant"},
        ],
        "reason": "组成",
    }
    answer = program_of(cast.head).post(f"/api/v1/cases/{case.key}/team/", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "sees_no_case")
    assert not case.team.filter(user=cast.auditor).exists()


# --- who counts ----------------------------------------------------------------------------------


def deactivate(cast, person, case):
    accounts.deactivate_user(actor=None, user=person, reason="调离")


def lose_the_role(cast, person, case):
    accounts.revoke_role(actor=None, grant=person.role_grants.get(), reason="调离")


def become_auditor(cast, person, case):
    accounts.grant_role(actor=None, user=person, role=Role.AUDITOR)


def stand_aside(cast, person, case):
    apply_against(cast, person, case, granted=True)


def apply_against(cast, person, case, granted=None):
    recusal = matters.ask_to_stand_aside(cast, case, person)
    if granted is not None:
        recusals.decide_recusal(actor=cast.chief, recusal=recusal, granted=granted, reason="审查")


def verdict_of(matter, code, guard):
    lines = checklists.checklist(acts.declaration_of(matter, code), matter, {})
    return next(line for line in lines if line.code == guard).verdict


def two_staff(case):
    return verdict_of(case, "T08", "two_staff")


WAYS_OUT = [deactivate, lose_the_role, become_auditor, stand_aside]


@pytest.mark.norm("C021")
@pytest.mark.parametrize("way", WAYS_OUT, ids=lambda way: way.__name__)
def test_the_second_of_two_counts_only_while_he_may_act(cast, case, way):
    put(cast, case, cast.assistant, "assistant")
    assert two_staff(case).met
    way(cast, cast.assistant, case)
    verdict = two_staff(case)
    assert not verdict.met
    with translation.override("en"):
        assert str(two_staff(case).why).startswith("1 procuratorial staff of the team may act")
    assert verdict.link == reverse("case_team", args=[case.key])


@pytest.mark.norm("C018")
def test_a_pending_recusal_takes_somebody_out_in_supervision_cases_alone(cast, case):
    put(cast, case, cast.assistant, "assistant")
    apply_against(cast, cast.assistant, case)
    assert two_staff(case).met
    case.kind = CaseKind.SUPERVISION
    assert not two_staff(case).met


def test_a_refused_recusal_leaves_somebody_in(cast, case):
    put(cast, case, cast.assistant, "assistant")
    apply_against(cast, cast.assistant, case, granted=False)
    assert two_staff(case).met


# --- who leads -----------------------------------------------------------------------------------


def become_assistant(cast, person, matter):
    lose_the_role(cast, person, matter)
    accounts.grant_role(actor=None, user=person, role=Role.ASSISTANT)


LEADS_NO_MORE = {
    deactivate: "is deactivated",
    lose_the_role: "does not hold the role of prosecutor",
    become_assistant: "does not hold the role of prosecutor",
    become_auditor: "sees no case",
}
leads_no_more = pytest.mark.parametrize(
    ("way", "said"), LEADS_NO_MORE.items(), ids=[way.__name__ for way in LEADS_NO_MORE]
)


@pytest.fixture
def lead(cast):
    """A lead ready to be filed."""
    found = matters.assess(cast, matters.assign(cast, matters.make_lead(cast)))
    final(found, "D-05", cast.handler)
    return found


@pytest.mark.norm("C017")
@leads_no_more
def test_a_team_whose_lead_may_act_no_more_has_none(cast, full, way, said):
    assert verdict_of(full, "T08", "team_with_one_lead").met
    way(cast, cast.handler, full)
    with translation.override("en"):
        verdict = verdict_of(full, "T08", "team_with_one_lead")
        assert not verdict.met
        assert cast.handler.name in str(verdict.why)
        assert said in str(verdict.why)
    assert verdict.link == reverse("case_team", args=[full.key])


@pytest.mark.norm("C017")
@leads_no_more
def test_a_lead_is_not_filed_while_its_handler_could_not_lead_the_case(cast, lead, way, said):
    proposal = matters.propose(lead, "T06", matters.FILING, cast.handler)
    way(cast, cast.handler, lead)
    lead.refresh_from_db()
    with translation.override("en"):
        verdict = verdict_of(lead, "T06", "handler_may_lead")
        assert not verdict.met
        assert said in str(verdict.why)
    with pytest.raises(Conflict) as refused:
        matters.approve(proposal, cast.head, cast.chief)
    before, after = refused.value.details["verdicts"].values()
    changed = [now for then, now in zip(before, after, strict=True) if then != now]
    assert changed == [{"code": "handler_may_lead", "met": False}]
    with pytest.raises(Refusal) as unmet:
        acts.perform(
            actor=cast.chief,
            declaration=acts.declaration_of(lead, "T06"),
            matter=lead,
            facts=proposal.facts,
            legal_day=clock.today(),
        )
    assert [item.code for item in unmet.value.unmet] == ["handler_may_lead"]
    assert not Case.objects.filter(lead=lead).exists()


def test_a_lead_nobody_handles_after_a_recusal_is_not_filed(cast, lead):
    stand_aside(cast, cast.handler, lead)
    lead.refresh_from_db()
    with translation.override("en"):
        assert not verdict_of(lead, "T06", "handler_may_lead").met


def test_whoever_takes_the_lead_over_leads_the_case(cast, lead):
    become_assistant(cast, cast.handler, lead)
    team.hand_over(actor=cast.head, matter=lead, successor=cast.colleague, reason="转任助理")
    lead.refresh_from_db()
    assert verdict_of(lead, "T06", "handler_may_lead").met
    matters.approve(
        matters.propose(lead, "T06", matters.FILING, cast.colleague), cast.head, cast.chief
    )
    case = Case.objects.get(lead=lead)
    assert people.lead_handler(case) == cast.colleague
    assert verdict_of(case, "T08", "team_with_one_lead").met


# --- the act itself ------------------------------------------------------------------------------


def act(case, cast, day, *staff):
    facts = {
        "legal_day": day.isoformat(),
        "method": "question",
        "place": "江州",
        "content": "询问",
        "staff": [person.pk for person in staff],
    }
    return InvestigativeActFacts(facts, matter=case, actor=cast.handler)


@pytest.mark.norm("C021")
@pytest.mark.parametrize("way", WAYS_OUT, ids=lambda way: way.__name__)
def test_whoever_may_act_no_more_is_not_named_for_an_act_of_today(cast, full, way):
    assert act(full, cast, clock.today(), cast.handler, cast.assistant).is_valid()
    way(cast, cast.assistant, full)
    offered = InvestigativeActFacts(matter=full, actor=cast.handler).fields["staff"].queryset
    assert set(offered) == {cast.handler, cast.clerk}
    form = act(full, cast, clock.today(), cast.handler, cast.assistant)
    assert form.errors.keys() == {"staff"}
    # A granted recusal takes the person off the team at once; of the others the form says who it is.
    assert way is stand_aside or cast.assistant.name in form.errors["staff"][0]


@pytest.mark.norm("C021")
@pytest.mark.parametrize("way", WAYS_OUT[:3], ids=lambda way: way.__name__)
def test_an_act_of_an_earlier_day_still_names_who_did_it(cast, full, way):
    before = clock.today() - timedelta(days=1)
    way(cast, cast.assistant, full)
    assert act(full, cast, before, cast.handler, cast.assistant).is_valid()
    correcting = InvestigativeActFacts(
        matter=full, actor=cast.handler, initial={"staff": [cast.assistant.pk]}
    )
    assert cast.assistant in correcting.fields["staff"].queryset


def test_before_the_first_role_in_the_record_that_role_stands_in(cast, full):
    """A case from before the office began to use the record: who worked on it then is not unknown."""
    assert people.could_act(full, cast.assistant, date(2019, 1, 1))
    assert not people.could_act(full, member(cast), date(2019, 1, 1))
