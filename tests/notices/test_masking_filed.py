"""A paper for the public that is filed as a file is searched like one that is written here (CC 1034)."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from audit.errors import Invalid
from audit.models import AuditEvent
from documents.model import OfficialDocument, Paragraph
from documents.typst_renderer import render_pdf
from notices import services
from notices.masking import filed
from notices.models import Document
from tests.notices.golden_files import ISSUED
from tests.notices.matters import MINIMAL_PDF, filing_of, upload
from tests.support.api import API, program_of
from tests.support.old_cases import CLOSED, file_old, old_lead

pytestmark = pytest.mark.django_db
IDENTITY, MOBILE = "330106199003071234", "13812345678"
CONTACT = "0571-87654321"


def pdf_of(text: str, **properties: str) -> bytes:
    made = render_pdf(
        OfficialDocument("某院", "公告", (Paragraph(text),)), issued_at=ISSUED
    ).content
    if not properties:
        return made
    writer = PdfWriter(clone_from=PdfReader(BytesIO(made)))
    writer.add_metadata({f"/{name}": value for name, value in properties.items()})
    changed = BytesIO()
    writer.write(changed)
    return changed.getvalue()


def file_it(cast, case, content: bytes, code: str = "D-41", **facts) -> Document:
    number = {"D-41": "江云检民公告〔2026〕7号"}.get(code, "")
    filing = filing_of(code, number=number, signer=cast.chief, **facts)
    return services.register_document(
        actor=cast.clerk, matter=case, filing=filing, upload=upload(content=content)
    )


@pytest.mark.parametrize(
    "content",
    [
        pdf_of(f"被公开的有张三丰（身份证号码{IDENTITY}）等。"),
        pdf_of("被公开的有八百余人。", Subject=f"张三丰 {IDENTITY}"),
    ],
    ids=["text layer", "properties"],
)
def test_an_announcement_that_names_a_person_is_not_filed_and_it_is_said_what_to_do(
    cast, case, content
):
    with pytest.raises(Invalid) as refused:
        file_it(cast, case, content)
    (sentence,) = refused.value.errors["file"]
    assert "330************234" in sentence
    assert IDENTITY not in sentence
    assert "Mask it in the file and file that." in sentence
    assert refused.value.law == "CC 1034; Rules 91"
    assert not case.documents.filter(code="D-41").exists()
    assert not AuditEvent.objects.filter(action="document.registered").exists()


def test_how_the_office_is_reached_may_stand_in_it_once_it_is_stated(cast, case):
    content = pdf_of(f"联系人：王某，联系电话：{CONTACT}。")
    with pytest.raises(Invalid) as refused:
        file_it(cast, case, content)
    assert "telephone number 057******321" in refused.value.errors["file"][0]
    document = file_it(cast, case, content, own_contact=f"王某 {CONTACT}")
    assert filed.left_in(document) == []


def test_what_is_stated_of_the_office_excuses_nobody_else(cast, case):
    content = pdf_of(f"联系电话：{CONTACT}。受害人手机{MOBILE}。")
    with pytest.raises(Invalid) as refused:
        file_it(cast, case, content, own_contact=CONTACT)
    assert "138*****678" in refused.value.errors["file"][0]
    assert "057" not in refused.value.errors["file"][0]


def test_the_telephone_the_office_entered_needs_no_statement(cast, case):
    type(cast.office).objects.filter(pk=cast.office.pk).update(telephone=CONTACT)
    case.refresh_from_db()
    assert file_it(cast, case, pdf_of(f"联系电话：{CONTACT}。")).status == "issued"


@pytest.mark.parametrize(
    "content",
    [MINIMAL_PDF, b"%PDF-1.7 nothing", b"\x89PNG\r\n\x1a\nscan"],
    ids=["empty", "broken", "scan"],
)
def test_a_file_that_cannot_be_searched_is_filed_with_the_word_to_read_it(
    cast, case, client, content
):
    document = file_it(cast, case, content)
    assert [line.code for line in filed.left_in(document)] == ["masking:not_searched"]
    cast.clerk.language = "en"
    cast.clerk.save()
    client.force_login(cast.clerk)
    page = client.get(document.get_absolute_url()).content.decode()
    assert "could not be searched for numbers of people" in page
    assert "Read it yourself before it is published" in page


@pytest.mark.parametrize("limit", ["MOST_BYTES", "MOST_PAGES"])
def test_a_bundle_beyond_the_limit_is_not_searched_but_left_to_a_reader(
    cast, case, monkeypatch, limit
):
    monkeypatch.setattr(filed, limit, 0)
    document = file_it(cast, case, pdf_of(f"身份证号码{IDENTITY}。"))
    assert [line.code for line in filed.left_in(document)] == ["masking:not_searched"]


def test_a_paper_that_is_not_for_the_public_may_name_people(cast, case):
    document = file_it(cast, case, pdf_of(f"身份证号码{IDENTITY}。"), code="D-22")
    assert filed.PRINT not in document.content


def test_an_old_announcement_is_entered_as_it_was_published_and_its_page_says_what_it_names(
    cast, case, client
):
    with_numbers = pdf_of(f"身份证号码{IDENTITY}。")
    old = file_old(cast, old_lead(cast))
    filing = filing_of(
        "D-41", number="江云检民公告〔2020〕3号", signer=cast.chief, signed_day=CLOSED
    )
    document = services.register_document(
        actor=cast.handler, matter=old, filing=filing, upload=upload(content=with_numbers)
    )
    (line,) = filed.left_in(document)
    assert "330************234" in line.message
    assert IDENTITY not in str(document.content)
    program = program_of(cast.handler)
    client.force_login(cast.handler)
    assert "file a masked correction" in client.get(document.get_absolute_url()).content.decode()
    said = program.ask(f"documents/{document.pk}/masking/")
    assert said["exposed"] == [
        {"content": "print", "kind": "identity", "shown": "330************234"}
    ]


def test_a_program_is_refused_at_the_file_and_states_the_contact_like_a_page(cast, case):
    program = program_of(cast.clerk)
    entries = {
        "matter": case.key,
        "code": "D-41",
        "signed_day": date(2026, 6, 24).isoformat(),
        "number": "江云检民公告〔2026〕7号",
        "signer": cast.chief.pk,
    }
    content = pdf_of(f"联系电话：{CONTACT}。")
    for stated, status in (("", 400), (CONTACT, 201)):
        answer = program.post(
            f"{API}/documents/register/",
            entries | {"own_contact": stated, "file": upload(content=content)},
            format="multipart",
        )
        assert answer.status_code == status, answer.content
        if status == 400:
            assert "057******321" in answer.json()["errors"]["file"][0]


def test_the_page_asks_how_the_office_is_reached_for_papers_to_the_public_alone(cast, case, client):
    client.force_login(cast.clerk)
    for code, asks in (("D-41", True), ("D-22", False)):
        page = client.get(f"/documents/of/{case.key}/file/?code={code}").content.decode()
        assert ("own_contact" in page) == asks
