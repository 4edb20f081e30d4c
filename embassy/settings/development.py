"""On one's own machine: errors in full, mail in files that /en/dev/mail/ shows, plain HTTP."""

from embassy.settings.base import *  # noqa: F403

DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = []
DEVELOPER_PAGES = True
