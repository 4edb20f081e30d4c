"""The database itself refuses to change a published revision, a frozen sheet, or the answers on one."""

from django.db import migrations

PUBLISHED = migrations.RunSQL(
    """
    CREATE TRIGGER published_revisions_never_change BEFORE UPDATE OR DELETE ON questionnaires_revision
        FOR EACH ROW WHEN (OLD.published_at IS NOT NULL) EXECUTE FUNCTION refuse_change()
    """,
    "DROP TRIGGER published_revisions_never_change ON questionnaires_revision",
)

FROZEN = migrations.RunSQL(
    """
    CREATE TRIGGER frozen_sheets_never_change BEFORE UPDATE OR DELETE ON questionnaires_answersheet
        FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION refuse_change();
    CREATE FUNCTION refuse_answers_on_a_frozen_sheet() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT FROM questionnaires_answersheet
            WHERE frozen_at IS NOT NULL
              AND ((TG_OP <> 'INSERT' AND id = OLD.sheet_id) OR (TG_OP <> 'DELETE' AND id = NEW.sheet_id))
        ) THEN
            RAISE EXCEPTION 'the answers were submitted: % refused', TG_OP
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END $$;
    CREATE TRIGGER answers_on_a_frozen_sheet_never_change
        BEFORE INSERT OR UPDATE OR DELETE ON questionnaires_answer
        FOR EACH ROW EXECUTE FUNCTION refuse_answers_on_a_frozen_sheet()
    """,
    """
    DROP TRIGGER answers_on_a_frozen_sheet_never_change ON questionnaires_answer;
    DROP FUNCTION refuse_answers_on_a_frozen_sheet();
    DROP TRIGGER frozen_sheets_never_change ON questionnaires_answersheet
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0001_initial"),
        # It makes the function refuse_change().
        ("audit", "0002_make_the_trail_append_only"),
    ]

    operations = [PUBLISHED, FROZEN]
