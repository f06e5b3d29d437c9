"""What the pages of this room share. The person is always that of the session; refusals become pages
(`procuracy.middleware`), what is not visible is not found.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase

from accounts.models import User
from audit.articles import written
from audit.errors import Conflict, Invalid, NotVisible, Refusal
from audit.keyset import Page, page

Rest = ParamSpec("Rest")
Answer = TypeVar("Answer", bound=HttpResponseBase)
SIZE = 50


def staff(
    view: Callable[Concatenate[HttpRequest, User, Rest], Answer],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """Give a view the signed-in person."""

    @login_required
    @wraps(view)
    def guarded(
        request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs
    ) -> HttpResponseBase:
        return view(request, cast(User, request.user), *args, **kwargs)

    return guarded


def rows_page(request: HttpRequest, rows: QuerySet[Any], order: tuple[str, ...]) -> Page[Any]:
    """Return the page of a list the address asks for; an unknown cursor is not found."""
    try:
        return page(rows, order=order, after=request.GET.get("after") or None, size=SIZE)
    except Invalid as refusal:
        raise Http404 from refusal


# Conflicts that belong to what was typed in one field.
FIELD_OF_CONFLICT = {
    "number_taken": "number",
    "series_begun": "first",
    "correction_exists": "corrects",
}


def show_refusal(form: Any, refusal: Refusal) -> int:
    """Put the sentences of a refusal at its fields or above the form; return its status.

    A lost update and an invisible object have pages of their own and go on.
    """
    if isinstance(refusal, NotVisible) or refusal.code == "lost_update":
        raise refusal
    errors = refusal.errors if isinstance(refusal, Invalid) else {}
    if isinstance(refusal, Conflict) and refusal.code in FIELD_OF_CONFLICT:
        errors = {FIELD_OF_CONFLICT[refusal.code]: [refusal.message]}
    for name, sentences in errors.items():
        for sentence in sentences:
            form.add_error(name if name in form.fields else None, str(sentence))
    if not errors:
        form.add_error(None, str(refusal.message))
    for item in refusal.unmet:
        form.add_error(None, f"{item.message} {written(item.law)}".strip())
    return refusal.status
