"""Tags of the pages: days, masks, glosses, headings."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from audit import clock
from audit.masking import KINDS, mask
from procuracy import dates


def render(text: str, address: str = "/list/", **values) -> str:
    values["request"] = RequestFactory().get(address)
    return Template(text).render(Context(values))


@pytest.fixture(autouse=True)
def wednesday():
    with clock.frozen(datetime(2026, 11, 25, 9)):
        yield


@pytest.mark.parametrize(
    ("language", "long", "short", "other_year"),
    [
        ("zh-hans", "2026年11月5日", "11-05 周四", "2027-01-04 周一"),
        ("en", "5 November 2026", "Thu 5 Nov", "Mon 4 Jan 2027"),
    ],
)
def test_days_are_written_in_the_way_of_the_language(language, long, short, other_year):
    with translation.override(language):
        assert dates.long(date(2026, 11, 5)) == long
        assert dates.short(date(2026, 11, 5)) == short
        assert dates.short(date(2027, 1, 4)) == other_year


@pytest.mark.parametrize(
    ("day", "label", "tone"),
    [
        (23, "2 days overdue", "bad"),
        (24, "1 day overdue", "bad"),
        (25, "today", "warn"),
        (28, "3 days left", "warn"),
        (29, "4 days left", ""),
    ],
)
def test_a_day_says_how_far_it_is(day, label, tone):
    with translation.override("en"):
        text = render("{% contextual_date day %}", day=date(2026, 11, day))
    assert f'class="cd {tone}"' in text
    assert f"<small>{label}</small>" in text


@pytest.mark.parametrize(
    ("day", "label"), [(23, "2 days ago"), (24, "1 day ago"), (25, "today"), (28, "in 3 days")]
)
def test_a_day_by_which_nothing_is_due_is_never_overdue(day, label):
    with translation.override("en"):
        text = render("{% contextual_date day due=False %}", day=date(2026, 11, day))
    assert 'class="cd "' in text
    assert f"<small>{label}</small>" in text


def test_an_instant_is_shown_in_beijing_time():
    with translation.override("zh-hans"):
        text = render("{% instant at %}", at=datetime.fromisoformat("2026-11-24T17:30:00+00:00"))
    assert "2026年11月25日 01:30" in text


def test_nothing_is_shown_as_a_dash():
    assert render("{% day none %}{% instant none %}{% contextual_date none %}", none=None) == "———"


@pytest.mark.parametrize(
    ("value", "kind", "shown"),
    [
        ("110105199003070021", "identity", "110105********0021"),
        ("13812345678", "telephone", "138****5678"),
        ("6222020200112233445", "bank", "***************3445"),
        ("王喆", "name", "王*"),
        ("wang@example.com", "email", "w***@example.com"),
        ("1234", "telephone", "****"),
        ("王", "name", "*"),
        ("", "identity", ""),
    ],
)
@pytest.mark.norm("C131")
def test_personal_information_is_covered(value, kind, shown):
    assert mask(value, kind) == shown


@pytest.mark.norm("C131")
def test_no_kind_of_mask_shows_a_short_value_whole():
    for kind in KINDS:
        assert "*" in mask("a", kind)


@pytest.mark.norm("C131")
def test_an_unknown_kind_of_mask_shows_nothing():
    with pytest.raises(KeyError):
        mask("110105199003070021", "id")


def test_terms_of_law_stay_chinese_and_get_a_gloss_on_english_pages():
    text = "{% gloss '检察建议书' 'Recommendation' %}"
    with translation.override("en"):
        assert (
            render(text)
            == '<span lang="zh-Hans">检察建议书</span><span class="gl">Recommendation</span>'
        )
    with translation.override("zh-hans"):
        assert render(text) == "检察建议书"


def test_what_a_person_typed_is_escaped_by_every_tag():
    hostile = "<script>alert(1)</script>"
    tags = (
        "{% tag x %}{% masked x 'text' %}{% gloss x x %}{% contextual_date d x %}{% crumb x %}{% icon x x %}"
        "{% sort_link 'a' x %}{% card title=x %}{{ x }}{% endcard %}{% crumbs %}{% crumb x '/a/' %}{% endcrumbs %}"
    )
    with translation.override("en"):
        assert "<script>" not in render(tags, x=hostile, d=date(2026, 11, 25))


def test_an_unknown_tone_is_a_mistake():
    with pytest.raises(ValueError, match="not a tone"):
        render("{% tag 'x' 'red' %}")


def test_changing_a_parameter_starts_the_list_anew():
    assert render("{% query_string sort='due' %}", "/list/?q=a&after=cursor") == "?q=a&amp;sort=due"
    assert render("{% query_string q=None %}", "/list/?q=a") == "?"
    assert "after=next" in render("{% query_string after='next' %}", "/list/?q=a&after=cursor")


def test_a_heading_says_its_order_and_turns_it_round():
    assert 'aria-sort="ascending"' in render("{% sort_link 'due' 'Due' %}", "/list/?sort=due")
    assert "sort=-due" in render("{% sort_link 'due' 'Due' %}", "/list/?sort=due")
    assert "aria-sort" not in render("{% sort_link 'due' 'Due' %}")


def test_a_page_no_room_offers_has_no_address():
    assert render("{% page_exists 'nowhere' %}") == ""
    assert render("{% page_exists 'home' %}") == "/"
