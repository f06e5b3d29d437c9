"""The pages of evidence in a real browser: accessible, within their policy, on every monitor."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from audit.clock import BEIJING
from evidence import services
from tests.evidence.conftest import TODAY, add
from tests.support.browser import LONGER_WORDS, check_page, give_password

pytestmark = pytest.mark.browser


@pytest.fixture
def full(cast, case):
    """A case with one long exhibit, one withdrawn, and facts in three groups."""
    give_password(cast.handler)
    exhibit = add(
        cast,
        case,
        name="涉案即时通讯群组及频道公开个人信息网页截图、服务器访问日志数据库镜像提取件",
        file="extraction-of-the-server-log-and-the-database-image-2026-03-02.pdf",
        pages=120,
        original=False,
        copy_reason="原始介质不便提取",
        copy_process="只读镜像，原件存于某科技有限公司机房",
    )
    second = add(cast, case, confidential=True)
    services.withdraw_exhibit(actor=cast.handler, exhibit=second, reason="来源存疑")
    for group, exhibits in (("act", [exhibit]), ("harm", [exhibit]), ("fault", [])):
        services.state_fact(
            actor=cast.handler,
            case=case,
            group=group,
            text="公开八百余人的姓名、身份证号码、住址等个人信息一千二百余条。",
            exhibits=exhibits,
            page="第12至14页",
            strength="partial" if group == "harm" else "direct",
        )
    return case


@pytest.mark.slow
def test_a_case_full_of_exhibits_is_accessible_and_keeps_its_policy(site, page, cast, full):
    cast.handler.language = LONGER_WORDS
    cast.handler.save()
    site.set_clock(datetime.combine(TODAY.date(), TODAY.time(), tzinfo=BEIJING))
    site.login(page, cast.handler.username)
    for address in (
        reverse("exhibit_matrix", args=[full.key]),
        reverse("exhibit_detail", args=[full.key, 1]),
        reverse("exhibit_detail", args=[full.key, 2]),
        reverse("fact_groups", args=[full.key]),
    ):
        assert page.goto(f"{site.url}{address}").status == 200, address
        check_page(page)


def test_a_file_is_added_through_the_form_and_too_large_ones_are_named_before(
    site, page, cast, full, tmp_path
):
    site.set_clock(datetime.combine(TODAY.date(), TODAY.time(), tzinfo=BEIJING))
    site.login(page, cast.handler.username)
    page.goto(f"{site.url}{reverse('exhibit_create', args=[full.key])}")
    file = tmp_path / "日志.txt"
    file.write_text("日志", encoding="utf-8")
    page.set_input_files("input[name=uploads]", str(file))
    assert "日志.txt" in page.inner_text("[data-upload-list]")
    page.select_option("select[name=kind]", "electronic")
    page.fill("input[name=source]", "举报人提交")
    page.fill("input[name=obtained_on]", "2026-03-02")
    page.check("input[name=original]")
    page.click("main .sticky button.primary")
    page.wait_for_url(lambda address: address.endswith("/exhibits/"))
    assert "E-0003" in page.inner_text("main table")
