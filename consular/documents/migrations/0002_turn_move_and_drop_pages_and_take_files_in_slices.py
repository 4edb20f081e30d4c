"""Pages can be turned, moved and left out, until they are submitted: then the database refuses it.

And files can come in slices.
"""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models

FIXED = migrations.RunSQL(
    """
    CREATE TRIGGER fixed_documents_keep_their_pages BEFORE UPDATE ON documents_document
        FOR EACH ROW WHEN (OLD.fixed_at IS NOT NULL AND (
            NEW.fixed_at IS DISTINCT FROM OLD.fixed_at OR NEW.dropped_pages <> OLD.dropped_pages))
        EXECUTE FUNCTION refuse_change();
    CREATE FUNCTION refuse_change_of_fixed_page() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (SELECT FROM documents_document WHERE id = OLD.document_id AND fixed_at IS NOT NULL) THEN
            RAISE EXCEPTION 'the pages of a submitted document never change'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER fixed_pages_never_change BEFORE UPDATE ON documents_page
        FOR EACH ROW EXECUTE FUNCTION refuse_change_of_fixed_page()
    """,
    """
    DROP TRIGGER fixed_pages_never_change ON documents_page;
    DROP FUNCTION refuse_change_of_fixed_page();
    DROP TRIGGER fixed_documents_keep_their_pages ON documents_document
    """,
)


class Migration(migrations.Migration):

    dependencies = [
        # It makes the function refuse_change().
        ('audit', '0002_make_the_trail_append_only'),
        ('documents', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('passport', 'Passport data page'), ('photo', 'Photo'), ('supporting', 'Supporting document')], max_length=12)),
                ('filename', models.CharField(blank=True, max_length=100)),
                ('size', models.PositiveIntegerField()),
                ('received', models.PositiveIntegerField(default=0)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('begun_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                'ordering': ['begun_at', 'pk'],
            },
        ),
        migrations.AlterModelOptions(
            name='page',
            options={'ordering': ['document', 'place', 'number'], 'verbose_name': 'page', 'verbose_name_plural': 'pages'},
        ),
        migrations.AddField(
            model_name='document',
            name='dropped_pages',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='document',
            name='fixed_at',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='page',
            name='dropped_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='page',
            name='place',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='page',
            name='turned',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name='document',
            constraint=models.CheckConstraint(condition=models.Q(('dropped_pages__lte', models.F('page_count'))), name='document_drops_no_more_pages_than_it_has'),
        ),
        migrations.AddConstraint(
            model_name='page',
            constraint=models.CheckConstraint(condition=models.Q(('turned__lte', 3)), name='document_page_is_turned_by_quarters'),
        ),
        migrations.AddField(
            model_name='upload',
            name='document',
            field=models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='upload', to='documents.document'),
        ),
        migrations.AddField(
            model_name='upload',
            name='owner',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name='upload',
            index=models.Index(fields=['begun_at'], name='uploads_by_age'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['passport', 'photo', 'supporting'])), name='upload_has_a_known_kind'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('received__lte', models.F('size')), ('size__gt', 0)), name='upload_receives_no_more_than_its_size'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('document', None), ('received', models.F('size')), _connector='OR'), name='stored_upload_has_arrived_whole'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('sha256', ''), ('sha256__regex', '^[0-9a-f]{64}$'), _connector='OR'), name='upload_digest_is_a_sha256'),
        ),
        FIXED,
    ]
