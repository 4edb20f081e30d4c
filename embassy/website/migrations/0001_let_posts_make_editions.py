"""Let the hours, holidays, closures and arrangements of posts make an edition of the site, as the posts themselves do."""

from django.db import migrations

from embassy.content import edition


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0002_number_every_edition"),
        ("missions", "0004_keep_holidays_once"),
    ]

    operations = edition.watch(
        "missions_openinghours", "missions_season", "missions_holiday", "missions_closure", "missions_arrangement"
    )
