"""Room 3: the whole database as one file, and back: all of it, or nothing changes.

It knows tables and rows, not what they mean; of the models only the data's version, which it moves.
"""

from alliances.backups.archive import BackupRefused, Manifest
from alliances.backups.keeping import back_up, restore

__all__ = ["BackupRefused", "Manifest", "back_up", "restore"]
