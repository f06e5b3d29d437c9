"""The words of the cases that are there, as `audit` 0003 takes them apart."""

from __future__ import annotations

from django.db import migrations

# Most cases bear no such word, and a row that stays as it is is not written.
ANEW = """
UPDATE cases_casewords SET pairs = search_pairs(text) WHERE pairs <> search_pairs(text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_words_in_every_script"),
        ("cases", "0025_dates_found_by_index"),
    ]

    operations = [migrations.RunSQL(ANEW, migrations.RunSQL.noop)]
