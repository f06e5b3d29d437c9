"""The papers of service: certificate, envelope, labels, express form; who may print them, and the trace."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pdfplumber
import pytest
from django.urls import reverse
from pypdf import PdfReader

from audit.models import AuditEvent
from deadlines.rulebook import rulebooks
from documents.mailing import Mail, render_envelopes, render_labels
from documents.model import Closing, OfficialDocument, Paragraph, Table
from documents.numerals import chinese
from documents.typst_renderer import render_preview_pdf
from notices.bodies.receipts import ATTEMPTS_NOTE, MOST_ATTEMPTS
from notices.prefill.words import period_zh
from notices.serving.certificate import COLUMNS, PROOF_COLUMNS
from notices.serving.mailing import express_form_of, mail_of, place_of
from tests.documents.reading import pages as pages_read
from tests.notices.matters import issue, upload
from tests.notices.serving import confirm, end, party_of, send, try_it
from tests.support.api import API, program_of
from tests.support.days import on
from tests.support.matters import stand_aside

pytestmark = pytest.mark.django_db
ADDRESS = "江州市云山区文一路1号"
OFFICE = {"address": "江州市云湖区法院路1号", "telephone": "0571-12345678"}


@pytest.fixture
def issued(cast, decision):
    return issue(cast, decision)


@pytest.fixture
def party(cast, case):
    type(cast.office).objects.filter(pk=cast.office.pk).update(**OFFICE)
    return party_of(cast, case)


@pytest.fixture
def mail(cast, issued, party):
    confirm(cast, party, telephone="0571-88888888", recipient="李法务")
    return send(cast, issued, method="postal", party=party, consignment="EM123456789CN")


def enter(client, person):
    person.language = "en"
    person.save()
    client.force_login(person)
    return client


def pages_of(content):
    return PdfReader(BytesIO(content)).pages


def text_of(content):
    return "".join("".join(page.extract_text().split()) for page in pages_of(content))


def printed(client, name, *arguments):
    answer = client.get(reverse(name, args=arguments))
    assert answer.status_code == 200, answer.content.decode()[-2000:]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    return answer.content


# --- the certificate ------------------------------------------------------------------------------


@pytest.mark.norm("C128")
def test_only_what_was_validly_served_is_certified(client, cast, case, issued, mail):
    returned = send(cast, issued, name="某省网信办")
    end(cast, returned, "returned")
    send(cast, issued, name="某市网信办")
    left = send(cast, issued, method="leave_in", name="某区网信办")
    try_it(cast, left, 2026, 6, 24, 9, result="refused")
    with on(2026, 6, 26):
        end(cast, mail, day=date(2026, 6, 26))
        end(cast, left, witnesses="居委会王某", recording=upload("😀.mp4", b"video"))
        enter(client, cast.clerk)
        for name, argument in (
            ("service_certificate", case.key),
            ("document_certificate", issued.pk),
        ):
            text = text_of(printed(client, name, argument))
            for told in ("送达证明", issued.number, "某科技有限公司", "某区网信办", "前台李某"):
                assert told in text
            for told in ("2026年6月26日", "2026年6月24日", "检察专递回执", "见证人：居委会王某"):
                assert told in text
            assert mail.outcome.proof.sha256 in text
            assert left.outcome.recording.sha256 in text
            for untold in ("某省网信办", "某市网信办", ADDRESS):
                assert untold not in text
    entries = AuditEvent.objects.filter(action="service.certified", case_id=case.pk)
    assert entries.count() == 2


def test_what_was_served_first_stands_first(client, cast, case, issued, mail):
    with on(2026, 6, 26):
        end(cast, mail, day=date(2026, 6, 26))
        end(cast, send(cast, issued, name="某区网信办"))
        enter(client, cast.clerk)
        text = text_of(printed(client, "service_certificate", case.key))
    assert text.index("某区网信办") < text.index("某科技有限公司")


def test_without_any_valid_service_there_is_nothing_to_certify(client, cast, case, issued, mail):
    end(cast, mail, "refused")
    enter(client, cast.clerk)
    for address in (
        reverse("service_certificate", args=[case.key]),
        reverse("document_certificate", args=[issued.pk]),
    ):
        answer = client.get(address)
        assert answer.status_code == 409
        assert "Enter first how the services ended" in answer.content.decode()
        assert address not in client.get(reverse("service_list", args=[case.key])).content.decode()
    assert not AuditEvent.objects.filter(action="service.certified").exists()


def test_the_pages_lead_to_the_certificate_once_something_is_served(
    client, cast, case, issued, mail
):
    end(cast, mail)
    enter(client, cast.head)
    of_case = client.get(reverse("service_list", args=[case.key])).content.decode()
    assert reverse("service_certificate", args=[case.key]) in of_case
    of_document = client.get(reverse("document_detail", args=[issued.pk])).content.decode()
    assert reverse("document_certificate", args=[issued.pk]) in of_document


def _certificate(rows: int) -> list[list[str]]:
    """The lines of each page of a certificate of so many services."""
    served = tuple((str(n), f"立案决定书\n〔2026〕{n}号", *"甲直日签") for n in range(1, rows + 1))
    proofs = tuple((str(n), "送达回证", str(n), f"{n:032}\n{n:032}") for n in range(1, rows + 1))
    blocks = (
        *(Paragraph("下列文书已经依法送达："), Table(COLUMNS, served)),
        *(Paragraph("证明材料存卷备查："), Table(PROOF_COLUMNS, proofs)),
        Paragraph("特此证明。"),
    )
    closing = Closing(issuer="某院", day=date(2026, 6, 24))
    made = OfficialDocument(issuer="某院", name="送达证明", blocks=blocks, closing=closing)
    return [[line.text for line in page] for page in pages_read(render_preview_pdf(made))]


@pytest.mark.parametrize("rows", range(1, 16))
def test_a_certificate_leaves_no_lead_in_without_its_table_and_tears_no_row(rows):
    pages = _certificate(rows)
    for lines in pages:
        assert not lines[-1 if lines[-1][:1] != "—" else -2].endswith("备查：")
    for number in range(1, rows + 1):
        (on,) = [lines for lines in pages if f"{number:032}" in lines]
        assert on.count(f"{number:032}") == 2


def test_the_proofs_of_a_certificate_begin_on_the_page_that_has_room_for_them():
    first, _rest = _certificate(5)
    assert any("备查：" in line for line in first)
    assert any(f"{1:032}" in line for line in first)
    assert any("SHA-256" in line for line in first)


# --- envelope, labels and express form ------------------------------------------------------------


def test_an_envelope_bears_both_addresses_and_the_number_but_no_title(client, cast, issued, mail):
    enter(client, cast.clerk)
    content = printed(client, "service_envelope", mail.pk)
    (page,) = pages_of(content)
    width, height = (float(side) / 72 * 25.4 for side in page.mediabox[2:])
    assert (round(width), round(height)) == (220, 110)
    text = text_of(content)
    for told in ("检察专递", ADDRESS, "某科技有限公司李法务收", "0571-88888888", issued.number):
        assert told in text
    for told in (cast.office.name, *OFFICE.values()):
        assert told in text
    for untold in (issued.title, issued.case.title):
        assert untold not in text


def test_the_labels_of_a_document_are_those_under_way_to_an_address(client, cast, issued, mail):
    end(cast, send(cast, issued, name="某省网信办", address="江州市省府路1号"))
    send(cast, issued, name="某市网信办", address="江州市市府路2号")
    send(cast, issued, name="某区网信办")  # its address is not known
    enter(client, cast.clerk)
    labels = printed(client, "document_labels", issued.pk)
    (sheet,) = pages_of(labels)
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]
    assert len(pages_of(printed(client, "document_envelopes", issued.pk))) == 2
    for told in (ADDRESS, "江州市市府路2号"):
        assert told in text_of(labels)
    for untold in ("省府路", "某区网信办"):
        assert untold not in text_of(labels)
    looks = AuditEvent.objects.filter(action="service.addressed", case_id=issued.case_id)
    assert looks.count() == 4
    assert ADDRESS not in "".join(
        bytes(entry).decode() for entry in looks.values_list("canonical", flat=True)
    )


def test_the_express_form_has_the_fields_of_the_post(client, cast, issued, mail):
    enter(client, cast.clerk)
    text = text_of(printed(client, "service_express_form", mail.pk))
    for told in ("检察专递邮件详情单", cast.office.name, ADDRESS, "李法务", "EM123456789CN"):
        assert told in text
    # Five working days from Wednesday, 24 June 2026.
    for told in ("2026年7月1日", "第3次投递", "证件号码", issued.number):
        assert told in text


def test_the_standing_form_names_the_place_where_no_address_was_typed(cast, issued, party):
    service = send(cast, issued, party=party)
    assert place_of(service) is None
    confirm(cast, party, telephone="1", address="旧址")
    confirm(cast, party, telephone="2")
    assert (place_of(service).address, place_of(service).telephone) == (ADDRESS, "2")
    typed = send(cast, issued, name="某区网信办", address="江州市区府路3号")
    assert (mail_of(typed).address, mail_of(typed).telephone) == ("江州市区府路3号", "")


def test_what_goes_to_no_place_has_no_envelope_and_only_express_mail_its_form(
    client, cast, issued, party
):
    enter(client, cast.clerk)
    direct = send(cast, issued, party=party)
    notice = send(cast, issued, method="public_notice", name="某区网信办")
    for name, service, sentence in (
        ("service_envelope", direct, "No address of 某科技有限公司 is known."),
        ("service_envelope", notice, "goes to no address"),
        ("service_express_form", direct, "Print the envelope."),
    ):
        answer = client.get(reverse(name, args=[service.pk]))
        assert answer.status_code == 409
        assert sentence in answer.content.decode()
    answer = client.get(reverse("document_labels", args=[issued.pk]))
    assert "Start one, or keep the address-confirmation form" in answer.content.decode()
    assert not AuditEvent.objects.filter(action="service.addressed").exists()


LETTERS = ("service_envelope", "service_express_form")
SHEETS = ("document_envelopes", "document_labels")


@pytest.mark.norm("C153")
def test_only_the_handling_team_prints_addresses(client, cast, case, issued, mail):
    stand_aside(cast, case, cast.assistant)
    letters = [reverse(name, args=[mail.pk]) for name in LETTERS]
    letters += [reverse(name, args=[issued.pk]) for name in SHEETS]
    for person in (cast.head, cast.chief, cast.stranger, cast.assistant, cast.auditor):
        enter(client, person)
        assert [client.get(address).status_code for address in letters] == [404] * 4, person.name
    enter(client, cast.head)
    page = client.get(mail.get_absolute_url()).content.decode()
    assert letters[0] not in page
    enter(client, cast.clerk)
    page = client.get(mail.get_absolute_url()).content.decode()
    assert letters[0] in page
    assert letters[1] in page
    page = client.get(issued.get_absolute_url()).content.decode()
    assert letters[2] in page
    assert letters[3] in page


@pytest.mark.norm("C131")
def test_who_does_not_see_the_case_finds_no_certificate(client, cast, case, issued, mail):
    end(cast, mail)
    stand_aside(cast, case, cast.assistant)
    for person in (cast.stranger, cast.assistant, cast.auditor):
        enter(client, person)
        for address in (
            reverse("service_certificate", args=[case.key]),
            reverse("document_certificate", args=[issued.pk]),
        ):
            assert client.get(address).status_code == 404


def test_a_long_address_is_set_smaller_and_stays_on_its_own_envelope_and_label():
    long = Mail("某" * 60, "址" * 300, "文号：1", "某院", "1", "路", "2", "检察专递")
    short = Mail("乙", "乙路", "文号：2", "某院")
    assert len(pages_of(render_envelopes([long, short]))) == 2
    text = text_of(render_labels([long, *[short] * 13]))
    assert text.count("址") == 300
    assert len(pages_of(render_labels([long, *[short] * 13]))) == 1
    assert len(pages_of(render_labels([short] * 15))) == 2


@pytest.mark.parametrize(
    ("render", "top_mm"),
    [(render_labels, 15.5 + 4), (render_envelopes, 32)],
    ids=["label", "envelope"],
)
def test_the_first_line_is_not_clipped_at_its_upper_edge(render, top_mm):
    mail = Mail("乙", "乙路", "", "某院")
    with pdfplumber.open(BytesIO(render([mail]))) as pdf:
        (page,) = pdf.pages
        chars = [char for char in page.chars if char["text"] in "乙路"]
        # A character of Chinese reaches 0.88 em above its baseline.
        tops = [page.height - char["matrix"][5] - 0.88 * char["size"] for char in chars]
    assert min(tops) >= top_mm * 72 / 25.4 - 0.1


def test_what_a_name_holds_is_printed_as_it_is():
    odd = Mail('#panic("x") $1^2$ <b>', "*路* _1_", "文号：\\1", "某院")
    for content in (render_envelopes([odd]), render_labels([odd])):
        text = text_of(content)
        assert '#panic("x")$1^2$<b>' in text
        assert "*路*_1_" in text


def test_the_express_form_says_what_the_record_knows(mail):
    form = str(express_form_of(mail))
    assert "地址依据" in form
    assert "检察专递规定第6条" in form


def test_the_note_on_attempts_gives_the_period_and_the_number_that_the_rules_count_by():
    for book in rulebooks().values():
        length = book.periods["P-71"].length
        assert length is not None
        assert ATTEMPTS_NOTE.startswith(f"{period_zh(length)}内投递{chinese(MOST_ATTEMPTS)}次")


# --- programs -------------------------------------------------------------------------------------


@pytest.mark.norm("C131")
def test_programs_get_what_the_pages_print_and_leave_the_same_trace(
    client, cast, case, issued, mail
):
    end(cast, send(cast, issued, name="某区网信办"))
    enter(client, cast.clerk)
    program = program_of(cast.clerk)
    for name, argument, path in (
        ("service_receipt", mail.pk, f"services/{mail.pk}/receipt/"),
        ("service_envelope", mail.pk, f"services/{mail.pk}/envelope/"),
        ("service_express_form", mail.pk, f"services/{mail.pk}/express-form/"),
        ("service_certificate", case.key, f"services/certificate/?matter={case.key}"),
        ("document_certificate", issued.pk, f"documents/{issued.pk}/certificate/"),
        ("document_envelopes", issued.pk, f"documents/{issued.pk}/envelopes/"),
        ("document_labels", issued.pk, f"documents/{issued.pk}/labels/"),
    ):
        traces = []
        for given in (
            lambda name=name, argument=argument: printed(client, name, argument),
            lambda path=path: program.get(f"{API}/{path}").content,
        ):
            before = AuditEvent.objects.count()
            paper = text_of(given())
            entries = AuditEvent.objects.order_by("pk")[before:]
            traces.append((paper, [(entry.action, entry.object_id) for entry in entries]))
        assert traces[0] == traces[1]
        assert traces[0][1], path


def test_a_program_that_names_no_matter_or_asks_for_what_there_is_not_is_told_so(cast, issued):
    direct = send(cast, issued, name="某区网信办")
    program = program_of(cast.clerk)
    for path, status, sentence in (
        ("services/certificate/", 400, "Name the case or lead by its key."),
        (f"services/{direct.pk}/express-form/", 409, "Print the envelope."),
        (f"documents/{issued.pk}/labels/", 409, "under way to an address"),
        (f"documents/{issued.pk}/certificate/", 409, "Nothing is validly served yet"),
    ):
        answer = program.get(f"{API}/{path}")
        assert (answer.status_code, sentence in answer.content.decode()) == (status, True), path


@pytest.mark.norm("C153")
def test_a_program_of_somebody_outside_the_team_prints_no_address(cast, issued, mail):
    program = program_of(cast.head)
    for path in (
        f"services/{mail.pk}/envelope/",
        f"services/{mail.pk}/express-form/",
        f"documents/{issued.pk}/envelopes/",
        f"documents/{issued.pk}/labels/",
    ):
        assert program.get(f"{API}/{path}").status_code == 404, path
