"""Django's settings, from the environment and nothing else."""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from tractage.conf.database import database_settings
from tractage.conf.environment import read_environment
from tractage.conf.prepare import BUILT
from tractage.conf.secret import secret_key

PACKAGE = Path(__file__).resolve().parent.parent
TRACTAGE = read_environment()

# What `prepare` makes: the web font, compiled messages, hashed static files.
BUILT_DIR = TRACTAGE.data_dir / BUILT

SECRET_KEY = secret_key(TRACTAGE.secret_key, TRACTAGE.data_dir)
DEBUG = TRACTAGE.debug
ALLOWED_HOSTS = list(TRACTAGE.hosts)
ROOT_URLCONF = "tractage.conf.urls"
WSGI_APPLICATION = "tractage.conf.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database_settings(TRACTAGE.database_url, TRACTAGE.data_dir)}

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rules.apps.AutodiscoverRulesConfig",
    "tractage.hq.campaigns",
    "tractage.hq.people",
    "tractage.hq.analyses",
    "tractage.hq.missions",
    "tractage.hq.library",
    "tractage.hq.operations",
    "tractage.hq.polls",
    "tractage.hq.sightings",
    "tractage.hq.safety",
    "tractage.hq.server",
    "tractage.hq.shelves",
    "tractage.hq.requests",
    "tractage.hq.exchange",
    "tractage.hq.calls",
    "tractage.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tractage.web.middleware.CompressTextMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "tractage.web.middleware.ChoicesMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tractage.web.middleware.ButtonsMiddleware",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tractage.web.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "tractage.web.templatetags.words",
                "tractage.web.templatetags.site",
            ],
        },
    }
]

AUTH_USER_MODEL = "people.Member"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("pseudonym",)},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "board"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = TRACTAGE.language
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BUILT_DIR / "locale"]
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BUILT_DIR / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "static", ("fonts", BUILT_DIR / "fonts")]
MEDIA_ROOT = TRACTAGE.data_dir / "media"
STORAGES = {
    "default": {"BACKEND": "tractage.adapters.storage.EditionStorage"},
    "staticfiles": {"BACKEND": "tractage.adapters.storage_static.HashedStaticStorage"},
}
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "studio"]}}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
if TRACTAGE.discord_client_id:
    # Login through Discord: its identifier and nothing else. The form leads there, hence the policy.
    INSTALLED_APPS += [
        "allauth",
        "allauth.account",
        "allauth.socialaccount",
        "allauth.socialaccount.providers.discord",
    ]
    MIDDLEWARE += ["allauth.account.middleware.AccountMiddleware"]
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] = [SELF, "https://discord.com"]
    ACCOUNT_ADAPTER = "tractage.hq.people.discord.AccountAdapter"
    ACCOUNT_USER_MODEL_USERNAME_FIELD = "pseudonym"
    ACCOUNT_USER_MODEL_EMAIL_FIELD = None
    ACCOUNT_EMAIL_VERIFICATION = "none"
    ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
    ACCOUNT_LOGIN_METHODS = {"username"}
    SOCIALACCOUNT_ADAPTER = "tractage.hq.people.discord.SocialAdapter"
    SOCIALACCOUNT_AUTO_SIGNUP = True
    SOCIALACCOUNT_STORE_TOKENS = False
    SOCIALACCOUNT_QUERY_EMAIL = False
    SOCIALACCOUNT_LOGIN_ON_GET = False
    SOCIALACCOUNT_PROVIDERS = {
        "discord": {
            "SCOPE": ["identify"],
            "APPS": [{"client_id": TRACTAGE.discord_client_id, "secret": TRACTAGE.discord_client_secret}],
        }
    }

SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = TRACTAGE.https
SECURE_HSTS_SECONDS = 365 * 86400 if TRACTAGE.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRACTAGE.https else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = TRACTAGE.https
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [TRACTAGE.site_url]
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": TRACTAGE.log_level},
    "loggers": {
        "django": {"handlers": ["console"], "level": TRACTAGE.log_level, "propagate": False},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "fontTools": {"level": "WARNING"},
        "pikepdf": {"level": "WARNING"},
    },
}
