"""The groups of the search: only what the reader sees is counted in each; he says in which to look."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Case, Party
from cases.registries import search as sources
from procuracy.search import MOST, numbered, search
from tests.evidence.conftest import add as add_exhibit
from tests.exchange.conftest import register as register_paper
from tests.notices import matters
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import assign, make_case, make_lead, set_full_team, stand_aside
from tests.support.people import Cast

pytestmark = pytest.mark.django_db
PAGE = reverse("search")


@pytest.fixture(autouse=True)
def in_june() -> Iterator[None]:
    with on(2026, 6, 25):
        yield


def found(person, words: str, groups=()) -> dict[str, int]:
    return {group.source.code: group.count.number for group in search(person, words, groups)}


# --- what is not seen is not counted, beyond what is shown too -----------------------------------------


def lead(cast: Cast, case: Case, number: int) -> None:
    made = make_lead(cast, title=f"同类线索{number}")
    if case.title == "看得见":
        assign(cast, made)


def document(cast: Cast, case: Case, number: int) -> None:
    serial = 2 * number + (1 if case.title == "看得见" else 2)
    matters.register(cast, case, f"江云检民公立〔2026〕{serial}号")


def exhibit(cast: Cast, case: Case, number: int) -> None:
    add_exhibit(cast, case, f"%PDF-1.7 {case.pk} {number}".encode(), name=f"同类材料{number}")


def paper(cast: Cast, case: Case, number: int) -> None:
    register_paper(cast.clerk, matter=case, subject=f"同类函件{number}")


# Documents are found by their numbers.
WORDS = {"documents": "民公立"}
ADDED = {"leads": lead, "documents": document, "exhibits": exhibit, "papers": paper}


@pytest.mark.slow
@pytest.mark.parametrize("code", ADDED)
def test_hidden_rows_among_many_are_neither_counted_nor_listed(client, cast, code):
    add: Callable[[Cast, Case, int], None] = ADDED[code]
    seen, hidden = make_case(cast, title="看得见"), make_case(cast, title="看不见")
    for case in (seen, hidden):
        set_full_team(cast, case)
    for number in range(MOST + 2):
        add(cast, seen, number)
        add(cast, hidden, number)
    reader = cast.handler if code == "leads" else cast.assistant
    stand_aside(cast, hidden, cast.assistant)
    words = WORDS.get(code, "同类")
    (group,) = search(reader, words, [code])
    assert (len(group.rows), str(group.count), group.more) == (MOST, str(MOST + 2), True)
    client.force_login(reader)
    listed = client.get(group.page).content.decode()
    assert all(f'href="{row.link}"' in listed for row in group.rows)
    (told,) = program_of(reader).ask("search/", q=words, group=code)
    assert told["count"] == MOST + 2
    assert len(program_of(reader).get(told["list"]).json()["results"]) == MOST + 2


# --- where to look -------------------------------------------------------------------------------------


@pytest.fixture
def case(cast):
    """A case, its party and a lead of one name."""
    case = make_case(cast, title="云山数据案")
    Party.objects.create(
        case=case, role="violator", kind="organisation", name="云山数据有限公司",
        created_by=cast.handler,
    )  # fmt: skip
    assign(cast, make_lead(cast, title="云山数据线索"))
    return case


def test_only_the_groups_asked_for_are_looked_in(cast, case):
    everywhere = {"cases": 1, "parties": 1, "leads": 1}
    assert found(cast.handler, "云山数据") == everywhere
    assert found(cast.handler, "云山数据", list(sources)) == everywhere
    for code in sources:
        expected = {code: 1} if code in everywhere else {}
        assert found(cast.handler, "云山数据", [code]) == expected
    assert found(cast.handler, "云山数据", ["leads", "parties"]) == {"parties": 1, "leads": 1}
    assert found(cast.stranger, "云山数据", ["cases"]) == {}


def test_a_group_left_empty_asks_for_none(client, cast, case):
    client.force_login(cast.handler)
    answer = client.get(reverse("search"), {"q": "云山数据", "group": ""})
    assert (answer.status_code, len(answer.context["groups"])) == (200, 3)
    assert len(program_of(cast.handler).ask("search/", q="云山数据", group="")) == 3


@pytest.mark.parametrize("words", ["云山数据", "330106-2026-00009"])
def test_groups_that_are_not_asked_for_cost_nothing(cast, case, words):
    def statements(groups) -> list[str]:
        with CaptureQueriesContext(connection) as counted:
            numbered(cast.handler, words, groups)
            search(cast.handler, words, groups)
        return [query["sql"] for query in counted]

    one = statements(["leads"])
    assert len(one) < len(statements(["leads", "papers"])) < len(statements(()))
    assert not any(
        f'FROM "{table}"' in text
        for text in one
        for table in ("cases_party", "exchange_paper", "evidence_exhibit", "administrative_body")
    )


def test_a_number_opens_what_bears_it_only_where_it_is_looked_for(client, cast, case):
    client.force_login(cast.handler)
    for groups in ([], ["cases"], ["leads", "cases"]):
        answer = client.get(PAGE, {"q": case.key, "group": groups})
        assert answer["Location"] == case.get_absolute_url()
    assert client.get(PAGE, {"q": case.key, "group": ["papers"]}).status_code == 200
    program = program_of(cast.handler)
    assert len(program.ask("search/numbered/", q=case.key)) == 1
    assert program.ask("search/numbered/", q=case.key, group="papers") == []


def test_the_page_keeps_words_and_groups_and_offers_to_look_everywhere(client, cast, case):
    cast.handler.language = "en"
    cast.handler.save(update_fields=["language"])
    client.force_login(cast.handler)
    answer = client.get(PAGE, {"q": "云山数据", "group": ["leads", "parties"]})
    page = answer.content.decode()
    assert [group.source.code for group in answer.context["groups"]] == ["parties", "leads"]
    assert 'value="云山数据"' in page
    marked = {code for code in sources if f'value="{code}"' in page and _is_marked(page, code)}
    assert marked == {"leads", "parties"}
    assert f'href="{PAGE}?q=%E4%BA%91%E5%B1%B1%E6%95%B0%E6%8D%AE"' in page
    nothing = client.get(PAGE, {"q": "云山数据", "group": ["papers"]}).content.decode()
    assert "Only some groups were searched" in nothing
    everywhere = client.get(PAGE, {"q": "云山数据"}).content.decode()
    assert not any(_is_marked(everywhere, code) for code in sources)
    assert f'href="{PAGE}?q=' not in everywhere


def _is_marked(page: str, code: str) -> bool:
    (box,) = (tag for tag in page.split("<input")[1:] if f'value="{code}"' in tag.split(">")[0])
    return "checked" in box.split(">")[0]


def test_a_group_nobody_knows_is_refused_with_a_sentence(client, cast, case):
    client.force_login(cast.handler)
    answer = client.get(PAGE, {"q": "云山数据", "group": "secrets"})
    assert answer.status_code == 400
    assert answer.context["form"].errors["group"]
    assert answer.context["groups"] == []
    told = program_of(cast.handler).get("/api/v1/search/", {"q": "云山", "group": "secrets"})
    assert told.status_code == 400
    assert told.json()["errors"]["group"]
