"""For people: nothing has a default that is secret or that names a host."""

from embassy.settings import environment as env
from embassy.settings.base import *  # noqa: F403
from embassy.settings.base import IDENTITY

FIELD_KEYS = env.words("FIELD_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ",".join(IDENTITY.hosts) or env.REQUIRED)
SITE_URL = env.text("SITE_URL", IDENTITY.site or env.REQUIRED).rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]
DEFAULT_FROM_EMAIL = env.text("FROM_EMAIL", env.REQUIRED if IDENTITY.is_shipped else IDENTITY.sender)
DEVELOPER_PAGES = False

SECURE_SSL_REDIRECT = env.flag("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True
if env.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 1)

globals().update(env.smtp())
