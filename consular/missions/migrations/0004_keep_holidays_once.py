from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("missions", "0003_give_every_holiday_a_row")]

    operations = [migrations.RemoveField(model_name="mission", name="holiday_dates")]
