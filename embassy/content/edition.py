"""The edition of the site: a number which the database raises whenever something changes that public pages show.

Triggers see every way of writing: the admin, a bulk load, SQL by hand. The number comes from a sequence, which a
rolled-back transaction does not turn back: no two states of the site share one. What a process keeps of public
things it keeps by this number; what depends on the clock is looked at anew in each request.
"""

from django.db.migrations import RunSQL

FUNCTION = RunSQL(
    """
    CREATE SEQUENCE content_edition_number;
    CREATE FUNCTION content_number_the_edition() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO content_edition (id, number, changed_at)
        VALUES (1, nextval('content_edition_number'), now())
        ON CONFLICT (id) DO UPDATE SET number = excluded.number, changed_at = excluded.changed_at;
        RETURN NULL;
    END $$
    """,
    """
    DROP FUNCTION content_number_the_edition() CASCADE;
    DROP SEQUENCE content_edition_number
    """,
)


def number() -> int:
    """Return the number of the site as it is now (one query); 0 before anything was ever written."""
    from embassy.content.models import Edition

    return Edition.objects.values_list("number", flat=True).first() or 0


def watch(*tables: str) -> list[RunSQL]:
    """Return the migration operations that raise the number whenever one of `tables` changes.

    The migration depends on ("content", "0002_number_every_edition").
    """
    return [
        RunSQL(
            f"""
            CREATE TRIGGER {table}_makes_an_edition AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
                FOR EACH STATEMENT EXECUTE FUNCTION content_number_the_edition()
            """,
            f"DROP TRIGGER {table}_makes_an_edition ON {table}",
        )
        for table in tables
    ]
