"""What this room answers when a transition asks for a document (`cases.registries.DocumentSlots`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from audit.clock import BEIJING
from audit.errors import Verdict
from cases.models import Case, Lead
from cases.registries import DraftDocument
from notices import selectors
from notices.catalogue import TYPES
from notices.models import Document, Service
from notices.services.keeping import keep_texts

if TYPE_CHECKING:
    Matter = Lead | Case


class Slots:
    """The documents of a matter by their code of law 7.2."""

    def documents(self, matter: Matter, code: str) -> Sequence[DraftDocument]:
        """Return the documents of that code that are neither void nor replaced, oldest first."""
        return [self._shown(row) for row in reversed(selectors.standing(matter, code))]

    def all_documents(self, matter: Matter) -> Mapping[str, Sequence[DraftDocument]]:
        """Return the documents of a matter by their code, oldest first, read at once."""
        found: dict[str, list[DraftDocument]] = defaultdict(list)
        for row in reversed(selectors.standing(matter)):
            found[row.code].append(self._shown(row))
        return found

    @staticmethod
    def _shown(row: Document) -> DraftDocument:
        return DraftDocument(
            pk=row.pk,
            code=row.code,
            title=row.title,
            sha256=row.digest,
            link=row.get_absolute_url(),
            final=row.in_final_form,
            status=row.get_status_display(),
        )

    def keep_texts(self, documents: Sequence[DraftDocument]) -> None:
        """Keep what the documents say now, for whoever compares a later round with it."""
        keep_texts(item.pk for item in documents)

    def text(self, actor: User, pk: int, digest: str) -> Mapping[str, str] | None:
        """Return what a document said under a digest, None when the actor may not read it."""
        return selectors.text_under(actor, pk, digest)

    def check(self, matter: Matter, code: str) -> Verdict:
        """Say whether a document of that code exists in final form, and where it is made if not."""
        rows = selectors.standing_of_type(matter, code)
        ready = next((row for row in rows if row.in_final_form), None)
        if ready is not None:
            why = _("“%(title)s” is %(status)s.") % {
                "title": ready.type.title,
                "status": ready.get_status_display(),
            }
            return Verdict(True, why, ready.get_absolute_url())
        if rows:
            why = _("“%(title)s” exists, but is not final yet.") % {"title": rows[0].type.title}
            return Verdict(False, why, rows[0].get_absolute_url())
        why = _("“%(title)s” does not exist yet.") % {"title": TYPES[code].title}
        return Verdict(False, why, making_address(matter, code))

    def newest_at(self, matter: Matter, code: str) -> datetime | None:
        """Return when the newest document of that code came into final form; a correction keeps its time."""
        ready = (row for row in selectors.standing_of_type(matter, code) if row.in_final_form)
        return max((_formed_at(row) for row in ready), default=None)

    def where_made(self, matter: Matter, code: str) -> str:
        """Return the page on which a document of that code is begun or filed."""
        return making_address(matter, code)

    def under_way(self, matter: Matter) -> Sequence[str]:
        """Return what was sent and is neither served nor sent back: document and addressee."""
        rows = Service.objects.filter(
            outcome__isnull=True, **{f"document__{matter.relation}": matter}
        )
        return [f"{row.document.title} → {row.name}" for row in rows.select_related("document")]

    def ready_on(self, matter: Matter, code: str, *, since: datetime | None = None) -> date | None:
        """Return the day of the earliest document of that code in final form: signed, or made final.

        Args:
            since: leave out what came into final form before; it has served for an earlier step.
        """
        ready = [row for row in selectors.standing_of_type(matter, code) if row.in_final_form]
        if since is not None:
            ready = [row for row in ready if _formed_at(row) >= since]
        return min((day for row in ready if (day := _ready_day(row))), default=None)

    def titles(self, code: str) -> tuple[str, str]:
        """Return the titles of a type in Chinese and English."""
        return TYPES[code].title_zh, TYPES[code].title_en

    def known(self, code: str) -> bool:
        """Say whether law 7.2 has that code."""
        return code in TYPES


def _formed_at(row: Document) -> datetime:
    """Return when a document came into final form here; one that corrects another keeps that one's time."""
    while row.corrects is not None:
        row = row.corrects
    return row.finalised_at or row.issued_at or row.created_at


def _ready_day(row: Document) -> date | None:
    if row.signed_day is not None:
        return row.signed_day
    return row.finalised_at.astimezone(BEIJING).date() if row.finalised_at else None


def making_address(matter: Matter, code: str) -> str:
    """Return the page on which a document of that type is begun or filed."""
    page = "document_create" if TYPES[code].composed else "document_register"
    return f"{reverse(page, args=[matter.key])}?{urlencode({'code': code})}"
