"""The database itself refuses to change what was declared, and a correction once it was sent."""

from django.db import migrations

from consular.audit.append_only import append_only

SENT = migrations.RunSQL(
    """
    CREATE TRIGGER sent_corrections_never_change BEFORE UPDATE OR DELETE ON applications_correction
        FOR EACH ROW WHEN (OLD.sent_at IS NOT NULL) EXECUTE FUNCTION refuse_change()
    """,
    "DROP TRIGGER sent_corrections_never_change ON applications_correction",
)


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0002_keep_corrections_and_consents"),
        # It makes the function refuse_change().
        ("audit", "0002_make_the_trail_append_only"),
    ]

    operations = [append_only("applications_consent"), SENT]
