"""Of a page that was submitted, its marks never change; where its files lie may: `encrypt_documents` moves them."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change_of_fixed_page() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {condition}EXISTS (SELECT FROM documents_document WHERE id = OLD.document_id AND fixed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'the pages of a submitted document never change'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
MARKS = ("document_id", "number", "place", "turned", "dropped_at", "width", "height")
CHANGED = "({new}) IS DISTINCT FROM ({old}) AND ".format(
    new=", ".join(f"NEW.{name}" for name in MARKS), old=", ".join(f"OLD.{name}" for name in MARKS)
)


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_keep_text_and_likeness")]

    operations = [
        migrations.RunSQL(FUNCTION.format(condition=CHANGED), FUNCTION.format(condition="")),
    ]
