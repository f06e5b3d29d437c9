"""What recording an event makes here: the drafts its transition declares, or the task to file them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import Office, User
from accounts.selectors import is_superior
from cases.machine import Act
from cases.models import Case, Lead
from cases.registries import EffectLine, add_effect, machines
from cases.selectors import back_entry
from cases.selectors.people import lead_handler
from cases.services import tasks
from notices import selectors
from notices.catalogue import TYPES, DocumentType
from notices.services.approving import decider_of
from notices.services.drafting import create_draft
from notices.services.registering import task_kind

if TYPE_CHECKING:
    Matter = Lead | Case


# Files a case against an authority beside this one (law 3.9).
BESIDE = "administrative_case_split"


def make_documents(act: Act, preview: bool) -> list[EffectLine]:
    """Draft every document the transition makes that is not there yet.

    The draft of a decision bears its day and its signer (norm C013). A type that is not composed here
    becomes a task of the handler.
    """
    lines = []
    for code in _codes(act):
        kind = TYPES[code]
        matter = _owner(act, kind, preview=preview)
        if matter is not None and _is_there(act, matter, code):
            continue
        filed = not kind.composed or back_entry.is_running(matter or act.matter)
        lines.append(_line(kind, filed=filed))
        if not preview and matter is not None:
            _make(act, kind, matter, filed=filed)
    return lines


def _codes(act: Act) -> list[str]:
    codes = list(act.declaration.makes_documents)
    if act.declaration.event_kind == "lead_transferred":
        codes = [transfer_code(act)]
    return codes


def transfer_code(act: Act) -> str:
    """Return the document a transfer needs: an opinion to the superior, else a notice (norm C006)."""
    target = Office.objects.filter(pk=act.facts.get("target_office") or 0).first()
    upwards = target is not None and is_superior(target, of=act.matter.office)
    return "D-03" if upwards else "D-02"


def _is_there(act: Act, matter: Matter, code: str) -> bool:
    """Say whether the document stands already; what another step made or carried is not that of this one."""
    step = act.declaration
    return selectors.is_made(matter, code, event_kind=step.event_kind, transition=step.code)


def _owner(act: Act, kind: DocumentType, *, preview: bool) -> Matter | None:
    """Return the matter the document belongs to.

    A filing's document belongs to the new case, also beside another (A-1-2); where a case is filed anew
    (T59), what belongs to leads belongs to its lead.
    """
    matter: Matter = act.matter
    if act.declaration.event_kind == BESIDE and "case" in kind.on:
        return None if preview else act.extra.get("case")
    if matter.relation in kind.on:
        return matter
    if isinstance(matter, Case):
        return matter.lead
    return None if preview else act.extra.get("case")


def _line(kind: DocumentType, *, filed: bool) -> EffectLine:
    text = (
        _("“%(title)s” (%(code)s) is to be filed: the handler gets a task.")
        if filed
        else _("“%(title)s” (%(code)s) is drafted.")
    )
    return EffectLine("document", text % {"title": kind.title, "code": kind.code})


def _make(act: Act, kind: DocumentType, matter: Matter, *, filed: bool) -> None:
    """Draft the document; what exists on paper already, as in back-entry, is filed instead."""
    assert act.event is not None  # effects that write run after the event
    actor = act.event.recorded_by
    if filed:
        _ask_to_file(act, kind, matter, actor)
        return
    create_draft(
        kind=kind,
        matter=matter,
        actor=actor,
        event=act.event,
        signer=decider_of(act.event.proposal) if kind.issued else None,
        signed_day=act.legal_day if kind.issued else None,
    )


def _ask_to_file(act: Act, kind: DocumentType, matter: Matter, actor: User | None) -> None:
    owner = lead_handler(matter) or actor
    if owner is None:
        return
    tasks.open_task(
        matter=matter,
        kind=task_kind(kind.code),
        title=gettext_noop("File “%(title)s” (%(code)s)"),
        values={"title": {"zh": kind.title_zh, "en": kind.title_en}, "code": kind.code},
        article=kind.article,
        owner=owner,
        created_by=actor,
        event=act.event,
    )


def register() -> None:
    """Add this room's effect to every kind of event whose transition makes documents."""
    kinds = {
        declaration.event_kind
        for machine in machines.values()
        for declaration in machine.declarations.values()
        if declaration.makes_documents
    }
    for kind in sorted(kinds):
        add_effect(kind, make_documents)
