"""Asks a served site byte by byte, also in ways that are no HTTP."""

from __future__ import annotations

import socket
from contextlib import closing, suppress
from email.parser import BytesHeaderParser
from random import Random

from tests.hostile.asked import Request, raw
from tests.hostile.judged import faults

SECONDS = 30
# The server's own refusals, made before the site is asked: they carry no header of ours.
OF_THE_SERVER = {400, 408, 411, 413, 414, 417, 431, 501, 505}
# Its 501 and 505 say that it does not speak such HTTP; nothing went wrong.
NEVER = {500, 502, 503, 504}


def said(asked: Request) -> bytes:
    """The request as it goes over the line."""
    headers = {**asked.headers, "Connection": "close"}
    if asked.body:
        headers.setdefault("Content-Length", str(len(asked.body)))
    lines = [f"{asked.method} {asked.target} HTTP/1.1", *(f"{n}: {v}" for n, v in headers.items())]
    return b"\r\n".join(map(raw, [*lines, "", ""])) + asked.body


def spoilt(line: bytes, random: Random) -> bytes:
    """The same with something of the protocol itself broken."""
    head, _, body = line.partition(b"\r\n\r\n")
    at = random.randrange(len(line))
    return random.choice(
        (
            line.replace(b"HTTP/1.1", b"HTTP/9.9", 1),
            line.replace(b"HTTP/1.1", b"HTTP/1.0", 1),
            line.replace(b" HTTP/1.1", b"", 1),
            line.replace(b"\r\n", b"\n"),
            line.replace(b": ", b" ", 1),
            line.replace(b"Host:", b"Host :", 1),
            line.replace(b"Host:", b"X:", 1),
            head + b"\r\nHost: example.org\r\n\r\n" + body,
            head + b"\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n" + body,
            head
            + b"\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n1\r\na\r\n0\r\n\r\n",
            head + b"\r\nTransfer-Encoding: nonsense\r\n\r\n" + body,
            head + b"\r\n folded: yes\r\n\r\n" + body,
            head + b"\r\n" + b"X-Many: 1\r\n" * 400 + b"\r\n" + body,
            head + b"\r\nX-Long: " + b"a" * 100_000 + b"\r\n\r\n",
            line[:at],
            line[:at] + random.randbytes(3) + line[at:],
            random.randbytes(200),
            line + line,
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + random.randbytes(60),
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        )
    )


def heard(port: int, line: bytes, patience: float) -> bytes:
    """All that the server answers. Whoever waits for more than there is to come is told so."""
    answer = b""
    with closing(socket.create_connection(("127.0.0.1", port))) as connection:
        connection.settimeout(patience)
        # It may hang up while it is being told.
        with suppress(OSError):
            connection.sendall(line)
        with suppress(ConnectionError):
            while more := _more(connection):
                answer += more
    return answer


def _more(connection: socket.socket) -> bytes:
    try:
        return connection.recv(65_536)
    except TimeoutError:
        connection.settimeout(SECONDS)
        connection.shutdown(socket.SHUT_WR)
        return connection.recv(65_536)


def asked_of(port: int, asked: Request, random: Random | None) -> tuple[int, list[str]]:
    """The status of its answer, 0 where it just hung up, and what is wrong with it."""
    line = said(asked)
    # A line of its own in a header may end the request before its time.
    is_whole = random is None and not any("\n" in value for value in asked.headers.values())
    answer = heard(port, line, 5) if random is None else heard(port, spoilt(line, random), 0.2)
    head, _, body = answer.partition(b"\r\n\r\n")
    while head.startswith(b"HTTP/1.1 100"):
        head, _, body = body.partition(b"\r\n\r\n")
    if not head.startswith((b"HTTP/1.1 ", b"HTTP/1.0 ")):
        return 0, [f"no HTTP: {head[:80]!r}"] if head else []
    status = int(head[9:12])
    headers = BytesHeaderParser().parsebytes(head.partition(b"\r\n")[2])
    if "X-Request-ID" not in headers and status in OF_THE_SERVER:
        return status, ["its server is named"] if b"granian" in answer.lower() else []
    if not is_whole or "chunked" in headers.get("Transfer-Encoding", ""):
        # More than one answer may follow, or one in pieces.
        return status, [f"status {status}"] if status in NEVER else []
    path = asked.target.partition("?")[0]
    return status, faults(path, asked.method, status, dict(headers.items()), body)
