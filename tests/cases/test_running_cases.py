"""Running cases come in from a table: a trial row by row, then all of it or nothing (design 3, back-entry)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted, NotVisible, Refusal
from audit.models import AuditEvent
from cases.models import Case, Event, Lead, RunningEntry
from cases.registries import machines
from cases.running import services
from cases.running.columns import PATH, columns
from cases.running.reading import MOST_COLUMNS
from cases.running.selectors import entries_visible_to, get_entry, waiting_for
from cases.selectors import back_entry
from cases.states import CaseState
from deadlines.models import Deadline, Notification, Reminder
from documents.store import path_of
from litigation import selectors as litigation
from litigation.models import OperativeItem
from notices.models import Document
from tests.support import old_cases as old
from tests.support import old_suit as story
from tests.support.matters import record
from tests.support.tables import (
    announced_row,
    effective_row,
    filed_row,
    judged_row,
    papers_of,
    tried,
    with_second_defendant,
    workbook,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("entering")]


def entered(cast, *rows: dict[str, str], **rest: Any) -> list[Case]:
    entry = services.ask_head(actor=cast.handler, entry=tried(cast, *rows, **rest))
    return services.enter_all(actor=cast.head, entry=entry, digest=entry.digest)


# --- the trial -----------------------------------------------------------------------------------


def test_a_trial_says_row_by_row_what_would_happen_and_enters_nothing(cast):
    entry = tried(cast, announced_row(cast), filed_row(cast, **{"T06.legal_bases": "PIPL 70"}))
    first, second = entry.verdicts
    assert (first["met"], first["state"]) == (True, "announcing"), first["faults"]
    assert (second["met"], second["row"]) == (False, 2)
    assert not Lead.objects.exists()
    assert not Case.objects.exists()
    assert not Document.objects.exists()
    assert entry.status == "tried"
    assert AuditEvent.objects.filter(action="running_cases.tried").count() == 1
    assert not AuditEvent.objects.filter(action__startswith="event.").exists()


def test_a_refused_row_names_rule_article_and_way_out(cast):
    entry = tried(cast, filed_row(cast, **{"T06.legal_bases": "PIPL 70"}))
    (fault,) = entry.verdicts[0]["faults"]
    assert (fault["rule"], fault["law"]) == ("legal_basis_in_force", "PIPL 70; CPL 58")
    assert "2021-11-01" in fault["message"]
    assert fault["cure"]


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"lead.received_on": "2020-13-40"}, "线索："),
        ({"lead.source": "鸽子"}, "线索："),
        ({"T06.paper": "没有上传.pdf"}, "立案：审批表文件"),
        ({"T06.by_chief": "查无此人"}, "立案："),
        ({"T06.harm": ""}, "立案："),
        ({"D-05.file": ""}, "："),
        ({"D-05.signer": ""}, "签发人"),
        ({"D-05.day": "2020-05-01"}, "日期"),
        ({"state": "诉前公告"}, "现在所处阶段"),
    ],
)
def test_a_wrong_cell_is_named_by_its_column(cast, change, column):
    row = filed_row(cast)
    entry = services.try_table(
        actor=cast.handler,
        table=workbook(row | change),
        papers=papers_of(row),
        reason=old.REASON,
    )
    (verdict,) = entry.verdicts
    assert not verdict["met"]
    assert any(column in fault["column"] for fault in verdict["faults"]), verdict


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"T22.court": "查无此院"}, "向人民法院提交起诉书："),
        ({"T22.court": ""}, "向人民法院提交起诉书："),
        ({"S12.defendant": "别的公司"}, "起诉状副本送达被告：被告"),
        ({"claim1.amount": ""}, "诉讼请求1：金额（元）"),
        ({"claim2.kind": "鸽子"}, "诉讼请求2："),
        ({"T36.legal_day": "2020-13-01"}, "一审判决："),
        ({"defendant2.kind": "organisation"}, "被告2：名称"),
        ({"complaint3.legal_day": "2020-12-01"}, "被告3：名称"),
        ({"item1.amount": ""}, "判项1：金额（元）"),
        ({"judgment1.paper": "没有上传.pdf"}, "判决送达被告1："),
    ],
)
def test_a_wrong_cell_of_the_suit_is_named_by_its_column(cast, change, column):
    row = effective_row(cast)
    (verdict,) = tried(cast, row, table=workbook(row | change)).verdicts
    assert any(fault["column"].startswith(column) for fault in verdict["faults"]), verdict
    assert not Case.objects.exists()


def test_a_suit_on_the_last_day_of_the_announcement_is_refused_in_a_table_too(cast):
    row = judged_row(cast) | {
        f"T21.on_{role}": "2020-09-04" for role in ("department_head", "chief")
    }
    (verdict,) = tried(cast, row).verdicts
    assert "announcement_elapsed" in {fault["rule"] for fault in verdict["faults"]}, verdict


def test_no_two_columns_bear_the_same_heading(cast):
    for name in ("title_zh", "title_en"):
        titles = [getattr(column, name) for column in columns(cast.handler)]
        assert sorted(titles) == sorted(set(titles))


def test_a_table_that_fills_every_column_of_the_template_is_still_read(cast):
    assert len(columns(cast.handler)) <= MOST_COLUMNS


def test_every_unmet_requirement_of_a_row_is_named_at_once(cast):
    row = filed_row(cast) | {"T08.legal_day": "2020-06-18", "state": "investigating"}
    rules = {fault["rule"] for fault in tried(cast, row).verdicts[0]["faults"]}
    assert rules == {"two_staff", "document:D-09"}


def test_rows_see_those_before_them(cast):
    """Two rows that bear the same number of the office: the second is refused in the trial already."""
    entry = tried(cast, announced_row(cast), announced_row(cast))
    assert [verdict["met"] for verdict in entry.verdicts] == [True, False]


@pytest.mark.parametrize(
    "name", ["clerk", "assistant", "chief", "case_manager", "intake", "auditor"]
)
def test_only_a_prosecutor_enters_the_cases_he_handles(cast, name):
    row = filed_row(cast)
    with pytest.raises(NotPermitted):
        services.try_table(
            actor=getattr(cast, name), table=workbook(row), papers=papers_of(row), reason="x"
        )


def test_a_trial_has_its_reason(cast):
    row = filed_row(cast)
    with pytest.raises(Invalid):
        services.try_table(
            actor=cast.handler, table=workbook(row), papers=papers_of(row), reason=" "
        )


# --- all or nothing ------------------------------------------------------------------------------


def test_what_the_head_agrees_to_is_entered_whole(cast):
    first, second = entered(cast, announced_row(cast), filed_row(cast))
    assert (first.state, second.state) == (CaseState.ANNOUNCING, CaseState.FILED)
    for case in (first, second):
        row = case.back_entries.get()
        assert (row.asked_by, row.agreed_by, row.status) == (cast.handler, cast.head, "running")
        assert back_entry.is_running(case)
        assert case.rulebook == "2021-07-01"
    event = first.events.get(kind="announcement_published")
    assert (event.legal_day, event.recorded_by) == (old.ANNOUNCED, cast.handler)
    assert event.proposal.steps.count() == 3
    assert first.lead.events.get(kind="lead_assigned").recorded_by == cast.head
    assert not Reminder.objects.exists()
    assert not Notification.objects.exists()
    (entry,) = RunningEntry.objects.all()
    assert (entry.status, entry.decided_by) == ("entered", cast.head)


def test_a_table_with_a_refused_row_is_not_asked_for(cast):
    entry = tried(cast, filed_row(cast), filed_row(cast, **{"T06.legal_bases": "PIPL 70"}))
    with pytest.raises(Refusal) as refused:
        services.ask_head(actor=cast.handler, entry=entry)
    (item,) = refused.value.unmet
    assert item.code == "legal_basis_in_force"
    assert "Row 2" in str(item.message)


def test_what_is_refused_at_the_last_moment_leaves_nothing_half_done(cast):
    """A number of the table was used by another case meanwhile: no row is entered."""
    entry = tried(cast, filed_row(cast), announced_row(cast))
    services.ask_head(actor=cast.handler, entry=entry)
    old.announced_old_case(cast)
    before = (Lead.objects.count(), Case.objects.count(), Event.objects.count())
    with pytest.raises(Refusal) as refused:
        services.enter_all(actor=cast.head, entry=entry, digest=entry.digest)
    assert refused.value.code == "rows_refused"
    assert (Lead.objects.count(), Case.objects.count(), Event.objects.count()) == before
    entry.refresh_from_db()
    assert entry.status == "asked"


def test_exactly_what_was_tried_is_entered(cast):
    entry = services.ask_head(actor=cast.handler, entry=tried(cast, filed_row(cast)))
    with pytest.raises(Conflict) as refused:
        services.enter_all(actor=cast.head, entry=entry, digest="0" * 64)
    assert refused.value.code == "digest_differs"
    place = path_of(entry.sha256)
    place.chmod(0o600)
    place.write_bytes(workbook(filed_row(cast, **{"T06.case_title": "另一案"})).read())
    with pytest.raises(Conflict):
        services.enter_all(actor=cast.head, entry=entry, digest=entry.digest)
    assert not Case.objects.exists()


@pytest.mark.parametrize("name", ["handler", "colleague", "clerk", "chief", "stranger"])
def test_nobody_but_the_head_agrees(cast, name):
    entry = services.ask_head(actor=cast.handler, entry=tried(cast, filed_row(cast)))
    with pytest.raises(NotPermitted):
        services.enter_all(actor=getattr(cast, name), entry=entry, digest=entry.digest)
    with pytest.raises(IntegrityError), transaction.atomic():
        RunningEntry.objects.update(
            status="entered", decided_by=cast.handler, decided_at=clock.now()
        )


def test_the_head_refuses_with_a_reason_and_nothing_is_entered(cast):
    entry = services.ask_head(actor=cast.handler, entry=tried(cast, filed_row(cast)))
    with pytest.raises(Invalid):
        services.refuse_all(actor=cast.head, entry=entry, reason=" ")
    row = services.refuse_all(actor=cast.head, entry=entry, reason="卷宗不全")
    assert (row.status, row.refusal) == ("refused", "卷宗不全")
    with pytest.raises(Conflict):
        services.enter_all(actor=cast.head, entry=entry, digest=entry.digest)
    assert not Lead.objects.exists()


def test_a_table_is_entered_once(cast):
    entry = services.ask_head(actor=cast.handler, entry=tried(cast, filed_row(cast)))
    services.enter_all(actor=cast.head, entry=entry, digest=entry.digest)
    with pytest.raises(Conflict):
        services.enter_all(actor=cast.head, entry=entry, digest=entry.digest)
    assert Case.objects.count() == 1


def test_who_sees_a_table(cast):
    entry = tried(cast, filed_row(cast))
    assert get_entry(cast.handler, entry.pk) == entry
    for person in (cast.head, cast.stranger, cast.chief, cast.colleague, cast.clerk):
        with pytest.raises(NotVisible):
            get_entry(person, entry.pk)
    services.ask_head(actor=cast.handler, entry=entry)
    assert get_entry(cast.head, entry.pk) == entry
    assert list(waiting_for(cast.head)) == [entry]
    assert not entries_visible_to(cast.stranger).exists()


# --- the same as by hand -------------------------------------------------------------------------


def story_of(case: Case) -> dict[str, Any]:
    """Return everything that was recorded of a case and its lead, without ids and instants."""
    events = Event.objects.filter(case=case) | Event.objects.filter(lead=case.lead)
    steps = [
        (
            step.role,
            step.decision,
            step.acted_by_id,
            step.legal_day,
            step.opinion,
            step.entered_by_id,
        )
        for matter in (case.lead, case)
        for proposal in matter.proposals.order_by("id")
        for step in proposal.steps.order_by("position")
    ]
    return {
        "case": _plain(
            case, "title", "state", "filed_on", "legal_bases", "rulebook", "department_id"
        ),
        "lead": _plain(
            case.lead, "title", "state", "received_on", "source", "handler_id", "summary"
        ),
        "events": sorted(
            (e.kind, e.legal_day, e.transition, e.from_state, e.to_state, e.recorded_by_id)
            for e in events
        ),
        "steps": sorted(map(str, steps)),
        "team": sorted(case.team.filter(until=None).values_list("user", "position")),
        "papers": sorted(
            Document.objects.filter(case=case).values_list("code", "number", "signed_day", "sha256")
        ),
        "facts": sorted(case.fact_links.values_list("group", "text")),
        "deadlines": sorted(
            Deadline.objects.filter(case=case).values_list("rule", "state", "effective_day")
        ),
        "claims": sorted(case.claims.values_list("number", "kind", "text", "amount", "status")),
        "parties": sorted(case.parties.values_list("role", "name")),
        "judgments": sorted(case.judgments.values_list("number", "pronounced_on", "effective_on")),
        "items": sorted(
            OperativeItem.objects.filter(judgment__case=case).values_list(
                "kind", "text", "amount", "obligee", "due_days"
            )
        ),
    }


def _plain(row: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


EXPIRED = ("D-09", "team", "T08", "facts", "T10", "D-40", "D-41", "T12", "T16")
DECIDED = (*EXPIRED, "S03", "D-43", "T21")
DELIVERED = (*DECIDED, "claim1", "claim2", "D-45", "D-46", "T22")
JUDGED = (*DELIVERED, *(code for code, *_rest in story.COURT))
STAGES = {
    "filed": ("立案", ()),
    "investigating": ("调查", ("D-09", "team", "T08")),
    "closed": ("investigation_closed", ("D-09", "team", "T08", "facts", "T10")),
    "announcing": ("announcing", ("D-09", "team", "T08", "facts", "T10", "D-40", "D-41", "T12")),
    "review": ("review_for_prosecution", EXPIRED),
    "decided": ("suit_decided", DECIDED),
    "delivered": ("suit_submitted", DELIVERED),
    "judged": ("judged_first", JUDGED),
    "effective": ("effective", (*JUDGED, "judgment_office", "judgment1", "item1", "item2", "T38")),
}


@pytest.mark.parametrize("reached", STAGES)
def test_an_imported_case_equals_the_same_entered_by_hand(cast, reached):
    state, parts = STAGES[reached]
    whole = effective_row(cast)
    kept = {
        code: cell
        for code, cell in whole.items()
        if code in filed_row(cast) or code.split(".")[0] in parts
    }
    point = transaction.savepoint()
    (imported,) = entered(cast, kept | {"state": state})
    found = story_of(imported)
    transaction.savepoint_rollback(point)
    (case,) = entered(cast, filed_row(cast))
    by_hand(cast, case, parts)
    assert story_of(case) == found


def by_hand(cast, case: Case, parts: tuple[str, ...]) -> None:
    """Go on with a filed case step by step, through the services the pages use."""
    from evidence.services.facts import state_fact

    if "D-09" in parts:
        old.filed_paper(case, "D-09", cast, old.FILED, file="调查方案.pdf")
        members = (cast.handler, "lead"), (cast.assistant, "assistant"), (cast.clerk, "clerk")
        old.put_team(cast, case, *members)
        record(cast.handler, case, "T08", {"legal_day": "2020-06-18"})
    if "T10" in parts:
        for group in ("violator", "act", "harm", "causation", "fault", "exemption", "other"):
            state_fact(actor=cast.handler, case=case, group=group, text="已查明。")
        facts = {"proposal": "announce", "conclusion": "事实清楚。", "legal_day": "2020-07-30"}
        record(cast.handler, case, "T10", facts)
    if "T12" in parts:
        old.filed_paper(case, "D-40", cast, old.CLOSED, file="调查终结报告.pdf")
        number = "江云检民公告〔2020〕3号"
        old.filed_paper(case, "D-41", cast, old.CLOSED, number=number, file="公告文书.pdf")
        old.announce_old(cast, case, actor=cast.handler, filed=True)
    if "T16" in parts and "T21" not in parts:
        record(cast.handler, case, "T16", {"legal_day": "2020-09-04"})
    for code, enter in (
        ("T21", story.decide),
        ("T22", story.deliver),
        ("T36", story.judge),
        ("T38", story.take_effect),
    ):
        if code in parts:
            enter(cast, case)
    case.refresh_from_db()


def test_the_mode_of_an_imported_case_ends_at_the_first_event_of_today(cast):
    (case,) = entered(cast, announced_row(cast) | {"T16.legal_day": "2020-09-04", "state": "P5"})
    assert case.state == CaseState.REVIEW_FOR_PROSECUTION
    facts = {"legal_day": "2026-06-24", "outcome": "sue", "conclusion": "应当起诉。"}
    record(cast.handler, case, "S03", facts)
    assert not back_entry.is_running(case)
    assert not Reminder.objects.exists()


# --- several defendants, the states offered ----------------------------------------------------------


@pytest.mark.norm("C049", "C069")
def test_a_case_with_several_defendants_is_entered_and_each_has_its_own_periods(cast):
    (case,) = entered(cast, with_second_defendant(effective_row(cast)))
    first, second = case.parties.filter(role="violator").order_by("pk")
    assert second.name == "某数据有限公司"
    served = {
        e.facts["defendant"]: e.legal_day for e in case.events.filter(kind="complaint_served")
    }
    assert served == {first.pk: date(2020, 12, 1), second.pk: date(2020, 12, 4)}
    assert litigation.last_day_to_appeal(case) == date(2021, 1, 28)
    assert litigation.served_parties(case) == {"office", str(first.pk), str(second.pk)}
    assert case.state == CaseState.EFFECTIVE
    assert back_entry.is_running(case), "nothing of today was entered"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"T22.copies": "1"}, "package_complete"),
        (
            {"judgment2.legal_day": "", "judgment2.paper": "", "T38.legal_day": "2021-01-28"},
            "served_on_every_party",
        ),
        ({"T38.legal_day": "2021-01-28"}, "appeal_periods_over"),
    ],
)
def test_what_the_second_defendant_lacks_is_refused_with_its_rule(cast, change, rule):
    (verdict,) = tried(cast, with_second_defendant(effective_row(cast), **change)).verdicts
    assert [fault["rule"] for fault in verdict["faults"]] == [rule], verdict
    assert not Case.objects.exists()


def test_a_defendant_of_a_row_shows_his_code_or_says_why_he_has_none(cast):
    row = with_second_defendant(judged_row(cast), **{"defendant2.no_code_reason": ""})
    (verdict,) = tried(cast, row).verdicts
    assert "被告2：统一社会信用代码" in {fault["column"] for fault in verdict["faults"]}, verdict


def test_a_table_offers_only_the_states_to_which_its_steps_lead(cast):
    (state,) = [column for column in columns(cast.handler) if column.code == "state"]
    offered = [value for value, _title in state.choices]
    led_to = {machines["case"].declarations[code].target for code in PATH[2:]} - {""}
    assert set(offered) == led_to | {CaseState.FILED}
    assert offered[-1] == CaseState.EFFECTIVE
    assert not {CaseState.TERMINATED, CaseState.SECOND_INSTANCE, CaseState.CLOSED} & set(offered)
