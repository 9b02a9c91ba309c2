"""One kept answer, under every Accept-Encoding and If-None-Match that a client may send."""

from django.http import HttpResponse
from django.test import RequestFactory
from django.utils.cache import get_conditional_response
from hypothesis import given
from hypothesis import strategies as st

from alliances.cache.kept import kept, preferred
from tests.cache.asking import UNPACKED

HEADERS = [("Content-Type", "text/html"), ("Content-Length", "0"), ("Vary", "Accept-Encoding")]
BODY = b"Who has promised whom what? " * 100
KEPT = kept(HEADERS, BODY)
ETAGS = [variant.etag for variant in KEPT.variants.values()]

weights = st.sampled_from(["", ";q=1", ";q=0.5", "; q=0.25", ";q=0", ";q=0.000", ";q=many"])
lists = st.lists(
    st.tuples(st.sampled_from(["br", "gzip", "GZIP", "deflate", "identity", "*", ""]), weights),
    max_size=6,
    unique_by=lambda element: element[0].lower(),
)


def weight(written: str) -> float:
    number = written.partition("=")[2]
    return {"": 1.0, "many": 0.0}.get(number) if number in ("", "many") else float(number)  # type: ignore[return-value]


@given(lists)
def test_the_encoding_is_the_one_that_is_liked_best(elements: list[tuple[str, str]]) -> None:
    liked = {name.lower(): weight(written) for name, written in elements}
    chosen = preferred(", ".join(name + written for name, written in elements))
    ours = {name: liked.get(name, liked.get("*", 0.0)) for name in ("br", "gzip")}
    if chosen == "identity":
        assert max(ours.values()) == 0
    else:
        assert ours[chosen] == max(ours.values()) > 0
    if ours["br"] == ours["gzip"] > 0:
        assert chosen == "br"


@given(lists)
def test_the_body_is_the_same_in_every_encoding(elements: list[tuple[str, str]]) -> None:
    accept = ", ".join(name + written for name, written in elements)
    status, headers, body = KEPT.answer(accept, "")
    said = dict(headers)
    encoding = said.get("Content-Encoding", "identity")
    assert (status, encoding) == ("200 OK", preferred(accept))
    assert (said["Content-Length"], UNPACKED[encoding](body)) == (str(len(body)), BODY)
    assert said["ETag"] == KEPT.variants[encoding].etag


@given(st.text(max_size=30))
def test_any_text_is_answered(said: str) -> None:
    _status, headers, body = KEPT.answer(said, said)
    assert UNPACKED[dict(headers).get("Content-Encoding", "identity")](body) in (BODY, b"")


def test_three_encodings_are_three_strong_etags() -> None:
    assert len(set(ETAGS)) == 3
    assert all(etag.startswith('"') and etag.endswith('"') for etag in ETAGS)
    other = kept(HEADERS, BODY + b"!")
    assert not {variant.etag for variant in other.variants.values()} & set(ETAGS)


tags = st.sampled_from([*ETAGS, *(f"W/{etag}" for etag in ETAGS), '"other"', 'W/"other"', '""'])
KNOWN = st.one_of(
    st.sampled_from(["", "*", " * "]),
    st.lists(tags, min_size=1, max_size=4).map(", ".join),
)


@given(KNOWN, st.sampled_from(["br", "gzip", "identity"]))
def test_what_is_known_is_what_django_would_call_known(known: str, encoding: str) -> None:
    request = RequestFactory().get("/", headers={"if-none-match": known.strip()})
    etag = KEPT.variants[encoding].etag
    theirs = get_conditional_response(request, etag=etag, response=HttpResponse())
    status, headers, body = KEPT.answer(encoding, known)
    assert int(status[:3]) == (theirs.status_code if theirs else 200)
    assert (body == b"") is (status == "304 Not Modified")
    assert dict(headers)["ETag"] == etag


def test_a_picture_is_kept_as_it_is() -> None:
    picture = kept([("Content-Type", "image/png"), ("Content-Length", "9")], b"\x89PNG rest")
    assert [*picture.variants] == ["identity"]
    _status, headers, body = picture.answer("br, gzip", "")
    assert (body, dict(headers).get("Content-Encoding")) == (b"\x89PNG rest", None)


def test_pages_are_kept_compressed() -> None:
    assert all(len(variant.body) < len(BODY) / 10 for variant in KEPT.variants.values())
    assert sum(len(each.body) for each in KEPT.variants.values() if not each.packed) < KEPT.size
