"""`manage.py serve`: the site under its application server, at LISTEN_HOST and LISTEN_PORT."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from alliances.management.whole import refuse_damaged
from alliances.models import State

# In seconds: a request in flight is answered before the server ends, unless it takes longer.
TIME_TO_FINISH = 30
# Enough for every header a browser sends, and for an address of the longest that is read.
HEADERS_IN_BYTES = 32 * 1024
SECONDS_TO_SEND_HEADERS = 10


class Command(BaseCommand):
    """Replaces itself with the server, so that whoever stops the command stops the server."""

    help = "Serves the site."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option: the port, read here because argparse would answer with its usage."""
        parser.add_argument("--port", default=settings.LISTEN_PORT)

    def handle(self, *, port: str, **options: Any) -> None:
        """Check the port and the record, say the address, become the server."""
        refuse_unusable(port)
        refuse_damaged()
        refuse_unknown_focus()
        self.stdout.write(
            _("Serving on %(address)s") % {"address": f"http://{settings.LISTEN_HOST}:{port}/"}
        )
        self.stdout.flush()
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, [sys.executable, "-m", "granian", *server_arguments(port)])  # noqa: S606


def refuse_unknown_focus() -> None:
    """Without the state whose promises open it, the site would have no first page."""
    if not State.objects.filter(ref=settings.FOCUS_STATE).exists():
        refusal = _("FOCUS_STATE %(code)s is no state of the record: load one or name another.")
        raise CommandError(refusal % {"code": settings.FOCUS_STATE})


def refuse_unusable(port: str) -> None:
    """Bind once here, because the server would report a failure from each worker."""
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 2**16):
        raise CommandError(_("There is no port %(port)s.") % {"port": port})
    with socket.socket() as probe:
        # As the server does: connections of a server just stopped do not hold the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.LISTEN_HOST, int(port)))
        except OSError as problem:
            raise CommandError(
                _("Cannot serve on %(host)s:%(port)s: %(reason)s. Choose another port.")
                % {"host": settings.LISTEN_HOST, "port": port, "reason": problem.strerror}
            ) from problem


def server_arguments(port: str) -> list[str]:
    """Two workers of one thread each served these views fastest on two cores."""
    arguments = [
        "--interface=wsgi",
        f"--host={settings.LISTEN_HOST}",
        f"--port={port}",
        "--workers=2",
        "--blocking-threads=1",
        "--respawn-failed-workers",
        f"--workers-kill-timeout={TIME_TO_FINISH}",
        # Whoever ends TLS before it speaks HTTP/1.1 to it.
        "--http=1",
        "--no-ws",
        f"--http1-buffer-size={HEADERS_IN_BYTES}",
        f"--http1-header-read-timeout={SECONDS_TO_SEND_HEADERS * 1000}",
        "--log-level=warning",
    ]
    if settings.LOG_FORMAT == "json":
        arguments.append("--log-config=alliances/config/server_logs.json")
    return [*arguments, "alliances.config.wsgi:application"]
