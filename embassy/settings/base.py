"""What holds everywhere. Every variable is described in docs/operations/settings.md."""

from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from embassy.settings import environment as env
from embassy.settings.identity import LANGUAGES as KNOWN

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / "var")))

# Who this embassy is; `DEMONSTRATION` shows the banner, and there are fictional states in it alone
IDENTITY = env.identity()
EMBASSY_NAME = env.spoken(IDENTITY.names)
STATE_NAME = env.spoken(IDENTITY.state)
ISSUING_STATE = env.text("ISSUING_STATE", IDENTITY.mrz)  # In machine-readable zones (ICAO 9303-3 §5)
DEMONSTRATION = env.flag("DEMONSTRATION", default=IDENTITY.demonstration)

SECRET_KEY = env.text("SECRET_KEY")
# Encrypts authenticators' secrets: the first key encrypts, all of them decrypt
FIELD_KEYS = env.words("FIELD_KEY", "")
DEBUG = False
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ",".join(IDENTITY.hosts))
SITE_URL = env.text("SITE_URL", IDENTITY.site or "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "consular.ui",
    "embassy.website",
    "embassy.times",
    "embassy.search",
    "embassy.alerts",
    "embassy.content",
    "embassy.demo",
    "embassy.start",
    "embassy.feedback",
    "embassy.officials",
    "visas.retention",
    "visas.verification",
    "visas.issuance",
    "visas.registry",
    "visas.applications",
    "visas.legislation",
    "visas.policy",
    "visas.seals",
    "visas",
    "consular.desk",
    "consular.portal",
    "consular.cases",
    "consular.questionnaires",
    "consular.notifications",
    "consular.documents",
    "consular.vault",
    "consular.missions",
    "consular.accounts",
    "consular.audit",
    "consular.outbox",
    "consular.desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "phonenumber_field",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "embassy.website.copies.CopiesMiddleware",
    "consular.ui.middleware.PackPagesMiddleware",
    "consular.ui.middleware.RefuseNulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "embassy.website.text_mode.TextModeMiddleware",
    "consular.accounts.middleware.PrivatePagesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "consular.questionnaires.replay.ReplayMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "consular.accounts.middleware.StaffSecondFactorMiddleware",
    "visas.applications.resume_gate.ResumedSessionMiddleware",
    "consular.portal.middleware.EndedRightMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "embassy.urls"
WSGI_APPLICATION = "embassy.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "consular.ui.context_processors.portal",
            ],
        },
    },
]
FORM_RENDERER = "consular.ui.forms.Renderer"

# Data
DATABASES = {"default": env.database()}
DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
    "-c statement_timeout=5000 -c lock_timeout=3000 -c idle_in_transaction_session_timeout=15000"
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits on sign-in and look-ups count right only in a cache that all processes share and that outlives Redis.
CACHES = {
    "default": {
        "BACKEND": "consular.lib.shared_cache.SharedCache",
        "LOCATION": "cache",
        # With Django's 300 whoever fills the cache with tries of one kind would wipe the limits of all others.
        "OPTIONS": {"MAX_ENTRIES": 10**9},
    },
    "local": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
PUBLIC_COPIES_KEPT_FOR = 10  # seconds; see embassy.website.copies

# Files
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "files"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if bucket := env.text("S3_BUCKET", ""):
    STORAGES["default"] = {
        "BACKEND": "consular.documents.bucket.PrivateBucket",
        "OPTIONS": env.bucket(bucket),
    }
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("identity", IDENTITY.emblem.parent)]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000  # The hours of a large post are some hundred rows of seven
DATA_UPLOAD_MAX_NUMBER_FILES = 10
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = ["consular.documents.uploads.LimitedUploadHandler"]

# People
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "website:home"
ACCOUNT_ADAPTER = "consular.notifications.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Three guesses a code: 12 codes an hour leave one in 2.7 million
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,12/h/key"}
ACCOUNT_FORMS = {
    "login": "consular.accounts.forms.LoginForm",
    "signup": "consular.accounts.forms.SignupForm",
    "request_login_code": "consular.accounts.forms.RequestLoginCodeForm",
    "confirm_login_code": "consular.accounts.forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "consular.accounts.forms.ConfirmEmailCodeForm",
    "change_email": "consular.accounts.forms.ChangeEmailForm",
    "add_email": "consular.accounts.forms.AddEmailForm",
    "reset_password": "consular.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "consular.accounts.forms.ResetPasswordKeyForm",
    "set_password": "consular.accounts.forms.SetPasswordForm",
    "change_password": "consular.accounts.forms.ChangePasswordForm",
    "reauthenticate": "consular.accounts.forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "consular.accounts.forms.AuthenticateForm",
    "reauthenticate": "consular.accounts.forms.ReauthenticateFactorForm",
    "activate_totp": "consular.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "consular.accounts.forms.AddWebAuthnForm",
    "edit_webauthn": "consular.accounts.forms.EditWebAuthnForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "consular.accounts.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = "Virtual Embassy"
SESSION_ENGINE = "consular.accounts.sessions"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())
SESSION_COOKIE_NAME = "sid"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "consular.questionnaires.replay.send_again"

# Languages
LANGUAGE_CODE = IDENTITY.languages[0]
LANGUAGES = [(code, KNOWN[code]) for code in IDENTITY.languages]
EVERY_LANGUAGE = list(KNOWN.items())  # What rows may be written in, whatever is offered today
LANGUAGES_BIDI = ["fa", "ar"]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Browsers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    },
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Messages
DEFAULT_FROM_EMAIL = env.text("FROM_EMAIL", IDENTITY.sender)
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"

# Work done elsewhere: the row in the outbox is the truth, the Celery message a wake-up
CELERY_BROKER_URL = env.text("REDIS_URL")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "visibility_timeout": 3600,
}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "measure-processing-times": {"task": "times.owe_measurement", "schedule": timedelta(days=7)},
    "forget-unconfirmed-subscribers": {"task": "alerts.forget_unconfirmed", "schedule": timedelta(days=1)},
    "refresh-search": {"task": "search.refresh", "schedule": timedelta(minutes=1)},
    "forget-old-searches": {"task": "search.forget_old_searches", "schedule": timedelta(days=1)},
    "expire-overdue-requests": {"task": "cases.owe_expiries", "schedule": timedelta(hours=1)},
    "sign-the-head-of-the-log": {"task": "registry.owe_head", "schedule": timedelta(days=1)},
    "rotate-keys": {"task": "seals.rotate", "schedule": timedelta(hours=1)},
    "tell-of-mandates-that-end": {"task": "mandates.owe_words_about_ends", "schedule": timedelta(hours=1)},
    "forget-old-remarks": {"task": "feedback.forget_old", "schedule": timedelta(days=1)},
    "forget-account-mail": {"task": "notifications.forget_account_mail", "schedule": timedelta(days=1)},
    "forget-ended-sessions": {"task": "accounts.forget_ended_sessions", "schedule": timedelta(hours=1)},
    "let-go-of-old-documents": {"task": "retention.owe_run", "schedule": timedelta(days=1)},
    "sweep-orphaned-files": {"task": "documents.sweep", "schedule": timedelta(days=1)},
    "forget-unfinished-uploads": {"task": "documents.forget_uploads", "schedule": timedelta(hours=1)},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "consular.lib.logs.ReticentFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {"route": {"()": "consular.lib.logs.RouteFilter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["route"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "weasyprint": {"level": "ERROR"},
        "pikepdf": {"level": "ERROR"},
        "pyhanko": {"level": "ERROR"},
        "pyhanko_certvalidator": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # Scanners guess hosts all day
        "fontTools": {"level": "ERROR"},
        "fido2": {"level": "WARNING"},
    },
}

# Documents: limits are told to the applicant before the upload, in numbers
DOCUMENT_MAX_BYTES = env.number("DOCUMENT_MAX_BYTES", 10 * 1000 * 1000)
DOCUMENT_MAX_PAGES = env.number("DOCUMENT_MAX_PAGES", 30)
DOCUMENT_MAX_FILES = env.number("DOCUMENT_MAX_FILES", 20)
DOCUMENT_MAX_PIXELS = env.number("DOCUMENT_MAX_PIXELS", 60_000_000)
CLAMD_URL = env.text("CLAMD_URL", "")
DOCUMENT_QUOTA_PER_PERSON = env.number("DOCUMENT_QUOTA_PER_PERSON", 300)  # One account may be a party of ten
DOCUMENT_PHOTO_RULES = env.text("PHOTO_RULES", str(IDENTITY.folder / "photo.toml"))

# What programs read: whom to tell of a weakness, and on what terms the public data may be used
SECURITY_CONTACT = env.text("SECURITY_CONTACT", IDENTITY.security)
DATA_LICENCE = env.text("DATA_LICENCE", "https://creativecommons.org/licenses/by/4.0/")
DATA_LICENCE_NAME = env.text("DATA_LICENCE_NAME", "Creative Commons Attribution 4.0")
