"""The table of allowed changes of state, kept equal to the declarations by `migrate`."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from cases.registries import machines


def declared_edges() -> set[tuple[str, str, str]]:
    """Return (machine, from, to) of every declared transition; from is empty for initial states."""
    return {
        (machine.code, source, target)
        for machine in machines.values()
        for source, target in machine.edges()
    }


def synchronise_edges(sender: Any = None, using: str = "default", **kwargs: Any) -> None:
    """Write the declared edges into `AllowedEdge`; run after `migrate`, as the owner."""
    from cases.models import AllowedEdge

    wanted = declared_edges()
    with transaction.atomic(using=using):
        rows = AllowedEdge.objects.using(using)
        present = {(row.machine, row.from_state, row.to_state): row.pk for row in rows.all()}
        rows.filter(pk__in=[pk for edge, pk in present.items() if edge not in wanted]).delete()
        rows.bulk_create(
            AllowedEdge(machine=machine, from_state=source, to_state=target)
            for machine, source, target in sorted(wanted - present.keys())
        )
