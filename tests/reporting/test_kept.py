"""Blocks that took long to count are shown again for some minutes; everything else is counted each time."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from audit import clock
from cases.models import Case
from procuracy.embedded.home import ROOT
from reporting import kept, selectors
from reporting.figures import Block
from tests.reporting.asking import scope_of
from tests.support.api import program_of
from tests.support.matters import make_lead, stand_aside

pytestmark = pytest.mark.django_db
PAGE = reverse("statistics")
NOW = datetime(2026, 6, 1, 9, 30, tzinfo=clock.BEIJING)


@pytest.fixture
def slow(monkeypatch) -> None:
    """Every block takes too long to be counted each time."""
    monkeypatch.setattr(kept, "SLOW", 0.0)


def shown(person, anew=(), **asked) -> dict[str, Block]:
    return {block.code: block for block in kept.blocks_of(scope_of(person, **asked), anew=anew)}


def leads(blocks: dict[str, Block]) -> int:
    [row] = [row for row in blocks["funnel"].rows if row.code == "leads"]
    return row.cells[0].value


def test_what_is_quickly_counted_is_counted_each_time(cast):
    before = shown(cast.chief)
    make_lead(cast)
    after = shown(cast.chief)
    assert leads(after) == leads(before) + 1
    assert {block.counted_at for block in after.values()} == {None}


def test_what_took_long_is_shown_again_with_its_time_until_it_is_counted_anew(cast, slow):
    with clock.frozen(NOW):
        before = shown(cast.chief)
    assert {block.counted_at for block in before.values()} == {None}
    with clock.frozen(NOW + timedelta(minutes=5)):
        make_lead(cast, received_on=date(2026, 6, 1))
        again = shown(cast.chief)
        assert again.keys() == before.keys()
        assert {block.counted_at for block in again.values()} == {NOW}
        assert leads(again) == leads(before)
        anew = shown(cast.chief, anew=["funnel"])
        assert leads(anew) == leads(before) + 1
        assert [code for code, block in anew.items() if not block.counted_at] == ["funnel"]
    with clock.frozen(NOW + timedelta(minutes=6)):
        assert shown(cast.chief)["funnel"].counted_at == NOW + timedelta(minutes=5)


def test_nothing_is_kept_for_another_reader_question_language_or_day(cast, slow):
    with clock.frozen(NOW):
        shown(cast.chief)
        assert shown(cast.chief)["items"].counted_at
        for person, asked in (
            (cast.head, {}),
            (cast.chief, {"track": "civil"}),
            (cast.chief, {"first": "2025-01-01", "last": "2026-06-01"}),
        ):
            assert not shown(person, **asked)["items"].counted_at, (person, asked)
        with translation.override("en"):
            assert not shown(cast.chief)["items"].counted_at
    with clock.frozen(NOW + timedelta(days=1)):
        assert not shown(cast.chief)["items"].counted_at


def test_what_one_may_see_is_never_kept(cast, slow):
    for _again in range(2):
        assert {block.counted_at for block in shown(cast.handler).values()} == {None}


def test_who_stands_aside_since_is_shown_nothing_that_was_counted_before(cast, slow):
    case = Case.objects.filter(office=cast.office).first()
    shown(cast.head)
    stand_aside(cast, case, cast.head)
    blocks = shown(cast.head)
    assert {block.counted_at for block in blocks.values()} == {None}
    live = {block.code: block.rows for block in selectors.blocks_of(scope_of(cast.head))}
    assert {code: block.rows for code, block in blocks.items()} == live


def test_the_page_says_when_it_was_counted_and_counts_again_while_lists_and_files_are_always_new(
    client, cast, slow
):
    client.force_login(cast.chief)
    with clock.frozen(NOW):
        assert "统计耗时较长" not in client.get(PAGE).content.decode()
    with clock.frozen(NOW + timedelta(minutes=5)):
        make_lead(cast, received_on=date(2026, 6, 1))
        page = client.get(PAGE).content.decode()
        assert page.count("统计耗时较长") == len(selectors.makers_for(scope_of(cast.chief)))
        assert "09:30" in page
        link = next(part for part in page.split('href="') if "anew=funnel" in part).split('"')[0]
        assert link.endswith("#funnel")
        again = client.get(PAGE + link.replace("&amp;", "&").split("#")[0])
        [block] = [row["block"] for row in again.context["blocks"] if row["block"].code == "funnel"]
        assert not block.counted_at
        told = program_of(cast.chief).ask("statistics/")
        [funnel] = [row for row in told["blocks"] if row["code"] == "funnel"]
        [number] = [line["cells"][0]["value"] for line in funnel["rows"] if line["code"] == "leads"]
        assert int(float(number)) == leads({"funnel": block})


SERVER = """
import sys, django
from pathlib import Path
from django.conf import settings
django.setup()
settings.HOME = Path(sys.argv[1])
import os, procuracy.gunicorn
from django.core.cache import caches
from reporting import kept
if os.fork() == 0:
    caches[kept.PLACE].set("counted by one process", [("funnel", 7)])
    os._exit(0)
os.wait()
place = procuracy.gunicorn.own / "figures"
print(caches[kept.PLACE].get("counted by one process"), *place.iterdir())
print(oct(place.stat().st_mode & 0o777))
"""


def test_what_one_process_of_the_web_server_counted_the_others_show_too(tmp_path):
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "procuracy.settings"}
    told = subprocess.run(
        [sys.executable, "-c", SERVER, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    found, mode = told.stdout.splitlines()
    assert found.startswith("[('funnel', 7)]")
    assert str(tmp_path) in found
    assert mode == "0o700"
