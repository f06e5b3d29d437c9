"""What the application role may do in the database, and what nobody forgot to say about a table."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, connections, transaction

from procuracy import grants

RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
REFUSED = "42501"
DEFINITIONS = [
    "CREATE TABLE loot (id int)",
    "CREATE SCHEMA loot",
    "CREATE FUNCTION loot() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "ALTER TABLE cases_case ADD COLUMN loot int",
    "DROP TABLE cases_case",
    "CREATE INDEX loot ON cases_case (id)",
    "CREATE ROLE loot",
    "SET ROLE procuracy_owner",
]


def refusal_of(statement: str) -> str | None:
    """Return the SQLSTATE with which the application role is refused, None when it is let."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as error:
        return error.__cause__.pgcode
    return None


def ask(alias: str, query: str, *parameters) -> set:
    with connections[alias].cursor() as cursor:
        cursor.execute(query, parameters)
        return set(cursor.fetchall())


def rights_of_application() -> set[tuple[str, str]]:
    """Return (table, right) for everything the application role may do to any relation."""
    return ask(
        "default",
        "SELECT c.relname, p.name FROM pg_class c, unnest(%s) AS p(name)"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'f')"
        " AND has_table_privilege(c.oid, p.name)",
        list(RIGHTS),
    )


def guarded_tables(kind: int) -> set[str]:
    """Return the tables on which a trigger refuses every change of that `kind` (pg_trigger.tgtype)."""
    rows = ask(
        "default",
        "SELECT t.tgrelid::regclass::text FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid"
        " WHERE p.proname LIKE '%%_refuse_change' AND t.tgtype = %s",
        kind,
    )
    return {name for (name,) in rows}


ROWS_STAY, IS_NOT_EMPTIED = 27, 34  # before update or delete of a row; before truncate


@pytest.mark.parametrize("table", grants.APPEND_ONLY)
def test_what_was_recorded_can_only_be_read_and_added_to(db, table):
    with connection.cursor() as cursor:
        column = connection.introspection.get_table_description(cursor, table)[0].name
    assert refusal_of(f"SELECT 1 FROM {table}") is None
    for attack in (
        f"UPDATE {table} SET {column} = {column}",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
        f"ALTER TABLE {table} DISABLE TRIGGER ALL",
    ):
        assert refusal_of(attack) == REFUSED, attack


def test_every_table_that_is_append_only_is_so_by_grant_and_by_trigger(db):
    assert guarded_tables(ROWS_STAY) == set(grants.APPEND_ONLY)
    assert guarded_tables(IS_NOT_EMPTIED) >= set(grants.APPEND_ONLY)


@pytest.mark.parametrize("statement", DEFINITIONS)
def test_the_application_role_defines_nothing(db, statement):
    assert refusal_of(statement) == REFUSED


def test_the_application_role_is_an_ordinary_one_that_owns_nothing(db):
    assert ask(
        "default",
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles"
        " WHERE rolname = current_user",
    ) == {(False, False, False, False, False)}
    owned = "SELECT 1 FROM pg_class WHERE pg_get_userbyid(relowner) = current_user"
    assert not ask("default", owned)


def test_every_table_has_exactly_the_rights_that_are_written_down(db):
    tables = grants.tables_of(connection)
    assert rights_of_application() == {
        (table, right)
        for table in tables
        for right in grants.EXCEPTIONS.get(table, grants.READ_AND_WRITE)
    }
    assert grants.missing_tables(tables) == []


def test_the_list_of_allowed_edges_is_only_read(db):
    assert refusal_of("INSERT INTO cases_allowededge DEFAULT VALUES") == REFUSED
    assert refusal_of("UPDATE cases_allowededge SET id = id") == REFUSED


def test_a_new_table_is_closed_until_the_grants_are_applied(committed_db):
    with connections["owner"].cursor() as cursor:
        cursor.execute("CREATE TABLE later (id int)")
    assert refusal_of("SELECT * FROM later") == REFUSED
    call_command("apply_grants", verbosity=0)
    assert refusal_of("SELECT * FROM later") is None


def test_applying_the_grants_again_changes_nothing(committed_db):
    before = rights_of_application()
    call_command("apply_grants", verbosity=0)
    assert rights_of_application() == before


def test_applying_the_grants_takes_back_what_somebody_gave(committed_db):
    before = rights_of_application()
    with connections["owner"].cursor() as cursor:
        cursor.execute("GRANT ALL ON audit_auditevent TO PUBLIC")
        cursor.execute("GRANT CREATE ON SCHEMA public TO PUBLIC")
    assert rights_of_application() != before
    call_command("apply_grants", verbosity=0)
    assert rights_of_application() == before
    assert refusal_of("CREATE TABLE loot (id int)") == REFUSED


def test_what_a_role_could_do_beyond_its_rights_is_told(committed_db):
    assert grants.excess(connection) == []
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"GRANT UPDATE ON cases_event TO {connection.settings_dict['USER']}")
    assert grants.excess(connection) == ["cases_event UPDATE"]
    assert "audit_auditevent TRUNCATE" in grants.excess(connections["owner"])


def test_a_role_that_does_not_exist_gets_nothing(committed_db):
    with pytest.raises(grants.UnknownRole):
        grants.apply(connections["owner"], "nobody_of_this_name")


def test_only_the_application_role_enters_the_database_and_it_makes_no_temporary_tables(
    committed_db,
):
    """A clone does not take over the rights on the database itself, so they are applied anew."""
    call_command("apply_grants", verbosity=0)
    stranger = "SELECT has_database_privilege('pg_monitor', current_database(), 'CONNECT')"
    assert ask("owner", stranger) == {(False,)}
    assert ask("default", "SELECT 1") == {(1,)}
    assert refusal_of("CREATE TEMPORARY TABLE loot (id int)") == REFUSED
