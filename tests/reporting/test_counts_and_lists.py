"""Every figure is the number, or the sum, of the rows in the list behind it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.models import Sum
from django.utils import translation

from cases.models import Case
from reporting import lines, selectors
from reporting.blocks import BLOCKS
from reporting.figures import split_code
from tests.reporting.asking import figures, scope_of
from tests.support.matters import ask_to_stand_aside, stand_aside

pytestmark = pytest.mark.django_db
QUESTIONS = [
    *(("chief", track) for track in ("", "civil", "administrative")),
    *((person, "") for person in ("handler", "case_manager", "stranger", "superior_chief")),
]


def to_ask(scope):
    """The figures of which there is any, and of each block one of which there is none."""
    empty = set()
    for code, number in figures(scope).items():
        block = split_code(code)[0]
        if number or block not in empty:
            yield code, number
        if not number:
            empty.add(block)


@pytest.mark.parametrize(("person", "track"), QUESTIONS)
def test_every_count_is_the_number_of_rows_of_its_list(cast, superior_chief, person, track):
    actor = superior_chief if person == "superior_chief" else getattr(cast, person)
    below = "on" if person == "superior_chief" else ""
    scope = scope_of(actor, track=track, below=below)
    asked = dict(to_ask(scope))
    assert sum(map(bool, asked.values())) > 3
    for code, number in asked.items():
        rows = selectors.figure_of(scope, code).rows
        keys = list(rows.values_list("pk", flat=True))
        assert len(keys) == number, code
        assert len(set(keys)) == number, f"{code} lists a row twice"
        for line in map(lines.line_of, lines.prepared(rows)[:2]):
            assert line.link.startswith("/")
            assert line.matter.key in line.matter.get_absolute_url()


@pytest.mark.parametrize(("person", "track"), QUESTIONS)
@pytest.mark.parametrize("aside", [False, True])
def test_the_figures_are_the_same_where_there_are_too_many_matters_to_name(
    cast, superior_chief, monkeypatch, person, track, aside
):
    actor = superior_chief if person == "superior_chief" else getattr(cast, person)
    asked = {"track": track, "below": "on" if person == "superior_chief" else ""}
    if aside:
        case = Case.objects.filter(office=cast.office).first()
        # Of a chief the committee decides.
        (ask_to_stand_aside if "chief" in person else stand_aside)(cast, case, actor)
    named = figures(scope_of(actor, **asked))
    monkeypatch.setattr("reporting.scope.MOST_NAMED", 0)
    scope = scope_of(actor, **asked)
    assert scope._by_office is scope.whole
    assert figures(scope) == named
    for code, number in to_ask(scope):
        assert selectors.figure_of(scope, code).rows.count() == number, code


def test_there_is_something_behind_a_figure_of_every_block(cast):
    found = {
        split_code(code)[0] for code, number in figures(scope_of(cast.chief)).items() if number
    }
    assert found == set(BLOCKS)


def test_an_amount_is_the_sum_of_its_list_and_counts_only_what_a_second_person_confirmed(cast):
    scope = scope_of(cast.chief)
    block = selectors.block_of(scope, "money")
    amounts = {row.code: row.cells[0].value for row in block.rows}
    for code, amount in amounts.items():
        figure = selectors.figure_of(scope, f"money.{code}")
        assert figure.rows.aggregate(sum=Sum(figure.amount))["sum"] == amount
        shown = [lines.line_of(row).amount for row in lines.prepared(figure.rows)]
        assert sum(shown) == amount
    assert amounts == dict.fromkeys(("claimed", "awarded", "paid"), Decimal(100000))


def test_a_code_nobody_declared_is_no_figure(cast):
    scope = scope_of(cast.chief)
    codes = [
        *("", "x", "items", "items.x", "funnel.x", "ageing.x.30", "ageing.court.5", "durations.x"),
        *("periods.P-02", "periods.x.met", "pressure.2026-13-01", "trend.open.1999-01", "trend.x"),
        *("replies.reply.x", "replies.measure.x", "replies.x", "money.x", "load.led.x", "load.x.1"),
        f"load.x.{cast.handler.pk}",
        f"load.led.{cast.stranger.pk}",
    ]
    for code in codes:
        with pytest.raises(selectors.NotVisible):
            selectors.figure_of(scope, code)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_line_of_a_block_has_a_cell_under_each_head(cast, language):
    with translation.override(language):
        for block in selectors.blocks_of(scope_of(cast.chief)):
            assert block.definition
            assert {len(row.cells) for row in block.rows} == {len(block.heads)}
