"""Remember everybody who wrote in a text: who writes over it does not make the first writer a second person."""

import django.contrib.postgres.fields
from django.db import migrations, models

# By the table's definition: the guard of approved texts refuses every UPDATE
KNOWN = "ALTER TABLE alerts_text ALTER COLUMN writers TYPE bigint[] USING ARRAY[written_by_id]"


class Migration(migrations.Migration):
    dependencies = [("alerts", "0003_count_editions")]

    operations = [
        migrations.AddField(
            model_name="text",
            name="writers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, editable=False, size=None
            ),
        ),
        migrations.RunSQL(KNOWN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="text",
            constraint=models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | ~models.Q(
                    writers__contains=models.Func(models.F("approved_by"), template="ARRAY[%(expressions)s]")
                ),
                name="text_of_an_alert_is_never_approved_by_an_earlier_writer",
            ),
        ),
    ]
