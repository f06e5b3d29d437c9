"""Every write of the record. No audit, no act: what cannot be recorded is rolled back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from audit import clock, context, selectors, text, verify
from audit.access import Actor
from audit.canonical import Json
from audit.details import checked
from audit.models import ActorKind, AuditEvent, AuditHead
from audit.sealing import seal

LONGEST_REASON = 2000
LONGEST_OBJECT_ID = 200
# What an export of no single matter took out.
WHOLE_LIST = "list"
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}")
_LOCK_HEAD = (
    "SELECT sequence, mac, nextval('audit_auditevent_id_seq')"
    " FROM audit_audithead WHERE scope = %s FOR UPDATE"
)
# The entry, that no checkpoint covers it yet, and that its chain now ends with it: one statement.
_APPEND = (
    "WITH entered AS (INSERT INTO audit_auditevent ({columns}) VALUES ({values})),"
    " pending AS (INSERT INTO audit_auditpending (event_id) VALUES (%s))"
    " UPDATE audit_audithead SET sequence = %s, mac = %s WHERE scope = %s"
)


class NotInTransaction(RuntimeError):
    """An entry outside a transaction might stay without its act, or its act without it."""


def record(
    *,
    actor: Actor | None,
    action: str,
    object_type: str,
    object_id: str | int,
    office_id: int | None = None,
    case_id: int | None = None,
    lead_id: int | None = None,
    outcome: str = "success",
    reason: str = "",
    on_behalf_of: Actor | None = None,
    details: Mapping[str, Json] | None = None,
    read: bool = False,
    actor_kind: ActorKind | None = None,
) -> AuditEvent:
    """Add one entry to its chain, in the transaction of the act it records.

    Call it last in the transaction: it holds the head of the chain until the transaction ends. Who
    records in several chains does so in the order of their objects' ids, as for every row lock.

    Args:
        actor: who acted; None for the system or somebody not signed in.
        action: code of the act, for example ``case.filed``.
        object_id: id of the object; escaped, at most 200 characters.
        office_id: the office the act belongs to; the actor's when not given.
        reason: words of a person; personal numbers are replaced, escaped, at most 2000 characters.
        on_behalf_of: for whom the actor acted (delegation).
        details: ids, codes, field names and digests only.
        read: a look rather than an act; its own chain per matter and person, so that looking never
            waits for editing.
        actor_kind: when it is not "user" for an actor and "system" for none.

    Raises:
        NotInTransaction: no transaction is open.
        UnsafeDetails: `details` might hold personal information.
        ValueError: a code is malformed.
    """
    if not connection.in_atomic_block:
        raise NotInTransaction("An audit entry belongs into the transaction of the act it records.")
    try:
        facts = {
            "at": clock.now(),
            "office_id": office_id if office_id is not None or actor is None else actor.office_id,
            "case_id": case_id,
            "lead_id": lead_id,
            "actor_id": actor.pk if actor else None,
            "actor_kind": str(actor_kind or (ActorKind.USER if actor else ActorKind.SYSTEM)),
            "on_behalf_of_id": on_behalf_of.pk if on_behalf_of else None,
            "action": _code(action),
            "object_type": _code(object_type),
            "object_id": text.recordable(str(object_id), limit=LONGEST_OBJECT_ID),
            "outcome": _code(outcome),
            "reason": text.recordable(str(reason), limit=LONGEST_REASON),
            "request_id": context.current().request_id,
            "ip": context.current().ip,
        }
        return _append(_scope(facts, read=read), facts, checked(details or {}))
    except BaseException:
        # Even a caller that swallows the error must not keep an act without its entry.
        transaction.set_rollback(True)
        raise


def record_export(
    *,
    actor: Actor,
    object_type: str,
    rows: int,
    file_format: str,
    filters: Iterable[str] = (),
    case_id: int | None = None,
    lead_id: int | None = None,
) -> AuditEvent:
    """Record that `actor` took `rows` rows out of the house as a `file_format` file.

    `filters` are the names of the filters that were set, never their values.
    """
    return record(
        actor=actor,
        action=f"{object_type}.exported",
        object_type=object_type,
        object_id=case_id or lead_id or WHOLE_LIST,
        case_id=case_id,
        lead_id=lead_id,
        details={"rows": rows, "format": file_format, "filters": sorted(filters)},
    )


def record_view(
    *, actor: Actor, event: AuditEvent | None = None, filters: Iterable[str] = ()
) -> None:
    """Record that `actor` looked at the record: at one entry, or at the list under `filters`."""
    with transaction.atomic():
        record(
            actor=actor,
            action="audit.entry_viewed" if event else "audit.viewed",
            object_type="audit_event" if event else "audit",
            object_id=event.pk if event else actor.office_id,
            details={"filters": sorted(filters)},
            read=True,
        )


def verify_for(*, actor: Actor) -> verify.Report:
    """Verify the chains in which what `actor` may read was recorded lately, and record the result.

    The whole record is verified by `manage.py verify_audit`: it may take longer than a page may.
    """
    report = verify.run(Q(scope__in=selectors.recent_scopes(actor)))
    with transaction.atomic():
        record(
            actor=actor,
            action="audit.verified",
            object_type="audit",
            object_id=actor.office_id,
            outcome="success" if report.verdict is verify.Verdict.CLEAN else "failed",
            details={
                "verdict": report.verdict.value,
                "events": report.events,
                "scopes": report.scopes,
                "fault": report.fault.code if report.fault else None,
            },
        )
    return report


def _code(value: str) -> str:
    if not _CODE.fullmatch(value):
        raise ValueError("An audit code is 1 to 80 letters, digits and _ . : - of ASCII.")
    return value


def _scope(facts: Mapping[str, Any], *, read: bool) -> str:
    """Return the chain an entry belongs to (safety 3.1)."""
    office = facts["office_id"] or 0
    if facts["case_id"] is not None:
        matter = f"case:{facts['case_id']}"
    elif facts["lead_id"] is not None:
        matter = f"lead:{facts['lead_id']}"
    else:
        matter = f"sys:{office}" if read else f"sys:{office}:{facts['at']:%Y%m%d}"
    return f"read:{matter}:{facts['actor_id'] or facts['actor_kind']}" if read else matter


def _append(scope: str, facts: dict[str, Any], details: Mapping[str, Json]) -> AuditEvent:
    sequence, previous, event_id = _lock_head(scope)
    sealed = seal(
        facts,
        details,
        scope=scope,
        sequence=sequence + 1,
        event_id=event_id,
        previous=previous,
    )
    event = AuditEvent(
        **sealed.columns, canonical=sealed.canonical, previous=previous, mac=sealed.mac
    )
    _insert(event)
    return event


def _insert(event: AuditEvent) -> None:
    """Write the entry; see `_APPEND`."""
    fields = event._meta.concrete_fields
    statement = _APPEND.format(
        columns=", ".join(f'"{field.column}"' for field in fields),
        values=", ".join("%s" for _field in fields),
    )
    values = [field.get_db_prep_save(getattr(event, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            statement, [*values, event.pk, event.sequence, bytes(event.mac), event.scope]
        )
    event._state.adding, event._state.db = False, connection.alias


def _lock_head(scope: str) -> tuple[int, bytes, int]:
    """Lock the head of `scope`, made when missing; return its sequence, its digest and a new id."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK_HEAD, [scope])
        if (row := cursor.fetchone()) is None:
            # Whoever comes second waits here for the first and then finds the row.
            AuditHead.objects.bulk_create([AuditHead(scope=scope)], ignore_conflicts=True)
            cursor.execute(_LOCK_HEAD, [scope])
            row = cursor.fetchone()
    sequence, mac, event_id = row
    return sequence, bytes(mac), event_id
