"""A browser tab that remembers what a page did wrong while nobody looked."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

OWN_SCHEMES = ("data", "blob")
QUIET = [
    "--no-sandbox",  # CI runs as root
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks for, nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's own Chromium: Playwright's download is never asked for."""
    program = shutil.which("chromium")
    if not program:
        raise RuntimeError("Chromium is missing (on Debian: apt install chromium).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=QUIET)
        yield browser
        browser.close()


class Tab:
    """A page in a fresh context, with nothing cached, and its complaints in order."""

    def __init__(
        self,
        browser: Browser,
        address: str,
        theme: str = "light",
        width: int = 1280,
        javascript: bool = True,
    ) -> None:
        self.context = browser.new_context(
            base_url=address,
            color_scheme=theme,
            viewport={"width": width, "height": 800},
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        self.host = urlsplit(address).netloc
        self.complaints: list[str] = []
        self.answers: list[Response] = []
        self.page: Page = self.context.new_page()
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self.watch)
        self.page.on("requestfailed", self.miss)
        self.page.on("response", lambda answer: self.answers.append(answer))

    def open(self, path: str, status: int = 200) -> Page:
        """Go to a path of the site, which must answer so."""
        answer = self.page.goto(path)
        assert answer
        assert answer.status == status
        return self.page

    def hear(self, message: ConsoleMessage) -> None:
        """Errors and warnings, refusals of the Content-Security-Policy among them.

        Only Chromium's own remark on a page that is meant to be refused is let pass.
        """
        remark = "Failed to load resource: the server responded with a status of 4"
        of_the_page = message.location["url"] == self.page.url and message.text.startswith(remark)
        if message.type in ("error", "warning") and not of_the_page:
            self.complaints.append(f"console {message.type}: {message.text}")

    def watch(self, request: Request) -> None:
        """A request to anybody else."""
        asked = urlsplit(request.url)
        if asked.netloc != self.host and asked.scheme not in OWN_SCHEMES:
            self.complaints.append(f"another host: {request.url}")

    def miss(self, request: Request) -> None:
        """A request without an answer, unless the reader left before it came."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def bytes_sent(self) -> dict[str, int]:
        """What came over the wire, encoded as sent, by address."""
        sizes = ((answer.url, answer.request.sizes()) for answer in self.answers)
        return {url: size["responseBodySize"] + size["responseHeadersSize"] for url, size in sizes}
