"""The demonstration office: who is in it, what there is to see, and that it comes through the services."""

from __future__ import annotations

import os
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import lockout
from accounts.models import Office, OfficeLevel, Role, User
from accounts.selectors import holders
from audit import clock, verify
from audit.models import AuditEvent
from cases.edges import declared_edges
from cases.models import Case, CaseTag, Event, Lead, LeadTag, Proposal, ProposalStatus, Tag, TagUse
from cases.selectors.matters import cases_visible_to, leads_visible_to
from cases.selectors.proposals import waiting_for
from cases.states import Stage, stage_of
from deadlines.models import Deadline, DeadlineState, OfficePeriod
from exchange.models import Paper
from notices.models import Document, DocumentStatus, Service
from procuracy.management.commands.load_demo import LOGINS
from tests.procuracy import golden_cards
from tests.support import database
from tests.support.cards import missing_rows
from tests.support.days import on

pytestmark = pytest.mark.django_db
# The first working day after nine days of holiday.
DAY = (2026, 2, 24)
PASSWORD = "a long enough password"


def load(**environment) -> str:
    said = StringIO()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        call_command("load_demo", stdout=said)
    return said.getvalue()


@pytest.fixture(scope="module")
def demonstration(template_database, django_db_setup, django_db_blocker, tmp_path_factory):
    """One office for this module, in a database that was empty; returns what the command said."""
    from django.test import override_settings

    files = str(tmp_path_factory.mktemp("demonstration"))
    with (
        database.clone(template_database) as name,
        database.used(name, django_db_blocker),
        override_settings(EVIDENCE_STORAGE=files),
        on(*DAY),
    ):
        yield load(DEMO_PASSWORD=PASSWORD)


@pytest.fixture(autouse=True)
def _inside(demonstration, db):
    """Each test finds the office as it was loaded, on the same day."""
    with on(*DAY):
        yield


def targets(machine: str) -> set[str]:
    return {target for code, _source, target in declared_edges() if code == machine}


def test_three_procuratorates_stand_one_above_the_other():
    office = Office.objects.get(code="330106")
    line = [office, office.parent, office.parent.parent]
    assert [each.level for each in line] == [
        OfficeLevel.GRASSROOTS,
        OfficeLevel.CITY,
        OfficeLevel.PROVINCIAL,
    ]


def test_there_are_twelve_people_and_everybody_whom_a_case_needs():
    assert User.objects.filter(is_active=True).count() == 12
    office = Office.objects.get(code="330106")
    needed = (Role.INTAKE, Role.PROSECUTOR, Role.ASSISTANT, Role.CLERK, Role.DEPARTMENT_HEAD)
    for role in (*needed, Role.DEPUTY_CHIEF, Role.CHIEF, Role.AUDITOR):
        assert holders(office, role).exists(), role


# One state at least of each stage, those before the suit all.
SHOWN = {
    "filed",
    "investigating",
    "investigation_closed",
    "announcing",
    "terminated",
    "review_for_prosecution",
    "trial",
    "judged_first",
    "performance_period",
    "adm_awaiting_reply",
}


def test_there_is_a_lead_in_every_state_and_a_case_in_every_stage():
    assert set(Lead.objects.values_list("state", flat=True)) == targets("lead")
    states = set(Case.objects.values_list("state", flat=True))
    assert states == SHOWN
    assert {stage_of(state) for state in states} == set(Stage)


def test_the_cases_of_the_past_stand_in_back_entry_and_their_record_hangs_together():
    out = StringIO()
    call_command("verify_cases", stdout=out)
    assert out.getvalue().startswith("Clean.")


def test_the_cards_fill_themselves_as_they_did():
    made = golden_cards.cards(User.objects.get(username="sunmin"))
    if "WRITE_GOLDEN" in os.environ:
        golden_cards.write(made)
    assert made == golden_cards.read()


def test_every_value_of_every_card_names_a_row_there_is():
    reader = User.objects.get(username="sunmin")
    seen = [*leads_visible_to(reader), *cases_visible_to(reader)]
    assert len(seen) > 10
    assert [fault for matter in seen for fault in missing_rows(reader, matter)] == []


def test_one_duty_is_overdue():
    late = Deadline.objects.filter(state=DeadlineState.OPEN, effective_day__lt=clock.today())
    # An evidence period that ran out is no duty: it is over.
    duties = [row for row in late if not row.of_others]
    assert [(row.rule, row.duty_holder.username) for row in duties] == [("P-08", "zhaojian")]


def test_the_office_set_one_period_of_its_own_which_says_that_it_is_a_sample():
    period = OfficePeriod.objects.get()
    assert "示例" in period.title_zh
    assert "示例" in period.basis
    rows = Deadline.objects.filter(kind="office")
    assert {row.matter.office_id for row in rows} == {period.office_id}
    assert {row.state for row in rows} >= {DeadlineState.OPEN, DeadlineState.MET}


def test_one_proposal_is_returned_and_one_waits_for_the_head():
    assert Proposal.objects.filter(status=ProposalStatus.RETURNED).count() == 1
    waiting = waiting_for(User.objects.get(username="sunmin"))
    assert [proposal.transition for proposal in waiting] == ["M01"]


def test_every_state_was_reached_through_a_recorded_act_and_the_record_verifies():
    for matter in (*Lead.objects.all(), *Case.objects.all()):
        last = (
            Event.objects.filter(machine=matter.machine, object_id=matter.pk)
            .exclude(to_state="")
            .latest("pk")
        )
        assert last.to_state == matter.state, matter
    assert AuditEvent.objects.filter(action__startswith="proposal.").exists()
    report = verify.run(verify.whole())
    assert (report.verdict, report.fault) == (verify.Verdict.CLEAN, None)


def test_what_was_decided_and_published_is_issued_with_its_number():
    issued = Document.objects.filter(status=DocumentStatus.ISSUED, code__in=("D-06", "D-41"))
    assert set(issued.values_list("code", flat=True)) == {"D-06", "D-41"}
    assert not issued.filter(number="").exists()


def test_whoever_is_named_logs_in_with_the_password_and_finds_his_work(demonstration):
    for name, what in LOGINS:
        assert f"{name:<10} {what}" in demonstration
        person = lockout.authenticate(name, PASSWORD)
        assert person is not None, name
        client = Client()
        client.force_login(person)
        assert client.get(reverse("home")).status_code == 200, name
    assert PASSWORD not in demonstration


def test_a_second_call_changes_nothing_but_the_password():
    before = (
        Lead.objects.count(),
        Case.objects.count(),
        Event.objects.count(),
        User.objects.count(),
    )
    load(DEMO_PASSWORD="quite another password")
    after = (
        Lead.objects.count(),
        Case.objects.count(),
        Event.objects.count(),
        User.objects.count(),
    )
    assert after == before
    assert lockout.authenticate("zhouming", "quite another password")
    assert "Password" not in load(DEMO_PASSWORD="")
    assert lockout.authenticate("zhouming", "quite another password")


def test_in_production_nothing_is_loaded(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="not loaded in production"):
        load(DEMO_PASSWORD=PASSWORD)


def test_papers_and_services_stand_in_every_state_a_user_meets_first():
    standings = sorted(paper.standing for paper in Paper.objects.all())
    assert standings == ["linked", "linked", "waiting"]
    services = Service.objects.order_by("pk")
    assert [hasattr(row, "outcome") for row in services] == [True, True, True, False]


def test_labels_of_both_uses_stand_on_leads_and_cases():
    assert set(Tag.objects.values_list("use", flat=True)) == set(TagUse)
    for tag in Tag.objects.all():
        borne = LeadTag.objects.filter(tag=tag), CaseTag.objects.filter(tag=tag)
        assert any(rows.exists() for rows in borne), tag.name
    assert LeadTag.objects.exists()
    assert CaseTag.objects.exists()
