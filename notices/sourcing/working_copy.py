"""The copy for the desk: the document with what each paragraph rests on in its margin."""

from __future__ import annotations

from accounts.models import User
from documents.model import Document as Composed
from documents.model import Support
from notices import assembling
from notices.models import Document
from notices.sourcing.printing import with_supports
from notices.sourcing.sentences import grounds_of
from notices.sourcing.supports import supports_of


def working_copy(actor: User, document: Document) -> Composed:
    """Return the structured document with the names of its supports, as `actor` may read them."""
    values = document.values
    supports = [item for rows in supports_of(document).values() for row in rows for item in row]
    grounds = grounds_of(actor, document.matter, dict.fromkeys(supports))
    labels: dict[Support, str] = {ground.support: ground.shown for ground in grounds}
    return with_supports(assembling.shown(document), document, values, labels)
