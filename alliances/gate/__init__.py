"""Room 3: what stands before the cache and Django: probes, limits, request ids, the access log.

It knows no page and asks no database, but for the one question whether the site is ready.
"""

from alliances.gate.address import address_of
from alliances.gate.front import Gate
from alliances.gate.headers import EveryAnswer

__all__ = ["EveryAnswer", "Gate", "address_of"]
