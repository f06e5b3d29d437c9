"""The frame around every page: navigation, refusals, the home page."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from accounts import services
from accounts.models import Role
from accounts.selectors import roles_of
from accounts.views.base import ActView
from audit import clock
from audit.articles import written
from audit.errors import Conflict, NotPermitted, NotVisible
from cases import registries
from cases.registries import InboxItem
from procuracy import navigation, views
from procuracy.inbox import inbox
from procuracy.middleware import RefusalMiddleware
from tests.procuracy.tour import routes
from tests.support.browser import loose_sources
from tests.support.matters import assign, make_lead

NOON = datetime(2026, 11, 25, 12)


def refuse(request, error):
    return RefusalMiddleware(lambda _request: HttpResponse()).process_exception(request, error)


def without_tokens(response) -> str:
    """Return the page without the form tokens, which differ each time."""
    return re.sub(r"[A-Za-z0-9]{64}", "", response.content.decode())


@pytest.fixture
def request_of(db, cast):
    def make(**headers):
        request = RequestFactory().get("/cases/1/", headers=headers)
        request.user = cast.handler
        request._messages = []
        return request

    return make


def test_a_refusal_becomes_a_page_with_its_status_and_reason(request_of):
    response = refuse(
        request_of(), NotPermitted("Only the lead handler may do this.", law="Rules 61")
    )
    assert response.status_code == 409
    assert "Only the lead handler may do this." in response.content.decode()
    assert written("Rules 61") in response.content.decode()


def test_a_lost_update_shows_both_values(request_of):
    both = {"标题": {"yours": "我的", "now": "现在的"}, "version": 3}
    error = Conflict("Compare and save again.", code="lost_update", details=both)
    with translation.override("en"):
        text = refuse(request_of(), error).content.decode()
    assert "<h1>Changed meanwhile</h1>" in text
    assert "<del>我的</del>" in text
    assert "<ins>现在的</ins>" in text
    assert "version" not in text.partition("<table")[2]


def test_a_conflict_in_which_nothing_was_overtaken_is_not_called_changed_and_compares_nothing(
    request_of,
):
    error = Conflict("There is one already.", code="document_exists", details={"document": 7})
    with translation.override("en"):
        text = refuse(request_of(), error).content.decode()
    assert "<h1>This was not done</h1>" in text
    assert "There is one already." in text
    assert "Changed meanwhile" not in text
    assert "What is different" not in text


def test_what_may_not_be_seen_is_not_found_and_tells_nothing(request_of):
    hidden = refuse(request_of(), NotVisible("Secret case of Wang"))
    missing = views.page_not_found(request_of(), Exception())
    assert hidden.status_code == 404
    assert "Wang" not in hidden.content.decode()
    assert without_tokens(hidden) == without_tokens(missing)


def test_a_fragment_gets_the_refusal_above_the_page(request_of):
    response = refuse(request_of(**{"HX-Request": "true"}), NotPermitted("No."))
    assert response["HX-Retarget"] == "#messages"
    assert "<html" not in response.content.decode()


def test_a_fragment_asked_for_after_the_session_ended_loads_the_page_anew(client, db):
    response = client.get("/", headers={"HX-Request": "true"})
    assert response["HX-Refresh"] == "true"
    assert not response.content


def test_a_fault_is_no_refusal(request_of):
    assert refuse(request_of(), ValueError()) is None


def test_the_way_back_never_leads_out_of_the_house(request_of):
    assert views.way_back(request_of(Referer="http://testserver/cases/?q=1")) == "/cases/?q=1"
    assert views.way_back(request_of(Referer="https://elsewhere.example/x")) == "/"


def test_the_navigation_has_no_dead_line(client, cast):
    client.force_login(cast.handler)
    for group in navigation.GROUPS:
        for entry in group.entries:
            address = navigation.address(entry.page)
            if address and Role.PROSECUTOR in entry.roles:
                assert client.get(address).status_code == 200, entry.page


def test_the_page_one_is_on_is_marked_once(cast):
    found = navigation.lines(cast.handler, {Role.PROSECUTOR}, reverse("office_list"))
    marked = [line.address for _title, lines in found for line in lines if line.current]
    assert marked == [reverse("office_list")]


def test_administrators_and_auditors_are_offered_no_casework(cast):
    for role in (Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR):
        for group in navigation.GROUPS:
            for entry in group.entries:
                if entry.page in ("lead_list", "case_list"):
                    assert role not in entry.roles


def test_the_top_bar_says_for_whom_one_acts(client, cast):
    with clock.frozen(NOON):
        services.delegate(
            actor=cast.head,
            delegator=cast.head,
            to=cast.colleague,
            role=Role.DEPARTMENT_HEAD,
            valid_from=date(2026, 11, 25),
            valid_to=date(2026, 11, 30),
            reason="出差",
        )
        client.force_login(cast.colleague)
        assert cast.head.name in client.get("/").content.decode()
        client.force_login(cast.handler)
        assert cast.head.name not in client.get("/").content.decode()


def test_the_frame_of_a_page_costs_few_queries(client, cast, django_assert_max_num_queries):
    client.force_login(cast.handler)
    client.get(reverse("help"))
    with django_assert_max_num_queries(8):
        client.get(reverse("help"))


def test_every_page_of_the_frame_needs_a_login(client, db):
    for name in ("home", "help", "styleguide"):
        response = client.get(reverse(name))
        assert (response.status_code, response["Location"].split("?")[0]) == (
            302,
            reverse("account_login"),
        )


EVERYBODY = (
    *("chief", "head", "handler", "assistant", "clerk", "intake", "case_manager", "auditor"),
    *("system_administrator", "security_administrator"),
)


@pytest.mark.parametrize("name", EVERYBODY)
def test_the_menu_of_what_one_may_create_leads_where_one_may(client, cast, name):
    person = getattr(cast, name)
    assign(cast, make_lead(cast))
    client.force_login(person)
    offered = {offer.address for offer in navigation.offers(person, roles_of(person))}
    for creation in navigation.CREATIONS:
        page = client.get(reverse(creation.page))
        may = page.status_code == 200
        if creation.page == "document_begin":
            # A list: it opens for everybody and is empty for who works on nothing.
            may = bool(page.context["rows"])
        assert may == (reverse(creation.page) in offered), creation.page


@pytest.mark.parametrize(
    ("name", "pages"),
    [
        ("handler", ["lead_create", "paper_create", "document_begin"]),
        ("intake", ["lead_create", "paper_create"]),
        ("chief", ["own_delegation_create", "signing_create"]),
        ("system_administrator", ["office_create", "user_create"]),
        ("auditor", []),
    ],
)
def test_everybody_is_offered_only_what_he_may_create(client, cast, name, pages):
    assign(cast, make_lead(cast))
    client.force_login(getattr(cast, name))
    page = client.get(reverse("help")).content.decode()
    menu = re.findall(r'<details class="menu new">.*?</details>', page, re.DOTALL)
    assert len(menu) == bool(pages)
    links = re.findall('<a href="([^"]+)"', "".join(menu))
    assert links == [reverse(name) for name in pages]


def test_who_works_on_nothing_is_offered_no_document(cast):
    assert cast.colleague
    assert [offer.address for offer in navigation.offers(cast.colleague, {Role.PROSECUTOR})] == [
        reverse("lead_create"),
        reverse("paper_create"),
    ]


@pytest.fixture
def waiting(monkeypatch):
    items = [
        InboxItem("todo", "late", "/1/", "x", due=date(2026, 11, 24)),
        InboxItem("todo", "now", "/2/", "x", due=date(2026, 11, 25)),
        InboxItem("todo", "sunday", "/3/", "x", due=date(2026, 11, 29)),
        InboxItem("todo", "monday", "/4/", "x", due=date(2026, 11, 30)),
        InboxItem("todo", "open", "/5/", "x"),
        InboxItem("approval", "decide", "/6/", "x"),
    ]
    monkeypatch.setattr(registries.inbox, "_entries", {"sample": lambda user: items})


def test_the_inbox_sorts_by_the_day_and_ends_the_week_on_sunday(cast, waiting):
    with clock.frozen(NOON):
        found = inbox(cast.handler, "todo")
    spans = [(section.code, [item.title for item in section.items]) for section in found.sections]
    assert spans == [
        ("overdue", ["late"]),
        ("today", ["now"]),
        ("week", ["sunday"]),
        ("later", ["monday"]),
        ("open", ["open"]),
    ]
    assert [(tab.code, tab.number) for tab in found.tabs][:2] == [("todo", 5), ("approval", 1)]


@pytest.mark.parametrize(
    ("day", "said"),
    [((2026, 11, 25), "Working day"), ((2026, 10, 1), "National"), ((2026, 11, 28), "Saturday")],
)
def test_the_home_page_says_whether_one_works_today(client, cast, day, said):
    client.force_login(cast.handler)
    client.cookies["django_language"] = "en"
    with clock.frozen(datetime(*day, 12)):
        assert said in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("language", "said", "not_said"),
    [("en", "Saturday", "星期六"), ("zh-hans", "星期六", "Saturday")],
)
def test_a_day_off_is_named_in_the_language_of_the_page(client, cast, language, said, not_said):
    client.force_login(cast.handler)
    client.cookies["django_language"] = language
    with clock.frozen(datetime(2026, 11, 28, 12)):
        page = client.get("/").content.decode()
    _today, rest = re.findall(r"<span>(.*?)</span>", page[page.index('<p class="sub">') :])[:2]
    assert said in rest
    assert not_said not in rest


def test_the_inbox_can_be_narrowed_to_what_is_overdue(client, cast, waiting):
    client.force_login(cast.handler)
    with clock.frozen(NOON):
        text = client.get("/?span=overdue").content.decode()
    assert "/1/" in text
    assert "/2/" not in text


def test_the_theme_is_kept_and_a_foreign_address_is_not_followed(client, db):
    response = client.post(
        reverse("set_theme"), {"theme": "dark", "next": "https://elsewhere.example/"}
    )
    assert response["Location"] == "/"
    assert response.cookies["theme"].value == "dark"
    assert "theme" not in client.post(reverse("set_theme"), {"theme": "<x>"}).cookies


def test_a_fault_is_answered_without_the_database_and_names_the_request(rf):
    response = views.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "<main" in response.content.decode()
    assert views.server_error(rf.get("/api/v1/x/"))["Content-Type"] == "application/problem+json"


def test_a_head_who_handles_cases_is_shown_as_head(db, rf):
    from procuracy.context_processors import Frame
    from tests.support.people import make_office, make_user

    request = rf.get("/")
    request.user = make_user(make_office(), Role.PROSECUTOR, Role.DEPARTMENT_HEAD)
    assert Frame(request).role_titles[0] == str(Role.DEPARTMENT_HEAD.label)


def test_every_answer_lets_in_nothing_from_outside_and_nothing_inline(client, cast):
    pages = [
        client.get(path) for path in ("/login/", "/no-such-page/", "/healthz", "/api/v1/cases/")
    ]
    client.force_login(cast.handler)
    pages += [client.get(path) for path in ("/", "/no-such-page/", "/styleguide/", "/api/v1/")]
    assert [loose_sources(page.headers.get("Content-Security-Policy", "")) for page in pages] == (
        [set()] * len(pages)
    )


@pytest.mark.parametrize(
    ("policy", "found"),
    [
        ("", {"what no directive names"}),
        ("script-src 'self'", {"what no directive names"}),
        ("default-src 'none'; style-src 'self' 'unsafe-inline'", {"'unsafe-inline'"}),
        ("default-src 'none'; script-src https://cdn.example *", {"https://cdn.example", "*"}),
        ("default-src 'none'; script-src 'self'", set()),
    ],
)
def test_a_loose_policy_is_found(policy, found):
    assert loose_sources(policy) == found


def test_no_page_leaves_out_what_its_kind_of_page_asks_for():
    classes = {getattr(pattern.callback, "view_class", None) for _, pattern in routes()} - {None}
    acts = {kind for kind in classes if issubclass(kind, ActView)}
    assert len(acts) > 60
    assert {kind.__name__ for kind in classes if getattr(kind, "__abstractmethods__", ())} == set()
