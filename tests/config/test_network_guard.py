"""The guard of conftest.py knows this machine from any other."""

import socket

import pytest

from tests.conftest import leaves_this_machine


@pytest.mark.parametrize(
    "address", [("127.0.0.1", 5432), ("127.8.0.1", 1), ("::1", 1, 0, 0), ("localhost", 1), "/run/s"]
)
def test_this_machine(address):
    assert not leaves_this_machine(address)


@pytest.mark.parametrize("address", [("192.0.2.1", 443), ("10.0.0.1", 1), ("2001:db8::1", 1, 0, 0)])
def test_another_machine(address):
    assert leaves_this_machine(address)


def test_the_guard_stands_before_the_socket():
    assert socket.socket.connect.__name__ == "guarded"
