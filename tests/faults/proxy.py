"""A wire between the site and PostgreSQL that can be cut and mended."""

from __future__ import annotations

import socket
from contextlib import suppress
from threading import Thread
from urllib.parse import urlsplit, urlunsplit


class Wire:
    """Forwards connections to a database's server, on a port of its own."""

    def __init__(self, database: str) -> None:
        self._url = urlsplit(database)
        self._ends: list[socket.socket] = []
        self._port = 0
        self.mend()

    @property
    def database(self) -> str:
        """Its address through the wire."""
        netloc = f"{self._url.username}@127.0.0.1:{self._port}"
        return urlunsplit(self._url._replace(netloc=netloc))

    def mend(self) -> None:
        """Listen, at first on any port and then on the same one again."""
        self._door = socket.create_server(("127.0.0.1", self._port))
        self._port = self._door.getsockname()[1]
        Thread(target=self._let_in, args=[self._door], daemon=True).start()

    def cut(self) -> None:
        """Refuse new connections and break those that there are."""
        for end in (self._door, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        self._ends.clear()

    def _let_in(self, door: socket.socket) -> None:
        with suppress(OSError):
            while True:
                here, _address = door.accept()
                there = socket.create_connection(
                    (self._url.hostname or "127.0.0.1", self._url.port or 5432)
                )
                self._ends += [here, there]
                for one, other in ((here, there), (there, here)):
                    Thread(target=self._forward, args=[one, other], daemon=True).start()

    @staticmethod
    def _forward(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while sent := one.recv(65_536):
                other.sendall(sent)
        for end in (one, other):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
