"""The functions by which words are looked for in texts (`audit.words`).

They read no table and no setting, so that an index can rest on them.
"""

from __future__ import annotations

from django.db import migrations

# What parts two words: white space, punctuation of ASCII and of Chinese, the interpunct of names. Full-width forms
# are half-width ones by then.
SEPARATORS = r"[\s!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u206f\u3000-\u3004\u3008-\u3020\u3030\u30fb]+"
# So many Latin letters or digits in a row are kept as one part besides their pairs.
LONG = 4

FORWARD = rf"""
CREATE FUNCTION search_text(VARIADIC parts text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lower(normalize(array_to_string(parts, ' '), NFKC));

CREATE FUNCTION search_cut(words text, asked boolean) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
    piece text;
    long boolean;
    found text[] := '{{}}';
BEGIN
    FOREACH piece IN ARRAY regexp_split_to_array(words, '{SEPARATORS}') LOOP
        -- Numbers are made of ten digits: their pairs are everywhere, four of a row are not.
        long := length(piece) >= {LONG} AND piece ~ '^[0-9a-z]+$';
        IF NOT (long AND asked) THEN
            FOR place IN 1 .. length(piece) - 1 LOOP
                found := found || substr(piece, place, 2);
            END LOOP;
        END IF;
        IF long THEN
            FOR place IN 1 .. length(piece) - {LONG} + 1 LOOP
                found := found || substr(piece, place, {LONG});
            END LOOP;
        END IF;
    END LOOP;
    RETURN found;
END $$;

CREATE FUNCTION search_pairs(words text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT COST 1000 AS $$
BEGIN
    RETURN array_to_tsvector(public.search_cut(words, false));
END $$;

CREATE FUNCTION search_question(words text) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
BEGIN
    RETURN (SELECT COALESCE(string_agg(DISTINCT quote_literal(part), ' & '), '')
            FROM unnest(public.search_cut(words, true)) AS part)::tsquery;
END $$;
"""
BACKWARD = """
DROP FUNCTION search_question;
DROP FUNCTION search_pairs;
DROP FUNCTION search_cut;
DROP FUNCTION search_text;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
