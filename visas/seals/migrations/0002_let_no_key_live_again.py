"""A key's life goes one way, and what was published about it is never rewritten."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION seals_key_lives_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    steps text[] := ARRAY['planned', 'published', 'active', 'retired', 'revoked'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a key is never forgotten' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF array_position(steps, NEW.state::text) < array_position(steps, OLD.state::text) THEN
        RAISE EXCEPTION 'the life of a key goes one way' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF ROW(NEW.use, NEW.year, NEW.number, NEW.public_key, NEW.is_demonstration)
       IS DISTINCT FROM ROW(OLD.use, OLD.year, OLD.number, OLD.public_key, OLD.is_demonstration)
       OR (OLD.state <> 'planned' AND ROW(NEW.certificate, NEW.authority_id, NEW.published_at)
           IS DISTINCT FROM ROW(OLD.certificate, OLD.authority_id, OLD.published_at)) THEN
        RAISE EXCEPTION 'what was published of a key stays as it is'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keys_live_once BEFORE UPDATE OR DELETE ON seals_signerkey
FOR EACH ROW EXECUTE FUNCTION seals_key_lives_once();

CREATE FUNCTION seals_never_rewritten() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what an authority signed is kept as it is' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER authorities_stay BEFORE UPDATE OR DELETE ON seals_authority
FOR EACH ROW EXECUTE FUNCTION seals_never_rewritten();
CREATE TRIGGER revocation_lists_stay BEFORE UPDATE OR DELETE ON seals_revocationlist
FOR EACH ROW EXECUTE FUNCTION seals_never_rewritten();
"""
BACKWARDS = """
DROP FUNCTION seals_key_lives_once() CASCADE;
DROP FUNCTION seals_never_rewritten() CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("seals", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
