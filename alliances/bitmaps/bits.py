"""Room 2: sets of the rows of one table as whole numbers: bit n tells whether row n is in it.

Python adds, cuts and counts such numbers many rows at a time. No database, no codes.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_

_FLAGS = bytes.maketrans(b"01", b"\x00\x01")


def bits_at(places: Iterable[int], size: int) -> int:
    """The set of the rows at these places, all below `size`."""
    held = bytearray(size // 8 + 1)
    for place in places:
        held[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(held, "little")


def either(sets: Iterable[int]) -> int:
    """The rows that are in any of the sets."""
    return reduce(or_, sets, 0)


def flags(bits: int, size: int) -> bytes:
    """For each row, in order, 1 where it is in the set, else 0."""
    return format(bits, f"0{size}b").encode()[::-1].translate(_FLAGS)
