"""What this room hands to the inbox."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from cases.registries import InboxItem, inbox
from litigation import selectors

MOST = 50


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


def register() -> None:
    """Hand the parts to the registries."""
    inbox.register("transfers", transfers_to_acknowledge)
