"""Whose words a recorded wording is, and what to be careful about before leaning on a clause."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alliances.vocabulary import Caution, Confidence, Disclosure, Seen

REMARK = re.compile(r"(?P<words>.*\S)\s*\((?P<remark>[^()]*)\)", re.DOTALL)
NOT_THE_TEXT = ("press summary", "'s summary", "’s summary")
NOT_OWN_WORDS = (Caution.SUMMARY, Caution.SPOKEN)


@dataclass(frozen=True)
class Wording:
    """A wording as recorded: the words, the record's own remark on them, and whose they are."""

    words: str
    remark: str = ""
    cautions: tuple[Caution, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether the words are the text's own, translated or not."""
        return not any(caution in NOT_OWN_WORDS for caution in self.cautions)


def read_wording(wording: str, note: str) -> Wording:
    """Take the remark in brackets at a wording's end apart from its words, and weigh both."""
    found = REMARK.fullmatch(wording)
    words, remark = (found["words"], found["remark"]) if found else (wording, "")
    cautions = []
    if wording and ("summary" in remark or any(sign in note for sign in NOT_THE_TEXT)):
        cautions.append(Caution.SUMMARY)
    elif remark and not remark.startswith("translated"):
        cautions.append(Caution.SPOKEN)
    if wording and ("translat" in remark or "translat" in note.lower()):
        cautions.append(Caution.TRANSLATED)
    return Wording(words, remark, tuple(cautions))


def cautions_about(
    wording: Wording,
    *,
    article: str,
    article_seen: bool,
    ranked: bool,
    disclosure: str,
    seen: str,
    confidence: str,
) -> list[Caution]:
    """Every caution about a clause, in the vocabulary's order."""
    found = {
        *wording.cautions,
        *([Caution.NUMBER_UNCONFIRMED] if article and not article_seen else []),
        *([Caution.REPORTED] if ranked and disclosure == Disclosure.UNDISCLOSED else []),
        *([Caution.RECALLED] if seen == Seen.RECALL else []),
        *([Caution.LOW_CONFIDENCE] if confidence == Confidence.LOW else []),
    }
    return [caution for caution in Caution if caution in found]
