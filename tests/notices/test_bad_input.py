"""What is entered wrongly of a document or its service, by the pages and by the API: refused, nothing half done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from documents.typst_renderer import render_preview_pdf
from notices import assembling, services
from notices.models import Document, NumberRegister, Outcome, Service
from tests.documents.reading import text
from tests.notices.matters import issue, upload
from tests.notices.serving import end, party_of, send
from tests.support.api import program_of
from tests.support.documents import filled

pytestmark = pytest.mark.django_db
RIGHT_TO_LEFT, CONTROL = "a\u202eb", "a\u0007b"
MARKUP = "<b>&amp;</w:t>#set page(fill: red)</b>"


@dataclass
class Answer:
    """What came back: the status and all that can be read."""

    status: int
    text: str


class Pages:
    """The forms of the browser."""

    def _post(self, person: Any, name: str, row: Model, body: dict[str, Any]) -> Answer:
        person.language = "en"
        person.save(update_fields=["language"])
        client = Client()
        client.force_login(person)
        answer = client.post(reverse(name, args=[row.pk]), body)
        return Answer(answer.status_code, answer.content.decode())

    def edit(self, person: Any, draft: Document, **texts: str) -> Answer:
        form = draft.values | texts | {"version": str(draft.version)}
        return self._post(person, "document_edit", draft, form)

    def finalise(self, person: Any, draft: Document) -> Answer:
        return self._post(person, "document_finalise", draft, {})

    def void(self, person: Any, document: Document) -> Answer:
        return self._post(person, "document_void", document, {"reason": "打印错误"})

    def send(self, person: Any, document: Document, body: dict[str, Any]) -> Answer:
        return self._post(person, "service_create", document, body)

    def end(self, person: Any, service: Service, body: dict[str, Any]) -> Answer:
        return self._post(person, "service_outcome", service, body | {"proof": upload()})


class Programs:
    """The API."""

    def _sent(self, person: Any, path: str, body: Any, **how: Any) -> Answer:
        answer = program_of(person).send(path, body, **how)
        return Answer(answer.status_code, answer.content.decode())

    def edit(self, person: Any, draft: Document, **texts: str) -> Answer:
        body = {"version": draft.version, "contents": texts}
        return self._sent(person, f"documents/{draft.pk}/", body, method="patch")

    def finalise(self, person: Any, draft: Document) -> Answer:
        return self._sent(person, f"documents/{draft.pk}/finalise/", {})

    def void(self, person: Any, document: Document) -> Answer:
        return self._sent(person, f"documents/{document.pk}/void/", {"reason": "打印错误"})

    def send(self, person: Any, document: Document, body: dict[str, Any]) -> Answer:
        given = {name: value for name, value in body.items() if value != ""}
        return self._sent(person, "services/", given | {"document": document.pk})

    def end(self, person: Any, service: Service, body: dict[str, Any]) -> Answer:
        path = f"services/{service.pk}/outcome/"
        return self._sent(person, path, body | {"proof": upload()}, format="multipart")


@pytest.fixture(params=[Pages(), Programs()], ids=["pages", "api"])
def way(request):
    return request.param


@pytest.fixture
def draft(cast, case):
    begun = services.draft_document(actor=cast.handler, matter=case, code="D-09")
    return filled(begun, cast.handler)


@pytest.fixture
def issued(cast, decision):
    return issue(cast, decision)


def test_markup_is_printed_as_it_was_typed(cast, draft, way):
    assert way.edit(cast.handler, draft, approach=MARKUP).status in (200, 302)
    draft.refresh_from_db()
    assert draft.values["approach"] == MARKUP
    assert way.finalise(cast.handler, draft).status in (200, 302)
    printed = "".join(text(render_preview_pdf(assembling.shown(draft))).split())
    assert "".join(MARKUP.split()) in printed


@pytest.mark.parametrize(
    ("typed", "code"), [(CONTROL, "U+0007"), (RIGHT_TO_LEFT, "U+202E")], ids=["control", "rtl"]
)
def test_what_cannot_be_printed_is_named_and_nothing_becomes_final(cast, draft, way, typed, code):
    way.edit(cast.handler, draft, approach=typed)
    answer = way.finalise(cast.handler, draft)
    assert answer.status == 400
    assert code in answer.text
    draft.refresh_from_db()
    assert (draft.status, draft.sha256) == ("draft", "")


def test_a_zero_byte_in_a_text_is_refused_before_it_is_kept(cast, draft, way):
    before = draft.values["approach"]
    answer = way.edit(cast.handler, draft, approach="a\x00b")
    assert answer.status == 400
    assert "This text holds a null character (U+0000)" in answer.text
    assert "Delete it" in answer.text
    draft.refresh_from_db()
    assert draft.values["approach"] == before


def test_a_megabyte_of_text_is_refused_with_the_number_of_characters_allowed(cast, draft, way):
    answer = way.edit(cast.handler, draft, approach="字" * 350_000)
    assert answer.status == 400
    assert "20000" in answer.text.replace(",", "")
    draft.refresh_from_db()
    assert len(draft.values["approach"]) < 100


SENDING = {
    "method": "direct",
    "addressee": "body",
    "name": "某区网信办",
    "started_on": "2026-06-24",
}


@pytest.mark.norm("C128")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "Name the body, court or office it goes to."),
        ({"addressee": "party", "name": ""}, "Choose a party of this case."),
        ({"started_on": "2026-06-25"}, "Enter the day on which it really happened."),
        ({"started_on": "2026-06-23"}, "nothing was sent before"),
        ({"method": "electronic", "name": "某区网信办"}, "needs the addressee&#x27;s consent"),
        ({"method": "commissioned"}, "Name the body or unit that serves the document."),
        ({"method": "postal"}, "Express mail needs an address. Enter it."),
        ({"method": "public_notice"}, "A public notice is the last way"),
        ({"method": "court"}, "Only to a court a document is submitted."),
    ],
)
def test_a_sending_that_cannot_be_is_refused_with_a_sentence(cast, issued, way, change, sentence):
    answer = way.send(cast.clerk, issued, SENDING | change)
    assert answer.status == 400
    assert sentence.replace("&#x27;", "'") in answer.text.replace("&#x27;", "'")
    assert not Service.objects.exists()


@pytest.mark.norm("C128")
def test_a_document_that_is_not_issued_is_not_served(cast, decision, way):
    answer = way.send(cast.clerk, decision, SENDING)
    assert answer.status == 409
    assert "Issue it first." in answer.text
    assert not Service.objects.exists()


RECEIPT = {"result": "served", "receiver": "addressee", "receiver_name": "张某"}


@pytest.mark.norm("C128")
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"day": "2026-06-25"}, "This day lies in the future."),
        ({"day": "2026-06-23"}, "It cannot have been before 2026-06-24."),
        ({"receiver": "other"}, "It is served only when one of the six of EMS 9 signs."),
        ({"receiver_name": ""}, "Name who signed the receipt."),
        ({"result": "returned"}, "Say why it was not served."),
        ({"result": "refused", "reason": "拒收"}, "Name the witnesses of the refusal"),
    ],
)
def test_a_receipt_that_cannot_be_is_refused_and_no_outcome_kept(
    cast, case, issued, way, change, sentence
):
    service = send(cast, issued)
    answer = way.end(cast.clerk, service, {"day": "2026-06-24"} | RECEIPT | change)
    assert answer.status == 400
    assert sentence in answer.text
    assert not Outcome.objects.exists()
    assert not case.events.filter(kind__in=("document_served", "service_failed")).exists()


@pytest.mark.norm("C159")
def test_a_served_document_is_not_declared_void_and_its_number_stays(cast, case, issued, way):
    party = party_of(cast, case)
    end(cast, send(cast, issued, party=party))
    answer = way.void(cast.handler, issued)
    assert answer.status == 409
    assert "Correct it by a new version, and serve that." in answer.text
    issued.refresh_from_db()
    assert issued.status == "issued"
    assert NumberRegister.objects.get(text=issued.number).state == "given"
