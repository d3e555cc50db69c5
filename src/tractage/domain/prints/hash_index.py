"""Find every hash within a distance among millions, exactly: multi-index hashing."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from tractage.domain.errors import InputError
from tractage.domain.prints.hashes import BYTES
from tractage.domain.prints.storage import load_arrays, save_arrays

TABLES: Final = 16
KEYS: Final = 1 << 16
EXACT: Final = 31
"""Within this distance one of the 16 tables differs by one bit at most (31 < 2 × 16): nothing is missed."""
_FLIPS: Final = np.array([0, *(1 << bit for bit in range(16))], np.uint16)


@dataclass(frozen=True)
class HashHit:
    """A known hash near the one asked for: its label and the number of bits that differ."""

    label: str
    distance: int


class HashIndex:
    """Hashes with a label each. Immutable: `append` returns another index.

    Source: Norouzi, Punjani, Fleet, Fast exact search in Hamming space with multi-index hashing (2014).
    """

    def __init__(self, hashes: NDArray[np.uint8], labels: tuple[str, ...]) -> None:
        """Build the index.

        Args:
            hashes: (n, 32) uint8, one hash a row.
            labels: n names; several hashes may share one.
        """
        if hashes.shape != (len(labels), BYTES):
            expected = (len(labels), BYTES)
            raise InputError(
                f"hashes of {len(labels)} labels: found shape {hashes.shape}, expected {expected}"
            )
        self.hashes, self.labels = np.ascontiguousarray(hashes), labels
        self._tables: dict[str, NDArray[Any]] | None = None

    @classmethod
    def of(cls, known: dict[str, bytes]) -> Self:
        """Return the index of hashes by label."""
        raw = b"".join(known.values())
        if len(raw) != BYTES * len(known):
            raise InputError(f"every hash has {BYTES} bytes")
        return cls(np.frombuffer(raw, np.uint8).reshape(-1, BYTES), tuple(known))

    def __len__(self) -> int:
        return len(self.labels)

    @property
    def tables(self) -> dict[str, NDArray[Any]]:
        """The 16 tables: `order` (16, n), numbers sorted by key; `starts` (16, 65537)."""
        if self._tables is None:
            keys = self.hashes.view("<u2")
            order = np.argsort(keys, axis=0, kind="stable").T.astype(np.uint32)
            counts = np.stack([np.bincount(keys[:, table], minlength=KEYS) for table in range(TABLES)])
            starts = np.zeros((TABLES, KEYS + 1), np.int64)
            np.cumsum(counts, axis=1, out=starts[:, 1:])
            self._tables = {"order": np.ascontiguousarray(order), "starts": starts}
        return self._tables

    @cached_property
    def _words(self) -> NDArray[np.uint64]:
        return self.hashes.view("<u8")

    def numbers_near(self, wanted: bytes, within: int = EXACT) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the row numbers within a distance of a hash (nearest first) and their distances."""
        if not 0 <= within <= EXACT:
            raise InputError(f"distance {within}: between 0 and {EXACT} expected")
        if len(wanted) != BYTES:
            raise InputError(f"a hash has {BYTES} bytes, found {len(wanted)}")
        keys = np.frombuffer(wanted, "<u2")
        if not len(self):
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        probes = (keys[:, None] ^ _FLIPS).astype(np.int64)
        rows = np.arange(TABLES)[:, None]
        first = self.tables["starts"][rows, probes].ravel()
        sizes = self.tables["starts"][rows, probes + 1].ravel() - first
        first = first + np.repeat(np.arange(TABLES) * len(self), len(_FLIPS))
        shift = np.repeat(first - np.cumsum(sizes) + sizes, sizes)
        numbers = self.tables["order"].ravel()[shift + np.arange(len(shift))]
        apart = np.bitwise_count(self._words[numbers] ^ np.frombuffer(wanted, "<u8")).sum(
            axis=1, dtype=np.int64
        )
        kept = apart <= within
        numbers, first_seen = np.unique(numbers[kept], return_index=True)
        apart = apart[kept][first_seen]
        ranked = np.argsort(apart, kind="stable")
        return numbers[ranked].astype(np.int64), apart[ranked]

    def near(self, wanted: bytes, within: int = EXACT) -> tuple[HashHit, ...]:
        """Return every known hash within `within` bits (31 at most), nearest first."""
        numbers, apart = self.numbers_near(wanted, within)
        return tuple(HashHit(self.labels[n], int(d)) for n, d in zip(numbers, apart, strict=True))

    def append(self, known: dict[str, bytes]) -> "HashIndex":
        """Return an index with more hashes."""
        more = HashIndex.of(known)
        return HashIndex(np.vstack([self.hashes, more.hashes]), self.labels + more.labels)

    def save(self, path: Path) -> None:
        """Write the index with its tables, whole or not at all."""
        save_arrays(path, "hashes", {"labels": list(self.labels)}, {"hashes": self.hashes, **self.tables})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Map a saved index into memory."""
        facts, arrays = load_arrays(path, "hashes")
        index = cls(arrays["hashes"], tuple(facts["labels"]))
        index._tables = {"order": arrays["order"], "starts": arrays["starts"]}
        return index
