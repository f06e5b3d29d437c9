"""The records behind the guards on one page: what each shows, and to whom (law 3.2, 3.7, 3.11)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from cases.models import Event
from cases.registries import event_kinds
from cases.services import attachments, corrections, minutes
from litigation.forms.court import SettlementFacts
from litigation.records import EVERY_KIND, NAMING, RECORDS
from litigation.selectors.records import cards_of
from tests.litigation import suit
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import force, happen, paper, stand_aside, upload

pytestmark = pytest.mark.django_db
REPLY = {
    "replier": "eligible", "name": "某省消费者委员会", "intention": "will_not", "content": "不起诉。",
}  # fmt: skip
MEETING = {
    "question": "是否提起诉讼", "papers_sent_on": "2026-04-10", "members": 9, "present": 7,
    "votes_for": 6, "votes_against": 1, "minority_views": "应先行调解",
}  # fmt: skip


@pytest.fixture(scope="session")
def stage(appealed_stage):
    """Every test of this file begins with a case a defendant has appealed in."""
    return appealed_stage


@pytest.fixture(scope="module", autouse=True)
def brought_so_far(room) -> None:
    """The tests work in a clone of the stage."""


@pytest.fixture(autouse=True)
def today():
    with on(2026, 8, 3):
        yield


@pytest.fixture
def case(inside):
    """A case a defendant has appealed in on 1 July 2026."""
    return inside.case


def attending(cast) -> dict[str, Any]:
    return {"staff": [cast.handler.pk], "duties": "检察官，宣读起诉书"}


def tell(cast, case, kind: str, day: date, *, proofs: Any = (), **facts: Any) -> Event:
    return happen(case, kind, day, actor=cast.handler, facts=facts, proofs=proofs)


def fill(cast, case) -> None:
    """Record something of every kind of record, each with what became of it."""
    defendant = suit.defendants(case)[0].pk
    proof = [paper(cast.handler, case)]
    reply = tell(cast, case, "announcement_reply", date(2026, 3, 20), proofs=proof, **REPLY)
    tell(
        cast,
        case,
        "announcement_reply_followed",
        date(2026, 3, 25),
        reply=str(reply.pk),
        result="电话核实。",
    )
    tell(
        cast,
        case,
        "support_begun",
        date(2026, 4, 1),
        plaintiff="某省消协",
        means=["opinion"],
        court="某中院",
        court_case_number="（2026）浙01民初5号",
    )
    tell(
        cast,
        case,
        "support_given",
        date(2026, 4, 2),
        means="attendance",
        content="派员出庭发表意见。",
    )
    decided = tell(cast, case, "committee_decided", date(2026, 4, 15), proofs=proof, **MEETING)
    tell(
        cast,
        case,
        "committee_decision_executed",
        date(2026, 4, 20),
        decision=str(decided.pk),
        result="已起诉。",
    )
    tell(
        cast,
        case,
        "suit_rejected",
        date(2026, 5, 7),
        rejection="not_accepted",
        ruling_number="（2026）浙0192民初0号",
        reason="材料不全",
    )
    tell(
        cast,
        case,
        "defence_received",
        date(2026, 5, 25),
        defendant=defendant,
        content="已取得同意。",
    )
    tell(
        cast,
        case,
        "hearing_noticed",
        date(2026, 6, 8),
        hearing_on="2026-06-16",
        place="第九法庭",
        **attending(cast),
    )
    tell(
        cast,
        case,
        "hearing_held",
        date(2026, 6, 16),
        proofs=proof,
        judges=3,
        assessors=4,
        course="举证、质证。",
        **attending(cast),
    )
    tell(
        cast,
        case,
        "appeal_filed",
        date(2026, 7, 2),
        party="office",
        appealed_part="第二项",
        why="数额过低",
        through_original_court=True,
    )
    tell(
        cast,
        case,
        "appeal_heard",
        date(2026, 8, 1),
        superior_staff="张检察官",
        course="二审询问。",
        **attending(cast),
    )
    tell(
        cast,
        case,
        "settlement_published",
        date(2026, 8, 2),
        terms="全部履行。",
        agreed_on="2026-08-01",
        medium="法院公告网",
    )
    tell(cast, case, "settlement_refused", date(2026, 8, 3), reason="损害公共利益")
    tell(
        cast,
        case,
        "second_instance_judged",
        date(2026, 8, 3),
        judgment_number="（2026）浙01民终8号",
        outcome="upheld",
        operative_part="驳回上诉。",
    )
    tell(cast, case, "retrial_applied", date(2026, 8, 3), applicant="某科技有限公司", ground="新证据")  # fmt: skip


def lines(cast, case, code: str) -> list[Any]:
    return next(
        (card.lines for card in cards_of(cast.handler, case) if card.record.code == code), []
    )


def said(line: Any) -> list[str]:
    """Return the values a line shows, column by column."""
    return [fact.value for cell in line.cells for fact in (*cell.own, *cell.beside)]


def test_every_record_shows_what_matters_in_words_and_what_became_of_it(cast, case):
    fill(cast, case)
    cards = {card.record.code: card.lines for card in cards_of(cast.handler, case)}
    assert list(cards) == [each.code for each in RECORDS]
    (reply,) = cards["replies"]
    assert said(reply) == [
        "某省消费者委员会",
        "Eligible body or organisation",
        "It will not sue",
        "不起诉。",
    ]
    assert [(end.day, [fact.value for fact in end.facts]) for end in reply.ends] == [
        (date(2026, 3, 25), ["电话核实。"])
    ]
    assert [file.name for file in reply.files] == ["证明.txt"]
    (decision,) = cards["committee"]
    assert "Carried: 6 of 9 members voted for it." in said(decision)
    assert [fact.value for fact in decision.ends[0].facts] == ["已起诉。"]
    assert "Attendance at the hearing" in said(cards["support"][1])
    assert said(cards["defences"][0]) == ["某科技有限公司", "已取得同意。"]
    assert cards["retrial"][0].day == date(2026, 8, 3)


def test_a_hearing_is_told_with_place_panel_and_staff_in_the_order_of_days(cast, case):
    fill(cast, case)
    rows = lines(cast, case, "hearings")
    assert [row.day for row in rows] == sorted(row.day for row in rows)
    (held,) = (row for row in rows if row.day == date(2026, 6, 16))
    assert said(held) == [
        "第九法庭",
        "3",
        "4",
        cast.handler.name,
        "检察官，宣读起诉书",
        "举证、质证。",
    ]


def test_a_settlement_shows_agreement_medium_and_the_end_of_its_publication(cast, case):
    force(
        case, "T55", date(2026, 7, 6), actor=cast.handler, terms="全部履行。",
        agreed_on="2026-07-03", medium="法院公告网",
    )  # fmt: skip
    (row,) = lines(cast, case, "settlements")
    assert said(row) == ["全部履行。", "2026-07-03", "法院公告网", "2026-07-06", "2026-08-05"]
    assert row.ends == []


def test_each_party_is_told_with_its_own_appeal_and_what_became_of_it(cast, case):
    tell(
        cast,
        case,
        "appeal_filed",
        date(2026, 7, 2),
        party="office",
        appealed_part="第二项",
        why="过低",
    )
    own = next(row for row in lines(cast, case, "appeals") if row.day == date(2026, 7, 2))
    assert said(own)[:2] == [case.office.name, "第二项"]
    tell(
        cast, case, "appeal_withdrawn", date(2026, 8, 3), ruling_number="1",
        appellants=[str(suit.defendants(case)[0].pk)],
    )  # fmt: skip
    ends = {row.day: [end.event.kind for end in row.ends] for row in lines(cast, case, "appeals")}
    assert ends == {date(2026, 7, 1): ["appeal_withdrawn"], date(2026, 7, 2): []}


def test_a_party_that_was_removed_keeps_its_name_in_the_record(cast, case):
    tell(cast, case, "appeal_served", date(2026, 7, 5), party="999999", party_name="原被告公司")
    assert "原被告公司" in said(lines(cast, case, "second_instance")[0])


def test_what_was_annulled_is_left_out_and_what_was_corrected_stands(cast, case):
    facts = {"defendant": suit.defendants(case)[0].pk}
    proof = [paper(cast.handler, case)]
    event = tell(
        cast, case, "defence_received", date(2026, 5, 25), proofs=proof, content="误录", **facts
    )
    corrections.correct_event(
        actor=cast.handler, event=event, reason="误录", files={"paper": upload("更正.txt")},
        data=facts | {"legal_day": "2026-05-26", "content": "更正后的答辩。"},
    )  # fmt: skip
    (row,) = lines(cast, case, "defences")
    assert (row.day, said(row)[-1]) == (date(2026, 5, 26), "更正后的答辩。")
    assert [file.name for file in row.files] == ["证明.txt", "更正.txt"]
    appeal = case.events.get(kind="opponent_appealed")
    happen(
        case,
        "transition_annulled",
        date(2026, 8, 3),
        actor=cast.chief,
        annuls=appeal,
        reason="误录",
    )
    assert lines(cast, case, "appeals") == []


def test_a_record_nobody_entered_has_no_card_and_an_empty_case_says_so(client, cast):
    case = suit.suit_decided(cast)
    assert cards_of(cast.handler, case) == []
    client.force_login(cast.handler)
    page = client.get(reverse("case_suit_record", args=[case.key])).content.decode()
    with translation.override("zh-hans"):
        assert str(RECORDS[0].title) not in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_links_entries_and_proofs_in_both_languages(client, cast, case, language):
    fill(cast, case)
    cast.handler.language = language
    cast.handler.save(update_fields=["language"])
    client.force_login(cast.handler)
    page = client.get(reverse("case_suit_record", args=[case.key])).content.decode()
    for event in case.events.filter(kind__in=EVERY_KIND - set(NAMING) - {"judged"}):
        assert reverse("event_detail", args=[event.pk]) in page, event.kind
    held = case.events.get(kind="hearing_held", legal_day=date(2026, 6, 16)).proofs.get()
    assert reverse("attachment_download", args=[held.pk]) in page
    for record_ in RECORDS:
        with translation.override(language):
            assert f'id="{record_.code}"' in page


def test_the_suit_and_its_record_lead_to_one_another(client, cast, case):
    client.force_login(cast.handler)
    first, second = (reverse(name, args=[case.key]) for name in ("case_suit", "case_suit_record"))
    assert f'href="{second}"' in client.get(first).content.decode()
    assert f'href="{first}"' in client.get(second).content.decode()


@pytest.mark.parametrize("who", ["stranger", "colleague", "intake", "system_administrator"])
def test_who_does_not_see_the_case_finds_no_record_of_the_suit(client, cast, case, who):
    fill(cast, case)
    client.force_login(getattr(cast, who))
    assert client.get(reverse("case_suit_record", args=[case.key])).status_code == 404
    events = f"/api/v1/cases/{case.key}/events/"
    assert program_of(getattr(cast, who)).get(events, {"kind": "hearing_held"}).status_code == 404


def test_who_stands_aside_finds_no_record_of_the_suit(client, cast, case):
    stand_aside(cast, case, cast.assistant)
    client.force_login(cast.assistant)
    assert client.get(reverse("case_suit_record", args=[case.key])).status_code == 404


@pytest.mark.norm("C117")
def test_minutes_of_the_committee_stay_closed_in_the_record(client, cast, case):
    file = attachments.store(
        upload("会议纪要.txt"), actor=cast.handler, matter=case, purpose="committee_decided"
    )
    tell(cast, case, "committee_decided", date(2026, 4, 15), proofs=[file], **MEETING)
    page, link = (
        reverse("case_suit_record", args=[case.key]),
        reverse("attachment_download", args=[file.pk]),
    )
    for person, reads in ((cast.handler, True), (cast.chief, True), (cast.head, False)):
        client.force_login(person)
        assert (link in client.get(page).content.decode()) is reads
        assert (client.get(link).status_code == 200) is reads
    minutes.open_minutes(actor=cast.chief, minutes=file, person=cast.head, reason="研究同类案件")
    client.force_login(cast.head)
    assert link in client.get(page).content.decode()


def test_the_record_costs_the_same_for_one_and_for_many_entries(client, cast, case):
    client.force_login(cast.head)
    address = reverse("case_suit_record", args=[case.key])
    counts = []
    for more in (1, 4):
        for _ in range(more):
            fill(cast, case)
            file = attachments.store(
                upload(), actor=cast.handler, matter=case, purpose="committee_decided"
            )
            tell(cast, case, "committee_decided", date(2026, 4, 16), proofs=[file], **MEETING)
            tell(cast, case, "committee_feedback_given", date(2026, 4, 22), decision="0")
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_a_settlement_agreed_after_its_publication_is_refused(cast, case):
    stated = {"legal_day": "2026-08-01", "agreed_on": "2026-08-02", "medium": "法院公告网"}
    files = {"agreement": upload(), "publication": upload()}
    form = SettlementFacts(stated, files, matter=case, actor=cast.handler)
    assert set(form.errors) == {"agreed_on"}
    assert SettlementFacts(stated | {"agreed_on": "2026-08-01"}, files, matter=case).is_valid()


# --- the API -------------------------------------------------------------------------------------


def test_programs_read_the_events_of_one_kind_with_facts_and_proofs(cast, case):
    fill(cast, case)
    program = program_of(cast.handler)
    path = f"cases/{case.key}/events/"
    rows = program.ask(path, kind="defence_received")["results"]
    assert [row["facts"]["content"] for row in rows] == ["已取得同意。"]
    held = program.ask(path, kind=["hearing_held", "defence_received"])["results"]
    assert {row["kind"] for row in held} == {"hearing_held", "defence_received"}
    proofs = [row["proofs"] for row in held if row["legal_day"] == "2026-06-16"]
    assert [file["name"] for file in proofs[0]] == ["证明.txt"]
    assert len(program.ask(path)["results"]) > len(held)


def test_the_api_refuses_a_kind_of_event_that_is_none(cast, case):
    answer = program_of(cast.handler).get(f"/api/v1/cases/{case.key}/events/", {"kind": "party"})
    assert answer.status_code == 400
    assert "kind" in answer.json()["errors"]


def test_every_kind_the_records_name_is_one_that_is_recorded():
    assert {kind for kind, _entry in event_kinds.items()} >= EVERY_KIND
