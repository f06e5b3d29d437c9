"""Masking what a draft for the public says of people, with a list of what was masked (CC 1034)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit.errors import Invalid, invalid_field
from notices.masking.exposed import is_public, maskable
from notices.masking.patterns import masked
from notices.models import Document, DocumentStatus
from notices.services.approving import release_review
from notices.services.common import locked, note, require_status, require_worker
from notices.services.drafting import refresh, require_same_version
from notices.whole_text import CONTENT

LONGEST_NAME, MOST_NAMES = 20, 200


@transaction.atomic
def mask_document(
    *, actor: User, document: Document, version: int, names: Iterable[str] = ()
) -> Document:
    """Mask the numbers of people in a draft for the public, and these names of people.

    Raises:
        NotPermitted: the actor does not belong to the handling team.
        Conflict: it is no draft any more, or somebody changed it.
        Invalid: the document is not for the public, a name is none, or there is nothing to mask.
    """
    row = locked(document)
    require_worker(actor, row.matter)
    release_review(row)
    require_status(row, DocumentStatus.DRAFT)
    require_same_version(row, {}, version)
    if not is_public(row):
        raise Invalid(_("Only what is written here for the public is masked."), code="not_public")
    done = _mask(row, _checked(names))
    if not done:
        raise Invalid(_("Nothing here names a person by number or by these names."), code="nothing")
    refresh(row)
    row.version += 1
    row.edited_by, row.edited_at = actor, clock.now()
    row.save()
    # The record names what kind was masked and how often, never a passage.
    note(row, actor, "masked", masked=dict(Counter(done)))
    return row


def _checked(names: Iterable[str]) -> list[str]:
    found = list(dict.fromkeys(name.strip() for name in names if name.strip()))
    wrong = [name for name in found if not 2 <= len(name) <= LONGEST_NAME]
    if wrong:
        sentence = _("“%(name)s” is no name: two to twenty characters, one name a line.")
        raise invalid_field("names", sentence % {"name": wrong[0][:LONGEST_NAME]})
    if len(found) > MOST_NAMES:
        raise invalid_field("names", _("At most 200 names at once."))
    # The longer name first, or a part of it would be masked alone.
    return sorted(found, key=len, reverse=True)


def _mask(document: Document, names: list[str]) -> list[str]:
    """Mask each content and list beside it what was masked; return the kinds of all of it."""
    done: list[str] = []
    for content, text in list(maskable(document)):
        clean, found = masked(text, names)
        if not found:
            continue
        entry = document.content[content.name]
        rows = [{"kind": item.kind, "shown": item.masked} for item in found]
        document.content[content.name] = entry | {
            "value": clean,
            "masked": [*entry.get("masked", []), *rows],
        }
        done += [item.kind for item in found]
    return done


def masked_in(document: Document) -> list[tuple[str, str, str]]:
    """Return what was masked: content, kind and what stands there now."""
    return [
        (content.name, row["kind"], row["shown"])
        for content in (*document.type.contents, CONTENT)
        for row in document.content.get(content.name, {}).get("masked", [])
    ]
