"""The national bodies an office finds in its directory at the start (law 9)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import migrations

FILE = Path(__file__).parent.parent / "bodies" / "at_the_start.toml"


def enter_bodies(apps: Any, schema_editor: Any) -> None:
    """Enter the bodies of the file that are not there."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    bodies = apps.get_model("administrative", "Body").objects
    for body in table["body"]:
        bodies.using(schema_editor.connection.alias).get_or_create(
            name=body["name"],
            region="",
            defaults={
                "kind": body["kind"],
                "level": "national",
                "competence": body["competence"],
            },
        )


class Migration(migrations.Migration):
    dependencies = [("administrative", "0003_constraints_of_bodies_say_why")]  # noqa: RUF012
    operations = [  # noqa: RUF012
        migrations.RunPython(enter_bodies, migrations.RunPython.noop),
    ]
