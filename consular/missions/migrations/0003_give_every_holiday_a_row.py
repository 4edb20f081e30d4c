"""Copy the dates of holidays into rows, where they can have names; back again, names are lost."""

from django.db import migrations


def give_rows(apps, schema_editor):
    Mission, Holiday = apps.get_model("missions", "Mission"), apps.get_model("missions", "Holiday")
    Holiday.objects.bulk_create(
        Holiday(mission=mission, on=day) for mission in Mission.objects.all() for day in sorted(set(mission.holiday_dates))
    )


def take_rows(apps, schema_editor):
    Mission, Holiday = apps.get_model("missions", "Mission"), apps.get_model("missions", "Holiday")
    for mission in Mission.objects.all():
        mission.holiday_dates = list(Holiday.objects.filter(mission=mission).order_by("on").values_list("on", flat=True))
        mission.save(update_fields=["holiday_dates"])


class Migration(migrations.Migration):
    dependencies = [("missions", "0002_keep_times_as_rows")]

    operations = [migrations.RunPython(give_rows, take_rows)]
