import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Effect',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('topic', models.CharField(max_length=60)),
                ('payload', models.JSONField(default=dict, help_text='Identifiers only.')),
                ('status', models.CharField(choices=[('waiting', 'Waiting'), ('handed_out', 'Handed Out'), ('done', 'Done'), ('dead', 'Dead')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('handed_out', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('available_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('last_error', models.CharField(blank=True, max_length=200)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('status__in', ['waiting', 'handed_out'])), fields=['available_at'], name='effects_that_are_open')],
                'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['waiting', 'handed_out', 'done', 'dead'])), name='effect_has_a_known_status'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('status', 'done')), models.Q(models.Q(('status', 'done'), _negated=True), ('done_at__isnull', True)), _connector='OR'), name='effect_is_done_when_it_says_when')],
            },
        ),
    ]
