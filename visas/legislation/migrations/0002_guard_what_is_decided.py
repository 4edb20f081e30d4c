"""Let the database hold what the actions promise about a change of the law.

Edits are written while their change is a draft, and never after. Who wrote one of them does not put the change in
force. A change that is in force or was dropped stays as it is.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION legislation_edit_is_of_a_draft() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    edited bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.change_id ELSE NEW.change_id END;
BEGIN
    IF NOT EXISTS (SELECT FROM legislation_change WHERE id = edited AND state = 'draft') THEN
        RAISE EXCEPTION 'an edit is written while its change is a draft'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER edits_are_written_in_drafts BEFORE INSERT OR UPDATE OR DELETE ON legislation_edit
FOR EACH ROW EXECUTE FUNCTION legislation_edit_is_of_a_draft();

CREATE FUNCTION legislation_change_is_decided_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state IN ('in_force', 'dropped') THEN
        RAISE EXCEPTION 'a change that is decided stays as it is'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.put_in_force_by_id IS NOT NULL AND EXISTS (
        SELECT FROM legislation_edit WHERE change_id = NEW.id AND by_id = NEW.put_in_force_by_id
    ) THEN
        RAISE EXCEPTION 'a change is put in force by somebody who wrote nothing of it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER changes_are_decided_once BEFORE UPDATE OR DELETE ON legislation_change
FOR EACH ROW EXECUTE FUNCTION legislation_change_is_decided_once();
"""
BACKWARDS = """
DROP FUNCTION legislation_edit_is_of_a_draft() CASCADE;
DROP FUNCTION legislation_change_is_decided_once() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("legislation", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
