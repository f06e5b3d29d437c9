"""Exhibits: what is kept, what is refused, and that nothing is ever changed."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from accounts import services as accounts
from accounts.models import Role
from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted, NotVisible, Refusal
from audit.models import AuditEvent
from cases.models import Recusal
from documents.store import Integrity, open_blob, path_of
from evidence import selectors, services
from evidence.forms import ExhibitForm
from evidence.models import Exhibit, Withdrawal
from evidence.workplace import panel_context, timeline_entries
from tests.evidence.conftest import FACTS, add, give_up_plan, planned_case, upload
from tests.support import matters
from tests.support.days import on

pytestmark = pytest.mark.django_db


def collected(cast, **changed):
    return {
        "method": "collect",
        "place": "某科技有限公司机房",
        "first_collector": cast.handler,
        "second_collector": cast.assistant,
    } | changed


def test_an_exhibit_keeps_its_file_digest_and_origin(cast, case):
    version = case.version
    exhibit = add(cast, case, b"%PDF-1.7 abc", **collected(cast))
    assert exhibit.sha256 == hashlib.sha256(b"%PDF-1.7 abc").hexdigest()
    assert (exhibit.size, exhibit.media_type, exhibit.number) == (12, "application/pdf", 1)
    assert open_blob(exhibit.sha256).read() == b"%PDF-1.7 abc"
    assert case.version == version + 1


def test_several_files_become_as_many_exhibits_without_a_gap(cast, case):
    uploads = [upload(b"one", "甲.txt"), upload(b"two", "乙.txt"), upload(b"one", "丙.txt")]
    added = services.add_exhibits(actor=cast.handler, case=case, uploads=uploads, facts=FACTS)
    assert [exhibit.label for exhibit in added] == ["E-0001", "E-0002", "E-0003"]
    assert added[0].name == "数据库镜像 甲.txt"
    assert added[0].sha256 == added[2].sha256


def test_when_one_file_of_several_is_refused_none_is_added(cast, case):
    with pytest.raises(Invalid) as refused:
        services.add_exhibits(
            actor=cast.handler,
            case=case,
            uploads=[upload(b"one"), upload(b"", "空.txt")],
            facts=FACTS,
        )
    assert refused.value.code == "empty_file"
    assert not Exhibit.objects.filter(case=case).exists()


def test_a_file_above_the_limit_is_refused_and_leaves_no_exhibit(cast, case, settings):
    settings.EVIDENCE_MAX_BYTES = 10
    with pytest.raises(Invalid) as refused:
        add(cast, case, b"x" * 11)
    assert refused.value.code == "file_too_large"
    assert not Exhibit.objects.filter(case=case).exists()


def test_a_hostile_file_name_loses_its_tricks(cast, case):
    exhibit = add(cast, case, file="../../\u202egpj.<script>.txt", name="")
    assert exhibit.file_name == exhibit.name == "gpj._script_.txt"


def test_a_day_in_the_future_is_refused(cast, case):
    with pytest.raises(Invalid) as refused:
        add(cast, case, obtained_on=date(2026, 3, 6))
    assert list(refused.value.errors) == ["obtained_on"]


@pytest.mark.norm("C020")
def test_nothing_is_collected_before_the_plan_exists(cast, case):
    give_up_plan(case, cast)
    with pytest.raises(Refusal) as refused:
        add(cast, case, **collected(cast))
    assert [item.code for item in refused.value.unmet] == ["plan_before_collection"]
    assert add(cast, case).number == 1, "what was submitted needs no plan"


@pytest.mark.norm("C020")
def test_nothing_is_collected_before_the_investigation_starts(cast):
    with pytest.raises(Conflict) as refused:
        add(cast, planned_case(cast), **collected(cast))
    assert refused.value.code == "not_under_investigation"


@pytest.mark.norm("C021")
def test_one_person_alone_collects_nothing(cast, case):
    for second in (None, cast.handler):
        with pytest.raises(Invalid) as refused:
            add(cast, case, **collected(cast, second_collector=second))
        assert list(refused.value.errors) == ["second_collector"]


@pytest.mark.norm("C021")
def test_who_collects_as_the_first_is_named_too(cast, case):
    with pytest.raises(Invalid) as refused:
        add(cast, case, **collected(cast, first_collector=None))
    assert list(refused.value.errors) == ["first_collector"]


@pytest.mark.norm("C021")
def test_the_database_knows_the_rule_of_two_as_well(cast, case, exhibit):
    row = Exhibit.objects.get(pk=exhibit.pk)
    row.pk, row.number = None, 2
    row.method, row.first_collector, row.second_collector = "collect", cast.handler, cast.handler
    with (
        pytest.raises(IntegrityError, match="exhibit_collected_by_two_staff"),
        transaction.atomic(),
    ):
        row.save()


@pytest.mark.norm("C021")
def test_somebody_from_outside_the_team_collects_nothing(cast, case):
    with pytest.raises(Invalid) as refused:
        add(cast, case, **collected(cast, second_collector=cast.colleague))
    assert list(refused.value.errors) == ["second_collector"]


def lose_the_role(cast, person, case):
    accounts.revoke_role(actor=None, grant=person.role_grants.get(), reason="调离")


def become_auditor(cast, person, case):
    accounts.grant_role(actor=None, user=person, role=Role.AUDITOR)


def leave_the_office(cast, person, case):
    accounts.deactivate_user(actor=None, user=person, reason="调离")


def stand_aside(cast, person, case):
    matters.stand_aside(cast, case, person)


@pytest.mark.norm("C021")
@pytest.mark.parametrize(
    "way",
    [lose_the_role, become_auditor, leave_the_office, stand_aside],
    ids=lambda way: way.__name__,
)
def test_whoever_may_act_no_more_collects_nothing_and_is_not_offered(cast, case, way):
    with on(2026, 3, 10):
        _check_that_nobody_is_offered(cast, case, way)


def _check_that_nobody_is_offered(cast, case, way):
    assert (
        cast.assistant
        in ExhibitForm(case=case, actor=cast.handler).fields["second_collector"].queryset
    )
    way(cast, cast.assistant, case)
    cast.assistant.refresh_from_db()
    for name in ("first_collector", "second_collector"):
        offered = ExhibitForm(case=case, actor=cast.handler).fields[name].queryset
        assert set(offered) == {cast.handler, cast.clerk}
    with pytest.raises(Invalid) as refused:
        add(cast, case, **collected(cast), obtained_on=clock.today())
    assert list(refused.value.errors) == ["second_collector"]
    earlier = add(cast, case, **collected(cast), obtained_on=date(2026, 3, 9))
    assert earlier.second_collector == cast.assistant, "what he did before stays true"


@pytest.mark.norm("C021")
def test_an_auditor_in_the_team_is_no_second_collector(cast, case):
    case.team.create(user=cast.auditor, position="assistant")
    offered = ExhibitForm(case=case, actor=cast.handler).fields["second_collector"].queryset
    assert cast.auditor not in offered
    with pytest.raises(Invalid) as refused:
        add(cast, case, **collected(cast, second_collector=cast.auditor))
    assert list(refused.value.errors) == ["second_collector"]


def test_whoever_left_the_team_is_still_offered(cast, case):
    case.team.filter(user=cast.assistant).update(until=clock.now())
    offered = ExhibitForm(case=case, actor=cast.handler).fields["second_collector"].queryset
    assert cast.assistant in offered
    assert add(cast, case, **collected(cast)).second_collector == cast.assistant


@pytest.mark.norm("C022")
def test_no_method_seizes_seals_freezes_or_restricts_liberty(cast, case):
    with pytest.raises(Invalid) as refused:
        add(cast, case, **collected(cast, method="seize"))
    assert "method" in refused.value.errors


def test_a_copy_needs_its_reason_and_electronic_data_how_it_was_made(cast, case):
    with pytest.raises(Invalid) as refused:
        add(cast, case, original=False)
    assert set(refused.value.errors) == {"copy_reason", "copy_process"}
    copy = add(cast, case, original=False, copy_reason="原始介质不便提取", copy_process="只读镜像")
    assert not copy.original


def test_only_the_team_adds_exhibits(cast, case):
    with pytest.raises(NotPermitted):
        services.add_exhibit(actor=cast.head, case=case, upload=upload(), facts=FACTS)
    with pytest.raises(NotVisible):
        services.add_exhibit(actor=cast.stranger, case=case, upload=upload(), facts=FACTS)


def test_a_withdrawn_exhibit_stays_and_is_withdrawn_once(cast, case, exhibit):
    with pytest.raises(Invalid):
        services.withdraw_exhibit(actor=cast.handler, exhibit=exhibit, reason=" ")
    services.withdraw_exhibit(actor=cast.handler, exhibit=exhibit, reason="来源存疑")
    with pytest.raises(Conflict):
        services.withdraw_exhibit(actor=cast.handler, exhibit=exhibit, reason="again")
    assert selectors.get_exhibit(cast.handler, case.key, 1).is_withdrawn
    assert not selectors.usable_exhibits_of(cast.handler, case).exists()
    assert add(cast, case).number == 2, "its number is not given again"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE evidence_exhibit SET sha256 = repeat('0', 64)",
        "UPDATE evidence_exhibit SET name = 'x'",
        "DELETE FROM evidence_exhibit",
        "TRUNCATE evidence_exhibit CASCADE",
        "UPDATE evidence_withdrawal SET reason = 'x'",
        "DELETE FROM evidence_factlink",
        "ALTER TABLE evidence_exhibit DISABLE TRIGGER ALL",
    ],
)
def test_the_application_cannot_change_or_delete_evidence(statement, exhibit):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_the_database_refuses_a_gap_in_the_numbers(cast, exhibit):
    row = Exhibit.objects.get(pk=exhibit.pk)
    row.pk, row.number = None, 5
    with pytest.raises(IntegrityError, match="leaves a gap"), transaction.atomic():
        row.save()


def test_who_stands_aside_sees_no_exhibit_and_adds_none(cast, case, exhibit):
    Recusal.objects.create(
        case=case,
        person=cast.assistant,
        applicant="当事人",
        grounds="利害关系",
        received_on=date(2026, 3, 1),
        decision="granted",
        decided_on=date(2026, 3, 2),
        decided_by=cast.chief,
        created_by=cast.handler,
    )
    with pytest.raises(NotVisible):
        selectors.get_exhibit(cast.assistant, case.key, 1)
    with pytest.raises(NotVisible):
        services.add_exhibit(actor=cast.assistant, case=case, upload=upload(), facts=FACTS)


@pytest.mark.norm("C131")
def test_a_confidential_exhibit_is_for_the_team_and_those_who_decide(cast, case):
    add(cast, case, confidential=True)
    seen = {
        person: selectors.exhibits_of(person, case).exists()
        for person in (cast.clerk, cast.head, cast.chief, cast.case_manager)
    }
    assert list(seen.values()) == [True, True, True, False]


@pytest.mark.norm("C131")
def test_every_act_and_every_look_is_recorded(cast, case, exhibit):
    services.record_look(actor=cast.head, exhibit=exhibit)
    services.record_download(actor=cast.head, exhibit=exhibit)
    services.withdraw_exhibit(actor=cast.handler, exhibit=exhibit, reason="重复")
    recorded = AuditEvent.objects.filter(object_type="exhibit", object_id=str(exhibit.pk))
    assert set(recorded.values_list("action", "case_id")) == {
        (action, case.pk)
        for action in (
            "exhibit.added",
            "exhibit.viewed",
            "exhibit.downloaded",
            "exhibit.withdrawn",
        )
    }


def test_a_check_finds_a_changed_file_and_records_it(cast, exhibit):
    assert services.check_exhibit(actor=cast.handler, exhibit=exhibit) is Integrity.INTACT
    path = path_of(exhibit.sha256)
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 c0ntent")
    assert services.check_exhibit(actor=cast.handler, exhibit=exhibit) is Integrity.CHANGED
    assert AuditEvent.objects.filter(action="exhibit.checked", outcome="failed").count() == 1


def test_timeline_and_panel_tell_of_the_exhibits(cast, case, exhibit):
    services.withdraw_exhibit(actor=cast.handler, exhibit=exhibit, reason="重复")
    entries = timeline_entries(case, cast.head)
    assert [entry.text for entry in entries] == ["数据库镜像", "重复"]
    panel = panel_context(case, cast.head)
    assert (panel["exhibit_count"], panel["addressed"], panel["groups"]) == (0, 0, 7)
    assert timeline_entries(case, cast.stranger) == []
    assert Withdrawal.objects.count() == 1


def test_the_search_finds_by_name_source_and_digest(cast, exhibit):
    for words in ("镜像", "科技", exhibit.sha256):
        assert list(selectors.search(cast.handler, words)) == [exhibit]
    assert not selectors.search(cast.stranger, "镜像")
