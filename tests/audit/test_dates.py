"""Days as clerks write them."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.utils import translation

from audit.dates import parse_day
from audit.errors import Conflict, Invalid
from audit.fields import DayField, VersionField

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-03",
        "2026-11-3",
        "20261103",
        "2026.11.3",
        "2026/11/03",
        "2026年11月3日",
        " 11-03 ",
        "11.3",
        "11月3日",
        "２０２６－１１－０３",
    ],
)
def test_every_usual_way_of_writing_a_day_is_read(text):
    assert parse_day(text, TODAY) == date(2026, 11, 3)


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2026-11", "2026-11/03", "26-11-03", "202611034", "3.11.2026"]
)
def test_what_is_no_day_is_refused_with_the_ways_to_write_one(text):
    with pytest.raises(Invalid) as refusal:
        parse_day(text, TODAY)
    assert "2026-11-23" in str(refusal.value.message)


@pytest.mark.parametrize("text", ["2026-02-29", "20261301", "11-31", "0000-01-01"])
def test_a_day_the_calendar_does_not_have_is_named(text):
    with pytest.raises(Invalid) as refusal:
        parse_day(text, TODAY)
    assert text in str(refusal.value.message)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2026-02-30", "month 2 of 2026 has 28 days"),
        ("2028-02-30", "month 2 of 2028 has 29 days"),
        ("11-31", "month 11 of 2026 has 30 days"),
        ("20261301", "The calendar has no day “20261301”. Write"),
        ("0000-01-01", "The calendar has no day “0000-01-01”. Write"),
    ],
)
def test_why_there_is_no_such_day_is_said_and_how_to_write_one(text, said):
    with translation.override("en"), pytest.raises(Invalid) as refusal:
        parse_day(text, TODAY)
    assert said in str(refusal.value.message)
    assert "2026-11-23" in str(refusal.value.message)


class DayForm(forms.Form):
    day = DayField()
    version = VersionField()


def test_the_field_reads_and_shows_the_same_day():
    form = DayForm({"day": "2026年11月3日", "version": "4"})
    assert form.is_valid()
    assert form.cleaned_data == {"day": date(2026, 11, 3), "version": 4}
    assert 'value="2026-11-03"' in str(DayForm(initial={"day": date(2026, 11, 3)})["day"])


def test_the_field_tells_what_is_wrong():
    assert "2026-02-30" in DayForm({"day": "2026-02-30", "version": "0"}).errors["day"][0]


def test_a_form_made_from_an_older_version_is_refused():
    VersionField.require_same(3, 3)
    with pytest.raises(Conflict) as refusal:
        VersionField.require_same(2, 3, details={"title": {"yours": "a", "now": "b"}})
    assert refusal.value.code == "lost_update"
    assert refusal.value.details == {"title": {"yours": "a", "now": "b"}}
