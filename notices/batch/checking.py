"""Whether a document of a batch can be made, and what it will lack: asked by the trial and by the making."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from audit.errors import Conflict, NotPermitted, Refusal
from cases.models import Case
from notices.batch.planning import Plan, Target, typed_for
from notices.catalogue import DocumentType
from notices.models import Document
from notices.picker import fits_state
from notices.services.common import require_worker
from notices.services.drafting import new_draft, require_printable, require_room


@dataclass(frozen=True)
class Row:
    """What the trial says of one document.

    Attributes:
        addressee: as it was typed, or as the record names it.
        missing: the labels of the required contents nobody has stated.
        refusal: why it cannot be made; empty where it can.
    """

    case: Case
    addressee: str
    missing: tuple[str, ...] = ()
    refusal: str = ""


def require_possible(actor: User, kind: DocumentType, case: Case) -> None:
    """Refuse what a batch may not begin for a case.

    Raises:
        NotPermitted: the actor's account is closed, or he does not belong to the handling team.
        Conflict: the case is in another state, or there is such a document already.
    """
    if not actor.is_active:
        raise NotPermitted(_("The account of whoever started the batch is closed."))
    require_worker(actor, case)
    if not fits_state(kind, case):
        raise Conflict(
            _("“%(title)s” belongs to %(stage)s; the case is now “%(state)s”.")
            % {
                "title": kind.title,
                "stage": kind.stage_label,
                "state": case.get_state_display(),
            },
            code="wrong_state",
            law=kind.article,
        )
    require_room(kind, case)


def trial(actor: User, plan: Plan) -> list[Row]:
    """Say document by document what making the batch would do; nothing is written."""
    seen: set[int] = set()
    rows = []
    for target in plan.targets:
        rows.append(_row(actor, plan, target, again=target.case.pk in seen))
        seen.add(target.case.pk)
    return rows


def _row(actor: User, plan: Plan, target: Target, *, again: bool) -> Row:
    kind, case = plan.kind, target.case
    try:
        require_possible(actor, kind, case)
        if again and not kind.repeats:
            raise Conflict(
                _("Of “%(title)s” there is only one at a time.") % {"title": kind.title},
                code="document_exists",
            )
        typed = typed_for(kind, plan.texts, target.addressee)
        return _tried(kind, case, actor, typed)
    except Refusal as refusal:
        return Row(case, target.addressee, refusal=sentence_of(refusal))


def _tried(kind: DocumentType, case: Case, actor: User, typed: Mapping[str, str]) -> Row:
    draft = new_draft(kind=kind, matter=case, actor=actor, typed=typed)
    require_printable(draft)
    missing = tuple(lacking(draft))
    return Row(case, addressee_in(draft.values), missing)


def lacking(document: Document) -> list[str]:
    """Return the labels of the required contents that are empty."""
    values = document.values
    return [
        item.label
        for item in document.type.contents
        if item.required and not values.get(item.name, "").strip()
    ]


def addressee_in(values: Mapping[str, str]) -> str:
    """Return to whom a document with these contents goes, as far as they say."""
    return values.get("addressee", "") or values.get("holder", "")


def sentence_of(refusal: Refusal) -> str:
    """Return everything a refusal says on one line."""
    return " ".join([str(refusal.message), *(str(item.message) for item in refusal.unmet)])
