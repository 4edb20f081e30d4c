"""Let changes of the tables of migration 0003 give the policy a new version number, as 0002 does for the others."""

from django.db import migrations

TABLES = ["fingerprints", "refundrule", "servicefee", "surcharge"]

FORWARDS = """
CREATE TRIGGER policy_{table}_is_numbered AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON policy_{table}
FOR EACH STATEMENT EXECUTE FUNCTION policy_number_the_change();
"""
BACKWARDS = "DROP TRIGGER policy_{table}_is_numbered ON policy_{table};"


class Migration(migrations.Migration):
    dependencies = [("policy", "0003_price_services_refunds_and_fingerprints")]

    operations = [
        migrations.RunSQL(FORWARDS.format(table=table), BACKWARDS.format(table=table)) for table in TABLES
    ]
