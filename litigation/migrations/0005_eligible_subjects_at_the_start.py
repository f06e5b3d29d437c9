"""The bodies an office finds in its list of eligible subjects at the start (law 2.1); not one is verified."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from django.db import migrations

FILE = Path(__file__).parent.parent / "eligible_subjects.toml"


def enter_subjects(apps: Any, schema_editor: Any) -> None:
    """Enter the bodies of the file that are not there."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    subjects = apps.get_model("litigation", "EligibleSubject").objects
    names = {table["national"]: ""} | {area + table["provincial"]: area for area in table["areas"]}
    for name, area in names.items():
        subjects.using(schema_editor.connection.alias).get_or_create(
            name=name,
            defaults={
                "kind": "consumer",
                "area": area,
                "source": table["source"],
                "as_of": table["as_of"],
            },
        )


class Migration(migrations.Migration):
    dependencies = [("litigation", "0004_courts_and_eligible_subjects")]  # noqa: RUF012
    operations = [  # noqa: RUF012
        migrations.RunPython(enter_subjects, migrations.RunPython.noop),
    ]
