"""The store: bounded in bytes, the least used goes first, and everything with its moment."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from alliances.cache.kept import Kept
from alliances.cache.store import OVERHEAD, Key, Moment, Store

NOW = Moment(1, date(2026, 11, 25))
SIZE = 10_000


def key(name: str) -> Key:
    return Key("http", "", "localhost", f"/{name}/", "")


def answer(size: int = SIZE) -> Kept:
    return Kept({}, size)


def filled(limit: int, names: str) -> Store:
    store = Store(limit)
    store.get(key("a"), NOW)
    for name in names:
        store.put(key(name), NOW, answer())
    return store


def test_the_one_asked_for_longest_ago_goes_first() -> None:
    store = filled(3 * (SIZE + OVERHEAD + key("a").size), "abc")
    assert store.get(key("a"), NOW)
    store.put(key("d"), NOW, answer())
    assert [bool(store.get(key(name), NOW)) for name in "abcd"] == [True, False, True, True]


def test_what_is_larger_than_all_room_is_not_kept() -> None:
    store = filled(SIZE, "a")
    assert (len(store), store.size) == (0, 0)


def test_the_same_answer_twice_counts_once() -> None:
    assert filled(10 * SIZE, "aa").size == filled(10 * SIZE, "a").size


def test_another_version_or_day_begins_empty() -> None:
    for later in (Moment(2, NOW.today), Moment(1, date(2026, 11, 26)), Moment(0, NOW.today)):
        store = filled(10 * SIZE, "abc")
        assert store.get(key("a"), later) is None
        assert (len(store), store.size) == (0, 0)


def test_an_answer_begun_before_a_move_is_not_kept_after_it() -> None:
    store = filled(10 * SIZE, "")
    store.get(key("a"), Moment(2, NOW.today))
    store.put(key("a"), NOW, answer())
    assert len(store) == 0


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 40_000)), max_size=40),
    st.integers(0, 150_000),
)
def test_it_never_holds_more_than_it_may(puts: list[tuple[str, int]], limit: int) -> None:
    store = Store(limit)
    store.get(key("a"), NOW)
    for name, size in puts:
        store.put(key(name), NOW, answer(size))
        found = [store.get(key(each), NOW) for each in "abcdefgh"]
        held = sum(each.size + OVERHEAD + key("a").size for each in found if each)
        assert held == store.size <= limit
        fits = size + OVERHEAD + key(name).size <= limit
        assert (store.get(key(name), NOW) is not None) is fits
