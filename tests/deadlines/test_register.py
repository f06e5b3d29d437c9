"""The register of a day: who entered, who checked."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pypdf import PdfReader

from audit.errors import Conflict, Invalid, NotPermitted
from audit.models import AuditEvent
from deadlines import services
from deadlines.models import EntryCheck
from deadlines.register import Register, as_document
from deadlines.services.registering import check_entries
from tests.support.days import on
from tests.support.matters import announce, happen, make_case, stand_aside, upload

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)


@pytest.fixture
def case(cast):
    """A case with an announcement the handler recorded, and a deadline he set by hand."""
    case = make_case(cast)
    with on(2026, 3, 5):
        happen(case, "announcement_published", DAY, actor=cast.handler)
        services.set_manual(actor=cast.handler, matter=case, title="回访", day=date(2026, 3, 20))
    return case


def seen(person) -> dict[int, date]:
    return {row.deadline.pk: row.deadline.effective_day for row in Register(person, DAY).entered}


def test_the_register_names_every_deadline_entered_that_day_and_who_entered_it(cast, case):
    with on(2026, 3, 6):
        announce(make_case(cast), DAY)  # recorded on the next day
    rows = Register(cast.head, DAY).entered
    assert [(row.deadline.rule, row.entered_by, row.check) for row in rows] == [
        ("P-01", cast.handler, None),
        ("", cast.handler, None),
    ]


def test_what_ended_that_day_stands_in_it_with_the_day_and_who_recorded_it(cast, case):
    row = case.deadlines.get(manual=True)
    with on(2026, 3, 6):
        services.complete_manual(actor=cast.handler, deadline=row, note="已回访", files=[upload()])
        happen(case, "complaint_delivered", DAY, actor=cast.handler)
        happen(case, "complaint_reported", date(2026, 3, 6), actor=cast.handler)
        services.confirm(actor=cast.head, deadline=case.deadlines.get(rule="P-04"))
    ended = {row.deadline.rule: row for row in Register(cast.head, date(2026, 3, 6)).ended}
    assert ended[""].recorded_by == cast.handler
    assert ended["P-04"].deadline.done_on == date(2026, 3, 6)
    assert ended["P-04"].check.checked_by == cast.head


def test_a_second_person_checks_the_entries_once(cast, case):
    with on(2026, 3, 6):
        assert check_entries(actor=cast.head, day=DAY, seen=seen(cast.head)) == 2
        with pytest.raises(Invalid):
            check_entries(actor=cast.head, day=DAY, seen=seen(cast.head))
    assert {row.check.checked_by for row in Register(cast.head, DAY).entered} == {cast.head}
    entry = AuditEvent.objects.get(action="register.checked")
    assert entry.actor_id == cast.head.pk


def test_what_one_entered_oneself_is_left_to_another(cast, case):
    other = make_case(cast)
    with on(2026, 3, 5):
        happen(other, "announcement_published", DAY, actor=cast.head)
    with on(2026, 3, 6):
        assert check_entries(actor=cast.head, day=DAY, seen=seen(cast.head)) == 2
    assert Register(cast.head, DAY).entered[-1].check is None
    with pytest.raises(IntegrityError, match="entry_is_checked_by_another"), transaction.atomic():
        EntryCheck.objects.create(
            deadline=other.deadlines.get(),
            effective_day=date(2026, 4, 7),
            entered_by=cast.head,
            checked_by=cast.head,
        )


def test_an_entry_that_moved_while_it_was_looked_at_is_not_checked(cast, case):
    shown = {pk: date(2026, 1, 1) for pk in seen(cast.head)}
    with on(2026, 3, 6), pytest.raises(Conflict):
        check_entries(actor=cast.head, day=DAY, seen=shown)
    assert not EntryCheck.objects.exists()


def test_a_last_day_that_moves_later_is_to_be_checked_anew(cast, case):
    with on(2026, 3, 6):
        check_entries(actor=cast.head, day=DAY, seen=seen(cast.head))
    row = case.deadlines.get(rule="P-01")
    row.nominal_day = row.effective_day = date(2026, 4, 10)
    row.save()
    checks = {row.deadline.rule: row.check for row in Register(cast.head, DAY).entered}
    assert checks["P-01"] is None
    assert checks[""] is not None


@pytest.mark.parametrize("who", ["handler", "clerk", "stranger"])
def test_only_heads_and_case_management_check(cast, case, who):
    with on(2026, 3, 6), pytest.raises(NotPermitted):
        check_entries(actor=getattr(cast, who), day=DAY, seen=seen(cast.head))


def test_a_stranger_and_who_stands_aside_see_no_entry(cast, case):
    stand_aside(cast, case, cast.colleague)
    assert Register(cast.stranger, DAY).entered == []
    assert Register(cast.colleague, DAY).entered == []


def test_the_page_shows_the_day_and_checks_it(client, cast, case):
    address = reverse("deadline_register")
    client.force_login(cast.head)
    with on(2026, 3, 6):
        page = client.get(address, {"day": "2026-03-05"})
        assert cast.handler.name in page.text
        given = [f"{pk}:{day.isoformat()}" for pk, day in seen(cast.head).items()]
        client.post(address, {"day": "2026-03-05", "seen": given})
        assert client.get(address, {"day": "2026-03-05"}).text.count(cast.head.name) >= 2
    assert EntryCheck.objects.count() == 2


@pytest.mark.parametrize("day", ["2026-02-30", "morgen", "0001-01-01"])
def test_a_day_that_does_not_exist_is_said_so(client, cast, day):
    client.force_login(cast.head)
    assert client.get(reverse("deadline_register"), {"day": day}).status_code == 400
    assert client.get(reverse("deadline_register_paper"), {"day": day}).status_code == 404


def test_a_post_that_names_nonsense_is_not_found(client, cast):
    client.force_login(cast.head)
    answer = client.post(reverse("deadline_register"), {"day": "2026-03-05", "seen": "x:y"})
    assert answer.status_code == 404


def test_the_page_costs_the_same_for_few_and_for_many(
    client, cast, case, django_assert_max_num_queries
):
    for _number in range(5):
        with on(2026, 3, 5):
            announce(make_case(cast), DAY)
    client.force_login(cast.head)
    with on(2026, 3, 6), django_assert_max_num_queries(25):
        page = client.get(reverse("deadline_register"), {"day": "2026-03-05"})
    assert page.text.count("P-01") >= 6


def test_the_paper_has_the_official_layout_and_names_who_entered_and_who_checked(
    client, cast, case, tmp_path
):
    with on(2026, 3, 6):
        check_entries(actor=cast.head, day=DAY, seen=seen(cast.head))
        client.force_login(cast.head)
        answer = client.get(reverse("deadline_register_paper"), {"day": "2026-03-05"})
        document = as_document(Register(cast.head, DAY))
    assert (document.issuer, document.name) == (cast.office.name, "期限登记簿")
    file = tmp_path / "register.pdf"
    file.write_bytes(answer.content)
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    for word in (case.key, "2026-04-07", cast.handler.name, cast.head.name):
        assert word in text.replace("\n", "")
    width, height = PdfReader(file).pages[0].mediabox[2:]
    assert (round(float(width)), round(float(height))) == (595, 842)
