"""Every setting of the site, in one file. All come from the environment, with safe defaults.

A value that makes no sense is refused with a line that names it; nothing is guessed.
"""

from datetime import timedelta
from pathlib import Path

import drf_spectacular_sidecar
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from alliances.config.databases import env_database
from alliances.config.environment import (
    env_bool,
    env_choice,
    env_contact,
    env_directory,
    env_list,
    env_number,
    env_path,
    env_state,
    env_text,
    stored_secret_key,
)
from alliances.config.mail import env_mail

BASE_DIR = Path(__file__).resolve().parents[2]
LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"]


# Where, and for whom

DEBUG = env_bool("DEBUG", False)
HTTPS = env_bool("HTTPS", False)
DATA_DIR = env_directory("DATA_DIR", BASE_DIR / "var")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", LOOPBACK_NAMES)
FOCUS_STATE = env_state("FOCUS_STATE", "RUS")
SECURITY_CONTACT = env_contact("SECURITY_CONTACT")
ADMIN_PATH = env_path("ADMIN_PATH", "admin/")
# Where `serve` listens. Beyond loopback stands a proxy that ends TLS, or a container around it.
LISTEN_HOST = env_text("LISTEN_HOST", "127.0.0.1")
LISTEN_PORT = env_text("LISTEN_PORT", "8000")
# How many proxies of ours a request passes: the last so many addresses in X-Forwarded-For are true.
TRUSTED_PROXIES = env_number("TRUSTED_PROXIES", 1 if HTTPS else 0)

SECRET_KEY = env_text("SECRET_KEY")
if not SECRET_KEY:
    if not set(ALLOWED_HOSTS) <= set(LOOPBACK_NAMES):
        # Several instances of a public site must share one key, so none may make its own.
        raise ImproperlyConfigured("SECRET_KEY must be set when ALLOWED_HOSTS names a public host.")
    SECRET_KEY = stored_secret_key(DATA_DIR / "secret_key")


# Releases of the data: whether they hold what is not ours (quotations, others' codings)
RELEASES_DIR = DATA_DIR / "releases"
RELEASE_QUOTATIONS = env_bool("RELEASE_QUOTATIONS", True)


# Where backups are written unless the command names another place
BACKUPS_DIR = DATA_DIR / "backups"


# Databases

DATABASES = {"default": env_database("DATABASE_URL", DATA_DIR / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


# Whole pages kept in the memory of each worker, in megabytes; 0 keeps none

RESPONSE_CACHE_MB = env_number("RESPONSE_CACHE_MB", 0 if DEBUG else 32)


# Requests a second that one address may make of each worker, and how many at once; 0 is no limit.
# A reader who opens ten tabs makes two hundred at once, files included; a program that reads record
# by record is done in a minute, and one that asks for more is told to take a release.

RATE_LIMIT = env_number("RATE_LIMIT", 0 if DEBUG else 20)
RATE_BURST = env_number("RATE_BURST", 200) or 1


# The application

INSTALLED_APPS = [
    "alliances.apps.AlliancesConfig",
    "alliances.apps.DeskConfig",
    "axes",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "alliances.apps.SecondFactorConfig",
    "drf_spectacular",
    "simple_history",
]
MIDDLEWARE = [
    "alliances.gate.EveryAnswer",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Public pages hold no secret to guess; in the desk Django masks the CSRF token in each answer.
    "alliances.cache.responses.CompressOrKeep",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "alliances.views.errors.NoDatabase",
]
ROOT_URLCONF = "alliances.config.urls"
WSGI_APPLICATION = "alliances.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "alliances.views.pages.coverage",
                "alliances.views.pages.without_parameters",
            ],
        },
    },
    # The rows of the longest list alone (ADR 0017).
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "rows",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "alliances.templatetags.rows.environment"},
    },
]


# Accounts: nobody makes their own. What a password must be; whether each needs a second factor too

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}", "OPTIONS": options}
    for validator, options in (
        ("UserAttributeSimilarityValidator", {}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
SECOND_FACTOR_REQUIRED = env_bool("SECOND_FACTOR_REQUIRED", False)
# As the app names the account.
OTP_TOTP_ISSUER = "Military commitments"
# Where somebody goes who signs in, also whom an address that is not ours led to the form.
LOGIN_URL, LOGIN_REDIRECT_URL = "admin:login", "admin:index"
PASSWORD_RESET_TIMEOUT = 60 * 60  # seconds that the link in a mail is good for


# Signing in: after five guesses from one address (passwords, codes, whose mail address it may be)
# nobody signs in from it for a while.
# By address alone: by name, anybody could lock an editor out.

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = ["ip_address"]
AXES_CLIENT_IP_CALLABLE = "alliances.gate.address_of"
AXES_LOCKOUT_CALLABLE = "alliances.views.errors.locked_out"
AXES_RESET_ON_SUCCESS = True
# A code that was refused may still be good later, and whose mail address it is nobody's business.
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "email"]
# Who signed in when is in the history of what they changed; addresses are not kept for it.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False


# Mail: only links for forgotten passwords

vars().update(env_mail("EMAIL_URL", DATA_DIR / "mail"))


LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True


# Static files: under their plain names while developing, else compressed and named by content

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
# Of the sidecar only the program that the API's page runs.
SIDECAR = Path(drf_spectacular_sidecar.__file__).parent / "static" / "drf_spectacular_sidecar"
STATICFILES_DIRS = [BASE_DIR / "static", ("swagger-ui", SIDECAR / "swagger-ui-dist")]
# Only a developer's tools ask for maps: to compress them costs more than all other files.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}


# What browsers may do

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
# No script of ours reads them; the desk is never reached from another site's form.
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "alliances.views.errors.forged"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

if HTTPS:
    # The server speaks plain HTTP on loopback: the proxy before it ends TLS and must set this
    # header itself, whatever the visitor sent.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
# Subdomains and browsers' preload lists are for the owner of the domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]


# The API: JSON for everyone, so that nothing asks who it is

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["alliances.api.rendering.OrjsonRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_SCHEMA_CLASS": "alliances.api.schema.ReadingSchema",
    "EXCEPTION_HANDLER": "alliances.api.problems.refuse",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Military commitments",
    "DESCRIPTION": "Who has promised whom what degree of military support, by which clause,"
    " says which source, and what came of it when it was tested. Read-only.",
    "VERSION": "1",
    "LICENSE": {
        "name": "Creative Commons Attribution 4.0 International",
        "identifier": "CC-BY-4.0",
    },
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": [],
    # The schema lists codes of the data: a test validates it, where there are data.
    "ENABLE_DJANGO_DEPLOY_CHECK": False,
}


# Logging to the standard error: warnings and worse; where ACCESS_LOG says so, each request (`gate`)

LOG_FORMAT = env_choice("LOG_FORMAT", "plain", ("plain", "json"))
ACCESS_LOG = env_bool("ACCESS_LOG", LOG_FORMAT == "json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "alliances.config.logs.PlainLines",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "alliances.config.logs.JsonLines"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "level": "WARNING"},
    },
    "root": {"handlers": ["stderr"]},
    "loggers": {
        # Django's own handlers would mail the admins or repeat each line.
        "django": {"handlers": []},
        # A visitor's wrong address is answered, not logged.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
