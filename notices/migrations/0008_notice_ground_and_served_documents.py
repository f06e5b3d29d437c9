"""A public notice says why no other way remains (CPL 95); what was validly served is not declared void.

Notices recorded before say that nobody was asked: the rows are append-only for the application, so the owner
of the tables fills them in here, once.
"""

from django.db import migrations, models

ASKED_FROM_NOW_ON = """
ALTER TABLE notices_service DISABLE TRIGGER notices_service_rows_stay;
UPDATE notices_service SET ground = '此前未要求记明' WHERE method = 'public_notice';
ALTER TABLE notices_service ENABLE TRIGGER notices_service_rows_stay;
"""

SERVED_STAYS = """
CREATE FUNCTION notices_served_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM notices_service s JOIN notices_outcome o ON o.service_id = s.id
        WHERE s.document_id = NEW.id AND o.result = 'served'
    ) THEN
        PERFORM notices_refuse('a document that was served is corrected, never void',
            'served_document_is_not_voided');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER served_document_is_not_voided BEFORE UPDATE OF status ON notices_document
    FOR EACH ROW WHEN (NEW.status = 'void' AND OLD.status <> 'void')
    EXECUTE FUNCTION notices_served_stays();
"""
SERVED_MAY_GO = """
DROP TRIGGER served_document_is_not_voided ON notices_document;
DROP FUNCTION notices_served_stays;
"""


class Migration(migrations.Migration):
    dependencies = [("notices", "0007_batches")]

    operations = [
        migrations.AddField(
            model_name="service",
            name="ground",
            field=models.CharField(
                blank=True, default="", max_length=500, verbose_name="why no other way remains"
            ),
        ),
        migrations.RunSQL(ASKED_FROM_NOW_ON, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="service",
            constraint=models.CheckConstraint(
                condition=models.Q(("method", "public_notice"), _negated=True)
                | models.Q(("ground", ""), _negated=True),
                name="public_notice_says_why",
            ),
        ),
        migrations.RunSQL(SERVED_STAYS, SERVED_MAY_GO),
    ]
