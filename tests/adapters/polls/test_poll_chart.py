"""The chart: every poll behind the lines, the mentions in the picture."""

import re
from dataclasses import replace

from tests.domain.elections.test_polls_facts import poll

from tractage.adapters.polls.chart import draw, mention_lines
from tractage.domain.elections.polls_trend import trend


def test_every_poll_stands_behind_and_the_mentions_travel_with_the_picture() -> None:
    polls = [poll(number, ("Un", "Deux")[number % 2]) for number in range(10)]
    picture = draw(trend(polls))
    assert picture.startswith("<svg")
    assert len(re.findall('aria-roledescription="circle"', picture)) == 10 * 3
    for text in ("Un pour Un journal", "Deux pour Un journal", "prévision", "Alix 40,0", "Chloé 25,0"):
        assert text in picture


def test_mentions_are_grouped_whatever_the_order_of_the_sponsors() -> None:
    first, second = replace(poll(1), sponsor="A, B"), replace(poll(5), sponsor="b, a", sample=2500)
    lines = mention_lines([first, second])
    assert lines == [
        "Un pour A, B : 2 enquêtes, du 28/02/2027 au 06/03/2027, 1\u202f000 à 2\u202f500 personnes, "
        "marge d’erreur ± 1,9 à 3,0 points au plus"
    ]
