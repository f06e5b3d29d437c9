"""What each last day is computed from, kept as data; read for present rows from their derivation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import migrations, models

CHUNK = 1000


def terms_of(derivation: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the terms a derivation states: its period, extensions, named end and time not counted."""
    terms: dict[str, Any] = {}
    for step in derivation:
        match step["code"]:
            case "base_end" | "counted_back":
                terms["period"] = step["period"]
            case "extension":
                terms.setdefault("extensions", []).append(step["period"])
            case "typed_end":
                terms["typed_end"] = step["day"]
            case "exclusion" | "open_exclusion":
                terms.setdefault("exclusions", []).append([step["first"], step.get("last")])
    return terms


def fill(apps, schema_editor):
    """Fill the terms of every deadline that follows from an event, not of one withdrawn with its start."""
    deadlines = apps.get_model("deadlines", "Deadline").objects.using(
        schema_editor.connection.alias
    )
    rows = (
        deadlines.filter(manual=False, start_event__annulled_by__isnull=True)
        .exclude(state="cancelled", ended_by__isnull=True)
        .only("pk", "derivation")
        .order_by("pk")
    )
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:CHUNK]):
        for row in chunk:
            row.terms = terms_of(row.derivation)
        deadlines.bulk_update(chunk, ["terms"])
        last = chunk[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('deadlines', '0004_completion_is_confirmed'),
    ]

    operations = [
        migrations.AddField(
            model_name='deadline',
            name='terms',
            field=models.JSONField(null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
