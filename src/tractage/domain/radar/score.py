"""Precision and recall of flagged accounts, when the truth is known."""

from dataclasses import dataclass

import polars as pl


@dataclass(frozen=True)
class Score:
    """Accounts rightly flagged, wrongly flagged and missed."""

    found: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """Return the share of flagged accounts that were planted; 1 when none was flagged."""
        return self.found / (self.found + self.wrong) if self.found + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Return the share of planted accounts that were flagged; 1 when none was planted."""
        return self.found / (self.found + self.missed) if self.found + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        total = 2 * self.found + self.wrong + self.missed
        return 2 * self.found / total if total else 1.0


def scored(strong: pl.DataFrame, planted: pl.Series, set_aside: pl.Series | None = None) -> Score:
    """Compare accounts of `strong` edges (account_a, account_b) with the planted ones.

    set_aside: accounts whose truth nobody knows, such as those flagged before planting
    """
    flagged = set(strong["account_a"]) | set(strong["account_b"])
    flagged -= set(set_aside) if set_aside is not None else set()
    true = set(planted)
    return Score(len(flagged & true), len(flagged - true), len(true - flagged))
