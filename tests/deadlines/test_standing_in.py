"""Who is told in the place of somebody who is away, and beside a leader who delegated his role."""

from __future__ import annotations

from datetime import date

import pytest

from accounts import services as accounts
from accounts.models import Role
from cases.models import Recusal, RecusalDecision, Task, TeamMember, TeamPosition
from deadlines import services
from deadlines.models import Notification, NotificationKind, Reminder, ReminderState
from deadlines.services.reminder_settings import change_settings
from tests.support.days import on
from tests.support.matters import happen, make_case, upload
from tests.support.people import delegate_today

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast, with_mailbox):
    for person in (cast.handler, cast.colleague, cast.head, cast.chief, cast.deputy):
        with_mailbox(person)
    case = make_case(cast)
    with on(2026, 3, 5):
        services.set_manual(actor=cast.handler, matter=case, title="联系", day=date(2026, 4, 10))
    return case


def join(case, person, position=TeamPosition.HANDLER):
    TeamMember.objects.create(case=case, user=person, position=position)


def away(cast, first=date(2026, 4, 7), last=date(2026, 4, 8)):
    with on(2026, 4, 1):
        return accounts.enter_absence(
            actor=cast.handler,
            person=cast.handler,
            deputy=cast.colleague,
            first_day=first,
            last_day=last,
        )


def sweep_on(day):
    with on(2026, 4, day, 8, 31):
        services.sweep()
        services.sweep()


def told():
    return set(Notification.objects.values_list("recipient", flat=True))


def mailed(mailoutbox):
    return sorted(message.to[0] for message in mailoutbox)


def test_the_deputy_gets_the_reminder_and_the_absent_holder_keeps_the_one_in_the_application(
    cast, case, mailoutbox
):
    join(case, cast.colleague)
    away(cast)
    sweep_on(7)
    assert told() == {cast.handler.pk, cast.colleague.pk}
    assert mailed(mailoutbox) == [cast.colleague.email]
    assert "stand in" in mailoutbox[0].body or "代" in mailoutbox[0].body
    copies = Reminder.objects.filter(recipient=cast.colleague)
    assert set(copies.values_list("for_whom", "state")) == {(cast.handler.pk, "sent")}


def test_before_and_after_the_absence_only_the_holder_is_reminded(cast, case, mailoutbox):
    join(case, cast.colleague)
    away(cast, first=date(2026, 4, 8), last=date(2026, 4, 8))
    sweep_on(7)
    sweep_on(9)
    assert told() == {cast.handler.pk}
    assert mailed(mailoutbox) == [cast.handler.email] * 2


def test_who_is_back_early_is_reminded_alone_again(cast, case, mailoutbox):
    join(case, cast.colleague)
    absence = away(cast)
    with on(2026, 4, 6):
        accounts.end_absence(actor=cast.handler, absence=absence)
    sweep_on(7)
    assert told() == {cast.handler.pk}


def test_for_a_deputy_who_does_not_see_the_matter_the_head_is_told(cast, case, mailoutbox):
    away(cast)
    sweep_on(7)
    assert told() == {cast.handler.pk, cast.head.pk}
    assert mailed(mailoutbox) == [cast.head.email]


def test_for_a_deputy_who_must_stand_aside_the_head_is_told(cast, case):
    join(case, cast.colleague)
    Recusal.objects.create(
        case=case,
        person=cast.colleague,
        applicant="甲",
        grounds="亲属",
        received_on=date(2026, 4, 1),
        created_by=cast.clerk,
        decision=RecusalDecision.GRANTED,
        decided_on=date(2026, 4, 1),
        decided_by=cast.chief,
    )
    away(cast)
    sweep_on(7)
    assert told() == {cast.handler.pk, cast.head.pk}


def test_the_deputy_is_reminded_as_he_chose_for_himself(cast, case, mailoutbox):
    join(case, cast.colleague)
    away(cast)
    with on(2026, 4, 1):
        change_settings(actor=cast.colleague, manual_mail="digest")
    sweep_on(7)
    assert len(mailoutbox) == 1
    assert mailoutbox[0].to == [cast.colleague.email]
    assert case.key in mailoutbox[0].body
    assert "2026-04-07" in mailoutbox[0].subject


def test_a_deadline_that_ends_takes_the_deputys_reminder_along(cast, case, mailoutbox):
    join(case, cast.colleague)
    away(cast)
    with on(2026, 4, 7, 8, 31):
        services.delivery.deliver_in_app()
        services.complete_manual(
            actor=cast.handler, deadline=case.deadlines.get(), note="已办", files=[upload()]
        )
        services.sweep()
    assert not mailoutbox
    copies = Reminder.objects.filter(recipient=cast.colleague)
    assert set(copies.values_list("state", flat=True)) == {ReminderState.SUPERSEDED}


def test_the_notice_of_a_lapse_goes_to_the_deputy_too(cast, case):
    join(case, cast.colleague)
    away(cast, last=date(2026, 4, 13))
    with on(2026, 4, 11):
        services.lapse_due()
    lapsed = Notification.objects.filter(kind=NotificationKind.LAPSED)
    assert {row.recipient for row in lapsed} == {cast.handler, cast.colleague, cast.head}


def test_who_acts_for_the_head_and_for_the_chief_is_told_too(cast, case):
    with on(2026, 6, 17):
        happen(case, "recusal_applied", date(2026, 6, 17), facts={"recusal": 1})
    with on(2026, 6, 23):
        delegate_today(cast.chief, cast.deputy, Role.CHIEF)
        delegate_today(cast.head, cast.colleague, Role.DEPARTMENT_HEAD)
        services.lapse_due()
    lapsed = Notification.objects.filter(kind=NotificationKind.LAPSED, deadline__rule__gt="")
    assert {row.recipient for row in lapsed} == {
        cast.chief,
        cast.deputy,
        cast.head,
        cast.colleague,
    }


def test_the_task_goes_to_who_stands_in_for_an_absent_head(cast, case):
    with on(2026, 4, 1):
        accounts.enter_absence(
            actor=cast.head,
            person=cast.head,
            deputy=cast.deputy,
            first_day=date(2026, 4, 10),
            last_day=date(2026, 4, 20),
        )
    with on(2026, 4, 11):
        services.lapse_due()
    assert Task.objects.get().owner == cast.deputy
