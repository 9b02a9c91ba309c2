"""The least a WSGI application can do: one answer of SIZE bytes, to compare with on the same server."""

import os

BODY = b"x" * int(os.environ["SIZE"])
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(environ, start_response):
    """The same bytes to everyone."""
    start_response("200 OK", HEADERS)
    return [BODY]
