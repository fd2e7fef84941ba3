"""Settings of the registry, all from the environment. The table of them is in docs/operations.md."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from sci_registry import places
from sci_registry.api_defaults import REST_FRAMEWORK as REST_FRAMEWORK
from sci_registry.api_defaults import SPECTACULAR_SETTINGS as SPECTACULAR_SETTINGS
from sci_registry.env import Env, parsed
from sci_registry.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = BASE_DIR / "var"
LOOPBACK = ["127.0.0.1", "localhost", "[::1]"]

env = Env(os.environ)

# --- Who answers, and to whom

DEBUG = env.debug = env.flag(
    "DEBUG",
    "Local defaults and pages that explain errors, for one's own machine: answers only loopback addresses. "
    "Off wherever others can reach the registry.",
    default=True,
)
SECRET_KEY = env.required(
    "SECRET_KEY",
    "A long random text that signs sessions and links; whoever knows it can forge them.",
    local=lambda: places.local_secret(VAR / "secret-key"),
    shown="made once in `var/secret-key`",
)
IDENTITY_KEY = env.text(
    "IDENTITY_KEY",
    "A long random text behind the digests that find one student twice in a competition. After a new one run "
    "`renew_identities`.",
    shown="`SECRET_KEY`, which then cannot change in mid-competition without `renew_identities`",
)
CERTIFICATE_KEYS = env.words(
    "CERTIFICATE_KEYS",
    "Long random texts behind the codes of certificates: the first makes them, the others still recognise old ones. "
    "Empty: `SECRET_KEY`; certificates on paper then become unknown when it changes.",
)
ALLOWED_HOSTS = env.required_list(
    "ALLOWED_HOSTS", "The host names under which the registry answers, separated by commas.", local=LOOPBACK
)
SITE_URL = env.required(
    "SITE_URL",
    "The address people reach the registry under, such as `https://registry.example.org`; links in mail begin "
    "with it. With https, cookies are secure, plain requests are sent on and HSTS is set.",
    local=lambda: "http://127.0.0.1:8000",
    shown="`http://127.0.0.1:8000`",
).rstrip("/")
CSRF_TRUSTED_ORIGINS = env.words(
    "CSRF_TRUSTED_ORIGINS", "Further origins whose forms are accepted, such as `https://www.example.org`."
)
TRUSTED_PROXY_COUNT = env.number(
    "TRUSTED_PROXY_COUNT",
    "How many reverse proxies stand in front and set `X-Forwarded-For` and `X-Forwarded-Proto`; 0 believes no such "
    "header.",
    default=0,
)

# --- Where things are kept

DATABASES = {
    "default": parsed(
        "DATABASE_URL",
        env.address(
            "DATABASE_URL",
            "PostgreSQL 15 or later (`postgres://user:password@host:5432/name`) or SQLite (`sqlite:////path/to/file`).",
            default=f"sqlite:///{VAR / 'db.sqlite3'}",
            schemes=("postgres", "postgresql", "sqlite"),
            shown="SQLite in `var/db.sqlite3`",
        ),
        lambda url: places.database(
            url,
            pool_size=env.number(
                "DATABASE_POOL_SIZE", "Connections to PostgreSQL that each process may hold.", default=8, least=1
            ),
        ),
    )
}
REDIS_URL = env.address(
    "REDIS_URL",
    "Redis as broker and cache (`redis://host:6379/0`). Without it the cache is the process's own, `manage.py run_due` "
    "from cron is the timetable, and messages for a mail server wait for it.",
    default="",
    schemes=("redis", "rediss", "unix"),
)
MEDIA_URL_STORAGE = env.place(
    "MEDIA_URL_STORAGE",
    "Where documents are kept: a folder, or `s3://bucket/prefix?endpoint_url=…&region_name=…` with the credentials in "
    "`AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`.",
    default=VAR / "media",
    shown="`var/media`",
)
STORAGES = {
    "default": parsed("MEDIA_URL_STORAGE", MEDIA_URL_STORAGE, places.storage),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
DOCUMENT_MAX_BYTES = env.number(
    "DOCUMENT_MAX_BYTES", "The largest document that is accepted, in bytes.", default=25 * 1024 * 1024, least=1
)

# --- Mail

locals().update(
    parsed(
        "EMAIL_URL",
        env.address(
            "EMAIL_URL",
            "The mail server: `smtp://user:password@host:587?starttls=yes`, `smtps://user:password@host:465`, or "
            "`file:///folder`, which writes messages as files.",
            default=f"file://{VAR / 'mail'}",
            schemes=("smtp", "smtps", "file"),
            shown="files in `var/mail`",
        ),
        places.mail,
    )
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text(
    "DEFAULT_FROM_EMAIL", "The sender of every message.", default="Sister City Registry <registry@localhost>"
)

# --- The registry

REGISTRY_NAME = env.text("REGISTRY_NAME", "The name of this registry, on every page.", default="Sister City Registry")
REGISTRY_PREFIX = env.text(
    "REGISTRY_PREFIX", "What numbers begin with. Never change it later.", default="SCI", matching=r"[A-Z]{2,8}"
)
REGISTRY_HOME_COUNTRY = env.text(
    "REGISTRY_HOME_COUNTRY",
    "ISO 3166-1 code of the country whose communities are members; `none` for a registry without one.",
    default="US",
    matching=r"[A-Z]{2}|none",
).replace("none", "")
REGISTRY_GRACE_DAYS = env.number(
    "REGISTRY_GRACE_DAYS", "Days after dues ran out during which a member still counts as in good standing.", default=0
)
REGISTRY_LIGHT_GREEN_MONTHS = env.number(
    "REGISTRY_LIGHT_GREEN_MONTHS", "The light is green under this many months since the last confirmation.", default=12
)
REGISTRY_LIGHT_YELLOW_MONTHS = env.number(
    "REGISTRY_LIGHT_YELLOW_MONTHS", "The light is yellow under this many months, and red beyond.", default=24
)
REGISTRY_WAIT_DAYS = env.number(
    "REGISTRY_WAIT_DAYS", "Staff are told when a filing has waited longer than this many days.", default=14, least=1
)
REGISTRY_ONE_PERSON_OFFICE = env.flag(
    "REGISTRY_ONE_PERSON_OFFICE",
    "Whoever submitted a filing may also register it; the register then says so.",
    default=False,
)

# --- The API

API_PER_ADDRESS = env.number(
    "API_PER_ADDRESS",
    "Requests to the API that one address of the network may make in a minute; 0 for any number. Counted in Redis for "
    "all processes together, without it in each process.",
    default=600,
)
API_PER_TOKEN = env.number(
    "API_PER_TOKEN", "The same for each personal token; requests with one do not count for their address.", default=1200
)
API_WRITES_PER_TOKEN = env.number(
    "API_WRITES_PER_TOKEN", "Of these, requests that change something; 0 for any number.", default=120
)
REST_FRAMEWORK["NUM_PROXIES"] = TRUSTED_PROXY_COUNT

# --- The application

INSTALLED_APPS = [
    "partnerships",
    "programs",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_countries",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "rest_framework",
]
MIDDLEWARE = [
    "sci_registry.middleware.RequestIdentity",
    "django.middleware.security.SecurityMiddleware",
    "sci_registry.middleware.FurtherHeaders",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "sci_registry.urls"
WSGI_APPLICATION = "sci_registry.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
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
            ]
        },
    }
]
# Forms and fields are written by templates/django/forms/.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]

# The code that sources use for Kosovo, which ISO 3166 leaves to its users.
COUNTRIES_OVERRIDE = {"XK": _("Kosovo")}

# Tests take the fonts of the machine away.
CERTIFICATE_FONTS = True

LANGUAGE_CODE = "en"
# Those of the catalogues in locale/; ``python -m sci_registry.catalogues check`` holds each to be complete.
LANGUAGES = [
    ("en", "English"),
    ("es", "Spanish"),
    ("fr", "French"),
    ("de", "German"),
    ("ja", "Japanese"),
    ("zh-hans", "Chinese (simplified)"),
    ("uk", "Ukrainian"),
    ("ar", "Arabic"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = env.text(
    "TIME_ZONE", "The time zone of the registry's calendar day, such as `America/New_York`.", default="UTC"
)
USE_TZ = True

if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "sci_registry.cache.ForgivingRedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
        }
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# --- Sign-in

AUTH_USER_MODEL = "partnerships.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "/account/login/"
LOGIN_REDIRECT_URL = "/account/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "sci_registry.accounts.InvitationOnlyAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
# An account comes from an invitation that was sent to the address, which proves the address.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_DEFAULT_HTTP_PROTOCOL = urlsplit(SITE_URL).scheme
ACCOUNT_SESSION_REMEMBER = False
# Beside allauth's own limits: requests for access, and to follow by mail, from one address of the network, and for one
# address of mail.
ACCOUNT_RATE_LIMITS = {
    "request_access": "20/h/ip",
    "request_access_for": "3/d/key",
    "follow": "30/h/ip",
    "follow_for": "10/d/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = REGISTRY_NAME
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_FAILURE_VIEW = "partnerships.views.sessions.token_refused"

# --- What browsers are told

_SECURE = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = _SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz/$", r"^readyz/$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # The review page shows documents of the registry side by side.
        "frame-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
# A form with a document of the largest kind, and nothing a page of ours would never send.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Work in the background

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 10 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A task whose worker died is given to another after this time: longer than any task may take.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 20 * 60,
    "socket_connect_timeout": 1,
    # For those who ask for tasks, twice at most; a worker is more patient (sci_registry.celery).
    "socket_timeout": 0.5,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.2,
}
# Whoever asks for a task after a commit does not wait for a broker that is down; the timetable catches up.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

LOGGING = logging_settings(readable=DEBUG)
DEFAULT_EXCEPTION_REPORTER_FILTER = "sci_registry.reports.NobodysData"

env.refuse_unless(
    not DEBUG or set(ALLOWED_HOSTS) <= {*LOOPBACK, "testserver"},
    "DEBUG is on, which is for one's own machine only, but ALLOWED_HOSTS names other hosts: set DEBUG to off.",
)
env.refuse_unless(
    urlsplit(SITE_URL).scheme in {"http", "https"} and bool(urlsplit(SITE_URL).hostname),
    "SITE_URL has to be an address such as https://registry.example.org.",
)
env.refuse_unless(
    TIME_ZONE in available_timezones(), f'TIME_ZONE is "{TIME_ZONE}", which is no time zone such as America/New_York.'
)
env.refuse_unless(
    REGISTRY_LIGHT_GREEN_MONTHS < REGISTRY_LIGHT_YELLOW_MONTHS,
    "REGISTRY_LIGHT_GREEN_MONTHS has to be less than REGISTRY_LIGHT_YELLOW_MONTHS.",
)
