"""The pages of service in a real browser: accessible, within the policy, in the longer language too."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.urls import reverse

from audit.clock import BEIJING
from tests.notices.matters import issue
from tests.notices.serving import confirm, end, send, try_it
from tests.support.browser import LONGER_WORDS, check_page, give_password
from tests.support.days import on

pytestmark = [pytest.mark.browser, pytest.mark.slow]
NOW = datetime(2026, 6, 24, 11, tzinfo=BEIJING)


@pytest.fixture
def addresses(committed_db, cast, case):
    """Every page of service: under way, failed, declared before a people's supervisor."""
    give_password(cast.clerk)
    with on(2026, 6, 24):
        decision = issue(cast, case.documents.get(code="D-06"))
        party = case.parties.earliest("pk")
        form = {"electronic_consent": True, "electronic_address": "a@example.cn"}
        confirm(cast, party, recipient="李法务", **form)
        returned = send(cast, decision, method="postal", party=party, consignment="EM123456789CN")
        try_it(cast, returned, 2026, 6, 24, 8, telephoned=True, note="门卫称已搬离")
        end(cast, returned, "returned")
        under_way = send(cast, decision, method="electronic", party=party)
        served = send(cast, decision, name="某区网信办")
        said = {"participant_name": "孙某", "participant_role": "人民监督员"}
        end(cast, served, declared=True, **said)
    begin = reverse("service_create", args=[decision.pk])
    acts = [reverse(f"service_{name}", args=[under_way.pk]) for name in ("attempt", "outcome")]
    details = [row.get_absolute_url() for row in (returned, under_way, served)]
    places = [reverse("service_list", args=[case.key]), begin, f"{begin}?method=postal"]
    places += [reverse("party_addresses", args=[case.key, party.pk])]
    return [*details, *acts, *places, decision.get_absolute_url()]


@pytest.mark.parametrize("language", ["zh-hans", LONGER_WORDS])
def test_the_pages_of_service_are_accessible_and_keep_the_policy(
    site, page, cast, addresses, language
):
    cast.clerk.language = language
    cast.clerk.save()
    site.set_clock(NOW)
    site.login(page, cast.clerk.username)
    for address in addresses:
        assert page.goto(f"{site.url}{address}").status == 200, address
        check_page(page)
