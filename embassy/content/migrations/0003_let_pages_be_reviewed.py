from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("content", "0002_number_every_edition")]

    operations = [
        migrations.AddField(
            model_name="node",
            name="reviewed_on",
            field=models.DateField(editable=False, null=True, verbose_name="last reviewed"),
        ),
    ]
