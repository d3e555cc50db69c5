"""First-round shares of the blocs, seat by seat, and where their sitting deputies stand."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tractage.domain.elections.blocs import BlocPack
from tractage.domain.elections.results import Candidacy, Results
from tractage.domain.elections.seats import SeatCode

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Shares:
    """First round of an election by bloc.

    `seats`: codes; `share`: (n_seats, n_blocs), points of the votes cast; `national`: (n_blocs,) points
    weighted by votes cast; `turnout`: (n_seats,) rate in [0, 1]; `registered`: (n_seats,) voters.
    """

    seats: tuple[SeatCode, ...]
    share: Floats
    national: Floats
    turnout: Floats
    registered: Floats

    @property
    def deviation(self) -> Floats:
        """Each seat's share less the plain mean over the seats, in points; (n_seats, n_blocs)."""
        centred: Floats = self.share - self.share.mean(axis=0)
        return centred


def shares(results: Results, pack: BlocPack, blocs: Sequence[str]) -> Shares:
    """Add up the first round's votes of an election by bloc, in the order of `blocs`."""
    position = {bloc: column for column, bloc in enumerate(blocs)}
    held = results.round(1)
    votes = np.zeros((len(held), len(blocs)))
    for row, (_, one) in enumerate(held):
        for candidacy in one.candidacies:
            votes[row, position[pack.bloc_of(candidacy.nuance)]] += candidacy.votes
    cast = votes.sum(axis=1)
    registered = np.array([one.registered for _, one in held], dtype=np.float64)
    return Shares(
        seats=tuple(code for code, _ in held),
        share=100 * votes / cast[:, None],
        national=100 * votes.sum(axis=0) / cast.sum(),
        turnout=np.array([one.voters for _, one in held]) / registered,
        registered=registered,
    )


def sitting(results: Results, pack: BlocPack, blocs: Sequence[str]) -> Floats:
    """(n_seats, n_blocs), 1 at the bloc that won the seat, 0 elsewhere."""
    held = results.seats()
    won = np.zeros((len(held), len(blocs)))
    for row, one in enumerate(held):
        if one.elected is not None:
            won[row, blocs.index(pack.bloc_of(one.elected.nuance))] = 1
    return won


def standing_again(last: Results, coming: Results, pack: BlocPack, blocs: Sequence[str]) -> Floats:
    """(n_seats, n_blocs), 1 at the bloc for which the seat's last winner is a candidate again.

    Only names and nuances of the first round of `coming` are read, never its votes; `pack` is its pack. A
    person is recognised by name and first name, accents and capitals apart.
    """
    again = np.zeros((len(coming.seats()), len(blocs)))
    for row, one in enumerate(coming.seats()):
        winner = last.seat(one.seat).elected
        person = _person(winner) if winner is not None else None
        for candidacy in one.first.candidacies:
            if _person(candidacy) == person:
                again[row, blocs.index(pack.bloc_of(candidacy.nuance))] = 1
    return again


def fielded(coming: Results, pack: BlocPack, blocs: Sequence[str]) -> Flags:
    """(n_seats, n_blocs), true where the bloc has a candidate in the first round of `coming`."""
    present = np.zeros((len(coming.seats()), len(blocs)), dtype=np.bool_)
    for row, one in enumerate(coming.seats()):
        for candidacy in one.first.candidacies:
            present[row, blocs.index(pack.bloc_of(candidacy.nuance))] = True
    return present


def _person(candidacy: Candidacy) -> tuple[str, str]:
    return _plain(candidacy.name), _plain(candidacy.first_name)


def _plain(name: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFD", name.casefold()) if letter.isalpha())
