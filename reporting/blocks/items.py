"""The statistical items: how many events of the kinds that feed each fall into the time."""

from __future__ import annotations

from django.db.models import Count, QuerySet
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from audit.articles import written
from cases.models import Event
from cases.registries import StatisticalItem, Unit, event_kinds, statistical_items
from reporting.charts.bars import Bar, bars
from reporting.figures import Block, BlockMaker, Cell, Figure, Row
from reporting.marks import mark_of
from reporting.scope import Scope
from reporting.standing import standing_events, stood_within

CODE = "items"
# What no statute says: how the product was designed to keep the record.
OWN_RULES = ("law ", "design ")
DEFINITION = gettext_lazy(
    "Events by their legal day as corrected. Annulled entries, corrections and copies of another "
    "office's events are not counted. What each item counts stands beside it."
)


def kinds_of(item: StatisticalItem) -> tuple[str, ...]:
    """Return the kinds of events that feed an item."""
    return tuple(kind.code for kind in event_kinds.values() if item.code in kind.statistics)


def articles_of(item: StatisticalItem) -> str:
    """Return the articles on which the events that feed an item rest, in the reader's language."""
    found = dict.fromkeys(event_kinds[kind].article for kind in kinds_of(item))
    return written("; ".join(article for article in found if _is_of_law(article)))


def _is_of_law(article: str) -> bool:
    return bool(article) and not article.startswith(OWN_RULES)


def items_of(scope: Scope) -> list[StatisticalItem]:
    """Return the items that can have a figure on the track."""
    items = statistical_items.values()
    return [item for item in items if not scope.track or item.track in ("", scope.track)]


def _events(scope: Scope, items: list[StatisticalItem]) -> QuerySet[Event]:
    """Return the events of the time that feed one of `items`.

    An item of one track alone is counted in whatever matter its events are recorded: a case against an
    authority is filed in its lead, or beside a civil case.
    """
    bound = [kind for item in items if item.track for kind in kinds_of(item)]
    free = [kind for item in items if not item.track for kind in kinds_of(item)]
    rows = standing_events()
    found = scope.of_matters(rows.filter(kind__in=free))
    if bound:
        found |= scope.of_every_matter(rows.filter(kind__in=bound))
    return stood_within(found, scope.first, scope.last)


def build(scope: Scope) -> Block:
    """Count the events of the time by kind, in one query, and add them up by item."""
    items = items_of(scope)
    counted = _events(scope, items).values("kind").annotate(number=Count("pk"))
    numbers = dict(counted.values_list("kind", "number"))
    return Block(
        code=CODE,
        title=str(MAKER.title),
        definition=str(MAKER.definition),
        first_head=pgettext("statistics", "Item"),
        heads=(pgettext("statistics", "Number"), pgettext("statistics", "Unit")),
        rows=tuple(_row(item, numbers) for item in items),
        chart=draw,
        note_head=_("Definition"),
    )


def _number(item: StatisticalItem, numbers: dict[str, int]) -> int:
    return sum(numbers.get(kind, 0) for kind in kinds_of(item))


def _row(item: StatisticalItem, numbers: dict[str, int]) -> Row:
    cells = (
        Cell(_number(item, numbers), figure=f"{CODE}.{item.code}"),
        Cell(text=str(Unit(item.unit).label)),
    )
    return Row(item.code, item.title, cells, note=_said_of(item))


def _said_of(item: StatisticalItem) -> str:
    """Return what an item counts, with its articles."""
    articles = articles_of(item)
    if not articles:
        return item.definition
    return _("%(definition)s (%(articles)s)") % {
        "definition": item.definition,
        "articles": articles,
    }


def figure(scope: Scope, code: str) -> Figure | None:
    """Return the events behind an item."""
    item = next((item for item in items_of(scope) if item.code == code), None)
    return Figure(item.title, _events(scope, [item]), definition=_said_of(item)) if item else None


def draw(block: Block, scope: Scope) -> SafeString:
    """Draw a bar for each item of which there was any."""
    found = [row for row in block.rows if row.cells[0].value]
    rows = [Bar(row.title, mark_of(row, row.cells[0], scope)) for row in found]
    return bars(block.title, rows)


MAKER = BlockMaker(CODE, gettext_lazy("Statistical items"), DEFINITION, build, figure)
