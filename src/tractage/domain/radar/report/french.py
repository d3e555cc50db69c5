"""Numbers, dates and sentences as a French reader expects them."""

from datetime import UTC, datetime
from math import floor, log10

THIN, HARD = "\u202f", "\u00a0"
OFTEN = 0.8  # of the pair rows, to speak of an order
SUPER = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def number(value: float, digits: int = 0) -> str:
    """Return 12345.6 as 12 345,6 with narrow no-break spaces."""
    return f"{value:,.{digits}f}".replace(",", THIN).replace(".", ",")


def counted(value: int, one: str, several: str) -> str:
    """Return a number with its noun; from two on, the plural."""
    return f"{number(value)} {one if value < 2 else several}"


def percent(share: float) -> str:
    """Return a rate in [0, 1] as a percentage."""
    return f"{number(100 * share, 2 if share < 0.1 else 1)}{THIN}%"


def chance(p: float) -> str:
    """Return a probability in [0, 1] in words of powers of ten."""
    if p <= 0:
        return f"moins de 10{'-300'.translate(SUPER)}"
    if p >= 0.001:
        return number(p, 3)
    power = floor(log10(p))
    return f"{number(p / 10**power, 1)}{THIN}×{THIN}10{str(power).translate(SUPER)}"


def moment(seconds: float) -> str:
    """Return seconds since 1970 as a date and an hour, UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%d/%m/%Y %H:%M:%S")


def explained(edge: dict[str, object], a: str, b: str, window: float) -> str:
    """Say in two or three sentences what makes an edge.

    edge: a row of the edges' table; a, b: the names to show
    """
    objects, days = int(str(edge["objects"])), edge.get("days")
    text = (
        f"{a} et {b} ont partagé {counted(objects, 'objet identique', 'objets identiques')} à "
        f"{number(window)}{THIN}s d’intervalle au plus"
    )
    text += f", sur {counted(int(str(days)), 'jour', 'jours')}" if days is not None else ""
    text += f"{THIN}; délai moyen{HARD}: {number(float(str(edge['mean_delay'])), 1)}{THIN}s."
    first = edge.get("a_first")
    if first is not None:
        text += " " + _order(float(str(first)), float(str(edge["b_first"])), a, b)
    if edge.get("p_value") is not None:
        text += (
            f" Si chacun partageait à son rythme et au hasard, la probabilité d’en voir autant serait de "
            f"{chance(float(str(edge['p_value'])))}."
        )
    return text


def _order(a_first: float, b_first: float, a: str, b: str) -> str:
    if a_first >= OFTEN:
        return f"{a} publie presque toujours en premier."
    if b_first >= OFTEN:
        return f"{b} publie presque toujours en premier."
    if a_first + b_first <= 1 - OFTEN:
        return "Ils publient presque toujours à la même seconde."
    return "Aucun des deux ne précède toujours l’autre."
