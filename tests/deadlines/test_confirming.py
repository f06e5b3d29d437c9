"""A second person confirms what somebody recorded as done."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Role
from audit.errors import Conflict, Invalid, NotPermitted
from audit.models import AuditEvent
from cases.models import Case, Task
from cases.models.work import TaskState
from cases.services import acts
from deadlines import by_hand, services
from deadlines.confirmation import awaiting
from deadlines.models import CompletionCheck, Confirmation, Deadline, DeadlineState
from deadlines.services import confirming
from deadlines.workplace import inbox_items
from tests.support.days import on
from tests.support.matters import happen, make_case, stand_aside, upload
from tests.support.people import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(cast) -> Case:
    return make_case(cast)


@pytest.fixture
def done(cast, case):
    """A record with the next-higher office that the handler says is sent (P-04)."""
    with on(2026, 3, 2):
        happen(case, "complaint_delivered", date(2026, 3, 2))
    with on(2026, 3, 4):
        happen(case, "complaint_reported", date(2026, 3, 4), actor=cast.handler)
    return case.deadlines.get(rule="P-04")


def test_a_duty_the_handler_recorded_as_done_waits_for_a_second_person(done):
    assert (done.state, done.confirmation) == (DeadlineState.MET, Confirmation.AWAITING)


@pytest.mark.parametrize("who", ["head", "management"])
def test_the_head_or_case_management_confirms_it(cast, done, who):
    people = {"head": cast.head, "management": manager(cast)}
    with on(2026, 3, 5):
        services.confirm(actor=people[who], deadline=done, note="已核对回执")
        assert not awaiting(people[who]).exists()
    done.refresh_from_db()
    check = CompletionCheck.objects.get()
    assert done.confirmation == Confirmation.CONFIRMED
    assert (check.checked_by, check.completed_by) == (people[who], cast.handler)
    assert AuditEvent.objects.filter(action="deadline.completion_confirmed").count() == 1
    # What is recorded later does not ask again.
    with on(2026, 3, 6):
        happen(done.case, "direction_recorded", date(2026, 3, 6))
    done.refresh_from_db()
    assert done.confirmation == Confirmation.CONFIRMED


def manager(cast):
    return make_user(cast.office, Role.CASE_MANAGEMENT, username="guanli")


@pytest.mark.parametrize("who", ["handler", "colleague", "clerk", "stranger"])
def test_nobody_else_confirms_least_of_all_who_completed_it(cast, done, who):
    with on(2026, 3, 5), pytest.raises(NotPermitted):
        services.confirm(actor=getattr(cast, who), deadline=done)
    done.refresh_from_db()
    assert done.confirmation == Confirmation.AWAITING


def test_a_head_who_stands_aside_or_recorded_it_himself_does_not_confirm(cast, case, done):
    with on(2026, 3, 2):
        happen(case, "complaint_delivered", date(2026, 3, 2))
    with on(2026, 3, 5):
        stand_aside(cast, case, cast.head)
        with pytest.raises(NotPermitted):
            services.confirm(actor=cast.head, deadline=done)


def test_the_database_itself_refuses_a_check_of_ones_own_work(cast, done):
    with (
        pytest.raises(IntegrityError, match="completion_is_checked_by_another"),
        transaction.atomic(),
    ):
        CompletionCheck.objects.create(
            deadline=done,
            ended_by=done.ended_by,
            completed_by=cast.handler,
            checked_by=cast.handler,
            verdict="confirmed",
        )


def test_what_is_confirmed_is_not_confirmed_again(cast, done):
    with on(2026, 3, 5):
        services.confirm(actor=cast.head, deadline=done)
        with pytest.raises(Conflict):
            services.confirm(actor=cast.head, deadline=done)
    assert CompletionCheck.objects.count() == 1


def test_a_refusal_says_why_and_asks_the_completer_to_put_it_right(cast, done):
    with on(2026, 3, 5):
        with pytest.raises(Invalid):
            services.refuse(actor=cast.head, deadline=done, note=" ")
        services.refuse(actor=cast.head, deadline=done, note="回执不是本案的")
    done.refresh_from_db()
    assert (done.state, done.confirmation) == (DeadlineState.MET, Confirmation.REFUSED)
    task = Task.objects.get(kind=f"completion_refused:{done.pk}")
    assert (task.owner, task.state) == (cast.handler, TaskState.OPEN)


def test_a_completion_by_hand_that_is_not_confirmed_falls_and_the_clock_runs_on(cast, case):
    begun = {"period": "P-38a", "legal_day": "2026-03-02", "event_text": "决定提出再审检察建议"}
    with on(2026, 3, 2):
        by_record(cast, case, by_hand.BEGUN, begun)
    row = case.deadlines.get()
    clock = by_hand.clock_name(row.rule, row.start_event)
    completed = {"clock": clock, "outcome": "done", "result": "已回函", "legal_day": "2026-03-04"}
    with on(2026, 3, 4):
        by_record(cast, case, by_hand.COMPLETED, completed)
    row.refresh_from_db()
    assert row.confirmation == Confirmation.AWAITING
    with on(2026, 3, 5):
        services.refuse(actor=cast.head, deadline=row, note="未见回函")
    row.refresh_from_db()
    assert (row.state, row.confirmation) == (DeadlineState.OPEN, Confirmation.NONE)
    with on(2026, 3, 6):
        by_record(cast, case, by_hand.COMPLETED, completed | {"legal_day": "2026-03-06"})
    row.refresh_from_db()
    assert (row.state, row.confirmation) == (DeadlineState.MET, Confirmation.AWAITING)


def by_record(cast, case, kind, facts):
    return acts.record_fact(
        actor=cast.handler, matter=case, kind=kind, data=facts, files={"paper": upload()}
    )


def test_what_is_corrected_after_it_was_confirmed_is_confirmed_anew(cast, done):
    from cases.services.corrections import correct_event

    with on(2026, 3, 5):
        services.confirm(actor=cast.head, deadline=done)
    with on(2026, 3, 6):
        correct_event(
            actor=cast.handler,
            event=done.ended_by,
            data={"legal_day": "2026-03-05", "recipient": "上级院"},
            reason="日期误录",
            files={"paper": upload()},
        )
    done.refresh_from_db()
    assert done.confirmation == Confirmation.AWAITING


def test_the_time_of_others_is_confirmed_by_nobody(cast, case):
    with on(2026, 3, 2):
        happen(case, "complaint_delivered", date(2026, 3, 2))
        happen(case, "suit_accepted", date(2026, 3, 2), actor=cast.handler)
    assert case.deadlines.get(rule="P-20").confirmation == Confirmation.NONE


def test_what_nobody_confirms_within_two_working_days_is_the_heads_task_once(cast, done):
    # Recorded on Wednesday 4 March: Thursday and Friday pass, on Monday it is late.
    for day in (5, 6):
        with on(2026, 3, day):
            assert services.give_unconfirmed_to_heads() == 0
    with on(2026, 3, 9):
        assert services.give_unconfirmed_to_heads() == 1
        assert services.give_unconfirmed_to_heads() == 0
        task = Task.objects.get(kind=f"completion_unconfirmed:{done.pk}")
        assert task.owner == cast.head
        services.confirm(actor=cast.head, deadline=done)
    task.refresh_from_db()
    assert task.state == TaskState.DONE


def complete(case, person, *, delivered: date, reported: date):
    """Let the duty of one more complaint be done and wait to be confirmed."""
    with on(reported.year, reported.month, reported.day):
        happen(case, "complaint_delivered", delivered)
        happen(case, "complaint_reported", reported, actor=person)
    return case.deadlines.get(start_day=delivered, rule="P-04")


def test_a_completion_that_cannot_be_given_does_not_keep_the_others_waiting(
    cast, case, done, monkeypatch
):
    poisoned = make_case(cast)
    first = complete(poisoned, cast.handler, delivered=date(2026, 3, 2), reported=date(2026, 3, 4))
    Deadline.objects.filter(pk=first.pk).update(article="毒")
    given = confirming.open_task

    def opened(*, article, **rest):
        if article == "毒":
            raise ValueError(article)
        return given(article=article, **rest)

    monkeypatch.setattr(confirming, "open_task", opened)
    with on(2026, 3, 9):
        assert services.give_unconfirmed_to_heads() == 1
    assert Task.objects.get().kind == f"completion_unconfirmed:{done.pk}"


def test_what_is_completed_again_after_a_refusal_is_the_heads_task_again(cast, case):
    with on(2026, 4, 1):
        facts = {"period": "P-38", "event_text": "受理监督案件"}
        happen(case, by_hand.BEGUN, date(2026, 4, 1), facts=facts)
    row = case.deadlines.get(rule="P-38")
    clock = by_hand.clock_name(row.rule, row.start_event)
    facts = {"clock": clock, "outcome": "done", "result": "已审结"}
    with on(2026, 4, 2):
        happen(case, by_hand.COMPLETED, date(2026, 4, 2), actor=cast.handler, facts=facts)
    with on(2026, 4, 9):
        assert services.give_unconfirmed_to_heads() == 1
        row.refresh_from_db()
        services.refuse(actor=cast.head, deadline=row, note="没有凭证")
        happen(case, by_hand.COMPLETED, date(2026, 4, 9), actor=cast.handler, facts=facts)
    with on(2026, 4, 20):
        assert services.give_unconfirmed_to_heads() == 1
    assert Task.objects.filter(kind=f"completion_unconfirmed:{row.pk}").count() == 2


def test_those_given_already_leave_room_for_the_next(cast, case, done):
    other = complete(
        make_case(cast), cast.handler, delivered=date(2026, 3, 2), reported=date(2026, 3, 4)
    )
    with on(2026, 3, 9):
        assert [services.give_unconfirmed_to_heads(limit=1) for _ in range(3)] == [1, 1, 0]
    assert set(Task.objects.values_list("event", flat=True)) == {
        done.ended_by_id,
        other.ended_by_id,
    }


def test_a_refusal_without_a_reason_names_the_field_it_was_asked_in(cast, done):
    with on(2026, 3, 5), pytest.raises(Invalid) as refusal:
        services.refuse(actor=cast.head, deadline=done, note=" ")
    assert list(refusal.value.errors) == ["note"]


# --- pages -------------------------------------------------------------------------------------


def test_the_head_confirms_several_at_once_on_the_page(client, cast, done):
    client.force_login(cast.head)
    with on(2026, 3, 5):
        page = client.get(reverse("confirmation_list"))
        assert done.heading in page.text
        client.post(reverse("confirmation_list"), {"deadline": [done.pk]})
    done.refresh_from_db()
    assert done.confirmation == Confirmation.CONFIRMED


def test_the_head_is_told_of_it_on_the_first_page_and_the_handler_is_not(cast, done):
    with on(2026, 3, 5):
        (item,) = [i for i in inbox_items(cast.head) if i.link == reverse("confirmation_list")]
        assert not [i for i in inbox_items(cast.handler) if i.link == reverse("confirmation_list")]
    assert item.group == "approval"


def test_nothing_is_confirmed_when_one_of_several_cannot_be(client, cast, done):
    client.force_login(cast.head)
    with on(2026, 3, 5):
        client.post(reverse("confirmation_list"), {"deadline": [done.pk, 999_999]})
    done.refresh_from_db()
    assert done.confirmation == Confirmation.AWAITING


@pytest.mark.parametrize("who", ["handler", "clerk", "colleague", "stranger"])
def test_who_never_confirms_has_no_page_of_confirmations(client, cast, who):
    client.force_login(getattr(cast, who))
    assert client.get(reverse("confirmation_list")).status_code == 404


@pytest.mark.parametrize(
    "name", ["confirmation_list", "deadline_list", "idle_list", "notification_list"]
)
def test_a_page_of_a_list_that_is_none_is_said_and_the_list_begins_anew(client, cast, done, name):
    client.force_login(cast.head)
    with on(2026, 3, 5):
        page = client.get(reverse(name), {"after": "forged"})
    assert page.status_code == 200
    assert "找不到列表的这一页，请从头打开列表。" in page.text
    assert page.context["page"].previous is None


def test_the_list_costs_the_same_for_one_and_for_many(
    client, cast, done, django_assert_max_num_queries
):
    client.force_login(cast.head)
    for _number in range(5):
        other = make_case(cast)
        with on(2026, 3, 2):
            happen(other, "complaint_delivered", date(2026, 3, 2))
            happen(other, "complaint_reported", date(2026, 3, 2), actor=cast.handler)
    with on(2026, 3, 5), django_assert_max_num_queries(25):
        page = client.get(reverse("confirmation_list"))
    assert page.text.count('name="deadline"') == 6


def test_a_deadline_page_shows_who_confirmed_it_and_a_stranger_sees_nothing(client, cast, done):
    address = reverse("deadline_detail", args=[done.pk])
    confirm = reverse("deadline_confirm", args=[done.pk])
    with on(2026, 3, 5):
        client.force_login(cast.stranger)
        assert client.post(confirm, {"verdict": "confirmed"}).status_code == 404
        client.force_login(cast.head)
        client.post(confirm, {"verdict": "confirmed", "note": "已核对"})
        page = client.get(address)
    assert cast.head.name in page.text
    assert "已核对" in page.text
