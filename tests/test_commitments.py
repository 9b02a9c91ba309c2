"""The derived tables: equal to the rules on every day, and after every kind of edit."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from random import Random
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from alliances import commitments
from alliances.commitments import rebuild, rebuilt_at_the_end, unequal
from alliances.models import (
    Agreement,
    AgreementSpan,
    Commitment,
    CommitmentSpan,
    Coverage,
    Obligation,
    ObligationLevel,
    ObligationSide,
    Participation,
    State,
)
from alliances.models.commitment import SpanQuerySet
from alliances.partial_dates import PartialDate
from alliances.queries import military_help_owed_to
from alliances.rules.commitments import commitments_of
from alliances.rules.status import Standing, agreement_on
from alliances.vocabulary import DayReason, DayStatus
from tests.rules.records import Row, dossier, worked_rows

pytestmark = pytest.mark.django_db

KEY = ("obligation__ref", "agreement__ref", "promisor__ref", "partner__ref")
STANDING = ["status", "since", "reason", "suspended", "suspended_since"]

CST = "csto-collective-security-treaty-1992"
PRK = "rus-prk-comprehensive-strategic-partnership-2024"
BLR = "rus-blr-security-guarantees-2024"
TOGO = "rus-tgo-military-cooperation-2025"
MALI = "rus-mli-military-cooperation-protocol-1994"  # its records hold no clause
UZB_2005 = "rus-uzb-allied-relations-2005"


def counts() -> tuple[int, int, int]:
    return tuple(model.objects.count() for model in (Commitment, CommitmentSpan, AgreementSpan))


def number() -> int:
    """How many commitments there are, once it is sure that all equal the rules."""
    assert unequal() == []
    return Commitment.objects.count()


def on(day: str, **found: object) -> SpanQuerySet:
    return CommitmentSpan.objects.on(date.fromisoformat(day)).filter(**found)


def status(clause: str, promisor: str, partner: str, day: str) -> str:
    """How one promise stands on a day, by the derived table."""
    span = on(
        day,
        commitment__obligation__ref=clause,
        commitment__promisor__ref=promisor,
        commitment__partner__ref=partner,
    ).get()
    return str(span.status)


def agreement(ref: str) -> Agreement:
    return Agreement.objects.get(ref=ref)


def state(ref: str) -> State:
    return State.objects.get(ref=ref)


def join(ref: str, code: str) -> Participation:
    return Participation.objects.create(
        ref=f"{ref}/{code.lower()}-1", agreement=agreement(ref), state=state(code)
    )


def leave(*refs: str) -> None:
    """Delete these stays, and first what other data sets code for them."""
    for ref in refs:
        stay = Participation.objects.get(ref=ref)
        stay.member_spells.all().delete()
        stay.delete()


def add_clause(ref: str, level: str = "consultation", **details: object) -> Obligation:
    return Obligation.objects.create(
        ref=f"{ref}/o9",
        agreement=agreement(ref),
        level=ObligationLevel.objects.get(ref=level),
        confidence="high",
        **details,
    )


@contextmanager
def derived_rows_left_alone() -> Iterator[None]:
    """Nothing is written to the derived tables inside."""
    with CaptureQueriesContext(connection) as captured:
        yield
    written = [
        query["sql"]
        for query in captured
        if not query["sql"].startswith("SELECT")
        and ("alliances_commitment" in query["sql"] or "alliances_agreementspan" in query["sql"])
    ]
    assert written == []


# The dossier as loaded


def test_the_dossier_gives_these_numbers_of_rows() -> None:
    assert Agreement.objects.count() == 115
    assert counts() == (922, 3061, 300)
    assert unequal() == []


def test_the_derived_table_gives_every_worked_row() -> None:
    rows = worked_rows()
    assert [as_stored(row) for row in rows] == rows


def as_stored(row: Row) -> Row:
    span = on(
        row.day,
        commitment__agreement__ref=row.agreement,
        commitment__obligation__ref=None if row.clause == "-" else f"{row.agreement}/{row.clause}",
        commitment__promisor__ref=row.promisor,
        commitment__partner__ref=row.partner,
    ).get()
    return row._replace(
        status=span.status,
        reason=span.reason or "-",
        since=span.since or "-",
        suspended=(span.suspended_since or "undated") if span.suspended else "-",
    )


def asked_days(seed: int, number: int) -> list[date]:
    """Days drawn from all and from the turns, with the days before and after them."""
    draw = Random(seed)  # noqa: S311 - a fixed seed, no secret
    turns = sorted(set(CommitmentSpan.objects.values_list("first", flat=True)) - {date.min})
    near = [turn + timedelta(days=step) for turn in turns for step in (-1, 0, 1)]
    first = date(1960, 1, 1)
    anywhere = [first + timedelta(days=draw.randrange(25_000)) for _each in range(number // 3)]
    return anywhere + draw.sample(near, number - len(anywhere))


def test_on_three_hundred_days_every_commitment_stands_once_and_as_the_rules_say() -> None:
    judged = {
        (each.obligation, ref, each.promisor, each.partner): each
        for ref, known in dossier().items()
        for each in commitments_of(known)
    }
    assert len(judged) == 922
    rules = {pk: judged[tuple(key)] for pk, *key in Commitment.objects.values_list("pk", *KEY)}
    days = asked_days(seed=1961, number=300)
    assert len(days) == 300
    for day in days:
        rows = CommitmentSpan.objects.on(day).order_by().values_list("commitment_id", *STANDING)
        assert len(rows) == 922
        assert {row[0]: row[1:] for row in rows} == {
            pk: columns(each.on(day)) for pk, each in rules.items()
        }


def columns(standing: Standing) -> tuple[object, ...]:
    return (
        standing.status,
        standing.since,
        standing.reason or "",
        standing.suspended,
        standing.suspended_since,
    )


def test_on_any_day_every_agreement_stands_once_and_as_the_rules_say() -> None:
    for day in asked_days(seed=1962, number=60):
        rows = AgreementSpan.objects.on(day).values_list("agreement__ref", *STANDING)
        assert len(rows) == 115
        assert {row[0]: row[1:] for row in rows} == {
            ref: columns(agreement_on(known, day)) for ref, known in dossier().items()
        }


# What a reader asks


def owed(partner: str, day: str) -> list[tuple[str, str, str, str, str, str]]:
    spans = military_help_owed_to(state(partner), date.fromisoformat(day))
    return sorted(
        (
            span.commitment.promisor.ref,
            span.commitment.obligation.ref,
            span.commitment.obligation.article,
            span.status,
            span.reason,
            span.since or "",
        )
        for span in spans
    )


IN_THE_CSTO = [
    (member, clause, article, "in_force", "", "2006-08-16")
    for member in ("ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK")
    for clause, article in (
        ("csto-charter-2002/o1", "Art. 2"),
        ("csto-collective-security-treaty-1992/o2", "Art. 4 (1992 text)"),
    )
]
BY_RUSSIA_ALONE = [
    ("RUS", f"{UZB_2005}/o1", "Art. 2", "unknown", "start_not_established", "2005-11-14"),
    ("RUS", f"{UZB_2005}/o2", "Art. 2", "unknown", "start_not_established", "2005-11-14"),
    (
        "RUS",
        "rus-uzb-interstate-relations-1992/o1",
        "",
        "unknown",
        "start_not_established",
        "1992-05-30",
    ),
]


BY_THOSE_WHO_LEFT = [
    (member, f"{CST}/o2", "Art. 4 (1992 text)", "ended", "", "1999-04-20")
    for member in ("AZE", "GEO")
]


def test_on_the_day_before_it_suspended_itself_uzbekistan_was_owed_help_by_six() -> None:
    found = owed("UZB", "2012-06-27")
    assert found == sorted(IN_THE_CSTO + BY_RUSSIA_ALONE + BY_THOSE_WHO_LEFT)


def test_a_day_after_it_left_only_russias_own_promises_are_not_known_to_have_ended() -> None:
    ended = [(*row[:3], "ended", "", "2012-12-19") for row in IN_THE_CSTO]
    found = owed("UZB", "2012-12-20")
    assert found == sorted(ended + BY_RUSSIA_ALONE + BY_THOSE_WHO_LEFT)


@pytest.mark.parametrize(
    ("day", "suspended"),
    [("2012-06-27", 0), ("2012-12-20", 0), ("2024-02-21", 0), ("2024-02-22", 70)],
)
def test_armenia_is_suspended_from_2024_02_22_in_every_promise_by_it_and_to_it(
    day: str, suspended: int
) -> None:
    csto = on(day, suspended=True, commitment__agreement__ref__startswith="csto-")
    by_it, to_it = (
        csto.filter(**{f"commitment__{side}__ref": "ARM"}) for side in ("promisor", "partner")
    )
    assert by_it.count() + to_it.count() == suspended


def test_russia_owes_north_korea_defence_from_2024_12_04() -> None:
    defence = {"commitment__promisor__ref": "RUS", "commitment__partner__ref": "PRK"}
    defence |= {"commitment__level__rank__lte": 3, "status": "in_force"}
    assert list(on("2024-12-03", **defence)) == []
    assert [span.commitment.obligation.ref for span in on("2024-12-04", **defence)] == [f"{PRK}/o1"]


# After every kind of edit


def test_an_agreement_whose_dates_change_stands_anew() -> None:
    treaty = agreement(TOGO)
    treaty.in_force, treaty.status = PartialDate("2026-01-02"), "in_force"
    treaty.save()
    assert number() == 922
    assert status(f"{TOGO}/o3", "RUS", "TGO", "2026-01-01") == "signed"
    assert status(f"{TOGO}/o3", "RUS", "TGO", "2026-01-02") == "in_force"
    assert AgreementSpan.objects.on(date(2026, 1, 2)).get(agreement=treaty).status == "in_force"


def test_a_state_that_joins_owes_and_is_owed_every_mutual_clause() -> None:
    join(PRK, "BLR")
    assert number() == 922 + 4 * 4
    assert status(f"{PRK}/o1", "BLR", "PRK", "2024-12-04") == "in_force"


def test_a_party_that_was_none_owes_and_is_owed_nothing() -> None:
    leave(f"{CST}/geo-1")
    assert Commitment.objects.count() == 922 - 4 * 16
    assert number() == 922 - 4 * 16


def test_parties_deleted_together_owe_and_are_owed_nothing() -> None:
    Participation.objects.filter(agreement__ref=BLR, state__ref="BLR").delete()
    assert number() == 922 - 4 * 2


def test_a_stay_whose_dates_change_stands_anew() -> None:
    stay = Participation.objects.get(ref=f"{CST}/arm-1")
    stay.left = PartialDate("2026-03-01")
    stay.save()
    assert number() == 922
    assert status(f"{CST}/o1", "RUS", "ARM", "2026-02-28") == "in_force"
    assert status(f"{CST}/o1", "RUS", "ARM", "2026-03-01") == "ended"


def test_a_clause_more_is_owed_in_both_directions() -> None:
    add_clause(PRK)
    assert number() == 922 + 2


def test_the_first_clause_takes_the_place_of_the_unranked_commitments() -> None:
    mali = Commitment.objects.filter(agreement__ref=MALI)
    assert set(mali.values_list("level__ref", flat=True)) == {"not_established"}
    clause = add_clause(MALI)
    assert mali.count() == 2
    assert set(mali.values_list("level__ref", flat=True)) == {"consultation"}
    clause.delete()
    assert number() == 922
    assert set(mali.values_list("level__ref", flat=True)) == {"not_established"}


def test_an_undisclosed_text_without_clauses_is_said_to_be_so() -> None:
    treaty = agreement(MALI)
    treaty.text_disclosure = "undisclosed"
    treaty.save()
    assert number() == 922
    assert {each.level.ref for each in treaty.commitments.all()} == {"undisclosed"}


def test_a_clause_whose_level_changes_changes_its_commitments() -> None:
    clause = Obligation.objects.get(ref=f"{PRK}/o2")
    clause.level = ObligationLevel.objects.get(ref="assistance_possible")
    clause.save()
    assert number() == 922
    assert {each.level.rank for each in clause.commitments.all()} == {3}
    assert clause.commitments.count() == 2


def test_a_clause_that_is_deleted_is_owed_no_longer() -> None:
    Obligation.objects.get(ref=f"{CST}/o1").delete()
    assert Commitment.objects.count() == 922 - 30
    Obligation.objects.filter(agreement__ref=CST).delete()
    assert number() == 922 - 30 - 30 - 4 * 72 + 72


def test_a_side_more_a_side_changed_and_a_side_less() -> None:
    clause = Obligation.objects.get(ref=f"{BLR}/o3")
    added = [
        ObligationSide.objects.create(obligation=clause, state=state(code), role=role)
        for code, role in (("BLR", "owes"), ("RUS", "owed"))
    ]
    assert clause.commitments.count() == 2
    clause.sides.get(role="owes", state__ref="RUS").delete()
    assert [str(each.promisor) for each in clause.commitments.all()] == ["Belarus"]
    added[0].state = state("RUS")
    added[0].save()
    assert number() == 922
    assert [str(each.promisor) for each in clause.commitments.all()] == ["Russia"]


def test_a_one_sided_clause_that_becomes_mutual_is_owed_both_ways() -> None:
    clause = Obligation.objects.get(ref=f"{BLR}/o3")
    clause.sides.all().delete()
    assert clause.commitments.count() == 0
    clause.mutual = True
    clause.save()
    assert number() == 922 + 1


def test_the_stored_status_speaks_from_wherever_research_reaches() -> None:
    clause = f"{UZB_2005}/o1"
    row = Coverage.objects.get(ref="rus-uzb")
    row.researched_to = PartialDate("2020")
    row.save()
    assert status(clause, "RUS", "UZB", "2020-12-30") == "unknown"
    assert status(clause, "RUS", "UZB", "2020-12-31") == "in_force"
    row.delete()
    assert status(clause, "RUS", "UZB", "2026-04-29") == "unknown"
    Coverage.objects.create(
        ref="uzb-rus",
        promisor=state("UZB"),
        partner=state("RUS"),
        researched_to=PartialDate("2021-05"),
        scope="multilateral only",
    )
    assert number() == 922
    assert status(clause, "RUS", "UZB", "2021-05-30") == "unknown"
    assert status(clause, "RUS", "UZB", "2021-05-31") == "in_force"


def test_an_agreement_is_deleted_with_its_commitments_once_nothing_rests_on_it() -> None:
    treaty = agreement("rus-zwe-military-cooperation-2010s")
    with pytest.raises(ProtectedError):
        treaty.delete()
    assert counts() == (922, 3061, 300)
    for what_rests_on_it in ("event_links", "evidence_for"):
        rows = getattr(treaty, what_rests_on_it)
        assert rows.exists()
        rows.all().delete()
    treaty.delete()
    assert number() == 922 - 4
    assert AgreementSpan.objects.count() == 300 - 1


@pytest.mark.parametrize("ref", ["TGO", "RUS", "ARM", "SUN"])
def test_a_state_whose_name_and_code_change_keeps_its_commitments(ref: str) -> None:
    in_order = Commitment.objects.order_by("pk").values_list("pk", flat=True)
    before = list(in_order)
    renamed = state(ref)
    renamed.name, renamed.ref = "Another name", "XXA"
    with derived_rows_left_alone():
        renamed.save()
    assert unequal() == []
    assert list(in_order.all()) == before


@pytest.mark.parametrize(
    ("model", "ref"), [(Participation, f"{TOGO}/tgo-1"), (Obligation, f"{TOGO}/o3")]
)
def test_what_moves_to_another_agreement_is_missed_in_neither(model: type, ref: str) -> None:
    row = model.objects.get(ref=ref)
    row.agreement = agreement(PRK)
    row.save()
    moved_party, moved_clause = 922 - 6 + 4 * 4, 922 - 2 + 2
    assert number() == (moved_party if model is Participation else moved_clause)


def test_a_side_that_moves_to_another_clause_is_missed_in_neither() -> None:
    side = ObligationSide.objects.get(obligation__ref=f"{BLR}/o3", role="owes")
    side.obligation = Obligation.objects.get(ref="rus-bfa-military-cooperation-2018/o2")
    side.state = state("BFA")
    side.save()
    assert number() == 922 - 1


def test_a_clause_less_an_agreement_less_leaves_every_other_row_as_it_is() -> None:
    others = Commitment.objects.exclude(agreement__ref=PRK).order_by("pk")
    before = list(others.values_list("pk", "spans"))
    add_clause(PRK)
    assert list(others.values_list("pk", "spans")) == before


# Several edits at a time, none, and those that fail


def test_several_edits_are_rebuilt_once_at_the_end() -> None:
    with patch.object(commitments, "rebuild", wraps=rebuild) as rebuilding:
        with rebuilt_at_the_end():
            join(PRK, "BLR")
            with rebuilt_at_the_end():
                add_clause(PRK)
            leave(f"{CST}/geo-1")
            assert rebuilding.call_count == 0
        assert rebuilding.call_count == 1
        (rebuilt,) = rebuilding.call_args.args
        assert sorted(found.ref for found in rebuilt) == [CST, PRK]
    assert number() == 922 + 4 * 4 + 6 - 4 * 16


def test_a_new_agreement_with_its_parties_and_clauses_is_derived_at_the_end() -> None:
    with rebuilt_at_the_end():
        Agreement.objects.create(
            ref="x",
            title="X",
            short_title="X",
            kind="alliance_treaty",
            force="treaty",
            signed=PartialDate("2020-01-01"),
            in_force=PartialDate("2021"),
            status="in_force",
            text_disclosure="full",
            confidence="high",
        )
        for code in ("TGO", "MLI", "PRK"):
            join("x", code)
        add_clause("x", "mutual_defence_automatic")
    assert number() == 922 + 6
    assert status("x/o9", "TGO", "PRK", "2021-12-31") == "in_force"


def test_a_save_that_changes_nothing_writes_no_derived_row() -> None:
    clause = Obligation.objects.get(ref=f"{BLR}/o3")
    with derived_rows_left_alone():
        agreement(CST).save()
        agreement(MALI).save()
        Participation.objects.get(ref=f"{CST}/uzb-2").save()
        clause.save()
        clause.sides.first().save()
        Coverage.objects.get(ref="rus-uzb").save()
        state("RUS").save()
        rebuild(Agreement.objects.with_facts())
    assert counts() == (922, 3061, 300)


def edit_many() -> None:
    treaty = agreement(TOGO)
    treaty.in_force, treaty.status = PartialDate("2026-01-02"), "in_force"
    treaty.save()
    Obligation.objects.get(ref=f"{PRK}/o1").delete()
    join(PRK, "BLR")


def break_off(_judged: object) -> None:
    raise RuntimeError("broken off")


@pytest.mark.parametrize("inside", [True, False], ids=["by an edit", "by the rebuild"])
def test_what_is_broken_off_is_undone_and_not_remembered(
    inside: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        with rebuilt_at_the_end():
            edit_many()
            if inside:
                break_off(None)
            monkeypatch.setattr(commitments, "commitments_of", break_off)

    with pytest.raises(RuntimeError, match="broken off"):
        broken()
    monkeypatch.undo()
    assert agreement(TOGO).status == "signed"
    assert Obligation.objects.filter(ref=f"{PRK}/o1").exists()
    assert number() == 922
    assert counts() == (922, 3061, 300)
    with patch.object(commitments, "rebuild", wraps=rebuild) as rebuilding:
        agreement(CST).save()
    assert [found.ref for found in rebuilding.call_args.args[0]] == [CST]


# What the check finds


def tamper() -> list[str]:
    """Spoil the derived rows of seven agreements, each in another way."""
    spans, own = CommitmentSpan.objects, AgreementSpan.objects
    spans.filter(commitment__agreement__ref=PRK).last().delete()
    spans.filter(commitment__agreement__ref=CST).update(status="draft")
    own.filter(agreement__ref=BLR).last().delete()
    own.filter(agreement__ref=TOGO).update(since=PartialDate("1999"))
    Commitment.objects.filter(agreement__ref=MALI).last().delete()
    Commitment.objects.filter(agreement__ref=UZB_2005).update(
        level=ObligationLevel.objects.get(ref="basing_or_access")
    )
    Commitment.objects.create(
        agreement=agreement("cis-charter-1993"),
        promisor=state("RUS"),
        partner=state("TGO"),
        level=ObligationLevel.objects.get(ref="consultation"),
    )
    return sorted([PRK, CST, BLR, TOGO, MALI, UZB_2005, "cis-charter-1993"])


def test_rows_that_are_not_equal_to_the_rules_are_found_and_mended() -> None:
    spoilt = tamper()
    assert sorted(unequal()) == spoilt
    rebuild(Agreement.objects.with_facts())
    assert number() == 922
    assert counts() == (922, 3061, 300)


def test_a_stored_span_is_read_back_as_the_rules_value() -> None:
    libya = on("2026-04-30", commitment__agreement__ref="rus-lby-arms-contract-2010").get()
    assert libya.standing == Standing(
        DayStatus.IN_FORCE, reason=DayReason.START_NOT_ESTABLISHED, suspended=True
    )
    armenia = on(
        "2024-02-22",
        commitment__obligation__ref=f"{CST}/o5",
        commitment__promisor__ref="ARM",
        commitment__partner__ref="RUS",
    ).get()
    assert armenia.standing == Standing(
        DayStatus.IN_FORCE, PartialDate("1994-04-20"), None, True, PartialDate("2024-02-22")
    )
