"""On one's own machine: errors in full, mail in files that /en/dev/mail/ shows, plain HTTP.

`PORTAL_DEBUG=no` shows the portal's own error pages instead, as run.py's web server does.
"""

from embassy.settings import environment as env
from embassy.settings.base import *  # noqa: F403
from embassy.settings.base import STORAGES

DEBUG = env.flag("DEBUG", default=True)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = []
DEVELOPER_PAGES = True
# Style sheets and scripts come from where they are built, whatever DEBUG says
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
