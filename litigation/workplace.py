"""What this room hands to the inbox."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from cases.models import Case, Event, Lead
from cases.registries import InboxItem, OtherNumber, Panel, inbox, kept_rows, numbers, panels
from litigation import jurisdiction_panel, selectors
from litigation.models import Claim, Judgment
from litigation.selectors import told

MOST = 50
# So many events tell one number; no court has as many cases under it.
MOST_TELLING = 1000
# The fact under which every event that tells of it keeps the number of the court.
COURT_NUMBER = "court_case_number"


def transfers_to_acknowledge(user: User) -> list[InboxItem]:
    """The cases that arrived from other offices and wait for their acknowledgement."""
    rows = selectors.transfers_received_by(user).filter(received_case__isnull=True)
    return [
        InboxItem(
            group="todo",
            title=_("Acknowledge the case of %(office)s") % {"office": row.source.office.name},
            link=reverse("transfer_acknowledge", args=[row.pk]),
            kind=_("Transfer"),
            matter_title=row.source.title,
            matter_key=row.source.key,
            waiting_since=row.created_at,
        )
        for row in rows[:MOST]
    ]


def panel_context(matter: Lead | Case, actor: User) -> dict[str, Any]:
    """Return how the suit of a case stands: claims, court, judgment."""
    assert isinstance(matter, Case)  # the panel stands on cases alone
    return {
        "matter": matter,
        "claim_count": len(told.standing_claims(matter)),
        "court": selectors.court_of(matter),
        "court_case_number": selectors.court_case_number(matter),
        "judgment": told.last_judgment(matter),
    }


def cases_at_court(spellings: Sequence[str]) -> QuerySet[Event, Any]:
    """Return the keys of the cases that a court keeps under one of these numbers, as they stand corrected."""
    told = _standing().filter(pk__in=list(_telling(spellings)), case__isnull=False)
    return told.order_by().values("case")


def numbers_at_court() -> QuerySet[Event, Any]:
    """Return the numbers under which courts keep the case `OuterRef("pk")`, the oldest first."""
    told = _standing().filter(case=OuterRef("pk"), facts__has_key=COURT_NUMBER)
    return told.order_by("pk").values(number=KT(f"facts__{COURT_NUMBER}"))


def _standing() -> QuerySet[Event]:
    """Return the events whose number of a court was neither annulled nor corrected since."""
    rows = Event.objects.filter(annulled_by__isnull=True, corrects__annulled_by__isnull=True)
    return rows.filter(~_numbered_later())


def _telling(spellings: Sequence[str]) -> QuerySet[Event, Any]:
    """Return the keys of the few events that tell one of these numbers.

    The database takes them for thousands; read first, they are joined by their keys, by one process.
    """
    rows = Event.objects.filter(
        facts__has_key=COURT_NUMBER, facts__court_case_number__in=list(spellings)
    )
    return rows.order_by().values_list("pk", flat=True)[:MOST_TELLING]


def _numbered_later() -> Exists:
    """The condition that a correction gave the event, or the one it corrects, another number since."""
    corrected = Coalesce(OuterRef("corrects"), OuterRef("pk"))
    later = Event.objects.filter(corrects=corrected, pk__gt=OuterRef("pk"))
    return Exists(later.filter(facts__has_key=COURT_NUMBER))


def register() -> None:
    """Hand the parts to the registries."""
    panels.register(
        "suit",
        Panel(
            code="suit",
            title=gettext_lazy("Suit"),
            template="litigation/case_panel.html",
            context=panel_context,
            order=40,
            of=("case",),
        ),
    )
    jurisdiction_panel.register()
    kept_rows.register("claims", lambda case, lead: Claim.objects.filter(case=case))
    kept_rows.register("judgments", lambda case, lead: Judgment.objects.filter(case=case))
    inbox.register("transfers", transfers_to_acknowledge)
    numbers.register("courts", OtherNumber(cases=cases_at_court, of_case=numbers_at_court))
