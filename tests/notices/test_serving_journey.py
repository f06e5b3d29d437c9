"""A clerk serves two addressees by different ways in a real browser; one refuses, and it is left in."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from audit.clock import BEIJING
from notices.models import Service
from tests.notices.matters import MINIMAL_PDF, issue
from tests.notices.serving import confirm, end, party_of, send
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.days import on

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOW = datetime(2026, 6, 24, 11, tzinfo=BEIJING)
RECEIPT = {"name": "送达回证.pdf", "mimeType": "application/pdf", "buffer": MINIMAL_PDF}
PHOTO = {"name": "留置.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8\xff\xe0photo"}


@pytest.fixture
def decision(committed_db, cast, case):
    """An issued decision, a party with an address and one without."""
    give_password(cast.clerk)
    with on(2026, 6, 24):
        confirm(cast, party_of(cast, case, name="某网络有限公司"), recipient="李法务")
        party_of(cast, case, name="张三", kind="person")
        return issue(cast, case.documents.get(code="D-06"))


def press(page, text):
    """Follow a link or press a button of the page, and wait for what comes."""
    page.locator("main").get_by_role("link", name=text, exact=True).or_(
        page.locator("main").get_by_role("button", name=text, exact=True)
    ).first.click()
    page.wait_for_load_state()


def test_two_are_served_by_different_ways_one_refuses_and_it_is_left_in(
    site, page, cast, case, decision
):
    cast.clerk.language = LONGER_WORDS
    cast.clerk.save()
    site.set_clock(NOW)
    site.login(page, cast.clerk.username)
    page.goto(f"{site.url}{decision.get_absolute_url()}")
    press(page, "Serve several")
    check_page(page)
    page.get_by_label("某网络有限公司").check()
    page.get_by_label("张三").check()
    press(page, "Propose the ways")
    check_page(page)
    methods = [page.locator(f"#id_rows-{row}-method").input_value() for row in (0, 1)]
    assert methods == ["postal", "direct"]
    press(page, "Send to all")
    assert "2 addressees" in page.locator("body").inner_text()
    check_page(page)
    mail, direct = Service.objects.order_by("id")
    _sign(site, page, mail)
    _refuse(site, page, direct)
    press(page, "Choose another method")
    press(page, "Leave-in service")
    page.locator("#id_party").select_option(label="张三")
    press(page, "Send it")
    left = Service.objects.latest("id")
    _leave(site, page, left)
    page.goto(f"{site.url}{reverse('service_list', args=[case.key])}")
    check_page(page)
    assert page.get_by_role("link", name="Certificate of service").count() == 1
    assert case.events.filter(kind="document_served").count() == 2
    assert case.events.filter(kind="service_failed").count() == 1


def _outcome(site, page, service, result):
    page.goto(f"{site.url}{reverse('service_outcome', args=[service.pk])}")
    page.locator(f"input[name=result][value={result}]").check()
    page.fill("input[name=day]", "2026-06-24")
    page.set_input_files("input[name=proof]", RECEIPT)


def _sign(site, page, service):
    _outcome(site, page, service, "served")
    page.select_option("select[name=receiver]", "entity_staff")
    page.fill("input[name=receiver_name]", "前台李某")
    press(page, "Enter the outcome")
    assert page.url.endswith(service.get_absolute_url())


def _refuse(site, page, service):
    _outcome(site, page, service, "refused")
    page.fill("textarea[name=reason]", "拒绝签收，见证人在场。")
    page.fill("input[name=witnesses]", "居委会王某")
    press(page, "Enter the outcome")
    assert "This is no service" in page.locator("main").inner_text()


def _leave(site, page, service):
    _outcome(site, page, service, "served")
    page.fill("input[name=witnesses]", "居委会王某、赵某")
    page.set_input_files("input[name=recording]", PHOTO)
    press(page, "Enter the outcome")
    assert "居委会王某" in page.locator("main").inner_text()
    check_page(page)


def test_the_new_pages_of_service_are_accessible_in_both_languages(
    site, page, cast, case, decision
):
    with on(2026, 6, 24):
        service = send(
            cast, decision, method="postal", party=case.parties.get(name="某网络有限公司")
        )
        end(cast, service)
    site.set_clock(NOW)
    site.login(page, cast.clerk.username)
    for address in (
        reverse("service_list"),
        service.get_absolute_url(),
        decision.get_absolute_url(),
        reverse("service_split", args=[decision.pk]),
        reverse("document_list"),
    ):
        assert page.goto(f"{site.url}{address}").status == 200, address
        check_page(page)
