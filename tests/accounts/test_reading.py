"""What a request that only reads remembers of rights, and what writes never does."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from django.urls import reverse

from accounts import selectors
from accounts.middleware import ReadingMiddleware
from accounts.models import Role, RoleGrant
from accounts.reading import once, reading
from cases.models import Case
from cases.selectors import matters
from tests.support.matters import make_case
from tests.support.statements import Questions


def test_what_writes_asks_every_time():
    answers = iter((1, 2))
    assert once("question", lambda: next(answers)) == 1
    assert once("question", lambda: next(answers)) == 2


def test_while_reading_a_question_is_asked_once_and_forgotten_after():
    with reading():
        answers = [once("question", lambda: object()), once("question", lambda: object())]
        assert answers[0] is answers[1]
        assert once("another", lambda: None) is None
    with reading():
        assert once("question", lambda: object()) is not answers[0]


@pytest.mark.parametrize(("method", "asked"), [("get", 1), ("head", 1), ("post", 2), ("put", 2)])
def test_only_requests_that_read_remember(method, asked):
    answers = []

    def view(request):
        once("question", lambda: answers.append(1))
        once("question", lambda: answers.append(1))

    ReadingMiddleware(view)(getattr(RequestFactory(), method)("/"))
    assert len(answers) == asked


def test_what_one_asker_does_with_an_answer_changes_it_for_nobody(cast):
    case = make_case(cast)
    with reading():
        selectors.roles_of(cast.handler).clear()
        selectors.acting_as(cast.handler).update({Role.CHIEF: [cast.chief]})
        assert selectors.roles_of(cast.handler) == {Role.PROSECUTOR}
        assert selectors.acting_as(cast.handler) == {}
        whole = str(matters.cases_visible_to(cast.handler).query)
        assert str(matters.cases_visible_to(cast.handler).filter(pk=0).query) != whole
        assert str(matters.cases_visible_to(cast.handler).query) == whole
        assert list(matters.cases_visible_to(cast.handler)) == [case]
        # What he sees is remembered, not the rows: they are as they stand now.
        Case.objects.filter(pk=case.pk).update(title="改过的案名")
        assert matters.cases_visible_to(cast.handler).get().title == "改过的案名"


def test_a_page_asks_for_the_roles_of_its_reader_once(cast, as_user):
    client = as_user(cast.handler)
    with Questions() as asked:
        assert client.get(reverse("home")).status_code == 200
    roles = [text for text in asked.texts if "own_roles" in text]
    apart = 'SELECT "accounts_rolegrant"."role"'
    assert not [text for text in asked.texts if text.startswith(apart)]
    assert len(roles) == 1


def test_a_right_taken_between_two_requests_is_gone_in_the_second(cast, as_user):
    client = as_user(cast.system_administrator)
    address = reverse("user_create")
    assert client.get(address).status_code == 200
    RoleGrant.objects.filter(user=cast.system_administrator).delete()
    assert client.get(address).status_code == 404
