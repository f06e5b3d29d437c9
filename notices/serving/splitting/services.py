"""Starting several services at once: all of them or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.errors import Conflict, Invalid, invalid_field
from notices.models import Document, Service
from notices.serving.services import Sending, start_service

# More are hardly ever served at once, and each is locked, checked and recorded by itself.
MOST = 100


@transaction.atomic
def start_services(
    *, actor: User, document: Document, sendings: Sequence[Sending]
) -> list[Service]:
    """Send a document to several addressees, each by its own method, in one transaction.

    Raises:
        NotPermitted: the actor is not in the handling team.
        Invalid: nobody is named, too many are, or one sending is wrong; its fields are named
            ``sendings.0.address``.
        Conflict: the document is not issued, or one addressee is being served or was; `details` holds the
            `row`.
    """
    if not sendings:
        raise invalid_field("sendings", _("Name at least one addressee."), "CPL 87")
    if len(sendings) > MOST:
        sentence = _("At most %(most)d addressees at once. Send the rest after them.")
        raise invalid_field("sendings", sentence % {"most": MOST})
    return list(_started(actor, document, sendings))


def _started(actor: User, document: Document, sendings: Sequence[Sending]) -> Iterator[Service]:
    for row, sending in enumerate(sendings):
        name = sending.party.name if sending.party else sending.name.strip()
        try:
            yield start_service(actor=actor, document=document, sending=sending)
        except Invalid as refusal:
            raise Invalid(
                _told(name, refusal),
                errors={f"sendings.{row}.{field}": said for field, said in refusal.errors.items()},
                code=refusal.code,
                law=refusal.law,
            ) from refusal
        except Conflict as refusal:
            raise Conflict(
                _told(name, refusal),
                code=refusal.code,
                law=refusal.law,
                details=refusal.details | {"row": row},
            ) from refusal


def _told(name: str, refusal: Invalid | Conflict) -> str:
    if not name:
        return str(refusal.message)
    return _("%(name)s: %(sentence)s") % {"name": name, "sentence": refusal.message}
