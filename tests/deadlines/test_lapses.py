from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from audit.errors import Conflict, Invalid, NotPermitted
from audit.models import AuditEvent
from cases.models import Task
from deadlines import selectors, services
from deadlines.models import DeadlineState, Notification, NotificationKind
from tests.support.days import on
from tests.support.matters import announce, happen, make_case, upload
from tests.support.people import Cast

pytestmark = pytest.mark.django_db


def test_the_handler_is_told_when_the_announcement_has_ended_and_nothing_else_happens(cast):
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    with on(2026, 4, 7, 23, 59):
        assert services.lapse_due() == 0
    with on(2026, 4, 8, 0, 1):
        assert services.lapse_due() == 1
        assert services.lapse_due() == 0
    told = Notification.objects.get()
    assert (told.kind, told.recipient) == (NotificationKind.PERIOD_OVER, cast.handler)
    assert Task.objects.count() == 0
    case.refresh_from_db()
    assert case.state == "filed"


def test_a_late_duty_of_the_office_alerts_its_head_and_blocks_nothing(cast):
    chief, head, case = cast.chief, cast.head, make_case(cast)
    with on(2026, 6, 17):
        happen(case, "recusal_applied", date(2026, 6, 17), facts={"recusal": 1})
    with on(2026, 6, 23):
        services.lapse_due()
    told = Notification.objects.filter(kind=NotificationKind.LAPSED)
    assert {row.recipient for row in told} == {chief, head}
    assert Task.objects.get().owner == head
    assert AuditEvent.objects.filter(action="deadline.lapsed", case_id=case.pk).count() == 1
    with on(2026, 6, 24):
        happen(case, "recusal_decided", date(2026, 6, 24), facts={"recusal": 1})
    assert case.deadlines.get().state == DeadlineState.MET


def test_a_lapsed_deadline_runs_again_when_a_correction_moves_it_into_the_future(cast):
    case = make_case(cast)
    with on(2026, 3, 20):
        event = announce(case, date(2026, 3, 5))
    with on(2026, 4, 8):
        services.lapse_due()
        happen(case, "event_corrected", date(2026, 3, 20), corrects=event, reason="误录")
        row = case.deadlines.get()
    assert (row.state, row.effective_day) == (DeadlineState.OPEN, date(2026, 4, 20))
    # Lapsing again on the new day is told again.
    with on(2026, 4, 21):
        services.lapse_due()
    assert Notification.objects.filter(kind=NotificationKind.PERIOD_OVER).count() == 2


def test_a_deadline_with_an_open_excluded_interval_does_not_lapse(cast):
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    case.deadlines.update(at_least=True)
    with on(2026, 5, 1):
        assert services.lapse_due() == 0


def test_one_faulty_deadline_does_not_keep_the_others_waiting(cast):
    broken, sound = make_case(cast), make_case(cast)
    with on(2026, 3, 5):
        announce(broken, date(2026, 3, 4))
        announce(sound, date(2026, 3, 5))
    broken.deadlines.update(rulebook="lost")
    with on(2026, 5, 1):
        assert services.lapse_due() == 1
    assert sound.deadlines.get().state == DeadlineState.LAPSED
    assert broken.deadlines.get().state == DeadlineState.OPEN


def _set(cast: Cast, case, **rest):
    values = {
        "actor": cast.handler,
        "matter": case,
        "title": "回访被害人",
        "day": date(2026, 4, 10),
    }
    return services.set_manual(**(values | rest))


def test_the_team_sets_and_closes_deadlines_by_hand(cast):
    case = make_case(cast)
    with on(2026, 4, 1):
        row = _set(cast, case)
        assert row.reminders.count() == 3
        services.complete_manual(
            actor=cast.handler, deadline=row, note="已联系", files=[upload("回执.txt")]
        )
    row.refresh_from_db()
    assert (row.state, row.closed_by, row.closing_note) == (
        DeadlineState.MET,
        cast.handler,
        "已联系",
    )
    assert set(row.reminders.values_list("state", flat=True)) == {"superseded"}
    assert AuditEvent.objects.filter(action__in=["deadline.set", "deadline.met"]).count() == 2


@pytest.mark.parametrize(("change", "field"), [({"note": " "}, "note"), ({"files": []}, "paper")])
def test_a_deadline_by_hand_is_met_only_with_an_outcome_and_a_proof(cast, change, field):
    case = make_case(cast)
    given = {"note": "已联系", "files": [upload()]} | change
    with on(2026, 4, 1):
        row = _set(cast, case)
        with pytest.raises(Invalid) as refusal:
            services.complete_manual(actor=cast.handler, deadline=row, **given)
    assert list(refusal.value.errors) == [field]
    row.refresh_from_db()
    assert row.state == DeadlineState.OPEN
    assert not case.attachments.exists()


def test_an_entry_of_the_record_proves_that_a_deadline_by_hand_is_met(cast):
    case, other = make_case(cast), make_case(cast)
    with on(2026, 4, 1):
        row = _set(cast, case)
        event = happen(case, "direction_recorded", date(2026, 4, 1))
        foreign = happen(other, "direction_recorded", date(2026, 4, 1))
        with pytest.raises(Invalid) as refusal:
            services.complete_manual(actor=cast.handler, deadline=row, note="已联系", proof=foreign)
        services.complete_manual(actor=cast.handler, deadline=row, note="已联系", proof=event)
    assert list(refusal.value.errors) == ["proof"]
    row.refresh_from_db()
    assert (row.state, row.closing_event) == (DeadlineState.MET, event)


def test_nobody_outside_the_team_sets_a_deadline(cast):
    case = make_case(cast)
    with on(2026, 4, 1), pytest.raises(NotPermitted):
        _set(cast, case, actor=cast.colleague)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"title": "  "}, "title"), ({"day": date(2026, 3, 31)}, "day")],
)
def test_a_deadline_by_hand_needs_a_title_and_a_day_to_come(cast, change, field):
    case = make_case(cast)
    with on(2026, 4, 1), pytest.raises(Invalid) as refusal:
        _set(cast, case, **change)
    assert field in refusal.value.errors


def test_the_holder_belongs_to_the_team(cast):
    case = make_case(cast)
    with on(2026, 4, 1), pytest.raises(Invalid) as refusal:
        _set(cast, case, holder=cast.stranger)
    assert "holder" in refusal.value.errors


def test_a_statutory_deadline_is_not_closed_by_hand(cast):
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
        row = case.deadlines.get()
        with pytest.raises(NotPermitted) as refusal:
            services.complete_manual(
                actor=cast.handler, deadline=row, note="已联系", files=[upload()]
            )
    assert refusal.value.code == "statutory_deadline"
    with (
        pytest.raises(IntegrityError, match="only_manual_deadline_closed_by_hand"),
        transaction.atomic(),
    ):
        case.deadlines.update(closed_by=cast.handler, closed_at=row.created_at)


def test_a_closed_deadline_is_not_closed_again_and_cancelling_needs_a_reason(cast):
    case = make_case(cast)
    with on(2026, 4, 1):
        row = _set(cast, case)
        with pytest.raises(Invalid):
            services.cancel_manual(actor=cast.handler, deadline=row, note=" ")
        services.cancel_manual(actor=cast.handler, deadline=row, note="不再需要")
        with pytest.raises(Conflict):
            services.complete_manual(
                actor=cast.handler, deadline=row, note="已联系", files=[upload()]
            )


def test_the_stranger_sees_neither_deadlines_nor_notifications_of_a_matter(cast):
    case = make_case(cast)
    with on(2026, 3, 5):
        announce(case, date(2026, 3, 5))
    with on(2026, 4, 8):
        services.lapse_due()
    assert selectors.deadlines_visible_to(cast.handler).count() == 1
    assert selectors.unread_count(cast.handler) == 1
    assert selectors.deadlines_visible_to(cast.stranger).count() == 0
