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


def missing_rows(actor: User, matter: Lead | Case) -> list[str]:
    """Return every value whose source does not exist."""
    return [
        f"{matter.key} {row.item.code}: no {value.source.kind} {value.source.pk}"
        for row in card_of(actor, matter).lines
        for value in row.values
        if not MODELS[value.source.kind].objects.filter(pk=value.source.pk).exists()
    ]


def faults_of_sources(client: Client, actor: User, matter: Lead | Case) -> list[str]:
    """Return every value whose source does not exist, or whose page its reader does not find."""
    client.force_login(actor)
    rows = card_of(actor, matter).lines
    links = {value.source.link: row.item.code for row in rows for value in row.values}
    answers = {link: client.get(link).status_code for link in links}
    hidden = [f"{links[link]}: {link} is {code}" for link, code in answers.items() if code != 200]
    return missing_rows(actor, matter) + hidden
