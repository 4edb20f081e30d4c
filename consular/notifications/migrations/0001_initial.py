import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('template', models.CharField(max_length=80)),
                ('language', models.CharField(max_length=5, verbose_name='language')),
                ('context', models.JSONField(blank=True, default=dict)),
                ('case_reference', models.CharField(blank=True, db_index=True, max_length=12)),
                ('key', models.CharField(max_length=120, unique=True)),
                ('subject', models.CharField(max_length=200, verbose_name='subject')),
                ('body', models.TextField(blank=True, verbose_name='text')),
                ('in_inbox', models.BooleanField(default=True)),
                ('posted_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='posted')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='read')),
                ('to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='messages', to=settings.AUTH_USER_MODEL, verbose_name='to')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(choices=[('email', 'E-mail')], default='email', max_length=10)),
                ('address', models.EmailField(max_length=254)),
                ('state', models.CharField(choices=[('owed', 'On its way'), ('sent', 'Sent'), ('failed', 'Could not be delivered')], default='owed', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('header_id', models.CharField(help_text="The e-mail's Message-ID.", max_length=200)),
                ('last_error', models.CharField(blank=True, max_length=60)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='notifications.message')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
            },
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('in_inbox', True)), fields=['to', '-posted_at'], name='messages_in_a_persons_inbox'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('in_inbox', False), ('to__isnull', False), _connector='OR'), name='message_in_an_inbox_is_to_a_person'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('in_inbox', False), models.Q(('body', ''), _negated=True), _connector='OR'), name='message_in_an_inbox_keeps_its_words'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('message', 'channel', 'address'), name='message_goes_to_an_address_once'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['owed', 'sent', 'failed'])), name='delivery_has_a_known_state'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('sent_at__isnull', False), ('state', 'sent')), models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', True)), _connector='OR'), name='delivery_is_sent_when_it_says_when'),
        ),
    ]
