"""The list of leads is sorted by the day of receipt along an index."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0023_former_cases")]

    operations = [
        migrations.AddIndex(
            model_name="lead",
            index=models.Index(fields=["received_on", "id"], name="lead_received_on"),
        )
    ]
