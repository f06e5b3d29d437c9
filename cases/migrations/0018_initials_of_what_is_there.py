"""The initials of the names that were entered before there were any."""

from __future__ import annotations

from typing import Any

from django.db import migrations

BATCH = 500


def fill(apps: Any, schema_editor: Any) -> None:
    """Make the initials of every lead, case and party; the triggers carry them on to the words of the case."""
    for name in ("Lead", "Case", "Party"):
        rows = apps.get_model("cases", name).objects.using(schema_editor.connection.alias)
        batch = []
        for row in rows.only("pk", *rows.model._meta.get_field("initials").of).iterator(BATCH):
            row._meta.get_field("initials").pre_save(row, False)
            batch.append(row)
            if len(batch) == BATCH:
                rows.bulk_update(batch, ["initials"])
                batch = []
        rows.bulk_update(batch, ["initials"])


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_words_of_cases")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
