"""Writing the directory: enter, change, merge. Nothing is deleted; every write is on the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.checks import save_valid
from administrative.bodies import selectors
from administrative.models import Body
from audit import services as audit
from audit.errors import Conflict, NotPermitted, invalid_field


def require_may_write(actor: User) -> None:
    """Refuse who does not keep the directory.

    Raises:
        NotPermitted: naming who does.
    """
    if not selectors.may_write(actor):
        raise NotPermitted(
            _(
                "The directory is kept by prosecutors, clerks, department heads and case management. "
                "Ask them."
            ),
            code="wrong_role",
        )


@transaction.atomic
def add_body(*, actor: User, facts: dict[str, Any]) -> Body:
    """Enter a body with the cleaned data of `BodyForm`.

    Raises:
        NotPermitted: the actor does not keep the directory.
        Invalid: the directory has a body of this name in this region, or an entry is wrong.
    """
    require_may_write(actor)
    body = Body(created_by=actor, **facts)
    save_valid(body)
    _record(body, actor, "body.added", list(facts))
    return body


@transaction.atomic
def change_body(*, actor: User, body: Body, facts: dict[str, Any], version: int) -> Body:
    """Change a body; what is as it was is not written.

    Raises:
        NotPermitted: the actor does not keep the directory.
        Invalid: an entry is wrong, or the body would stand above itself.
        Conflict: it was merged, or somebody changed it meanwhile; then `details` holds the present values.
    """
    require_may_write(actor)
    locked = Body.objects.select_for_update().get(pk=body.pk)
    require_going_on(locked)
    if locked.version != version:
        raise Conflict(
            _("Somebody changed this body while you were writing. Compare and save again."),
            code="lost_update",
            details=_present(locked, facts),
        )
    changed = sorted(name for name, value in facts.items() if getattr(locked, name) != value)
    if changed:
        _write(locked, {name: facts[name] for name in changed})
        _record(locked, actor, "body.changed", changed)
    return locked


def _present(body: Body, facts: dict[str, Any]) -> dict[str, Any]:
    """Return what stands there now of the facts, a body above it by its key, with the version."""
    values = {name: getattr(body, name) for name in facts} | {"version": body.version}
    return values | ({"superior": body.superior_id} if "superior" in facts else {})


def _write(body: Body, facts: dict[str, Any]) -> None:
    superior = facts.get("superior")
    if superior is not None and _above(superior, body):
        sentence = _("This body stands below the one you change. Choose another one above it.")
        raise invalid_field("superior", sentence)
    for name, value in facts.items():
        setattr(body, name, value)
    body.version += 1
    save_valid(body)


def _above(superior: Body, body: Body) -> bool:
    """Say whether going up from `superior` leads to `body`."""
    seen: set[int] = set()
    step: Body | None = superior
    while step is not None and step.pk not in seen:
        if step.pk == body.pk:
            return True
        seen.add(step.pk)
        step = step.superior
    return False


def require_going_on(body: Body) -> None:
    """Refuse whatever is to be done with an entry that was merged.

    Raises:
        Conflict: naming the entry that goes on.
    """
    if body.merged_into is not None:
        raise Conflict(
            _("This entry was merged into %(name)s. Change that one.")
            % {"name": body.merged_into.label},
            code="body_merged",
            details={"merged_into": body.merged_into_id},
        )


@transaction.atomic
def merge_bodies(*, actor: User, body: Body, into: Body) -> Body:
    """Let an entry go on in another one that means the same body; return that one.

    Cases and recommendations keep pointing to the entry they name; the history of the other shows them.
    What was merged into the first goes on in the second as well.

    Raises:
        NotPermitted: the actor does not keep the directory.
        Invalid: both are the same entry.
        Conflict: one of them was merged already.
    """
    require_may_write(actor)
    if body.pk == into.pk:
        raise invalid_field("into", _("This is the same entry. Choose the one that goes on."))
    rows = Body.objects.select_for_update().filter(pk__in=[body.pk, into.pk]).order_by("pk")
    locked = {row.pk: row for row in rows}
    ends, stays = locked[body.pk], locked[into.pk]
    for row in (ends, stays):
        require_going_on(row)
    ends.merged_bodies.update(merged_into=stays)
    ends.merged_into = stays
    for row in (ends, stays):
        row.version += 1
        row.save(update_fields=["merged_into", "version"])
    _record(ends, actor, "body.merged", [], into=stays.pk)
    return stays


def _record(body: Body, actor: User, action: str, fields: Sequence[str], **ids: int) -> None:
    audit.record(
        actor=actor,
        action=action,
        object_type="body",
        object_id=body.pk,
        office_id=actor.office_id,
        details={"fields": sorted(fields), **ids},
    )
