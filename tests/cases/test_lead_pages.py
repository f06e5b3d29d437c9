"""The pages of leads and of the work around them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cases.models import Comment, Task
from cases.services import recusals
from tests.support import matters

pytestmark = pytest.mark.django_db
MARKUP = "<script>alert(1)</script>"


def pages_of(lead) -> list[str]:
    return [
        reverse(name, args=[lead.key])
        for name in (
            "lead_detail",
            "lead_assess",
            "lead_escalate",
            "lead_assign",
            "comment_create",
            "note_create",
            "contact_create",
            "task_create",
        )
    ] + [reverse("transition_record", args=[lead.key, "T04"])]


@pytest.fixture
def lead(cast):
    return matters.assess(cast, matters.assign(cast, matters.make_lead(cast)))


@pytest.fixture
def as_user(client):
    """Return the client logged in as a person."""

    def login(user):
        client.force_login(user)
        return client

    return login


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_handler_reads_every_page_of_the_lead_in_both_languages(cast, lead, as_user, language):
    cast.handler.language = language
    cast.handler.save()
    client = as_user(cast.handler)
    for address in pages_of(lead):
        assert client.get(address).status_code == 200, address


def test_the_stranger_finds_no_page_of_the_lead(cast, lead, as_user):
    client = as_user(cast.stranger)
    for address in pages_of(lead):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {}).status_code == 404, address


def test_the_recused_handler_finds_no_page_of_the_lead(cast, lead, as_user):
    row = recusals.apply_for_recusal(
        actor=cast.handler,
        matter=lead,
        person=cast.handler,
        applicant="本人",
        grounds="与线索有利害关系。",
        received_on=lead.received_on,
    )
    recusals.decide_recusal(actor=cast.chief, recusal=row, granted=True, reason="应当回避。")
    client = as_user(cast.handler)
    for address in pages_of(lead):
        assert client.get(address).status_code == 404, address


def test_a_comment_is_shown_as_text(cast, lead, as_user):
    client = as_user(cast.handler)
    answer = client.post(reverse("comment_create", args=[lead.key]), {"text": MARKUP}, follow=True)
    assert Comment.objects.get(lead=lead).text == MARKUP
    page = answer.content.decode()
    assert MARKUP not in page
    assert "&lt;script&gt;" in page


def test_an_empty_comment_is_refused_beside_its_field(cast, lead, as_user):
    answer = as_user(cast.handler).post(reverse("comment_create", args=[lead.key]), {"text": ""})
    assert answer.status_code == 400
    assert not Comment.objects.exists()


def test_a_comment_never_leads_to_another_house(cast, lead, as_user):
    answer = as_user(cast.handler).post(
        reverse("comment_create", args=[lead.key]), {"text": "好", "next": "https://evil.example/"}
    )
    assert answer["Location"].startswith(lead.get_absolute_url())


def test_the_notes_of_the_team_are_hidden_from_the_head(cast, lead, as_user):
    as_user(cast.handler).post(reverse("note_create", args=[lead.key]), {"text": "内部想法"})
    assert "内部想法" in as_user(cast.handler).get(lead.get_absolute_url()).content.decode()
    assert "内部想法" not in as_user(cast.head).get(lead.get_absolute_url()).content.decode()


def test_a_contact_in_the_future_is_refused_and_what_was_typed_stays(cast, lead, as_user):
    answer = as_user(cast.handler).post(
        reverse("contact_create", args=[lead.key]),
        {"day": "2999-01-01", "person": "张某", "medium": "telephone", "content": "已说明。"},
    )
    assert answer.status_code == 400
    assert "已说明。" in answer.content.decode()


def test_a_task_is_opened_and_closed(cast, lead, as_user):
    client = as_user(cast.handler)
    client.post(
        reverse("task_create", args=[lead.key]),
        {"title": "调取工商登记", "owner": cast.handler.pk, "due_on": "2026-12-01"},
    )
    task = Task.objects.get(lead=lead, kind="manual")
    assert client.get(reverse("task_detail", args=[task.pk])).status_code == 200
    client.post(reverse("task_close", args=[task.pk]), {"note": "已调取", "outcome": "done"})
    task.refresh_from_db()
    assert (task.state, task.closing_note) == ("done", "已调取")


def test_the_stranger_finds_no_task(cast, lead, as_user):
    as_user(cast.handler).post(
        reverse("task_create", args=[lead.key]), {"title": "调取", "owner": cast.handler.pk}
    )
    task = Task.objects.get(lead=lead, kind="manual")
    assert as_user(cast.stranger).get(reverse("task_detail", args=[task.pk])).status_code == 404
    assert as_user(cast.stranger).post(reverse("task_close", args=[task.pk])).status_code == 404
