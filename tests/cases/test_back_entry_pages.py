"""The pages and the API of back-entry: visible on every page of the case, closed to who may not see it."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from django.urls import reverse

from audit import clock
from cases.models import Case
from cases.selectors import back_entry as selectors
from cases.services import back_entry
from cases.states import CaseState
from tests.support import old_cases as old
from tests.support.api import program_of
from tests.support.matters import make_case, stand_aside

pytestmark = pytest.mark.django_db
PAPER = {
    "by_department_head": "head",
    "on_department_head": "2020-07-30",
    "opinion_department_head": "同意。",
    "by_chief": "chief",
    "on_chief": "2020-07-30",
}


@pytest.fixture(autouse=True)
def today():
    with clock.frozen(datetime(2026, 6, 24, 9)):
        yield


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"


@pytest.fixture
def case(cast) -> Case:
    return old.old_case(cast)


def signed(cast) -> dict[str, str]:
    """Return the fields of a paper, with the ids of who signed it."""
    return {
        name: str(getattr(cast, value).pk) if name.startswith("by_") else value
        for name, value in PAPER.items()
    }


@pytest.mark.parametrize(
    "name",
    [
        *("case_detail", "case_parties", "exhibit_list", "document_list", "case_deadlines"),
        *("case_tasks", "case_people", "case_contacts", "case_links", "case_record"),
        *("case_edit", "party_create", "case_rulebook", "recusal_create", "back_entry"),
        *("document_create", "fact_groups", "exhibit_create", "deadline_matter_list"),
    ],
)
def test_the_mode_is_visible_on_every_page_of_the_case(as_user, cast, case, name):
    client = as_user(cast.handler)
    address = reverse(name, args=[case.key])
    assert "Back-entry" in main(client.get(address))
    back_entry.end_back_entry(actor=cast.handler, matter=case)
    assert "no reminder is made" not in main(client.get(address))


def main(answer) -> str:
    """Return the page without the list of further acts, which names the mode anyway."""
    page = answer.content.decode()
    before, _menu, rest = page.partition('<details class="menu">')
    return before + rest.partition("</details>")[2]


def test_from_asking_to_the_end_in_the_browser(as_user, cast):
    case = make_case(cast)
    page = reverse("back_entry", args=[case.key])

    def act(person, name, **data):
        client = as_user(person)
        shown = client.get(page).content.decode()
        assert reverse(name, args=[case.key]) in shown
        answer = client.post(reverse(name, args=[case.key]), data)
        assert answer.status_code == 302, answer.content.decode()

    act(cast.handler, "back_entry_ask", reason=old.REASON)
    act(cast.head, "back_entry_decide", decision="agree")
    assert selectors.is_running(case)
    act(cast.handler, "back_entry_end", reason="")
    assert not selectors.is_running(case)
    shown = as_user(cast.clerk).get(page)
    assert shown.status_code == 404, "the clerk is not in the team"


def test_who_may_not_is_told_so_and_nothing_is_done(as_user, cast):
    case = make_case(cast)
    address = reverse("back_entry_ask", args=[case.key])
    answer = as_user(cast.chief).post(address, {"reason": old.REASON})
    assert answer.status_code == 409
    assert "lead handler" in answer.content.decode()
    assert not case.back_entries.exists()


@pytest.mark.parametrize(
    "name", ["back_entry", "back_entry_ask", "back_entry_decide", "case_rulebook"]
)
def test_a_stranger_and_the_recused_find_nothing(as_user, cast, case, name):
    old.put_team(cast, case, (cast.handler, "lead"), (cast.recused, "handler"))
    stand_aside(cast, case, cast.recused)
    for person in (cast.stranger, cast.recused, cast.auditor):
        assert as_user(person).get(reverse(name, args=[case.key])).status_code == 404


def test_the_announcement_is_entered_from_its_paper_in_the_browser(as_user, cast, case):
    old.close_old_investigation(cast, case)
    old.filed_paper(case, "D-40", cast, old.CLOSED)
    old.filed_paper(case, "D-41", cast, old.CLOSED, number="江云检民公告〔2020〕3号")
    client = as_user(cast.clerk)
    address = reverse("on_paper_record", args=[case.key, "T12"])
    assert address in client.get(reverse("case_detail", args=[case.key])).content.decode()
    assert client.get(address).status_code == 200
    data = old.ANNOUNCEMENT | signed(cast) | {"paper": old.scan(), "proof": old.scan("公告.pdf")}
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.content.decode()
    case.refresh_from_db()
    assert case.state == CaseState.ANNOUNCING
    event = case.events.get(kind="announcement_published")
    shown = client.get(event.proposal.get_absolute_url()).content.decode()
    assert cast.chief.name in shown


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"on_chief": ""}, "on_chief"),
        ({"by_chief": ""}, "by_chief"),
        ({"paper": ""}, "paper"),
        ({"by_department_head": "", "on_department_head": ""}, "by_chief"),
        ({"legal_day": "2026-06-25"}, "legal_day"),
    ],
)
def test_what_is_missing_on_the_paper_is_said_at_its_field(as_user, cast, case, change, field):
    old.close_old_investigation(cast, case)
    data = old.ANNOUNCEMENT | signed(cast) | {"paper": old.scan()} | change
    answer = as_user(cast.handler).post(reverse("on_paper_record", args=[case.key, "T12"]), data)
    assert answer.status_code == 400
    assert field in answer.context["form"].errors
    assert not case.proposals.exists()


def test_a_step_without_approval_has_no_paper_page(as_user, cast, case):
    assert (
        as_user(cast.handler).get(reverse("on_paper_record", args=[case.key, "T08"])).status_code
        == 404
    )


def test_the_list_of_cases_marks_and_filters_it(as_user, cast, case):
    other = make_case(cast, title="另一案")
    client, address = as_user(cast.handler), reverse("case_list")
    assert client.get(address).content.decode().count("Back-entry</span>") == 1
    for value, shown, hidden in (("yes", case, other), ("no", other, case)):
        page = client.get(address, {"back_entry": value}).content.decode()
        assert (shown.key in page, hidden.key in page) == (True, False)


@pytest.mark.norm("C143")
def test_the_page_of_the_rulebook_tells_the_decision_and_takes_another(as_user, cast, case):
    page = reverse("case_rulebook", args=[case.key])
    shown = as_user(cast.handler).get(page).content.decode()
    assert "By decision." in shown
    assert cast.head.name in shown
    other = make_case(cast)
    Case.objects.filter(pk=other.pk).update(rulebook="")
    data = {"version": "2021-07-01", "reason": "立案时施行。"}
    address = reverse("case_rulebook", args=[other.key])
    assert as_user(cast.handler).post(address, data).status_code == 409
    shown = as_user(cast.head).post(address, data)
    assert shown.status_code == 200
    data["digest"] = shown.context["outcome"].digest
    assert as_user(cast.head).post(address, data).status_code == 302
    other.refresh_from_db()
    assert other.rulebook == "2021-07-01"


def test_the_api_asks_decides_and_ends(cast):
    case = make_case(cast)
    handler, head = program_of(cast.handler), program_of(cast.head)
    path = f"cases/{case.key}/back-entry/"
    asked = handler.send(path, {"reason": old.REASON})
    assert (asked.status_code, asked.json()["status"]) == (201, "asked")
    assert handler.send(f"{path}decide/", {"decision": "agree"}).status_code == 409
    assert head.send(f"{path}decide/", {"decision": "agree"}).json()["status"] == "running"
    assert handler.ask(f"cases/{case.key}/")["back_entry"] == "running"
    assert [row["key"] for row in handler.ask("cases/", back_entry="true")["results"]] == [case.key]
    assert handler.send(f"{path}end/", {}).json()["status"] == "ended"
    assert handler.ask(f"cases/{case.key}/")["back_entry"] == ""
    assert [row["status"] for row in handler.ask(path)["results"]] == ["ended"]
    assert program_of(cast.stranger).send(path, {"reason": "x"}).status_code == 404


def test_the_api_enters_a_step_from_its_paper(cast):
    lead = old.old_lead(cast)
    old.filed_paper(lead, "D-05", cast, old.FILED)
    days = {"on_department_head": "2020-06-15", "on_chief": "2020-06-15"}
    facts = old.FILING | signed(cast) | days
    body = {"transition": "T06", "facts": json.dumps(facts), "paper": old.scan()}
    path = f"leads/{lead.key}/on-paper/"
    assert program_of(cast.stranger).send(path, body, format="multipart").status_code == 404
    answer = program_of(cast.handler).send(path, body | {"paper": old.scan()}, format="multipart")
    assert answer.status_code == 201, answer.content.decode()
    assert answer.json()["legal_day"] == "2020-06-15"
    assert Case.objects.get(lead=lead).filed_on == old.FILED
