"""Leads that may tell the same facts as a new one."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet

from accounts.models import User
from cases.models import Lead
from cases.selectors.matters import leads_visible_to

MOST = 5
_SHORTEST = 4  # characters of a piece of a title that says something
_PIECES = re.compile(r"[\W_]+")
# What stands in nearly every title of this register and tells nothing apart.
_COMMON = re.compile(r"侵害|公民|个人信息|公益诉讼|民事|线索|案件|举报|涉嫌|他人|某")


def possible_duplicates(actor: User, title: str, processor: str) -> QuerySet[Lead]:
    """Return visible leads with the same suspected processor or a like title, the latest first."""
    alike = Q(pk__in=[])
    if processor.strip():
        alike |= Q(suspected_processor__icontains=processor.strip())
        alike |= Q(title__icontains=processor.strip())
    for piece in _telling_pieces(title):
        alike |= Q(title__icontains=piece)
    return leads_visible_to(actor).filter(alike).order_by("-id")[:MOST]


def _telling_pieces(title: str) -> list[str]:
    """Return the pieces of a title that may tell a lead apart; a short title as a whole."""
    pieces = [part for part in _PIECES.split(_COMMON.sub(" ", title)) if len(part) >= _SHORTEST]
    whole = title.strip()
    return pieces or ([whole] if len(whole) >= _SHORTEST else [])
