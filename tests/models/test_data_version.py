"""The data's number moves with every committed write to what a page may show, and with no other."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models.deletion import Collector
from django.db.models.signals import post_migrate

from alliances.commitments import rebuild
from alliances.dossier.loader import load_dossier
from alliances.dossier.reader import read_dossier
from alliances.dossier.records import Change
from alliances.models import Agreement, Commitment, DataVersion, Event, PublicName, Source
from alliances.models.base import Tracked
from alliances.proposals.newer import propose
from tests.admin.desk import Desk

TRACKED = [
    each for each in apps.get_app_config("alliances").get_models() if issubclass(each, Tracked)
]
TOGO = "rus-tgo-military-cooperation-2025"


class Undone(Exception):
    """Raised to roll a transaction back."""


def number() -> int:
    return DataVersion.objects.current().number


@pytest.fixture
def moves(db: None) -> Callable[[], int]:
    """By how much the number moved since the last question; each question ends a transaction.

    The test's own transaction never commits, so what waits for its commit is dropped here.
    """
    last = number()
    connection.run_on_commit.clear()

    def moved() -> int:
        nonlocal last
        before, last = last, number()
        connection.run_on_commit.clear()
        return last - before

    return moved


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_every_save_and_deletion_of_a_record_moves_it(model: Any, moves: Any) -> None:
    row = model.objects.latest("pk")
    row.save()
    assert moves() == 1
    # Without those that keep the row: what is asked is whether its going is noticed.
    collector = Collector(using="default", origin=model.objects.none())
    collector.add([row])
    with suppress(Undone), transaction.atomic():
        collector.delete()
        assert moves() == 1
        raise Undone


def test_a_deletion_with_all_that_goes_along_moves_it_once(moves: Any) -> None:
    event = Event.objects.filter(evidence_for=None).first()
    assert event is not None
    event.delete()
    assert moves() == 1


def test_a_transaction_moves_it_once(moves: Any) -> None:
    with transaction.atomic():
        for source in Source.objects.all()[:3]:
            source.save()
    assert moves() == 1


def save_in_vain(row: Any) -> None:
    """Save a row in a block that is then rolled back."""
    with suppress(Undone), transaction.atomic():
        row.save()
        raise Undone


def test_what_is_rolled_back_moves_nothing(moves: Any) -> None:
    save_in_vain(Source.objects.latest("pk"))
    assert moves() == 0


def test_a_part_rolled_back_takes_only_its_own_move_along(moves: Any) -> None:
    source = Source.objects.latest("pk")
    with transaction.atomic():
        save_in_vain(source)
        source.save()
        save_in_vain(source)
    assert moves() == 1


def test_a_load_moves_it_once_and_a_load_that_changes_nothing_does_not(moves: Any) -> None:
    dossier = read_dossier(settings.BASE_DIR / "fixtures" / "dossier")
    load_dossier(dossier, Change("Reload of the dossier"), propose)
    assert moves() == 0
    dossier["source"][0]["title"] = "Another title"
    load_dossier(dossier, Change("Reload of the dossier"), propose)
    assert moves() == 1


def test_derived_rows_that_change_by_themselves_move_it(moves: Any) -> None:
    agreements = Agreement.objects.with_facts().filter(ref=TOGO)
    rebuild(agreements)
    assert moves() == 0
    Commitment.objects.filter(agreement__ref=TOGO).delete()
    rebuild(agreements)
    assert moves() == 1


def test_an_editor_s_save_moves_it(moves: Any, admin_client: Any) -> None:
    moves()
    desk = Desk(admin_client, Agreement.objects.get(ref=TOGO))
    assert moves() == 0
    assert desk.fill(signed_at="Lomé").save("Read the text").status_code == 302
    assert moves() == 1


@pytest.mark.parametrize(("plan", "moved"), [([("a migration", False)], 1), ([], 0)])
def test_migrations_that_ran_move_it(moves: Any, plan: Any, moved: int) -> None:
    config = apps.get_app_config("alliances")
    post_migrate.send(config, using="default", plan=plan, apps=apps, app_config=config)
    assert moves() == moved


def test_a_public_name_moves_it(moves: Any) -> None:
    name = PublicName.objects.create(user=User.objects.create_user("ed"), name="Ada")
    assert moves() == 1
    name.delete()
    assert moves() == 1


def test_readers_get_it_in_one_query(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        version = DataVersion.objects.current()
    assert version.label == f"{version.moved_at:%Y-%m-%d}.{version.number}"


def test_its_label_is_the_day_in_utc_and_the_number() -> None:
    version = DataVersion(number=1204, moved_at=datetime(2026, 11, 25, 23, 59, tzinfo=UTC))
    assert version.label == "2026-11-25.1204"


def test_without_its_row_it_starts_at_nought(empty_db: None) -> None:
    assert number() == 0
    DataVersion.objects.move()
    assert number() == 1
