"""What an analyst decides before looking."""

from dataclasses import dataclass
from enum import StrEnum

from tractage.domain.errors import InputError


class Correction(StrEnum):
    """How p-values are corrected for the number of pairs looked at."""

    ACCOUNTS = "accounts"
    BH = "bh"
    BONFERRONI = "bonferroni"


@dataclass(frozen=True)
class Settings:
    """Parameters of one detection.

    window: seconds, inclusive; min_participation: rows an account needs; coortweet: exact compatibility
    edge_weight: quantile in [0, 1] of the compatibility mode; level: false discovery rate in ]0, 1[
    within: hold edges also against what their opinion blocks do together
    min_weight: distinct objects two accounts share before a pair is looked at; seed: of every drawn number
    """

    window: float = 60.0
    min_participation: int = 2
    coortweet: bool = False
    edge_weight: float = 0.5
    level: float = 0.01
    within: bool = True
    correction: Correction = Correction.ACCOUNTS
    min_weight: int = 2
    seed: int = 2024
    threads: int = 2

    def __post_init__(self) -> None:
        if not 0 <= self.window <= 86400 * 30:
            raise InputError(f"--window is {self.window:g}: expected seconds between 0 and 2592000 (30 days)")
        if self.min_participation < 1:
            raise InputError(f"--min-participation is {self.min_participation}: expected 1 or more")
        if not 0 <= self.edge_weight <= 1:
            raise InputError(f"--edge-weight is {self.edge_weight:g}: expected a quantile between 0 and 1")
        if not 0 < self.level < 1:
            raise InputError(f"--level is {self.level:g}: expected a rate between 0 and 1, such as 0.01")
        if self.min_weight < 1:
            raise InputError(f"--min-weight is {self.min_weight}: expected 1 or more")
        if self.threads < 1:
            raise InputError(f"--threads is {self.threads}: expected 1 or more")
