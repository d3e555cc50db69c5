"""A seeded simulator of arrivals and messages: quiet days, organic surges, raids of several kinds."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from tractage.domain.guard.arrivals import DAY, HOUR, first_names
from tractage.domain.guard.events import Event, Join, Post

EVENING = 1_800_000_000.0  # the reference time of every scene, in seconds
_CONSONANTS = "bcdfgjklmnprstv"
_GREETINGS = (
    "Bonjour à tous !", "Salut tout le monde", "Hello, je viens de l'émission", "Bonsoir, contente d'être là",
    "coucou", "Bonsoir à tous, hâte d'aider", "Salut ! Où est-ce qu'on s'inscrit ?", "merci pour l'accueil",
    "Bonjour, je viens d'Angers", "hello la team", "On lâche rien !", "Je suis graphiste, je peux aider",
    "c'est ici pour les affiches ?", "Bonsoir, j'arrive de la télé", "bravo pour l'émission de ce soir",
)  # fmt: skip
_SPAM = (
    "Rejoignez tous le vrai serveur : https://exemple.invalid/{}",
    "Ce serveur est mort, venez chez nous maintenant",
    "@everyone gagnez des cadeaux gratuits sur https://cadeau.invalid/{}",
    "VOTRE CAMPAGNE EST UNE BLAGUE, RENTREZ CHEZ VOUS",
)
_REPLIES = (
    "Le visuel de la brochure est prêt",
    "qui relit le brief de la 3e circonscription ?",
    "J'ai déposé deux affiches",
    "on se retrouve vendredi à 19 h",
    "merci Alice, c'est noté",
    "Le GIF pèse trop lourd, je le refais",
)


class Scene(NamedTuple):
    """Events in order of time, and which members are raiders."""

    kind: str
    events: tuple[Event, ...]
    raiders: frozenset[str]
    started: float  # first hostile act, or the start of the scene


def quiet_day(seed: int, joins: int = 12, posts: int = 400) -> Scene:
    """Return an ordinary day: a few arrivals, members who talk."""
    chance = Random(f"quiet {seed}")
    events: list[Event] = [_person(chance, EVENING + chance.uniform(0, DAY), f"q{i}") for i in range(joins)]
    for i in range(posts):
        author, t = f"m{chance.randrange(60)}", EVENING + chance.uniform(0, DAY)
        events.append(Post(t, f"p{i}", author, chance.choice(_REPLIES)))
    return Scene("quiet day", _in_order(events), frozenset(), EVENING)


def surge(seed: int, most_an_hour: float = 600.0) -> Scene:
    """Return an hour of real people who come at once, up to `most_an_hour`, after a broadcast; they greet."""
    chance = Random(f"surge {seed}")
    peak = chance.uniform(0.25, 1.0) * most_an_hour / 3600
    rise, fall = chance.uniform(20, 300), chance.uniform(600, 3000)
    events: list[Event] = []
    t = EVENING
    while t < EVENING + HOUR:
        t += chance.expovariate(peak)
        at = t - EVENING
        if chance.random() > min(1.0, at / rise) * (1.0 if at < 900 else 2.718 ** (-(at - 900) / fall)):
            continue
        for friend in range(chance.choices((1, 2, 3), (94, 5, 1))[0]):  # friends come together
            member = f"s{len(events)}"
            join = _person(chance, t + friend * chance.uniform(0.2, 20), member)
            events.append(join)
            if chance.random() < 0.4:
                said = chance.choice(_GREETINGS)
                events.append(Post(join.t + chance.expovariate(1 / 90) + 5, f"p{member}", member, said))
    return Scene("surge", _in_order(events), frozenset(), EVENING)


def raid(seed: int, kind: str | None = None) -> Scene:
    """Return a raid of one of `RAIDS`, alone or hidden in a surge, with its first hostile act."""
    chance = Random(f"raid {seed}")
    name = kind or sorted(RAIDS)[seed % len(RAIDS)]
    count = chance.choice((8, 12, 20, 50, 100, 300))
    started = EVENING + chance.uniform(60, 1800)
    hostile, first = RAIDS[name](chance, started, count)
    raiders = frozenset(event.member for event in hostile if isinstance(event, Join))
    crowd = surge(seed, chance.choice((30.0, 100.0, 300.0))).events if chance.random() < 0.3 else ()
    return Scene(name, _in_order([*hostile, *crowd]), raiders, first)


def _bots(chance: Random, started: float, count: int) -> tuple[list[Event], float]:
    """Accounts of one batch, numbered names, all within seconds."""
    stem, born = _word(chance, 3), started - chance.uniform(1, 50) * DAY
    gap = chance.uniform(0.02, 0.4)
    joins = [
        Join(
            started + i * gap,
            f"r{i}",
            f"{stem}{chance.randrange(10**4):04}",
            born + chance.uniform(0, HOUR),
            False,
        )
        for i in range(count)
    ]
    return _with_spam(chance, joins, 0.7), started


def _trickle(chance: Random, started: float, count: int) -> tuple[list[Event], float]:
    """The same, but one every few seconds to stay under counters."""
    stem, born = _word(chance, 2), started - chance.uniform(2, 40) * DAY
    joins, t = [], started
    for i in range(min(count, 50)):
        digits = chance.randrange(10 ** chance.choice((2, 3, 4)))
        joins.append(
            Join(t, f"r{i}", f"{stem}_{digits}", born + chance.uniform(0, 6 * HOUR), chance.random() < 0.3)
        )
        t += chance.uniform(2, 45)
    return _with_spam(chance, joins, 0.5), started


def _fresh(chance: Random, started: float, count: int) -> tuple[list[Event], float]:
    """Accounts made in the last days, each with a random name and no picture."""
    joins, t = [], started
    for i in range(min(count, 100)):
        name = "".join(chance.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(chance.randrange(6, 11)))
        joins.append(Join(t, f"r{i}", name, t - chance.uniform(2 * HOUR, 6 * DAY), chance.random() < 0.05))
        t += chance.expovariate(1.0)
    return _with_spam(chance, joins, 0.6), started


def _aged(chance: Random, started: float, count: int) -> tuple[list[Event], float]:
    """Bought accounts, old, with pictures and human names; many within seconds."""
    count = max(count, 50)
    joins = []
    for i in range(count):
        person = _person(chance, started + i * chance.uniform(0.02, 0.1), f"r{i}")
        joins.append(person._replace(created=started - chance.uniform(200, 2000) * DAY, avatar=True))
    return _with_spam(chance, joins, 0.7), started


def _sleepers(chance: Random, started: float, count: int) -> tuple[list[Event], float]:
    """Accounts that came in the hours before, unnoticed, and then all say the same: the raid starts there."""
    count = min(count, 50)
    arrivals = sorted(started - chance.uniform(60, 20 * HOUR) for _ in range(count))
    joins = [_person(chance, t, f"r{i}") for i, t in enumerate(arrivals)]
    said = chance.choice(_SPAM).format(_word(chance, 3))
    events: list[Event] = list(joins)
    for i, join in enumerate(joins):
        events.append(Post(started + i * chance.uniform(0.1, 3), f"p{i}", join.member, said))
    return events, started


RAIDS: dict[str, Callable[[Random, float, int], tuple[list[Event], float]]] = {
    "numbered bots": _bots,
    "trickle": _trickle,
    "fresh accounts": _fresh,
    "aged accounts": _aged,
    "sleepers": _sleepers,
}


def _with_spam(chance: Random, joins: list[Join], share: float) -> list[Event]:
    """Let a share of the raiders speak, within seconds of their arrival, with one text."""
    said = chance.choice(_SPAM).format(_word(chance, 3))
    events: list[Event] = list(joins)
    for join in joins:
        if chance.random() < share:
            text = said if chance.random() < 0.8 else f"{said} {_word(chance, 2)}"
            events.append(Post(join.t + chance.uniform(0.5, 8), f"p{join.member}", join.member, text))
    return events


def _person(chance: Random, t: float, member: str) -> Join:
    """Return a real newcomer: one in five made an account for the occasion."""
    draw = chance.random()
    if draw < 0.20:
        age = chance.uniform(30, HOUR)
    elif draw < 0.26:
        age = chance.uniform(HOUR, 7 * DAY)
    elif draw < 0.36:
        age = chance.uniform(7 * DAY, 60 * DAY)
    else:
        age = chance.uniform(60 * DAY, 2500 * DAY)
    name = _human_name(chance)
    return Join(
        t, member, name, t - age, chance.random() < 0.6, chance.choice(("direct", "tele", "tele", "affiche"))
    )


def _human_name(chance: Random) -> str:
    first = chance.choice(sorted(first_names()))
    style = chance.randrange(6)
    if style == 0:
        return first.capitalize()
    if style == 1:
        return f"{first}{chance.randrange(1, 100)}"
    if style == 2:
        return f"{first}_{_word(chance, 2)}"
    if style == 3:
        return _word(chance, chance.choice((2, 3, 4))).capitalize()
    if style == 4:
        return f"{first.capitalize()} {chance.choice('ABCDEFGLMPRST')}."
    return f"{_word(chance, 3)}{chance.choice(('', '', chance.randrange(1950, 2012)))}"


def _word(chance: Random, syllables: int) -> str:
    return "".join(chance.choice(_CONSONANTS) + chance.choice("aeiou") for _ in range(syllables))


def _in_order(events: list[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: event.t))
