"""What was known on a day: the latest results of each kind, and the candidates of the election to come."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tractage.domain.elections import catalogue
from tractage.domain.elections.blocs import BlocPack, pack
from tractage.domain.elections.results import Results, load_results
from tractage.domain.errors import InputError

Loader = Callable[[str], Results]
Packs = Callable[[str], BlocPack]


@dataclass(frozen=True, slots=True)
class Held:
    """Results of one election with its blocs."""

    results: Results
    pack: BlocPack

    @property
    def id(self) -> str:
        """Id of the election."""
        return self.results.election.id


@dataclass(frozen=True, slots=True)
class Known:
    """What a ranking of the election `target` may use on the day `as_of`.

    `coming` gives the official candidates of the target, None while they are unknown; nobody reads its votes.
    """

    target: str
    as_of: date
    legislatives: Held
    europeennes: Held
    presidentielle: Held
    coming: Held | None

    @property
    def blocs(self) -> tuple[str, ...]:
        """Ids of the blocs, the same in every pack."""
        return self.legislatives.pack.ids


def known(
    target: str, as_of: date | None = None, *, load: Loader = load_results, packs: Packs = pack
) -> Known:
    """Gather what was known before the législatives `target`.

    Args:
        target: id of past législatives, or of an upcoming election.
        as_of: the day; by default the eve of the vote, or for an upcoming election the day after the last
            results that ship.
        load, packs: where results and packs come from.

    Raises:
        InputError: unknown election or not législatives, a day after the vote, no results before the day,
            or packs whose blocs differ.
    """
    day, candidates_known = _day(target, as_of)
    last = {
        kind: held(catalogue.last_before(kind, day).id, load, packs)
        for kind in ("legislatives", "europeennes", "presidentielle")
    }
    coming = held(target, load, packs) if candidates_known else None
    for one in [*last.values(), *([coming] if coming else [])]:
        if set(one.pack.ids) != set(last["legislatives"].pack.ids):
            raise InputError(f"the pack of {one.id} has other blocs than that of {last['legislatives'].id}")
    return Known(target=target, as_of=day, coming=coming, **last)


def is_between_rounds(target: str, as_of: date) -> bool:
    """Whether on the day `as_of` the first round of past élections `target` was known, the second not."""
    past = [one for one in catalogue.elections() if one.id == target]
    return any(one.first_day < as_of <= one.last_day for one in past)


def held(election_id: str, load: Loader = load_results, packs: Packs = pack) -> Held:
    """The results of an election with its blocs."""
    return Held(load(election_id), packs(election_id))


def _day(target: str, as_of: date | None) -> tuple[date, bool]:
    if target in {one.id for one in catalogue.upcoming()}:
        latest = max(one.last_day for one in catalogue.elections())
        return as_of or latest + timedelta(days=1), False
    held = catalogue.require_kind(target, "legislatives")
    day = as_of or held.first_day - timedelta(days=1)
    if day >= held.first_day:
        raise InputError(f"{target} was held on {held.first_day}: a ranking as of {day} must come before")
    return day, held.candidates_known is not None and held.candidates_known <= day
