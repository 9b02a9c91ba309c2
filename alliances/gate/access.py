"""Room 3: one line for each request: what was asked, what was answered, how long it took.

Neither the query nor the visitor's address is written: what readers search for is theirs. Written
past `logging`, whose way to the same line takes ten times as long as a page from memory may.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import lru_cache
from time import gmtime, perf_counter, strftime, time
from typing import Any

import orjson

Fields = dict[str, Any]
# Of a request: its environment, the answer's status line, its id, when it began (`perf_counter`).
AccessLog = Callable[[Fields, str, str, float], None]


def access_log(log_format: str) -> AccessLog:
    """Writes to the standard error, as all of the log."""
    line: Callable[[Fields], bytes] = orjson.dumps if log_format == "json" else _plain
    stderr = sys.stderr.fileno()

    def write(environ: Fields, status: str, request_id: str, began: float) -> None:
        method, path, code = environ["REQUEST_METHOD"], environ["PATH_INFO"], int(status[:3])
        said = {
            "time": _now(),
            "level": "INFO",
            "logger": "alliances.access",
            "message": f"{method} {path} {code}",
            "request": request_id,
            "method": method,
            "path": path,
            "status": code,
            "ms": round((perf_counter() - began) * 1000, 3),
        }
        # In one piece, so that no line of another worker comes into it.
        os.write(stderr, line(said) + b"\n")

    return write


def _plain(said: Fields) -> bytes:
    """For people. Whatever a visitor put into a path, it does not begin another line."""
    line = "{time} {level} {logger}: {message!a} in {ms} ms [{request}]".format(**said)
    return line.encode()


def _now() -> str:
    now = time()
    return f"{_second(int(now))}.{int(now % 1 * 1000):03d}+00:00"


@lru_cache(maxsize=2)
def _second(seconds: int) -> str:
    return strftime("%Y-%m-%dT%H:%M:%S", gmtime(seconds))
