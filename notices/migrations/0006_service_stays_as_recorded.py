"""What the database itself holds of the service of documents.

* Services, attempts, outcomes and address-confirmation forms are only ever added.
* The method an attempt or an outcome is judged by is that of its service.
* A party a document is served on is one of its own case.
"""

from django.db import migrations

APPEND_ONLY = (
    "notices_addressconfirmation",
    "notices_service",
    "notices_attempt",
    "notices_outcome",
)

OF_ITS_METHOD = "".join(
    f"""
ALTER TABLE {table} ADD CONSTRAINT {name}
    FOREIGN KEY (service_id, method) REFERENCES notices_service (id, method);
"""
    for table, name in (
        ("notices_attempt", "attempt_of_its_method"),
        ("notices_outcome", "outcome_of_its_method"),
    )
)

OF_ITS_CASE = """
CREATE FUNCTION notices_party_of_the_case() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.party_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM notices_document d JOIN cases_party p ON p.case_id = d.case_id
        WHERE d.id = NEW.document_id AND p.id = NEW.party_id
    ) THEN
        RAISE EXCEPTION 'party % is no party of the case of document %', NEW.party_id, NEW.document_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'served_on_a_party_of_the_case';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER served_on_a_party_of_the_case BEFORE INSERT ON notices_service
    FOR EACH ROW EXECUTE FUNCTION notices_party_of_the_case();
"""


def append_only(table: str) -> str:
    """Return the SQL that makes a table append-only."""
    return f"""
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""


FORWARD = OF_ITS_METHOD + OF_ITS_CASE + "".join(append_only(table) for table in APPEND_ONLY)
BACKWARD = (
    "".join(
        f"DROP TRIGGER {table}_rows_stay ON {table};"
        f"DROP TRIGGER {table}_is_not_emptied ON {table};"
        for table in APPEND_ONLY
    )
    + "DROP TRIGGER served_on_a_party_of_the_case ON notices_service;"
    + "DROP FUNCTION notices_party_of_the_case;"
    + "ALTER TABLE notices_outcome DROP CONSTRAINT outcome_of_its_method;"
    + "ALTER TABLE notices_attempt DROP CONSTRAINT attempt_of_its_method;"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_triggers"), ("notices", "0005_service_of_process")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
