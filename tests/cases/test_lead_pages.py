"""The pages of leads and of the work around them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from audit.models import AuditEvent
from cases.models import Comment, Lead, Task
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
            "lead_mark_major",
            "lead_record_with_superior",
            "lead_reporter",
            "comment_create",
            "note_create",
            "contact_create",
            "task_create",
        )
    ] + [reverse("transition_record", args=[lead.key, "T04"])]


@pytest.fixture
def lead(cast):
    return matters.assess(cast, matters.assign(cast, matters.make_lead(cast)))


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
    matters.stand_aside(cast, lead, cast.handler)
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


# --- the register --------------------------------------------------------------------------------

NEW = {
    "title": "某平台泄露会员信息",
    "source": "complaint",
    "source_detail": "12309 举报",
    "received_on": "2026-01-06",
    "summary": "会员信息被公开。",
    "suspected_processor": "某某网络公司",
}


def test_intake_registers_a_lead_in_one_step(cast, as_user):
    assert cast.department
    answer = as_user(cast.intake).post(reverse("lead_create"), NEW)
    lead = Lead.objects.get(title=NEW["title"])
    assert answer["Location"] == lead.get_absolute_url()


def test_a_lead_like_another_is_registered_only_after_a_look(cast, as_user):
    first = matters.make_lead(cast, suspected_processor="某某网络公司")
    client = as_user(cast.intake)
    page = client.post(reverse("lead_create"), NEW).content.decode()
    assert first.key in page
    assert NEW["summary"] in page
    assert Lead.objects.count() == 1
    client.post(reverse("lead_create"), NEW | {"seen": "1"})
    assert Lead.objects.count() == 2


def test_a_duplicate_the_actor_may_not_see_is_not_suggested(cast, as_user):
    matters.make_lead(cast, suspected_processor="某某网络公司")
    client = as_user(cast.stranger)
    client.post(reverse("lead_create"), NEW)
    assert Lead.objects.filter(office=cast.other_office).count() == 1


def test_a_day_in_the_future_is_refused_and_what_was_typed_stays(cast, as_user):
    answer = as_user(cast.intake).post(reverse("lead_create"), NEW | {"received_on": "2999-01-01"})
    assert answer.status_code == 400
    assert NEW["summary"] in answer.content.decode()
    assert not Lead.objects.exists()


def test_whoever_may_not_register_is_told_whom_to_ask(cast, as_user):
    answer = as_user(cast.chief).get(reverse("lead_create"))
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"一", "二"}),
        ({"source": "complaint"}, {"二"}),
        ({"major": "on"}, {"二"}),
        ({"q": "二号"}, {"二"}),
        ({"state": "filed"}, set()),
        ({"year": "2020"}, set()),
        ({"year": "zzz"}, {"一", "二"}),
    ],
)
def test_the_register_is_filtered(cast, as_user, query, found):
    one = matters.make_lead(cast, title="一号线索")
    two = matters.make_lead(cast, title="二号线索", source="complaint", major=True)
    page = as_user(cast.head).get(reverse("lead_list"), query).content.decode()
    shown = {name for name, lead in (("一", one), ("二", two)) if lead.key in page}
    assert shown == found


def test_the_register_costs_the_same_with_many_leads(cast, as_user, django_assert_max_num_queries):
    client = as_user(cast.head)
    for _ in range(12):
        matters.make_lead(cast)
    with django_assert_max_num_queries(30):
        client.get(reverse("lead_list"))


def test_the_stranger_sees_no_lead_in_the_register(cast, lead, as_user):
    assert lead.key not in as_user(cast.stranger).get(reverse("lead_list")).content.decode()


# --- acts on a lead ------------------------------------------------------------------------------


def test_the_head_assigns_after_checking_the_answers(cast, as_user):
    lead, client = matters.make_lead(cast), as_user(cast.head)
    data = {"handler": cast.handler.pk, "conflict_checked": "on", "legal_day": "2026-01-06"}
    address = reverse("lead_assign", args=[lead.key])
    shown = client.post(address, data | {"step": "check"}).content.decode()
    assert cast.handler.name in shown
    lead.refresh_from_db()
    assert lead.state == "lead_registered"
    client.post(address, data | {"step": "record"})
    lead.refresh_from_db()
    assert (lead.state, lead.handler) == ("lead_assessing", cast.handler)


def test_a_prosecutor_who_assigns_is_told_who_may(cast, lead, as_user):
    other = matters.make_lead(cast)
    Lead.objects.filter(pk=other.pk).update(created_by=cast.handler)
    data = {"handler": cast.handler.pk, "conflict_checked": "on", "legal_day": "2026-01-06"}
    answer = as_user(cast.handler).post(
        reverse("lead_assign", args=[other.key]), data | {"step": "record"}
    )
    assert answer.status_code == 409
    other.refresh_from_db()
    assert other.state == "lead_registered"


def test_unmet_guards_stand_above_the_form_and_what_was_typed_stays(cast, lead, as_user):
    answer = as_user(cast.handler).post(
        reverse("transition_record", args=[lead.key, "T04"]),
        {"why_necessary": "事实不清", "plan": "走访", "legal_day": "2026-01-07", "step": "record"},
    )
    lead.refresh_from_db()
    assert lead.state == "prelim_investigation"
    assert answer.status_code == 302
    answer = as_user(cast.handler).post(
        reverse("transition_record", args=[lead.key, "T05"]),
        {"result": "查明运营者", "legal_day": "2026-01-08", "step": "record"},
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "D-04" in page
    assert "查明运营者" in page


@pytest.mark.norm("C131")
def test_the_reporter_is_masked_until_a_reason_is_given(cast, as_user):
    lead = matters.assign(
        cast, matters.make_lead(cast, reporter_name="欧阳举报", reporter_contact="13800000001")
    )
    client = as_user(cast.handler)
    assert "欧阳举报" not in client.get(lead.get_absolute_url()).content.decode()
    address = reverse("lead_reporter", args=[lead.key])
    assert "欧阳举报" not in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 400
    shown = client.post(address, {"reason": "需核实举报内容"}).content.decode()
    assert "欧阳举报" in shown
    entry = AuditEvent.objects.filter(action="lead.reporter_revealed").get()
    assert entry.actor_id == cast.handler.pk


@pytest.mark.norm("C131")
def test_the_head_does_not_learn_who_reported(cast, as_user):
    lead = matters.make_lead(cast, reporter_name="欧阳举报")
    answer = as_user(cast.head).post(reverse("lead_reporter", args=[lead.key]), {"reason": "想看"})
    assert answer.status_code == 409
    assert "欧阳举报" not in answer.content.decode()


@pytest.mark.norm("C131")
def test_looking_at_a_lead_leaves_a_trace(cast, lead, as_user):
    as_user(cast.head).get(lead.get_absolute_url())
    assert AuditEvent.objects.filter(action="lead.viewed", actor_id=cast.head.pk).exists()


def test_a_transferred_lead_says_that_it_cannot_be_returned(cast, lead, as_user):
    received = matters.make_lead(cast)
    Lead.objects.filter(pk=received.pk).update(received_from=lead)
    cast.head.language = "en"
    cast.head.save()
    page = as_user(cast.head).get(received.get_absolute_url()).content.decode()
    assert "cannot be returned" in page
    assert lead.key in page


@pytest.mark.parametrize("field", ["title", "source_detail", "summary", "suspected_processor"])
def test_markup_in_a_field_of_the_lead_is_shown_as_text(cast, as_user, field):
    lead = matters.make_lead(cast, **{field: MARKUP})
    client = as_user(cast.head)
    for address in (lead.get_absolute_url(), reverse("lead_list")):
        assert MARKUP not in client.get(address).content.decode()
