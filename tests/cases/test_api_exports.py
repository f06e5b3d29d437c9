"""What leaves the house by the API: the list of cases, and who reported a lead. Both leave a trace."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest

from audit.models import AuditEvent
from cases.models import Lead
from tests.support import matters
from tests.support.api import program_of
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db
EXPORT = "/api/v1/cases/export/"
CONTACT = {"reporter_name": "赵六", "reporter_contact": "13800000000"}


def titles(reply) -> list[str]:
    sheet = openpyxl.load_workbook(BytesIO(b"".join(reply.streaming_content))).active
    return [row[2].value for row in sheet.iter_rows(min_row=2)]


def traces(action: str):
    return AuditEvent.objects.filter(action=action)


# --- the list of cases --------------------------------------------------------------------------


def test_a_program_takes_out_what_the_filter_of_the_page_leaves_and_it_is_recorded(cast):
    make_case(cast, title="银杏案")
    make_case(cast, title="国槐案")
    program = program_of(cast.handler)
    reply = program.get(EXPORT, {"q": "银杏", "deadline": "none"}, headers={"accept": "x/y"})
    assert reply["content-type"].startswith("application/vnd.openxmlformats")
    assert titles(reply) == ["银杏案"]
    entry = traces("case.exported").get()
    assert entry.actor_id == cast.handler.pk
    assert b'"filters":["deadline","q"]' in bytes(entry.canonical)


def test_a_wrong_filter_takes_nothing_out_and_leaves_no_trace(cast):
    make_case(cast)
    reply = program_of(cast.handler).get(EXPORT, {"filed_from": "gestern", "state": "gone"})
    assert reply.status_code == 400
    assert set(reply.json()["errors"]) == {"filed_from", "state"}
    assert not traces("case.exported").exists()


@pytest.mark.norm("C131")
@pytest.mark.parametrize("persona", ["stranger", "auditor", "system_administrator", "colleague"])
def test_who_sees_no_case_takes_none_out(cast, persona):
    make_case(cast)
    assert titles(program_of(getattr(cast, persona)).get(EXPORT)) == []


# --- who reported -------------------------------------------------------------------------------


@pytest.fixture
def lead(cast) -> Lead:
    made = matters.assign(cast, matters.make_lead(cast))
    Lead.objects.filter(pk=made.pk).update(**CONTACT)
    return made


def reveal(person, lead, body):
    return program_of(person).send(f"leads/{lead.key}/reporter/", body)


def test_the_reporter_is_told_for_a_reason_that_stays_in_the_record(cast, lead):
    reply = reveal(cast.handler, lead, {"reason": "联系举报人核实"})
    assert reply.json() == CONTACT | {"reporter_confidential": True}
    assert reply["Cache-Control"] == "no-store"
    entry = traces("lead.reporter_revealed").get()
    assert (entry.actor_id, entry.object_id) == (cast.handler.pk, str(lead.pk))
    assert entry.reason == "联系举报人核实"


@pytest.mark.parametrize("body", [{}, {"reason": "  "}, {"reason": "长" * 301}])
def test_without_a_reason_nobody_is_told(cast, lead, body):
    reply = reveal(cast.handler, lead, body)
    assert reply.status_code == 400
    assert list(reply.json()["errors"]) == ["reason"]
    assert not traces("lead.reporter_revealed").exists()


def test_who_sees_the_lead_but_neither_handles_it_nor_works_in_intake_is_refused(cast, lead):
    reply = reveal(cast.head, lead, {"reason": "想看"})
    assert (reply.status_code, reply.json()["code"]) == (409, "wrong_role")
    assert CONTACT["reporter_name"] not in reply.content.decode()


@pytest.mark.norm("C131")
@pytest.mark.parametrize("persona", ["stranger", "auditor", "colleague"])
def test_to_a_stranger_there_is_no_lead_to_ask_about(cast, lead, persona):
    reply = reveal(getattr(cast, persona), lead, {"reason": "想看"})
    assert reply.status_code == 404
    assert not traces("lead.reporter_revealed").exists()
