"""Room 1: the number of the data: every transaction that writes what a page may show moves it.

One row. Whoever keeps an answer (a cache, a citation) keeps the number it was made from.
"""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.models import F, Q, Subquery
from django.db.models.signals import post_migrate, pre_delete, pre_save
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models.base import Tracked
from alliances.models.public_name import PublicName

THE_ROW = 1
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
# Past the ORM: this is asked before every page, and most are then given from memory.
READ = f"SELECT number, CAST(moved_at AS text) FROM alliances_dataversion WHERE id = {THE_ROW}"  # noqa: S608
# Each thread's own connection, at hand: to have Django look it up takes half as long as to ask.
_of_thread: Any = threading.local()


class DataVersions(models.QuerySet["DataVersion"]):
    """The one row, read and moved."""

    def current(self) -> DataVersion:
        """The version of the data as it is now, in one query by primary key."""
        return self.filter(pk=THE_ROW).first() or DataVersion(number=0, moved_at=NEVER)

    def known_to(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """Any rows with the version beside them, as `version_number` and `version_moved_at`: for
        who asks for these rows anyway, at no query more.
        """
        row = self.filter(pk=THE_ROW)
        return rows.annotate(
            version_number=Subquery(row.values("number")),
            version_moved_at=Subquery(row.values("moved_at")),
        )

    def wait_for_turn(self, using: str = DEFAULT_DB_ALIAS) -> None:
        """Queue at the row before anything is read: for who reads, judges and then writes.

        What it reads is then what the writer before it left, and its moment in the history comes
        after that writer's. On SQLite whoever begins a transaction has waited already.
        """
        if connections[using].features.has_select_for_update:
            self.using(using).select_for_update().filter(pk=THE_ROW).first()

    def move(self, using: str = DEFAULT_DB_ALIAS) -> None:
        """Move the number by one, once in a transaction, however much the transaction writes.

        Called before the write, so that writers queue at this row and never wait for each other
        in a circle. Outside a transaction each call moves it.
        """
        connection = connections[using]
        # Django drops what waits for the commit when the savepoint that it came in is rolled
        # back, as the database then drops the move: so the mark is there if the move is.
        if any(_moved in waiting for waiting in connection.run_on_commit):
            return
        row, now = self.using(using).filter(pk=THE_ROW), timezone.now()
        if not row.update(number=F("number") + 1, moved_at=now):
            self.using(using).create(pk=THE_ROW, number=1, moved_at=now)
        transaction.on_commit(_moved, using=using)


class DataVersion(models.Model):
    """How often the data changed, and when it last did."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ROW)
    number = models.PositiveBigIntegerField()
    moved_at = models.DateTimeField()

    objects = DataVersions.as_manager()

    class Meta:
        verbose_name = _("data version")
        verbose_name_plural = _("data versions")
        constraints = (
            models.CheckConstraint(condition=Q(pk=THE_ROW), name="dataversion_is_one_row"),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def day(self) -> date:
        """The day (UTC) of the last change."""
        return self.moved_at.astimezone(UTC).date()

    @property
    def label(self) -> str:
        """For people: the day of the last change and the number, as 2026-11-25.1204."""
        return f"{self.day}.{self.number}"


def read_version() -> object:
    """The version as the database's driver has it, for whoever compares it on each request.

    The time of the move is in it, because a restored copy may come to a number a second time.
    Raises DatabaseError where the database does not answer, also on a new connection.
    """
    try:
        connection = _of_thread.connection
    except AttributeError:
        connection = _of_thread.connection = connections[DEFAULT_DB_ALIAS]
    if connection.connection is not None:
        try:
            return connection.connection.execute(READ).fetchone()
        except connection.Database.Error:
            # A kept connection may have been cut long ago.
            connection.close()
    connection.ensure_connection()
    with connection.wrap_database_errors:
        return connection.connection.execute(READ).fetchone()


def _moved() -> None:
    """Nothing is left to do after the commit; this only marks that the number has moved."""


def _about_to_write(sender: type[models.Model], using: str, **_signal: Any) -> None:
    DataVersion.objects.move(using)


def _migrated(using: str, plan: Any = (), **signal: Any) -> None:
    """Migrations write past all signals, so each run of them counts as one change."""
    # Backwards, the table itself may be gone.
    if plan and "dataversion" in signal["apps"].all_models["alliances"]:
        DataVersion.objects.move(using)


def connect() -> None:
    """Move the number before every save and deletion of a record. Called once, at the start."""
    config = apps.get_app_config("alliances")
    post_migrate.connect(_migrated, sender=config, dispatch_uid="data version of migrations")
    for model in config.get_models():
        if issubclass(model, (Tracked, PublicName)):
            for signal in (pre_save, pre_delete):
                signal.connect(
                    _about_to_write, sender=model, dispatch_uid=f"data version, {model.__name__}"
                )
