"""Every address of the browser, tried by everybody who should find nothing there (safety E1, E2).

The addresses come from the resolver: an address nobody declared in `tests/procuracy/house.py` (what of a
matter it shows) or in `CELLS` below (what each person gets) fails here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cases.models import Case, Event, Proposal
from notices.models import Document
from tests.procuracy.house import Address, House
from tests.support.browser import give_password
from tests.support.people import Cast

pytestmark = pytest.mark.slow

PERSONS = ("stranger", "recused", "auditor", "system_administrator", "security_administrator")
# What belongs to no matter: GET | POST without a field, for each of PERSONS; one number for all alike.
# 302 after a POST is the act done; 405 a method that does not exist; 404 is the answer of a wall.
CELLS = """
/                                              | 200                 | 405
search/                                        | 200                 | 405
help/                                          | 200                 | 405
styleguide/                                    | 200                 | 405
theme/                                         | 405                 | 302
healthz                                        | 200                 | 405
readyz                                         | 200                 | 405
metrics                                        | 404                 | 405
audit/                                         | 404 404 200 404 200 | 405
audit/verification/                            | 405                 | 404 404 302 404 302
audit/<int:pk>/                                | 404 404 200 404 200 | 405
login/                                         | 302                 | 302
logout/                                        | 200                 | 302
reauthenticate/                                | 200                 | 200
language/                                      | 405                 | 302
me/                                            | 200                 | 400
me/password/                                   | 200                 | 400
me/sessions/                                   | 200                 | 405
me/sessions/end/                               | 200                 | 302
me/sessions/<int:pk>/end/                      | 404                 | 404
me/delegations/new/                            | 404                 | 404
me/reminders/                                  | 200                 | 400
me/absences/new/                               | 200 200 404 404 404 | 400 400 404 404 404
absences/<int:pk>/end/                         | 404                 | 404
approval-routes/                               | 404                 | 404
approval-routes/<str:code>/                    | 404                 | 404
offices/                                       | 200                 | 405
offices/new/                                   | 404 404 404 200 404 | 404 404 404 400 404
offices/<int:pk>/                              | 404 200 200 200 200 | 404 405 405 405 405
offices/<int:pk>/change/                       | 404 404 404 200 404 | 404 404 404 400 404
offices/<int:pk>/close/                        | 404 404 404 200 404 | 404 404 404 400 404
offices/<int:pk>/departments/new/              | 404 404 404 200 404 | 404 404 404 400 404
offices/<int:pk>/departments/<int:department>/ | 404 404 404 200 404 | 404 404 404 400 404
people/                                        | 200                 | 405
people/new/                                    | 404 404 404 200 404 | 404 404 404 400 404
people/<int:pk>/                               | 404 200 200 200 200 | 404 405 405 405 405
people/<int:pk>/change/                        | 404 404 404 200 404 | 404 404 404 400 404
people/<int:pk>/deactivate/                    | 404 404 404 200 404 | 404 404 404 400 404
people/<int:pk>/activate/                      | 404 404 404 200 404 | 404 404 404 400 404
people/<int:pk>/password/                      | 404 404 404 200 404 | 404 404 404 200 404
people/<int:pk>/unlock/                        | 404 404 404 200 404 | 404 404 404 302 404
people/<int:pk>/sessions/end/                  | 404 404 404 200 200 | 404 404 404 302 302
people/<int:pk>/sessions/<int:session>/end/    | 404 404 404 200 200 | 404 404 404 302 302
people/<int:pk>/roles/new/                     | 404 404 404 404 200 | 404 404 404 404 400
people/<int:pk>/roles/<int:grant>/revoke/      | 404 404 404 404 200 | 404 404 404 404 400
people/<int:pk>/delegations/new/               | 404 404 404 200 404 | 404 404 404 400 404
people/<int:pk>/absences/new/                  | 404                 | 404
delegations/<int:pk>/revoke/                   | 404 404 404 200 404 | 404 404 404 302 404
signing/                                       | 404                 | 404
signing/new/                                   | 404                 | 404
signing/<int:pk>/revoke/                       | 404                 | 404
leads/                                         | 200                 | 405
leads/new/                                     | 200 200 409 409 409 | 400 400 409 409 409
leads/export/                                  | 200                 | 405
leads/columns/                                 | 200                 | 400
leads/assign/                                  | 404                 | 404
leads/label/                                   | 200 200 404 404 404 | 400 400 404 404 404
leads/filters/                                 | 405                 | 302
leads/filters/<int:pk>/change/                 | 404                 | 404
leads/filters/<int:pk>/delete/                 | 405                 | 404
proposals/                                     | 200                 | 405
cases/                                         | 200                 | 405
cases/export/                                  | 200                 | 405
cases/columns/                                 | 200                 | 400
cases/assign/                                  | 404                 | 404
cases/label/                                   | 200 200 404 404 404 | 400 400 404 404 404
tags/                                          | 200 200 404 404 404 | 405 405 404 404 404
tags/new/                                      | 404                 | 404
tags/<int:pk>/change/                          | 404                 | 404
cases/filters/                                 | 405                 | 302
cases/filters/<int:pk>/change/                 | 404                 | 404
cases/filters/<int:pk>/delete/                 | 405                 | 404
assignment/                                    | 404                 | 404
assignment/hand-over/                          | 404                 | 404
assignment/load/                               | 404                 | 404
assignment/load/<int:pk>/tasks/                | 404                 | 404
assignment/load/points/                        | 404                 | 404
running-cases/                                 | 200 200 404 404 404 | 405 405 404 404 404
running-cases/new/                             | 200 200 404 404 404 | 400 400 404 404 404
running-cases/import/                          | 200 200 404 404 404 | 400 400 404 404 404
running-cases/template/                        | 200 200 404 404 404 | 405 405 404 404 404
running-cases/<int:pk>/                        | 404                 | 404
running-cases/<int:pk>/ask/                    | 404                 | 404
running-cases/<int:pk>/decide/                 | 404                 | 404
transfers/                                     | 404                 | 404
transfers/<int:pk>/acknowledge/                | 404                 | 404
courts/                                        | 200                 | 405
courts/new/                                    | 404 404 404 200 404 | 404 404 404 400 404
courts/<int:pk>/change/                        | 404 404 404 200 404 | 404 404 404 400 404
courts/<int:pk>/close/                         | 404 404 404 200 404 | 404 404 404 400 404
eligible-subjects/                             | 200                 | 405
eligible-subjects/new/                         | 404 404 404 200 404 | 404 404 404 400 404
eligible-subjects/<int:pk>/change/             | 404 404 404 200 404 | 404 404 404 400 404
eligible-subjects/<int:pk>/close/              | 404 404 404 200 404 | 404 404 404 400 404
deadlines/                                     | 200                 | 405
deadlines/export/                              | 200                 | 405
deadlines/filters/                             | 405                 | 302
deadlines/filters/<int:pk>/change/             | 404                 | 404
deadlines/filters/<int:pk>/delete/             | 405                 | 404
deadlines/weeks/                               | 200                 | 405
deadlines/idle/                                | 200                 | 405
deadlines/idle/days/                           | 405                 | 404
deadlines/calculator/                          | 200                 | 405
deadlines/planner/                             | 200                 | 405
deadlines/periods/                             | 200                 | 405
deadlines/calendar/                            | 200                 | 405
deadlines/register/                            | 200                 | 302
deadlines/register/pdf/                        | 200                 | 405
deadlines/confirmations/                       | 404                 | 404
deadlines/calendar/publish/                    | 404 404 404 200 404 | 404 404 404 400 404
deadlines/own-periods/                         | 200                 | 405
deadlines/own-periods/new/                     | 404                 | 404
deadlines/own-periods/<int:pk>/end/            | 404                 | 404
deadlines/calendar/<int:year>/                 | 200                 | 405
me/calendars/                                  | 200                 | 400
me/calendars/<int:pk>/revoke/                  | 405                 | 404
feeds/<feed_token:digest>.ics                  | 404                 | 405
leads/report/months/                           | 200                 | 405
notifications/                                 | 200                 | 405
notifications/read/                            | 405                 | 302
notifications/<int:pk>/read/                   | 405                 | 404
documents/                                     | 200                 | 405
exhibits/                                      | 200                 | 405
obligations/                                   | 200                 | 405
recommendations/                               | 200                 | 405
recommendations/register/                      | 200                 | 405
recommendations/register/export/               | 200                 | 405
recommendations/figures/                       | 200                 | 405
recommendations/figures/export/                | 200                 | 405
recommendations/guide/                         | 200                 | 405
governance/                                    | 200                 | 405
statistics/                                    | 200 200 200 404 404 | 405 405 405 404 404
statistics/export/                             | 200 200 200 404 404 | 405 405 405 404 404
statistics/blocks/<slug:block>/export/         | 200 200 200 404 404 | 405 405 405 404 404
statistics/figures/<str:figure>/               | 200 200 200 404 404 | 405 405 405 404 404
documents/new/                                 | 200                 | 405
documents/batches/                             | 200                 | 405
documents/batches/new/                         | 200                 | 200
documents/fonts/                               | 200                 | 405
documents/types/                               | 200                 | 405
services/                                      | 200                 | 405
papers/                                        | 200                 | 405
papers/new/                                    | 200 200 409 409 409 | 400 400 409 409 409
numbers/                                       | 200 200 404 404 404 | 405
numbers/settings/                              | 404                 | 404
bodies/                                        | 200 200 404 404 404 | 405 405 404 404 404
bodies/new/                                    | 200 200 404 404 404 | 400 400 404 404 404
bodies/duplicates/                             | 200 200 404 404 404 | 405 405 404 404 404
bodies/import/                                 | 200 200 404 404 404 | 400 400 404 404 404
bodies/import/enter/                           | 405 405 404 404 404 | 400 400 404 404 404
bodies/template/                               | 200 200 404 404 404 | 405 405 404 404 404
bodies/<int:pk>/                               | 200 200 404 404 404 | 405 405 404 404 404
bodies/<int:pk>/change/                        | 200 200 404 404 404 | 400 400 404 404 404
bodies/<int:pk>/merge/                         | 200 200 404 404 404 | 400 400 404 404 404
"""
# Open to nobody in particular; everything else asks for the login.
PUBLIC = {
    *("login/", "theme/", "language/", "healthz", "readyz", "metrics"),
    "feeds/<feed_token:digest>.ics",
}
METHODS = ("get", "post")


def _cells() -> dict[str, dict[str, list[int]]]:
    table = {}
    for line in CELLS.strip().splitlines():
        path, *columns = (part.strip() for part in line.split("|"))
        numbers = [[int(number) for number in column.split()] for column in columns]
        wide = [row * len(PERSONS) if len(row) == 1 else row for row in numbers]
        table["" if path == "/" else path] = dict(zip(METHODS, wide, strict=True))
    return table


DECLARED = _cells()


@pytest.fixture
def cast(furniture) -> Cast:
    return furniture.cast


@pytest.fixture
def house(cast) -> House:
    return House(cast)


class Visitor:
    """Somebody who tries addresses; whatever a try does is undone after it."""

    def __init__(self, person=None) -> None:
        self.client = Client()
        if person is not None:
            give_password(person)
            self.client.force_login(person)
        self.cookies = self.client.cookies.output()

    def ask(self, method: str, url: str):
        self.client.cookies.load(self.cookies.replace("Set-Cookie: ", ""))
        with transaction.atomic():
            answer = getattr(self.client, method)(url)
            transaction.set_rollback(True)
        return answer


def tries(house: House) -> Iterator[tuple[Address, str]]:
    """Each address with each method."""
    return ((address, method) for address in house.addresses for method in METHODS)


def test_every_address_is_declared_and_nothing_else(house):
    of_no_matter = {address.path for address in house.addresses if not address.of_matter}
    assert of_no_matter == set(DECLARED)
    assert len({address.path for address in house.addresses}) > 130


def test_without_a_login_every_address_leads_to_the_login(house):
    visitor, login = Visitor(), reverse("account_login")
    wrong = []
    for address, method in tries(house):
        answer = visitor.ask(method, address.url)
        led = answer.status_code == HTTPStatus.FOUND and answer["Location"].startswith(login)
        if not (led or answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED):
            wrong.append((address.path, method, answer.status_code))
    assert {path for path, _method, _status in wrong} <= PUBLIC


@pytest.mark.norm("C018")
@pytest.mark.norm("C131")
@pytest.mark.parametrize("person", PERSONS)
def test_every_address_answers_as_declared(cast, house, person):
    visitor = Visitor(getattr(cast, person))
    before = _counted()
    wrong = {
        (address.path, method): (answer, sorted(allowed))
        for address, method in tries(house)
        if (answer := visitor.ask(method, address.url).status_code)
        not in (allowed := _allowed(address, method, person))
    }
    assert wrong == {}
    assert _counted() == before


def _allowed(address: Address, method: str, person: str) -> set[int]:
    if address.of_matter:
        # A wall, or no such method whoever asks.
        return {HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED}
    return {DECLARED[address.path][method][PERSONS.index(person)]}


def _counted() -> list[int]:
    return [model.objects.count() for model in (Event, Proposal, Document)]


def test_of_every_matter_address_one_method_exists_and_answers_the_team(cast, house):
    """So that the 404 of the others is not the 404 of a wrong address; nothing is ever a fault or 403."""
    team = [Visitor(person) for person in (cast.handler, cast.head, cast.clerk, cast.chief)]
    shut = {address.path for address in house.addresses if address.of_matter}
    for address, method in tries(house):
        for visitor in team if address.path in shut else team[:1]:
            status = visitor.ask(method, address.url).status_code
            assert status < 500, (address, method)
            assert status != HTTPStatus.FORBIDDEN, (address, method)
            if address.of_matter and status not in (404, 405):
                shut.discard(address.path)
                break
            if status == HTTPStatus.METHOD_NOT_ALLOWED:
                break  # whoever asks
    assert shut == set()


_TOKEN = re.compile(r"\b[A-Za-z0-9]{64}\b")


def test_what_is_hidden_looks_like_what_does_not_exist(cast, house):
    """The body of the answer of a foreign row is that of a row that never was."""
    visitor = Visitor(cast.stranger)
    case = Case.objects.filter(office=cast.office).earliest("pk")
    proposal = Proposal.objects.earliest("pk")
    document = case.documents.earliest("pk")
    for name, real, never in (
        ("case_detail", case.key, f"{cast.office.code}-2026-09999"),
        ("deadline_matter_list", case.key, f"{cast.office.code}-2026-09999"),
        ("document_detail", document.pk, 987654321),
        ("event_detail", case.events.earliest("pk").pk, 987654321),
        ("proposal_detail", proposal.pk, 987654321),
        ("user_detail", cast.handler.pk, 987654321),
        ("office_detail", cast.office.pk, 987654321),
    ):
        pages = [
            _TOKEN.sub("", visitor.ask("get", url).content.decode()).replace(url, "")
            for url in (reverse(name, args=[real]), reverse(name, args=[never]))
        ]
        assert pages[0] == pages[1], name


def test_a_part_is_not_found_below_another_whole(cast, house):
    """Parts of one case, office or person are reached by no address of another one."""
    case = Case.objects.filter(parties__isnull=False, exhibits__isnull=False).distinct().get()
    other = Case.objects.exclude(pk=case.pk).filter(office=cast.office).earliest("pk")
    link = case.fact_links.earliest("pk")
    grant = cast.handler.role_grants.earliest("pk")
    places = [
        (cast.handler, "party_edit", [other.key, case.parties.earliest("pk").pk]),
        (cast.handler, "party_remove", [other.key, case.parties.earliest("pk").pk]),
        (cast.handler, "exhibit_detail", [other.key, case.exhibits.earliest("pk").number]),
        (cast.handler, "exhibit_download", [other.key, case.exhibits.earliest("pk").number]),
        (cast.handler, "fact_unlink", [other.key, link.pk]),
        (cast.system_administrator, "department_edit", [cast.city_office.pk, cast.department.pk]),
        (cast.system_administrator, "user_session_end", [cast.head.pk, _session(cast)]),
        (cast.security_administrator, "role_grant_revoke", [cast.head.pk, grant.pk]),
    ]
    for person, name, arguments in places:
        visitor, url = Visitor(person), reverse(name, args=arguments)
        answers = {visitor.ask(method, url).status_code for method in METHODS}
        assert 404 in answers, (name, answers)
        assert answers <= {404, 405}, (name, answers)


def _session(cast) -> int:
    return cast.handler.usersession_set.earliest("pk").pk
