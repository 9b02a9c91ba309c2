"""Whose request it is: what a proxy of ours has seen, and never what a visitor says."""

import pytest

from alliances.gate.address import visitor

CALLER = "192.0.2.7"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "", CALLER),
        (0, "198.51.100.1", CALLER),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "10.6.6.6, 198.51.100.1", "198.51.100.1"),
        (1, "10.6.6.6,10.6.6.7,198.51.100.1", "198.51.100.1"),
        (2, "10.6.6.6, 198.51.100.1, 203.0.113.9", "198.51.100.1"),
        # One proxy fewer than was said, none, and what is no address.
        (2, "198.51.100.1", CALLER),
        (1, "", CALLER),
        (1, "198.51.100.1:8080", CALLER),
        (1, "<script>", CALLER),
        # Of IPv6 the network that one visitor has whole.
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        (1, "2001:db8:1:3::1", "2001:db8:1:3::"),
        (1, "::ffff:198.51.100.1", "198.51.100.1"),
    ],
)
def test_visitor(proxies: int, forwarded: str, expected: str) -> None:
    environ = {"REMOTE_ADDR": CALLER}
    if forwarded:
        environ["HTTP_X_FORWARDED_FOR"] = forwarded
    assert visitor(environ, proxies) == expected


def test_a_caller_without_an_address_is_one_caller() -> None:
    """As over a socket file."""
    assert visitor({}, 0) == ""
