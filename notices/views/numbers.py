"""The register of numbers of the office, and how its numbers are set."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from audit.errors import Refusal
from audit.keyset import capped_count
from notices import selectors, services
from notices.forms import FirstNumberForm, NumberFilterForm, PatternForm, UnusedNumberForm
from notices.views.base import rows_page, show_refusal, staff


@require_safe
@staff
def number_register(request: HttpRequest, actor: User) -> HttpResponse:
    """Show every number the office gave, void ones included; a title only where it may be seen."""
    rows = selectors.numbers_visible_to(actor)
    form = NumberFilterForm(request.GET)
    if form.is_valid():
        chosen = {name: value for name, value in form.cleaned_data.items() if value}
        rows = rows.filter(**chosen)
    else:
        rows = rows.none()
    shown = rows_page(request, rows, ("-id",))
    values = {
        "form": form,
        "page": shown,
        "total": capped_count(rows),
        "visible": selectors.visible_among(actor, shown.items),
        "may_keep": selectors.may_keep_numbers(actor),
    }
    return render(request, "notices/numbers.html", values, status=200 if form.is_valid() else 400)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def number_settings(request: HttpRequest, actor: User) -> HttpResponse:
    """Set patterns and first numbers of the office, and enter a number as void."""
    patterns, counters = selectors.patterns_kept_by(actor), list(selectors.series_kept_by(actor))
    part = request.POST.get("part", "")
    forms = {
        "pattern": PatternForm(request.POST if part == "pattern" else None, prefix="pattern"),
        "first": FirstNumberForm(request.POST if part == "first" else None, prefix="first"),
        "unused": UnusedNumberForm(request.POST if part == "unused" else None, prefix="unused"),
    }
    status = 200
    if part in forms:
        status = _set(actor, part, forms[part])
        if status == 200:
            messages.success(request, _("Saved."))
            return redirect("number_settings")
    counts = selectors.next_counts(counters)
    values = {
        "forms": forms,
        "patterns": patterns,
        "counters": [(counter, counts[counter.pk]) for counter in counters],
    }
    return render(request, "notices/number_settings.html", values, status=status)


def _set(actor: User, part: str, form: Any) -> int:
    """Do what the part asks for; return 200, or the status of the refusal shown in the form."""
    act: dict[str, Any] = {
        "pattern": services.set_pattern,
        "first": services.set_first_number,
        "unused": services.void_unused_number,
    }
    if not form.is_valid():
        return 400
    try:
        act[part](actor=actor, **form.cleaned_data)
    except Refusal as refusal:
        return show_refusal(form, refusal)
    return 200
