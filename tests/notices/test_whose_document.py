"""Sender, signatory and day come from the case and its approval, never from who is logged in (Rules 5)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from accounts.models import Role, User
from notices import services
from tests.notices.matters import approve_text, issue
from tests.support.days import on
from tests.support.documents import final
from tests.support.people import delegate_today

pytestmark = pytest.mark.django_db


def said(document) -> dict[str, str]:
    """Return what a document says, without the contents somebody typed for the test."""
    return {name: text for name, text in document.values.items() if text != "已查明。"}


@pytest.mark.parametrize("code", ["D-09", "D-33", "D-41", "D-71"])
def test_a_document_is_filled_alike_whoever_of_the_team_begins_it(cast, case, code):
    begun = []
    for person in (cast.handler, cast.clerk, cast.assistant):
        draft = services.draft_document(actor=person, matter=case, code=code)
        begun.append((draft.composed, said(draft)))
        services.void_document(actor=cast.handler, document=draft, reason="重拟")
    assert begun[0] == begun[1] == begun[2]


def approved(cast, case):
    document = final(case, "D-33", cast.handler)
    approve_text(document, cast)
    return document


def test_sender_signatory_and_day_are_those_of_case_and_approval_whoever_issues(cast, case):
    letter = approved(cast, case)
    with on(2026, 6, 26):
        issued = issue(cast, letter, actor=cast.assistant, signed_day=date(2026, 6, 25))
    assert (issued.office, issued.signer, issued.signer_name) == (
        case.office,
        cast.chief,
        cast.chief.name,
    )
    assert issued.signed_day == date(2026, 6, 25)
    assert issued.composed["closing"]["issuer"] == case.office.name
    assert [row["name"] for row in issued.composed["closing"]["signatures"]] == [cast.chief.name]


def test_the_form_of_issue_offers_who_decided_and_not_who_comes_first_or_is_logged_in(
    client, cast, case
):
    letter = approved(cast, case)
    delegate_today(cast.chief, cast.deputy, Role.CHIEF)
    # Whoever sorts first by name is not proposed for that.
    User.objects.filter(pk=cast.deputy.pk).update(name="阿一")
    User.objects.filter(pk=cast.chief.pk).update(name="鿋")
    for person in (cast.clerk, cast.assistant):
        client.force_login(person)
        form = client.get(reverse("document_issue", args=[letter.pk])).context["form"]
        assert form.fields["signer"].queryset.count() == 2
        assert form["signer"].value() == cast.chief.pk
