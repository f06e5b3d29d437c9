"""Template tags every page may use without loading them.

Small atoms are made here and not by an include: a list of a thousand rows shows thousands of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audit import articles
from audit.clock import BEIJING
from audit.errors import Text
from audit.masking import mask
from cases.initials import places_of
from cases.models import BackEntry, Case, Lead
from cases.selectors.back_entry import open_back_entries
from procuracy import dates

register = template.Library()

TONES = ("", "ok", "warn", "bad", "info", "plain")
# Where a list starts anew as soon as another of its parameters changes.
CURSOR = "after"


def _tone(tone: str) -> str:
    """Return `tone`, refusing a word the style sheet does not know.

    Raises:
        ValueError: the tone is unknown; a tag without its colour would look like another one.
    """
    if tone not in TONES:
        raise ValueError(f"{tone!r} is not a tone; the tones are {', '.join(TONES[1:])}.")
    return tone


@register.simple_tag
def tag(text: object, tone: str = "") -> SafeString:
    """Show a short state: always words, and a shape beside the colour."""
    return format_html('<span class="tag {}">{}</span>', _tone(tone), text)


@register.simple_tag
def icon(name: str, label: Text = "") -> SafeString:
    """Show the drawing `name` of static/icons.svg; decorative unless it has a `label`."""
    return _icon(name, str(label))


@lru_cache(maxsize=1000)
def _icon(name: str, label: str) -> SafeString:
    """Draw it once: a page shows fifty, most of them often."""
    described = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    address = f"{static('icons.svg')}#{name}"
    return format_html(
        '<svg class="ic" {}><use href="{}"></use></svg>', SafeString(described), address
    )


def _time(value: date | datetime, text: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)


@register.simple_tag
def day(value: date | None, style: str = "long") -> SafeString | str:
    """Show a day: 2026年11月25日 or 25 November 2026.

    `style="short"` is for tables, `style="full"` adds the weekday.
    """
    if value is None:
        return "—"
    if style == "full":
        return _time(value, f"{dates.long(value)} {dates.weekday(value)}")
    return _time(value, dates.short(value) if style == "short" else dates.long(value))


@register.simple_tag
def instant(value: datetime | None, style: str = "long") -> SafeString | str:
    """Show an instant to the minute, in Beijing time."""
    if value is None:
        return "—"
    local = value.astimezone(BEIJING)
    written = dates.short(local.date()) if style == "short" else dates.long(local.date())
    return _time(local, f"{written} {local:%H:%M}")


@register.simple_tag
def contextual_date(
    value: date | None, label: object = "", tone: str = "", *, due: bool = True
) -> SafeString | str:
    """Show a day with the word that says what it means, never the bare day.

    Without a `label` the distance from today says it, and the tone follows; `due=False` where nothing
    has to be done by that day.
    """
    if value is None:
        return "—"
    if not label:
        label, tone = dates.distance(value, due=due)
    return format_html(
        '<span class="cd {}"><b>{}</b><small>{}</small></span>',
        _tone(tone),
        _time(value, dates.short(value)),
        label,
    )


@register.simple_tag
def open_back_entry(matter: object) -> BackEntry | None:
    """Return the back-entry of a matter itself that is asked for or runs, for the banner of its pages.

    Some pages call something else their matter, a key for example; that is in none.
    """
    if not isinstance(matter, Lead | Case):
        return None
    own = (r for r in open_back_entries(matter) if getattr(r, f"{matter.relation}_id") == matter.pk)
    return next(own, None)


@register.simple_tag
def masked(value: str, kind: str = "text") -> SafeString:
    """Show personal information with its middle covered (`audit.masking`)."""
    return format_html('<span class="masked" title="{}">{}</span>', _("masked"), mask(value, kind))


@register.simple_tag
def gloss(chinese: object, english: object = "") -> SafeString:
    """Show a term of law: Chinese always, on English pages with the gloss below."""
    if (get_language() or "").startswith("zh"):
        return format_html("{}", chinese)
    marked = format_html('<span lang="zh-Hans">{}</span>', chinese)
    return format_html('{}<span class="gl">{}</span>', marked, english) if english else marked


@register.filter
def marking(text: object, words: str) -> SafeString:
    """Mark the words a person looked for where they stand in a text, or the characters of these initials."""
    shown, end = str(text), 0
    parts: list[SafeString | str] = []
    for first, last in _joined(_found_in(shown, words.split())):
        parts += [shown[end:first], format_html("<mark>{}</mark>", shown[first:last])]
        end = last
    return format_html_join("", "{}", ((part,) for part in (*parts, shown[end:])))


def _joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _found_in(text: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Yield from where to where each of `words` stands in `text`."""
    for word in words:
        for found in re.finditer(re.escape(word), text, re.IGNORECASE):
            yield found.span()
        # One letter is the initial of too much to be told by it.
        if len(word) > 1 and word.isascii() and word.isalpha():
            yield from places_of(word, text)


def _request(context: Context) -> HttpRequest:
    request: HttpRequest = context["request"]
    return request


@register.simple_tag(takes_context=True)
def query_string(context: Context, **changes: object) -> str:
    """Return the page's parameters with `changes` (None drops one); a list starts anew."""
    parameters = _request(context).GET.copy()
    if CURSOR not in changes:
        parameters.pop(CURSOR, None)
    for name, value in changes.items():
        if value is None or value == "":
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}" if parameters else "?"


@register.simple_tag(takes_context=True)
def sort_link(context: Context, field: str, title: object, css: str = "") -> SafeString:
    """Return the heading of a sortable column, its order said by `aria-sort`."""
    ordered = _request(context).GET.get("sort", "")
    direction = {field: "ascending", f"-{field}": "descending"}.get(ordered, "")
    following = f"-{field}" if direction == "ascending" else field
    sorted_as = format_html(' aria-sort="{}"', direction) if direction else ""
    address = query_string(context, sort=following)
    return format_html(
        '<th scope="col" class="{}"{}><a href="{}">{}</a></th>', css, sorted_as, address, title
    )


@register.simple_tag
def crumb(text: object, address: str = "", *arguments: object) -> SafeString:
    """Return one step of the breadcrumb; `address` names a page or is a path, empty for here."""
    if not address:
        return format_html('<li aria-current="page">{}</li>', text)
    path = address if address.startswith("/") else reverse(address, args=arguments)
    return format_html('<li><a href="{}">{}</a></li>', path, text)


@register.simple_block_tag
def crumbs(content: str) -> SafeString:
    """Wrap `crumb` steps as a navigation."""
    name = _("Where you are")
    return format_html('<nav aria-label="{}"><ol>{}</ol></nav>', name, SafeString(content))


@register.simple_block_tag
def card(content: str, title: object = "", **options: Any) -> SafeString:
    """Wrap a section of a page.

    Options: `level` of the heading (2 or 3), `id`, `css` for more classes, `link` and `link_text`
    for a link beside the title, `flush=True` when a table or list fills the card.
    """
    heading = _card_header(title, options) if title else ""
    body = SafeString(content)
    if not options.get("flush"):
        body = format_html('<div class="body">{}</div>', body)
    identity = format_html(' id="{}"', options["id"]) if options.get("id") else ""
    return format_html(
        '<section class="card {}"{}>{}{}</section>', options.get("css", ""), identity, heading, body
    )


def _card_header(title: object, options: dict[str, Any]) -> SafeString:
    level = 3 if options.get("level") == 3 else 2
    link = options.get("link", "")
    more = format_html('<a href="{}">{}</a>', link, options.get("link_text", "")) if link else ""
    return format_html("<header><h{}>{}</h{}>{}</header>", level, title, level, more)


@register.simple_tag
def page_exists(name: str, *arguments: object) -> str:
    """Return the path of the page `name`, or nothing when no room offers it."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


@register.filter
def grouped(amount: Decimal | None) -> str:
    """Write an amount with two digits behind the point and in groups of three, as accounts do."""
    return "" if amount is None else f"{amount:,.2f}"


@register.filter
def article(value: str) -> str:
    """Write an article in the reader's language (`audit.articles`)."""
    return articles.written(str(value or ""))
