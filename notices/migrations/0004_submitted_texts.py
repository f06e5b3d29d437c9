"""The texts that rounds of approval are bound to are kept, and stay as they were kept.

What waits for a decision when this runs is kept too, as far as its text has not changed since.
"""

import django.db.models.deletion
from django.db import migrations, models

import audit.clock

FORWARD = """
CREATE FUNCTION notices_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'submitted_text_stays';
END $$;
CREATE TRIGGER notices_submittedtext_rows_stay BEFORE UPDATE OR DELETE ON notices_submittedtext
    FOR EACH ROW EXECUTE FUNCTION notices_refuse_change();
CREATE TRIGGER notices_submittedtext_is_not_emptied BEFORE TRUNCATE ON notices_submittedtext
    FOR EACH STATEMENT EXECUTE FUNCTION notices_refuse_change();
"""

BACKWARD = """
DROP TRIGGER notices_submittedtext_is_not_emptied ON notices_submittedtext;
DROP TRIGGER notices_submittedtext_rows_stay ON notices_submittedtext;
DROP FUNCTION notices_refuse_change;
"""
OPEN = ("draft", "submitted", "returned", "approved")


def keep_what_waits(apps, schema_editor):
    """Keep the text of each document that an open proposal names by the digest it still has."""
    alias = schema_editor.connection.alias
    proposals = apps.get_model("cases", "Proposal").objects.using(alias)
    documents = apps.get_model("notices", "Document").objects.using(alias)
    kept = apps.get_model("notices", "SubmittedText").objects.using(alias)
    for frozen in proposals.filter(status__in=OPEN).values_list("frozen", flat=True):
        for item in frozen.get("documents", []):
            for row in documents.filter(pk=item["id"], digest=item["sha256"], uploaded=False):
                contents = {name: str(part.get("value", "")) for name, part in row.content.items()}
                kept.get_or_create(
                    document=row, digest=row.digest, defaults={"contents": contents}
                )


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_committee_meetings"),
        ("notices", "0003_drafted_digest"),
    ]

    operations = [
        migrations.CreateModel(
            name="SubmittedText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.CharField(max_length=64)),
                ("contents", models.JSONField(verbose_name="content")),
                (
                    "submitted_at",
                    models.DateTimeField(default=audit.clock.now, verbose_name="submitted at"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="notices.document",
                    ),
                ),
            ],
            options={
                "verbose_name": "submitted text",
                "verbose_name_plural": "submitted texts",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "digest"), name="submitted_text_kept_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        # Last: a trigger cannot be made while rows of the same transaction wait for their checks.
        migrations.RunPython(keep_what_waits, migrations.RunPython.noop),
    ]
