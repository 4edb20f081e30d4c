"""Let the database give the policy a new version number whenever one of its tables changes.

A trigger sees every way of writing: the admin, a bulk load, SQL by hand. The number comes from a
sequence, which a rolled-back transaction does not turn back: no two states of the policy share one.
"""

from django.db import migrations

TABLES = [
    "category",
    "fee",
    "feeexemption",
    "groupmember",
    "passportvalidity",
    "purpose",
    "requireddocument",
    "rule",
    "rulegroup",
    "source",
    "stayoption",
    "traveldocument",
]

FORWARDS = """
CREATE SEQUENCE policy_version_number;
CREATE FUNCTION policy_number_the_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO policy_version (id, number, changed_at)
    VALUES (1, nextval('policy_version_number'), now())
    ON CONFLICT (id) DO UPDATE SET number = excluded.number, changed_at = excluded.changed_at;
    RETURN NULL;
END $$;
"""
TRIGGER = """
CREATE TRIGGER policy_{table}_is_numbered AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON policy_{table}
FOR EACH STATEMENT EXECUTE FUNCTION policy_number_the_change();
"""
BACKWARDS = """
DROP FUNCTION policy_number_the_change() CASCADE;
DROP SEQUENCE policy_version_number;
"""


class Migration(migrations.Migration):
    dependencies = [("policy", "0001_initial")]

    operations = [
        migrations.RunSQL(FORWARDS + "".join(TRIGGER.format(table=table) for table in TABLES), BACKWARDS),
    ]
