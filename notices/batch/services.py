"""Starting a batch, making its documents one by one, and trying again what was refused.

Each document has a transaction of its own that begins with the lock of its item: whoever is killed leaves
nothing half done, the lock ends with him, and two workers never hold one item. That it was begun is kept
before, in a transaction of its own, so that a document which ends every worker is given up in the end.
"""

from __future__ import annotations

import logging
import time
import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import Conflict, Refusal
from cases.services import acts
from deadlines.waking import wake
from notices import assembling
from notices.batch import selectors
from notices.batch.checking import require_possible, sentence_of
from notices.batch.planning import Plan, items_of_plan, typed_for
from notices.models import BatchItem, Document, DocumentBatch, ItemState
from notices.services.common import require_worker
from notices.services.drafting import create_draft, finalise_document, require_printable
from notices.services.reading import record_look

if TYPE_CHECKING:
    from audit.canonical import Json

logger = logging.getLogger(__name__)
LONGEST_SENTENCE = 1000
MOST_TRIES = 3
# Nobody else begins an item so soon after it was begun; later the lock of its row tells whether it is held.
PAUSE = timedelta(seconds=5)
# A sweep ends soon, so that reminders get their turn at the same workers; the next one goes on.
SECONDS = 20.0


@transaction.atomic
def start_batch(*, actor: User, plan: Plan, token: uuid.UUID | None = None) -> DocumentBatch:
    """Keep what is to be made and wake a worker; no document is made yet.

    What the trial refuses is kept too: it is refused item by item, with its sentence.

    Args:
        token: of the form; the same form sent again is the same batch.

    Raises:
        NotPermitted: the actor works on none of the cases.
    """
    chosen = token or uuid.uuid4()
    # Two who send one form at once wait here for each other.
    User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
    present = selectors.batches_of(actor).filter(token=chosen).first()
    if present is not None:
        return present
    _require_some_case(actor, plan)
    batch = DocumentBatch.objects.create(
        office=actor.office,
        code=plan.kind.code,
        texts=dict(plan.texts),
        make_final=plan.make_final,
        token=chosen,
        created_by=actor,
    )
    items = items_of_plan(plan)
    for item in items:
        item.batch = batch
    BatchItem.objects.bulk_create(items)
    _note(batch, actor, "started", items=len(items), contents=sorted(plan.texts))
    _wake()
    return batch


def _require_some_case(actor: User, plan: Plan) -> None:
    worked_on = set(selectors.cases_for(actor).order_by().values_list("pk", flat=True))
    if not any(target.case.pk in worked_on for target in plan.targets):
        require_worker(actor, plan.targets[0].case)


@transaction.atomic
def try_again(*, actor: User, batch: DocumentBatch) -> int:
    """Let the refused items of a batch be tried once more; returns how many.

    Raises:
        Conflict: none is refused.
    """
    refused = batch.items.filter(state=ItemState.REFUSED)
    count = refused.update(state=ItemState.WAITING, sentence="", tries=0, begun_at=None)
    if not count:
        raise _nothing_refused()
    DocumentBatch.objects.filter(pk=batch.pk).update(settled_at=None)
    _note(batch, actor, "tried_again", items=count)
    _wake()
    return count


@transaction.atomic
def settle(*, actor: User, batch: DocumentBatch) -> None:
    """Leave a batch at what was made: what was refused waits for its person no more.

    Raises:
        Conflict: none is refused, or the batch is left at that already.
    """
    open_one = DocumentBatch.objects.select_for_update().filter(pk=batch.pk, settled_at=None)
    count = batch.items.filter(state=ItemState.REFUSED).count() if open_one.first() else 0
    if not count:
        raise _nothing_refused()
    open_one.update(settled_at=clock.now())
    _note(batch, actor, "settled", items=count)


def _nothing_refused() -> Conflict:
    return Conflict(_("No document of this batch is refused."), code="nothing_refused")


def _wake() -> None:
    from notices.tasks import sweep_batches

    transaction.on_commit(lambda: wake(sweep_batches))


# --- making --------------------------------------------------------------------------------------


def sweep(*, seconds: float = SECONDS) -> int:
    """Make what waits until nothing waits or `seconds` have passed; returns how many items.

    Safe in any number of processes at once.
    """
    until, done = time.monotonic() + seconds, 0
    while time.monotonic() < until and make_next():
        done += 1
    return done


def make_next() -> bool:
    """Make one document that waits; False when none waits that nobody else holds.

    The first of every batch come first, so that a long one lets a short one pass.
    """
    begun = _begun()
    if begun is None:
        return False
    _make(begun)
    return True


@transaction.atomic
def _begun() -> BatchItem | None:
    """Note that the next item is begun, by the clock of the database all workers share, and return it."""
    item = (
        BatchItem.objects.filter(Q(begun_at=None) | Q(begun_at__lte=Now() - PAUSE))
        .filter(state=ItemState.WAITING)
        .order_by("position", "id")
        .select_for_update(skip_locked=True)
        .first()
    )
    if item is not None:
        item.tries += 1
        BatchItem.objects.filter(pk=item.pk).update(tries=item.tries, begun_at=Now())
    return item


@transaction.atomic
def _make(begun: BatchItem) -> None:
    """Make the document of an item that was begun, unless somebody else does."""
    item = (
        BatchItem.objects.filter(pk=begun.pk, state=ItemState.WAITING)
        .select_related("batch__created_by__office", "case__office", "case__lead")
        .select_for_update(skip_locked=True, of=("self",))
        .first()
    )
    if item is None:
        return
    with translation.override(item.batch.created_by.language):
        item.document, sentence = _tried(item)
    item.sentence = sentence[:LONGEST_SENTENCE]
    item.state = ItemState.DONE if item.document else ItemState.REFUSED
    item.done_at = clock.now() if item.document else None
    item.save(update_fields=["document", "sentence", "state", "done_at"])


def _tried(item: BatchItem) -> tuple[Document | None, str]:
    """Make the document of an item; return it, or why there is none."""
    if item.tries > MOST_TRIES:
        sentence = _("The worker ended %(number)d times at this document. Tell the operators.")
        return None, sentence % {"number": MOST_TRIES}
    try:
        with transaction.atomic():
            return _made(item), ""
    except Refusal as refusal:
        return None, sentence_of(refusal)
    except Exception:  # one faulty document must not keep the others waiting
        logger.exception("Item %s of a batch could not be made.", item.pk)
        return None, _("The application failed at this document. Try again, or tell the operators.")


def _made(item: BatchItem) -> Document:
    batch, kind = item.batch, item.batch.type
    actor = batch.created_by
    case = acts.lock(item.case)
    require_possible(actor, kind, case)  # type: ignore[arg-type]
    typed = typed_for(kind, batch.texts, item.addressee)
    document = create_draft(kind=kind, matter=case, actor=actor, typed=typed)
    require_printable(document)
    if batch.make_final and not assembling.missing_contents(document):
        return finalise_document(actor=actor, document=document)
    return document


# --- the trace -----------------------------------------------------------------------------------


def _note(
    batch: DocumentBatch, actor: User, action: str, *, read: bool = False, **details: Json
) -> None:
    audit.record(
        actor=actor,
        action=f"document_batch.{action}",
        object_type="document_batch",
        object_id=batch.pk,
        office_id=batch.office_id,
        details={"code": batch.code, **details},
        read=read,
    )


@transaction.atomic
def record_download(
    *, actor: User, batch: DocumentBatch, documents: list[Document], action: str
) -> None:
    """Record that `actor` took the documents of a batch, with each of its cases (norm C131).

    Args:
        action: ``merged`` or ``zipped``.
    """
    for document in sorted(documents, key=lambda row: (row.case_id or 0, row.pk)):
        record_look(actor=actor, document=document, action="pdf")
    _note(batch, actor, action, read=True, documents=len(documents))
