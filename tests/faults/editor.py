"""An editor with a browser: signs in, and saves a field of a record by the form that the desk gives.

All that the fault tests know of the desk is here.
"""

from __future__ import annotations

from http.cookies import SimpleCookie
from urllib.parse import urlencode

from lxml import html

from tests.backups.stored import execute
from tests.faults.databases import NAME, PASSWORD
from tests.faults.site import Answer, FaultySite

SIGN_IN, PUBLISH = "/admin/login/", "_publish"
PUBLISHED = "Published. Readers see it now."


class Editor:
    """One session of the account that the prepared databases have; it may publish at once."""

    def __init__(self, site: FaultySite, database: str) -> None:
        self.site, self.database = site, database
        self.cookies: dict[str, str] = {}

    def sign_in(self) -> Editor:
        signed_in = self._send(SIGN_IN, {"username": NAME, "password": PASSWORD})
        assert signed_in.status == 302, signed_in.page
        return self

    def save(self, model: str, ref: str, **values: str) -> Answer:
        """Open a record's form, change fields of it and send the whole of it."""
        statement = f"SELECT id FROM alliances_{model} WHERE ref = '{ref}'"  # noqa: S608
        ((key,),) = execute(self.database, statement)
        address = f"/admin/alliances/{model}/{key}/change/"
        return self._send(address, values | {"change_reason": "Read it again"}, PUBLISH)

    def is_published(self, answer: Answer) -> bool:
        """Whether the desk acknowledged a save: not where somebody else came first."""
        assert answer.status == 302, (answer.status, refusals(answer))
        page = html.fromstring(self._ask("GET", answer.headers["Location"]).page)
        return PUBLISHED in [said.text_content().strip() for said in page.find_class("success")]

    def _send(self, address: str, values: dict[str, str], button: str = "") -> Answer:
        shown = self._ask("GET", address)
        if shown.status != 200:
            return shown
        forms = html.fromstring(shown.page).forms
        (form,) = [form for form in forms if set(values) <= set(form.fields)]
        for name, value in values.items():
            form.fields[name] = value
        sent = [*form.form_values(), *([(button, "yes")] if button else [])]
        return self._ask("POST", address, urlencode(sent))

    def _ask(self, method: str, address: str, form: str | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = self.site.answer(method, address, form, headers)
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        self.cookies = {name: value for name, value in self.cookies.items() if value}
        return answer


def refusals(answer: Answer) -> list[str]:
    """What the form complains of."""
    found = html.fromstring(answer.page).find_class("errorlist")
    return [" ".join(each.text_content().split()) for each in found]
