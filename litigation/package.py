"""What is handed to the court with the complaint, piece by piece, and what of the case each is (law 3.4).

A piece is ticked by whoever hands it in; which documents, exhibits and files of the case it consists of
follows from the case. Exhibits are named by their number alone: their names are for those who may see them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models import Attachment, Case
from cases.registries import document_slots
from cases.selectors.events import latest
from evidence.facts import FactGroup
from evidence.models import Exhibit
from evidence.selectors import standing_facts
from litigation.models import Claim, ClaimKind, ClaimStatus


class Piece(models.TextChoices):
    """The pieces of law 3.4, each with the article that asks for it."""

    COMPLAINT = "complaint", _("The complaint with its copies (Rules 46; JI 14(1); CPL 123)")
    EVIDENCE_LIST = (
        "evidence_list",
        _("The evidence and its source, by the evidence list (CPL 124)"),
    )
    PRELIMINARY_EVIDENCE = (
        "preliminary_evidence",
        _("Preliminary evidence that the public interest was harmed (JI 14(2))"),
    )
    ANNOUNCEMENT_PROOF = (
        "announcement_proof",
        _("Proof that the announcement was made (JI 14(3))"),
    )
    COST_INVOICES = (
        "cost_invoices",
        _("Invoices of the appraisal and expert fees that are claimed (Rules 98)"),
    )
    WITNESSES = (
        "witnesses",
        _("Names and addresses of witnesses, where the court asks for them (CPL 124)"),
    )


# Without these no complaint is handed in; the others depend on the case and on the court.
REQUIRED = (
    Piece.COMPLAINT,
    Piece.EVIDENCE_LIST,
    Piece.PRELIMINARY_EVIDENCE,
    Piece.ANNOUNCEMENT_PROOF,
)


@dataclass(frozen=True)
class Enclosed:
    """A paper of the case that is a piece, or part of one.

    Attributes:
        kind: ``document``, ``exhibit`` or ``file``.
        key: its primary key among those of its kind.
        name: its title; of an exhibit the number alone.
    """

    kind: str
    key: int
    name: str
    sha256: str


def handed_in(facts: Mapping[str, Any]) -> set[str]:
    """Return the pieces that the facts of a delivery tick.

    Entries made before the pieces were a list tick two of them each by its own name.
    """
    ticked = {str(piece) for piece in Piece if facts.get(str(piece))}
    return ticked | set(facts.get("pieces") or ())


def package_of(case: Case, pieces: Collection[str]) -> list[dict[str, Any]]:
    """Return the pieces as they are kept with the delivery: each with the papers of the case that it is."""
    return [
        {"piece": str(piece), "papers": [asdict(paper) for paper in papers_of(case, piece)]}
        for piece in Piece
        if piece in pieces
    ]


def papers_of(case: Case, piece: Piece) -> Sequence[Enclosed]:
    """Return what of the case a piece consists of; nothing where the case does not hold it."""
    source = _SOURCES.get(piece)
    return source(case) if source else []


def claimed_costs(case: Case) -> list[Claim]:
    """Return the standing claims for costs (Rules 98)."""
    rows = Claim.objects.filter(case=case, status=ClaimStatus.STANDING, kind=ClaimKind.COSTS)
    return list(rows.select_related("event").order_by("number"))


def _documents(code: str) -> Callable[[Case], list[Enclosed]]:
    def source(case: Case) -> list[Enclosed]:
        slot = document_slots.get("documents")
        rows = slot.documents(case, code) if slot else []
        final = [row for row in rows if row.final]
        return [Enclosed("document", row.pk, row.title, row.sha256) for row in final[-1:]]

    return source


def _evidence_of_the_harm(case: Case) -> list[Enclosed]:
    """Return the exhibits that prove the harm (Rules 86(3)); where none is named so, what the list names."""
    proving = standing_facts(case).filter(group=FactGroup.HARM, exhibit__isnull=False)
    rows = Exhibit.objects.filter(pk__in=proving.order_by().values("exhibit")).order_by("number")
    found = [Enclosed("exhibit", row.pk, str(row.number), row.sha256) for row in rows]
    return found or _evidence_list(case)


def _evidence_list(case: Case) -> list[Enclosed]:
    """Return the evidence list (D-30); where none is made, the paper it was filed with (D-46)."""
    return _documents("D-30")(case) or _documents("D-46")(case)


def _proof_of_the_announcement(case: Case) -> list[Enclosed]:
    published = latest(case, "announcement_published")
    return _files(published.proofs.all()) if published else []


def _invoices(case: Case) -> list[Enclosed]:
    return [paper for claim in claimed_costs(case) for paper in _files(claim.event.proofs.all())]


def _files(rows: models.QuerySet[Attachment]) -> list[Enclosed]:
    return [Enclosed("file", row.pk, row.name, row.sha256) for row in rows.order_by("pk")]


_SOURCES: Mapping[Piece, Callable[[Case], Sequence[Enclosed]]] = {
    Piece.COMPLAINT: _documents("D-45"),
    Piece.EVIDENCE_LIST: _evidence_list,
    Piece.PRELIMINARY_EVIDENCE: _evidence_of_the_harm,
    Piece.ANNOUNCEMENT_PROOF: _proof_of_the_announcement,
    Piece.COST_INVOICES: _invoices,
}
