"""The database guards what readers have seen: an approved text is taken down, never rewritten or deleted.

What is made from its words (the page drawn from them, and their form for the search) may be made anew.
"""

from django.db import migrations

MAY_CHANGE = "'{state,remark,changed_at,html,search_text}'::text[]"

GUARD = migrations.RunSQL(
    f"""
    CREATE FUNCTION approved_text_is_only_taken_down() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE'
           OR NOT (NEW.state = OLD.state OR (OLD.state = 'approved' AND NEW.state = 'retired'))
           OR (to_jsonb(NEW) - {MAY_CHANGE}) IS DISTINCT FROM (to_jsonb(OLD) - {MAY_CHANGE})
        THEN
            RAISE EXCEPTION 'an approved text is only ever taken down'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER approved_texts_are_only_taken_down BEFORE UPDATE OR DELETE ON content_revision
        FOR EACH ROW WHEN (OLD.state IN ('approved', 'retired'))
        EXECUTE FUNCTION approved_text_is_only_taken_down()
    """,
    """
    DROP TRIGGER approved_texts_are_only_taken_down ON content_revision;
    DROP FUNCTION approved_text_is_only_taken_down()
    """,
)


class Migration(migrations.Migration):
    dependencies = [("content", "0003_let_pages_be_reviewed")]

    operations = [GUARD]
