"""The courts an office finds in its table at the start (law 3.3 point 7); not one is verified."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from django.db import migrations

FILE = Path(__file__).parent.parent / "courts.toml"


def enter_courts(apps: Any, schema_editor: Any) -> None:
    """Enter the courts of the file that are not there."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    courts = apps.get_model("litigation", "Court").objects.using(schema_editor.connection.alias)
    for kind, level, since, source in (
        ("intermediate", "intermediate", date(2018, 3, 2), "检察公益诉讼解释第5条；民诉法解释第283条"),
        ("internet", "basic", date(2018, 9, 7), "法释〔2018〕16号；法释〔2025〕14号"),
    ):
        for name, area in table[kind]:
            courts.get_or_create(
                name=name,
                defaults={
                    "level": level,
                    "internet": kind == "internet",
                    "area": area,
                    "hears_from": since,
                    "source": source,
                },
            )


class Migration(migrations.Migration):
    dependencies = [("litigation", "0002_claims_courts_judgments")]  # noqa: RUF012
    operations = [  # noqa: RUF012
        migrations.RunPython(enter_courts, migrations.RunPython.noop),
    ]
