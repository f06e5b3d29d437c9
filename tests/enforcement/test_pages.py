"""The pages and the API of obligations, ledger and archive; what waits in the inbox."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from accounts.models import Role
from enforcement.items import EvidenceKind
from evidence import services as evidence
from tests.enforcement import scenes
from tests.enforcement.scenes import owed
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import force, record, stand_aside, upload
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
PAGES = ("obligation_list", "ledger", "archive_index")


@pytest.fixture(autouse=True)
def today():
    with on(2026, 8, 17):
        yield


def addresses(case) -> list[str]:
    detail = reverse("obligation_detail", args=[case.key, 1])
    return [reverse(name, args=[case.key]) for name in PAGES] + [detail]


def archived_index(cast, case) -> None:
    force(case, "T43", date(2026, 8, 17), actor=cast.handler, obligations=[])
    force(case, "T46", date(2026, 8, 17), actor=cast.handler)
    force(case, "T61", date(2026, 8, 17), actor=cast.head)
    record(cast.case_manager, case, "S43", {})


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_show_what_is_owed_paid_and_archived_in_both_languages(
    client, cast, case, language
):
    scenes.confirm(
        cast.assistant, case, scenes.pay(cast.handler, case, owed(case, "EI-4"), "40000")
    )
    cast.handler.language = language
    cast.handler.save(update_fields=["language"])
    client.force_login(cast.handler)
    client.cookies["django_language"] = language
    obligations, ledger, archive, detail = (
        client.get(address).content.decode() for address in addresses(case)
    )
    assert "连带赔偿公益损害" in obligations
    paid = "40,000.00 / 100,000.00"
    assert paid in obligations
    assert "云山区财政局" in ledger
    assert "判决第二项" in ledger
    assert "删除非法收集的全部个人信息" in detail
    with translation.override(language):
        assert str(EvidenceKind.CERTIFICATE.label) in detail
        assert str(owed(case, "EI-1").get_state_display()) in obligations
    assert client.get(case.get_absolute_url()).status_code == 200
    archived_index(cast, case)
    archive = client.get(reverse("archive_index", args=[case.key])).content.decode()
    assert "证明.txt" in archive
    manifest = client.get(reverse("archive_manifest", args=[case.key]))
    assert case.key.encode() in b"".join(manifest.streaming_content)


@pytest.mark.parametrize("who", ["stranger", "colleague", "intake", "system_administrator"])
def test_who_does_not_see_the_case_finds_nothing(client, cast, case, who):
    archived_index(cast, case)
    client.force_login(getattr(cast, who))
    for address in [*addresses(case), reverse("archive_manifest", args=[case.key])]:
        assert client.get(address).status_code == 404
    program = program_of(getattr(cast, who))
    for path in ("obligations", "ledger-entries", "archive-indexes"):
        assert program.ask(f"{path}/", case=case.key)["results"] == []


def test_who_stands_aside_finds_nothing_and_records_nothing(client, cast, case):
    stand_aside(cast, case, cast.assistant)
    client.force_login(cast.assistant)
    for address in addresses(case):
        assert client.get(address).status_code == 404
    record_page = reverse("transition_record", args=[case.key, "S30"])
    assert client.post(record_page, {"step": "record"}).status_code == 404


def test_nobody_logged_in_is_sent_to_the_login(client, case):
    for address in addresses(case):
        assert client.get(address).status_code == 302


def test_a_number_that_is_not_there_is_not_found(client, cast, case):
    client.force_login(cast.handler)
    assert client.get(reverse("obligation_detail", args=[case.key, 99])).status_code == 404
    assert client.get(reverse("archive_manifest", args=[case.key])).status_code == 404
    assert client.get(reverse("ledger", args=[case.key]), {"after": "x"}).status_code == 404


def test_a_performance_is_logged_and_verified_in_the_browser(client, cast, case):
    row = owed(case, "EI-1")
    page = reverse("obligation_detail", args=[case.key, row.number])
    log = reverse("transition_record", args=[case.key, "S30"])
    client.force_login(cast.handler)
    assert f"{log}?obligation={row.pk}" in client.get(page).content.decode()
    form = client.get(log, {"obligation": row.pk}).content.decode()
    assert f'<option value="{row.pk}" selected>' in form
    given = {
        "step": "record", "obligation": row.pk, "legal_day": "2026-08-17",
        "performed_on": "2026-08-14", "account": "已删除。",
        "evidence": ["certificate", "logs", "sub_processors"], "papers": upload(),
    }  # fmt: skip
    assert client.post(log, given).status_code == 302
    verify = reverse("transition_record", args=[case.key, "S31"])
    found = {
        "step": "record",
        "obligation": row.pk,
        "legal_day": "2026-08-17",
        "findings": "属实。",
    }
    assert client.post(verify, found).status_code == 400
    answer = client.post(verify, found | {"record": upload()})
    assert answer.status_code == 409
    client.force_login(cast.assistant)
    assert page in client.get("/").content.decode()  # it waits in the inbox of the second person
    assert client.post(verify, found | {"record": upload()}).status_code == 302
    row.refresh_from_db()
    assert row.state == "verified"
    assert "已删除。" in client.get(page).content.decode()


def test_what_is_due_waits_for_who_leads_the_case_and_money_for_a_second_person(client, cast, case):
    client.force_login(cast.handler)
    home = client.get("/").content.decode()
    assert reverse("obligation_detail", args=[case.key, 1]) in home
    client.force_login(cast.clerk)
    assert reverse("obligation_detail", args=[case.key, 1]) not in client.get("/").content.decode()
    scenes.pay(cast.handler, case, owed(case, "EI-4"))
    ledger = reverse("ledger", args=[case.key])
    assert ledger in client.get("/").content.decode()
    client.force_login(cast.handler)
    assert ledger not in client.get("/").content.decode()


def test_a_closed_case_waits_for_case_management(client, cast, case):
    archived_index(cast, case)
    client.force_login(cast.case_manager)
    assert reverse("archive_index", args=[case.key]) in client.get("/").content.decode()


def test_the_api_lists_obligations_money_and_the_archive(cast, case):
    entry = scenes.pay(cast.handler, case, owed(case, "EI-4"), "40000")
    program = program_of(cast.handler)
    rows = program.ask("obligations/", case=case.key)["results"]
    assert [row["type"] for row in rows] == ["EI-2", "EI-1", "EI-3", "EI-4"]  # by their last days
    assert all(row["overdue"] for row in rows)
    assert program.ask("obligations/", state="verified")["results"] == []
    assert rows[1]["needed"] == ["certificate", "logs", "sub_processors"]
    (money,) = program.ask("ledger-entries/", case=case.key)["results"]
    assert (money["amount"], money["confirmed"], money["checked_by"]) == ("40000.00", None, "")
    scenes.confirm(cast.assistant, case, entry)
    assert program.ask(f"ledger-entries/{entry.pk}/")["confirmed"] is True
    archived_index(cast, case)
    (index,) = program.ask("archive-indexes/", case=case.key)["results"]
    pieces = program.ask(f"archive-indexes/{index['id']}/pieces/")["results"]
    assert {"volume", "number", "sha256", "title"} <= set(pieces[0])
    answer = program.get(f"/api/v1/archive-indexes/{index['id']}/manifest/")
    assert pieces[0]["sha256"].encode() in b"".join(answer.streaming_content)


def test_the_api_refuses_a_state_that_is_none(cast, case):
    answer = program_of(cast.handler).get("/api/v1/obligations/", {"state": "done"})
    assert answer.status_code == 400
    assert "state" in str(answer.json())


def test_the_api_records_a_performance_and_refuses_its_own_verification(cast, case):
    row = owed(case, "EI-1")
    program = program_of(cast.handler)
    base = f"cases/{case.key}/transitions/"
    assert {"S30", "S31", "S33", "T43"} <= {step["code"] for step in program.ask(base)}
    scenes.log(cast.handler, case, row)
    facts = {"obligation": row.pk, "legal_day": "2026-08-17", "findings": "属实。"}
    facts |= {"checked_by": cast.assistant.pk}
    body = {"transition": "S31", "facts": json.dumps(facts), "record": upload()}
    answer = program.send(base, body, format="multipart")
    assert answer.status_code == 409
    assert [item["code"] for item in answer.json()["unmet"]] == ["checked_by_a_second_person"]


def test_titles_of_confidential_exhibits_stay_with_those_who_may_read_them(client, cast, case):
    facts = {
        "name": "受害人名单", "kind": "electronic", "source": "机房", "confidential": True,
        "obtained_on": date(2026, 8, 3), "original": True,
    }  # fmt: skip
    evidence.add_exhibit(actor=cast.handler, case=case, upload=upload("名单.txt"), facts=facts)
    archived_index(cast, case)
    secretary = make_user(cast.office, Role.COMMITTEE_SECRETARY)
    address = reverse("archive_index", args=[case.key])
    for person, reads in ((cast.handler, True), (cast.case_manager, True), (secretary, False)):
        client.force_login(person)
        page = client.get(address).content.decode()
        assert ("受害人名单" in page) is reads
        program = program_of(person)
        (index,) = program.ask("archive-indexes/", case=case.key)["results"]
        pieces = program.ask(f"archive-indexes/{index['id']}/pieces/", size=100)["results"]
        assert ("受害人名单" in str(pieces)) is reads
        assert len([row for row in pieces if row["confidential"]]) == 1


@pytest.mark.parametrize("name", PAGES)
def test_a_list_costs_the_same_for_one_and_for_many(client, cast, case, name):
    row = owed(case, "EI-4")
    client.force_login(cast.handler)
    address = reverse(name, args=[case.key])
    counts = []
    for more in (1, 5):
        for _ in range(more):
            scenes.pay(cast.handler, case, row, "10")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
