"""The three lists read a second time, from the YAML alone: what DESIGN section 5 and
docs/decisions/0005-lists.md say of filters, counts, search, order and pages, written once more.

From the code only the rules of status are used; they have worked rows of their own.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from alliances.partial_dates import PartialDate
from alliances.rules.commitments import commitments_of
from alliances.rules.status import Span, agreement_spans
from tests.rules.records import dossier, records

# The scale of DESIGN section 2, strongest first; its families; what has no rank.
RUNGS = [
    "mutual_defence_automatic",
    "mutual_defence_discretionary",
    "assistance_possible",
    "consultation",
    "non_assistance_to_aggressor",
    "non_aggression",
    "military_cooperation",
    "basing_or_access",
    "arms_and_technology",
]
FAMILIES = ["defence"] * 3 + ["consultation"] + ["restraint"] * 2 + ["cooperation"] * 3
FAMILY = dict(zip(RUNGS, FAMILIES, strict=True))
WITHOUT_A_RANK = ["unspecified", "undisclosed", "not_established"]

SHOWN = {"in_force", "provisional", "signed", "unknown"}
HOLDS = {"in_force", "provisional"}
ROWS_ON_A_PAGE = 50
ABOUT_THE_PARTNER = {"partner", "region", "strongest"}

Params = dict[str, list[str]]
Answer = tuple[list[Any], int]


@dataclass
class Promise:
    """One clause in one direction: its codes by parameter and what it is sorted and searched by."""

    key: tuple[str, str, str]  # the clause's id (else the agreement's), promisor, partner
    agreement: dict[str, Any]
    clause: dict[str, Any]
    level: str
    spans: tuple[Span, ...]
    texts: list[str]
    codes: dict[str, str] = field(default_factory=dict)

    @property
    def rank(self) -> int:
        """1 to 9; without a rank after all that have one."""
        return RUNGS.index(self.level) + 1 if self.level in RUNGS else 10

    def on(self, day: date) -> dict[str, str]:
        """Its codes on a day."""
        standing = at(self.spans, day)
        suspended = "yes" if standing.suspended else "no"
        return {**self.codes, "status": str(standing.status), "suspended": suspended}


@dataclass
class Text:
    """One agreement: its parties, its promises' levels, and what is searched."""

    key: str
    record: dict[str, Any]
    parties: list[str]
    levels: set[str]
    spans: tuple[Span, ...]
    texts: list[str]


def at(spans: tuple[Span, ...], day: date) -> Any:
    return next(span.standing for span in spans if span.first <= day < span.until)


# --- The files


@cache
def states() -> dict[str, dict[str, Any]]:
    return {record["id"]: record for record in records("states")}


@cache
def promises() -> list[Promise]:
    """Every promise of the dossier."""
    return [promise for record in records("agreements") for promise in promises_of(record)]


def promises_of(record: dict[str, Any]) -> Iterable[Promise]:
    clauses = {clause["id"]: clause for clause in record.get("provisions", ())}
    for found in commitments_of(dossier()[record["id"]]):
        clause = clauses[found.obligation] if found.obligation else {}
        names = [*names_of(found.promisor), *names_of(found.partner)]
        promise = Promise(
            (found.obligation or record["id"], found.promisor, found.partner),
            record,
            clause,
            found.level,
            found.spans,
            written([*texts_of_agreement(record), *texts_of_clause(clause), *names]),
        )
        promise.codes = {
            "promisor": found.promisor,
            "partner": found.partner,
            "region": states()[found.partner]["region"],
            "level": found.level,
            "family": FAMILY.get(found.level, "unranked"),
            "tested": "yes" if is_tested(record["id"], found.partner, found.spans) else "no",
            "kind": record["kind"],
            "force": record["force"],
            "disclosure": record["text_disclosure"],
            **({"trigger": clause["trigger_code"]} if clause else {}),
            **({"confidence": clause["confidence"]} if clause else {}),
        }
        yield promise


@cache
def agreements() -> list[Text]:
    """Every agreement of the dossier."""
    found = []
    for record in records("agreements"):
        parties = sorted({stay["state"] for stay in record["participations"]})
        texts = texts_of_agreement(record)
        texts += [text for c in record.get("provisions", ()) for text in texts_of_clause(c)]
        texts += [name for party in parties for name in names_of(party)]
        levels = {p.level for p in promises() if p.agreement is record}
        spans = agreement_spans(dossier()[record["id"]])
        found.append(Text(record["id"], record, parties, levels, spans, written(texts)))
    return found


def is_tested(agreement: str, partner: str, spans: tuple[Span, ...]) -> bool:
    """Whether an event of the partner, linked to the agreement, fell on a day when it may stand."""
    days = [
        PartialDate(event["date"])
        for event in records("events")
        if event["state"] == partner and agreement in event.get("agreements", ())
    ]
    may_stand = [s for s in spans if str(s.standing.status) in HOLDS | {"unknown"}]
    return any(s.first <= d.last and d.first < s.until for s in may_stand for d in days)


# --- Search


def names_of(ref: str) -> list[str]:
    state = states()[ref]
    names = [state.get(key, "") for key in ("name", "official_name", "native_name", "name_ru")]
    return [ref, *names, *state.get("other_names", ())]


def texts_of_agreement(record: dict[str, Any]) -> list[str]:
    keys = ("short_title", "title", "native_title", "summary", "notes")
    return [record.get(key, "") for key in keys]


def texts_of_clause(clause: dict[str, Any]) -> list[str]:
    return [clause.get(key, "") for key in ("article", "wording", "trigger", "note")]


def written(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text]


@cache
def plain(text: str) -> str:
    """Compared without regard to letter case, ё or е, the dash's length, the quotation marks."""
    text = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return "".join(_alike(letter) for letter in text)


def _alike(letter: str) -> str:
    if unicodedata.category(letter) == "Pd" or letter == "\N{MINUS SIGN}":
        return "-"
    if letter in "“”„«»":
        return '"'
    return "'" if letter in "‘’" else letter


def holds(texts: list[str], query: str) -> bool:
    """Whether every word stands somewhere in the texts."""
    return all(any(word in plain(text) for text in texts) for word in plain(query).split())


# --- The day's rows


def asked(params: Params, name: str) -> str:
    return next(iter(params.get(name, [])), "")


def only(params: Params, names: Iterable[str]) -> Params:
    """What is asked of these; without `status` what stands or may stand is shown."""
    params = {**params, "status": params.get("status") or sorted(SHOWN)}
    return {name: params[name] for name in names if params.get(name)}


def part(asked: Params, names: Iterable[str]) -> Params:
    return {name: asked[name] for name in names if name in asked}


def meets(codes: dict[str, str], asked: Params) -> bool:
    """Values of one parameter are OR, parameters are AND."""
    return all(codes.get(name) in values for name, values in asked.items())


class CommitmentsList:
    """One row per clause and direction."""

    facets = (
        *("promisor", "partner", "region", "level", "family", "trigger", "kind", "force"),
        *("status", "disclosure", "confidence", "suspended", "tested"),
    )
    sorts = ("strength", "partner", "date", "kind")
    default_sort = "strength"

    def __init__(self, params: Params) -> None:
        self.params = params
        self.day = date.fromisoformat(asked(params, "on"))
        found = (p for p in self.source() if holds(p.texts, asked(params, "q")))
        self.rows = [(promise, promise.on(self.day)) for promise in found]

    def source(self) -> Iterable[Promise]:
        return promises()

    def found(self, params: Params) -> set[Any]:
        """The keys of the rows under these values."""
        wanted = only(params, self.facets)
        return {promise.key for promise, codes in self.rows if meets(codes, wanted)}

    def in_order(self) -> list[Any]:
        found = self.found(self.params)
        rows = [promise for promise in promises() if promise.key in found]
        rows.sort(key=ties)
        value: Callable[[Promise], Any] = {
            "strength": lambda p: p.rank if p.rank < 10 else None,
            "partner": lambda p: letters(states()[p.key[2]]["slug"]),
            "date": lambda p: signed(p.agreement),
            "kind": lambda p: p.agreement["kind"],
        }[self.sort.removeprefix("-")]
        return [p.key for p in sorted_by(rows, value, self.sort.startswith("-"))]

    @property
    def sort(self) -> str:
        return asked(self.params, "sort") or self.default_sort

    def total(self, params: Params) -> int:
        return len(self.found(params))

    def counts(self, facet: str) -> dict[str, int]:
        """The rows that each choice would give: every other parameter kept, its own set aside."""
        others = {k: v for k, v in only(self.params, self.facets).items() if k != facet}
        return Counter(codes.get(facet, "") for _p, codes in self.rows if meets(codes, others))

    def page(self) -> list[Any] | None:
        """The rows of the page asked for; None past the end."""
        number = int(asked(self.params, "page") or 1)
        rows = self.in_order()
        last = max(1, -(-len(rows) // ROWS_ON_A_PAGE))
        start = (number - 1) * ROWS_ON_A_PAGE
        return rows[start : start + ROWS_ON_A_PAGE] if number <= last else None


def ties(promise: Promise) -> tuple[Any, ...]:
    """Rung, partner, promisor, agreement id, clause id; by letters."""
    clause, promisor, partner = promise.key
    slugs = (letters(states()[partner]["slug"]), letters(states()[promisor]["slug"]))
    return (promise.rank, *slugs, letters(promise.agreement["id"]), letters(clause))


def letters(text: str) -> str:
    """Capitals and dashes alike."""
    return text.lower().replace("–", "-").replace("—", "-")


def signed(record: dict[str, Any]) -> date | None:
    return PartialDate(record["signed"]).first if "signed" in record else None


def sorted_by(rows: list[Any], value: Callable[[Any], Any], reverse: bool) -> list[Any]:
    """Sorted; what has no value stays last in both directions; equals keep their order."""
    known = [row for row in rows if value(row) is not None]
    ordered = sorted({value(row) for row in known}, reverse=reverse)
    places = {each: place for place, each in enumerate(ordered)}
    known.sort(key=lambda row: places[value(row)])
    return known + [row for row in rows if value(row) is None]


class PartnersList(CommitmentsList):
    """One row per partner of one promisor, each showing its strongest promise that matches."""

    facets = (
        "partner",
        "strongest",
        *(f for f in CommitmentsList.facets if f not in ("promisor", "partner")),
    )

    def counts(self, facet: str) -> dict[str, int]:
        """The partners, each once, that each choice would give."""
        return {c: self.total({**self.params, facet: [c]}) for c in choices()[facet]}

    @property
    def promisor(self) -> str:
        return asked(self.params, "promisor") or "RUS"

    def source(self) -> Iterable[Promise]:
        return [p for p in promises() if p.key[1] == self.promisor]

    def __init__(self, params: Params) -> None:
        super().__init__(params)
        self.all = [(p, p.on(self.day)) for p in self.source()]
        self.families = {}
        for partner in {promise.key[2] for promise, _codes in self.all}:
            best = headline([row for row in self.all if row[0].key[2] == partner])
            if best:
                self.families[partner] = FAMILY.get(best.level, "unranked")
        for promise, codes in self.rows:
            if promise.key[2] in self.families:
                codes["strongest"] = self.families[promise.key[2]]

    def named(self) -> set[str]:
        """Partners that an article names and with whom nothing stands."""
        stands = {p.key[2] for p, codes in self.all if codes["status"] in SHOWN}
        return {
            row["partner"]
            for row in records("coverage")
            if row["promisor"] == self.promisor and row.get("named_in_article") == "true"
        } - stands

    def found(self, params: Params) -> set[Any]:
        wanted = only(params, self.facets)
        rows = {promise.key[2] for promise, codes in self.rows if meets(codes, wanted)}
        of_promises = set(self.facets) - ABOUT_THE_PARTNER
        if asked(params, "q") or any(params.get(name) for name in of_promises):
            return rows
        wanted = {name: params[name] for name in ABOUT_THE_PARTNER if params.get(name)}
        return rows | {
            partner
            for partner in self.named()
            if meets({"partner": partner, "region": states()[partner]["region"]}, wanted)
        }

    def shown(self, partner: str) -> Promise | None:
        """The strongest of its promises that match; else of those that do, whatever their standing."""
        wanted = only(self.params, self.facets)
        own = [row for row in self.rows if row[0].key[2] == partner]
        matching = [row for row in own if meets(row[1], wanted)]
        return headline(matching) or min((p for p, _c in matching), key=self.strength, default=None)

    def strength(self, promise: Promise) -> tuple[Any, ...]:
        return strength(promise, promise.on(self.day))

    def in_order(self) -> list[Any]:
        """Pairs of the partner and the clause (else the agreement) that its row shows."""
        rows = [(partner, self.shown(partner)) for partner in self.found(self.params)]
        rows.sort(key=lambda row: (row[1].rank if row[1] else 11, states()[row[0]]["name"]))
        value: Callable[[Any], Any] = {
            "strength": lambda row: row[1].rank if row[1] and row[1].rank < 10 else None,
            "partner": lambda row: letters(states()[row[0]]["slug"]),
            "date": lambda row: signed(row[1].agreement) if row[1] else None,
            "kind": lambda row: row[1].agreement["kind"] if row[1] else None,
        }[self.sort.removeprefix("-")]
        ordered = sorted_by(rows, value, self.sort.startswith("-"))
        return [(partner, shown.key[0] if shown else None) for partner, shown in ordered]

    def page(self) -> list[Any] | None:
        """All partners stand on one page."""
        return self.in_order() if int(asked(self.params, "page") or 1) == 1 else None


def headline(rows: list[tuple[Promise, dict[str, str]]]) -> Promise | None:
    """The strongest promise in force or provisional; if there is none, the strongest signed or
    unknown one. On a rung: unsuspended, then quoted, then longest in force.
    """
    for statuses in (HOLDS, SHOWN - HOLDS):
        standing = [row for row in rows if row[1]["status"] in statuses]
        if standing:
            return min(standing, key=lambda row: strength(*row))[0]
    return None


def strength(promise: Promise, codes: dict[str, str]) -> tuple[Any, ...]:
    start = promise.agreement.get("in_force")
    return (
        promise.rank,
        codes["suspended"] == "yes",
        not promise.clause.get("wording"),
        PartialDate(start).last if start else date.max,
        promise.key[0],
    )


class AgreementsList(CommitmentsList):
    """One row per agreement."""

    facets = ("party", "level", "family", "kind", "force", "status", "disclosure", "region")
    sorts = ("date", "strength", "name", "kind")
    default_sort = "-date"
    rows: list[Any]

    def source(self) -> Iterable[Any]:
        return []

    def __init__(self, params: Params) -> None:
        super().__init__(params)
        self.texts = [t for t in agreements() if holds(t.texts, asked(params, "q"))]
        self.status = {t.key: str(at(t.spans, self.day).status) for t in self.texts}
        self.codes = {text.key: self.codes_of(text) for text in self.texts}

    def codes_of(self, text: Text) -> list[list[dict[str, str]]]:
        """Its own codes, those of each party and those of each level: of each of the three one row
        must meet all that is asked of it.
        """
        own = {
            "kind": text.record["kind"],
            "force": text.record["force"],
            "disclosure": text.record["text_disclosure"],
            "status": self.status[text.key],
        }
        parties = [{"party": p, "region": states()[p]["region"]} for p in text.parties]
        levels = [{"level": x, "family": FAMILY.get(x, "unranked")} for x in text.levels]
        return [[own], parties, levels]

    def meeting(self, key: str, wanted: Params) -> list[list[dict[str, str]]]:
        """Of each of the three the rows that meet what is asked."""
        return [[row for row in rows if meets(row, part(wanted, row))] for rows in self.codes[key]]

    def counts(self, facet: str) -> dict[str, int]:
        """The agreements, each once, that each choice would give."""
        others = {k: v for k, v in only(self.params, self.facets).items() if k != facet}
        found: Counter[str] = Counter()
        for key in self.codes:
            meeting = self.meeting(key, others)
            if all(meeting):
                found.update({row[facet] for rows in meeting for row in rows if facet in row})
        return found

    def found(self, params: Params) -> set[Any]:
        wanted = only(params, self.facets)
        return {key for key in self.codes if all(self.meeting(key, wanted))}

    def in_order(self) -> list[Any]:
        found = self.found(self.params)
        rows = [text for text in agreements() if text.key in found]
        rows.sort(key=lambda text: (letters(text.record["short_title"]), letters(text.key)))
        value: Callable[[Text], Any] = {
            "date": lambda text: signed(text.record),
            "strength": lambda t: min(
                (r for r, x in enumerate(RUNGS) if x in t.levels), default=None
            ),
            "name": lambda text: letters(text.record["short_title"]),
            "kind": lambda text: text.record["kind"],
        }[self.sort.removeprefix("-")]
        return [text.key for text in sorted_by(rows, value, self.sort.startswith("-"))]


# --- Every choice of every facet


@cache
def choices() -> dict[str, list[str]]:
    """The codes that a parameter's values come from, as the files use them."""
    found: dict[str, set[str]] = {}
    for promise in promises():
        for name, code in promise.codes.items():
            found.setdefault(name, set()).add(code)
    by_hand = {
        "level": [*RUNGS, *WITHOUT_A_RANK],
        "family": [*dict.fromkeys(FAMILIES), "unranked"],
        "status": ["in_force", "provisional", "signed", "unknown", "ended", "not_yet", "draft"],
        "suspended": ["yes", "no"],
        "tested": ["yes", "no"],
    }
    listed = {name: sorted(codes) for name, codes in found.items()} | by_hand
    listed["promisor"] = listed["partner"] = listed["party"] = sorted(states())
    listed["strongest"] = listed["family"]
    for name, key in (("kind", "kind"), ("force", "force"), ("disclosure", "text_disclosure")):
        listed[name] = sorted({record[key] for record in records("agreements")})
    listed["region"] = sorted({state["region"] for state in states().values()})
    return listed
