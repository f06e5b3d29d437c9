"""What the pages of a document say and offer while it changes: what is missing, who goes on, what is over."""

from __future__ import annotations

import pytest
from django.urls import reverse

from notices import services
from tests.notices.matters import issue

pytestmark = pytest.mark.django_db


def _login(client, person):
    person.language = "en"
    person.save()
    client.force_login(person)
    return client


def test_what_is_missing_follows_what_is_typed(client, decision, cast):
    edit = reverse("document_edit", args=[decision.pk])
    preview = reverse("document_preview", args=[decision.pk])
    _login(client, cast.clerk)
    typed = {"version": decision.version, **decision.values} | {"harm": ""}
    answer = client.post(preview, typed, headers={"HX-Request": "true"}).content.decode()
    assert 'id="missing" hx-swap-oob="true"' in answer
    assert "“Harm to the public interest” is missing." in answer
    filled = client.post(preview, typed | {"harm": "损害"}).content.decode()
    assert "is missing." not in filled
    assert 'id="missing"' in client.get(edit).content.decode()


def test_only_who_may_propose_is_offered_it_and_the_proposal_is_linked(client, case, cast):
    plan = services.draft_document(actor=cast.handler, matter=case, code="D-20")
    filled = {"addressee": "某公司", "what": "登录日志", "deadline": "七日内"}
    services.edit_document(
        actor=cast.handler, document=plan, values=plan.values | filled, version=plan.version
    )
    propose, detail = (reverse(f"document_{name}", args=[plan.pk]) for name in ("submit", "detail"))
    page = _login(client, cast.clerk).get(detail).content.decode()
    assert propose not in page
    assert "A handling prosecutor proposes this document" in page
    assert propose in _login(client, cast.handler).get(detail).content.decode()
    proposal = services.submit_document(actor=cast.handler, document=plan, reasons="需要。")
    page = _login(client, cast.clerk).get(detail).content.decode()
    assert proposal.get_absolute_url() in page
    assert "A handling prosecutor proposes" not in page


def test_a_document_that_stands_is_opened_instead_of_begun_again(client, decision, cast):
    page = _login(client, cast.clerk).get(reverse("document_create", args=[decision.case.key]))
    assert 'name="code" value="D-06"' not in page.content.decode()
    assert f'class="btn sm" href="{decision.get_absolute_url()}"' in page.content.decode()


def test_an_issued_document_is_corrected_once(client, decision, cast):
    issue(cast, decision)
    correct = reverse("document_correct", args=[decision.pk])
    detail = reverse("document_detail", args=[decision.pk])
    _login(client, cast.handler)
    assert correct in client.get(detail).content.decode()
    client.post(correct, {"reason": "文字错误"})
    assert correct not in client.get(detail).content.decode()


def test_the_whole_text_is_told_what_cannot_be_printed(client, decision, cast):
    page = reverse("document_text", args=[decision.pk])
    _login(client, cast.clerk)
    client.post(page, {"version": decision.version, "text": "甲\u202e乙"})
    assert "(U+202E) is an invisible formatting character" in client.get(page).content.decode()


def test_the_language_is_changed_where_a_form_was_refused(client, decision, cast):
    _login(client, cast.handler)
    address = reverse("document_submit", args=[decision.pk])
    refused = client.post(address, {}, headers={"Referer": f"http://testserver{address}?a=1"})
    assert f'name="next" value="{address}?a=1"' in refused.content.decode()
    assert 'name="next" value="/"' in client.post(address, {}).content.decode()
