"""So many requests a second and a burst, by a clock that the tests move."""

import pytest

from alliances.gate import rates
from alliances.gate.rates import Rates


class Clock:
    now = 1_000.0

    def __call__(self) -> float:
        return self.now


def passed(rates: Rates, address: str, tries: int) -> int:
    return sum(not rates.wait(address) for _try in range(tries))


def test_a_burst_passes_and_then_so_many_a_second() -> None:
    clock = Clock()
    rates = Rates(4, 10, clock)
    assert passed(rates, "a", 50) == 10
    assert rates.wait("a") == pytest.approx(0.25)
    clock.now += 0.25
    assert passed(rates, "a", 50) == 1
    clock.now += 1
    assert passed(rates, "a", 50) == 4
    clock.now += 3_600
    assert passed(rates, "a", 50) == 10


def test_a_refusal_costs_nothing() -> None:
    clock = Clock()
    rates = Rates(1, 1, clock)
    assert passed(rates, "a", 1_000) == 1
    clock.now += 1
    assert rates.wait("a") == 0


def test_a_rate_may_be_less_than_one_a_second() -> None:
    clock = Clock()
    rates = Rates(20 / 3_600, 3, clock)
    assert passed(rates, "a", 10) == 3
    assert rates.wait("a") == pytest.approx(180)
    clock.now += 180
    assert passed(rates, "a", 10) == 1


def test_each_address_has_its_own() -> None:
    rates = Rates(1, 2, Clock())
    assert (passed(rates, "a", 5), passed(rates, "b", 5)) == (2, 2)


def test_addresses_without_end_take_no_memory_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "REMEMBERED", 10)
    counted = Rates(1, 1, Clock())
    for number in range(10):
        counted.wait(str(number))
    # As many again are remembered beside them, and no more.
    assert passed(counted, "9", 5) == 0
    for number in range(10, 100):
        assert counted.wait(str(number)) == 0
        assert len(counted._full_at) + len(counted._before) <= 20
    assert passed(counted, "99", 5) == 0
