"""Reading the case card in tests: one item, and whether every value names a row its reader finds."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from administrative.models import Recommendation
from cases.models import Case, Event, Lead, Party, TeamMember
from cases.selectors.card import Card, CardLine, card_of
from deadlines.models import Deadline
from enforcement.models import Obligation
from evidence.models import Exhibit
from notices.models import Document

MODELS: dict[str, Any] = {
    "case": Case,
    "deadline": Deadline,
    "document": Document,
    "event": Event,
    "exhibit": Exhibit,
    "lead": Lead,
    "member": TeamMember,
    "obligation": Obligation,
    "party": Party,
    "recommendation": Recommendation,
}


def line(actor: User, matter: Lead | Case, code: str) -> CardLine:
    """Return one item of the whole card."""
    return next(line for line in card_of(actor, matter).lines if line.item.code == code)


def texts(actor: User, matter: Lead | Case, code: str) -> list[str]:
    """Return what an item says, value by value."""
    return [str(value.text) for value in line(actor, matter, code).values]


def told(whole: Card) -> dict[str, list[str]]:
    """Return the mark of every item that says something or should, and its values."""
    return {
        row.item.code: [row.mark.value, *(f"{v.text} {v.note}".strip() for v in row.values)]
        for row in whole.shown
    }


def mark_as_verified(client: Client, matter: Lead | Case, row: CardLine) -> Any:
    """Press the button of one item of the card."""
    body = {"item": row.item.code, "digest": row.digest}
    return client.post(reverse("card_check", args=[matter.key]), body)


def faults_of_sources(client: Client, actor: User, matter: Lead | Case) -> list[str]:
    """Return every value whose source does not exist, or whose page its reader does not find."""
    client.force_login(actor)
    seen: dict[str, int] = {}
    faults = []
    for row in card_of(actor, matter).lines:
        for value in row.values:
            source = value.source
            if not MODELS[source.kind].objects.filter(pk=source.pk).exists():
                faults.append(f"{row.item.code}: no {source.kind} {source.pk}")
            if source.link not in seen:
                seen[source.link] = client.get(source.link).status_code
            if seen[source.link] != 200:
                faults.append(f"{row.item.code}: {source.link} is {seen[source.link]}")
    return faults
