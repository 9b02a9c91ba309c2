"""Room 4: the picture that social networks show beside a link, from the page's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from alliances import queries
from alliances.cache import SharedResponse
from alliances.figures.social import RANKS, Card, Mark, light_colours, picture
from alliances.figures.social_words import answer, plain
from alliances.filtersets import PartnersParameters
from alliances.models import Claim, CommitmentSpan, Event, Source, State
from alliances.queries import Relation
from alliances.views.footnotes import Footnotes
from alliances.views.pages import is_exact
from alliances.vocabulary import DayStatus

TOKENS = settings.BASE_DIR / "static" / "css" / "tokens.css"
A_DAY = 86_400
Strip = tuple[str, list[Mark]]


@require_safe
@cache_control(public=True, max_age=A_DAY)
def social(request: HttpRequest, kind: str, ref: str) -> HttpResponse:
    """One record's picture on the day asked for; the site's under `site/reference`."""
    if kind not in CARDS:
        raise Http404
    parameters = PartnersParameters(request.GET)
    if not parameters.is_valid():
        return HttpResponseBadRequest(parameters.errors.as_text(), content_type="text/plain")
    title, sentence, strips = CARDS[kind](ref, parameters)
    card = Card(_("Military commitments"), title, sentence, strips)
    colours = light_colours(TOKENS.read_text(encoding="utf-8"))
    answer_kind = SharedResponse if is_exact(request.GET, parameters.unknown()) else HttpResponse
    # It is made to be shown by other sites.
    headers = {"Cross-Origin-Resource-Policy": "cross-origin"}
    return answer_kind(picture(card, colours), content_type="image/png", headers=headers)


Said = tuple[str, str, list[Strip]]


def _site(ref: str, parameters: PartnersParameters) -> Said:
    if ref != "reference":
        raise Http404
    sentence = _(
        "Who has promised whom what degree of military support, in which clause, and what came of "
        "it when it was tested."
    )
    scale = [Mark(rank, DayStatus.IN_FORCE) for rank in RANKS]
    return _("Who has promised whom what"), sentence, [(_("Nine rungs, strongest first"), scale)]


def _state(ref: str, parameters: PartnersParameters) -> Said:
    subject = get_object_or_404(State.objects.select_related("continued_by").by_any_name(ref))
    promisor, day = parameters.seen_from(subject), parameters.day
    page = queries.state_page(subject, promisor, day)
    context = {"state": subject, "promisor": promisor, "page": page, "day": day}
    words = _answer("states/_answer.html", context)
    strips = [_strip(promisor, subject, page.promised)] if subject != promisor else []
    return subject.name, words, strips


def _pair(ref: str, parameters: PartnersParameters) -> Said:
    names = ref.split("--")
    first, second = (
        get_object_or_404(State.objects.by_any_name(name)) for name in (names[0], names[-1])
    )
    if first == second:
        raise Http404
    between = queries.between(first, second, parameters.day)
    context = {"first": first, "second": second, "between": between, "day": parameters.day}
    strips = [_strip(first, second, between.there), _strip(second, first, between.back)]
    return f"{first} – {second}", _answer("pairs/_answer.html", context), strips


def _agreement(ref: str, parameters: PartnersParameters) -> Said:
    subject = get_object_or_404(queries.agreements_with_page(parameters.day), ref=ref)
    page = queries.agreement_page(subject, parameters.day)
    words = _answer("agreements/_answer.html", {"agreement": subject, "page": page})
    best = {r.clause.level.rank: r.status or "" for r in reversed(page.clauses) if r.stands}
    marks = [Mark(rank, best.get(rank, "")) for rank in RANKS]
    return str(subject), words, [(_on(parameters.day), marks)]


def _event(ref: str, parameters: PartnersParameters) -> Said:
    key = get_object_or_404(Event.objects.only("pk"), ref=ref).pk
    (test,) = queries.events_with_tests([key])
    words = _answer("events/_answer.html", {"event": test.event})
    return test.event.title, words, [(_("Promises tested"), _marks(test.promises))]


def _claim(ref: str, parameters: PartnersParameters) -> Said:
    claim = get_object_or_404(Claim.objects.select_related("state"), ref=ref)
    verdict = f"{claim.get_verdict_display()}. " if claim.verdict else ""
    title = _("What the article says of %(state)s") % {"state": claim.state}
    return title, f"{verdict}{claim.claim}", []


def _source(ref: str, parameters: PartnersParameters) -> Said:
    source = get_object_or_404(Source, ref=ref)
    words = plain(render_to_string("sources/_described.html", {"source": source}))
    return source.title, words, []


CARDS: dict[str, Callable[[str, PartnersParameters], Said]] = {
    "site": _site,
    "state": _state,
    "pair": _pair,
    "agreement": _agreement,
    "event": _event,
    "claim": _claim,
    "source": _source,
}


def _answer(template: str, context: dict[str, object]) -> str:
    """The sentence of the page, by the template that the page has it from."""
    return answer(render_to_string(template, {**context, "notes": Footnotes([])}))


def _strip(promisor: State, partner: State, relation: Relation) -> Strip:
    words = _("%(promisor)s to %(partner)s") % {"promisor": promisor, "partner": partner}
    return words, _marks(span for _rank, span, _said in relation.strip if span)


def _marks(spans: Iterable[CommitmentSpan]) -> list[Mark]:
    """Nine marks; of several promises on a rung the first."""
    found = {span.commitment.level.rank: span for span in reversed(list(spans))}
    return [
        Mark(rank, span.status, span.suspended, span.is_reported)
        if (span := found.get(rank))
        else Mark(rank)
        for rank in RANKS
    ]


def _on(day: date) -> str:
    return _("Rungs on %(day)s") % {"day": date_format(day, "j M Y")}
