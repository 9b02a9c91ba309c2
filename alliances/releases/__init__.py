"""Room 3: dated editions of all the data (docs/decisions/0009): making them, and their shelf."""

from alliances.releases.build import AlreadyReleased, build_release
from alliances.releases.description import code_lists
from alliances.releases.rows import released_tables
from alliances.releases.shelf import RELEASES, Release, file_of, released

__all__ = [
    "RELEASES",
    "AlreadyReleased",
    "Release",
    "build_release",
    "code_lists",
    "file_of",
    "released",
    "released_tables",
]
