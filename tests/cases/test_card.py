"""The case card (案卡): it fills itself from events, and nobody types it (design 1, idea 2)."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import pytest
from django.core import checks as system_checks
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts.reading import reading
from audit import clock
from audit.errors import Conflict, Invalid, NotPermitted
from audit.models import AuditEvent
from cases.card.declaring import of_day, of_fact
from cases.checks import card_items_name_what_there_is
from cases.models import CardCheck, Case, Event, SuperiorAccess
from cases.registries import CardSection, card
from cases.selectors.card import CardMark, card_of, history_of, summary_of
from cases.selectors.matters import get_case
from cases.services import card as services
from cases.services import corrections, matters, parties
from tests.support.api import program_of
from tests.support.cards import faults_of_sources, line, mark_as_verified, texts
from tests.support.matters import (
    FILING,
    announce,
    assess,
    assign,
    force,
    happen,
    make_case,
    make_lead,
    stand_aside,
)
from tests.support.people import make_office, make_user

pytestmark = pytest.mark.django_db
COUNTS = {"persons_concerned": 800, "items_concerned": 1200, "act_place": "江州市"}


@pytest.fixture
def lead(cast):
    return assess(cast, assign(cast, make_lead(cast)))


@pytest.fixture
def case(cast, lead):
    """A case filed from a lead, with what the opinion to file said of it."""
    force(lead, "T06", clock.today(), actor=cast.chief, **FILING | COUNTS)
    return Case.objects.get(lead=lead)


def correct(cast, case, kind="case_filed", data=None, reason="数字误录。"):
    event = Event.objects.filter(lead=case.lead, kind=kind).get()
    given = data or FILING | COUNTS | {"persons_concerned": 1000}
    corrections.correct_event(actor=cast.handler, event=event, data=given, reason=reason)
    case.refresh_from_db()
    return event


# --- what it says, and from where ------------------------------------------------------------------


def test_a_card_says_what_the_filing_said_and_names_it(cast, case):
    assert texts(cast.handler, case, "persons_concerned") == ["800"]
    assert line(cast.handler, case, "lead_source").values[0].plain == "media"
    assert texts(cast.handler, case, "lead_assessment") == ["4 / 5 · 4 / 5"]
    assert texts(cast.handler, case, "violators") == ["某科技有限公司"]
    (value,) = line(cast.handler, case, "persons_concerned").values
    filed = Event.objects.get(kind="case_filed", lead=case.lead)
    assert (value.source.kind, value.source.pk) == ("event", filed.pk)
    assert value.source.change == reverse("event_correct", args=[filed.pk])


def test_a_lead_has_a_card_before_there_is_a_case(cast, lead):
    assert line(cast.handler, lead, "lead_source").mark == CardMark.UNCONFIRMED
    assert texts(cast.handler, lead, "lead_handler") == [cast.handler.name]
    assert line(cast.handler, lead, "lead_processor").mark == CardMark.NOT_DUE
    assert "filed_on" not in {row.item.code for row in card_of(cast.handler, lead).lines}


def test_every_value_names_a_row_its_reader_finds(cast, case, client):
    announce(case, clock.today())
    assert faults_of_sources(client, cast.handler, case.lead) == []
    assert faults_of_sources(client, cast.chief, case) == []


def test_a_superior_office_reads_nothing_of_a_lead_it_does_not_see(cast, case, client):
    superior = make_office(level="city")
    reader = make_user(superior, "chief")
    SuperiorAccess.objects.create(office=superior, case=case, reason="备案")
    assert faults_of_sources(client, reader, case) == []
    assert "lead_source" not in {row.item.code for row in card_of(reader, case).lines}
    assert texts(reader, case, "persons_concerned") == ["800"]
    assert line(reader, case, "persons_concerned").values[0].source.kind == "case"


def test_an_address_of_a_person_is_covered(cast, case):
    facts = {"role": "violator", "kind": "person", "name": "钱某", "address": "江州市云山路12号3室"}
    parties.add_party(actor=cast.handler, case=case, facts=facts)
    (said,) = texts(cast.handler, case, "violator_addresses")
    assert "12号3室" not in said
    assert "12号3室" not in json.dumps(program_of(cast.handler).ask(f"cases/{case.key}/card/"))


# --- corrections and annulments --------------------------------------------------------------------


def test_a_correction_shows_at_once_with_what_was_said_before(cast, case):
    event = correct(cast, case)
    row = line(cast.handler, case, "persons_concerned")
    assert [value.plain for value in row.values] == [1000]
    assert row.values[0].source.pk == event.pk
    said = history_of(card_of(cast.handler, case).reading, row.item)
    assert [(each.value.plain, each.standing, each.reason) for each in said] == [
        (800, False, ""),
        (1000, True, "数字误录。"),
    ]


def test_a_correction_of_the_filing_is_carried_to_the_case(cast, case):
    version = case.version
    correct(cast, case)
    assert (case.persons_concerned, case.version) == (1000, version + 1)


def test_a_corrected_day_of_the_filing_is_the_day_of_the_case(cast, lead):
    force(lead, "T06", date(2026, 1, 20), actor=cast.chief, **FILING)
    case = Case.objects.get(lead=lead)
    corrections.correct_event(
        actor=cast.handler,
        event=case.events.get(kind="case_opened"),
        data={"legal_day": "2026-01-21"},
        reason="决定书的日期为次日。",
    )
    case.refresh_from_db()
    assert texts(cast.handler, case, "filed_on") == ["2026-01-21"]
    assert case.filed_on == date(2026, 1, 21)


def test_a_correction_of_the_filing_leaves_what_the_case_has_come_to_say_since(cast, case):
    facts = {name: getattr(case, name) for name in matters.CHANGEABLE} | {"persons_concerned": 950}
    matters.change_case(actor=cast.handler, case=case, facts=facts, version=case.version)
    correct(cast, case)
    assert case.persons_concerned == 950
    (value,) = line(cast.handler, case, "persons_concerned").values
    assert (value.plain, value.source.kind) == (950, "case")


def test_an_annulled_step_leaves_the_card_and_stays_in_its_history(cast, case):
    step = force(case, "T08", clock.today(), actor=cast.handler)
    assert line(cast.handler, case, "investigation_started").values
    corrections.annul_transition(actor=cast.handler, event=step, reason="误录。")
    case.refresh_from_db()
    row = line(cast.handler, case, "investigation_started")
    assert (row.values, row.demanded) == ([], False)
    (said,) = history_of(card_of(cast.handler, case).reading, row.item)
    assert (said.annulled, said.standing) == (True, False)


def test_a_value_of_the_round_before_is_not_shown(cast, case):
    happen(case, "announcement_published", date(2026, 3, 1), facts={"medium": "甲报"})
    happen(case, "announcement_reply", date(2026, 3, 2), facts={"intention": "will"})
    assert line(cast.handler, case, "announcement_replies").values
    happen(case, "announcement_published", date(2026, 3, 3), facts={"medium": "乙报"})
    assert not line(cast.handler, case, "announcement_replies").values
    assert texts(cast.handler, case, "announcement_medium") == ["乙报"]


# --- what the state demands ------------------------------------------------------------------------


def test_the_state_says_what_is_missing(cast, case):
    whole = card_of(cast.handler, case)
    missing = {row.item.code for row in whole.missing}
    assert "investigation_closed" not in missing
    force(case, "T08", clock.today(), actor=cast.handler)
    force(case, "T10", clock.today(), actor=cast.handler, proposal="announce", conclusion="结论")
    whole = card_of(cast.handler, case)
    missing = {row.item.code for row in whole.missing}
    assert {"harm_place", "exhibits", "investigative_acts", "case_number"} <= missing
    assert not {"investigation_closed", "persons_concerned"} & missing
    assert whole.filled == whole.demanded - len(whole.missing)


def test_what_a_return_has_undone_is_demanded_no_more(cast, case):
    for code, facts in (("T08", {}), ("T10", {"proposal": "announce"})):
        step = force(case, code, clock.today(), actor=cast.handler, **facts)
    assert line(cast.handler, case, "harm_place").mark == CardMark.MISSING
    corrections.annul_transition(actor=cast.handler, event=step, reason="误录。")
    case.refresh_from_db()
    assert line(cast.handler, case, "harm_place").mark == CardMark.NOT_DUE


# --- marking as checked ----------------------------------------------------------------------------


def test_a_check_holds_for_the_value_and_becomes_void_with_it(cast, case):
    row = line(cast.handler, case, "persons_concerned")
    made = services.check_item(
        actor=cast.handler, matter=case, code=row.item.code, digest=row.digest
    )
    assert line(cast.head, case, "persons_concerned").mark == CardMark.VERIFIED
    entry = AuditEvent.objects.get(action="card.checked")
    assert (entry.case_id, entry.object_id) == (case.pk, str(made.pk))
    correct(cast, case)
    now = line(cast.handler, case, "persons_concerned")
    assert (now.mark, now.check, now.voided) == (CardMark.CHANGED, None, made)


def test_what_was_checked_of_a_lead_holds_for_its_case(cast, lead):
    row = line(cast.handler, lead, "lead_source")
    services.check_item(actor=cast.handler, matter=lead, code="lead_source", digest=row.digest)
    force(lead, "T06", clock.today(), actor=cast.chief, **FILING)
    case = Case.objects.get(lead=lead)
    assert line(cast.handler, case, "lead_source").mark == CardMark.VERIFIED


def test_who_saw_another_value_marks_nothing(cast, case):
    row = line(cast.handler, case, "persons_concerned")
    correct(cast, case)
    with pytest.raises(Conflict) as refused:
        services.check_item(
            actor=cast.handler, matter=case, code="persons_concerned", digest=row.digest
        )
    assert refused.value.code == "value_changed"
    assert not CardCheck.objects.exists()


def test_only_the_team_and_who_answers_for_the_records_mark_items(cast, case):
    row = line(cast.head, case, "filed_on")
    services.check_item(actor=cast.head, matter=case, code="filed_on", digest=row.digest)
    with pytest.raises(NotPermitted):
        services.check_item(actor=cast.chief, matter=case, code="filed_on", digest=row.digest)


def test_nothing_is_marked_that_cannot_be_compared(cast, case):
    for code in ("no_such_item", "authority_replies", "state", "announced_on"):
        with pytest.raises(Invalid):
            services.check_item(actor=cast.handler, matter=case, code=code, digest="0" * 64)


def test_the_database_keeps_one_check_a_value_and_changes_none(cast, case):
    row = line(cast.handler, case, "filed_on")
    first, second = (
        services.check_item(actor=cast.handler, matter=case, code="filed_on", digest=row.digest)
        for _time in range(2)
    )
    assert first == second
    given = {"case": case, "item": "filed_on", "checked_by": cast.handler}
    with (
        pytest.raises(IntegrityError, match="card_value_of_case_checked_once"),
        transaction.atomic(),
    ):
        CardCheck.objects.create(digest=row.digest, **given)
    with pytest.raises(IntegrityError, match="card_check_names_its_value"), transaction.atomic():
        CardCheck.objects.create(digest="x", **given)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        CardCheck.objects.update(item="other")


# --- pages and programs ----------------------------------------------------------------------------


def test_the_page_of_a_case_shows_the_main_items_with_their_sources(cast, case, as_user):
    page = as_user(cast.handler).get(case.get_absolute_url()).content.decode()
    filed = Event.objects.get(kind="case_filed", lead=case.lead)
    assert "案卡" in page
    assert "待核验" in page
    assert reverse("event_detail", args=[filed.pk]) in page
    assert reverse("event_correct", args=[filed.pk]) in page
    assert reverse("case_card", args=[case.key]) in page
    others = as_user(cast.chief).get(case.get_absolute_url()).content.decode()
    assert reverse("event_correct", args=[filed.pk]) not in others


def test_the_whole_card_shows_history_and_what_is_missing(cast, case, as_user):
    correct(cast, case)
    page = as_user(cast.handler).get(reverse("case_card", args=[case.key])).content.decode()
    assert "数字误录。" in page
    assert 'id="history"' in page


def test_a_button_of_the_card_marks_an_item(cast, case, as_user):
    row = line(cast.handler, case, "filed_on")
    answer = mark_as_verified(as_user(cast.handler), case, row)
    assert answer["Location"] == reverse("case_card", args=[case.key])
    assert line(cast.handler, case, "filed_on").mark == CardMark.VERIFIED


def test_a_refused_mark_is_explained_above_the_card(cast, case, client):
    row = line(cast.handler, case, "persons_concerned")
    correct(cast, case)
    client.force_login(cast.handler)
    address = reverse("card_check", args=[case.key])
    body = {"item": "persons_concerned", "digest": row.digest}
    page = client.post(address, body, follow=True).content.decode()
    assert "该内容在您查看之后已经变动" in page
    assert not CardCheck.objects.exists()


def test_a_stranger_and_who_stands_aside_find_no_card(cast, case, client):
    row = line(cast.handler, case, "filed_on")
    stand_aside(cast, case, cast.handler)
    for person in (cast.stranger, cast.handler):
        client.force_login(person)
        for address in (
            reverse("case_card", args=[case.key]),
            reverse("card_workbook", args=[case.key]),
            reverse("card_json", args=[case.key]),
            f"/api/v1/cases/{case.key}/card/",
        ):
            assert client.get(address).status_code == 404, address
        assert mark_as_verified(client, case, row).status_code == 404
        asked = program_of(person).send(
            f"cases/{case.key}/card/checks/", {"item": "filed_on", "digest": row.digest}
        )
        assert asked.status_code == 404
    assert not CardCheck.objects.exists()


def test_programs_read_and_mark_the_card(cast, case):
    program = program_of(cast.handler)
    whole = program.ask(f"cases/{case.key}/card/")
    items = {item["code"]: item for item in whole["items"]}
    assert items["persons_concerned"]["values"][0]["value"] == 800
    assert items["persons_concerned"]["mark"] == "unconfirmed"
    assert whole["filled"] == sum(bool(i["values"]) for i in whole["items"] if i["demanded"])
    body = {"item": "filed_on", "digest": items["filed_on"]["digest"]}
    answer = program.send(f"cases/{case.key}/card/checks/", body)
    assert (answer.status_code, answer.json()["checked_by"]["name"]) == (201, cast.handler.name)
    stale = program.send(f"cases/{case.key}/card/checks/", body | {"digest": "0" * 64})
    assert (stale.status_code, stale.json()["code"]) == (409, "value_changed")
    wrong = program.send(f"cases/{case.key}/card/checks/", {"item": "filed_on", "digest": "zz"})
    assert wrong.status_code == 400
    assert program.ask(f"leads/{case.lead.key}/card/")["machine"] == "lead"


def test_the_digest_does_not_depend_on_the_language(cast, case):
    digests = set()
    for language in ("zh-hans", "en"):
        answer = program_of(cast.handler)
        cast.handler.language = language
        cast.handler.save(update_fields=["language"])
        whole = answer.get(f"/api/v1/cases/{case.key}/card/", headers={"accept-language": language})
        digests.add(tuple(item["digest"] for item in whole.json()["items"]))
    assert len(digests) == 1


def test_a_card_leaves_the_house_as_workbook_and_as_json(cast, case, as_user):
    client = as_user(cast.handler)
    answer = client.get(reverse("card_workbook", args=[case.key]))
    sheet = load_workbook(BytesIO(answer.getvalue())).active
    rows = {row[1]: row[3] for row in sheet.iter_rows(values_only=True)}
    assert rows["涉及人数"] == "800"
    answer = client.get(reverse("card_json", args=[case.key]))
    assert json.loads(answer.content)["key"] == case.key
    assert AuditEvent.objects.filter(action="card.exported", case_id=case.pk).count() == 2


def test_the_block_costs_three_queries_whatever_happened(cast, case):
    for number in range(4):
        happen(case, "announcement_reply", date(2026, 3, 2 + number), facts={"intention": "will"})
    correct(cast, case)
    with reading():
        # As the page does: it opens the matter, and whether it is seen is not asked again.
        here = get_case(cast.handler, case.key)
        present = list(here.parties.filter(removed_at__isnull=True))
        with CaptureQueriesContext(connection) as queries:
            assert summary_of(cast.handler, here, present).lines
    assert len(queries) <= 3, [query["sql"][:120] for query in queries]


# --- the declarations ------------------------------------------------------------------------------


def test_what_is_missing_leads_to_the_act_that_fills_it(cast, as_user):
    case = make_case(cast)
    force(case, "T08", clock.today(), actor=cast.handler)
    force(case, "T10", clock.today(), actor=cast.handler, proposal="announce", conclusion="结论")
    address = reverse("case_card", args=[case.key])
    page = as_user(cast.handler).get(address).content.decode()
    for name in ("case_edit", "exhibit_create", "investigative_act_create", "party_create"):
        assert f'href="{reverse(name, args=[case.key])}"' in page, name


def test_every_item_names_events_facts_and_states_that_there_are():
    assert card_items_name_what_there_is(None) == []


def test_an_item_that_could_never_say_anything_fails_the_check(monkeypatch):
    wrong = of_fact(
        *("wrong", CardSection.SUIT, "错", "Wrong", "CPL 1"),
        kinds=("judged",),
        fact="no_such_fact",
        since=("no_such_state",),
        of=("no_such_machine",),
        cure="no_such_page",
    )
    lost = of_day("lost", CardSection.SUIT, "失", "Lost", "CPL 1", kinds=("no_such_kind",))
    entries = dict(card.items()) | {"wrong": wrong, "lost": lost}
    monkeypatch.setattr(card, "_entries", entries)
    said = [error.msg for error in card_items_name_what_there_is(None)]
    assert len(said) == 5
    assert any("no_such_fact" in sentence for sentence in said)
    assert all(
        isinstance(error, system_checks.Error) for error in card_items_name_what_there_is(None)
    )


def test_a_case_made_without_events_still_names_itself(cast, client):
    case = make_case(cast)
    assert faults_of_sources(client, cast.handler, case) == []
