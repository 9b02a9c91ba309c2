"""The app on an editor's phone: what it shows, by a clock that moves when it is told to."""

from __future__ import annotations

from base64 import b32decode
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone
from django_otp.oath import hotp
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from alliances.accounts import factor

STEP = 30


@dataclass
class Clock:
    """Seconds since 1970, at the beginning of a step."""

    now: float = 60_000_000 * STEP

    def forward(self, seconds: float) -> None:
        self.now += seconds


@dataclass
class Phone:
    """Knows the secret that was shown, and nothing else."""

    secret: str
    clock: Clock
    recovery_codes: list[str] = field(default_factory=list)

    @classmethod
    def enrolled(cls, user: User, clock: Clock) -> Phone:
        factor.begin(user)
        app = factor.begun(user)
        assert app
        phone = cls(factor.secret_of(app), clock)
        assert factor.confirm(user, phone.code())
        clock.forward(STEP)
        phone.recovery_codes = factor.recovery_codes(user)
        return phone

    def code(self, steps: int = 0) -> str:
        """What it shows now, or so many steps later."""
        key = b32decode(self.secret.replace(" ", ""))
        return f"{hotp(key, int(self.clock.now) // STEP + steps):06d}"

    def wrong(self) -> str:
        """Six digits that it shows neither now nor a step before or after."""
        near = {self.code(steps) for steps in (-1, 0, 1)}
        return next(code for code in ("111111", "222222", "333333", "444444") if code not in near)


def let_time_pass() -> None:
    """As if the last wrong code were an hour old."""
    long_ago = timezone.now() - timedelta(hours=1)
    for kind in (TOTPDevice, StaticDevice):
        kind.objects.filter(throttling_failure_count__gt=0).update(
            throttling_failure_timestamp=long_ago
        )
