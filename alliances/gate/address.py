"""Room 3: whose request it is, as far as an address says: the unit that limits count by."""

from __future__ import annotations

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """The visitor's address, as django-axes asks for it."""
    return visitor(request.META, settings.TRUSTED_PROXIES)


def visitor(environ: dict[str, Any], proxies: int) -> str:
    """The address that the outermost of so many proxies of ours saw; without one, the caller's.

    What stands before it in X-Forwarded-For is the visitor's own word, and not believed.
    """
    caller: str = environ.get("REMOTE_ADDR", "")
    if proxies:
        seen = environ.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(seen) >= proxies:
            return _unit(seen[-proxies]) or _unit(caller) or caller
    return _unit(caller) or caller


@lru_cache(maxsize=4096)
def _unit(text: str) -> str:
    """An address; of IPv6 its network of /64, which one visitor usually has whole. Empty: none."""
    try:
        found = ip_address(text.strip())
    except ValueError:
        return ""
    if isinstance(found, IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found, 64), strict=False).network_address)
