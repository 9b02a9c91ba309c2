"""Room 2: the only door to text search: one folded column, a substring per word, all words.

The same rows on both databases: they compare folded text only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import reduce
from operator import and_
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.db.models.signals import post_delete, post_save

from alliances.folding import excerpt, fold, folded_words
from alliances.models import (
    Agreement,
    Claim,
    Commitment,
    Event,
    Obligation,
    Participation,
    SearchText,
    Source,
    State,
)

MOST_EXCERPTS = 3
SEARCHED: dict[type[Model], tuple[str, ...]] = {
    State: ("name", "official_name", "native_name", "name_ru", "other_names", "ref"),
    Agreement: ("short_title", "title", "native_title", "summary", "notes"),
    Obligation: ("article", "wording", "trigger", "note"),
    Source: ("title", "publisher", "note"),
    Event: ("title", "threat", "summary", "notes"),
    Claim: ("claim", "quote", "reasons", "notes"),
}


def commitments_with(query: str) -> Q:
    """On commitments' spans: each word stands in the clause, in its agreement's own texts or in
    the names of the two states.
    """
    return _each(query, _in_commitment)


def agreements_with(query: str) -> Q:
    """On agreements' spans: each word stands in its own texts, in a clause of it or in the names
    of a party.
    """
    return _each(query, _in_agreement)


def records_with(model: type[Model], query: str) -> Q:
    """On the records themselves: each word stands in the record's own texts."""
    return _each(query, lambda word: Q(pk__in=_records(model, word)))


def excerpts(subject: Commitment | Agreement, words: Sequence[str]) -> list[str]:
    """Pieces of a row's texts that hold the words (folded) which the row itself does not show."""
    if not words:
        return []
    shown = fold(" ".join(_shown(subject)))
    missing = [word for word in words if word not in shown]
    found: list[str] = []
    for record in _texts_behind(subject):
        for text in texts_of(record):
            held = [word for word in missing if word in fold(text)]
            if held:
                found.append(excerpt(text, held))
                missing = [word for word in missing if word not in held]
    return found[:MOST_EXCERPTS]


def _each(query: str, condition: Callable[[str], Q]) -> Q:
    return reduce(and_, (condition(word) for word in folded_words(query)), Q())


def _in_commitment(word: str) -> Q:
    states = _records(State, word)
    return (
        Q(commitment__agreement_id__in=_records(Agreement, word))
        | Q(commitment__obligation_id__in=_records(Obligation, word))
        | Q(commitment__promisor_id__in=states)
        | Q(commitment__partner_id__in=states)
    )


def _in_agreement(word: str) -> Q:
    clauses = Obligation.objects.filter(pk__in=_records(Obligation, word))
    stays = Participation.objects.filter(state_id__in=_records(State, word))
    return (
        Q(agreement_id__in=_records(Agreement, word))
        | Q(agreement_id__in=clauses.order_by().values("agreement_id"))
        | Q(agreement_id__in=stays.order_by().values("agreement_id"))
    )


def _records(model: type[Model], word: str) -> QuerySet[SearchText, Any]:
    """The primary keys of a model's records whose texts hold the word."""
    texts = SearchText.objects.filter(noun=model._meta.model_name, folded__contains=word)
    return texts.order_by().values("record")


def unequal() -> list[str]:
    """Records whose stored search text is not what their fields give, as noun and key."""
    stored = {(row.noun, row.record): row.folded for row in SearchText.objects.all()}
    given = {_key(record): _text(record) for record in _searched_records()}
    keys = stored.keys() | given.keys()
    return sorted(
        f"{noun} {pk}" for noun, pk in keys if stored.get((noun, pk)) != given.get((noun, pk))
    )


def _searched_records() -> Iterator[Model]:
    for model in SEARCHED:
        yield from model._base_manager.all()


def _key(record: Model) -> tuple[str, int]:
    return str(record._meta.model_name), record.pk


def texts_of(record: Model) -> Iterator[str]:
    """The texts of a record that a search reads, as they stand."""
    for name in SEARCHED[type(record)]:
        value = getattr(record, name)
        yield from value if isinstance(value, list) else [value]


def _text(record: Model) -> str:
    """The record's texts, a line each: no word runs from one field into the next."""
    return fold("\n".join(text for text in texts_of(record) if text))


def _saved(sender: type[Model], instance: Model, created: bool, **_signal: Any) -> None:
    noun, pk = _key(instance)
    text = {"folded": _text(instance)}
    if created or not SearchText.objects.filter(noun=noun, record=pk).update(**text):
        SearchText.objects.create(noun=noun, record=pk, **text)


def _deleted(sender: type[Model], instance: Model, **_signal: Any) -> None:
    noun, pk = _key(instance)
    SearchText.objects.filter(noun=noun, record=pk).delete()


def connect() -> None:
    """Keep the search text equal to the records after every save and deletion. Called once."""
    for model in SEARCHED:
        post_save.connect(_saved, sender=model, dispatch_uid=f"search text of {model.__name__}")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"no text of {model.__name__}")


def _shown(subject: Commitment | Agreement) -> Iterator[str]:
    if isinstance(subject, Agreement):
        yield subject.short_title
        yield from (state.name for state in subject.states)
    else:
        yield from (subject.agreement.short_title, subject.promisor.name, subject.partner.name)


def _texts_behind(subject: Commitment | Agreement) -> Iterator[Model]:
    if isinstance(subject, Agreement):
        yield subject
        yield from subject.obligations.all()
        yield from subject.states
        return
    if subject.obligation:
        yield subject.obligation
    yield from (subject.agreement, subject.promisor, subject.partner)
