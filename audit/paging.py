"""The page of a list that an address asks for, for the pages of the browser."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest

from audit.errors import Invalid
from audit.keyset import Page, page

T = TypeVar("T")
SIZE = 50


def page_asked_for(
    request: HttpRequest,
    rows: QuerySet[Any, T],
    *,
    order: Sequence[str],
    filled: Collection[str] = (),
    size: int | None = None,
) -> Page[T]:
    """Return the page the address names; the first one, with a word why, where the list has no such page.

    `filled` is as for `audit.keyset.page`; `size` is how many rows it has, `SIZE` when none is given.
    """
    after, size = request.GET.get("after"), size or SIZE
    try:
        return page(rows, order=order, after=after, size=size, filled=filled)
    except Invalid as refusal:
        messages.warning(request, str(refusal.message))
        return page(rows, order=order, after=None, size=size, filled=filled)
