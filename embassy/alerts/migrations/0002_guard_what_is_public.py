"""The database guards what the public has read: facts and texts stay, and what was approved is never deleted."""

from django.db import migrations

ALERTS = migrations.RunSQL(
    """
    CREATE FUNCTION public_alert_is_only_withdrawn() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE'
           OR NEW.status IN ('draft', 'review')
           OR OLD.status = 'withdrawn'
           OR (to_jsonb(NEW) - '{status,withdrawn_by_id,withdrawn_at,written_at,version}'::text[])
              IS DISTINCT FROM (to_jsonb(OLD) - '{status,withdrawn_by_id,withdrawn_at,written_at,version}'::text[])
        THEN
            RAISE EXCEPTION 'a public alert is only ever withdrawn'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER public_alerts_are_only_withdrawn BEFORE UPDATE OR DELETE ON alerts_alert
        FOR EACH ROW WHEN (OLD.status IN ('approved', 'withdrawn'))
        EXECUTE FUNCTION public_alert_is_only_withdrawn();

    CREATE FUNCTION public_alert_has_english() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NOT EXISTS (
            SELECT 1 FROM alerts_text
            WHERE alert_id = NEW.id AND language = 'en' AND approved_at IS NOT NULL
        ) THEN
            RAISE EXCEPTION 'a public alert has an approved English text'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER public_alerts_have_english AFTER INSERT OR UPDATE OF status ON alerts_alert
        DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW WHEN (NEW.status = 'approved') EXECUTE FUNCTION public_alert_has_english()
    """,
    """
    DROP TRIGGER public_alerts_have_english ON alerts_alert;
    DROP FUNCTION public_alert_has_english();
    DROP TRIGGER public_alerts_are_only_withdrawn ON alerts_alert;
    DROP FUNCTION public_alert_is_only_withdrawn()
    """,
)

TEXTS = migrations.RunSQL(
    """
    CREATE FUNCTION approved_text_of_an_alert_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'an approved text of an alert stays as it is'
            USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER approved_texts_of_alerts_stay BEFORE UPDATE OR DELETE ON alerts_text
        FOR EACH ROW WHEN (OLD.approved_at IS NOT NULL)
        EXECUTE FUNCTION approved_text_of_an_alert_stays();

    CREATE FUNCTION public_alert_keeps_its_english() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT 1 FROM alerts_text WHERE alert_id = NEW.alert_id AND language = 'en'
                   AND approved_at IS NOT NULL AND id <> NEW.id) THEN
            RAISE EXCEPTION 'the English text of a public alert is corrected by another alert'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER public_alerts_keep_their_english BEFORE INSERT OR UPDATE ON alerts_text
        FOR EACH ROW WHEN (NEW.language = 'en') EXECUTE FUNCTION public_alert_keeps_its_english()
    """,
    """
    DROP TRIGGER public_alerts_keep_their_english ON alerts_text;
    DROP FUNCTION public_alert_keeps_its_english();
    DROP TRIGGER approved_texts_of_alerts_stay ON alerts_text;
    DROP FUNCTION approved_text_of_an_alert_stays()
    """,
)


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_initial")]

    operations = [ALERTS, TEXTS]
