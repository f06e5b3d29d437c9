"""Leads marked in their list: given to a prosecutor, and taken out of the house."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from accounts.models import Role
from audit.models import AuditEvent
from cases.models import Event, Lead
from cases.services import bulk
from tests.support.api import program_of
from tests.support.matters import assign, make_lead, stand_aside
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
LIST, EXPORT = reverse("lead_list"), reverse("lead_export")
ASSIGN = reverse("lead_assign_marked")
API = "/api/v1/leads/export/"
CONTACT = {"reporter_name": "欧阳举报", "reporter_contact": "13800000000"}


def english(person):
    person.language = "en"
    person.save()
    return person


def giving(cast, *leads, **more):
    marked = [lead if isinstance(lead, str) else lead.key for lead in leads]
    given = {"successor": cast.colleague.pk, "reason": "工作调整", "conflict_checked": "on"}
    return {"lead": marked} | given | more


def handlers(*leads) -> list[object]:
    return [Lead.objects.get(pk=lead.pk).handler for lead in leads]


# --- given to a prosecutor ---------------------------------------------------------------------


def test_a_new_lead_is_assigned_and_a_handled_one_handed_over_each_in_its_own_act(cast, as_user):
    new, handled = make_lead(cast), assign(cast, make_lead(cast))
    answer = as_user(english(cast.head)).post(ASSIGN, giving(cast, new, handled))
    assert [each.key for each in answer.context["done"]] == [new.key, handled.key]
    assert handlers(new, handled) == [cast.colleague, cast.colleague]
    new.refresh_from_db()
    assert (new.state, handled.state) == ("lead_assessing", "lead_assessing")
    assert Event.objects.get(lead=new, kind="lead_assigned").transition == "T03"
    handed = Event.objects.get(lead=handled, kind="case_handed_over")
    assert (handed.reason, handed.recorded_by) == ("工作调整", cast.head)
    for lead, act in ((new, "event.lead_assigned"), (handled, "event.case_handed_over")):
        assert AuditEvent.objects.filter(action=act, lead_id=lead.pk).count() == 1


def test_what_one_lead_refuses_stops_no_other_and_what_is_not_seen_is_not_told(cast, as_user):
    one, two, three = make_lead(cast), make_lead(cast), assign(cast, make_lead(cast))
    hidden = make_lead(cast, confidential=True, title="不公开线索")
    Lead.objects.filter(pk=hidden.pk).update(department=None)
    stand_aside(cast, two, cast.colleague)
    client = as_user(english(cast.head))
    given = giving(cast, one, two, three, hidden, "none")
    answer = client.post(ASSIGN, given | {"query": "q=x"})
    assert [each.key for each in answer.context["done"]] == [one.key, three.key]
    refused = {each.key: str(each.refusal.message) for each in answer.context["refused"]}
    assert list(refused) == [two.key, hidden.key, "none"]
    assert refused[hidden.key] == refused["none"] == "There is no such lead."
    page = answer.content.decode()
    assert hidden.title not in page
    assert "Done: 2. Not done: 3." in page
    assert answer.context["back"] == f"{LIST}?q=x"
    assert handlers(one, two, three, hidden) == [cast.colleague, None, cast.colleague, None]


def test_a_handed_over_lead_wants_a_reason_a_new_one_none(cast, as_user):
    new, handled = make_lead(cast), assign(cast, make_lead(cast))
    answer = as_user(english(cast.head)).post(ASSIGN, giving(cast, new, handled, reason=""))
    assert [each.key for each in answer.context["done"]] == [new.key]
    (refused,) = answer.context["refused"]
    assert refused.refusal.message == "Say why the matter is handed over."
    assert handlers(handled) == [cast.handler]


def test_the_chief_hands_over_and_leaves_the_assigning_to_the_head(cast, as_user):
    new, handled = make_lead(cast), assign(cast, make_lead(cast))
    answer = as_user(english(cast.chief)).post(ASSIGN, giving(cast, new, handled))
    assert [each.key for each in answer.context["done"]] == [handled.key]
    (refused,) = answer.context["refused"]
    assert (refused.key, refused.refusal.code) == (new.key, "wrong_role")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"lead": []}, "Mark at least one lead."),
        ({"lead": [str(number) for number in range(101)]}, "At most 100 leads go at once."),
        ({"conflict_checked": ""}, "This field is required."),
        ({"successor": "STRANGER"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_done(cast, as_user, change, sentence):
    lead = make_lead(cast)
    if "successor" in change:
        change = {"successor": cast.stranger.pk}
    answer = as_user(english(cast.head)).post(ASSIGN, giving(cast, lead) | change)
    assert answer.status_code == 400
    assert sentence in answer.content.decode()
    assert handlers(lead) == [None]


def test_all_that_match_are_taken_up_to_the_cap_in_the_order_of_the_list(
    cast, as_user, monkeypatch
):
    monkeypatch.setattr("cases.views.bulk.MOST_AT_ONCE", 2)
    leads = [make_lead(cast, title="银杏线索") for _ in range(3)]
    make_lead(cast, title="国槐线索")
    client = as_user(english(cast.head))
    page = client.get(ASSIGN, {"all": "1", "query": "q=银杏&sort=key"})
    assert page.context["form"].initial["lead"] == [lead.key for lead in leads[:2]]
    assert "These are the first 2 of them" in page.content.decode()
    # The list leaves a wrong filter out; nobody means all leads by it.
    page = client.get(ASSIGN, {"all": "1", "query": "q=银杏&year=zzz"})
    assert page.context["form"].initial["lead"] == []
    assert "No lead is marked." in page.content.decode()


@pytest.mark.parametrize("persona", ["handler", "intake", "clerk", "stranger", "auditor"])
def test_who_does_not_decide_on_handlers_gives_nothing(cast, as_user, persona):
    lead, person = make_lead(cast), getattr(cast, persona)
    assert as_user(person).get(ASSIGN, {"lead": lead.key}).status_code == 404
    assert as_user(person).post(ASSIGN, giving(cast, lead)).status_code == 404
    body = giving(cast) | {"leads": [lead.key], "conflict_checked": True}
    assert program_of(person).send("leads/assign/", body).status_code == 404
    assert handlers(lead) == [None]


def test_the_head_of_another_office_hears_of_a_lead_as_of_one_that_never_was(cast, as_user):
    head = make_user(cast.other_office, Role.DEPARTMENT_HEAD)
    lead = make_lead(cast)
    page = as_user(head).get(ASSIGN, {"lead": lead.key})
    assert page.context["leads"] == []
    assert lead.title not in page.content.decode()
    body = giving(cast) | {"leads": [lead.key, "none"], "successor": cast.stranger.pk}
    rows = program_of(head).send("leads/assign/", body | {"conflict_checked": True}).json()
    assert [row["problem"]["code"] for row in rows] == ["not_found", "not_found"]
    assert rows[0]["problem"] == rows[1]["problem"]


def test_a_program_hears_of_each_lead_why_it_was_refused(cast):
    one, two = make_lead(cast), assign(cast, make_lead(cast))
    stand_aside(cast, two, cast.colleague)
    body = {"leads": [one.key, two.key], "successor": cast.colleague.pk, "reason": "调整"}
    program = program_of(cast.head)
    assert program.send("leads/assign/", body).status_code == 400
    first, second = program.send("leads/assign/", body | {"conflict_checked": True}).json()
    assert (first["done"], first["problem"]) == (True, None)
    assert (second["done"], second["problem"]["code"]) == (False, "recused")
    many = {"leads": [str(number) for number in range(bulk.MOST_AT_ONCE + 1)]}
    answer = program.send("leads/assign/", body | many | {"conflict_checked": True})
    assert answer.json()["code"] == "too_many_leads"


# --- out of the house --------------------------------------------------------------------------


def content(answer) -> bytes:
    return b"".join(answer.streaming_content)


def sheet(answer) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(BytesIO(content(answer))).active.values)


def trace() -> bytes:
    return bytes(AuditEvent.objects.get(action="lead.exported").canonical)


def test_only_the_marked_leads_leave_with_the_columns_that_were_seen(cast, as_user):
    leads = [make_lead(cast) for _ in range(3)]
    given = {"query": "columns=title,key&sort=key", "lead": [leads[2].key, leads[0].key]}
    rows = sheet(as_user(english(cast.head)).get(EXPORT, given))
    assert rows[0] == ("Title", "Suspected processor", "Key")
    assert [row[2] for row in rows[1:]] == [leads[0].key, leads[2].key]
    assert b'"filters":["lead"]' in trace()
    assert b'"rows":2' in trace()
    assert AuditEvent.objects.get(action="lead.exported").actor_id == cast.head.pk


def test_all_that_match_leave_on_request_and_without_a_mark_nothing(cast, as_user):
    make_lead(cast, title="银杏线索")
    make_lead(cast)
    client = as_user(english(cast.head))
    assert client.get(EXPORT, {"query": "q=银杏"})["Location"].startswith(LIST)
    assert not AuditEvent.objects.filter(action="lead.exported").exists()
    answer = client.get(EXPORT, {"query": "q=银杏&columns=title", "all": "1"})
    assert [row[0] for row in sheet(answer)] == ["Title", "银杏线索"]
    assert b'"filters":["q"]' in trace()


def test_everything_known_leaves_but_never_who_reported(cast, as_user):
    lead = assign(cast, make_lead(cast, major=True, **CONTACT))
    answer = as_user(english(cast.head)).get(EXPORT)
    assert answer["Content-Disposition"].startswith('attachment; filename="leads-')
    heads, row = sheet(answer)
    line = dict(zip(heads, row, strict=True))
    assert (line["Key"], line["Major lead"], line["Handler"]) == (
        lead.key,
        "yes",
        cast.handler.name,
    )
    assert line["Received on"].date() == date(2026, 1, 5)
    assert not set(CONTACT.values()) & set(row)


def test_a_wrong_filter_takes_nothing_out_and_leaves_no_trace(cast, as_user):
    make_lead(cast)
    assert as_user(cast.head).get(EXPORT, {"year": "zzz"})["Location"] == f"{LIST}?year=zzz"
    answer = program_of(cast.head).get(API, {"year": "zzz", "state": "gone"})
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"year", "state"})
    assert not AuditEvent.objects.filter(action="lead.exported").exists()


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_cell_of_a_table_of_commas_is_computed(cast, as_user, start):
    make_lead(cast, title=f'{start}HYPERLINK("x")')
    answer = as_user(english(cast.head)).get(EXPORT, {"file": "csv", "columns": "title"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = content(answer).decode("utf-8-sig")
    assert text.splitlines()[1].lstrip('"').startswith(f"'{start}")
    assert b'"format":"csv"' in trace()


def test_an_export_beyond_the_limit_says_so(cast, as_user, monkeypatch):
    monkeypatch.setattr("cases.services.exports.MOST_EXPORTED", 2)
    for _number in range(3):
        make_lead(cast)
    rows = sheet(as_user(english(cast.head)).get(EXPORT))
    assert len(rows) == 4
    assert "Only the first 2 leads" in str(rows[3][0])


def test_an_export_costs_the_same_however_many_rows(cast, as_user, django_assert_max_num_queries):
    client, counted = as_user(english(cast.head)), set()
    content(client.get(EXPORT))  # the first entry of a day begins its chain
    for _time in range(2):
        assign(cast, make_lead(cast))
        with django_assert_max_num_queries(12) as queries:
            content(client.get(EXPORT, {"file": "csv"}))
        counted.add(len(queries))
    assert len(counted) == 1


def test_a_program_takes_out_chosen_columns_of_marked_leads_as_a_table_of_commas(cast):
    leads = [make_lead(cast) for _ in range(2)]
    program = program_of(cast.head)
    asked = {"columns": "key,received_on", "lead": leads[0].key, "file": "csv"}
    lines = content(program.get(API, asked)).decode("utf-8-sig").splitlines()
    assert lines == ["Key,Received on", f"{leads[0].key},2026-01-05"]
    for wrong in ({"file": "pdf"}, {"columns": "evil"}, {"sort": "evil"}):
        answer = program.get(API, wrong)
        assert (answer.status_code, list(answer.json()["errors"])) == (400, list(wrong))


@pytest.mark.norm("C131")
@pytest.mark.parametrize("persona", ["stranger", "auditor", "colleague", "system_administrator"])
def test_who_sees_no_lead_takes_none_out(cast, as_user, persona):
    lead, person = assign(cast, make_lead(cast)), getattr(cast, persona)
    marked = {"query": "", "lead": lead.key}
    assert len(sheet(as_user(person).get(EXPORT, marked))) == 1
    assert len(sheet(program_of(person).get(API, {"lead": lead.key}))) == 1
