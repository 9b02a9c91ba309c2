"""System checks of an installation: what settings.py cannot see when it is read.

Wrong values are refused in settings.py; checks of records are in rules/consistency.
"""

from stat import S_IRWXG, S_IRWXO
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import CheckMessage, Error, Tags, Warning, register
from django.urls import get_resolver
from django.utils.translation import gettext as _

from alliances.config.mail import TO_FILES


@register(Tags.security)
def secret_key_is_private(**kwargs: Any) -> list[CheckMessage]:
    """A copied or restored data directory may have lost the key's permissions."""
    path = settings.DATA_DIR / "secret_key"
    if not path.exists() or not path.stat().st_mode & (S_IRWXG | S_IRWXO):
        return []
    return [
        Warning(
            _("Other users of this machine can read %(path)s.") % {"path": path},
            hint=_("Make it readable by its owner alone (chmod 600)."),
            id="alliances.W001",
        )
    ]


@register(Tags.staticfiles, deploy=True)
def static_files_are_collected(**kwargs: Any) -> list[CheckMessage]:
    """Without the manifest every page would fail, not only the style sheets."""
    # The plain storage of development keeps no manifest.
    read_manifest = getattr(staticfiles_storage, "read_manifest", None)
    if read_manifest is None or read_manifest() is not None:
        return []
    return [
        Error(
            _("The static files have not been collected."),
            hint=_("Run manage.py collectstatic; make run does."),
            id="alliances.E001",
        )
    ]


@register(Tags.security, deploy=True)
def mail_is_sent(**kwargs: Any) -> list[CheckMessage]:
    """Nobody reads a public site's files who forgot a password."""
    if settings.EMAIL_BACKEND != TO_FILES:
        return []
    return [
        Warning(
            _("Mail is not sent, only written into files."),
            hint=_("Name the mail server in EMAIL_URL."),
            id="alliances.W002",
        )
    ]


@register(Tags.urls)
def admin_path_is_free(**kwargs: Any) -> list[CheckMessage]:
    """Else the desk and the readers' pages would take each other's addresses."""
    addresses = [str(pattern.pattern) for pattern in get_resolver().url_patterns]
    addresses.append(settings.STATIC_URL.lstrip("/"))
    if sum(address.startswith(settings.ADMIN_PATH) for address in addresses) == 1:
        return []
    return [
        Error(
            _("Readers' pages stand below %(path)s already.") % {"path": settings.ADMIN_PATH},
            hint=_("Name another word in ADMIN_PATH."),
            id="alliances.E002",
        )
    ]
