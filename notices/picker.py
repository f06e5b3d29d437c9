"""Which documents somebody may begin, those of the present state first, then stage by stage (law 7.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.errors import Text
from cases.models import Case, Lead
from cases.registries import machines
from cases.states import Stage
from cases.track import law_code
from notices import selectors
from notices.catalogue import TYPES, in_matter
from notices.declaration import DocumentType
from notices.models import Document
from notices.services.drafting import leaves_room
from notices.stages import STATE, beside_the_states, covers

if TYPE_CHECKING:
    Matter = Lead | Case

# By the letters with which a state of law 3.1 begins.
STAGES: tuple[tuple[tuple[str, ...], Text], ...] = (
    (("L", "LX", "P", "PX"), Stage.PRE_LITIGATION.label),
    (("C", "CX"), Stage.LITIGATION.label),
    (("E",), Stage.POST_LITIGATION.label),
    (("A", "AX"), gettext_lazy("Administrative track")),
)


@dataclass(frozen=True)
class Choice:
    """One document type, what stands of it already, and whether another one may be begun."""

    kind: DocumentType
    present: Document | None
    begins: bool


@dataclass(frozen=True)
class Group:
    """The types of one stage."""

    title: str
    choices: tuple[Choice, ...]


def belongs_to(kind: DocumentType, state: str) -> bool:
    """Say whether a type is made in the state with that code of law 3.1, for example ``P4``."""
    return covers(kind.stage, state) or covers(kind.administrative_stage, state)


def fits_state(kind: DocumentType, matter: Matter) -> bool:
    """Say whether a type is made in the present state of a matter, or for a step that leads out of it.

    What runs beside the states fits always.
    """
    here = belongs_to(kind, law_code(matter.machine, matter.state))
    return here or beside_the_states(kind.stage_in(matter.machine)) or _of_a_step(kind, matter)


def _of_a_step(kind: DocumentType, matter: Matter) -> bool:
    steps = machines[matter.machine].declarations.values()
    return any(
        matter.state in step.sources and kind.code in (*step.needs_documents, *step.makes_documents)
        for step in steps
    )


def groups_for(matter: Matter) -> list[Group]:
    """Return the types that are made here for such a matter, each once, in the order of the stages."""
    standing: dict[str, Document] = {}
    for document in selectors.standing(matter):
        standing.setdefault(document.code, document)
    kinds = [
        in_matter(kind, matter)
        for kind in TYPES.values()
        if kind.composed and kind.made_for(matter.machine)
    ]
    state = law_code(matter.machine, matter.state)
    now = [kind for kind in kinds if belongs_to(kind, state)]
    title = _("For the present state: %(state)s") % {"state": matter.get_state_display()}
    found = [_group(title, now, standing)]
    left = [kind for kind in kinds if kind not in now]
    begins = {kind.code: _begins(kind, matter.machine) for kind in left}
    for letters, label in STAGES:
        found.append(_group(label, [k for k in left if begins[k.code] in letters], standing))
    known = {letter for letters, _label in STAGES for letter in letters}
    anytime = [kind for kind in left if begins[kind.code] not in known]
    found.append(_group(_("At any time"), anytime, standing))
    return [group for group in found if group.choices]


def _begins(kind: DocumentType, machine: str) -> str:
    code = STATE.match(kind.stage_in(machine))
    return code[1] if code else ""


def _group(title: Text, kinds: Iterable[DocumentType], standing: dict[str, Document]) -> Group:
    return Group(str(title), tuple(_choice(kind, standing.get(kind.code)) for kind in kinds))


def _choice(kind: DocumentType, present: Document | None) -> Choice:
    return Choice(kind, present, begins=present is None or leaves_room(present))
