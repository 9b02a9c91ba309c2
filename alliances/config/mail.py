"""Where the site's mail goes: to a server, or into files for whoever runs it."""

from pathlib import Path
from typing import Any

import dj_email_url
from django.core.exceptions import ImproperlyConfigured

from alliances.config.environment import env_text

SCHEMES = ("smtp://", "submission://")
SECONDS_TO_ANSWER = 10
TO_FILES = "django.core.mail.backends.filebased.EmailBackend"


def env_mail(name: str, folder: Path) -> dict[str, Any]:
    """Django's settings of mail, from the address of a server; without one, files in `folder`.

    Refusals do not repeat the address: it may hold a password.
    """
    url = env_text(name)
    if not url:
        # The links in them are for whoever forgot a password, and for the owner of the files.
        folder.mkdir(mode=0o700, exist_ok=True)
        return {"EMAIL_BACKEND": TO_FILES, "EMAIL_FILE_PATH": folder}
    if not url.startswith(SCHEMES):
        raise ImproperlyConfigured(f"{name} must begin with {' or '.join(SCHEMES)}.")
    try:
        mail: dict[str, Any] = dj_email_url.parse(url)
    except ValueError:
        raise ImproperlyConfigured(f"{name} is not an address of a mail server.") from None
    if "DEFAULT_FROM_EMAIL" not in mail:
        raise ImproperlyConfigured(f"{name} must say who writes: …?_default_from_email=…")
    if mail["EMAIL_HOST_PASSWORD"] and not (mail["EMAIL_USE_TLS"] or mail["EMAIL_USE_SSL"]):
        raise ImproperlyConfigured(
            f"{name} would send its password in the clear: begin with submission://, or add ssl=1."
        )
    return mail | {"EMAIL_TIMEOUT": mail["EMAIL_TIMEOUT"] or SECONDS_TO_ANSWER}
