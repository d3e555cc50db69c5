"""Count what may not be tried too often, by fingerprint of who and from where."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from tractage.hq.people.models import Attempt
from tractage.hq.people.refusals import TooManyAttempts

SALT = "tractage.people.attempts"
KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts of a kind within `minutes`."""

    kind: str
    most: int
    minutes: int


# By the pair first, so that a stranger's errors do not shut the door on the person themselves.
PAIR = Limit("pair", 5, 15)
PLACE = Limit("place", 40, 15)
NAME = Limit("name", 60, 15)
JOIN = Limit("join", 40, 60)


def login_keys(pseudonym: str, place: str) -> dict[Limit, str]:
    """The fingerprints under which a wrong password counts; `place` is the address it came from."""
    name = pseudonym.casefold()
    return {
        PAIR: fingerprint(PAIR, f"{name}\n{place}"),
        PLACE: fingerprint(PLACE, place),
        NAME: fingerprint(NAME, name),
    }


def join_keys(place: str) -> dict[Limit, str]:
    """The fingerprint under which a new account counts."""
    return {JOIN: fingerprint(JOIN, place)}


def fingerprint(limit: Limit, value: str) -> str:
    """What is kept instead of a pseudonym or an address."""
    return salted_hmac(SALT, f"{limit.kind}\n{value}", algorithm="sha256").hexdigest()


def check_attempts(keys: dict[Limit, str]) -> None:
    """Raise TooManyAttempts when one of the limits is reached. By the real hour, never a replayed one."""
    moment = timezone.now()
    for limit, key in keys.items():
        since = moment - timedelta(minutes=limit.minutes)
        times = list(
            Attempt.objects.filter(key=key, at__gt=since).order_by("-at").values_list("at")[: limit.most]
        )
        if len(times) < limit.most:
            continue
        wait = times[-1][0] + timedelta(minutes=limit.minutes) - moment
        minutes = max(1, -(-int(wait.total_seconds()) // 60))
        words = _("Your account is safe, but this was tried too often. Try again in %(minutes)s min.")
        raise TooManyAttempts(words % {"minutes": minutes}, minutes)


def count_attempt(keys: dict[Limit, str]) -> None:
    """Write an attempt down, and let those of yesterday go."""
    Attempt.objects.bulk_create(Attempt(key=key) for key in keys.values())
    Attempt.objects.filter(at__lt=timezone.now() - KEPT).delete()


def forget_attempts(keys: dict[Limit, str]) -> None:
    """The right password clears the pair that it concerns."""
    Attempt.objects.filter(key=keys[PAIR]).delete()
