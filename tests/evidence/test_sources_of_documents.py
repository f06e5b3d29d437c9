"""Sentences of fact in a document know the events, exhibits and parties they rest on."""

from __future__ import annotations

import io

import pytest
from django.utils import translation
from pypdf import PdfReader

from audit.errors import Conflict, Invalid, NotPermitted
from audit.models import AuditEvent
from cases.models import Party
from documents.model import Support, SupportKind
from evidence import services as evidence
from notices import services as notices
from notices.catalogue import TYPES
from notices.models import Document
from notices.rests_on import MOST_COMPARED, carried
from notices.services.drafting import create_draft
from notices.sourcing.sentences import sentences_of
from notices.sourcing.services import set_sources
from tests.evidence.conftest import add
from tests.support.matters import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def report(cast, case, exhibit) -> Document:
    """The draft of the closing report: one fact on the exhibit, one stated without evidence."""
    evidence.state_fact(
        actor=cast.handler,
        case=case,
        group="act",
        text="被告公开八百余人的个人信息。",
        exhibits=[exhibit],
        page="12-14",
    )
    evidence.state_fact(actor=cast.handler, case=case, group="fault", text="明知而为。")
    return create_draft(kind=TYPES["D-40"], matter=case, actor=cast.handler)


def by_content(cast, document, name: str):
    document.refresh_from_db()
    return [item for item in sentences_of(cast.handler, document) if item.content.name == name]


def edit(cast, document, **values: str) -> Document:
    document.refresh_from_db()
    return notices.edit_document(
        actor=cast.handler, document=document, values=values, version=document.version
    )


def choose(cast, document, *supports: Support, content="fault", position=0, **rest):
    document.refresh_from_db()
    given = {"actor": cast.handler, "version": document.version} | rest
    return set_sources(
        document=document, content=content, position=position, supports=supports, **given
    )


def on_exhibit(exhibit, pages: str = "") -> Support:
    return Support(SupportKind.EXHIBIT, str(exhibit.pk), pages)


# --- what the record gives --------------------------------------------------------------------------


def test_a_fact_of_the_proof_matrix_comes_with_its_exhibit_and_page(cast, report, exhibit):
    (sentence,) = by_content(cast, report, "act")
    (ground,) = sentence.grounds
    assert ground.support == on_exhibit(exhibit, "12-14")
    assert ground.label == f"Exhibit {exhibit.number} {exhibit.name}"
    assert ground.link == exhibit.get_absolute_url()
    assert sentence.stands


def test_what_was_stated_without_evidence_rests_on_nothing_and_the_composer_says_so(
    cast, client, report
):
    (sentence,) = by_content(cast, report, "fault")
    assert not sentence.stands
    client.force_login(cast.handler)
    page = client.get(f"/documents/{report.pk}/edit/").content.decode()
    assert "Sentences without a live source" in page
    assert "“明知而为。” rests on nothing." in page


def test_the_document_of_record_keeps_what_each_paragraph_rests_on(report, exhibit):
    found = [
        item
        for block in report.composed["blocks"]
        for item in block.get("rests_on", [])
        if block["text"].startswith("被告公开")
    ]
    assert [(item["kind"], item["reference"], item["pages"]) for item in found] == [
        ("exhibit", str(exhibit.pk), "12-14")
    ]


# --- through an edit --------------------------------------------------------------------------------


def test_a_line_that_stands_or_is_mended_keeps_its_sources_and_a_new_one_has_none(cast, report):
    (before,) = by_content(cast, report, "act")
    edit(cast, report, act=f"另有新的事实。\n{before.text.replace('八百余', '八百')}")
    new, mended = by_content(cast, report, "act")
    assert (new.grounds, [g.support for g in mended.grounds]) == (
        (),
        [g.support for g in before.grounds],
    )


def test_a_text_without_likeness_takes_nothing_over():
    kept = [[{"kind": "event", "reference": "7", "pages": ""}]]
    assert carried("被告公开个人信息。", kept, "法院已经受理。") == [[]]
    assert carried("被告公开个人信息。", kept, "被告公开了个人信息。") == kept


def test_of_a_very_long_text_only_equal_lines_are_known():
    lines = [f"第{number}行的内容" for number in range(MOST_COMPARED + 1)]
    kept = [[{"kind": "event", "reference": str(n), "pages": ""}] for n in range(len(lines))]
    now = carried("\n".join(lines), kept, f"{lines[5]}\n{lines[6]}！")
    assert now == [kept[5], []]


# --- what falls -------------------------------------------------------------------------------------


def test_a_sentence_falls_with_its_exhibit(cast, client, report, exhibit):
    evidence.withdraw_exhibit(actor=cast.handler, exhibit=exhibit, reason="非法取得")
    (sentence,) = by_content(cast, report, "act")
    assert not sentence.stands
    assert sentence.grounds[0].fault == "it was withdrawn."
    client.force_login(cast.handler)
    page = client.get(report.get_absolute_url()).content.decode()
    assert f"rests on Exhibit {exhibit.number} {exhibit.name}: it was withdrawn." in page


def test_a_removed_party_and_what_is_not_there_carry_nothing(cast, case, report):
    party = Party.objects.create(
        case=case, role="violator", kind="organisation", name="某公司", created_by=cast.handler
    )
    choose(cast, report, Support(SupportKind.PARTY, str(party.pk)))
    assert by_content(cast, report, "fault")[0].stands
    Party.objects.filter(pk=party.pk).update(removed_at="2026-03-05T00:00Z", removed_reason="误")
    (ground,) = by_content(cast, report, "fault")[0].grounds
    assert (ground.label, ground.fault) == ("某公司", "it was removed.")


# --- saying what it rests on ------------------------------------------------------------------------


def test_the_team_says_what_a_sentence_rests_on(cast, report, exhibit):
    changed = choose(cast, report, on_exhibit(exhibit, "3"))
    (sentence,) = by_content(cast, report, "fault")
    assert [ground.shown for ground in sentence.grounds] == [
        f"Exhibit {exhibit.number} {exhibit.name}，3"
    ]
    assert changed.digest == report.digest  # an approval covers the text, not its apparatus
    choose(cast, report)
    assert by_content(cast, report, "fault")[0].grounds == ()


@pytest.mark.parametrize(
    ("supports", "field"),
    [
        ([Support(SupportKind.EXHIBIT, "999999")], "supports"),
        ([Support(SupportKind.EVENT, "999999")], "supports"),
        ([Support(SupportKind.PARTY, "999999")], "supports"),
        ([Support(SupportKind.PAGE, "1")], "supports"),
    ],
)
def test_a_sentence_rests_on_nothing_that_is_not_there(cast, report, supports, field):
    with pytest.raises(Invalid) as refused:
        choose(cast, report, *supports)
    assert set(refused.value.errors) == {field}


def test_pages_are_those_of_an_exhibit_and_nothing_is_named_twice(cast, case, report, exhibit):
    event = case.events.first()
    for supports, field in (
        ([Support(SupportKind.EVENT, str(event.pk), "3")], "pages"),
        ([on_exhibit(exhibit, "1" * 61)], "pages"),
        ([on_exhibit(exhibit), on_exhibit(exhibit)], "supports"),
        ([on_exhibit(exhibit, str(page)) for page in range(21)], "supports"),
    ):
        with pytest.raises(Invalid) as refused:
            choose(cast, report, *supports)
        assert set(refused.value.errors) == {field}


def test_an_exhibit_of_another_case_carries_nothing_here(cast, report):
    other = make_case(cast)
    elsewhere = Party.objects.create(
        case=other, role="violator", kind="organisation", name="他公司", created_by=cast.handler
    )
    with pytest.raises(Invalid):
        choose(cast, report, Support(SupportKind.PARTY, str(elsewhere.pk)))


def test_there_is_no_sentence_where_none_is_written(cast, report, exhibit):
    for content, position in (("fault", 1), ("law", 0), ("nothing", 0)):
        with pytest.raises(Invalid) as refused:
            choose(cast, report, on_exhibit(exhibit), content=content, position=position)
        assert refused.value.code == "no_such_sentence"


def test_only_the_team_says_it_and_only_of_a_draft_nobody_changed(cast, report, exhibit):
    with pytest.raises(NotPermitted):
        choose(cast, report, on_exhibit(exhibit), actor=cast.colleague)
    with pytest.raises(Conflict) as stale:
        choose(cast, report, on_exhibit(exhibit), version=report.version - 1)
    assert stale.value.code == "lost_update"
    Document.objects.filter(pk=report.pk).update(status="final")
    with pytest.raises(Conflict) as final:
        choose(cast, report, on_exhibit(exhibit))
    assert final.value.code == "document_status"


# --- pages and programs -----------------------------------------------------------------------------


def test_the_page_adds_a_source_and_takes_it_away(cast, client, report, exhibit):
    client.force_login(cast.handler)
    address = f"/documents/{report.pk}/sources/fault/0/"
    given = {"version": report.version, "supports": f"exhibit:{exhibit.pk}", "pages": "5"}
    assert client.post(address, given).status_code == 302
    page = client.get(f"/documents/{report.pk}/sources/").content.decode()
    assert page.count(exhibit.name) == 2
    report.refresh_from_db()
    taken = {"version": report.version, "remove": f"exhibit:{exhibit.pk}"}
    assert client.post(address, taken).status_code == 302
    assert by_content(cast, report, "fault")[0].grounds == ()


def test_the_page_says_what_is_wrong_with_a_choice(cast, client, report):
    client.force_login(cast.handler)
    address = f"/documents/{report.pk}/sources/fault/0/"
    assert client.post(address, {"version": report.version}).status_code == 400
    assert client.get(f"/documents/{report.pk}/sources/fault/9/").status_code == 404


def test_a_stranger_finds_neither_sentences_nor_copy(cast, client, report):
    client.force_login(cast.stranger)
    for address in ("sources/", "sources/fault/0/", "working-copy.pdf"):
        assert client.get(f"/documents/{report.pk}/{address}").status_code == 404
    assert client.get(f"/api/v1/documents/{report.pk}/sources/").status_code == 404


def test_a_program_reads_and_says_what_sentences_rest_on(cast, client, report, exhibit):
    client.force_login(cast.handler)
    address = f"/api/v1/documents/{report.pk}/sources/"
    rows = client.get(address).json()
    assert [(row["content"], row["stands"]) for row in rows if row["content"] == "fault"] == [
        ("fault", False)
    ]
    said = {
        "version": report.version,
        "content": "fault",
        "position": 0,
        "supports": [{"kind": "exhibit", "reference": str(exhibit.pk), "pages": "2"}],
    }
    answer = client.post(address, said, content_type="application/json")
    assert answer.status_code == 200
    (row,) = (row for row in answer.json() if row["content"] == "fault")
    assert (row["stands"], row["supports"][0]["pages"]) == (True, "2")
    said["supports"] = [{"kind": "exhibit", "reference": "0"}]
    said["version"] += 1
    refused = client.post(address, said, content_type="application/json")
    assert (refused.status_code, "supports" in refused.json()["errors"]) == (400, True)


def test_the_working_copy_bears_the_sources_in_its_margin_and_the_record_does_not(
    cast, client, report, exhibit
):
    client.force_login(cast.handler)
    copy = client.get(f"/documents/{report.pk}/working-copy.pdf")
    text = "".join(
        "".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(copy.content)).pages
    )
    assert f"Exhibit{exhibit.number}" in text
    assert "12-14" in text
    report.refresh_from_db()
    assert not any(
        item["label"] for block in report.composed["blocks"] for item in block.get("rests_on", [])
    )


def test_a_program_gets_the_working_copy_and_leaves_the_same_trace(cast, client, report, exhibit):
    client.force_login(cast.handler)
    copy = client.get(f"/api/v1/documents/{report.pk}/working-copy/")
    assert copy["Content-Type"] == "application/pdf"
    text = PdfReader(io.BytesIO(copy.content)).pages[0].extract_text()
    assert f"Exhibit{exhibit.number}" in "".join(text.split())
    looks = AuditEvent.objects.filter(action="document.working_copy", actor_id=cast.handler.pk)
    assert [entry.object_id for entry in looks] == [str(report.pk)]


def test_a_confidential_exhibit_is_named_to_nobody_who_may_not_read_it(cast, case, report):
    secret = add(cast, case, b"%PDF-1.7 secret", name="涉密笔录", confidential=True)
    choose(cast, report, on_exhibit(secret))
    (ground,) = by_content(cast, report, "fault")[0].grounds
    assert "涉密笔录" in ground.label
    hidden = next(
        item for item in sentences_of(None, report) if item.content.name == "fault"
    ).grounds[0]
    assert (hidden.label, hidden.link) == (f"Exhibit {secret.number}", "")
