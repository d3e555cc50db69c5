"""List D: what to look up by chance, drawn from a seed so that anyone can check the draw."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tractage.domain.errors import InputError


class AuditTask(NamedTuple):
    """One thing to look up: its kind (query, sound, constituency…) and what to look up."""

    number: int
    kind: str
    subject: str


def draw_audit(subjects: Mapping[str, Sequence[str]], count: int, seed: str) -> tuple[AuditTask, ...]:
    """Draw `count` different tasks over all kinds, each subject with the same chance.

    Args: `subjects` by kind; `seed` a text agreed on beforehand (a date, a dice throw). The order of the
    subjects does not matter: the draw ranks sha256(seed, kind, subject).
    Raises InputError for a count below 1 or above the number of different subjects.
    """
    pool = sorted(
        {(kind, subject.strip()) for kind, some in subjects.items() for subject in some if subject.strip()}
    )
    if not 1 <= count <= len(pool):
        raise InputError(
            f"audit: {count} tasks asked of {len(pool)} subjects; expected from 1 to {len(pool)}"
        )
    ranked = sorted(pool, key=lambda item: hashlib.sha256("\x1f".join((seed, *item)).encode()).digest())
    return tuple(AuditTask(number, *item) for number, item in enumerate(ranked[:count], start=1))
