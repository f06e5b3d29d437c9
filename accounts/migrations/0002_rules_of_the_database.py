"""Rules that a condition on one row cannot say.

* No person holds two of the separated administrator roles on one day (GB/T 22239).
* An office stands below an office of a higher level, so that the tree has no circle.
* A department belongs to the office of its people.
"""

from django.db import migrations

SEPARATED_ROLES = """
ALTER TABLE accounts_rolegrant ADD CONSTRAINT separated_roles_never_on_one_person
EXCLUDE USING gist (
    int8range(user_id, user_id, '[]') WITH &&,
    daterange(valid_from, valid_to, '[]') WITH &&
)
WHERE (revoked_at IS NULL
       AND role IN ('system_administrator', 'security_administrator', 'auditor'));
"""

OFFICE_LEVELS = """
CREATE FUNCTION accounts_level_rank(level text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_position(ARRAY['supreme', 'provincial', 'city', 'grassroots'], level)
$$;

CREATE FUNCTION accounts_office_stands_below() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM accounts_office o
        WHERE (o.id = NEW.parent_id
               AND accounts_level_rank(o.level) >= accounts_level_rank(NEW.level))
           OR (o.parent_id = NEW.id
               AND accounts_level_rank(o.level) <= accounts_level_rank(NEW.level))
    ) THEN
        RAISE EXCEPTION 'an office stands below an office of a higher level'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'office_stands_below_a_higher_level';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER office_stands_below_a_higher_level
BEFORE INSERT OR UPDATE OF parent_id, level ON accounts_office
FOR EACH ROW EXECUTE FUNCTION accounts_office_stands_below();
"""

DEPARTMENT_OF_OFFICE = """
CREATE FUNCTION accounts_user_department_of_office() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM accounts_department d
        WHERE d.id = NEW.department_id AND d.office_id = NEW.office_id
    ) THEN
        RAISE EXCEPTION 'the department belongs to another office'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'user_department_of_own_office';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER user_department_of_own_office
BEFORE INSERT OR UPDATE OF department_id, office_id ON accounts_user
FOR EACH ROW WHEN (NEW.department_id IS NOT NULL)
EXECUTE FUNCTION accounts_user_department_of_office();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.RunSQL(
            SEPARATED_ROLES,
            "ALTER TABLE accounts_rolegrant DROP CONSTRAINT separated_roles_never_on_one_person",
        ),
        migrations.RunSQL(
            OFFICE_LEVELS,
            "DROP TRIGGER office_stands_below_a_higher_level ON accounts_office;"
            "DROP FUNCTION accounts_office_stands_below();"
            "DROP FUNCTION accounts_level_rank(text);",
        ),
        migrations.RunSQL(
            DEPARTMENT_OF_OFFICE,
            "DROP TRIGGER user_department_of_own_office ON accounts_user;"
            "DROP FUNCTION accounts_user_department_of_office();",
        ),
    ]
