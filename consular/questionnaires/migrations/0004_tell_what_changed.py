from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("questionnaires", "0003_name_helpers_and_more_sources"),
    ]

    operations = [
        migrations.AddField(
            model_name="answersheet",
            name="changed",
            field=models.JSONField(blank=True, default=dict, editable=False, db_default={}),
        ),
    ]
