"""From the letter on the desk to the event of the case, in a real browser."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from django.urls import reverse

from audit.clock import BEIJING
from cases.models import Event
from exchange.models import Paper
from tests.exchange.conftest import REPLY, register
from tests.support.browser import LONGER_WORDS, check_page, give_password

pytestmark = pytest.mark.browser
NOW = datetime(2026, 3, 10, 10, tzinfo=BEIJING)


def let_in(site, page, person, language=""):
    give_password(person)
    if language:
        person.language = language
        person.save(update_fields=["language"])
    page.context.clear_cookies()
    site.set_clock(NOW)
    site.login(page, person.username)


def enter_reply(site, page, tmp_path):
    """Register the reply that lies on the desk, without saying to which case it belongs."""
    scan = tmp_path / "复函.txt"
    scan.write_text("本会不提起诉讼。", encoding="utf-8")
    page.goto(f"{site.url}{reverse('paper_create')}")
    page.select_option("select[name=medium]", "email")
    page.fill("input[name=correspondent]", "江州市消费者权益保护委员会")
    page.fill("input[name=subject]", "关于公告的复函")
    page.fill("input[name=day]", "2026-03-09")
    page.fill("input[name=time]", "19:40")
    page.set_input_files("input[name=uploads]", str(scan))
    page.click("main .sticky button.primary")
    page.wait_for_url(lambda address: not address.endswith("/new/"))


@pytest.mark.slow
def test_a_letter_is_registered_linked_and_made_an_event(site, page, cast, case, tmp_path):
    let_in(site, page, cast.intake)
    enter_reply(site, page, tmp_path)
    paper = Paper.objects.get()
    let_in(site, page, cast.handler)
    page.goto(site.url)
    page.click(f"main a[href='{paper.get_absolute_url()}']")
    page.click(f"main a[href='{reverse('paper_link', args=[paper.pk])}']")
    page.fill("input[name=matter]", case.key)
    page.click("main .sticky button.primary")
    page.click(f"main a[href='{reverse('paper_event', args=[paper.pk])}']")
    page.click("main a[href*='/transitions/T13/']")
    assert page.input_value("input[name=legal_day]") == "2026-03-09"
    page.check(f"input[name=replier][value={REPLY['replier']}]")
    page.check(f"input[name=intention][value={REPLY['intention']}]")
    assert page.input_value("input[name=name]") == REPLY["name"]
    assert page.input_value("textarea[name=content]") == "关于公告的复函"
    page.fill("textarea[name=content]", REPLY["content"])
    page.click("main .sticky button.primary")
    page.wait_for_url(f"{site.url}{case.get_absolute_url()}")
    event = Event.objects.get(case=case, kind="announcement_reply")
    assert event.facts["content"] == REPLY["content"]
    page.click(f"main a[href='{paper.get_absolute_url()}']")
    page.wait_for_selector(f"main a[href='{reverse('event_detail', args=[event.pk])}']")


@pytest.mark.slow
def test_the_pages_of_papers_are_accessible_and_keep_their_policy(site, page, cast, case):
    long = "某" * 150
    linked = register(cast.clerk, matter=case, subject=f"关于{long}的复函", correspondent=long)
    waiting = register(cast.intake, day=date(2026, 3, 10), time=time(8, 0))
    let_in(site, page, cast.handler, LONGER_WORDS)
    step = f"{reverse('transition_record', args=[case.key, 'T13'])}?source=paper:{linked.pk}"
    for address in (
        reverse("paper_list"),
        reverse("paper_create"),
        linked.get_absolute_url(),
        reverse("paper_event", args=[linked.pk]),
        reverse("paper_event", args=[waiting.pk]),
        reverse("paper_link", args=[waiting.pk]),
        reverse("paper_close", args=[waiting.pk]),
        step,
        case.get_absolute_url(),
    ):
        assert page.goto(f"{site.url}{address}").status == 200, address
        check_page(page)
