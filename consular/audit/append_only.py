"""Migration operations that make a table append-only: the database itself refuses to change or remove rows.

The refusal is a trigger, so it holds for every client of the database, our own code included. PostgreSQL
reports it as an integrity error (SQLSTATE 23000).
"""

from django.db.migrations import RunSQL

FUNCTION = RunSQL(
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
            USING ERRCODE = 'integrity_constraint_violation';
    END $$
    """,
    "DROP FUNCTION refuse_change()",
)


def append_only(table: str) -> RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on `table`. The audit app's migration has made the function."""
    return RunSQL(
        f"""
        CREATE TRIGGER rows_of_{table}_never_change BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION refuse_change();
        CREATE TRIGGER {table}_is_never_emptied BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
        """,
        f"""
        DROP TRIGGER rows_of_{table}_never_change ON {table};
        DROP TRIGGER {table}_is_never_emptied ON {table}
        """,
    )
