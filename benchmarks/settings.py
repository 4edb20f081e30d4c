"""As in production, but over plain HTTP, on databases and in a directory that are the benchmarks' own."""

import os

from benchmarks.databases import PORTAL
from embassy.settings.base import *  # noqa: F403
from embassy.settings.base import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks"]
ALLOWED_HOSTS = ["127.0.0.1", "testserver"]
CSRF_TRUSTED_ORIGINS = []
DEVELOPER_PAGES = False
ROOT_URLCONF = "benchmarks.urls"
DATABASES["default"]["NAME"] = os.environ.get("BENCH_DATABASE", PORTAL)
ALLAUTH_TRUSTED_PROXY_COUNT = 1  # The clients say that they are many, as limits on guessing demand
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
CELERY_TASK_DEFAULT_QUEUE = "benchmarks"
LOGGING = {"version": 1, "disable_existing_loggers": False, "root": {"level": "ERROR"}}
