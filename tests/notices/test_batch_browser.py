"""A batch in a real browser: tried, started, and followed without a reload."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from audit.clock import BEIJING
from notices.batch import services
from notices.models import DocumentBatch
from notices.services import draft_document
from tests.notices.batches import cases_of
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.days import on

pytestmark = pytest.mark.browser
NOW = datetime(2026, 6, 24, 11, tzinfo=BEIJING)


@pytest.mark.slow
def test_a_batch_is_tried_started_and_its_progress_follows(site, page, cast, case):
    give_password(cast.handler)
    cast.handler.language = LONGER_WORDS
    cast.handler.save()
    with on(2026, 6, 24):
        full = cases_of(cast, 3)[0]
        draft_document(actor=cast.handler, matter=full, code="D-09")
    site.set_clock(NOW)
    site.login(page, cast.handler.username)
    page.goto(f"{site.url}{reverse('batch_create')}")
    check_page(page)
    page.select_option("select[name=code]", "D-09")
    page.click("form.card button.primary")
    check_page(page)
    for box in page.query_selector_all("input[name=cases]"):
        box.check()
    page.click("button[name=try]")
    check_page(page)
    page.click("button[name=start]")
    page.wait_for_url(lambda address: "/new/" not in address)
    check_page(page)
    assert page.inner_text("#batch-progress dd") == "0 / 4"
    with on(2026, 6, 24):
        services.sweep()
    page.focus(f"#case-{DocumentBatch.objects.get().items.last().pk}")
    kept = page.evaluate("document.activeElement.id")
    page.wait_for_selector("#batch-state:not([hx-trigger])", timeout=20_000)
    assert page.inner_text("#batch-progress dd") == "3 / 4"
    assert DocumentBatch.objects.get().items.filter(state="done").count() == 3
    assert "Waiting" not in page.inner_text("#batch-state tbody")
    assert page.evaluate("document.activeElement.id") == kept
    check_page(page)
    page.click("#batch-refresh")
    check_page(page)
    page.click("#batch-again")
    check_page(page)
    assert page.inner_text("#batch-progress dd") == "3 / 4"
    page.goto(f"{site.url}{reverse('batch_list')}")
    check_page(page)
