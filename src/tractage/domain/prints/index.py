"""The index of the prints of our works: built, appended to, saved, mapped into memory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from tractage.domain.errors import InputError
from tractage.domain.prints.codes import WORDS, encode
from tractage.domain.prints.hash_index import HashIndex
from tractage.domain.prints.hashes import BYTES, distance
from tractage.domain.prints.prints import SIDE, Print
from tractage.domain.prints.storage import load_arrays, save_arrays

if TYPE_CHECKING:
    from tractage.domain.prints.families import Lists

SAME_FRAME: Final = 8
"""Two frames of a work whose hashes differ by fewer bits are one."""
WITHIN: Final = 14
NEAR: Final = 3.0
SHARE: Final = 0.12


@dataclass(frozen=True)
class Indexed:
    """What is known of the works.

    Attributes:
        view_work: (v,) int32, number of the work that each view (a picture, or a frame) belongs to.
        view_time: (v,) float32, seconds.
        shapes: (v, 2) int32, height and width of the shrunk pictures, in pixels.
        families: (v,) int32, first view of the family of each view: views of one template, seen alike.
        hashes: (v, 32) uint8.
        thumbs: (v, SIDE, SIDE) uint8.
        codes: (n, 2) uint64 of the points that are kept, sorted.
        places: (n, 4) float32: x, y, size, angle.
        point_view: (n,) int32, the view that each point was found in.
    """

    view_work: NDArray[np.int32]
    view_time: NDArray[np.float32]
    shapes: NDArray[np.int32]
    families: NDArray[np.int32]
    hashes: NDArray[np.uint8]
    thumbs: NDArray[np.uint8]
    codes: NDArray[np.uint64]
    places: NDArray[np.float32]
    point_view: NDArray[np.int32]


def _nothing() -> Indexed:
    return Indexed(
        np.zeros(0, np.int32),
        np.zeros(0, np.float32),
        np.zeros((0, 2), np.int32),
        np.zeros(0, np.int32),
        np.zeros((0, BYTES), np.uint8),
        np.zeros((0, SIDE, SIDE), np.uint8),
        np.zeros((0, WORDS), np.uint64),
        np.zeros((0, 4), np.float32),
        np.zeros(0, np.int32),
    )


def prefix_for(points: int) -> int:
    """Return how many bits a key has, so that a list holds some 64 points."""
    return int(np.clip(np.log2(max(1, points)) - 6, 6, 16))


class PrintIndex:
    """Works and their prints. Immutable: `append` returns another index."""

    def __init__(self, works: tuple[str, ...] = (), data: Indexed | None = None) -> None:
        """Hold `data`; see PrintIndex.append to build one."""
        self.works = works
        self.data = data or _nothing()

    def __len__(self) -> int:
        return len(self.works)

    @cached_property
    def prefix(self) -> int:
        """Bits of a key."""
        return prefix_for(len(self.data.codes))

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """Where the list of each key begins."""
        return _starts(self.data.codes, self.prefix)

    @cached_property
    def point_family(self) -> NDArray[np.int32]:
        """Dense number of the family of each point."""
        return self.dense_families[self.data.point_view]

    @cached_property
    def dense_families(self) -> NDArray[np.int32]:
        """Number of the family of each view, without gaps."""
        _, dense = np.unique(self.data.families, return_inverse=True)
        return dense.astype(np.int32)

    @cached_property
    def members(self) -> tuple[NDArray[np.int32], ...]:
        """Views of each family."""
        order = np.argsort(self.dense_families, kind="stable").astype(np.int32)
        bounds = np.flatnonzero(np.diff(self.dense_families[order])) + 1
        return tuple(np.split(order, bounds)) if len(order) else ()

    @cached_property
    def hash_index(self) -> HashIndex:
        """The hashes of the views, labelled by view number."""
        return HashIndex(np.array(self.data.hashes), tuple(str(n) for n in range(len(self.data.hashes))))

    def append(self, works: Iterable[tuple[str, Sequence[Print]]]) -> "PrintIndex":
        """Return an index with more works.

        Args:
            works: name and prints (one a frame) of each; a name must be new.
        """
        names, frames, owners = list(self.works), list[Print](), list[int]()
        known = set(names)
        for name, prints in works:
            if name in known:
                raise InputError(f"{name}: a work of this name is in the index already")
            known.add(name)
            kept = _distinct(prints)
            if not kept:
                raise InputError(f"{name}: no picture to take a print of")
            frames += kept
            owners += [len(names)] * len(kept)
            names.append(name)
        return PrintIndex(tuple(names), _joined(self.data, frames, owners)) if frames else self

    def save(self, path: Path) -> None:
        """Write the index, whole or not at all."""
        arrays = {field.name: getattr(self.data, field.name) for field in fields(Indexed)}
        save_arrays(path, "prints", {"works": list(self.works)}, arrays)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Map a saved index into memory."""
        facts, arrays = load_arrays(path, "prints")
        try:
            return cls(tuple(facts["works"]), Indexed(**arrays))
        except (KeyError, TypeError) as error:
            raise InputError(f"{path}: the index is of another version, build it again") from error


def _starts(codes: NDArray[np.uint64], prefix: int) -> NDArray[np.int64]:
    keys = codes[:, 0] >> np.uint64(64 - prefix)
    starts: NDArray[np.int64] = np.searchsorted(keys, np.arange((1 << prefix) + 1, dtype=np.uint64))
    return starts


def _distinct(prints: Sequence[Print]) -> list[Print]:
    kept: list[Print] = []
    for one in prints:
        if all(distance(one.hash, other.hash) > SAME_FRAME for other in kept):
            kept.append(one)
    return kept


def _joined(data: Indexed, frames: list[Print], owners: list[int]) -> Indexed:
    """Return the data with new views: codes, families, and lists without what a family shows already."""
    from tractage.domain.prints.families import Points, Rules, Views, join_families

    before = len(data.view_work)
    merged = _merged(data, frames, owners)
    counts = np.bincount(merged.point_view, minlength=len(merged.view_work))
    first = np.concatenate([[0], np.cumsum(counts)])
    live = np.arange(len(merged.codes)) < first[before]
    prefix = prefix_for(len(merged.codes))
    order = np.argsort(merged.codes[:, 0], kind="stable")
    new = np.concatenate([encode(one.features.descriptors, prefix).flips for one in frames])
    flips = np.concatenate([np.zeros((first[before], new.shape[1]), np.uint8), new])
    join_families(
        Points(merged.codes, merged.places, flips, merged.point_view, live),
        _by_key(merged, live, order, prefix),
        Views(first, merged.shapes, merged.families),
        Rules(WITHIN, NEAR, SHARE),
        before,
    )
    ranked = order[live[order]]
    return replace(
        merged,
        codes=merged.codes[ranked],
        places=merged.places[ranked],
        point_view=merged.point_view[ranked],
    )


def _by_key(merged: Indexed, live: NDArray[np.bool_], order: NDArray[np.int64], prefix: int) -> "Lists":
    """Return the points again, sorted by key and laid side by side: what is scanned most."""
    from tractage.domain.prints.families import Lists

    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    codes = merged.codes[order]
    places = np.ascontiguousarray(merged.places[order, :2])
    return Lists(_starts(codes, prefix), prefix, codes, places, merged.point_view[order], live[order], rank)


def _merged(data: Indexed, frames: list[Print], owners: list[int]) -> Indexed:
    """Return old and new views, and all points in the order of views."""
    return Indexed(
        np.concatenate([data.view_work, np.array(owners, np.int32)]),
        np.concatenate([data.view_time, np.array([one.time for one in frames], np.float32)]),
        np.concatenate([data.shapes, np.array([one.features.shape for one in frames], np.int32)]),
        np.concatenate([data.families, np.zeros(len(frames), np.int32)]),
        np.concatenate([data.hashes, [np.frombuffer(one.hash, np.uint8) for one in frames]]),
        np.concatenate([data.thumbs, [one.thumb for one in frames]]),
        *_by_view(data, frames),
    )


def _by_view(data: Indexed, frames: list[Print]) -> tuple[Any, Any, Any]:
    """Return codes, places and views of all points, in the order of views."""
    order = np.argsort(data.point_view, kind="stable")
    before = len(data.view_work)
    views = [np.full(len(one.features), before + n, np.int32) for n, one in enumerate(frames)]
    codes = [encode(one.features.descriptors).words for one in frames]
    places = [one.features.places for one in frames]
    return (
        np.concatenate([data.codes[order], *codes]),
        np.concatenate([data.places[order], *places]),
        np.concatenate([data.point_view[order], *views]),
    )
