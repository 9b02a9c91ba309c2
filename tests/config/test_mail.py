"""Where mail goes is read strictly, and a refusal never repeats the address."""

from pathlib import Path
from stat import S_IMODE

import pytest
from django.core.exceptions import ImproperlyConfigured

from alliances.config.checks import mail_is_sent
from alliances.config.mail import TO_FILES, env_mail

SMTP = "django.core.mail.backends.smtp.EmailBackend"
FROM = "_default_from_email=desk@x.example"


def test_without_an_address_mail_is_written_for_its_owner_alone(monkeypatch, tmp_path):
    monkeypatch.delenv("EMAIL_URL", raising=False)
    folder = tmp_path / "mail"
    assert env_mail("EMAIL_URL", folder) == {"EMAIL_BACKEND": TO_FILES, "EMAIL_FILE_PATH": folder}
    assert S_IMODE(folder.stat().st_mode) == 0o700
    assert env_mail("EMAIL_URL", folder)["EMAIL_FILE_PATH"] == folder


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            f"submission://ed:a%40b@mail.x.example?{FROM}",
            ("mail.x.example", 587, "ed", "a@b", True, False, 10),
        ),
        (
            f"smtp://ed:pw@mail.x.example:465?ssl=1&{FROM}",
            ("mail.x.example", 465, "ed", "pw", False, True, 10),
        ),
        (f"smtp://localhost?timeout=3&{FROM}", ("localhost", 25, None, None, False, False, 3)),
    ],
)
def test_a_mail_server(monkeypatch, tmp_path, url, expected):
    monkeypatch.setenv("EMAIL_URL", url)
    mail = env_mail("EMAIL_URL", tmp_path / "mail")
    names = ("HOST", "PORT", "HOST_USER", "HOST_PASSWORD", "USE_TLS", "USE_SSL", "TIMEOUT")
    assert tuple(mail[f"EMAIL_{name}"] for name in names) == expected
    assert (mail["EMAIL_BACKEND"], mail["DEFAULT_FROM_EMAIL"]) == (SMTP, "desk@x.example")
    assert not (tmp_path / "mail").exists()


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("mail.x.example", "must begin with smtp:// or submission://."),
        ("console:", "must begin with smtp:// or submission://."),
        (f"smtp://x:port?{FROM}", "is not an address of a mail server."),
        (f"smtp://x?timeout=soon&{FROM}", "is not an address of a mail server."),
        ("submission://ed:hunter2@x", "must say who writes: …?_default_from_email=…"),
        (
            f"smtp://ed:hunter2@x?ssl=treu&{FROM}",
            "would send its password in the clear: begin with submission://, or add ssl=1.",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(monkeypatch, tmp_path: Path, url, reason):
    monkeypatch.setenv("EMAIL_URL", url)
    with pytest.raises(ImproperlyConfigured) as refused:
        env_mail("EMAIL_URL", tmp_path)
    assert str(refused.value) == f"EMAIL_URL {reason}"


@pytest.mark.parametrize(("backend", "warnings"), [(SMTP, []), (TO_FILES, ["alliances.W002"])])
def test_a_public_site_sends_its_mail(settings, backend, warnings):
    settings.EMAIL_BACKEND = backend
    assert [warning.id for warning in mail_is_sent()] == warnings
