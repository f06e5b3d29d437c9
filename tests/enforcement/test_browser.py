"""The pages of performance in a browser: no fault of width, policy or accessibility, in both languages."""

from __future__ import annotations

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from audit.clock import BEIJING
from tests.enforcement import scenes
from tests.enforcement.scenes import owed
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.days import on
from tests.support.matters import force, record

pytestmark = pytest.mark.browser
# Set to a folder, the pages are kept there as pictures for people to look at.
PICTURES = os.environ.get("SCREENSHOTS", "")
NOW = datetime(2026, 8, 17, 10, 0, tzinfo=BEIJING)


def keep(page, name: str) -> None:
    for width in (390, 1366) if PICTURES else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)


@pytest.mark.parametrize("language", ["zh-hans", LONGER_WORDS])
def test_obligations_ledger_and_archive_can_be_read_by_everybody(site, page, cast, case, language):
    cast.handler.language = language
    give_password(cast.handler)
    with on(2026, 8, 17):
        scenes.perform(cast, case, owed(case, "EI-1"))
        entry = scenes.pay(cast.handler, case, owed(case, "EI-4"), "40000")
        scenes.confirm(cast.assistant, case, entry)
        scenes.pay(cast.handler, case, owed(case, "EI-4"), "60000", account_type="court")
    site.set_clock(NOW)
    site.login(page, cast.handler.username)
    base = f"{site.url}/cases/{case.key}"
    for name in ("obligations", "obligations/1", "ledger", "archive", ""):
        page.goto(f"{base}/{name}/" if name else f"{base}/")
        check_page(page)
        keep(page, f"{name.replace('/', '-') or 'case'}-{language}")
    page.goto(f"{site.url}/obligations/")
    check_page(page)
    keep(page, f"obligations-of-all-cases-{language}")
    with on(2026, 8, 17):
        force(case, "T43", date(2026, 8, 17), actor=cast.handler, obligations=[])
        force(case, "T46", date(2026, 8, 17), actor=cast.handler)
        force(case, "T61", date(2026, 8, 17), actor=cast.head)
        record(cast.case_manager, case, "S43", {})
    page.goto(f"{base}/archive/")
    assert page.query_selector_all("main tbody tr")
    check_page(page)
    keep(page, f"archive-made-{language}")
