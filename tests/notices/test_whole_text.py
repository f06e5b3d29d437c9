"""The whole text of a draft, written freely or read from an edited copy."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as open_docx

from audit.errors import Conflict, Invalid, NotPermitted
from documents.docx_reader import MOST_BYTES
from documents.plain_text import written
from notices import services
from notices.services import writing
from notices.sourcing.sentences import sentences_of
from notices.whole_text import WHOLE_TEXT, paragraph_differences
from tests.notices.matters import issue
from tests.support.documents import filled

pytestmark = pytest.mark.django_db
OWN = "本院另行说明的一段。"


@pytest.fixture(autouse=True)
def reader(client):
    client.cookies["django_language"] = "en"


@pytest.fixture
def draft(cast, decision):
    return filled(decision, cast.handler)


def base(document) -> str:
    document.refresh_from_db()
    return written(writing.base_of(document).blocks)


def write(cast, document, text: str, **rest):
    document.refresh_from_db()
    given = {"actor": cast.handler, "version": document.version} | rest
    return writing.write_text(document=document, text=text, **given)


def printed(document) -> str:
    document.refresh_from_db()
    return "\n".join(block.get("text", "") for block in document.composed["blocks"])


def test_a_text_written_freely_is_what_the_document_says(cast, draft):
    before = draft.digest
    changed = write(cast, draft, f"{base(draft)}\n{OWN}")
    assert printed(draft).endswith(OWN)
    assert changed.digest != before  # an approval covers it
    assert changed.values[WHOLE_TEXT].endswith(OWN)


def test_the_fields_change_it_no_longer_until_it_is_taken_back(cast, draft):
    write(cast, draft, f"{base(draft)}\n{OWN}")
    draft.refresh_from_db()
    services.edit_document(
        actor=cast.handler, document=draft, values={"facts": "新的事实。"}, version=draft.version
    )
    assert "新的事实" not in printed(draft)
    write(cast, draft, "")
    assert "新的事实" in printed(draft)
    assert WHOLE_TEXT not in draft.content


def test_the_text_of_the_fields_is_no_text_of_its_own(cast, draft):
    write(cast, draft, base(draft).replace("\n", "\r\n\r\n"))
    draft.refresh_from_db()
    assert WHOLE_TEXT not in draft.content


def test_a_sentence_that_was_added_asks_for_its_source_and_one_taken_out_no_longer_does(
    cast, draft
):
    lines = base(draft).splitlines()
    count = len(sentences_of(cast.handler, draft))
    write(cast, draft, "\n".join([*lines[1:], OWN]))
    draft.refresh_from_db()
    sentences = sentences_of(cast.handler, draft)
    assert [item.text for item in sentences if item.content.name == WHOLE_TEXT] == [OWN]
    assert len(sentences) < count + 1


def test_what_stays_keeps_its_sources(cast, draft):
    before = [item for item in sentences_of(cast.handler, draft) if item.stands]
    write(cast, draft, f"{base(draft)}\n{OWN}")
    draft.refresh_from_db()
    after = [item for item in sentences_of(cast.handler, draft) if item.stands]
    assert [item.text for item in after] == [item.text for item in before]


def test_only_the_team_writes_and_only_a_draft_nobody_changed(cast, draft):
    with pytest.raises(NotPermitted):
        write(cast, draft, OWN, actor=cast.colleague)
    with pytest.raises(Conflict) as stale:
        write(cast, draft, OWN, version=1)
    assert stale.value.code == "lost_update"
    issue(cast, draft)
    with pytest.raises(Conflict) as issued:
        write(cast, draft, OWN)
    assert issued.value.code == "document_status"


@pytest.mark.parametrize(
    ("text", "field"), [("〔表1〕", "text"), ("字" * 100_001, "text")], ids=["mark", "long"]
)
def test_what_cannot_stand_is_refused_and_nothing_changes(cast, draft, text, field):
    before = printed(draft)
    with pytest.raises(Invalid) as refused:
        write(cast, draft, text)
    assert set(refused.value.errors) == {field}
    assert printed(draft) == before


def test_a_character_that_cannot_be_printed_keeps_the_text_from_becoming_final(cast, draft):
    write(cast, draft, f"{base(draft)}\n\u202e反向的字")
    draft.refresh_from_db()
    with pytest.raises(Invalid) as refused:
        services.finalise_document(actor=cast.handler, document=draft)
    assert set(refused.value.errors) == {WHOLE_TEXT}


def test_a_ruled_form_has_no_running_text(cast, case):
    form = case.lead.documents.get(code="D-05")
    with pytest.raises(Invalid) as refused:
        writing.base_of(form)
    assert refused.value.code == "no_running_text"


# --- differences ----------------------------------------------------------------------------------------


def test_differences_are_told_paragraph_by_paragraph():
    rows = paragraph_differences(
        "第一段。\n第二段。\n第三段。", "第一段。\n第二段改。\n第三段。\n第四段。"
    )
    assert [(row.title, row.before, row.after) for row in rows] == [
        ("Paragraph 2", "第二段。", "第二段改。"),
        ("Paragraph 4", "", "第四段。"),
    ]
    assert paragraph_differences("同。", "同。") == []


# --- pages and programs ---------------------------------------------------------------------------------


def copy_of(client, document, **change: str) -> SimpleUploadedFile:
    """Download the Word copy and change words in it, as somebody at a desk does."""
    content = client.get(f"/documents/{document.pk}/copy.docx").content
    file = open_docx(io.BytesIO(content))
    for paragraph in file.paragraphs:
        for before, after in change.items():
            if before in paragraph.text:
                paragraph.runs[0].text = paragraph.text.replace(before, after)
    saved = io.BytesIO()
    file.save(saved)
    return SimpleUploadedFile("改.docx", saved.getvalue())


def test_an_edited_copy_is_shown_with_what_it_changes_and_saved_as_the_next_version(
    cast, client, draft
):
    client.force_login(cast.handler)
    address = f"/documents/{draft.pk}/text/"
    version = draft.version
    copy = copy_of(client, draft, 本院决定="本院经研究决定")
    page = client.post(address, {"read": "1", "file": copy})
    shown = page.content.decode()
    assert "Read, not saved yet." in shown
    assert "<ins>经研究</ins>" in shown
    draft.refresh_from_db()
    assert draft.version == version
    text = page.context["form"]["text"].value()
    assert client.post(address, {"version": version, "text": text}).status_code == 302
    draft.refresh_from_db()
    assert draft.version == version + 1
    assert "本院经研究决定" in printed(draft)
    assert "This text was written freely." in client.get(address).content.decode()


def test_a_file_that_is_no_text_is_refused_before_it_is_read(cast, client, draft, monkeypatch):
    def read(*args):
        raise AssertionError("read into memory")

    monkeypatch.setattr(
        "django.core.files.uploadedfile.TemporaryUploadedFile.read", read, raising=False
    )
    client.force_login(cast.handler)
    huge = SimpleUploadedFile("文书.docx", b"PK" + bytes(MOST_BYTES))
    for address, given in (
        (f"/documents/{draft.pk}/text/", {"read": "1", "file": huge}),
        (f"/api/v1/documents/{draft.pk}/read-copy/", {"file": huge}),
    ):
        huge.seek(0)
        answer = client.post(address, given)
        assert answer.status_code == 400
        assert "larger than 5 MB" in answer.content.decode()


def test_the_page_returns_to_the_fields(cast, client, draft):
    client.force_login(cast.handler)
    write(cast, draft, OWN)
    draft.refresh_from_db()
    address = f"/documents/{draft.pk}/text/"
    given = {"version": draft.version, "text": OWN, "contents": "1"}
    assert client.post(address, given).status_code == 302
    assert OWN not in printed(draft)


def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(cast, client, draft):
    client.force_login(cast.handler)
    address = f"/documents/{draft.pk}/text/"
    page = client.post(address, {"version": draft.version, "text": f"{OWN}\n〔表9〕"})
    assert page.status_code == 400
    assert "〔表9〕 stands for nothing" in page.content.decode()
    assert OWN in page.content.decode()
    for file in (SimpleUploadedFile("a.docx", b"no"), None):
        page = client.post(address, {"read": "1"} | ({"file": file} if file else {}))
        assert page.status_code == 400


def test_a_stranger_finds_no_text(cast, client, draft):
    client.force_login(cast.stranger)
    assert client.get(f"/documents/{draft.pk}/text/").status_code == 404
    assert client.get(f"/api/v1/documents/{draft.pk}/text/").status_code == 404
    client.force_login(cast.head)
    assert client.get(f"/documents/{draft.pk}/text/").status_code == 409


def test_a_program_reads_writes_and_reads_a_copy(cast, client, draft):
    client.force_login(cast.handler)
    address = f"/api/v1/documents/{draft.pk}/text/"
    assert client.get(address).json() == {"text": base(draft)}
    given = {"version": draft.version, "text": OWN}
    answer = client.put(address, given, content_type="application/json")
    assert (answer.status_code, answer.json()) == (200, {"text": OWN})
    copy = copy_of(client, draft, 另行="再次")
    answer = client.post(f"/api/v1/documents/{draft.pk}/read-copy/", {"file": copy})
    read = answer.json()
    assert read["text"] == OWN.replace("另行", "再次")
    (changed,) = read["differences"]
    assert changed["title"].split()[-1].isdigit()
    assert changed["after"] == changed["before"].replace("另行", "再次")
    assert changed["after"] in read["text"].splitlines()
    assert client.put(address, given, content_type="application/json").status_code == 409
