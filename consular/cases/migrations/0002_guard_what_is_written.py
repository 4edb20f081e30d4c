"""The database guards what is written: events, decisions and recommendations stay, a closed case stays closed,
and nobody decides who ever recommended, also before their recommendation was sent back."""

from django.db import migrations

from consular.audit.append_only import append_only

GUARD_RECOMMENDATIONS = migrations.RunSQL(
    """
    CREATE FUNCTION recommendation_is_sent_back_once() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.sent_back_at IS NOT NULL OR NEW.sent_back_at IS NULL
           OR (to_jsonb(NEW) - '{sent_back_at,sent_back_by_id,sent_back_reason}'::text[])
              IS DISTINCT FROM (to_jsonb(OLD) - '{sent_back_at,sent_back_by_id,sent_back_reason}'::text[])
        THEN
            RAISE EXCEPTION 'a recommendation is only ever sent back, once'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER recommendations_are_sent_back_once BEFORE UPDATE ON cases_recommendation
        FOR EACH ROW EXECUTE FUNCTION recommendation_is_sent_back_once();
    CREATE TRIGGER recommendations_never_go BEFORE DELETE ON cases_recommendation
        FOR EACH ROW EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER cases_recommendation_is_never_emptied BEFORE TRUNCATE ON cases_recommendation
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    """
    DROP TRIGGER cases_recommendation_is_never_emptied ON cases_recommendation;
    DROP TRIGGER recommendations_never_go ON cases_recommendation;
    DROP TRIGGER recommendations_are_sent_back_once ON cases_recommendation;
    DROP FUNCTION recommendation_is_sent_back_once()
    """,
)

FOUR_EYES = migrations.RunSQL(
    """
    CREATE FUNCTION decider_never_recommended() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT 1 FROM cases_recommendation
            WHERE case_id = NEW.case_id AND by_id = NEW.decided_by_id
        ) THEN
            RAISE EXCEPTION 'nobody decides a case on which they recommended'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER decisions_are_by_who_never_recommended BEFORE INSERT ON cases_decision
        FOR EACH ROW EXECUTE FUNCTION decider_never_recommended()
    """,
    """
    DROP TRIGGER decisions_are_by_who_never_recommended ON cases_decision;
    DROP FUNCTION decider_never_recommended()
    """,
)

CLOSED_STAYS_CLOSED = migrations.RunSQL(
    """
    CREATE FUNCTION closed_case_stays_closed() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'a closed case stays closed' USING ERRCODE = 'integrity_constraint_violation';
    END $$;
    CREATE TRIGGER closed_cases_stay_closed BEFORE UPDATE OF status ON cases_case
        FOR EACH ROW WHEN (OLD.status IN ('approved', 'refused', 'withdrawn') AND NEW.status <> OLD.status)
        EXECUTE FUNCTION closed_case_stays_closed()
    """,
    """
    DROP TRIGGER closed_cases_stay_closed ON cases_case;
    DROP FUNCTION closed_case_stays_closed()
    """,
)


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_make_the_trail_append_only"),
        ("cases", "0001_initial"),
    ]

    operations = [
        append_only("cases_event"),
        append_only("cases_decision"),
        GUARD_RECOMMENDATIONS,
        FOUR_EYES,
        CLOSED_STAYS_CLOSED,
    ]
