"""Refuse what aims at a person: mentions of accounts, addresses, calls to go after someone.

Targets can only be seats and official candidates (see `services`); this reads the words of a brief.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tractage.domain.law.pack import rule
from tractage.hq.people.refusals import Refused

RULE = "CP-222-33-2-2"
HOSTS = "x|twitter|facebook|instagram|tiktok|threads|bsky|linkedin|snapchat|twitch|youtube|vk|reddit|discord"
ENDS = "com|app|net|social|tv|gg"
IGNORE = re.IGNORECASE
PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("e-mail", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")),
    ("mention", re.compile(r"(?<![\w/.])[@＠][\w.-]*\w")),
    ("account", re.compile(rf"\b(?:{HOSTS})\.(?:{ENDS})/(?!watch|hashtag|search)\S+", IGNORE)),
    ("phone", re.compile(r"(?<!\d)(?:\+33|0033|0)[\s.-]?[1-9](?:[\s.-]?\d{2}){4}(?!\d)")),
    (
        "address",
        re.compile(
            r"\b\d{1,4}\s?(?:bis|ter)?,?\s(?:rue|avenue|av\.|boulevard|bd|place|impasse|chemin|allée)\s+\w+",
            IGNORE,
        ),
    ),
    (
        "pack",
        re.compile(
            r"\b(?:harcel\w*|signal\w+ en masse|raid\w*|spamm?\w*|inond\w+ (?:de|ses|les|son|leurs?)|"
            r"sous (?:chacune? de )?(?:ses|leurs|les) (?:posts?|publications?|vid[ée]os?|photos?|tweets?)\b|"
            r"(?:en |par )messages? priv[ée]s?|(?:son|sa|leur) (?:adresse|employeur|domicile|famille))",
            IGNORE,
        ),
    ),
)  # fmt: skip
WORDS = {
    "e-mail": gettext_noop("an e-mail address"),
    "mention": gettext_noop("a mention of an account"),
    "account": gettext_noop("the address of an account"),
    "phone": gettext_noop("a telephone number"),
    "address": gettext_noop("a postal address"),
    "pack": gettext_noop("a call to go after a person"),
}


@dataclass(frozen=True)
class Aim:
    """What was found in a brief that aims at a person: which field, which kind, which words."""

    field: str
    kind: str
    found: str


class AimsAtPerson(Refused):
    """A brief that the law and the charter refuse, with all that was found."""

    def __init__(self, aims: tuple[Aim, ...]) -> None:
        self.aims = aims
        found = ", ".join(dict.fromkeys(f"{_(WORDS[aim.kind])} ({aim.found})" for aim in aims))
        super().__init__(
            _(
                "The rest of the brief is kept. A mission speaks of a seat or of what candidates say in "
                "public, and never aims at a person: take out %(found)s. Group harassment is punished even "
                "if each acts once (%(article)s)."
            )
            % {"found": found, "article": rule(RULE).article}
        )


def aims_at_person(texts: Mapping[str, str | Iterable[str]]) -> tuple[Aim, ...]:
    """All that aims at a person in the texts of a brief, by field; empty when nothing does."""
    aims = []
    for field, value in texts.items():
        for text in [value] if isinstance(value, str) else value:
            rest = text
            for kind, pattern in PATTERNS:
                aims += [Aim(field, kind, match.group().strip()) for match in pattern.finditer(rest)]
                rest = pattern.sub(" ", rest)
    return tuple(aims)


def refuse_persons(texts: Mapping[str, str | Iterable[str]]) -> None:
    """Raise AimsAtPerson when the texts of a brief aim at someone."""
    if aims := aims_at_person(texts):
        raise AimsAtPerson(aims)
