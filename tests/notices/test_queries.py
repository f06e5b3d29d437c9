"""Every list of the room asks the database the same number of questions, however many rows there are."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from notices import services
from notices.catalogue import TYPES, Numbering
from notices.services.registering import Filing
from tests.notices.batches import cases_of
from tests.notices.matters import filing_of, issue, upload
from tests.notices.serving import confirm, end, party_of, send, try_it
from tests.support.api import API

pytestmark = pytest.mark.django_db
# Of lists that have no test of their own beside what they list.
PAGES = (
    "document_list",
    "service_list",
    "number_register",
    "number_settings",
    "document_begin",
)
OF_A_CASE = ("document_list", "document_create", "service_list")
NUMBERED = [code for code, kind in TYPES.items() if kind.numbering is Numbering.WORD]
ENDPOINTS = (
    "documents",
    "services",
    "address-confirmations",
    "document-numbers",
    "number-series",
    "number-patterns",
)


class Office:
    """A case with documents, services, forms and numbers, to which more of all of them can be added."""

    def __init__(self, cast, case, issued):
        self.cast, self.case, self.issued, self.rounds = cast, case, issued, 0

    def grow(self) -> None:
        """Add one row to every list."""
        self.rounds += 1
        name, cast, case = f"第{self.rounds}公司", self.cast, self.case
        party = party_of(cast, case, name=name)
        confirm(cast, party)
        mail = send(cast, self.issued, method="postal", party=party)
        try_it(cast, mail, 2026, 6, 24, 9)
        end(cast, mail)
        letter = {"code": "D-75", "number": f"江云检发〔2026〕{self.rounds}号"}
        services.register_document(
            actor=cast.clerk,
            matter=case,
            filing=filing_of(**letter, signer=cast.chief),
            upload=upload(),
        )
        year = 2026 + self.rounds
        services.set_first_number(actor=cast.chief, code="D-06", year=year, first=self.rounds)
        services.set_pattern(
            actor=cast.chief,
            code=NUMBERED[self.rounds],
            track="民公",
            type="甲",
            template="{office}检{track}{type}〔{yyyy}〕{n}号",
        )
        cases_of(cast, 1)
        for form in ("D-22", "D-25"):
            filing = Filing(code=form, signed_day=date(2026, 6, 24))
            services.register_document(
                actor=cast.clerk, matter=case, filing=filing, upload=upload()
            )


@pytest.fixture
def office(cast, case, decision):
    return Office(cast, case, issue(cast, decision))


def asked(client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200, address
    return len(captured)


def dearer(client, office, addresses) -> dict[str, tuple[int, int]]:
    """Return the addresses that ask more once every list has three rows more, with both numbers."""
    office.grow()
    for address in addresses:
        asked(client, address)  # what is loaded once
    before = {address: asked(client, address) for address in addresses}
    for _round in range(3):
        office.grow()
    after = {address: asked(client, address) for address in addresses}
    return {name: (before[name], after[name]) for name in addresses if after[name] > before[name]}


def test_no_page_that_lists_asks_more_for_more_rows(client, cast, office):
    office.grow()
    kept = cast.chief
    of_the_keeper = [reverse(name) for name in ("number_register", "number_settings")]
    client.force_login(kept)
    assert dearer(client, office, of_the_keeper) == {}
    client.force_login(cast.clerk)
    pages = [reverse(name) for name in PAGES if name != "number_settings"]
    pages += [reverse(name, args=[office.case.key]) for name in OF_A_CASE]
    pages += [reverse("document_detail", args=[office.issued.pk])]
    assert dearer(client, office, pages) == {}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_no_endpoint_that_lists_asks_more_for_more_rows(client, cast, office, endpoint):
    keeps = endpoint.startswith("number-")
    client.force_login(cast.chief if keeps else cast.clerk)
    assert dearer(client, office, [f"{API}/{endpoint}/"]) == {}
