"""The pages of the directory in a browser: no fault of width, policy or accessibility."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.urls import reverse

from audit.clock import BEIJING
from tests.administrative.bodies.conftest import assess, enter, recommend, reply
from tests.support.browser import LONGER_WORDS, check_page, give_password

pytestmark = pytest.mark.browser
NOW = datetime(2026, 6, 1, 10, tzinfo=BEIJING)
TABLE = "名称,类别,层级,行政区划代码\n杭州市拱墅区教育局,education,county,330105\n"


@pytest.mark.slow
def test_the_directory_can_be_read_and_kept_by_everybody(site, page, cast, tmp_path):
    long = "某" * 90
    body = enter(cast.clerk, competence=long, address=long)
    enter(cast.clerk, name=f"西湖区 教育局{long}")
    like = enter(cast.clerk, name="西湖区 教育局")
    row = recommend(cast, body)
    reply(cast, row, date(2026, 5, 20))
    assess(cast, row, "paper_only", date(2026, 5, 21))
    give_password(cast.handler)
    cast.handler.language = LONGER_WORDS
    cast.handler.save(update_fields=["language"])
    site.set_clock(NOW)
    site.login(page, cast.handler.username)
    for address in (
        reverse("body_list"),
        f"{reverse('body_list')}?region=西湖区",
        reverse("body_create"),
        reverse("body_duplicates"),
        body.get_absolute_url(),
        reverse("body_edit", args=[body.pk]),
        f"{reverse('body_merge', args=[like.pk])}?into={body.pk}",
    ):
        page.goto(f"{site.url}{address}")
        check_page(page)
    file = tmp_path / "名录.csv"
    file.write_text(TABLE, encoding="utf-8")
    page.goto(f"{site.url}{reverse('body_import')}")
    page.set_input_files("input[name=table]", str(file))
    page.click("main .sticky button.primary")
    page.wait_for_selector("#preview")
    check_page(page)
    page.click("#preview button.primary")
    page.wait_for_url(lambda address: address.endswith(reverse("body_list")))
    assert page.is_visible("text=杭州市拱墅区教育局")
