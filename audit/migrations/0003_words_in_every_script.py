"""Of Latin letters and digits beside Chinese every four in a row are kept too.

Before, they were kept of words that are Latin throughout, and a question for such a word asks for them alone: it
missed “Health” in 小红书Health平台.
"""

from __future__ import annotations

from django.db import migrations

# So many Latin letters or digits in a row are kept as one part besides their pairs.
LONG = 4

# As in 0002.
SEPARATORS = r"[\s!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u206f\u3000-\u3004\u3008-\u3020\u3030\u30fb]+"

CUT = rf"""
CREATE OR REPLACE FUNCTION search_cut(words text, asked boolean) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT AS $$
DECLARE
    piece text;
    run text;
    runs text[];
    found text[] := '{{}}';
BEGIN
    FOREACH piece IN ARRAY regexp_split_to_array(words, '{SEPARATORS}') LOOP
        -- Numbers are made of ten digits: their pairs are everywhere, four of a row are not.
        IF piece ~ '[0-9a-z]{{{LONG}}}' THEN
            runs := ARRAY[piece];
            IF piece ~ '[^0-9a-z]' THEN
                runs := ARRAY(SELECT (regexp_matches(piece, '[0-9a-z]{{{LONG},}}', 'g'))[1]);
            END IF;
            FOREACH run IN ARRAY runs LOOP
                FOR place IN 1 .. length(run) - {LONG} + 1 LOOP
                    found := found || substr(run, place, {LONG});
                END LOOP;
            END LOOP;
            IF asked THEN
                -- Only the pairs in which such a row meets its neighbours are left to ask for.
                piece := regexp_replace(
                    piece, '([0-9a-z])[0-9a-z]{{{LONG - 2},}}([0-9a-z])', '\1 \2', 'g'
                );
            END IF;
        END IF;
        FOR place IN 1 .. length(piece) - 1 LOOP
            found := found || substr(piece, place, 2);
        END LOOP;
    END LOOP;
    IF asked THEN
        RETURN ARRAY(SELECT part FROM unnest(found) AS part WHERE strpos(part, ' ') = 0);
    END IF;
    RETURN found;
END $$;
"""

# The indexes hold what the function told before.
ANEW = """
DO $$
DECLARE
    of_words regclass;
BEGIN
    FOR of_words IN
        SELECT DISTINCT i.indexrelid::regclass FROM pg_index i
        JOIN pg_depend d ON d.objid = i.indexrelid AND d.classid = 'pg_class'::regclass
        WHERE d.refclassid = 'pg_proc'::regclass AND d.refobjid = 'search_pairs(text)'::regprocedure
    LOOP
        EXECUTE format('REINDEX INDEX %s', of_words);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_words")]

    # There is no way back: the function before missed words.
    operations = [migrations.RunSQL(CUT, migrations.RunSQL.noop), migrations.RunSQL(ANEW, migrations.RunSQL.noop)]
