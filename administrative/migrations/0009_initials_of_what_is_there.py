"""The initials of the bodies that were entered before there were any."""

from __future__ import annotations

from typing import Any

from django.db import migrations


def fill(apps: Any, schema_editor: Any) -> None:
    """Make the initials of every body."""
    bodies = apps.get_model("administrative", "Body").objects.using(schema_editor.connection.alias)
    rows = list(bodies.only("pk", "name"))
    for row in rows:
        row._meta.get_field("initials").pre_save(row, False)
    bodies.bulk_update(rows, ["initials"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("administrative", "0008_words")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
