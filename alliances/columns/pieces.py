"""Room 3: runs of columns that several tables share: a state, an agreement, a rung, a clause."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from alliances.columns.column import Stored, Words
from alliances.columns.declared import of
from alliances.models import Agreement, Obligation, ObligationLevel, State
from alliances.rules.cautions import cautions_about, read_wording
from alliances.vocabulary import Caution, Family, Level, ValueKind

ISO = _("ISO 3166-1 alpha-3; SUN is the Soviet Union")
GEOSCHEME = _("By the geoscheme of the United Nations (M49).")
RANK = _("The rung of the scale. Nothing: without a rank, which does not mean weak.")
RUNGS = _("1 is the strongest, 9 the last")
AS_PRECISE = _("As precisely as the sources say. Nothing: not known.")


def permanent_id(model: Any, meaning: Words) -> Stored:
    """The first column of most tables."""
    return of(model, "ref", name="id", label=_("Permanent id"), meaning=meaning)


def state(name: str, label: Words, meaning: Words, at: str = "") -> tuple[Stored, Stored]:
    """A state's code and its name; `at`: the path to it, if it is not the column's name."""
    path = at or f"{name}__"
    by_name = format_lazy(_("{state}, by name"), state=label)
    usual = _("Its usual English name.")
    return (
        of(State, "ref", name=name, at=path, label=label, meaning=meaning, unit=ISO),
        of(State, "name", name=f"{name}_name", at=path, label=by_name, meaning=usual),
    )


def agreement(at: str = "agreement__") -> tuple[Stored, Stored]:
    """An agreement's id and its title; `at`: the path to it."""
    return (
        of(
            Agreement,
            "ref",
            name="agreement",
            at=at,
            label=_("Agreement"),
            meaning=_("The agreement's permanent id."),
        ),
        of(
            Agreement,
            "short_title",
            name="agreement_title",
            at=at,
            label=_("Agreement, by title"),
            meaning=_("Its short title, with its year."),
        ),
    )


def level(at: str = "level__", meaning: Words = "") -> tuple[Stored, ...]:
    """A rung of the scale in four columns; `at`: the path to it."""
    ref = f"{at}ref"
    return (
        Stored(
            name="level",
            label=_("Level"),
            meaning=meaning or _("What is promised, by its code on the scale."),
            kind=ValueKind.CODE,
            codes=Level,
            paths=(ref,),
        ),
        of(
            ObligationLevel,
            "label",
            name="level_label",
            at=at,
            label=_("Level, in words"),
            meaning=_("The level's name on the scale's page."),
        ),
        of(
            ObligationLevel,
            "rank",
            at=at,
            meaning=RANK,
            unit=RUNGS,
        ),
        Stored(
            name="family",
            label=_("Kind of promise"),
            meaning=_("The group of rungs that the level belongs to."),
            kind=ValueKind.CODE,
            codes=Family,
            paths=(ref,),
            read=_family,
        ),
    )


def clause(at: str, agreement_at: str, level_at: str) -> tuple[Stored, ...]:
    """What a clause says, and what to be careful about; `at`: the path to the clause."""
    return (
        of(Obligation, "article", at=at),
        of(
            Obligation,
            "article_seen",
            at=at,
            meaning=_("False: the article's number is recalled and unconfirmed."),
        ),
        of(Obligation, "mutual", at=at),
        *_casus_foederis(at),
        of(
            Obligation,
            "wording",
            at=at,
            meaning=_("A short quotation, its author's and not ours; cautions say whose words."),
            ours=False,
        ),
        of(Obligation, "note", at=at, meaning=_("Caveats on the clause.")),
        Stored(
            name="clause_source",
            label=_("Source of the clause"),
            meaning=_("The permanent id of the source in which the clause was found."),
            paths=(f"{at}source__ref",),
        ),
        of(Obligation, "confidence", at=at, meaning=_("How sure we are of the clause.")),
        _cautions(at, agreement_at, level_at),
    )


def _casus_foederis(at: str) -> tuple[Stored, Stored]:
    return (
        of(
            Obligation,
            "trigger_code",
            at=at,
            label=_("What sets it off, by code"),
            meaning=_("The casus foederis: the case in which the promise falls due."),
        ),
        of(
            Obligation,
            "trigger",
            at=at,
            label=_("What sets it off"),
            meaning=_("The casus foederis, in our words."),
        ),
    )


def _cautions(at: str, agreement_at: str, level_at: str) -> Stored:
    return Stored(
        name="cautions",
        label=_("Cautions"),
        meaning=_("What a reader should know before leaning on the clause."),
        kind=ValueKind.LIST,
        codes=Caution,
        paths=(
            *(f"{at}{name}" for name in ("wording", "note", "article", "article_seen")),
            f"{level_at}rank",
            f"{agreement_at}text_disclosure",
            f"{at}source__seen",
            f"{at}confidence",
        ),
        read=_cautions_about,
    )


def standing(model: Any, status: Words, suspended: Words) -> tuple[Stored, ...]:
    """How a row of a table of standings (`models.commitment.SpanRow`) stands on the day."""
    return (
        of(model, "status", label=_("Status on the day"), meaning=status),
        of(
            model,
            "reason",
            name="status_reason",
            label=_("Doubt about the status"),
            meaning=_("What behind it is not established or not exact. Nothing: no doubt."),
        ),
        of(
            model,
            "since",
            name="status_since",
            label=_("In this status since"),
            meaning=AS_PRECISE,
        ),
        of(model, "suspended", label=_("Suspended"), meaning=suspended),
    )


def page(paths: tuple[str, ...], read: Any) -> Stored:
    """Where the row stands on this site."""
    return Stored(
        name="page",
        label=_("Page"),
        meaning=_("Where it stands on this site."),
        kind=ValueKind.ADDRESS,
        paths=paths,
        read=read,
    )


def clause_address(agreement_ref: str, clause_ref: str | None = None) -> str:
    """A clause's place on its agreement's page; the page, where there is no clause."""
    place = f"#{clause_ref.rpartition('/')[2]}" if clause_ref else ""
    return f"/agreements/{agreement_ref}/{place}"


def _family(code: str | None) -> str | None:
    return str(Level.of(code).family) if code else None


def _cautions_about(*of_the_clause: Any) -> list[str]:
    return list(_codes_of_cautions(*of_the_clause))


# A clause is read in each direction, and for each pair of its parties: the same over and over.
@lru_cache(maxsize=2_000)
def _codes_of_cautions(
    wording: str | None,
    note: str | None,
    article: str | None,
    article_seen: Any,
    rank: int | None,
    disclosure: str,
    seen: str | None,
    confidence: str | None,
) -> tuple[str, ...]:
    found = cautions_about(
        read_wording(wording or "", note or ""),
        article=article or "",
        article_seen=bool(article_seen),
        ranked=rank is not None,
        disclosure=disclosure,
        seen=seen or "",
        confidence=confidence or "",
    )
    return tuple(str(caution) for caution in found)
