"""From a dissolution to the polls: the possible Sundays, and a dated plan of the law and of the work."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from tractage.domain.errors import InputError
from tractage.domain.law.calendar import Round
from tractage.domain.law.pack import read_data, rule
from tractage.domain.law.windows import NATIONAL
from tractage.domain.law.zones import clock, moment, zone

SUNDAY = 6


class Step(NamedTuple):
    """One dated step, aware, in Paris.

    `kind`: `law`, with its article and V, S or M for how sure the date is, or `work`.
    """

    at: datetime
    kind: str
    fr: str
    en: str
    article: str
    confidence: str


class Plan(NamedTuple):
    """The plan of one dissolution.

    `sundays`: every possible first round. `rounds`: métropole alone has known polling days.
    """

    dissolution: date
    sundays: tuple[date, ...]
    first_round: date
    second_round: date
    rounds: tuple[Round, ...]
    steps: tuple[Step, ...]


def possible_sundays(dissolution: date) -> tuple[date, ...]:
    """Return the Sundays from 20 to 40 days after a dissolution (Constitution, art. 12)."""
    params = rule("const-12").params
    days = (dissolution + timedelta(days=n) for n in range(params["earliest"], params["latest"] + 1))
    return tuple(day for day in days if day.weekday() == SUNDAY)


def _steps(anchors: dict[str, date]) -> tuple[Step, ...]:
    paris = clock(zone(NATIONAL).tz)
    if paris is None:
        raise InputError("time-zone data of Europe/Paris is missing: install the package tzdata")
    steps = []
    for row in read_data("plan.toml")["step"]:
        at = moment(paris, anchors[row["from"]] + timedelta(days=row["days"]), time(row["hour"]))
        texts = (row["kind"], row["fr"], row["en"], row.get("article", ""), row.get("confidence", ""))
        if at.date() >= anchors["dissolution"]:
            steps.append(Step(at, *texts))
    return tuple(sorted(steps, key=lambda step: (step.at.astimezone(UTC), step.kind)))


def plan(dissolution_date: date, first_round: date | None = None) -> Plan:
    """Return the plan of a dissolution, for the earliest possible Sunday or for `first_round` once decreed.

    Only métropole's polling days follow from the Sunday; every other zone stays without a date, thus frozen
    in the election week, until the decree is entered. Source: Constitution, art. 12; Code électoral, art.
    L56.
    Raises: InputError when `first_round` is not one of the possible Sundays.
    """
    try:
        sundays = possible_sundays(dissolution_date)
        first = first_round or sundays[0]
        second = first + timedelta(days=7)
    except OverflowError:
        raise InputError(f"dissolution {dissolution_date}: no calendar goes that far") from None
    if first not in sundays:
        listed = ", ".join(day.isoformat() for day in sundays)
        raise InputError(f"first round {first}: expected one of the Sundays 20 to 40 days after: {listed}")
    turns = tuple(
        Round(f"legislatives-{first.year}", number, day, ((NATIONAL, day),))
        for number, day in enumerate((first, second), start=1)
    )
    anchors = {"dissolution": dissolution_date, "first": first, "second": second}
    return Plan(dissolution_date, sundays, first, second, turns, _steps(anchors))
