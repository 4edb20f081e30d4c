"""Warn on every page at once: a change of the list makes a new edition of the site."""

from django.db import migrations

from embassy.content import edition


class Migration(migrations.Migration):
    dependencies = [("officials", "0001_initial"), ("content", "0002_number_every_edition")]

    operations = [*edition.watch("officials_account")]
