"""Which papers an actor may see, and what can be made of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import selectors as accounts
from accounts.models import Role, User
from audit.errors import NotVisible
from audit.prepared import prepared
from audit.words import says
from cases.machine import Declaration, LegalDay
from cases.models import Case, Lead, ProposalStatus
from cases.registries import EventKind, event_kinds
from cases.selectors import people
from cases.selectors.kept_rows import holds
from cases.selectors.keys import keys_of, of_keys
from cases.selectors.matters import cases_visible_to, seen_in_either, seen_keys
from cases.selectors.next_steps import NextStep, next_steps
from cases.states import CaseState
from exchange.models import PAPER_WORDS, Paper, PaperFile
from exchange.prefill import Told, told_of

if TYPE_CHECKING:
    Matter = Lead | Case

# Whose desks papers pass: intake, the clerks, case management, and those who handle matters.
MAY_REGISTER = (Role.INTAKE, Role.CLERK, Role.CASE_MANAGEMENT, Role.PROSECUTOR)
UNLINKED = Q(lead__isnull=True, case__isnull=True)
# What the list is narrowed to.
OPEN, CLOSED = "open", "closed"
LINKED, NOT_LINKED = "linked", "unlinked"

# So many papers the page of a matter shows.
MOST_IN_PANEL = 6


def may_register(actor: User) -> bool:
    """Say whether `actor` registers papers for his office."""
    return accounts.has_role(actor, *MAY_REGISTER)


def papers_visible_to(actor: User) -> QuerySet[Paper]:
    """Return the papers of the actor's office he may see.

    Those of a matter for whoever may see the matter, those of none yet for whoever registers papers.
    """
    seen = seen_in_either(actor)
    if may_register(actor):
        seen |= UNLINKED
    return _rows().filter(seen, office=actor.office_id)


def _rows() -> QuerySet[Paper]:
    return Paper.objects.select_related(
        "office", "case__office", "lead__office", "registered_by", "closed_by", "event"
    )


def get_paper(actor: User, pk: int) -> Paper:
    """Return a visible paper.

    Raises:
        NotVisible: there is none for this actor.
    """
    paper = papers_visible_to(actor).filter(pk=pk).first()
    if paper is None:
        raise NotVisible(_("There is no such paper."))
    return paper


def get_file(actor: User, pk: int, file: int) -> PaperFile:
    """Return a file of a visible paper.

    Raises:
        NotVisible: there is none for this actor.
    """
    found = PaperFile.objects.filter(paper=get_paper(actor, pk), pk=file).first()
    if found is None:
        raise NotVisible(_("There is no such file."))
    return found


def papers_of(actor: User, matter: Matter) -> QuerySet[Paper]:
    """Return the visible papers of a matter, those of a case's lead included, the newest first."""
    belongs = of_keys(*keys_of(matter))
    return papers_visible_to(actor).filter(belongs).order_by("-id")


def newest_papers(actor: User, matter: Matter) -> list[Paper]:
    """Return the first few of `papers_of` the matter, for its page."""
    if not holds(matter, "papers"):
        return []
    return _newest(*seen_keys(actor, matter), actor.office_id)


@prepared(int, int, int)
def _newest(case: int, lead: int, office: int) -> QuerySet[Paper]:
    rows = _rows().filter(of_keys(case, lead), office=office)
    return rows.order_by("-id")[:MOST_IN_PANEL]


def belongs_to(paper: Paper, matter: Matter) -> bool:
    """Say whether an event of `matter` may be recorded from the paper: it or its lead is the paper's."""
    if isinstance(matter, Lead):
        return paper.lead_id == matter.pk
    return paper.case_id == matter.pk or (
        paper.lead_id is not None and paper.lead_id == matter.lead_id
    )


def waiting_for(actor: User) -> QuerySet[Paper]:
    """Return the papers nobody has linked or closed, the oldest first; none for who registers none."""
    if not may_register(actor):
        return Paper.objects.none()
    return Paper.objects.filter(UNLINKED, office=actor.office_id, closed_at__isnull=True).order_by(
        "id"
    )


def filtered(rows: QuerySet[Paper], chosen: dict[str, Any]) -> QuerySet[Paper]:
    """Narrow the register by what `PaperFilterForm` read; what is empty narrows nothing."""
    equal = {name: chosen[name] for name in ("direction", "medium") if chosen.get(name)}
    rows = rows.filter(**equal)
    if key := chosen.get("matter"):
        rows = rows.filter(Q(case__key=key) | Q(lead__key=key))
    if state := chosen.get("state"):
        rows = rows.filter(closed_at__isnull=state == OPEN)
    if linked := chosen.get("linked"):
        rows = rows.exclude(UNLINKED) if linked == LINKED else rows.filter(UNLINKED)
    if words := chosen.get("q"):
        rows = rows.filter(_says(words))
    return rows


def search(actor: User, words: str) -> QuerySet[Paper]:
    """Return the visible papers whose subject, correspondent or numbers hold `words`, the newest first."""
    return papers_visible_to(actor).filter(_says(words)).order_by("-id")


def numbered(actor: User, spellings: Sequence[str]) -> QuerySet[Paper]:
    """Return the visible papers whose number in the register or own number is exactly this one."""
    same = Q(number__in=spellings) | Q(their_number__in=spellings)
    return papers_visible_to(actor).filter(same).order_by("-id")


def _says(words: str) -> Q:
    return says(Paper.objects.all(), words, *PAPER_WORDS)


# --- what can be made of a paper -------------------------------------------------------------------


@dataclass(frozen=True)
class Way:
    """One step or record of the matter that the paper can be made into.

    Attributes:
        kind: what is done there: ``record`` it, ``carry_out`` what was approved, ``propose`` an act that is
            carried out later, or propose what the approval itself will ``decide``.
        link: the page, filled from the paper.
        lacking: the guards that do not hold yet.
        facts: what the form begins with, by field; nothing where the paper is not what is recorded.
    """

    what: Declaration | EventKind
    kind: str
    link: str
    code: str = ""
    lacking: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def event_kind(self) -> str:
        """The kind of the event that is recorded in the end."""
        return self.what.event_kind if isinstance(self.what, Declaration) else self.what.code


def current_matter(actor: User, paper: Paper) -> Matter | None:
    """Return what the paper belongs to now: of a filed lead the case, where the actor sees it."""
    if paper.lead_id is None:
        return paper.case
    case = cases_visible_to(actor).select_related("office", "lead").filter(lead=paper.lead_id)
    return case.first() or paper.lead


def ways_of(actor: User, paper: Paper) -> list[Way]:
    """Return the steps and records the matter offers the actor now, those possible at once first."""
    matter = current_matter(actor, paper)
    if matter is None:
        return []
    told = Told(paper, matter)
    steps = [way for step in next_steps(matter, actor) if (way := _way(step, actor, told))]
    return sorted(steps, key=lambda way: len(way.lacking)) + _records(actor, told)


def _way(step: NextStep, actor: User, told: Told) -> Way | None:
    matter = told.matter
    kind, page = "record", reverse("transition_record", args=[matter.key, step.declaration.code])
    if step.declaration.needs_proposal:
        if step.proposal is not None:
            return _carried_out(step, actor, told)
        kind = "propose" if step.declaration.legal_day == LegalDay.ACT else "decide"
        page = reverse("proposal_create", args=[matter.key, step.declaration.code])
    if not step.may or step.blocked_by:
        return None
    return _from(told, step, kind, page)


def _carried_out(step: NextStep, actor: User, told: Told) -> Way | None:
    proposal = step.proposal
    assert proposal is not None
    if proposal.status != ProposalStatus.APPROVED or not people.is_member(told.matter, actor):
        return None
    return _from(told, step, "carry_out", reverse("proposal_carry_out", args=[proposal.pk]))


def _from(told: Told, step: NextStep, kind: str, page: str) -> Way:
    # A proposal rests on its own facts; only what is recorded takes the files of the paper.
    taken = kind in ("record", "carry_out")
    link = f"{page}?source={reference_of(told.paper)}" if taken else page
    facts = told_of(step.declaration.event_kind, told) if taken else {}
    lacking = tuple(line.title for line in step.unmet)
    return Way(step.declaration, kind, link, step.declaration.code, lacking, facts)


def _records(actor: User, told: Told) -> list[Way]:
    """Return the records without a step that a member of the team makes in a case."""
    matter = told.matter
    if not isinstance(matter, Case) or not people.is_member(matter, actor):
        return []
    pages = {"direction_recorded": "direction_create"}
    if matter.state == CaseState.INVESTIGATING:
        pages["investigative_act"] = "investigative_act_create"
    return [
        Way(
            event_kinds[kind],
            "record",
            f"{reverse(page, args=[matter.key])}?source={reference_of(told.paper)}",
            facts=told_of(kind, told),
        )
        for kind, page in pages.items()
    ]


def reference_of(paper: Paper) -> str:
    """Return what an event says it is recorded from."""
    return f"paper:{paper.pk}"
