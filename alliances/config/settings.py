"""Every setting of the site, in one file. All come from the environment, with safe defaults.

A value that makes no sense is refused with a line that names it; nothing is guessed.
"""

import os
import re
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

BASE_DIR = Path(__file__).resolve().parents[2]
LOOPBACK_NAMES = ["localhost", "127.0.0.1", "[::1]"]
YES, NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")


# Readers of the environment. A variable that is set to nothing counts as not set.


def env_text(name: str, default: str = "") -> str:
    """The variable as it stands, without surrounding blanks."""
    return os.environ.get(name, "").strip() or default


def env_bool(name: str, default: bool) -> bool:
    """Yes or no, in the usual spellings only."""
    value = env_text(name, YES[0] if default else NO[0])
    if value.lower() not in YES + NO:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(YES + NO)}, not {value!r}.")
    return value.lower() in YES


def env_list(name: str, default: list[str]) -> list[str]:
    """Values separated by commas."""
    return [part.strip() for part in env_text(name).split(",") if part.strip()] or default


def env_state(name: str, default: str) -> str:
    """A state's alpha-3 code."""
    value = env_text(name, default)
    if not re.fullmatch("[A-Z]{3}", value):
        raise ImproperlyConfigured(f"{name} must be three capital letters, not {value!r}.")
    return value


def env_directory(name: str, default: Path) -> Path:
    """A directory to write to, made if it is missing."""
    path = Path(env_text(name, str(default))).resolve()
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise ImproperlyConfigured(f"{name} {path} cannot be made: {problem.strerror}.") from None
    if not os.access(path, os.W_OK):
        raise ImproperlyConfigured(f"{name} {path} cannot be written to.")
    return path


def env_database(name: str, default: Path) -> dict[str, Any]:
    """A database address; without one, the SQLite file `default`."""
    url = env_text(name)
    if not url:
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": default} | SQLITE
    # Refusals do not repeat the address: it may hold a password.
    if url.partition(":")[0] not in ("sqlite", "postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"{name} must begin with sqlite://, postgres:// or postgresql://."
        )
    try:
        database = dict(dj_database_url.parse(url))
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not a database address.") from None
    if not database["NAME"]:
        raise ImproperlyConfigured(f"{name} names no database.")
    return database | (SQLITE if url.startswith("sqlite") else POSTGRESQL)


def stored_secret_key(path: Path) -> str:
    """The key of this data directory: made once, readable by its owner alone."""
    if not path.exists():
        with NamedTemporaryFile("w", dir=path.parent) as draft:
            draft.write(get_random_secret_key())
            draft.flush()
            # A link appears whole or not at all, and never replaces the key of a faster process.
            with suppress(FileExistsError):
                path.hardlink_to(draft.name)
    if key := path.read_text().strip():
        return key
    raise ImproperlyConfigured(f"{path} is empty: delete it and a new key is made.")


# Where, and for whom

DEBUG = env_bool("DEBUG", False)
HTTPS = env_bool("HTTPS", False)
DATA_DIR = env_directory("DATA_DIR", BASE_DIR / "var")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", LOOPBACK_NAMES)
FOCUS_STATE = env_state("FOCUS_STATE", "RUS")

SECRET_KEY = env_text("SECRET_KEY")
if not SECRET_KEY:
    if not set(ALLOWED_HOSTS) <= set(LOOPBACK_NAMES):
        # Several instances of a public site must share one key, so none may make its own.
        raise ImproperlyConfigured("SECRET_KEY must be set when ALLOWED_HOSTS names a public host.")
    SECRET_KEY = stored_secret_key(DATA_DIR / "secret_key")


# Databases

# Connections are kept: opening one for each request costs more than most pages do.
SQLITE: dict[str, Any] = {
    "CONN_MAX_AGE": 600,
    # Writers queue instead of failing half-way, and readers never wait for them.
    "OPTIONS": {
        "timeout": 10,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
    },
}
POSTGRESQL: dict[str, Any] = {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}

DATABASES = {"default": env_database("DATABASE_URL", DATA_DIR / "db.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


# The application

INSTALLED_APPS = [
    "alliances.apps.AlliancesConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_filters",
    "django_htmx",
    "simple_history",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
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
            ],
        },
    },
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{validator}"}
    for validator in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True


# Static files: under their plain names while developing, else compressed and named by content

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
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

if HTTPS:
    # The server speaks plain HTTP on loopback: the proxy before it ends TLS and must set this
    # header itself, whatever the visitor sent.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
# Subdomains and browsers' preload lists are for the owner of the domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]


# Logging: warnings and worse, as plain lines, to the standard error

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "level": "WARNING"},
    },
    "root": {"handlers": ["stderr"]},
    "loggers": {
        # Django's own handlers would mail the admins or repeat each line.
        "django": {"handlers": []},
        # A visitor's wrong address is answered, not logged.
        "django.request": {"level": "ERROR"},
    },
}
