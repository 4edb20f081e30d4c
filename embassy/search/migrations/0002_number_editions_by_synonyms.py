"""A change of words for the same thing makes another edition: every process then reads them again."""

from django.db import migrations

from embassy.content import edition


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial"), ("content", "0002_number_every_edition")]

    operations = edition.watch("search_synonym")
