"""The initials of the papers that were registered before there were any.

What was registered never changes (migration 0002); the initials only follow from it.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations

BATCH = 1000


def fill(apps: Any, schema_editor: Any) -> None:
    """Make the initials of every paper, closed ones too."""
    papers = apps.get_model("exchange", "Paper").objects.using(schema_editor.connection.alias)
    batch = []
    for row in papers.only("pk", "correspondent", "subject").iterator(BATCH):
        row._meta.get_field("initials").pre_save(row, False)
        batch.append(row)
        if len(batch) == BATCH:
            papers.bulk_update(batch, ["initials"])
            batch = []
    papers.bulk_update(batch, ["initials"])


class Migration(migrations.Migration):
    dependencies = [("exchange", "0004_initials")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE exchange_paper DISABLE TRIGGER paper_stays_as_registered",
            "ALTER TABLE exchange_paper ENABLE TRIGGER paper_stays_as_registered",
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunSQL(
            "ALTER TABLE exchange_paper ENABLE TRIGGER paper_stays_as_registered",
            "ALTER TABLE exchange_paper DISABLE TRIGGER paper_stays_as_registered",
        ),
    ]
