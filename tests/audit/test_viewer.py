"""The auditor of an office reads its record; nobody else learns that it exists."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import clock
from audit.models import AuditEvent
from audit.selectors import details_of, may_read, visible_to
from audit.services import record, record_export
from audit.verify import Verdict
from tests.audit import tampering
from tests.support.matters import make_case, make_lead
from tests.support.people import make_user

FACTS = {"action": "case.touched", "object_type": "case", "object_id": 7}
LOG = "/audit/"
API = "/api/v1/audit-events/"


@pytest.fixture
def auditor(cast, client):
    client.force_login(cast.auditor)
    return cast.auditor


@pytest.fixture
def entry(cast):
    return record(actor=cast.handler, case_id=7, reason="<b>核对</b>", details={"step": 2}, **FACTS)


def addresses(entry):
    return [LOG, f"{LOG}{entry.pk}/", API, f"{API}{entry.pk}/"]


@pytest.mark.parametrize("person", ["handler", "head", "chief", "clerk", "stranger"])
def test_whoever_is_no_auditor_finds_no_such_page(cast, client, entry, person):
    client.force_login(getattr(cast, person))
    assert [client.get(address).status_code for address in addresses(entry)] == [404] * 4
    assert client.post(reverse("audit_verify")).status_code == 404


def test_the_auditor_of_another_office_does_not_find_the_entry(cast, client, entry):
    from accounts.models import Role

    client.force_login(make_user(cast.other_office, Role.AUDITOR))
    assert [client.get(address).status_code for address in addresses(entry)] == [200, 404, 200, 404]
    assert entry.pk not in [row["id"] for row in client.get(API).json()["results"]]


def test_a_visitor_must_sign_in(client, entry):
    pages = [client.get(address).status_code for address in addresses(entry)]
    assert pages == [302, 302, 401, 401]


@pytest.mark.parametrize("person", ["auditor", "security_administrator"])
def test_auditor_and_security_administrator_read_their_own_office(cast, entry, person):
    assert entry in visible_to(getattr(cast, person))


def test_entries_of_no_office_belong_to_the_highest_office(cast):
    from accounts.models import Role

    unknown = record(actor=None, action="login.refused", object_type="user", object_id="unknown")
    assert unknown not in visible_to(cast.auditor)
    assert unknown in visible_to(make_user(cast.city_office, Role.AUDITOR))


def test_an_auditor_whose_role_has_ended_reads_nothing_more(cast):
    assert may_read(cast.auditor)
    cast.auditor.role_grants.update(valid_to=datetime(2021, 1, 1))
    assert not may_read(cast.auditor)


@pytest.mark.parametrize(("language", "word"), [("en", "Audit record"), ("zh-hans", "")])
def test_list_and_entry_render_in_both_languages(auditor, client, entry, settings, language, word):
    auditor.language = language
    auditor.save()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    for address in (LOG, f"{LOG}{entry.pk}/"):
        body = client.get(address).content.decode()
        assert word in body
        assert "&lt;b&gt;核对&lt;/b&gt;" in body
        assert "<b>核对</b>" not in body


def test_the_entry_shows_details_and_recorded_bytes(auditor, client, entry):
    body = client.get(f"{LOG}{entry.pk}/").content.decode()
    assert bytes(entry.mac).hex() in body
    assert "&quot;step&quot;:2" in body


def test_list_and_entry_name_the_place_a_verification_names(auditor, client, entry):
    client.cookies["django_language"] = "en"
    assert (entry.scope, entry.sequence) == ("case:7", 1)
    for address in (LOG, f"{LOG}{entry.pk}/"):
        body = " ".join(client.get(address).content.decode().split())
        assert "<code>case:7</code></a> No. 1 " in body
    again = record(actor=None, office_id=entry.office_id, case_id=7, **FACTS)
    assert found(client, scope="case:7") == [again.pk, entry.pk]
    assert found(client, scope="case:7", sequence=1) == [entry.pk]


def test_looking_is_recorded(auditor, client, entry):
    answer = client.get(LOG, {"who": "somebody", "action": "case"})
    client.get(f"{LOG}{entry.pk}/")
    client.get(API)
    client.get(f"{API}{entry.pk}/")
    looks = AuditEvent.objects.filter(actor_id=auditor.pk, scope__startswith="read:").order_by("id")
    assert [look.action for look in looks] == ["audit.viewed", "audit.entry_viewed"] * 2
    assert details_of(looks[0]) == {"filters": ["action", "who"]}
    assert looks[0].request_id == answer["X-Request-ID"]
    assert looks[0].ip == "127.0.0.1"
    assert looks[1].object_id == str(entry.pk)


def found(client, **query):
    return [row["id"] for row in client.get(API, query).json()["results"]]


def test_filters_narrow_by_who_what_object_and_day(cast, auditor, client):
    for person in ("handler", "clerk", "chief"):
        getattr(cast, person)  # whoever is made while the clock is set appears in that day's record
    with clock.frozen(datetime(2024, 6, 24, 0, 0)):
        first = record(actor=cast.handler, case_id=7, **FACTS).pk
    with clock.frozen(datetime(2024, 6, 25, 23, 59, 59)):
        second = record(
            actor=cast.clerk,
            on_behalf_of=cast.chief,
            lead_id=5,
            action="lead.refused",
            object_type="lead",
            object_id=5,
            outcome="refused",
        ).pk
    day = {"day_from": "2024-06-24", "day_to": "2024-06-25"}
    assert found(client, **day) == [second, first]
    assert found(client, day_from="2024-06-25", day_to="2024-06-25") == [second]
    assert found(client, day_from="2024-06-24", day_to="2024-06-24") == [first]
    assert found(client, **day, who=cast.handler.username) == [first]
    assert found(client, **day, who=cast.chief.username) == [second]
    assert found(client, **day, who="nobody") == []
    assert found(client, **day, action="lead") == [second]
    assert found(client, **day, outcome="refused") == [second]
    assert found(client, **day, object_type="case", object_id="7") == [first]
    assert found(client, **day, case_id=7) == [first]
    assert found(client, **day, lead_id=5) == [second]


def test_the_key_of_a_case_or_a_lead_finds_what_was_done_with_it(cast, auditor, client):
    case, lead = make_case(cast), make_lead(cast)
    of_case = record(actor=cast.handler, case_id=case.pk, **FACTS).pk
    of_lead = record(actor=cast.handler, lead_id=lead.pk, **FACTS).pk
    acts = {"action": FACTS["action"]}
    assert found(client, matter=case.key, **acts) == [of_case]
    assert found(client, matter=lead.key.lower(), **acts) == [of_lead]
    assert found(client, matter="330106-2026-99999", **acts) == []
    for entry, matter in ((of_case, case), (of_lead, lead)):
        page = client.get(f"{LOG}{entry}/").content.decode()
        assert f'href="{LOG}?matter={matter.key}"' in page
        listed = client.get(LOG, {"matter": matter.key} | acts)
        assert [row["event"].pk for row in listed.context["rows"]] == [entry]


def test_the_key_of_a_foreign_case_shows_an_auditor_nothing_of_it(cast, client):
    from accounts.models import Role

    case = make_case(cast)
    record(actor=cast.handler, case_id=case.pk, **FACTS)
    client.force_login(make_user(cast.other_office, Role.AUDITOR))
    assert found(client, matter=case.key) == []


def test_an_export_of_a_list_is_called_so_and_that_of_one_case_names_the_case(
    cast, auditor, client
):
    client.cookies["django_language"] = "en"
    export = {"actor": cast.handler, "object_type": "case", "rows": 1}
    whole = record_export(file_format="xlsx", **export)
    one = record_export(file_format="pdf", case_id=7, **export)
    pages = [client.get(f"{LOG}{entry.pk}/").context["row"] for entry in (whole, one)]
    assert [str(row["action"]) for row in pages] == ["Cases taken out as a file"] * 2
    assert [str(row["object"]) for row in pages] == ["List", "7"]


@pytest.mark.parametrize(
    "query",
    [
        {"day_from": "2024-02-30"},
        {"day_from": "2024-06-25", "day_to": "2024-06-24"},
        {"case_id": "x"},
        {"case_id": "9" * 30},
        {"outcome": "maybe"},
        {"who": "a\x00b"},
        {"action": "a" * 81},
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_with_a_sentence(auditor, client, query):
    page = client.get(LOG, query)
    assert page.status_code == 400
    assert 'role="alert"' in page.content.decode()
    problem = client.get(API, query)
    assert problem.status_code == 400
    assert list(problem.json()["errors"])


def test_the_first_and_the_last_day_of_time_are_days_like_others(auditor, client):
    assert client.get(LOG, {"day_from": "0001-01-01", "day_to": "9999-12-31"}).status_code == 200


def test_a_spoilt_cursor_shows_the_first_page_and_says_so(auditor, client, entry):
    page = client.get(LOG, {"after": "spoilt"})
    assert page.status_code == 200
    assert page.context["messages"]
    assert client.get(API, {"after": "spoilt"}).status_code == 400


def test_a_page_of_the_list_costs_the_same_for_one_entry_and_for_fifty(
    cast, auditor, client, entry
):
    people = (cast.handler, cast.clerk, cast.chief)
    client.get(LOG)  # makes the chain of the looks
    with CaptureQueriesContext(connection) as few:
        client.get(LOG, {"object_type": "case"})
    for number in range(60):
        record(actor=people[number % 3], case_id=number, **FACTS)
    with CaptureQueriesContext(connection) as many:
        page = client.get(LOG, {"object_type": "case"})
    assert len(page.context["rows"]) == 50
    assert len(many) == len(few)


def test_the_record_cannot_be_written_through_the_api(auditor, client, entry):
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(f"{API}{entry.pk}/").status_code in (404, 405)
        assert getattr(client, method)(API).status_code in (404, 405)


def test_the_auditor_verifies_and_the_finding_stays_on_the_page(committed_db, client, cast):
    with_record = cast.auditor
    tampering.write(3, office_id=cast.office.pk)
    client.force_login(with_record)
    page = client.post(reverse("audit_verify"), follow=True)
    assert page.context["verification"]["verdict"] == Verdict.CLEAN
    with tampering.superuser(committed_db) as cursor:
        cursor.execute("UPDATE audit_auditevent SET outcome = 'x' WHERE scope = 'case:7'")
    page = client.post(reverse("audit_verify"), follow=True)
    assert page.context["verification"]["verdict"] == Verdict.TAMPERED
    assert "case:7" in page.content.decode()
    last = AuditEvent.objects.filter(action="audit.verified").latest("id")
    assert (last.outcome, details_of(last)["fault"]) == ("failed", "columns")
