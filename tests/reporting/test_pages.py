"""The page of figures and the lists behind them, as people open them."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGE = reverse("statistics")


def opened(client, person, page=PAGE, **asked):
    person.language = "en"
    person.save(update_fields=["language"])
    client.force_login(person)
    return client.get(page, asked)


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_page_shows_every_block_with_its_scope_definition_table_and_workbook(client, cast):
    page = text_of(opened(client, cast.chief))
    open("/tmp/stats/page.html", "w").write(page)
    assert page
