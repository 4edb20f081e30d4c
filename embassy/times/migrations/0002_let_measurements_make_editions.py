"""Let a measurement make an edition of the site: its pages follow at once."""

from django.db import migrations

from embassy.content import edition


class Migration(migrations.Migration):
    dependencies = [("content", "0002_number_every_edition"), ("times", "0001_initial")]

    operations = edition.watch("times_measurement", "times_figure")
