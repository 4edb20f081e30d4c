"""From now on two officers revoke. Visas that one consul revoked before stay as they are: the rule was another."""

from django.db import migrations

FORWARDS = """
ALTER TABLE issuance_evisa ADD CONSTRAINT evisa_is_revoked_by_a_second_officer
CHECK (revoked_by_id IS NULL OR (revocation_asked_by_id IS NOT NULL AND revocation_asked_by_id <> revoked_by_id))
NOT VALID;
"""
BACKWARDS = "ALTER TABLE issuance_evisa DROP CONSTRAINT evisa_is_revoked_by_a_second_officer;"


class Migration(migrations.Migration):
    dependencies = [("issuance", "0002_seal_visas_and_check_papers")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
