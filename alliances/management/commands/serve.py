"""`manage.py serve`: the site under its application server, on this machine's loopback."""

import os
import socket
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

HOST = "127.0.0.1"


class Command(BaseCommand):
    """Replaces itself with the server, so that whoever stops the command stops the server."""

    help = "Serves the site on 127.0.0.1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One option: the port."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, port: int, **options: Any) -> None:
        """Check the port, say the address, become the server."""
        refuse_unusable(port)
        self.stdout.write(_("Serving on %(address)s") % {"address": f"http://{HOST}:{port}/"})
        self.stdout.flush()
        os.chdir(settings.BASE_DIR)
        os.execv(sys.executable, [sys.executable, "-m", "granian", *server_arguments(port)])  # noqa: S606


def refuse_unusable(port: int) -> None:
    """Bind once here, because the server would report a failure from each worker."""
    if not 0 < port < 2**16:
        raise CommandError(_("There is no port %(port)s.") % {"port": port})
    with socket.socket() as probe:
        # As the server does: connections of a server just stopped do not hold the port.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            raise CommandError(
                _("Cannot serve on %(host)s:%(port)s: %(reason)s. Choose another port.")
                % {"host": HOST, "port": port, "reason": problem.strerror}
            ) from problem


def server_arguments(port: int) -> list[str]:
    """Two workers of one thread each served these views fastest on two cores."""
    return [
        "--interface=wsgi",
        f"--host={HOST}",
        f"--port={port}",
        "--workers=2",
        "--blocking-threads=1",
        "--respawn-failed-workers",
        "--log-level=warning",
        "alliances.config.wsgi:application",
    ]
