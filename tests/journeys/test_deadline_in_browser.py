"""A period that no act starts, from its beginning to the day register, in the browser, its clock set.

The court sent its suggestion on 1 April 2026 (P-38d, CSR 122): one month ends on 1 May, and the holiday of Labour
Day moves that to 6 May. The handler begins it with its paper, completes it with another, the department head confirms.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from cases.models import Case
from deadlines.models import Deadline
from tests.journeys.desk import Desk
from tests.journeys.test_announcement_in_browser import Office
from tests.support.browser import check_page, give_password
from tests.support.matters import make_case

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LAST_DAY = "2026-05-06"
WEEKS = "/deadlines/weeks/?week=2026-03-30"


@pytest.fixture
def office(chromium_browser, site, cast) -> Iterator[Office]:
    for name in ("handler", "head"):
        give_password(getattr(cast, name))
    with ExitStack() as stack:
        yield Office(chromium_browser, site, cast, stack)


def paper(name: str) -> dict:
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 paper"}


def follow(desk: Desk, address: str) -> None:
    """Click the first link of the page that leads there."""
    desk.page.locator(f"main a[href*='{address}']").first.click()
    desk.page.wait_for_load_state()


def text_of(desk: Desk) -> str:
    return desk.page.locator("main").inner_text()


def begin(office: Office, case: Case) -> Deadline:
    """Begin the period by hand; without its paper the form comes back."""
    handler = office["handler"]
    handler.open(f"/deadlines/of/{case.key}/")
    follow(handler, "/record/period_begun/")
    stated = {"period": "P-38d", "legal_day": "2026-04-01", "event_text": "收到人民法院的建议。"}
    handler.fill(**stated)
    handler.page.locator("main form button.primary").first.click()
    handler.page.wait_for_load_state()
    assert handler.page.locator(".errsum").count()
    assert not Deadline.objects.filter(case=case).exists()
    handler.fill(**stated, paper=paper("法院建议"))
    handler.press()
    assert handler.page.locator(f"main time[datetime='{LAST_DAY}']").count()
    return Deadline.objects.get(case=case, rule="P-38d")


def read_why(office: Office, row: Deadline) -> None:
    """The page of the deadline tells start, proof, article, each skipped day and the day after them."""
    handler = office["handler"]
    follow(handler, f"/deadlines/{row.pk}/")
    told = text_of(handler)
    for said in ("民事诉讼监督规则第122条", "法院建议.pdf", "2026-05-01", "劳动节", LAST_DAY):
        assert said in told, said
    check_page(handler.page)


def look_at_the_weeks(office: Office) -> None:
    """Twelve weeks show one deadline on its last day, and lead to it; the year shows the days off."""
    handler = office["handler"]
    handler.open(WEEKS)
    follow(handler, f"from_day={LAST_DAY}")
    assert "答复人民法院对监督活动的建议" in text_of(handler)
    handler.open("/deadlines/calendar/2026/")
    off = handler.page.locator("td.off time[datetime='2026-05-01']")
    assert off.count() == 1
    assert handler.page.locator(f"td.off time[datetime='{LAST_DAY}']").count() == 0


def complete(office: Office, row: Deadline) -> None:
    """Complete it with outcome and proof; it then waits for the second person."""
    handler = office["handler"]
    handler.open(f"/deadlines/{row.pk}/")
    follow(handler, "/record/period_completed/")
    handler.fill(
        legal_day="2026-04-20", outcome="done", result="已书面答复。", paper=paper("答复函")
    )
    handler.press()
    handler.open(f"/deadlines/{row.pk}/")
    assert "答复函.pdf" in text_of(handler)
    assert not handler.page.locator("button[value=confirmed]").count()


def confirm(office: Office, row: Deadline) -> None:
    """The department head finds it on the list of what waits, looks at the proof and confirms."""
    head = office["head"]
    head.open("/deadlines/confirmations/")
    follow(head, f"/deadlines/{row.pk}/")
    assert "答复函.pdf" in text_of(head)
    head.fill(note="已核对。")
    head.press("button[value=confirmed]")
    told = text_of(head)
    assert office.cast.head.name in told
    assert "已核对。" in told


def read_the_register(office: Office, case: Case) -> None:
    """The register of each day tells who entered and who ended it, and who confirmed."""
    head, cast = office["head"], office.cast
    for day, people in (("2026-04-02", [cast.handler]), ("2026-04-20", [cast.handler, cast.head])):
        head.open(f"/deadlines/register/?day={day}")
        line = head.page.locator("tr", has_text=case.key)
        assert line.count() == 1
        for person in people:
            assert person.name in line.inner_text()


def test_a_period_is_begun_explained_completed_confirmed_and_found_in_every_list(office):
    office.on(2026, 4, 2, 9)
    case = make_case(office.cast)
    row = begin(office, case)
    read_why(office, row)
    look_at_the_weeks(office)
    office.on(2026, 4, 20, 9)
    complete(office, row)
    confirm(office, row)
    read_the_register(office, case)
    row.refresh_from_db()
    assert (row.state, row.confirmation) == ("met", "confirmed")
    office["handler"].open(f"/deadlines/?state=met&from_day={LAST_DAY}&until={LAST_DAY}")
    assert case.key in text_of(office["handler"])
    office["handler"].open(WEEKS)
    assert not office["handler"].page.locator(f"main a[href*='from_day={LAST_DAY}']").count()
