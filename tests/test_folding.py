"""Folding: what a search takes for the same, and where in a text a word stands."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from alliances.folding import excerpt, fold, folded_words, stretches

LETTERS = st.sampled_from("aAbß éÉё ЁёиЙйİıﬁſΣς–-—“”\"'’№²½ⅣＡ ,.\n")
texts = st.one_of(st.text(max_size=40), st.text(LETTERS, max_size=40))


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("TOGO", "togo"),
        ("ТОГО", "того"),
        ("ЁЛКА", "елка"),
        ("е\u0308лка", "елка"),  # the two dots as a mark of their own
        ("партнёрство", "партнерство"),
        ("Й", "й"),
        ("и\u0306", "й"),
        ("Côte d’Ivoire", "côte d'ivoire"),
        ("Russia–Togo", "russia-togo"),
        ("Russia—Togo − 1", "russia-togo - 1"),
        ("«Вагнер» “Wagner” „Wagner“", '"вагнер" "wagner" "wagner"'),
        ("Protocol № 5", "protocol no 5"),
        ("ﬁnal", "final"),
        ("Straße", "strasse"),
        ("１９９２", "1992"),
    ],
)
def test_what_a_reader_would_call_the_same_folds_alike(written: str, compared: str) -> None:
    assert fold(written) == compared


def test_what_differs_stays_different() -> None:
    assert fold("и") != fold("й")
    assert fold("é") != fold("e")
    assert fold("togo") != fold("to go")


def test_the_words_of_a_query_stand_once_each_in_their_order() -> None:
    assert folded_words("  Того  ТОГО\tRussia–DPRK того\n") == ["того", "russia-dprk"]
    assert folded_words(" \n ") == []


@given(texts)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(texts)
def test_letter_case_never_matters(text: str) -> None:
    plain = "".join(letter for letter in text if letter.upper().lower() == letter.lower())
    assert fold(plain.upper()) == fold(plain.lower()) == fold(plain)


@given(texts, st.lists(texts, max_size=3))
def test_the_stretches_joined_are_the_text(text: str, queries: list[str]) -> None:
    words = [word for query in queries for word in folded_words(query)]
    pieces = list(stretches(text, words))
    assert "".join(piece for piece, _hit in pieces) == text
    assert all(piece for piece, _hit in pieces)
    assert all(one[1] != other[1] for one, other in pairwise(pieces))


@given(texts, texts)
def test_every_place_of_a_word_is_marked_and_nothing_else(text: str, query: str) -> None:
    words = folded_words(query)[:1]
    assume(words)
    pieces = list(stretches(text, words))
    assert any(hit for _piece, hit in pieces) == (words[0] in fold(text))
    for piece, hit in pieces:
        assert (words[0] in fold(piece)) == hit


def test_places_that_overlap_are_one_mark() -> None:
    assert list(stretches("Banana", ["ana"])) == [("B", False), ("anana", True)]


def test_a_mark_covers_whole_letters_only() -> None:
    """A letter that folds to several is marked whole, and so are the marks on a letter."""
    assert list(stretches("eﬁn", ["i"])) == [("e", False), ("ﬁ", True), ("n", False)]
    assert list(stretches("е\u0308ж", ["е"])) == [("е\u0308", True), ("ж", False)]


@given(texts, texts, st.integers(0, 30))
def test_an_excerpt_is_a_piece_of_the_text(text: str, query: str, around: int) -> None:
    words = folded_words(query)[:1]
    shown = excerpt(text, words, around)
    piece = shown.removeprefix("… ").removesuffix(" …")
    assert piece in text
    assert not words or (words[0] in fold(piece)) == (words[0] in fold(text))
    assert len(piece) <= 2 * around + len(max(text.split(" "), key=len))


TEXT = "The States Parties shall confirm the obligation to restrain from threat or use of force."


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("states", "The States Parties shall confirm …"),
        ("obligation", "… Parties shall confirm the obligation to restrain from …"),
        ("force", "… from threat or use of force."),
        ("nothing", "The States Parties shall …"),
    ],
)
def test_an_excerpt_is_cut_at_blanks_around_the_word(word: str, shown: str) -> None:
    assert excerpt(TEXT, [word], around=30) == shown


def test_a_short_text_is_its_own_excerpt() -> None:
    assert excerpt("Art. 4", ["art."]) == "Art. 4"


def test_the_word_stands_in_its_excerpt_also_where_it_is_long() -> None:
    word = "x" * 100
    assert word in excerpt(f"Before it {word} after it", [word], around=60)
