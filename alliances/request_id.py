"""Room 0: the id of the request that this thread answers, for logs and for what a reader can quote.

Who gives a request its id is `gate`.
"""

import threading

_of_thread = threading.local()


def current_request_id() -> str:
    """The id; empty where no request is answered."""
    found: str = getattr(_of_thread, "id", "")
    return found


def answering(request_id: str) -> None:
    """From now on this thread answers the request of this id; empty: none."""
    _of_thread.id = request_id
