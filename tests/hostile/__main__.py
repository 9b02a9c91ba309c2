"""`make hostile`: 20,000 hostile requests, most in this process, some to a served site.

`python -m tests.hostile [SEED] [N]` asks a row again. What is shown: no fault (5xx), no word of the
inside, the security headers on every answer, and all the data as they were.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from random import Random, SystemRandom
from tempfile import TemporaryDirectory

import django
from django.core.management import call_command

# One in so many goes over a real connection, and half of those are spoilt below HTTP.
OVER_HTTP = 10
FAULTS_SHOWN = 40
# What Django calls suspicious it refuses, and says so.
COMPLAINT = re.compile(r" ERROR (?!django\.security)| CRITICAL |panicked")


def run(folder: str, seed: int, number: int) -> bool:
    """Ask, print the table of answers, and say whether all is well."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "alliances.config.settings", "DATA_DIR": folder}
    os.environ["RATE_LIMIT"] = "0"
    django.setup()
    # What is refused is no news here.
    logging.getLogger("django").setLevel(logging.CRITICAL)
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
    call_command("prepare", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    # What knows the models can be imported only now.
    from alliances.config.wsgi import application
    from tests.cache.site import Site as Served
    from tests.hostile import in_process, over_http
    from tests.hostile.asked import Hostile
    from tests.hostile.site import all_data, site

    row, before = Hostile(site(), seed), all_data()
    random = Random(seed)  # noqa: S311
    statuses: dict[str, Counter[int]] = {"in process": Counter(), "served": Counter()}
    faults: list[str] = []
    database = f"sqlite:///{folder}/db.sqlite3"
    served = Served(Path(folder), database, DEBUG="0", RATE_LIMIT="0")
    try:
        served.wait_until_it_answers()
        for count, asked in enumerate(islice(row, number)):
            if count % OVER_HTTP:
                status, found = in_process.asked_of(application, asked)
                statuses["in process"][status] += 1
            else:
                spoil = random if count % (2 * OVER_HTTP) else None
                status, found = over_http.asked_of(served.port, asked, spoil)
                statuses["served"][status] += 1
            faults += [f"{count}: {fault}: {asked}" for fault in found]
    finally:
        served.stop()
    for where, counted in statuses.items():
        print(f"{where}: {sum(counted.values())}")
        print("  " + ", ".join(f"{status} x {times}" for status, times in sorted(counted.items())))
    if all_data() != before:
        faults.append("the data are not as they were")
    log = Path(served.log.name).read_text()
    faults += [line for line in log.splitlines() if COMPLAINT.search(line)]
    print(*faults[:FAULTS_SHOWN], f"seed {seed}: {len(faults)} faults", sep="\n")
    return not faults


if __name__ == "__main__":
    chosen = int(sys.argv[1]) if len(sys.argv) > 1 else SystemRandom().randrange(10**6)
    many = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    print(f"seed {chosen}, {many} requests", flush=True)
    with TemporaryDirectory(prefix="hostile-") as scratch:
        sys.exit(not run(scratch, chosen, many))
