"""The database itself refuses to give a destroyed key back, and to forget that there was one."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION vault_guard_a_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'rows of % are kept', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.destroyed_at IS NOT NULL AND (NEW.locked_key <> '' OR NEW.destroyed_at IS DISTINCT FROM OLD.destroyed_at) THEN
        RAISE EXCEPTION 'a destroyed key of % stays destroyed', TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
TRIGGER = """
CREATE TRIGGER destroyed_keys_of_{table}_stay_destroyed BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION vault_guard_a_key()
"""


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION vault_guard_a_key()"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table), f"DROP TRIGGER destroyed_keys_of_{table}_stay_destroyed ON {table}"
            )
            for table in ("vault_safe", "vault_key")
        ),
    ]
