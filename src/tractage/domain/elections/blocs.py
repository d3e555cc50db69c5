"""Blocs are data: which nuances a campaign counts as its own, and which as the others'."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from tractage.domain.elections.catalogue import election
from tractage.domain.errors import InputError, nearest


@dataclass(frozen=True, slots=True)
class Bloc:
    """A bloc of an election: its id, its French title and the nuances it gathers."""

    id: str
    title: str
    nuances: frozenset[str]


class BlocPack:
    """The blocs of one election; a nuance that none of them lists belongs to the bloc `rest`.

    `front_against` holds the blocs that a front of the others may be called against.
    """

    def __init__(
        self,
        election_id: str,
        blocs: tuple[Bloc, ...],
        rest: str,
        front_against: frozenset[str] = frozenset(),
    ) -> None:
        self.election_id = election_id
        self.blocs = blocs
        self.rest = rest
        self.front_against = front_against
        self._bloc_of = {nuance: one.id for one in blocs for nuance in one.nuances}

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the blocs, in the pack's order."""
        return tuple(one.id for one in self.blocs)

    def bloc(self, bloc_id: str) -> Bloc:
        """The bloc called `bloc_id`.

        Raises:
            InputError: the pack has none; the message lists those it has.
        """
        for one in self.blocs:
            if one.id == bloc_id:
                return one
        raise InputError(
            f"unknown bloc {bloc_id!r}{nearest(bloc_id, self.ids)} in the pack of {self.election_id}; "
            f"known: {', '.join(self.ids)}"
        )

    def bloc_of(self, nuance: str) -> str:
        """The id of the bloc of `nuance`."""
        return self._bloc_of.get(nuance, self.rest)

    def swapped(self, one: str, other: str) -> "BlocPack":
        """The same pack in which two blocs have exchanged their nuances and all that is said of them."""
        names = {one: other, other: one}
        nuances = {one: self.bloc(other).nuances, other: self.bloc(one).nuances}
        swapped = tuple(replace(bloc, nuances=nuances.get(bloc.id, bloc.nuances)) for bloc in self.blocs)
        front = frozenset(names.get(bloc, bloc) for bloc in self.front_against)
        return BlocPack(self.election_id, swapped, names.get(self.rest, self.rest), front)


@cache
def pack(election_id: str) -> BlocPack:
    """The shipped pack of an election.

    Raises:
        InputError: unknown election.
    """
    known = election(election_id)
    resource = files("tractage.domain.elections").joinpath(f"data/blocs/{known.id}.toml")
    return parse_pack(resource.read_text("utf-8"), f"{known.id}.toml")


def parse_pack(text: str, name: str) -> BlocPack:
    """The pack in `text`, as TOML.

    Its keys are `election`, `rest`, perhaps `front_against`, and a table `[blocs.ID]` with `title` and
    `nuances` for each bloc.

    Raises:
        InputError: not TOML, a missing key, a nuance in two blocs, a key that names no bloc.
    """
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name}: not a TOML file ({error})") from error
    for key in ("election", "rest", "blocs"):
        if key not in content:
            raise InputError(f"{name}: the key {key!r} is missing")
    blocs = tuple(_parse_bloc(bloc_id, table, name) for bloc_id, table in content["blocs"].items())
    _check_nuances(blocs, name)
    front = content.get("front_against", [])
    for key, bloc in [("rest", content["rest"]), *(("front_against", bloc) for bloc in front)]:
        if bloc not in content["blocs"]:
            raise InputError(f"{name}: {key} = {bloc!r} is no bloc; expected {', '.join(content['blocs'])}")
    return BlocPack(content["election"], blocs, content["rest"], frozenset(front))


def _parse_bloc(bloc_id: str, table: Mapping[str, object], name: str) -> Bloc:
    nuances = table.get("nuances")
    if not isinstance(nuances, list) or not all(isinstance(nuance, str) for nuance in nuances):
        raise InputError(f"{name}: blocs.{bloc_id}.nuances: found {nuances!r}, expected a list of texts")
    return Bloc(bloc_id, str(table.get("title", bloc_id)), frozenset(nuances))


def _check_nuances(blocs: tuple[Bloc, ...], name: str) -> None:
    owner: dict[str, str] = {}
    for bloc in blocs:
        for nuance in sorted(bloc.nuances):
            if nuance in owner:
                raise InputError(
                    f"{name}: the nuance {nuance!r} is in two blocs, {owner[nuance]!r} and {bloc.id!r}"
                )
            owner[nuance] = bloc.id
