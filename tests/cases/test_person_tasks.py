"""The open tasks of one person: the list behind the figure of the load, and one's own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from audit import clock
from cases.models import Task
from cases.services import tasks
from tests.support import matters
from tests.support.days import on
from tests.support.people import delegate_today, make_department, make_user

pytestmark = pytest.mark.django_db
LOAD = reverse("load_of_department")


@pytest.fixture(autouse=True)
def today():
    with on(2026, 6, 24), translation.override("en"):
        yield


def give(cast, matter, days: int | None, *, owner=None, title: str = "核对") -> Task:
    """Give somebody a task that is due so many days from today."""
    due = None if days is None else clock.today() + timedelta(days=days)
    return tasks.add_task(
        actor=cast.handler, matter=matter, title=title, owner=owner or cast.handler, due_on=due
    )


def list_of(person) -> str:
    return reverse("person_tasks", args=[person.pk])


def shown(answer) -> list[Task]:
    return answer.context["page"].items


def figure_of(client, person) -> tuple[int, str]:
    """Return how many overdue tasks the page of load tells of a person, and that page."""
    page = client.get(LOAD)
    [load] = [row["load"] for row in page.context["desks"] if row["load"].person == person]
    return load.overdue_tasks, page.content.decode()


def test_the_figure_of_overdue_tasks_is_the_list_it_opens(cast, as_user):
    case, lead = matters.make_case(cast), matters.assign(cast, matters.make_lead(cast))
    late = [give(cast, case, -1), give(cast, lead, -3)]
    for days in (0, 5, None):
        give(cast, case, days)
    client = as_user(cast.head)
    number, page = figure_of(client, cast.handler)
    assert f'href="{list_of(cast.handler)}"' in page
    answer = client.get(list_of(cast.handler))
    assert shown(answer) == late[::-1]
    assert len(shown(answer)) == answer.context["count"] == number == 2
    other = client.get(reverse("matter_handlers", args=[case.key])).content.decode()
    assert f'href="{list_of(cast.handler)}"' in other


def test_all_open_tasks_stand_by_day_and_what_has_none_stands_last(cast, as_user):
    case = matters.make_case(cast)
    undated, soon, late = give(cast, case, None), give(cast, case, 2), give(cast, case, -2)
    closed = give(cast, case, -2)
    tasks.close_task(actor=cast.handler, task=closed, note="已核对")
    answer = as_user(cast.head).get(list_of(cast.handler), {"show": "all"})
    rows = shown(answer)
    assert [row for row in rows if row.title == "核对"] == [late, soon, undated]
    assert closed not in rows
    assert answer.context["count"] == answer.context["numbers"]["every"] == len(rows)
    assert answer.context["numbers"]["overdue"] == 1


def test_each_row_leads_to_the_task_and_its_matter(cast, as_user):
    case = matters.make_case(cast)
    task = give(cast, case, -1, title="<b>核对镜像</b>")
    page = as_user(cast.head).get(list_of(cast.handler)).content.decode()
    assert reverse("task_detail", args=[task.pk]) in page
    assert f'href="{case.get_absolute_url()}"' in page
    assert "&lt;b&gt;核对镜像" in page
    assert "<b>核对镜像" not in page


def test_what_the_reader_may_not_see_is_neither_shown_nor_counted(cast, as_user):
    hidden, seen = matters.make_case(cast), matters.make_case(cast)
    matters.stand_aside(cast, hidden, cast.head)
    task = give(cast, seen, -1)
    give(cast, hidden, -1, title="不得看见")
    client = as_user(cast.head)
    answer = client.get(list_of(cast.handler), {"show": "all"})
    assert task in shown(answer)
    assert "不得看见" not in answer.content.decode()
    assert answer.context["numbers"]["overdue"] == figure_of(client, cast.handler)[0] == 1
    assert as_user(cast.chief).get(list_of(cast.handler)).context["count"] == 2


def test_tasks_in_a_matter_of_another_office_are_neither_shown_nor_counted(cast, as_user):
    foreign = matters.make_case(cast, handler=cast.stranger)
    foreign.office, foreign.department = cast.other_office, None
    foreign.save()
    Task.objects.create(case=foreign, title="外院", owner=cast.handler, due_on="2026-06-01")
    client = as_user(cast.head)
    answer = client.get(list_of(cast.handler), {"show": "all"})
    assert (shown(answer), answer.context["numbers"]) == ([], {"overdue": 0, "every": 0})
    assert figure_of(client, cast.handler)[0] == 0


def test_a_person_sees_his_own_and_nobody_else_who_does_not_assign(cast, as_user):
    give(cast, matters.make_case(cast), -1)
    own = as_user(cast.handler).get(list_of(cast.handler))
    assert (own.status_code, own.context["count"]) == (200, 1)
    assert f'href="{LOAD}"' not in own.content.decode()
    for who in ("colleague", "clerk", "stranger", "recused", "deputy", "auditor", "case_manager"):
        assert as_user(getattr(cast, who)).get(list_of(cast.handler)).status_code == 404


def test_who_compares_desks_lists_those_of_his_own_office_alone(cast, as_user):
    far = make_user(
        cast.office, Role.PROSECUTOR, name="丁远", department=make_department(cast.office)
    )
    foreign = make_user(cast.other_office, Role.PROSECUTOR, name="外院")
    for person in (cast.head, cast.chief):
        client = as_user(person)
        assert client.get(list_of(far)).status_code == 200
        for nobody in (foreign, cast.clerk, cast.auditor):
            assert client.get(list_of(nobody)).status_code == 404
        assert client.get(reverse("person_tasks", args=[987654321])).status_code == 404
    delegate_today(cast.head, cast.colleague, Role.DEPARTMENT_HEAD)
    assert as_user(cast.colleague).get(list_of(cast.handler)).status_code == 200


def test_pages_of_tasks_follow_one_another_without_gap_or_twin(cast, as_user, monkeypatch):
    monkeypatch.setattr("audit.paging.SIZE", 2)
    case = matters.make_case(cast)
    made = [give(cast, case, days) for days in (-3, -3, -2, 1, None)]
    client, seen, after = as_user(cast.head), [], ""
    while after is not None:
        page = client.get(list_of(cast.handler), {"show": "all", "after": after}).context["page"]
        seen += page.items
        after = page.next
    assert [row for row in seen if row in made] == made
    assert len(seen) == len(set(seen))


def test_my_work_leads_to_my_tasks(cast, as_user):
    page = as_user(cast.handler).get(reverse("home"), {"span": "overdue"}).content.decode()
    assert f'href="{list_of(cast.handler)}?show=all"' in page
    mine = as_user(cast.handler).get(f"{list_of(cast.handler)}?show=all").content.decode()
    of_another = as_user(cast.head).get(f"{list_of(cast.handler)}?show=all").content.decode()
    assert "此人" not in mine
    assert "此人" in of_another


def test_the_list_costs_the_same_with_more_tasks_and_matters(cast, as_user):
    give(cast, matters.make_case(cast), -1)
    client = as_user(cast.head)
    client.get(list_of(cast.handler))
    asked = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(list_of(cast.handler))
        asked.append(len(queries))
        for _more in range(3):
            give(cast, matters.make_case(cast), -1)
            give(cast, matters.assign(cast, matters.make_lead(cast)), -2)
    assert asked[0] == asked[1] <= 12
