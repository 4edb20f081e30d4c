"""What was entered into the log stays as it was, and leaves have no gaps; no place in a list is given up."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION registry_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log only grows' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER leaves_stay BEFORE UPDATE OR DELETE ON registry_leaf
FOR EACH ROW EXECUTE FUNCTION registry_only_grows();
CREATE TRIGGER nodes_stay BEFORE UPDATE OR DELETE ON registry_node
FOR EACH ROW EXECUTE FUNCTION registry_only_grows();
CREATE TRIGGER heads_stay BEFORE UPDATE OR DELETE ON registry_head
FOR EACH ROW EXECUTE FUNCTION registry_only_grows();

CREATE FUNCTION registry_no_gaps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.index > 0 AND NOT EXISTS (SELECT 1 FROM registry_leaf WHERE index = NEW.index - 1) THEN
        RAISE EXCEPTION 'the log has no gaps' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER leaves_follow_one_another BEFORE INSERT ON registry_leaf
FOR EACH ROW EXECUTE FUNCTION registry_no_gaps();

CREATE FUNCTION registry_places_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR ROW(NEW.visa, NEW.list_id, NEW.index) IS DISTINCT FROM ROW(OLD.visa, OLD.list_id, OLD.index)
    THEN
        RAISE EXCEPTION 'a visa keeps its place' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF OLD.mark = 1 AND NEW.mark <> 1 THEN
        RAISE EXCEPTION 'a revoked visa stays revoked' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER places_stay BEFORE UPDATE OR DELETE ON registry_place
FOR EACH ROW EXECUTE FUNCTION registry_places_stay();
"""
BACKWARDS = """
DROP FUNCTION registry_only_grows() CASCADE;
DROP FUNCTION registry_no_gaps() CASCADE;
DROP FUNCTION registry_places_stay() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
