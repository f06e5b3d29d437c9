"""What a case is found by follows from its rows, whoever writes them.

Triggers keep the words of a case: its title, numbers and initials, and those of its present parties.
"""

from __future__ import annotations


from django.db import migrations

FORWARD = """
CREATE FUNCTION cases_words_of(of_case bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT search_text(c.title, c.key, c.official_number, c.initials, (
        SELECT string_agg(concat_ws(' ', p.name, p.aliases, p.credit_code, p.initials), ' ' ORDER BY p.id)
        FROM cases_party p WHERE p.case_id = c.id AND p.removed_at IS NULL
    )) FROM cases_case c WHERE c.id = of_case
$$;

CREATE FUNCTION cases_keep_words(of_case bigint) RETURNS void LANGUAGE sql AS $$
    INSERT INTO cases_casewords (case_id, text, pairs)
    SELECT of_case, words, search_pairs(words) FROM cases_words_of(of_case) AS words WHERE words IS NOT NULL
    ON CONFLICT (case_id) DO UPDATE SET text = EXCLUDED.text, pairs = EXCLUDED.pairs
    WHERE cases_casewords.text <> EXCLUDED.text
$$;

CREATE FUNCTION cases_case_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM cases_keep_words(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER case_keeps_its_words AFTER INSERT OR UPDATE OF title, key, official_number, initials
    ON cases_case FOR EACH ROW EXECUTE FUNCTION cases_case_changed();

CREATE FUNCTION cases_party_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM cases_keep_words(OLD.case_id);
    END IF;
    IF TG_OP <> 'DELETE' AND (TG_OP = 'INSERT' OR NEW.case_id <> OLD.case_id) THEN
        PERFORM cases_keep_words(NEW.case_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER party_keeps_the_words_of_its_case AFTER INSERT OR DELETE OR
    UPDATE OF case_id, name, aliases, credit_code, initials, removed_at
    ON cases_party FOR EACH ROW EXECUTE FUNCTION cases_party_changed();

INSERT INTO cases_casewords (case_id, text, pairs)
    SELECT c.id, words, search_pairs(words) FROM cases_case c, cases_words_of(c.id) AS words;
"""
BACKWARD = """
DROP TRIGGER party_keeps_the_words_of_its_case ON cases_party;
DROP TRIGGER case_keeps_its_words ON cases_case;
DROP FUNCTION cases_party_changed;
DROP FUNCTION cases_case_changed;
DROP FUNCTION cases_keep_words;
DROP FUNCTION cases_words_of;
DELETE FROM cases_casewords;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0016_words")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
