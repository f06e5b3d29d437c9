"""Writing the register of papers: register, link to a matter, make an event, close with a reason.

Nothing is deleted and nothing registered is edited; a mistake is closed with its reason and registered anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit import clock
from audit import services as audit
from audit.errors import (
    Conflict,
    NotPermitted,
    NotVisible,
    invalid_field,
    stated_reason,
)
from cases.models import Case, Event, Lead
from cases.selectors.matters import get_matter
from cases.services.acts import audit_scope
from cases.services.numbering import next_serial
from documents.names import safe_name
from documents.store import Blob, put_upload
from exchange import selectors
from exchange.models import MARKS, Direction, Medium, Paper, PaperFile

if TYPE_CHECKING:
    Matter = Lead | Case

RULE = "law 7.3"


def require_may_register(actor: User) -> None:
    """Refuse who registers no papers.

    Raises:
        NotPermitted: naming who does.
    """
    if not selectors.may_register(actor):
        raise NotPermitted(
            _(
                "Papers are registered by intake, clerks, case management and prosecutors. Ask them."
            ),
            code="wrong_role",
        )


def register_paper(
    *,
    actor: User,
    facts: dict[str, Any],
    uploads: Sequence[UploadedFile[Any]],
    matter: Matter | None = None,
) -> Paper:
    """Enter a paper in the register of the actor's office under the next number.

    The files are stored before the counter is locked: a large upload holds nobody up.

    Args:
        facts: `direction`, `medium`, `correspondent`, `subject`, `their_number`, `day`, and of a paper that
            came in the `time` of receipt.
        matter: what it belongs to, where that is known already.

    Raises:
        NotPermitted: the actor registers no papers.
        Invalid: facts are missing or wrong, the day or time lies in the future, a file is missing or
            empty, or the matter is hidden from the actor or another office's.
    """
    require_may_register(actor)
    if matter is not None:
        _require_own(actor, matter)
    received_at = _received_at(facts)
    _require_facts(facts)
    files = _stored(uploads)
    with transaction.atomic():
        paper = _numbered(actor, facts, received_at, matter)
        for name, blob in files:
            PaperFile.objects.create(
                paper=paper,
                name=name,
                media_type=blob.media_type,
                size=blob.size,
                sha256=blob.sha256,
            )
        _record(paper, actor=actor, action="paper.registered", serial=paper.serial)
    return paper


def _received_at(facts: dict[str, Any]) -> datetime | None:
    """Return the instant of receipt; a paper counts as received on the day it arrived, whatever the hour.

    Raises:
        Invalid: the day lies in the future, or the time is missing, in the future, or out of place.
    """
    day: date = facts["day"]
    hour: time | None = facts.get("time")
    if day > clock.today():
        raise invalid_field(
            "day", _("This day lies in the future. Enter the day on which it really happened.")
        )
    if facts["direction"] == Direction.OUT:
        if hour is not None:
            raise invalid_field("time", _("Only a paper that came in has a time of receipt."))
        return None
    if hour is None:
        sentence = _("Enter the time of receipt: periods of days start with it.")
        raise invalid_field("time", sentence, RULE)
    instant = datetime.combine(day, hour, tzinfo=clock.BEIJING)
    if instant > clock.now():
        raise invalid_field("time", _("This time lies in the future. Enter when it really came."))
    return instant


def _require_facts(facts: dict[str, Any]) -> None:
    for name in ("correspondent", "subject"):
        if not str(facts.get(name) or "").strip():
            raise invalid_field(name, _("Say who it came from or went to, and what it is about."))
    if facts["direction"] not in Direction.values:
        raise invalid_field("direction", _("A paper comes in or goes out."))
    if facts["medium"] not in Medium.values:
        raise invalid_field("medium", _("Choose how the paper travelled."))


def _stored(uploads: Sequence[UploadedFile[Any]]) -> list[tuple[str, Blob]]:
    if not uploads:
        raise invalid_field("uploads", _("Add the paper itself as a file, for example its scan."))
    for upload in uploads:
        if not upload.size:
            sentence = _("The file “%(name)s” is empty. Choose the right file.")
            raise invalid_field("uploads", sentence % {"name": upload.name})
    return [(safe_name(upload.name or ""), put_upload(upload)) for upload in uploads]


def _numbered(
    actor: User, facts: dict[str, Any], received_at: datetime | None, matter: Matter | None
) -> Paper:
    """Add the paper under the next number of its series: office, direction and year of registration."""
    direction, year = Direction(facts["direction"]), clock.today().year
    serial = next_serial(office=actor.office, year=year, series=f"paper_{direction.value}")
    return Paper.objects.create(
        office=actor.office,
        direction=direction,
        year=year,
        serial=serial,
        number=f"{MARKS[direction]}{year}-{serial:05}",
        medium=facts["medium"],
        correspondent=facts["correspondent"].strip(),
        subject=facts["subject"].strip(),
        their_number=(facts.get("their_number") or "").strip(),
        day=facts["day"],
        received_at=received_at,
        registered_by=actor,
        lead=matter if isinstance(matter, Lead) else None,
        case=matter if isinstance(matter, Case) else None,
    )


def matter_called(actor: User, key: str) -> Matter:
    """Return the lead or case with this key, for a link.

    Raises:
        Invalid: there is none the actor sees.
    """
    try:
        return get_matter(actor, key.strip().upper())
    except NotVisible as refusal:
        sentence = _("There is no such lead or case, or you may not see it.")
        raise invalid_field("matter", sentence) from refusal


@transaction.atomic
def link_paper(*, actor: User, paper: Paper, matter: Matter) -> Paper:
    """Say to which lead or case a paper belongs, once.

    Raises:
        NotVisible: the actor may not see the paper.
        NotPermitted: the actor registers no papers.
        Invalid: the actor may not see the matter, or it is another office's.
        Conflict: the paper is linked or closed already.
    """
    locked = _locked(actor, paper)
    require_linkable(locked)
    _require_own(actor, matter)
    locked.lead = matter if isinstance(matter, Lead) else None
    locked.case = matter if isinstance(matter, Case) else None
    locked.save(update_fields=["lead", "case"])
    _record(locked, actor=actor, action="paper.linked")
    return locked


def _require_own(actor: User, matter: Matter) -> None:
    matter_called(actor, matter.key)
    if matter.office_id != actor.office_id:
        sentence = _("This matter is another office's. A paper belongs to a matter of its office.")
        raise invalid_field("matter", sentence)


def require_linkable(paper: Paper) -> None:
    """Refuse to link a paper that is linked or closed.

    Raises:
        Conflict: saying which.
    """
    require_open(paper)
    if paper.matter is not None:
        raise Conflict(
            _("This paper is linked already, and stays so. Close it, and register it anew."),
            code="linked_already",
        )


def require_open(paper: Paper) -> None:
    """Refuse whatever is to be done with a closed paper.

    Raises:
        Conflict: it is closed.
    """
    if paper.is_closed:
        raise Conflict(
            _("This paper is closed: %(reason)s. If that was wrong, register it anew.")
            % {"reason": paper.closed_reason},
            code="paper_closed",
        )


def require_unused(paper: Paper) -> None:
    """Refuse to record an event from a paper that is closed or became one already.

    Raises:
        Conflict: saying which.
    """
    require_open(paper)
    if paper.event_id is not None:
        raise Conflict(
            _(
                "This paper has become an event already. Correct or annul that event where it is wrong."
            ),
            code="became_an_event",
            details={"event": paper.event_id},
        )


@transaction.atomic
def close_paper(*, actor: User, paper: Paper, reason: str) -> Paper:
    """Close a paper: nothing more is done with it, and it stays readable with the reason.

    Raises:
        NotVisible: the actor may not see the paper.
        NotPermitted: the actor registers no papers.
        Invalid: there is no reason.
        Conflict: it is closed already.
    """
    locked = _locked(actor, paper)
    require_open(locked)
    text = stated_reason(reason, _("Say why the paper is closed."))
    locked.closed_at, locked.closed_by, locked.closed_reason = clock.now(), actor, text
    locked.save(update_fields=["closed_at", "closed_by", "closed_reason"])
    _record(locked, actor=actor, action="paper.closed")
    return locked


def _locked(actor: User, paper: Paper) -> Paper:
    """Lock a paper the actor sees and may change, and return it as it is now."""
    Paper.objects.select_for_update().get(pk=paper.pk)
    seen = selectors.get_paper(actor, paper.pk)
    require_may_register(actor)
    return seen


def make_event(*, actor: User, pk: int, event: Event) -> None:
    """Note which event a paper became; inside the transaction of the act that recorded it.

    Raises:
        Conflict: it is closed, or became another event meanwhile.
    """
    paper = Paper.objects.select_for_update().get(pk=pk)
    require_unused(paper)
    paper.event = event
    paper.save(update_fields=["event"])
    _record(paper, actor=actor, action="paper.made_an_event", event=event.pk)


@transaction.atomic
def record_look(*, actor: User, paper: Paper) -> None:
    """Leave the trace that `actor` read a paper (norm C131)."""
    _record(paper, actor=actor, action="paper.viewed", read=True)


@transaction.atomic
def record_download(*, actor: User, file: PaperFile) -> None:
    """Leave the trace that `actor` took a file of a paper out (norm C131)."""
    _record(file.paper, actor=actor, action="paper.downloaded", read=True, file=file.pk)


def _record(paper: Paper, *, actor: User, action: str, read: bool = False, **details: int) -> None:
    matter = paper.matter
    scope = audit_scope(matter) if matter else {"office_id": paper.office_id}
    audit.record(
        actor=actor,
        action=action,
        object_type="paper",
        object_id=paper.pk,
        details={"direction": paper.direction, **details},
        read=read,
        **scope,
    )
