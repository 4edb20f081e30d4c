import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

SECOND_PERSON = migrations.RunSQL(
    """
    ALTER TABLE questionnaires_revision ADD CONSTRAINT revision_is_published_by_a_second_person
        CHECK (published_by_id IS NULL OR NOT published_by_id = ANY (writers))
    """,
    "ALTER TABLE questionnaires_revision DROP CONSTRAINT revision_is_published_by_a_second_person",
)


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("questionnaires", "0003_tell_what_changed"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="revision",
            options={
                "ordering": ["questionnaire", "number"],
                "permissions": [("publish_revision", "Can publish a questionnaire that others wrote")],
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
            },
        ),
        migrations.AddField(
            model_name="revision",
            name="published_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="reason",
            field=models.CharField(blank=True, editable=False, max_length=300, verbose_name="reason"),
        ),
        migrations.AddField(
            model_name="revision",
            name="writers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                blank=True,
                default=list,
                editable=False,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="revision",
            name="version",
            field=models.PositiveIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name="revision",
            name="changed_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, editable=False, verbose_name="last written"
            ),
        ),
        SECOND_PERSON,
    ]
