"""The database refuses what the services would refuse.

* The state of an obligation changes only along an allowed edge, with its event in the same transaction.
* Money, its checks, archive indexes and the leads of relapses are append-only.
* A check of money repeats who made the entry, so that its constraint can tell two persons apart.
"""

from django.db import migrations

APPEND_ONLY = (
    "enforcement_ledgerentry",
    "enforcement_ledgercheck",
    "enforcement_archiveindex",
    "enforcement_archiveentry",
    "enforcement_relapse",
)

STATE = """
CREATE TRIGGER enforcement_obligation_state_is_guarded
    BEFORE INSERT OR UPDATE OF state ON enforcement_obligation
    FOR EACH ROW EXECUTE FUNCTION cases_guard_state('obligation');
"""

# A check names the author of its entry; money belongs to an obligation of its own case.
KEYS = """
ALTER TABLE enforcement_ledgercheck ADD CONSTRAINT ledger_check_repeats_the_entry
    FOREIGN KEY (entry_id, recorded_by_id) REFERENCES enforcement_ledgerentry (id, recorded_by_id);
ALTER TABLE enforcement_ledgerentry ADD CONSTRAINT ledger_entry_of_its_case
    FOREIGN KEY (obligation_id, case_id) REFERENCES enforcement_obligation (id, case_id);
"""


def append_only(table: str) -> str:
    """Return the SQL that makes a table append-only."""
    return f"""
CREATE TRIGGER {table}_rows_stay BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION cases_refuse_change();
CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse_change();
"""


def changeable(table: str) -> str:
    """Return the SQL that takes that back."""
    return (
        f"DROP TRIGGER {table}_rows_stay ON {table};"
        f"DROP TRIGGER {table}_is_not_emptied ON {table};"
    )


FORWARD = STATE + KEYS + "".join(append_only(table) for table in APPEND_ONLY)
BACKWARD = "".join(
    [
        *(changeable(table) for table in APPEND_ONLY),
        "ALTER TABLE enforcement_ledgercheck DROP CONSTRAINT ledger_check_repeats_the_entry;",
        "ALTER TABLE enforcement_ledgerentry DROP CONSTRAINT ledger_entry_of_its_case;",
        "DROP TRIGGER enforcement_obligation_state_is_guarded ON enforcement_obligation;",
    ]
)


class Migration(migrations.Migration):
    dependencies = [
        ("enforcement", "0001_obligations_money_archive"),
        ("cases", "0002_triggers"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
