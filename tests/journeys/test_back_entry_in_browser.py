"""A real case from before the application comes in by back-entry, in the browser, on a day of 2026.

Public reports: a procuratorate announced on 5 August 2020, before the Rules on public-interest cases and before
the Personal Information Protection Law, that it would sue a seller of personal information.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from cases.models import Case, RunningEntry
from cases.selectors import back_entry
from cases.states import CaseState
from deadlines.models import Deadline, Notification, Reminder
from tests.journeys.test_announcement_in_browser import Office
from tests.support import old_cases as old
from tests.support.browser import check_page, give_password
from tests.support.matters import set_full_team
from tests.support.tables import announced_row, filed_row, papers_of, workbook

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PICTURES = os.environ.get("SCREENSHOTS", "")
CLERKS_NUMBER = "江云检民公告〔2020〕3号"


@pytest.fixture
def office(chromium_browser, site, cast) -> Iterator[Office]:
    for name in ("handler", "head", "clerk"):
        give_password(getattr(cast, name))
    with ExitStack() as stack:
        office = Office(chromium_browser, site, cast, stack)
        office.on(2026, 6, 24, 9)
        yield office


def look(desk, name: str) -> None:
    """Try that the page is fit for everybody; keep a picture where one is asked for."""
    check_page(desk.page)
    if PICTURES:
        desk.page.screenshot(path=str(Path(PICTURES) / f"{name}.png"), full_page=True)


def saved(folder: Path, file) -> str:
    """Put an upload on the disk, where a browser takes it from."""
    place = folder / file.name
    place.write_bytes(file.read())
    return str(place)


def filled(cast, folder: Path) -> dict[str, Any]:
    """Return what the handler types of the case, by field."""
    found: dict[str, Any] = {"reason": old.REASON}
    for code, cell in filed_row(cast).items():
        if code.endswith((".file", ".paper")):
            found[code] = saved(folder, old.scan(cell))
        elif code.endswith(".signer") or ".by_" in code:
            people = (cast.head, cast.chief)
            found[code] = str(next(p.pk for p in people if cell in (p.name, p.username)))
        elif code != "state":
            found[code] = ["CPL 58"] if code.endswith("legal_bases") else cell
    return found


def test_the_case_of_2020_is_entered_from_its_paper_file(office, cast, tmp_path):
    handler, head = office["handler"], office["head"]
    handler.open("/running-cases/new/")
    look(handler, "running-form")
    handler.fill(**filled(cast, tmp_path))
    handler.press()
    entry = RunningEntry.objects.get()
    head.open("/?group=approval")
    assert head.page.locator(f"a[href='{entry.get_absolute_url()}']").count()
    head.open(f"{entry.get_absolute_url()}decide/")
    head.fill(decision="agree")
    head.press()
    case = Case.objects.get()
    look(head, "running-entered")
    set_full_team(cast, case)

    handler.open(f"/cases/{case.key}/")
    assert handler.page.locator("#back-entry").count() == 1
    look(handler, "case-in-back-entry")
    old.close_old_investigation(cast, case)
    old.filed_paper(case, "D-40", cast, old.CLOSED)
    old.filed_paper(case, "D-41", cast, old.CLOSED, number=CLERKS_NUMBER)

    clerk, day = office["clerk"], old.CLOSED.isoformat()
    clerk.open(f"/matters/{case.key}/on-paper/T12/")
    look(clerk, "on-paper")
    paper = {
        "by_department_head": str(cast.head.pk),
        "on_department_head": day,
        "opinion_department_head": "同意。",
        "by_chief": str(cast.chief.pk),
        "on_chief": day,
        "paper": saved(tmp_path, old.scan()),
        "proof": saved(tmp_path, old.scan("公告.pdf")),
    }
    clerk.fill(**old.ANNOUNCEMENT | {"national_influence": "on"} | paper)
    clerk.press()
    handler.record(case.key, "T16", legal_day="2020-09-04")
    case.refresh_from_db()
    assert case.state == CaseState.REVIEW_FOR_PROSECUTION
    assert Deadline.objects.get(case=case, rule="P-01").effective_day == old.EXPIRED
    assert not Reminder.objects.exists()
    assert not Notification.objects.exists()
    handler.open(f"/cases/{case.key}/rulebook/")
    look(handler, "rulebook")
    handler.open(f"/matters/{case.key}/back-entry/")
    look(handler, "back-entry")
    handler.record(case.key, "S03", legal_day="2026-06-24", outcome="sue", conclusion="应当起诉。")
    assert not back_entry.is_running(case)


def test_a_table_with_mixed_rows_is_refused_and_a_right_one_is_entered(office, cast, tmp_path):
    handler, head = office["handler"], office["head"]
    right, wrong = announced_row(cast), filed_row(cast, **{"T06.legal_bases": "PIPL 70"})
    papers = [saved(tmp_path, file) for file in papers_of(right, wrong)]

    def attempt(*rows: dict[str, str]) -> RunningEntry:
        handler.open("/running-cases/import/")
        handler.fill(table=saved(tmp_path, workbook(*rows)), papers=papers, reason=old.REASON)
        handler.press()
        return RunningEntry.objects.latest("pk")

    handler.open("/running-cases/import/")
    look(handler, "running-import")
    attempt(right, wrong)
    look(handler, "running-mixed")
    assert handler.page.locator(".head form").count() == 0
    entry = attempt(right)
    handler.press(".head form button")
    head.open(f"{entry.get_absolute_url()}decide/")
    look(head, "running-decide")
    head.fill(decision="agree")
    head.press()
    handler.open("/running-cases/")
    look(handler, "running-list")
    assert Case.objects.get().state == CaseState.ANNOUNCING
