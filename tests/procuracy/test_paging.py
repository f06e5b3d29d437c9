"""The API pages by keyset, like the pages."""

from __future__ import annotations

import pytest
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from accounts.models import Office
from audit.errors import Invalid
from procuracy.paging import KeysetPagination
from tests.support.people import make_office


class View:
    ordering = ("-code",)


def ask(address: str):
    pagination = KeysetPagination()
    request = Request(APIRequestFactory().get(address))
    items = pagination.paginate_queryset(Office.objects.all(), request, View())
    return [office.code for office in items], pagination.get_paginated_response([]).data


def test_next_and_previous_lead_through_the_list_in_the_order_of_the_view(db):
    for number in range(5):
        make_office(code=f"99000{number}")
    first, answer = ask("/api/v1/offices/?size=2&level=grassroots")
    assert first == ["990004", "990003"]
    assert answer["previous"] is None
    assert "level=grassroots" in answer["next"]
    second, following = ask(answer["next"])
    assert second == ["990002", "990001"]
    assert ask(following["previous"])[0] == first


@pytest.mark.parametrize("size", ["0", "101", "x", "-1", "²"])
def test_an_impossible_size_is_refused(db, size):
    with pytest.raises(Invalid) as refusal:
        ask(f"/api/v1/offices/?size={size}")
    assert "size" in refusal.value.errors


def test_a_forged_cursor_is_refused(db):
    with pytest.raises(Invalid):
        ask("/api/v1/offices/?after=forged")
