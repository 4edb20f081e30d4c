"""For the tests: real PostgreSQL, quick password hashes, mail in memory."""

import os
import re
import tempfile
from pathlib import Path

os.environ.setdefault("PORTAL_SECRET_KEY", "a-key-for-tests-only-that-is-long-enough-for-the-checks-50")
os.environ.setdefault("PORTAL_FIELD_KEY", "another-key-for-tests-only-that-is-long-enough")
os.environ.setdefault("PORTAL_REDIS_URL", "memory://")
# Tests that run beside each other, and the processes that they start, have brokers of their own, as they have databases
if worker := os.environ.get("PYTEST_XDIST_WORKER", ""):
    own = f"virtual_host={8 + int(worker.removeprefix('gw'))}"
    os.environ["PORTAL_REDIS_URL"] = re.sub(r"virtual_host=\d+", own, os.environ["PORTAL_REDIS_URL"])

from embassy.settings.base import *  # noqa: F403
from embassy.settings.base import DATABASES, STORAGES

ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = []
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("PORTAL_TEST_DATABASE", "test_portal")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATA_DIR = Path(os.environ.get("PORTAL_TEST_DATA_DIR") or tempfile.mkdtemp(prefix="embassy-test-"))
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
STORAGES["default"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": f"{DATA_DIR}/files", "base_url": None},
}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if "PORTAL_TEST_DATA_DIR" in os.environ:  # A worker of the journeys: its mail is read from files
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
DEVELOPER_PAGES = True
PUBLIC_COPIES_KEPT_FOR = 0  # A test sees at once what it changes
