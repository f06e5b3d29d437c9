"""What is entered wrongly, by the pages and by the API alike: said clearly, nothing lost, nothing half done.

Every test runs twice, through the form of the browser and through the API, and most in both languages.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Role
from accounts.services import rights
from audit import clock
from cases.models import Event, Lead, Proposal
from cases.services import proposals
from evidence.models import Exhibit
from tests.evidence.conftest import FACTS
from tests.notices.matters import MINIMAL_PDF, filed_case, final
from tests.support import matters
from tests.support.api import program_of
from tests.support.people import delegate_today

pytestmark = pytest.mark.django_db
MARKUP = "<img src=x onerror=alert(1)>{{ 7|add:7 }}"
LEAD = {
    "title": "某平台泄露会员信息",
    "source": "complaint",
    "source_detail": "12309 举报",
    "received_on": "2026-01-06",
    "summary": "会员信息被公开。",
}


@dataclass
class Answer:
    """What came back: the status and all that can be read."""

    status: int
    text: str


class Pages:
    """The forms of the browser."""

    def __init__(self, language: str) -> None:
        self.language = language

    def _post(self, person: Any, url: str, body: dict[str, Any]) -> Answer:
        person.language = self.language
        person.save(update_fields=["language"])
        client = Client()
        client.force_login(person)
        answer = client.post(url, body)
        return Answer(answer.status_code, answer.content.decode())

    def register(self, person: Any, facts: dict[str, Any]) -> Answer:
        return self._post(person, reverse("lead_create"), facts)

    def decide(self, person: Any, proposal: Proposal, digest: str) -> Answer:
        body = {"decision": "approve", "opinion": "同意", "digest": digest}
        return self._post(person, reverse("proposal_decide", args=[proposal.pk]), body)

    def record(self, person: Any, lead: Lead, code: str, facts: dict[str, Any]) -> Answer:
        url = reverse("transition_record", args=[lead.key, code])
        return self._post(person, url, facts | {"step": "record"})

    def add_exhibit(self, person: Any, case: Any, file: SimpleUploadedFile) -> Answer:
        return self._post(person, reverse("exhibit_create", args=[case.key]), _exhibit(file))

    def file_document(self, person: Any, case: Any, facts: dict[str, Any]) -> Answer:
        url = f"{reverse('document_register', args=[case.key])}?code={facts['code']}"
        return self._post(person, url, facts)


class Api:
    """The API; every refusal is a problem."""

    def __init__(self, language: str) -> None:
        self.language = language

    def _post(self, person: Any, path: str, body: dict[str, Any], format: str = "json") -> Answer:
        program = program_of(person)
        program.credentials(HTTP_ACCEPT_LANGUAGE=self.language)
        answer = program.post(f"/api/v1/{path}", body, format=format)
        if answer.status_code >= 400:
            assert answer["content-type"].startswith("application/problem+json")
            assert {"title", "status", "code"} <= answer.json().keys()
        return Answer(answer.status_code, json.dumps(answer.json(), ensure_ascii=False))

    def register(self, person: Any, facts: dict[str, Any]) -> Answer:
        return self._post(person, "leads/", facts)

    def decide(self, person: Any, proposal: Proposal, digest: str) -> Answer:
        body = {"decision": "approve", "opinion": "同意", "digest": digest}
        return self._post(person, f"proposals/{proposal.pk}/decide/", body)

    def record(self, person: Any, lead: Lead, code: str, facts: dict[str, Any]) -> Answer:
        body = {"transition": code, "facts": facts}
        return self._post(person, f"leads/{lead.key}/transitions/", body)

    def add_exhibit(self, person: Any, case: Any, file: SimpleUploadedFile) -> Answer:
        return self._post(person, f"cases/{case.key}/exhibits/", _exhibit(file), "multipart")

    def file_document(self, person: Any, case: Any, facts: dict[str, Any]) -> Answer:
        return self._post(person, "documents/register/", facts | {"matter": case.key}, "multipart")


def _exhibit(file: SimpleUploadedFile) -> dict[str, Any]:
    return FACTS | {"uploads": [file], "obtained_on": clock.today().isoformat(), "original": "on"}


@pytest.fixture(params=[Pages, Api], ids=["pages", "api"])
def way(request):
    return request.param("en")


@pytest.fixture
def lead(cast):
    return matters.assign(cast, matters.make_lead(cast))


@pytest.fixture
def proposal(cast, lead):
    """A submitted proposal to merge a lead into another, which the head decides."""
    other = matters.assign(cast, matters.make_lead(cast, title="同一群组的另一线索"))
    return matters.propose(lead, "M01", {"into": other.pk, "reason": "事实相同。"}, cast.handler)


@pytest.fixture
def case(cast, settings, tmp_path):
    """A case under investigation."""
    settings.EVIDENCE_STORAGE = str(tmp_path / "store")
    case = filed_case(cast)
    final(case, "D-09", cast.handler)
    matters.acts.record_directly(
        actor=cast.handler, matter=case, code="T08", data={"legal_day": clock.today().isoformat()}
    )
    case.refresh_from_db()
    return case


def undecided(proposal: Proposal) -> bool:
    state = Lead.objects.values_list("state", flat=True).get(pk=proposal.lead_id)
    return state == "lead_assessing" and not proposal.steps.filter(position=1).exists()


# --- days ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Pages, Api])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize(
    "day", ["2026-02-30", "2999-01-01", "0000-00-00", "99999-1-1", "gestern", "２０２６年"]
)
def test_a_day_that_never_was_or_is_to_come_is_refused(cast, kind, language, day):
    assert cast.department
    answer = kind(language).register(cast.intake, LEAD | {"received_on": day})
    assert answer.status == 400
    assert ("日期" in answer.text or "天" in answer.text) == (language == "zh-hans")
    if kind is Pages:
        assert LEAD["summary"] in answer.text  # nothing typed is lost
    assert not Lead.objects.exists()


# --- states, facts, roles ------------------------------------------------------------------------


def test_an_act_of_another_state_is_refused_and_leaves_no_event(cast, lead, way):
    before = Event.objects.count()
    facts = {"handler": cast.colleague.pk, "conflict_checked": "on", "legal_day": "2026-01-06"}
    answer = way.record(cast.head, lead, "T03", facts)
    assert answer.status in (400, 409)
    assert Event.objects.count() == before
    lead.refresh_from_db()
    assert lead.handler == cast.handler


def test_every_missing_fact_is_named_at_once(cast, way):
    answer = way.register(cast.intake, {"title": "只有标题"})
    assert answer.status == 400
    assert answer.text.count("This field is required.") >= 4
    assert not Lead.objects.exists()


def test_the_wrong_role_decides_nothing(cast, proposal, way):
    answer = way.decide(cast.chief, proposal, proposal.digest)
    assert answer.status == 409
    assert undecided(proposal)


# --- one's own approval, and what was not seen ---------------------------------------------------


def test_the_author_does_not_approve_even_as_the_head(cast, proposal, way):
    rights.grant_role(
        actor=cast.security_administrator, user=cast.handler, role=Role.DEPARTMENT_HEAD
    )
    answer = way.decide(cast.handler, proposal, proposal.digest)
    assert answer.status == 409
    assert undecided(proposal)


def test_the_deputy_of_the_author_does_not_approve_for_him(cast, proposal, way):
    author = cast.handler
    rights.grant_role(actor=cast.security_administrator, user=author, role=Role.DEPARTMENT_HEAD)
    delegate_today(author, cast.colleague, Role.DEPARTMENT_HEAD)
    answer = way.decide(cast.colleague, proposal, proposal.digest)
    assert answer.status == 409
    assert undecided(proposal)


def test_what_was_edited_after_it_was_seen_is_not_approved(cast, proposal, way):
    seen = proposal.digest
    proposals.withdraw_proposal(actor=cast.handler, proposal=proposal)
    again = matters.propose(
        proposal.lead,
        "M01",
        {"into": proposal.facts["into"], "reason": "改写。"},
        cast.handler,
    )
    answer = way.decide(cast.head, again, seen)
    assert answer.status == 409
    assert undecided(again)


# --- files and numbers ---------------------------------------------------------------------------


def test_an_empty_file_is_refused_and_adds_nothing(cast, case, way):
    answer = way.add_exhibit(cast.handler, case, SimpleUploadedFile("空.pdf", b""))
    assert answer.status == 400
    assert "empty" in answer.text
    assert not Exhibit.objects.exists()


HOSTILE_NAMES = [
    "../../etc/passwd.pdf",
    "C:\\Windows\\system.pdf",
    '<img src=x onerror=alert(1)>".pdf',
    "公告\u202efdp.exe",
    "a" * 300 + ".pdf",
    "{{ settings.SECRET_KEY }}.pdf",
]


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_hostile_name_of_a_file_is_only_a_name(cast, case, way, name):
    answer = way.add_exhibit(cast.handler, case, SimpleUploadedFile(name, MINIMAL_PDF))
    assert answer.status in (201, 302), answer.text
    exhibit = Exhibit.objects.get()
    assert not set('/\\<>"\u202e') & set(exhibit.file_name)
    assert len(exhibit.file_name) <= 255
    client = Client()
    client.force_login(cast.handler)
    address = [case.key, exhibit.number]
    assert "<img src=x" not in client.get(reverse("exhibit_detail", args=address)).content.decode()
    file = client.get(reverse("exhibit_download", args=address))
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert b"".join(file.streaming_content) == MINIMAL_PDF


def test_a_number_is_not_used_twice(cast, case, way):
    facts = {
        "code": "D-41",
        "signed_day": clock.today().isoformat(),
        "number": f"江云检民公告〔{clock.today().year}〕3号",
        "signer": cast.chief.pk,
    }
    first = facts | {"file": SimpleUploadedFile("公告.pdf", MINIMAL_PDF)}
    assert way.file_document(cast.clerk, case, first).status in (201, 302)
    again = facts | {"file": SimpleUploadedFile("公告.pdf", MINIMAL_PDF)}
    answer = way.file_document(cast.clerk, case, again)
    assert answer.status == 409
    assert case.documents.filter(code="D-41").count() == 1


# --- two people, and markup ----------------------------------------------------------------------


def test_markup_in_every_text_stays_what_was_typed(cast, way):
    texts = ("title", "source_detail", "summary", "suspected_processor", "harm_place")
    answer = way.register(cast.intake, LEAD | {name: f"{name}{MARKUP}" for name in texts})
    assert answer.status in (201, 302), answer.text
    lead = Lead.objects.get()
    assert (lead.title, lead.summary) == (f"title{MARKUP}", f"summary{MARKUP}")
    client = Client()
    client.force_login(cast.intake)
    page = client.get(lead.get_absolute_url()).content.decode()
    assert "<img src=x" not in page
    assert "{{ 7|add:7 }}" in page
    assert program_of(cast.intake).ask(f"leads/{lead.key}/")["title"] == lead.title
