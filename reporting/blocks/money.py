"""Money claimed, awarded and paid."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Case as Choice
from django.db.models import Count, DecimalField, F, OuterRef, QuerySet, Subquery, Sum, When
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from enforcement.models import EntryKind, LedgerEntry
from litigation.models import Claim, OperativeItem
from litigation.models.claim import ClaimStatus
from reporting.charts.bars import Bar, bars
from reporting.figures import Block, BlockMaker, Cell, Figure, Row
from reporting.marks import mark_of
from reporting.scope import Scope
from reporting.standing import standing_events, stood_on

CODE = "money"
DEFINITION = gettext_lazy(
    "In yuan. Claimed: claims that stand or were realised, of suits brought in the time. Awarded: "
    "sums of judgments and mediation documents of the time that were not set aside. Paid: payments "
    "of debtors of the time that a second person confirmed. The three tell of different cases and "
    "are no shares of each other."
)
BROUGHT = ("complaint_delivered", "administrative_suit_submitted")
TITLES = {
    "claimed": gettext_lazy("Claimed"),
    "awarded": gettext_lazy("Awarded"),
    "paid": pgettext_lazy("statistics", "Paid"),
}
AMOUNT = F("amount")
# An entry that takes another back counts the other way round.
SIGNED = Choice(
    When(takes_back__isnull=True, then=F("amount")),
    default=-F("amount"),
    output_field=DecimalField(max_digits=16, decimal_places=2),
)


def _claimed(scope: Scope) -> QuerySet[Any]:
    """Return the claims for money of suits brought in the time, dropped and replaced ones left out."""
    suits = standing_events().filter(case=OuterRef("case"), kind__in=BROUGHT)
    brought = Subquery(suits.annotate(day=stood_on()).order_by("-pk").values("day")[:1])
    rows = Claim.objects.filter(
        case__in=scope.cases().values("pk"),
        amount__isnull=False,
        status__in=(ClaimStatus.STANDING, ClaimStatus.REALISED),
    )
    in_time = rows.annotate(day=brought).filter(day__range=(scope.first, scope.last))
    return in_time.order_by()


def _awarded(scope: Scope) -> QuerySet[Any]:
    """Return the sums ordered by decisions of the time that were not set aside."""
    return OperativeItem.objects.filter(
        judgment__case__in=scope.cases().values("pk"),
        judgment__pronounced_on__range=(scope.first, scope.last),
        judgment__set_aside_by__isnull=True,
        struck_by__isnull=True,
        amount__isnull=False,
    ).order_by()


def _paid(scope: Scope) -> QuerySet[Any]:
    """Return what debtors paid in the time, as far as a second person confirmed it."""
    return LedgerEntry.objects.filter(
        case__in=scope.cases().values("pk"),
        kind=EntryKind.PAID,
        day__range=(scope.first, scope.last),
        check_made__confirmed=True,
    ).order_by()


def _figures(scope: Scope) -> dict[str, Figure]:
    return {
        "claimed": Figure(str(TITLES["claimed"]), _claimed(scope), AMOUNT),
        "awarded": Figure(str(TITLES["awarded"]), _awarded(scope), AMOUNT),
        "paid": Figure(str(TITLES["paid"]), _paid(scope), SIGNED),
    }


def build(scope: Scope) -> Block:
    """Add up the amounts, in three queries."""
    rows = [_row(code, each) for code, each in _figures(scope).items()]
    return Block(
        code=CODE,
        title=str(MAKER.title),
        definition=str(MAKER.definition),
        first_head=_("Money"),
        heads=(_("Amount (yuan)"), pgettext("statistics", "Entries")),
        rows=tuple(rows),
        chart=draw,
    )


def _row(code: str, each: Figure) -> Row:
    found = each.rows.aggregate(amount=Sum(each.amount), number=Count("pk"))
    amount = Cell(found["amount"] or Decimal(0))
    return Row(code, each.title, (amount, Cell(found["number"], f"{CODE}.{code}")))


def figure(scope: Scope, code: str) -> Figure | None:
    """Return the claims, sums or payments behind an amount."""
    return _figures(scope).get(code)


def draw(block: Block, scope: Scope) -> SafeString:
    """Draw a bar an amount, which leads to what it adds up."""
    rows = []
    for row in block.rows:
        amount, number = row.cells
        leading = Cell(amount.value, number.figure)
        rows.append(Bar(row.title, mark_of(row, leading, scope)))
    return bars(block.title, rows)


MAKER = BlockMaker(CODE, gettext_lazy("Money claimed, awarded and paid"), DEFINITION, build, figure)
