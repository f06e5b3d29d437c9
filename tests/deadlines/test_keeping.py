"""Under which rulebook a case is kept: shown first, then decided as it was shown (norm C143)."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from audit.errors import Conflict, Invalid, NotPermitted
from cases.models import Event
from deadlines.rulebook import DIRECTORY, named, parse
from deadlines.services.keeping import Standing, keep_under, preview_keeping
from tests.deadlines.own_periods import enter_period
from tests.support.api import program_of
from tests.support.days import on
from tests.support.matters import announce, happen, make_case, stand_aside

pytestmark = [pytest.mark.django_db, pytest.mark.norm("C143")]

OLD, NEW = "2021-07-01", "2024-01-01"
TODAY = (2026, 3, 6)
WHY = "过渡条款要求适用原规定。"


@pytest.fixture
def case(cast):
    """A case with an announcement that runs and a protest whose ruling is awaited."""
    case = make_case(cast)
    with on(*TODAY):
        announce(case, date(2026, 3, 5))
        happen(case, "protest_lodged", date(2026, 3, 6))
    return case


def shown(cast, case, version=OLD):
    with on(*TODAY):
        return preview_keeping(actor=cast.head, case=case, version=version)


def decide(cast, case, digest, *, actor=None, version=OLD, reason=WHY):
    with on(*TODAY):
        return keep_under(
            actor=actor or cast.head, case=case, version=version, reason=reason, digest=digest
        )


def rows_of(case):
    rows = case.deadlines.order_by("rule")
    return [(row.rule, row.rulebook, row.effective_day, row.article, row.state) for row in rows]


def test_the_preview_tells_day_and_article_of_every_running_deadline_before_and_after(cast, case):
    changes = {change.deadline.rule: change for change in shown(cast, case).changes}
    announcement = Standing(date(2026, 4, 7), "Rules 91; JI 13; CPL 58")
    assert (changes["P-01"].before, changes["P-01"].after) == (announcement, announcement)
    assert changes["P-35"].before == Standing(date(2026, 4, 7), "CPL 222")
    assert changes["P-35"].after == Standing(date(2026, 4, 7), "CPL 218")
    assert [changes[rule].moves for rule in ("P-01", "P-35")] == [False, True]


def test_the_preview_stores_nothing(cast, case):
    before, events = rows_of(case), Event.objects.count()
    shown(cast, case)
    case.refresh_from_db()
    assert case.rulebook == NEW
    assert (rows_of(case), Event.objects.count()) == (before, events)


def test_the_decision_is_logged_and_the_deadlines_follow(cast, case):
    event = decide(cast, case, shown(cast, case).digest)
    assert (event.facts, event.reason) == ({"from": NEW, "to": OLD}, WHY)
    assert [(rule, book, article) for rule, book, _, article, _ in rows_of(case)] == [
        ("P-01", OLD, "Rules 91; JI 13; CPL 58"),
        ("P-35", OLD, "CPL 218"),
    ]


def test_what_was_not_shown_is_not_decided(cast, case):
    read = shown(cast, case).digest
    with on(*TODAY):
        happen(case, "retrial_applied", date(2026, 3, 6))
    before = rows_of(case)
    with pytest.raises(Conflict) as refused:
        decide(cast, case, read)
    assert refused.value.code == "moves_differ"
    case.refresh_from_db()
    assert (case.rulebook, rows_of(case)) == (NEW, before)
    assert not case.events.filter(kind="rulebook_kept").exists()
    decide(cast, case, shown(cast, case).digest)


def test_a_version_with_another_length_moves_the_day_and_one_without_the_start_ends_it(
    cast, case, monkeypatch
):
    text = (DIRECTORY / f"{NEW}.toml").read_text(encoding="utf-8")
    text = text.replace('length = "P30D"', 'length = "P60D"', 1)
    other = parse(text.replace('start = ["protest_lodged"]\n', ""), "other.toml")
    monkeypatch.setattr(
        "deadlines.derive.named", lambda version: other if version == OLD else named(version)
    )
    outcome = shown(cast, case)
    changes = {change.deadline.rule: change for change in outcome.changes}
    assert changes["P-01"].after == Standing(date(2026, 5, 6), "Rules 91; JI 13; CPL 58")
    assert changes["P-35"].after is None
    decide(cast, case, outcome.digest)
    assert [(row[0], row[4]) for row in rows_of(case)] == [("P-01", "open"), ("P-35", "cancelled")]


def test_only_the_head_and_the_chief_see_and_decide_it(cast, case):
    digest = shown(cast, case).digest
    for person in (cast.handler, cast.clerk, cast.stranger):
        with pytest.raises(NotPermitted):
            preview_keeping(actor=person, case=case, version=OLD)
        with pytest.raises(NotPermitted):
            decide(cast, case, digest, actor=person)
    decide(cast, case, digest, actor=cast.chief)


def test_no_unknown_version_and_none_the_case_is_kept_under_already(cast, case):
    with pytest.raises(Invalid):
        shown(cast, case, "1999-01-01")
    with pytest.raises(Conflict):
        shown(cast, case, NEW)
    with pytest.raises(Invalid):
        decide(cast, case, shown(cast, case).digest, reason=" ")


# --- pages and API -------------------------------------------------------------------------------


def test_the_page_shows_what_moves_before_it_takes_the_decision(client, cast, case):
    address = reverse("case_rulebook", args=[case.key])
    cast.head.language = "en"
    cast.head.save()
    client.force_login(cast.head)
    with on(*TODAY):
        asked = client.post(address, {"version": OLD, "reason": WHY})
        text = asked.content.decode()
        assert asked.status_code == 200
        assert "CPL 222" in text
        assert "CPL 218" in text
        digest = asked.context["outcome"].digest
        stale = client.post(address, {"version": OLD, "reason": WHY, "digest": "0" * 64})
        assert stale.status_code == 409
        assert stale.context["outcome"].digest == digest
        done = client.post(address, {"version": OLD, "reason": WHY, "digest": digest})
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.rulebook == OLD


def test_the_page_marks_the_periods_the_office_set_itself(client, cast):
    with on(*TODAY):
        enter_period(
            cast.chief,
            start="announcement_published",
            met_by=[],
            cancelled_by=[],
            valid_from=date(*TODAY),
        )
        case = make_case(cast)
        announce(case, date(*TODAY))
        client.force_login(cast.head)
        page = client.post(
            reverse("case_rulebook", args=[case.key]), {"version": OLD, "reason": WHY}
        )
    marked = [
        change.deadline.rule
        for change in page.context["outcome"].changes
        if change.deadline.is_own_rule
    ]
    assert marked == ["N-01"]
    mark = str(case.deadlines.get(rule="N-01").get_kind_display())
    line = next(row for row in page.content.decode().split("<tr>") if "N-01" in row)
    assert mark in line


def test_programs_preview_and_decide_in_two_steps(cast, case):
    path = f"cases/{case.key}/rulebook/"
    kept = program_of(cast.handler).ask(path)
    assert (kept["version"], [book["version"] for book in kept["versions"]]) == (NEW, [OLD, NEW])
    head = program_of(cast.head)
    with on(*TODAY):
        outcome = head.send(f"{path}preview/", {"version": OLD}).json()
        assert {row["rule"]: row["moves"] for row in outcome["changes"]} == {
            "P-01": False,
            "P-35": True,
        }
        body = {"version": OLD, "reason": WHY, "recorded_by": cast.stranger.pk}
        assert head.send(path, body | {"digest": "0" * 64}).status_code == 409
        decided = head.send(path, body | {"digest": outcome["digest"]})
    assert (decided.status_code, decided.json()["version"]) == (201, OLD)
    assert case.events.get(kind="rulebook_kept").recorded_by == cast.head


def test_the_rulebook_of_a_case_is_hidden_with_it(cast, case):
    path = f"cases/{case.key}/rulebook/"
    stand_aside(cast, case, cast.head)
    for person, status in ((cast.stranger, 404), (cast.head, 404), (cast.handler, 409)):
        program = program_of(person)
        assert program.send(f"{path}preview/", {"version": OLD}).status_code == status
        body = {"version": OLD, "reason": WHY, "digest": "0" * 64}
        assert program.send(path, body).status_code == status
