"""Every read of batches: a batch is seen by whoever started it, an item while its case is seen."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from audit.errors import NotVisible, invalid_field
from cases.models import Case
from cases.selectors.matters import cases_visible_to
from notices import selectors
from notices.models import BatchItem, DocumentBatch, DocumentStatus, ItemState


@dataclass(frozen=True)
class Progress:
    """How far a batch is."""

    total: int
    done: int
    refused: int

    @property
    def waiting(self) -> int:
        return self.total - self.done - self.refused

    @property
    def handled(self) -> int:
        """What is done or refused."""
        return self.done + self.refused

    @property
    def over(self) -> bool:
        """Whether nothing waits any more."""
        return not self.waiting


def cases_for(actor: User) -> QuerySet[Case]:
    """Return the cases a batch of `actor` may name: those whose documents he makes."""
    return selectors.cases_worked_on(actor)


def batches_of(actor: User) -> QuerySet[DocumentBatch]:
    """Return the batches `actor` started with their counts, the newest first."""
    return (
        DocumentBatch.objects.filter(created_by=actor)
        .annotate(
            total=Count("items"),
            done=Count("items", filter=Q(items__state=ItemState.DONE)),
            refused=Count("items", filter=Q(items__state=ItemState.REFUSED)),
        )
        .order_by("-id")
    )


def unsettled_of(actor: User) -> QuerySet[DocumentBatch]:
    """Return the batches of `actor` that are over and have refused documents he has not left at that."""
    items = BatchItem.objects.filter(batch__created_by=actor, batch__settled_at=None)
    refused = items.filter(state=ItemState.REFUSED).values("batch")
    waiting = items.filter(state=ItemState.WAITING).values("batch")
    return batches_of(actor).filter(pk__in=refused).exclude(pk__in=waiting).order_by("id")


def get_batch(actor: User, pk: int) -> DocumentBatch:
    """Return a batch that `actor` started.

    Raises:
        NotVisible: there is none.
    """
    batch = batches_of(actor).filter(pk=pk).first()
    if batch is None:
        raise NotVisible(_("There is no such batch."))
    return batch


def progress_of(batch: DocumentBatch) -> Progress:
    """Return how far a batch of `batches_of` is."""
    counts = {name: getattr(batch, name) for name in ("total", "done", "refused")}
    return Progress(**counts)


def items_of(actor: User, batch: DocumentBatch) -> QuerySet[BatchItem]:
    """Return the items of a batch in the cases `actor` still sees, in their order."""
    return (
        batch.items.filter(case__in=cases_visible_to(actor).order_by().values("pk"))
        .select_related("case", "document__case__office", "document__case__lead")
        .order_by("position", "id")
    )


def made_by(actor: User, batch: DocumentBatch) -> list[BatchItem]:
    """Return the items whose documents can be taken along: made, visible, not void."""
    rows = items_of(actor, batch).filter(state=ItemState.DONE)
    rows = rows.exclude(document__status=DocumentStatus.VOID)
    return list(
        rows.select_related(
            *("case", "document__case__office", "document__case__lead", "document__office"),
            *("document__signer", "document__corrects"),
        )
    )


def cases_by_key(actor: User, keys: list[str]) -> list[Case]:
    """Return visible cases by their keys, in that order.

    Raises:
        Invalid: there is none for one of the keys.
    """
    rows = cases_visible_to(actor).filter(key__in=keys).select_related("office", "lead")
    found = {case.key: case for case in rows}
    missing = [key for key in keys if key not in found]
    if missing:
        raise invalid_field("cases", _("There is no case %(key)s.") % {"key": missing[0][:40]})
    return [found[key] for key in dict.fromkeys(keys)]
