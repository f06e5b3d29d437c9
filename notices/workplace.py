"""What this room hands to the case page, the inbox, the timeline and the search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from audit.clock import BEIJING
from cases.models import Case, Lead, TeamMember
from cases.registries import (
    FiledPiece,
    Found,
    InboxItem,
    Movement,
    Panel,
    SearchSource,
    TimelineEntry,
    Volume,
    inbox,
    movements,
    panels,
    search,
    timeline,
    volumes,
)
from cases.states import LeadState
from documents import holdings
from documents.holdings import Holding
from notices import selectors
from notices.batch.selectors import progress_of, unsettled_of
from notices.models import Document, DocumentBatch, DocumentStatus
from notices.services.approving import approval_of, differs_from_decision

if TYPE_CHECKING:
    Matter = Lead | Case

MOST_IN_PANEL = 8
MOST_IN_INBOX = 50
# A lead that ended without a case; a filed one goes on as the case, and its papers go on in that file.
ENDED = (LeadState.LEAD_TRANSFERRED, LeadState.NOT_FILED, LeadState.MERGED)
# What only prepares the decision on a lead: once it is taken, they wait for nobody.
PREPARING = ("D-01", "D-04", "D-05")
TONES = {DocumentStatus.ISSUED: "ok", DocumentStatus.VOID: "bad", DocumentStatus.IN_REVIEW: "warn"}


def panel_context(matter: Matter, actor: User) -> dict[str, Any]:
    """Return the newest documents of a matter."""
    rows = selectors.shown_documents(actor, matter)
    return {
        "documents": [row for row in rows if row.status != DocumentStatus.VOID][:MOST_IN_PANEL],
        "matter": matter,
        "may_work": selectors.may_work(actor, matter),
    }


def _waiting(actor: User) -> QuerySet[Document]:
    """What is unfinished in the matters the actor works on: never what he merely may see."""
    # Not joined: with the rows of a team the database would plan longer than it reads.
    teams = TeamMember.objects.filter(user=actor, until=None)
    mine = Q(case__in=teams.values("case")) | Q(lead__handler=actor)
    return (
        selectors.documents_visible_to(actor)
        .filter(mine, status__in=(DocumentStatus.DRAFT, DocumentStatus.FINAL))
        .exclude(code__in=PREPARING, lead__state__in=ENDED)
        .select_related("event")
        .order_by("created_at")
    )


def next_step(document: Document) -> str:
    """Return what an unfinished document waits for; empty when it waits for nobody of the team."""
    decided = document.status == DocumentStatus.FINAL or document.event is not None
    if document.type.issued and decided:
        if approval_of(document) is not None:
            return _("Approved, to be issued")
        if differs_from_decision(document):
            return _("Text changed since the decision: needs its own approval")
    return _("Draft to complete") if document.status == DocumentStatus.DRAFT else ""


def inbox_items(actor: User) -> list[InboxItem]:
    """Return the drafts to complete, the approved documents to be issued, the batches not made whole."""
    items = []
    for row in _waiting(actor)[:MOST_IN_INBOX]:
        step = next_step(row)
        if step:
            items.append(_item(row, step))
    return items + [_batch_item(row) for row in unsettled_of(actor)[:MOST_IN_INBOX]]


def _batch_item(batch: DocumentBatch) -> InboxItem:
    refused = progress_of(batch).refused
    step = ngettext("%(number)d document was refused", "%(number)d documents were refused", refused)
    return InboxItem(
        group="todo",
        title=f"{batch.type.title} · {step % {'number': refused}}",
        link=batch.get_absolute_url(),
        kind=_("Batch of documents"),
        waiting_since=batch.created_at,
    )


def _item(row: Document, step: str) -> InboxItem:
    matter = row.matter
    return InboxItem(
        group="todo",
        title=f"{row.type.title} · {step}",
        link=row.get_absolute_url(),
        kind=_("Document"),
        matter_title=matter.title,
        matter_key=matter.key,
        matter_state=matter.get_state_display(),
        person="",
        waiting_since=row.created_at,
    )


def timeline_entries(matter: Matter, actor: User) -> list[TimelineEntry]:
    """Return an entry for each document that was issued or filed, void ones marked."""
    rows = selectors.shown_documents(actor, matter)
    return [_entry(row) for row in rows if row.issued_at is not None]


def _entry(row: Document) -> TimelineEntry:
    assert row.issued_at is not None  # the query asked for it
    void = row.status == DocumentStatus.VOID
    title = _("Void: %(title)s") if void else "%(title)s"
    return TimelineEntry(
        at=row.issued_at,
        day=row.signed_day or row.issued_at.astimezone(BEIJING).date(),
        group="document",
        title=title % {"title": row.type.title},
        text=row.number,
        by=row.signer_name,
        link=row.get_absolute_url(),
        tone="bad" if void else "",
    )


def find(actor: User, text: str) -> QuerySet[Document]:
    """Return the visible documents whose number or title holds `text`, the newest first."""
    rows = selectors.filtered(selectors.documents_visible_to(actor), {"text": text})
    return rows.order_by("-id")


def numbered(actor: User, spellings: Sequence[str]) -> QuerySet[Document]:
    """Return the visible documents of exactly this number, the newest first."""
    rows = selectors.documents_visible_to(actor).filter(number__in=spellings)
    return rows.order_by("-id")


def show(document: Document) -> Found:
    """Show a document of `find`."""
    return Found(
        title=document.title,
        gloss=document.type.title_en,
        number=document.number,
        text=document.matter.title,
        state=document.get_status_display(),
        tone=TONES.get(DocumentStatus(document.status), "info"),
        link=document.get_absolute_url(),
        address=reverse("document-detail", args=[document.pk]),
    )


def stored_files() -> Iterator[Holding]:
    """Yield the files of documents, for the check of the store."""
    rows = Document.objects.exclude(sha256="").order_by("pk").values_list("pk", "sha256", "size")
    for pk, sha256, size in rows.iterator():
        yield Holding(f"document {pk}", sha256, size)


def filed_documents(case: Case) -> list[FiledPiece]:
    """The documents of a case and of its lead that have a file, void ones too: no number goes missing."""
    rows = Document.objects.filter(Q(case=case) | Q(lead=case.lead_id, lead__isnull=False))
    return [
        FiledPiece(
            place=f"document {row.pk}",
            title=f"{row.title} {row.number}".strip(),
            day=row.signed_day or row.created_at.astimezone(BEIJING).date(),
            name=row.file_name,
            size=row.size or 0,
            sha256=row.sha256,
        )
        for row in rows.exclude(sha256="").order_by("pk")
    ]


def _source() -> SearchSource:
    return SearchSource(
        code="documents",
        title=gettext_lazy("Documents"),
        find=find,
        show=show,
        lists=("document_list", "document-list"),
        parameter="text",
        numbered=numbered,
    )


def register() -> None:
    """Hand panel, inbox, timeline and search to the registries of `cases`, files to the store's."""
    panels.register(
        "documents",
        Panel(
            code="documents",
            title=gettext_lazy("Documents"),
            template="notices/case_panel.html",
            context=panel_context,
            order=20,
        ),
    )
    inbox.register("documents", inbox_items)
    title = gettext_lazy("Document worked on")
    movements.register("documents", Movement(title, Document.objects.all, "edited_at"))
    timeline.register("documents", timeline_entries)
    search.register("documents", _source())
    holdings.register("documents", stored_files)
    volumes.register(
        "documents", Volume("documents", "文书卷", "Documents", filed_documents, order=10)
    )
