"""The pages and the API of the register: what they show, take, refuse and hide."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange import services
from exchange.models import Paper
from procuracy.search import search
from tests.exchange.conftest import register
from tests.support.api import program_of
from tests.support.matters import upload

pytestmark = pytest.mark.django_db
PAGE, API = "/papers/", "/api/v1/papers/"
TYPED = {
    "direction": "in",
    "medium": "post",
    "correspondent": "杭州互联网法院",
    "subject": "受理通知书",
    "their_number": "（2026）浙0192民初1号",
    "day": "2026-03-10",
    "time": "9:05",
}


def typed(**changes):
    return TYPED | {"uploads": upload("通知书.txt")} | changes


@pytest.fixture
def papers(cast, case):
    """A reply to the case by e-mail, an unlinked letter, something sent, and something closed."""
    reply = register(cast.clerk, matter=case)
    letter = register(cast.intake, medium="post", subject="群众来信", correspondent="赵某")
    sent = register(cast.handler, direction="out", time=None, subject="调取证据函", matter=case)
    wrong = register(cast.clerk, subject="广告", their_number="")
    services.close_paper(actor=cast.clerk, paper=wrong, reason="与办案无关")
    return reply, letter, sent, wrong


# --- registering ---------------------------------------------------------------------------------------


def test_the_clerk_registers_a_paper_and_lands_on_its_page(cast, case, as_user):
    client = as_user(cast.clerk)
    panel = client.get(case.get_absolute_url()).content.decode()
    address = f"{reverse('paper_create')}?matter={case.key}"
    assert address in panel
    assert f'value="{case.key}"' in client.get(address).content.decode()
    answer = client.post(address, typed(matter=case.key.lower()))
    paper = Paper.objects.get()
    assert answer["Location"] == paper.get_absolute_url()
    assert (paper.case, paper.number) == (case, "收2026-00001")
    assert "受理通知书" in client.get(case.get_absolute_url()).content.decode()


def test_what_was_typed_wrong_is_said_at_its_field_and_stays(cast, as_user):
    client = as_user(cast.clerk)
    for wrong, field in (
        ({"day": "2026-03-11"}, "day"),
        ({"time": "25:00"}, "time"),
        ({"time": ""}, "time"),
        ({"direction": "out"}, "time"),
        ({"medium": ""}, "medium"),
        ({"uploads": ""}, "uploads"),
        ({"matter": "330106-2026-99999"}, "matter"),
        ({"matter": "§"}, "matter"),
        ({"subject": "x" * 301}, "subject"),
    ):
        answer = client.post(reverse("paper_create"), typed(**wrong))
        assert answer.status_code == 400, wrong
        assert list(answer.context["form"].errors) == [field], wrong
        assert "杭州互联网法院" in answer.content.decode()
    assert not Paper.objects.exists()


def test_who_registers_no_papers_is_told_who_does(cast, as_user):
    client = as_user(cast.head)
    assert client.get(reverse("paper_create")).status_code == 409
    assert reverse("paper_create") not in client.get(PAGE).content.decode()


def test_an_unlinked_paper_waits_in_the_inbox_until_it_is_linked(cast, case, as_user):
    paper = register(cast.intake)
    for person in (cast.intake, cast.colleague, cast.case_manager):
        assert paper.get_absolute_url() in as_user(person).get("/").content.decode()
    assert paper.get_absolute_url() not in as_user(cast.head).get("/").content.decode()
    client = as_user(cast.handler)
    link = reverse("paper_link", args=[paper.pk])
    assert link in client.get(paper.get_absolute_url()).content.decode()
    assert client.post(link, {"matter": "330106-2026-99999"}).status_code == 400
    assert client.post(link, {"matter": f" {case.key} "}).status_code == 302
    assert paper.get_absolute_url() not in client.get("/").content.decode()
    assert client.get(link).status_code == 409
    assert as_user(cast.intake).get(paper.get_absolute_url()).status_code == 404


def test_a_paper_is_closed_with_a_reason_and_stays_in_the_register(cast, as_user):
    paper, client = register(cast.intake), as_user(cast.clerk)
    address = reverse("paper_close", args=[paper.pk])
    assert client.post(address, {"reason": " "}).status_code == 400
    assert client.post(address, {"reason": "与办案无关"}).status_code == 302
    page = client.get(paper.get_absolute_url()).content.decode()
    assert "与办案无关" in page
    assert address not in page
    assert client.get(address).status_code == 409
    assert paper.number in client.get(PAGE).content.decode()


def test_a_file_is_saved_and_never_shown(cast, paper, as_user):
    file = paper.files.get()
    answer = as_user(cast.handler).get(reverse("paper_file", args=[paper.pk, file.pk]))
    assert b"".join(answer.streaming_content) == "复函.txt".encode()
    assert answer["Content-Disposition"].startswith("attachment")
    other = register(cast.clerk)
    wrong = reverse("paper_file", args=[other.pk, file.pk])
    assert as_user(cast.handler).get(wrong).status_code == 404


@pytest.mark.parametrize("name", ["stranger", "superior_handler", "auditor", "colleague"])
def test_for_whoever_does_not_see_the_matter_the_paper_does_not_exist(cast, paper, as_user, name):
    client, file = as_user(getattr(cast, name)), paper.files.get()
    for page in ("paper_detail", "paper_link", "paper_close", "paper_event"):
        assert client.get(reverse(page, args=[paper.pk])).status_code == 404, page
    assert client.post(reverse("paper_close", args=[paper.pk]), {"reason": "x"}).status_code == 404
    assert client.get(reverse("paper_file", args=[paper.pk, file.pk])).status_code == 404
    assert paper.subject not in client.get(PAGE).content.decode()


def test_an_unlinked_paper_of_another_office_does_not_exist(cast, as_user):
    foreign = register(cast.stranger)
    assert as_user(cast.clerk).get(foreign.get_absolute_url()).status_code == 404
    assert program_of(cast.clerk).get(f"{API}{foreign.pk}/").status_code == 404


# --- list and search -------------------------------------------------------------------------------------


def found(client, **query):
    answer, page = client.get(API, query), client.get(PAGE, query)
    assert answer.status_code == 200, answer.content
    by_program = [row["id"] for row in answer.json()["results"]]
    assert by_program == [row.pk for row in page.context["page"].items]
    return [Paper.objects.get(pk=pk) for pk in by_program]


def test_the_register_is_narrowed_by_direction_medium_state_link_matter_and_words(
    cast, case, papers, as_user
):
    reply, letter, sent, wrong = papers
    client = as_user(cast.handler)
    assert found(client) == [wrong, sent, letter, reply]
    assert found(client, direction="out") == [sent]
    assert found(client, medium="post") == [letter]
    assert found(client, state="closed") == [wrong]
    assert found(client, state="open", linked="unlinked") == [letter]
    assert found(client, linked="linked") == [sent, reply]
    assert found(client, matter=case.key.lower()) == [sent, reply]
    assert found(client, q="群众") == found(client, q="赵某") == [letter]
    assert found(client, q="江消函〔2026〕3号", linked="linked") == [sent, reply]
    assert found(client, q=wrong.number) == [wrong]


@pytest.mark.parametrize("query", [{"medium": "pigeon"}, {"direction": "x"}, {"state": "lost"}])
def test_a_filter_that_makes_no_sense_is_refused_with_a_sentence(cast, as_user, query):
    client = as_user(cast.handler)
    page = client.get(PAGE, query)
    assert (page.status_code, 'role="alert"' in page.content.decode()) == (400, True)
    assert client.get(API, query).json()["errors"].keys() == query.keys()


def test_the_register_goes_on_page_by_page(cast, papers, as_user, monkeypatch):
    monkeypatch.setattr("exchange.views.PAGE_SIZE", 3)
    client = as_user(cast.handler)
    first = client.get(PAGE).context["page"]
    second = client.get(PAGE, {"after": first.next}).context["page"]
    assert [row.pk for row in (*first.items, *second.items)] == [p.pk for p in papers[::-1]]
    assert client.get(PAGE, {"after": "spoilt"}).status_code == 400


@pytest.mark.parametrize("path", [PAGE, API])
def test_the_register_costs_the_same_for_one_and_for_many(cast, case, as_user, path):
    client = as_user(cast.handler)
    register(cast.clerk, matter=case)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for _number in range(8):
        register(cast.clerk, matter=case, files=[upload("一.txt"), upload("二.txt")])
    with CaptureQueriesContext(connection) as many:
        assert client.get(path).status_code == 200
    assert len(many) == len(one)


def test_the_search_finds_a_paper_by_subject_correspondent_and_numbers(cast, papers):
    letter = papers[1]
    for words in ("群众来信", "赵某", letter.number):
        links = [row.link for group in search(cast.handler, words) for row in group.rows]
        assert links == [letter.get_absolute_url()], words
    assert [group for group in search(cast.stranger, "群众来信") if group.rows] == []


# --- API -------------------------------------------------------------------------------------------------


def test_a_program_registers_links_reads_and_closes(cast, case):
    program = program_of(cast.clerk)
    made = program.send("papers/", typed(), format="multipart")
    assert made.status_code == 201, made.content
    paper = made.json()
    assert (paper["number"], paper["received_at"], paper["matter"]) == (
        "收2026-00001",
        "2026-03-10T09:05:00+08:00",
        "",
    )
    linked = program.send(f"papers/{paper['id']}/link/", {"matter": case.key})
    assert (linked.status_code, linked.json()["matter"]) == (200, case.key)
    assert program.send(f"papers/{paper['id']}/link/", {"matter": case.key}).status_code == 409
    (file,) = paper["files"]
    content = program.get(f"{API}{paper['id']}/files/{file['id']}/")
    assert b"".join(content.streaming_content) == "通知书.txt".encode()
    assert program.send(f"papers/{paper['id']}/close/", {}).status_code == 400
    closed = program.send(f"papers/{paper['id']}/close/", {"reason": "重复"})
    assert (closed.status_code, closed.json()["closed_reason"]) == (200, "重复")
    assert program.ask(f"papers/{paper['id']}/")["closed_by"]["name"] == cast.clerk.name


def test_a_program_is_refused_in_sentences(cast, case):
    program = program_of(cast.clerk)
    for wrong, field in (
        ({"time": ""}, "time"),
        ({"day": "tomorrow"}, "day"),
        ({"matter": "330106-2026-99999"}, "matter"),
    ):
        reply = program.send("papers/", typed(**wrong), format="multipart")
        assert (reply.status_code, list(reply.json()["errors"])) == (400, [field])
    refused = program_of(cast.head).send("papers/", typed(), format="multipart")
    assert (refused.status_code, refused.json()["code"]) == (409, "wrong_role")
    assert not Paper.objects.exists()


def test_no_request_sets_what_follows_from_the_register(cast, case):
    """Number, office, author, instant and event are never taken from a request."""
    hostile = {
        "id": 7, "number": "收2026-09999", "serial": 99, "year": 1999, "office": cast.other_office.pk,
        "registered_by": cast.stranger.pk, "registered_at": "2020-01-01", "closed_by": cast.stranger.pk,
        "closed_reason": "x", "closed_at": "2020-01-01", "event": 1, "case": 1, "lead": 1,
        "received_at": "2020-01-01T00:00Z",
    }  # fmt: skip
    program = program_of(cast.clerk)
    reply = program.send("papers/", typed(**hostile), format="multipart")
    paper = Paper.objects.get(pk=reply.json()["id"])
    assert (paper.number, paper.office, paper.registered_by) == (
        "收2026-00001",
        cast.office,
        cast.clerk,
    )
    assert (paper.standing, paper.day.isoformat()) == ("waiting", "2026-03-10")
    program.send(f"papers/{paper.pk}/link/", hostile | {"matter": case.key})
    program.send(f"papers/{paper.pk}/close/", hostile | {"reason": "重复"})
    paper.refresh_from_db()
    assert (paper.case, paper.event, paper.closed_by) == (case, None, cast.clerk)
    assert paper.closed_reason == "重复"


def test_a_paper_has_no_method_that_changes_or_deletes_it(cast, paper):
    program = program_of(cast.clerk)
    for method in ("put", "patch", "delete"):
        assert program.send(f"papers/{paper.pk}/", {}, method=method).status_code == 405
