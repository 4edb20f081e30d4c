from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0002_keep_what_is_published_and_submitted"),
    ]

    operations = [
        migrations.AddField(
            model_name="answersheet",
            name="changed",
            field=models.JSONField(blank=True, default=dict, editable=False, db_default={}),
        ),
    ]
