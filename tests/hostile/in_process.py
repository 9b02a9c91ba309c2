"""Asks the site's WSGI application as its server would, without a connection."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote_to_bytes

from tests.hostile.asked import Request, raw
from tests.hostile.judged import faults

Application = Callable[..., Iterable[bytes]]
PROTOCOL = {
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "8000",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "REMOTE_ADDR": "127.0.0.1",
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.url_scheme": "http",
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": False,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}


def latin(text: str) -> str:
    """A header's bytes as WSGI has them in a text, without those that no server lets through."""
    return re.sub(r"[\0\r\n]", " ", raw(text).decode("latin-1"))


def environ(asked: Request) -> dict[str, Any]:
    """The request as PEP 3333 has it."""
    path, _, query = asked.target.partition("?")
    made: dict[str, Any] = PROTOCOL | {
        "REQUEST_METHOD": asked.method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(asked.body)) if asked.body else "",
        "wsgi.input": io.BytesIO(asked.body),
    }
    for name, value in asked.headers.items():
        variable = name.upper().replace("-", "_")
        plain = variable in ("CONTENT_TYPE", "CONTENT_LENGTH")
        made[variable if plain else f"HTTP_{variable}"] = latin(value)
    return made


def asked_of(application: Application, asked: Request) -> tuple[int, list[str]]:
    """The status of its answer, and what is wrong with it."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    made: Any = None
    try:
        made = application(environ(asked), lambda *begins: begun.append(begins[:2]))
        body = b"".join(made)
        # That nothing follows on HEAD is the server's affair.
        body = b"" if asked.method == "HEAD" else body
    except Exception as fault:  # that one comes out at all is what is looked for
        return 0, [f"raised {fault!r}"]
    finally:
        getattr(made, "close", lambda: None)()
    if len(begun) != 1:
        return 0, [f"begun {len(begun)} times"]
    status, headers = int(begun[0][0][:3]), begun[0][1]
    twice = {name for name, _value in headers if name != "Set-Cookie"}
    found = [] if len(twice) == sum(n != "Set-Cookie" for n, _v in headers) else ["a header twice"]
    path = environ(asked)["PATH_INFO"]
    return status, found + faults(path, asked.method, status, dict(headers), body)
