"""The evidence of a case that another office goes on with (law 14.1, T64).

Rows are copied, bytes are not: the store is addressed by content, so both cases refer to the same files.
"""

from __future__ import annotations

from accounts.models import User
from audit import services as audit
from cases.models import Case
from cases.services import acts
from evidence.models import Exhibit, FactLink


def copy_evidence(*, actor: User, source: Case, target: Case) -> list[Exhibit]:
    """Enter the exhibits in use and the stated facts of `source` in `target`, under the same numbers.

    Runs inside the caller's transaction.
    """
    copies: dict[int, Exhibit] = {}
    for exhibit in Exhibit.objects.filter(case=source, withdrawal__isnull=True).order_by("number"):
        original = exhibit.pk
        exhibit.pk, exhibit._state.adding = None, True
        exhibit.case = target
        exhibit.save()
        copies[original] = exhibit
        _record(exhibit, actor=actor, source=source)
    for link in FactLink.objects.filter(case=source, removal__isnull=True).order_by("id"):
        if link.exhibit_id is not None and link.exhibit_id not in copies:
            continue
        link.exhibit = copies.get(link.exhibit_id or 0)
        link.pk, link._state.adding = None, True
        link.case = target
        link.save()
    return list(copies.values())


def _record(exhibit: Exhibit, *, actor: User, source: Case) -> None:
    audit.record(
        actor=actor,
        action="exhibit.received",
        object_type="exhibit",
        object_id=exhibit.pk,
        details={"number": exhibit.number, "sha256": exhibit.sha256, "from": source.key},
        **acts.audit_scope(exhibit.case),
    )
