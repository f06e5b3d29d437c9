"""Whoever decides reads what is different in a document, not only that its digest is."""

from __future__ import annotations

import importlib
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection
from django.urls import reverse

from accounts.models import Role
from cases.services import approvals, proposals
from notices import selectors, services
from notices.models import Document, SubmittedText
from tests.notices.matters import assigned_lead
from tests.support.documents import filled, final
from tests.support.matters import propose
from tests.support.people import make_user

pytestmark = pytest.mark.django_db
THEN, NOW = "该平台共处理41,327名业主的个人信息。", "该平台共处理41,399名业主的个人信息。"
REASON = {"reason": "没有违法行为。"}


@pytest.fixture
def lead(june, cast):
    return assigned_lead(cast)


@pytest.fixture
def table(lead, cast) -> Document:
    """The approval form a decision on filing needs."""
    return final(lead, "D-05", cast.handler, facts=THEN)


@pytest.fixture
def proposal(lead, table, cast):
    return propose(lead, "T07", REASON, cast.handler)


def rewrite(document: Document, actor, **values: str) -> Document:
    opened = services.reopen_document(actor=actor, document=document)
    edited = services.edit_document(
        actor=actor, document=opened, values=values, version=opened.version
    )
    return services.finalise_document(actor=actor, document=edited)


def page_for(client, person, proposal, digest="") -> str:
    """The page of the proposal, or with a digest the answer to an approval of it."""
    person.language = "en"
    person.save()
    client.force_login(person)
    if not digest:
        return client.get(proposal.get_absolute_url()).content.decode()
    entries = {"decision": "approve", "opinion": "同意", "digest": digest}
    answer = client.post(reverse("proposal_decide", args=[proposal.pk]), entries)
    assert answer.status_code == 409
    return answer.content.decode()


@pytest.mark.parametrize(("language", "words"), [("en", "Final"), ("zh-hans", "已定稿")])
def test_a_proposal_names_how_far_a_covered_document_is_in_the_language_of_its_reader(
    client, proposal, table, cast, language, words
):
    cast.head.language = language
    cast.head.save()
    client.force_login(cast.head)
    page = client.get(proposal.get_absolute_url()).content.decode()
    covered = page.partition('id="documents"')[2].partition("</section>")[0]
    assert words in covered
    services.reopen_document(actor=cast.handler, document=table)
    page = client.get(proposal.get_absolute_url()).content.decode()
    covered = page.partition('id="documents"')[2].partition("</section>")[0]
    assert {"en": "Draft", "zh-hans": "草稿"}[language] in covered


def test_a_text_that_was_changed_after_its_submission_is_shown_before_and_after(
    client, proposal, table, cast
):
    rewrite(table, cast.handler, facts=NOW)
    for page in (
        page_for(client, cast.head, proposal),
        page_for(client, cast.head, proposal, proposal.digest),
    ):
        assert "Document D-05: Facts" in page
        assert "该平台共处理41,3<del>27</del>名业主的个人信息。" in page
        assert "该平台共处理41,3<ins>99</ins>名业主的个人信息。" in page
        assert f"SHA-256 {table.digest[:12]}…</del>" not in page


def test_whoever_has_the_round_before_open_reads_what_the_new_round_says(
    client, proposal, table, cast
):
    seen = proposal.digest
    approvals.decide(
        actor=cast.head, proposal=proposal, decision="return", opinion="请核实人数", digest=seen
    )
    rewrite(table, cast.handler, facts=NOW)
    proposal.refresh_from_db()
    proposals.submit_proposal(actor=cast.handler, proposal=proposal)
    # What is typed after the new round began is not what it says.
    rewrite(Document.objects.get(pk=table.pk), cast.handler, facts="又改。")
    page = page_for(client, cast.head, proposal, seen)
    assert "41,3<del>27</del>名" in page
    assert "41,3<ins>99</ins>名" in page
    assert "又改。" not in page


def test_a_document_that_was_voided_and_made_again_shows_both_texts(
    client, proposal, table, lead, cast
):
    services.void_document(actor=cast.handler, document=table, reason="重新制作")
    final(lead, "D-05", cast.handler, facts=NOW)
    page = page_for(client, cast.head, proposal)
    assert f"<del>{THEN}</del>" in page
    assert f"<ins>{NOW}</ins>" in page


def test_an_upload_has_no_text_and_is_told_by_its_digest(client, june, cast, case):
    draft = filled(
        services.draft_document(actor=cast.handler, matter=case, code="D-41"), cast.handler
    )
    proposal = services.submit_document(actor=cast.handler, document=draft, reasons="请审批。")
    before = proposal.frozen["documents"][0]["sha256"]
    Document.objects.filter(pk=draft.pk).update(uploaded=True, digest="0" * 64)
    page = page_for(client, cast.head, proposal)
    assert f"<del>SHA-256 {before[:12]}…</del>" in page
    assert f"<ins>SHA-256 {'0' * 12}…</ins>" in page


def test_a_text_is_for_those_who_may_read_the_document(proposal, table, cast):
    assert selectors.text_under(cast.head, table.pk, table.digest)["Facts"] == THEN
    elsewhere = make_user(cast.other_office, Role.CHIEF)
    for person in (cast.stranger, cast.auditor, cast.system_administrator, elsewhere):
        assert selectors.text_under(person, table.pk, table.digest) is None


def test_a_digest_nobody_submitted_has_no_text(table, cast):
    assert selectors.text_under(cast.head, table.pk, "0" * 64) is None


def test_each_text_is_kept_once_for_every_round_that_names_it(proposal, table, cast):
    for _round in range(2):
        proposal.refresh_from_db()
        approvals.decide(
            actor=cast.head,
            proposal=proposal,
            decision="return",
            opinion="请补充",
            digest=proposal.digest,
        )
        proposal.refresh_from_db()
        proposals.submit_proposal(actor=cast.handler, proposal=proposal)
    (kept,) = SubmittedText.objects.filter(document__lead=table.lead)
    assert (kept.document, kept.digest, kept.contents["facts"]) == (table, table.digest, THEN)


def test_what_waits_for_a_decision_is_kept_when_the_table_is_made(proposal, lead, table, cast):
    migration = importlib.import_module("notices.migrations.0004_submitted_texts")
    kept = SubmittedText.objects.filter(document__lead=lead).exclude(document=table)
    register = Document.objects.get(code="D-01", lead=lead)
    named = {"code": "D-01", "id": register.pk, "sha256": register.digest}
    proposal.frozen = {"documents": [named, named | {"sha256": "0" * 64}]}
    proposal.save()
    for _time in range(2):
        migration.keep_what_waits(apps, SimpleNamespace(connection=connection))
    (row,) = kept
    assert (row.document, row.contents) == (register, register.values)
