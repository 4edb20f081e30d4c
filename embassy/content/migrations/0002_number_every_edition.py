"""Let the database number every edition of the site.

`policy_version` changes whenever one of the policy's tables does: watching it is watching them all.
"""

from django.db import migrations

from embassy.content import edition


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0001_initial"),
        ("missions", "0001_initial"),
        ("policy", "0002_number_every_change"),
    ]

    operations = [
        edition.FUNCTION,
        *edition.watch("content_node", "content_revision", "missions_mission", "policy_version"),
    ]
