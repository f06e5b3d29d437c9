"""What became of the recommendations served in a time: figures that follow from events (law 9).

They are grouped by what the recommendations are about, never by who made them: no figure stands for a
person or an office, and the rows are sorted by name, not by number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple, dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Exists, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from administrative.bodies import regions
from administrative.governance import figures as governance
from administrative.models import AssessmentResult, BodyKind
from administrative.selectors.board import case_events, count_measures, followed, measures_of_case
from audit import clock


class Grouping(models.TextChoices):
    """What a row of the figures stands for."""

    BODY = "body", gettext_lazy("Authority")
    FIELD = "field", gettext_lazy("Field")
    REGION = "region", gettext_lazy("Region")


class Kind(models.TextChoices):
    """Which recommendations are counted: they ask different things of different bodies (law 9.0)."""

    AUTHORITY = "authority", gettext_lazy("To authorities (D-70)")
    GOVERNANCE = "governance", gettext_lazy("On governance (D-71)")


@dataclass(frozen=True)
class Figures:
    """What became of some recommendations, as it stands today.

    Attributes:
        sent: recommendations the body received in the time asked for.
        in_time, late: first answers until the last day of the time to answer, and after it.
        unanswered: no answer, and the time to answer is over.
        open: no answer yet, and the time to answer runs, or no time to answer is recorded.
        measures: what was asked for; on governance: how many recommendations were assessed.
        done: measures found done; on governance: recommendations found adopted.
        verified: measures that are final, done or fallen away; on governance: recommendations that ended.
        suits: suits decided on; on governance none.
        escalations: reports to those above, to the congress, to supervision.
    """

    sent: int = 0
    in_time: int = 0
    late: int = 0
    unanswered: int = 0
    open: int = 0
    measures: int = 0
    done: int = 0
    verified: int = 0
    suits: int = 0
    escalations: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(a + b for a, b in zip(astuple(self), astuple(other), strict=True)))


@dataclass(frozen=True)
class Row:
    """The figures of one authority, field or region."""

    name: str
    figures: Figures


def figures_of(
    actor: User, first: date, last: date, by: Grouping, kind: Kind = Kind.AUTHORITY
) -> tuple[list[Row], Figures]:
    """Return the figures of the recommendations `actor` sees that were served from `first` to `last`.

    Returns:
        the rows by name, and the sum of all.
    """
    found: dict[tuple[str, Any], Figures] = defaultdict(Figures)
    served = _served if kind == Kind.AUTHORITY else governance.served
    for row in served(actor, first, last):
        found[_group(row, by)] += _of_one(row)
    named = sorted(found.items(), key=lambda item: (item[0][0], str(item[0][1])))
    return [Row(key[0], value) for key, value in named], _sum(found.values())


def _sum(figures: Iterable[Figures]) -> Figures:
    return sum(figures, start=Figures())


def _served(actor: User, first: date, last: date) -> QuerySet[Any, dict[str, Any]]:
    """Return what the figures ask of each recommendation; an entry that was merged counts for its heir."""
    escalated = case_events("recommendation_escalated").order_by().values("case")
    number = escalated.annotate(n=Count("pk")).values("n")
    done = measures_of_case().filter(last=AssessmentResult.DONE)
    entry, heir = "authority_of__body", "authority_of__body__merged_into"
    served: QuerySet[Any, dict[str, Any]] = (
        followed(actor)
        .filter(served_on__range=(first, last), authority_of__isnull=False)
        .annotate(
            group_body=Coalesce(f"{heir}__pk", f"{entry}__pk"),
            group_name=Coalesce(f"{heir}__name", f"{entry}__name"),
            group_kind=Coalesce(f"{heir}__kind", f"{entry}__kind"),
            group_region=Coalesce(f"{heir}__region", f"{entry}__region"),
            found_done=count_measures(done),
            sued=Exists(case_events("administrative_suit_decided")),
            escalations=Coalesce(Subquery(number, output_field=IntegerField()), 0),
        )
        .order_by()
        .values(
            *("group_body", "group_name", "group_kind", "group_region"),
            *("due", "answered_on", "asked", "found_done", "made_final", "sued", "escalations"),
        )
    )
    return served


def _group(row: Mapping[str, Any], by: Grouping) -> tuple[str, Any]:
    """Return the name of the row's group, and what tells it from another of the same name."""
    match by:
        case Grouping.BODY:
            return row["group_name"] or "", row["group_body"]
        case Grouping.FIELD:
            return str(BodyKind(row["group_kind"]).label), row["group_kind"]
        case Grouping.REGION:
            return region_name(row["group_region"] or ""), row["group_region"]


def region_name(code: str) -> str:
    """Return what a region is called today, with what it lies in; its code where the list has no name."""
    return (regions.full_name(code, clock.today()) or code) if code else _("National")


def _of_one(row: Mapping[str, Any]) -> Figures:
    answered, due = row["answered_on"], row["due"]
    in_time = answered is not None and (due is None or answered <= due)
    over = due is not None and due < clock.today()
    return Figures(
        sent=1,
        in_time=int(in_time),
        late=int(answered is not None and not in_time),
        unanswered=int(answered is None and over),
        open=int(answered is None and not over),
        measures=row["asked"],
        done=row["found_done"],
        verified=row["made_final"],
        suits=int(row["sued"]),
        escalations=row["escalations"],
    )


def heads(kind: Kind) -> list[str]:
    """Return the headings of the figures in the reader's language, in the order of `numbers`."""
    answers = [
        _("Sent"),
        _("Answered in time"),
        _("Answered late"),
        _("Not answered"),
        _("Time still runs"),
    ]
    if kind == Kind.GOVERNANCE:
        return [*answers, _("Assessed"), _("Found adopted"), _("Ended"), _("Carried further")]
    measures = [_("Measures asked for"), _("Found done"), _("Done or fallen away")]
    return [*answers, *measures, _("Suits decided on"), _("Escalations")]


def numbers(figures: Figures, kind: Kind) -> tuple[int, ...]:
    """Return the figures in the order of `heads`; nothing on governance comes to a suit."""
    every = asdict(figures)
    if kind == Kind.GOVERNANCE:
        del every["suits"]
    return tuple(every.values())
