"""What the tests of the detail pages share: the answer, fragments that resolve, a world of a size."""

import re

from alliances.commitments import rebuilt_at_the_end
from alliances.models import Agreement, Citation, Event, EventAgreement, Source, State
from tests.views.conftest import make_promise, make_state
from tests.views.reading import words

LEVELS = ("mutual_defence_automatic", "consultation", "non_aggression")


def answers(page: str) -> list[str]:
    """The sentences that a page opens with, without footnote numbers."""
    bare = re.sub(r'<sup class="fn">.*?</sup>', "", page)
    return [words(found) for found in re.findall(r'<p class="answer">(.*?)</p>', bare, re.DOTALL)]


def section(page: str, name: str) -> str:
    """The words under the heading with this id, up to the next heading of its rank."""
    return words(page.split(f'id="{name}"')[1].split("<h2")[0].partition(">")[2])


def broken_fragments(page: str) -> list[str]:
    """Links within the page that lead nowhere or to two places."""
    ids = re.findall(r' id="([^"]+)"', page)
    return [target for target in re.findall(r'href="#([^"]+)"', page) if ids.count(target) != 1]


def footnote_numbers(page: str) -> list[int]:
    """Footnote numbers in the order in which the page first uses them."""
    return list(dict.fromkeys(int(n) for n in re.findall(r'<a href="#s(\d+)">', page)))


def listed_numbers(page: str) -> list[int]:
    """The numbers of the list of sources."""
    return [int(n) for n in re.findall(r'<li id="s(\d+)">', page)]


def two_states_with(number: int) -> tuple[State, State, Agreement]:
    """Two states with this many agreements (of one clause), each with a source and an event."""
    with rebuilt_at_the_end():
        promisor, partner = make_state(f"Giver {number}"), make_state(f"Taker {number}")
        agreements = [make_promise(promisor, partner, level) for level in LEVELS[:number]]
    for agreement in agreements:
        source = Source.objects.create(
            ref=f"s-{agreement.ref}", title="A text", kind="official", language="en", seen="page"
        )
        event = Event.objects.create(
            ref=f"e-{agreement.ref}",
            date="2005-01-01",
            state=partner,
            title="An attack",
            request="none",
            response="none",
            confidence="high",
        )
        EventAgreement.objects.create(event=event, agreement=agreement)
        Citation.objects.create(
            ref=f"{agreement.ref}/c1", agreement=agreement, source=source, supports=["in_force"]
        )
        Citation.objects.create(ref=f"{event.ref}/c1", event=event, source=source)
    return promisor, partner, agreements[0]
