"""Remember everybody who wrote an edit: who wrote over it does not make the first writer a second person."""

import django.contrib.postgres.fields
from django.db import migrations, models

# Written with its change a draft or not: the guard of edits looks at single rows, this is about all of them
KNOWN = "ALTER TABLE legislation_edit ALTER COLUMN writers TYPE bigint[] USING ARRAY[by_id]"
FUNCTION = """
CREATE OR REPLACE FUNCTION legislation_change_is_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('in_force', 'dropped') THEN
        RAISE EXCEPTION 'a change that is decided stays as it is'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.put_in_force_by_id IS NOT NULL AND EXISTS (
        SELECT FROM legislation_edit WHERE change_id = NEW.id AND {wrote}
    ) THEN
        RAISE EXCEPTION 'a change is put in force by somebody who wrote nothing of it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
FORWARDS = FUNCTION.format(wrote="(by_id = NEW.put_in_force_by_id OR NEW.put_in_force_by_id = ANY (writers))")
BACKWARDS = FUNCTION.format(wrote="by_id = NEW.put_in_force_by_id")


class Migration(migrations.Migration):
    dependencies = [("legislation", "0002_guard_what_is_decided")]

    operations = [
        migrations.AddField(
            model_name="edit",
            name="writers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False, size=None
            ),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
