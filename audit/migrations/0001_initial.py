"""Tables of the record, and the triggers that let rows only be added.

The triggers are hand-written: packaged ones can be switched off by a session setting. They are a seat
belt; the grants of the application role and the keyed digests are the control.
"""

from __future__ import annotations

from django.db import migrations, models

import audit.digests

FORWARD = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The audit record is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;

CREATE TRIGGER audit_event_refuse_change BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_event_refuse_truncate BEFORE TRUNCATE ON audit_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_head_refuse_delete BEFORE DELETE ON audit_audithead
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_head_refuse_truncate BEFORE TRUNCATE ON audit_audithead
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_pending_refuse_truncate BEFORE TRUNCATE ON audit_auditpending
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();

CREATE FUNCTION audit_head_moves_on_by_one() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.scope IS DISTINCT FROM OLD.scope OR NEW.sequence <> OLD.sequence + 1 THEN
        RAISE EXCEPTION 'The head of an audit chain moves on by one row at a time.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER audit_head_moves_on_by_one BEFORE UPDATE ON audit_audithead
    FOR EACH ROW EXECUTE FUNCTION audit_head_moves_on_by_one();
"""

BACKWARD = """
DROP TRIGGER audit_head_moves_on_by_one ON audit_audithead;
DROP FUNCTION audit_head_moves_on_by_one();
DROP TRIGGER audit_pending_refuse_truncate ON audit_auditpending;
DROP TRIGGER audit_head_refuse_truncate ON audit_audithead;
DROP TRIGGER audit_head_refuse_delete ON audit_audithead;
DROP TRIGGER audit_event_refuse_truncate ON audit_auditevent;
DROP TRIGGER audit_event_refuse_change ON audit_auditevent;
DROP FUNCTION audit_refuse_change();
"""

ACTOR_KINDS = [
    ("user", "User"),
    ("system", "System"),
    ("anonymous", "Not signed in"),
    ("partner", "Partner body"),
]


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="AuditEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("scope", models.CharField(max_length=120, verbose_name="chain")),
                ("sequence", models.BigIntegerField(verbose_name="number in the chain")),
                ("at", models.DateTimeField(verbose_name="time")),
                ("office_id", models.BigIntegerField(null=True, verbose_name="office")),
                ("case_id", models.BigIntegerField(null=True, verbose_name="case")),
                ("lead_id", models.BigIntegerField(null=True, verbose_name="lead")),
                ("actor_id", models.BigIntegerField(null=True, verbose_name="person")),
                ("actor_kind", models.CharField(choices=ACTOR_KINDS, max_length=12, verbose_name="kind of actor")),
                ("on_behalf_of_id", models.BigIntegerField(null=True, verbose_name="on behalf of")),
                ("action", models.CharField(max_length=80, verbose_name="act")),
                ("object_type", models.CharField(max_length=80, verbose_name="kind of object")),
                ("object_id", models.TextField(verbose_name="object")),
                ("outcome", models.CharField(max_length=80, verbose_name="outcome")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("request_id", models.CharField(blank=True, max_length=64, verbose_name="request")),
                ("ip", models.GenericIPAddressField(null=True, verbose_name="address")),
                ("canonical", models.BinaryField(verbose_name="recorded bytes")),
                ("previous", models.BinaryField(verbose_name="digest of the row before")),
                ("mac", models.BinaryField(verbose_name="digest")),
                ("algorithm", models.SmallIntegerField(verbose_name="algorithm")),
                ("key_id", models.SmallIntegerField(verbose_name="key")),
            ],
            options={
                "verbose_name": "audit entry",
                "verbose_name_plural": "audit entries",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(fields=["office_id", "at", "id"], name="audit_event_by_office"),
                    models.Index(fields=["case_id", "at", "id"], name="audit_event_by_case"),
                    models.Index(fields=["actor_id", "at", "id"], name="audit_event_by_actor"),
                    models.Index(fields=["object_type", "object_id", "at", "id"], name="audit_event_by_object"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("scope", "sequence"), name="audit_event_one_number_in_a_scope"),
                    models.CheckConstraint(condition=models.Q(("sequence__gte", 1)), name="audit_event_numbers_start_at_one"),
                    models.CheckConstraint(
                        condition=models.Q(("actor_kind__in", ["user", "system", "anonymous", "partner"])),
                        name="audit_event_known_actor_kind",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditHead",
            fields=[
                ("scope", models.CharField(max_length=120, primary_key=True, serialize=False, verbose_name="chain")),
                ("sequence", models.BigIntegerField(default=0, verbose_name="number in the chain")),
                ("mac", models.BinaryField(default=audit.digests.GENESIS, verbose_name="digest")),
            ],
            options={
                "verbose_name": "audit chain head",
                "verbose_name_plural": "audit chain heads",
            },
        ),
        migrations.CreateModel(
            name="AuditPending",
            fields=[
                ("event_id", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="entry")),
            ],
            options={
                "verbose_name": "audit entry awaiting a checkpoint",
                "verbose_name_plural": "audit entries awaiting a checkpoint",
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
