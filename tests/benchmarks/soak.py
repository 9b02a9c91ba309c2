"""`make soak`: ten minutes of mixed load on the site as it is served; what its workers' memory does.

`python -m tests.benchmarks.soak [MINUTES]`. Readers ask pages, data and what they know already; an
editor saves a record at the desk every few seconds, so that all kept pages are made anew. Every
status is checked. The result goes into docs/benchmarks.md.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from http.client import HTTPConnection
from http.cookiejar import CookieJar
from itertools import count
from pathlib import Path
from random import Random
from statistics import mean, quantiles
from time import monotonic, sleep
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import lxml.html

from tests.benchmarks.__main__ import REPORT, row
from tests.browser.site import Site

READERS, SEED = 4, 1
SECONDS_BETWEEN_SAVES, SECONDS_BETWEEN_SAMPLES = 15, 2
# Minute two is the first in which every page has been asked for.
EARLY = (60, 120)
BAR = 0.05
EDITOR, PASSWORD = "soaker", "a long and quiet river"
LISTS = [
    f"/{page}/?{query}"
    for page in ("commitments", "states", "agreements", "matrix")
    for query in ("", "promisor=RUS", "family=defence", "on=2012-06-27", "status=ended", "q=treaty")
]
DATA = [
    f"/{page}/?format={kind}"
    for page in ("commitments", "states", "agreements")
    for kind in ("csv", "json", "xlsx")
]
API = [f"/api/v1/{table}/?page_size=25" for table in ("commitments", "agreements", "states")]


class Load:
    """What is asked, and how it was answered."""

    def __init__(self, site: Site) -> None:
        self.port = int(site.address.rpartition(":")[2])
        self.over = threading.Event()
        self.times: dict[str, list[float]] = defaultdict(list)
        self.wrong: Counter[str] = Counter()
        sitemap = self.ask("/sitemap.xml", {})[2].decode()
        pages = [address.partition(":")[2] for address in re.findall("<loc>([^<]+)", sitemap)]
        self.pages = ["/" + address.split("/", 3)[3] for address in pages]

    def ask(self, path: str, headers: dict[str, str]) -> tuple[int, str, bytes]:
        """Status, ETag and body, over a connection of its own, as most readers come."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("ETag", ""), answer.read()

    def read(self, number: int) -> None:
        """One reader, until it is over: most ask pages, many of them a second time."""
        random = Random(SEED + number)  # noqa: S311
        known: dict[str, str] = {}
        asking: dict[str, tuple[int, Callable[[], str]]] = {
            "page": (60, lambda: random.choice(self.pages)),
            "list": (15, lambda: random.choice(LISTS)),
            "known page": (15, lambda: random.choice([*known] or ["/"])),
            "API": (8, lambda: random.choice(API)),
            "file": (2, lambda: random.choice(DATA)),
        }
        kinds, weights = list(asking), [weight for weight, _path in asking.values()]
        while not self.over.is_set():
            (kind,) = random.choices(kinds, weights)
            path = asking[kind][1]()
            etag = known.get(path, "") if kind == "known page" else ""
            began = monotonic()
            headers = {"Accept-Encoding": "br"} | ({"If-None-Match": etag} if etag else {})
            status, tag, _body = self.ask(path, headers)
            self.times["304" if status == 304 else kind].append(monotonic() - began)
            if status != 200 and not (status == 304 and etag):
                self.wrong[f"{status} {path}"] += 1
            if kind == "page" and tag and len(known) < 200:
                known[path] = tag

    def save(self, address: str) -> None:
        """An editor who renames a state through the desk's own form, until it is over."""
        desk = build_opener(HTTPCookieProcessor(CookieJar()))
        _sent(desk, f"{address}/admin/login/", {"username": EDITOR, "password": PASSWORD})
        for number in count():
            began = monotonic()
            name = f"Soaked {number}"
            change = {"official_name": name, "change_reason": "Soaked.", "_publish": "1"}
            _sent(desk, f"{address}/admin/alliances/state/1/change/", change)
            self.times["save"].append(monotonic() - began)
            if name not in self.ask("/api/v1/states/?page_size=300", {})[2].decode():
                self.wrong["a save that readers do not see"] += 1
            if self.over.wait(SECONDS_BETWEEN_SAVES):
                return


def _sent(desk: OpenerDirector, page: str, change: dict[str, str]) -> None:
    """The last form of a page with these fields changed, sent as a browser would."""
    with desk.open(page, timeout=60) as answer:
        form = lxml.html.fromstring(answer.read().decode()).forms[-1]
    fields = dict(form.form_values()) | change
    desk.open(page, urlencode(fields).encode(), timeout=60).close()


def make_editor(site: Site) -> None:
    """Somebody who may publish what they write."""
    subprocess.run(
        site.command("createsuperuser", "--noinput", f"--username={EDITOR}", "--email=e@localhost"),
        env=site.environment | {"DJANGO_SUPERUSER_PASSWORD": PASSWORD},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def workers(site: Site) -> list[int]:
    """The server's own processes that answer."""
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text()
    return [int(pid) for pid in children.split()]


def resident(pid: int) -> float:
    """Resident memory in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def samples(site: Site, seconds: float) -> Iterator[tuple[float, dict[int, float]]]:
    """Each worker's memory every few seconds, and when."""
    began = monotonic()
    while (now := monotonic() - began) < seconds:
        yield now, {pid: resident(pid) for pid in workers(site)}
        sleep(SECONDS_BETWEEN_SAMPLES)


def soaked(minutes: float) -> tuple[str, bool]:
    """The report, and whether the bar is reached and every answer was right."""
    site = Site()
    try:
        make_editor(site)
        load = Load(site)
        threads = [threading.Thread(target=load.read, args=(n,)) for n in range(READERS)]
        threads.append(threading.Thread(target=load.save, args=(site.address,)))
        for thread in threads:
            thread.start()
        taken = list(samples(site, minutes * 60))
        load.over.set()
        for thread in threads:
            thread.join()
        busy = os.getloadavg()
    finally:
        complaints = site.stop()
    return report(minutes, load, taken, complaints, busy)


def report(
    minutes: float,
    load: Load,
    taken: list[tuple[float, dict[int, float]]],
    complaints: str,
    busy: tuple[float, ...],
) -> tuple[str, bool]:
    """What was measured as Markdown."""
    last = taken[-1][0] - (EARLY[1] - EARLY[0])
    text = (
        f"Measured on {date.today()} by `make soak`: {minutes:g} minutes, {READERS} readers and an"
        f" editor; the machine's load at the end {busy[0]:.1f} on {os.cpu_count()} cores.\n\n"
    )
    text += row("Worker", "MiB, minute two", "MiB, last minute", "change", "most")
    text += row("---", *["---:"] * 4)
    well = not load.wrong and not complaints
    for number, pid in enumerate(taken[-1][1], 1):
        held = [(when, memory[pid]) for when, memory in taken if pid in memory]
        early = mean(size for when, size in held if EARLY[0] <= when < EARLY[1])
        late = mean(size for when, size in held if when >= last)
        most = max(size for _when, size in held)
        well = well and abs(late / early - 1) <= BAR
        text += row(
            number, f"{early:.1f}", f"{late:.1f}", f"{late / early - 1:+.1%}", f"{most:.1f}"
        )
    well = well and len({tuple(memory) for _when, memory in taken}) == 1
    text += "\n" + row("Asked", "times", "p50 ms", "p95 ms", "p99 ms") + row("---", *["---:"] * 4)
    for kind, times in sorted(load.times.items()):
        parts = quantiles(times, n=100) if len(times) > 1 else times * 99
        shown = (f"{parts[at - 1] * 1000:.1f}" for at in (50, 95, 99))
        text += row(kind, len(times), *shown)
    text += f"\nWrong answers: {sum(load.wrong.values())}. Complaints of the server: {complaints or 'none'}.\n"
    if load.wrong:
        print(load.wrong.most_common(10), file=sys.stderr)
    return text, well


if __name__ == "__main__":
    figures, is_well = soaked(float(sys.argv[1]) if len(sys.argv) > 1 else 10)
    print(figures)
    if len(sys.argv) < 2:
        begin, end = "<!-- soak -->\n", "<!-- end of soak -->\n"
        before, _mark, after = REPORT.read_text(encoding="utf-8").partition(begin)
        rest = after.partition(end)[2]
        REPORT.write_text(f"{before}{begin}{figures}{end}{rest}", encoding="utf-8")
    sys.exit(not is_well)
