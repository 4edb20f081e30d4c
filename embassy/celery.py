"""The Celery application. Work is owed by rows (consular.outbox); a Celery message only carries a row's id."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "embassy.settings.production")

app = Celery("embassy")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
