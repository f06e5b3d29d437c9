"""Nothing happens in law before what it rests on (design 3; norm C020)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.errors import Invalid, NotPermitted
from cases.models import Case, Task
from cases.selectors.case_list import case_rows
from cases.selectors.events import standing_events
from cases.services import acts, corrections, proposals, tasks
from cases.track import track_of
from cases.workplace import event_entries
from notices import services as notices
from tests.support import matters
from tests.support.days import on
from tests.support.documents import final
from tests.support.matters import approve, propose

pytestmark = pytest.mark.django_db


def record(cast, matter, code, day, **facts):
    acts.record_directly(
        actor=cast.handler,
        matter=matter,
        code=code,
        data={"legal_day": day} | facts,
    )
    matter.refresh_from_db()


def refused(call) -> str:
    with pytest.raises(Invalid) as caught:
        call()
    assert caught.value.code == "day_out_of_order"
    assert list(caught.value.errors) == ["legal_day"]
    return str(caught.value.message)


@pytest.fixture
def lead(cast):
    with on(2026, 6, 20):
        return matters.make_lead(cast, received_on=date(2026, 6, 15))


@pytest.fixture
def case(cast, settings, tmp_path):
    """A case filed on 5 January with its plan final on 10 June and investigated since 12 June."""
    settings.EVIDENCE_STORAGE = str(tmp_path)
    with on(2026, 6, 10):
        made = matters.make_case(cast)
        matters.set_full_team(cast, made)
        final(made, "D-09", cast.handler)
    with on(2026, 6, 20):
        record(cast, made, "T08", "2026-06-12")
    return made


def test_a_lead_is_not_assigned_before_it_was_received(cast, lead):
    data = {"handler": cast.handler.pk, "conflict_checked": "on", "legal_day": "2026-06-14"}
    with on(2026, 6, 20):
        why = refused(
            lambda: acts.record_directly(actor=cast.head, matter=lead, code="T03", data=data)
        )
    assert "2026-06-15" in why
    assert not lead.events.filter(kind="lead_assigned").exists()


def test_a_step_does_not_come_before_the_state_it_leaves_began(cast, lead):
    with on(2026, 6, 20):
        matters.assign(cast, lead)
        facts = {"why_necessary": "主体不明", "plan": "走访"}
        record(cast, lead, "T04", "2026-06-19", **facts)
        final(lead, "D-04", cast.handler)
    with on(2026, 6, 22):
        why = refused(lambda: record(cast, lead, "T05", "2026-06-18", result="查明"))
        assert "2026-06-19" in why
        record(cast, lead, "T05", "2026-06-22", result="查明")


@pytest.mark.norm("C020")
def test_the_investigation_does_not_begin_before_its_plan(cast, settings, tmp_path):
    settings.EVIDENCE_STORAGE = str(tmp_path)
    with on(2026, 6, 10):
        case = matters.make_case(cast)
        matters.set_full_team(cast, case)
        final(case, "D-09", cast.handler)
    with on(2026, 6, 20):
        why = refused(lambda: record(cast, case, "T08", "2026-06-09"))
    assert "调查方案" in why
    assert "2026-06-10" in why


@pytest.mark.norm("C020")
def test_no_act_of_collection_lies_before_the_investigation(cast, case):
    act = {
        "legal_day": "2026-06-11",
        "place": "江州",
        "content": "询问",
        "staff": [cast.handler.pk, cast.assistant.pk],
        "method": "question",
    }
    with on(2026, 6, 20):
        assert "2026-06-12" in refused(
            lambda: acts.record_fact(
                actor=cast.handler, matter=case, kind="investigative_act", data=act
            )
        )
        acts.record_fact(
            actor=cast.handler,
            matter=case,
            kind="investigative_act",
            data=act | {"legal_day": "2026-06-12"},
        )


def test_an_act_does_not_come_before_its_approval(cast, case):
    with on(2026, 6, 19):
        matters.force(case, "T10", date(2026, 6, 18), actor=cast.handler, proposal="announce")
        for code in ("D-40", "D-41"):
            final(case, code, cast.handler)
        case.refresh_from_db()
        proposal = propose(case, "T12", {"medium_planned": "正义网"}, cast.handler)
        approve(proposal, cast.head, cast.chief)
        decision = case.documents.get(code="D-41")
        notices.issue_document(actor=cast.clerk, document=decision, signer=cast.chief)
    proposal.refresh_from_db()
    facts = {"medium": "正义网", "national_influence": "on"}
    with on(2026, 6, 20):
        why = refused(
            lambda: proposals.carry_out(
                actor=cast.handler,
                proposal=proposal,
                data=facts | {"legal_day": "2026-06-18"},
                files={"proof": SimpleUploadedFile("公告.txt", b"x")},
            )
        )
        assert "2026-06-19" in why
    case.refresh_from_db()
    assert case.state == "investigation_closed"


def test_a_corrected_day_does_not_pass_its_neighbours_and_moves_track_timeline_and_list(cast, case):
    with on(2026, 6, 20):
        matters.force(case, "T10", date(2026, 6, 18), actor=cast.handler, proposal="announce")
        started = case.events.get(kind="investigation_started")

        def correct(day):
            corrections.correct_event(
                actor=cast.handler, event=started, data={"legal_day": day}, reason="误录"
            )

        assert "2026-06-18" in refused(lambda: correct("2026-06-19"))
        assert "2026-01-05" in refused(lambda: correct("2026-01-04"))
        correct("2026-06-15")
        events = standing_events(case).exclude(to_state="")
        assert date(2026, 6, 15) in [step.since for step in track_of(case, events)]
        entries = {entry.number: entry.day for entry in event_entries(case, cast.handler)}
        assert entries[started.pk] == date(2026, 6, 15)


def test_the_list_counts_from_the_corrected_day(cast, case):
    with on(2026, 6, 20):
        started = case.events.get(kind="investigation_started")
        corrections.correct_event(
            actor=cast.handler, event=started, data={"legal_day": "2026-06-15"}, reason="误录"
        )
        row = case_rows(cast.handler).get(pk=case.pk)
    assert row.state_since == date(2026, 6, 15)


# --- guards in doubt -----------------------------------------------------------------------------


@pytest.fixture
def doubtful(cast, case) -> Case:
    """A published announcement whose medium, by a correction, has no national influence."""
    with on(2026, 6, 20):
        matters.force(case, "T10", date(2026, 6, 18), actor=cast.handler, proposal="announce")
        proof = matters.paper(cast.handler, case)
        matters.force(
            case,
            "T12",
            date(2026, 6, 18),
            actor=cast.handler,
            proofs=[proof],
            medium="正义网",
            national_influence=True,
        )
        published = case.events.get(kind="announcement_published")
        corrections.correct_event(
            actor=cast.handler,
            event=published,
            data={"legal_day": "2026-06-18", "medium": "正义网"},
            reason="并非全国性媒体",
        )
    case.refresh_from_db()
    assert "T12" in case.guard_in_doubt
    return case


def test_annulling_the_doubtful_step_takes_the_flag_away(cast, doubtful):
    with on(2026, 6, 20):
        event = doubtful.events.get(kind="announcement_published")
        corrections.annul_transition(actor=cast.chief, event=event, reason="误录")
    doubtful.refresh_from_db()
    assert doubtful.guard_in_doubt == ""
    assert Task.objects.get(case=doubtful, kind="guard_in_doubt").state == "done"


def test_the_head_who_has_decided_takes_the_flag_away_and_nobody_else(cast, doubtful):
    task = Task.objects.get(case=doubtful, kind="guard_in_doubt")
    with on(2026, 6, 20):
        with pytest.raises(NotPermitted):
            tasks.close_task(actor=cast.handler, task=task)
        tasks.close_task(actor=task.owner, task=task, note="补发公告")
    doubtful.refresh_from_db()
    assert doubtful.guard_in_doubt == ""


def test_a_fact_that_a_correction_emptied_is_shown(client, cast, doubtful):
    client.force_login(cast.handler)
    event = doubtful.events.get(kind="announcement_published")
    with on(2026, 6, 20):
        page = client.get(reverse("event_detail", args=[event.pk])).content.decode()
    corrections_part = page[page.index('id="corrections"') :]
    assert "national" in corrections_part or "全国影响" in corrections_part
