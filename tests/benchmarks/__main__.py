"""`make bench`: the site beside tuned Datasette, a hello and raw sqlite3; writes docs/benchmarks.md.

`make bench TIMES="1 100 1000"` measures more of the dossier. Every answer's status is checked.
"""

import csv
import io
import json
import platform
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from tests.benchmarks.data import DAY, FACETS, prepare
from tests.benchmarks.servers import Server, datasette, fetch, hello, site

ROUNDS, SECONDS = 5, 3
REPORT = Path("docs/benchmarks.md")
SCRIPT = Path(__file__).with_name("report.lua")
PAGE, API = f"/commitments/?on={DAY}", f"/api/v1/commitments/?on={DAY}&page_size=25"
CSV = f"/commitments/?on={DAY}&format=csv"
BROTLI = {"Accept-Encoding": "br"}


@dataclass
class Case:
    """One address of one server, asked over `connections` at once; what each round gave."""

    name: str
    server: Server
    path: str
    connections: int = 1
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    rounds: list[dict[str, float]] = field(default_factory=list)
    size: int = 0

    def check(self) -> None:
        """One answer before each round: its status, and the same body as ever."""
        status, body = fetch(self.server.url(self.path), **self.headers)
        assert status == self.status, (self.name, status, body[:200])
        # Datasette prints how long it took, so its pages differ by a few bytes.
        assert not self.size or abs(self.size - len(body)) < 20, (self.name, self.size, len(body))
        self.size = len(body)

    def run(self) -> None:
        """One round. The check before it also drains what the last case left queued."""
        self.check()
        headers = [part for pair in self.headers.items() for part in ("-H", ": ".join(pair))]
        done = subprocess.run(
            ["wrk", "-t1", f"-c{self.connections}", f"-d{SECONDS}s", "-s", str(SCRIPT), *headers,
             self.server.url(self.path)],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        result = json.loads(done.stdout.split("RESULT ")[1].splitlines()[0])
        assert not result["failed"], (self.name, result)
        self.rounds.append(result)

    def of(self, key: str) -> float:
        """The median of the rounds."""
        return median(each[key] for each in self.rounds)


def facets_page(times: int) -> str:
    """Datasette's page of the same rows in the same order with the same facets."""
    facets = "&".join(f"_facet={name}" for name in FACETS)
    return f"/flat-{times}/commitments?_size=50&_sort=rank&{facets}"


def json_rows(times: int) -> str:
    """Datasette's JSON of 25 rows without facets."""
    return f"/flat-{times}/commitments.json?_size=25&_sort=rank&_nofacet=1&_shape=objects"


def csv_times(folder: Path, database: Path, server: Server) -> tuple[float, float]:
    """Seconds for all commitments as CSV from the site, and from sqlite3 and csv.writer with the
    statement that the site itself sends.
    """
    statement = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c",
         "from tests.benchmarks.statement import statement; print(statement())"],
        env={"DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{database}"},
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    sql, parameters = json.loads(statement)
    ours, raw = [], []
    for _round in range(ROUNDS):
        began = perf_counter()
        status, body = fetch(server.url(CSV))
        ours.append(perf_counter() - began)
        assert status == 200
        began = perf_counter()
        out = io.StringIO()
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA query_only = 1")
            csv.writer(out).writerows(connection.execute(sql, parameters))
        out.getvalue().encode()
        raw.append(perf_counter() - began)
        assert body.count(b"\n") > out.getvalue().count("\n") * 0.99
    return median(ours), median(raw)


def row(*cells: Any) -> str:
    """A line of a table."""
    return f"| {' | '.join(map(str, cells))} |\n"


def measure(folder: Path, all_times: list[int]) -> str:
    """Everything, as the text of the report."""
    cases: dict[str, Case] = {}
    servers: list[Server] = []
    csv_ratio: dict[int, tuple[float, float]] = {}
    memory: dict[str, tuple[float, float]] = {}

    def add(name: str, server: Server, path: str, **options: Any) -> None:
        cases[name] = Case(name, server, path, **options)

    sites: dict[int, tuple[Path, Server]] = {}
    for times in all_times:
        database, flat = prepare(folder, times)
        plain, tuned = site(folder, database, cache=0), datasette(flat)
        servers += [plain, tuned]
        sites[times] = database, plain
        add(f"page {times}x", plain, PAGE)
        add(f"Datasette page {times}x", tuned, facets_page(times))
        add(f"API {times}x", plain, API)
        add(f"Datasette JSON {times}x", tuned, json_rows(times))
    kept = site(folder, sites[all_times[0]][0], cache=32)
    body = fetch(kept.url(PAGE), **BROTLI)[1]
    etag = etag_of(kept)
    small, nothing = hello(len(body)), hello(0)
    servers += [kept, small, nothing]
    add("kept page", kept, PAGE, connections=8, headers=BROTLI)
    add("hello of its size", small, "/", connections=8)
    add("304", kept, PAGE, connections=8, headers={**BROTLI, "If-None-Match": etag}, status=304)
    try:
        for _round in range(ROUNDS):
            for case in cases.values():
                case.run()
        for times in all_times:
            csv_ratio[times] = csv_times(folder, *sites[times])
        for name, case in cases.items():
            memory[name] = case.server.memory(), case.server.cold
    finally:
        for server in servers:
            server.stop()
    return report(all_times, cases, csv_ratio, memory)


def etag_of(server: Server) -> str:
    """The ETag of the kept page."""
    from urllib.request import Request, urlopen

    with urlopen(Request(server.url(PAGE), headers=BROTLI)) as answer:  # noqa: S310
        return str(answer.headers["ETag"])


def report(
    all_times: list[int],
    cases: dict[str, Case],
    csv_ratio: dict[int, tuple[float, float]],
    memory: dict[str, tuple[float, float]],
) -> str:
    """The measured figures as Markdown."""

    def ratio(one: str, other: str) -> str:
        return f"{cases[one].of('per_second') / cases[other].of('per_second'):.2f}"

    first, last = all_times[0], all_times[-1]
    growth = cases[f"page {first}x"].of("per_second") / cases[f"page {last}x"].of("per_second")
    text = f"Measured on {date.today()} by `make bench`: Python {platform.python_version()}, one process each, medians of {ROUNDS} rounds of {SECONDS} s, every status checked.\n\n"
    text += row("What", "Ratio", "Bar") + row("---", "---:", "---")
    for times in all_times:
        text += row(
            f"Page with all facets, uncached, to Datasette's, {times}x",
            ratio(f"page {times}x", f"Datasette page {times}x"),
            "3 (aim 8)",
        )
    text += row(f"Growth of the page's time, {first}x to {last}x", f"{growth:.2f}", "at most 2")
    for times in all_times:
        text += row(
            f"API, 25 rows, to Datasette's JSON without facets, {times}x",
            ratio(f"API {times}x", f"Datasette JSON {times}x"),
            "1 (aim 3)",
        )
    text += row(
        "Kept page to a hello of its size, 8 connections",
        ratio("kept page", "hello of its size"),
        "0.75 (aim 0.85)",
    )
    text += row("304 to that hello", ratio("304", "hello of its size"), "1")
    for times, (ours, raw) in csv_ratio.items():
        text += row(
            f"All commitments as CSV: time to sqlite3 and csv.writer, {times}x",
            f"{ours / raw:.2f}",
            "at most 1.5 (aim 1.1)",
        )
    text += "\n" + row(
        "Case", "per second", "p50 ms", "p95 ms", "p99 ms", "bytes", "MiB (PSS)", "cold start s"
    )
    text += row("---", *["---:"] * 7)
    for name, case in cases.items():
        pss, cold = memory[name]
        speeds = [f"{case.of(key):.2f}" for key in ("p50", "p95", "p99")]
        text += row(
            name, f"{case.of('per_second'):.1f}", *speeds, case.size, f"{pss:.0f}", f"{cold:.2f}"
        )
    return text


if __name__ == "__main__":
    wanted = [int(number) for number in sys.argv[1:]] or [1, 100]
    with TemporaryDirectory(prefix="bench-") as scratch:
        figures = measure(Path(scratch), wanted)
    print(figures)
    before, _mark, after = REPORT.read_text(encoding="utf-8").partition("<!-- figures -->\n")
    _old, _mark, rest = after.partition("<!-- end of figures -->\n")
    REPORT.write_text(
        f"{before}<!-- figures -->\n{figures}<!-- end of figures -->\n{rest}", encoding="utf-8"
    )
