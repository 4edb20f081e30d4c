"""Let changes of the table of migration 0006 give the policy a new version number, as 0002 does for the others."""

from django.db import migrations

FORWARDS = """
CREATE TRIGGER policy_keepingtime_is_numbered AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON policy_keepingtime
FOR EACH STATEMENT EXECUTE FUNCTION policy_number_the_change();
"""
BACKWARDS = "DROP TRIGGER policy_keepingtime_is_numbered ON policy_keepingtime;"


class Migration(migrations.Migration):
    dependencies = [("policy", "0006_say_how_long_documents_are_kept")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
