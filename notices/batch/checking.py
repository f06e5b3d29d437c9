"""Whether a document of a batch can be made, and what it will lack: asked by the trial and by the making."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.reading import reading
from audit.errors import Conflict, NotPermitted, Refusal
from cases.models import Case
from notices.batch.planning import Plan, Target, typed_for
from notices.batch.selectors import cases_for
from notices.catalogue import DocumentType
from notices.models import Document
from notices.picker import fits_state
from notices.services.common import require_worker
from notices.services.drafting import (
    new_draft,
    require_made_for,
    require_printable,
    require_room,
)
from notices.stages import stage_label


@dataclass(frozen=True)
class Row:
    """What the trial says of one document.

    Attributes:
        addressee: as it was typed, or as the record names it.
        missing: the labels of the required contents nobody has stated.
        refusal: why it cannot be made; empty where it can.
        caution: that it belongs to another state; it can be made all the same.
    """

    case: Case
    addressee: str
    missing: tuple[str, ...] = ()
    refusal: str = ""
    caution: str = ""


def require_possible(actor: User, kind: DocumentType, case: Case) -> None:
    """Refuse what a batch may not begin for a case.

    Raises:
        NotPermitted: the actor's account is closed, or he does not belong to the handling team.
        Conflict: there is such a document already.
    """
    if not actor.is_active:
        raise NotPermitted(_("The account of whoever started the batch is closed."))
    require_worker(actor, case)
    require_made_for(kind, case)
    require_room(kind, case)


def out_of_its_state(kind: DocumentType, case: Case) -> str:
    """Return that a type belongs to another state than a case is in; empty where it fits.

    It forbids nothing: what is begun one by one may be begun beforehand too.
    """
    if fits_state(kind, case):
        return ""
    return _("“%(title)s” belongs to “%(stage)s”; the case is now “%(state)s”.") % {
        "title": kind.title,
        "stage": stage_label(kind.stage_in(case.machine)),
        "state": case.get_state_display(),
    }


class _Trial:
    """The same questions for many cases, of which the most are answered by one look for all."""

    def __init__(self, actor: User, plan: Plan) -> None:
        self.actor, self.plan = actor, plan
        cases = [target.case for target in plan.targets]
        chosen = cases_for(actor).filter(pk__in=[case.pk for case in cases]).order_by()
        self.worked_on = set(chosen.values_list("pk", flat=True))
        owners = Q(case__in=cases) | Q(lead__in=[case.lead_id for case in cases if case.lead_id])
        rows = Document.objects.filter(owners, code=plan.kind.code)
        found = list(rows.values_list("case", "lead"))
        self.with_document = {case for case, _lead in found if case}
        self.leads_with_document = {lead for _case, lead in found if lead}
        self.seen: set[int] = set()

    def row(self, target: Target) -> Row:
        """Say what making one document would do."""
        case, again = target.case, target.case.pk in self.seen
        self.seen.add(case.pk)
        try:
            self._require_possible(case, again=again)
            return _tried(self.plan, target, self.actor)
        except Refusal as refusal:
            return Row(case, target.addressee, refusal=sentence_of(refusal))

    def _require_possible(self, case: Case, *, again: bool) -> None:
        kind = self.plan.kind
        require_made_for(kind, case)
        if case.pk not in self.worked_on:
            require_worker(self.actor, case)
        if case.pk in self.with_document or case.lead_id in self.leads_with_document:
            require_room(kind, case)
        if again and not kind.repeats:
            sentence = _("Of “%(title)s” there is only one at a time.") % {"title": kind.title}
            raise Conflict(sentence, code="document_exists")


def trial(actor: User, plan: Plan) -> list[Row]:
    """Say document by document what making the batch would do; nothing is written."""
    with reading():
        asked = _Trial(actor, plan)
        return [asked.row(target) for target in plan.targets]


def _tried(plan: Plan, target: Target, actor: User) -> Row:
    typed = typed_for(plan.kind, plan.texts, target.addressee)
    draft = new_draft(kind=plan.kind, matter=target.case, actor=actor, typed=typed)
    require_printable(draft)
    caution = out_of_its_state(plan.kind, target.case)
    return Row(target.case, addressee_in(draft.values), tuple(lacking(draft)), caution=caution)


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
