"""Room 3: whole answers kept in memory, in front of Django, until the data or the day changes.

Which pages may be kept is said by the views (`SharedResponse`); this room knows no page.
"""

from alliances.cache.front import ResponseCache
from alliances.cache.responses import SharedResponse

__all__ = ["ResponseCache", "SharedResponse"]
