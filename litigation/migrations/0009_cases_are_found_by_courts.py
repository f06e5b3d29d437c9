"""The numbers under which courts keep a case are among the words by which it is found.

They stand in events; an event that corrects or annuls one counts here as it does on the page of the case.
The words of a case are kept by `cases` 0017; this room adds its own to them, so that no search asks twice.
"""

from __future__ import annotations

from django.db import migrations

NUMBERS = """
CREATE FUNCTION litigation_court_numbers(of_case bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT string_agg(DISTINCT COALESCE((
        SELECT c.facts ->> 'court_case_number' FROM cases_event c
        WHERE c.corrects_id = e.id AND c.facts ? 'court_case_number' ORDER BY c.id DESC LIMIT 1
    ), e.facts ->> 'court_case_number'), ' ')
    FROM cases_event e
    WHERE e.case_id = of_case AND e.facts ? 'court_case_number' AND e.corrects_id IS NULL
        AND NOT EXISTS (SELECT FROM cases_event a WHERE a.annuls_id = e.id)
$$;
"""
WORDS = """
CREATE OR REPLACE FUNCTION cases_words_of(of_case bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT search_text(c.title, c.key, c.official_number, {courts}c.initials, (
        SELECT string_agg(concat_ws(' ', p.name, p.aliases, p.credit_code, p.initials), ' ' ORDER BY p.id)
        FROM cases_party p WHERE p.case_id = c.id AND p.removed_at IS NULL
    )) FROM cases_case c WHERE c.id = of_case
$$;
"""
# Events are only ever added.
TRIGGER = """
CREATE FUNCTION litigation_court_numbered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cases_keep_words(NEW.case_id);
    RETURN NULL;
END $$;
CREATE TRIGGER event_keeps_the_court_numbers_of_its_case AFTER INSERT ON cases_event FOR EACH ROW
    WHEN (NEW.case_id IS NOT NULL AND (NEW.facts ? 'court_case_number' OR NEW.annuls_id IS NOT NULL))
    EXECUTE FUNCTION litigation_court_numbered();
"""
ANEW = """
SELECT cases_keep_words(case_id) FROM (
    SELECT DISTINCT case_id FROM cases_event WHERE facts ? 'court_case_number' AND case_id IS NOT NULL
) AS numbered;
"""
FORWARD = NUMBERS + WORDS.format(courts="litigation_court_numbers(c.id), ") + TRIGGER + ANEW
BACKWARD = f"""
DROP TRIGGER event_keeps_the_court_numbers_of_its_case ON cases_event;
DROP FUNCTION litigation_court_numbered;
{WORDS.format(courts="")}
DROP FUNCTION litigation_court_numbers;
{ANEW}
"""


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0026_words_taken_apart_anew"),
        ("litigation", "0008_numbers_of_courts"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
