from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0002_number_editions_by_synonyms")]

    operations = [migrations.RenameField("index", "good_until", "stale_at")]
