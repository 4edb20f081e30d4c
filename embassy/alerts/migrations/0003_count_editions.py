"""A published alert or a new translation is a new edition of the public pages."""

from django.db import migrations

from embassy.content import edition


class Migration(migrations.Migration):
    dependencies = [
        ("alerts", "0002_guard_what_is_public"),
        ("content", "0002_number_every_edition"),
    ]

    operations = edition.watch("alerts_alert", "alerts_text")
