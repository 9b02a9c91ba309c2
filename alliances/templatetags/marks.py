"""Room 4: cautions, verdicts, statuses and blanks as words with their mark. No queries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template

from alliances import vocabulary
from alliances.models import Claim, Omission
from alliances.models.claim import EVIDENCE_KINDS
from alliances.vocabulary import FACT_WORDS, Blank, Caution, Confidence, DayStatus, Verdict

register = template.Library()


@register.inclusion_tag("parts/_verdict.html")
def verdict_mark(code: str, words: str = "") -> dict[str, Any]:
    """The circle of a verdict, and its word (or `words`, for example with a count)."""
    verdict = Verdict(code)
    return {"verdict": verdict, "words": words or verdict.label}


@register.inclusion_tag("parts/_status.html")
def status_badge(code: str, suspended: bool = False, reported: bool = False) -> dict[str, Any]:
    """The shape of a status on a day, and its word."""
    return {"status": DayStatus(code), "suspended": suspended, "reported": reported}


@register.inclusion_tag("parts/_caution.html")
def caution(code: str) -> dict[str, Any]:
    """A caution in words, linked to what it means."""
    return {"caution": Caution(code), "kind": "caution"}


@register.inclusion_tag("parts/_caution.html")
def confidence(code: str) -> dict[str, Any]:
    """How far the record may be trusted, in words, linked to what they mean."""
    return {"caution": Confidence(code), "kind": "confidence"}


@register.inclusion_tag("parts/_blank.html", takes_context=True)
def blank(context: dict[str, Any], code: str, **details: Any) -> dict[str, Any]:
    """What a blank says, with the way out. Details: coverage, drops, clear."""
    return {"blank": Blank(code), "request": context.get("request"), **details}


@register.filter
def evidence_by_kind(record: Claim | Omission) -> dict[str, list[Any]]:
    """What a verdict or an omission rests on, by kind of record; reads `evidence`."""
    rows = list(record.evidence.all())
    return {
        kind: [getattr(row, kind) for row in rows if getattr(row, f"{kind}_id")]
        for kind in EVIDENCE_KINDS
    }


@register.filter
def fact_words(facts: Iterable[str]) -> str:
    """What a citation bears on, in words."""
    return ", ".join(str(FACT_WORDS.get(fact, fact)) for fact in facts)


register.filter("language_name", vocabulary.language_name)
