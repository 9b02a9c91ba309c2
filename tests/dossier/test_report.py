"""check_dossier says what is wrong; the shipped dossier has no contradiction."""

import pytest
from django.core.management import CommandError, call_command

from alliances.models import Agreement, Commitment

pytestmark = pytest.mark.django_db


def last_line(out: str) -> str:
    return out.splitlines()[-1]


def test_the_shipped_dossier_holds_no_contradiction(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("check_dossier")
    out = capsys.readouterr().out
    assert last_line(out) == (
        "uncited: 2; cited for a clause only: 17; recalled: 13; missing: 154; related only: 3"
    )
    assert (
        "related only: arm-2023-09-karabakh-offensive: agreements: "
        "ARM takes no part in rus-aze-allied-declaration-2022\n" in out
    )


def test_a_contradiction_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    agreement = Agreement.objects.get(ref="rus-tgo-military-cooperation-2025")
    agreement.ended = "2026-01-01"
    agreement.save()
    with pytest.raises(CommandError, match=r"^1 contradictions\.$"):
        call_command("check_dossier")
    assert capsys.readouterr().out.splitlines()[0] == (
        "contradictory: rus-tgo-military-cooperation-2025: status: "
        "With an end date the status is expired, terminated or superseded."
    )


def test_derived_rows_that_are_not_equal_to_the_rules_are_an_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Commitment.objects.filter(agreement__ref="rus-tgo-military-cooperation-2025").delete()
    with pytest.raises(CommandError):
        call_command("check_dossier")
    assert capsys.readouterr().out.splitlines()[0] == (
        "not equal to the rules: rus-tgo-military-cooperation-2025: its commitments must be rebuilt"
    )
