"""Posts of one layer as whole numbers, sorted so that two pointers can run over them."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import polars as pl
from numpy.typing import NDArray

from tractage.domain.errors import InputError
from tractage.domain.radar.beside import Beside
from tractage.domain.radar.ordering import order_of
from tractage.domain.radar.settings import Settings

COLUMNS = ("object", "account", "content", "time")


@dataclass(frozen=True)
class Posts:
    """Rows of the accounts that take part, and those of them that can form a pair.

    The latter are sorted by object, time and account.
    account_of, content_of: (n_taking_part,) int32, every row of accounts with enough rows
    rows: (n,) int32, places of the rows below in the file's order
    objects, accounts, contents: (n,) int32 codes; times: (n,) float64 seconds
    names, object_names: what the account and object codes stand for, sorted
    content_names: (n_file,) the content of each row of the file
    repeated: rows of the file that repeat another one entirely
    """

    account_of: NDArray[np.int32]
    content_of: NDArray[np.int32]
    rows: NDArray[np.int32]
    objects: NDArray[np.int32]
    accounts: NDArray[np.int32]
    contents: NDArray[np.int32]
    times: NDArray[np.float64]
    names: pl.Series
    object_names: pl.Series
    content_names: pl.Series
    repeated: int

    @property
    def shares(self) -> NDArray[np.int64]:
        """Rows of each account, (n_accounts,) int64."""
        return np.bincount(self.account_of, minlength=self.names.len()).astype(np.int64)


def encode(frame: pl.DataFrame, settings: Settings) -> Posts:
    """Number the ids of `frame` (object, account, content as text, time in seconds), and sort.

    Outside the compatibility mode, rows that repeat another one entirely are one row. Accounts with fewer
    rows than `min_participation` leave. Rows without content, and those where object and content are the
    same id (an account that shares its own post), count for participation but form no pair.
    Raises: InputError when a column is missing or holds an empty object, account or time.
    """
    frame = _checked(frame)
    pairable = frame.select((pl.col("content") != pl.col("object")).fill_null(False)).to_series().to_numpy()
    numbered = Beside(partial(_sorted_codes, frame.drop_in_place("object")))
    names, account = _sorted_codes(frame.drop_in_place("account"))
    object_names, objects = numbered.result()
    content_names, times = frame["content"], frame["time"].to_numpy()
    content, distinct = _codes(content_names)
    repeats = _repeats(objects, account, content, times) if distinct < content.size else None
    taken = np.arange(content.size, dtype=np.int32)
    if repeats is not None and not settings.coortweet:
        taken = taken[~repeats]
    takes_part = np.bincount(account[taken], minlength=names.len()) >= settings.min_participation
    taken = taken[takes_part[account[taken]]]
    account = (np.cumsum(takes_part, dtype=np.int32) - 1).astype(np.int32)[account]
    rows = taken[pairable[taken]]
    # the account breaks ties, so that nothing drawn later depends on the order of the file
    rows = rows[order_of(objects[rows], times[rows], account[rows])]
    return Posts(
        account_of=account[taken],
        content_of=content[taken],
        rows=rows,
        objects=objects[rows],
        accounts=account[rows],
        contents=content[rows],
        times=times[rows],
        names=names.filter(pl.Series(takes_part)),
        object_names=object_names,
        content_names=content_names,
        repeated=0 if repeats is None else int(repeats.sum()),
    )


def _checked(frame: pl.DataFrame) -> pl.DataFrame:
    missing = [column for column in COLUMNS if column not in frame.columns]
    if missing:
        raise InputError(f"posts: column {missing[0]!r} is missing, found {', '.join(frame.columns)}")
    frame = frame.select(pl.col(COLUMNS[:3]).cast(pl.String), pl.col("time").cast(pl.Float64))
    for column in ("object", "account", "time"):
        empty = frame[column].is_null() if column != "time" else ~frame[column].is_finite().fill_null(False)
        if empty.any():
            raise InputError(f"posts: {column} is empty in row {empty.arg_true()[0] + 1}")
    return frame


def _sorted_codes(ids: pl.Series) -> tuple[pl.Series, NDArray[np.int32]]:
    names = ids.unique().sort()
    return names, ids.cast(pl.Enum(names)).to_physical().cast(pl.Int32).to_numpy()


def _codes(ids: pl.Series) -> tuple[NDArray[np.int32], int]:
    """Number ids in no order that matters, empty ones -1, and count the distinct ones.

    As many hashes as rows prove that all differ. Otherwise two hashes must agree on how many there are.
    """
    hashes = np.sort(ids.hash(1).to_numpy())
    distinct = int((hashes[1:] != hashes[:-1]).sum()) + min(1, hashes.size)
    if distinct == hashes.size:
        codes = pl.Series(np.arange(distinct, dtype=np.int32))
    elif distinct == ids.hash(2).n_unique():
        codes = ids.hash(1).rank("dense").cast(pl.Int32) - 1
    else:
        distinct = ids.n_unique()
        codes = ids.rank("dense").cast(pl.Int32) - 1
    if ids.null_count():
        codes = codes.zip_with(ids.is_not_null(), pl.Series([-1], dtype=pl.Int32))
    return codes.to_numpy(), distinct


def _repeats(
    objects: NDArray[np.int32],
    accounts: NDArray[np.int32],
    contents: NDArray[np.int32],
    times: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Mark every row that is wholly the same as an earlier one."""
    order = np.lexsort((times, contents, accounts, objects))
    same = np.ones(max(0, order.size - 1), dtype=bool)
    for column in (objects, accounts, contents, times):
        same &= column[order[1:]] == column[order[:-1]]
    repeats = np.zeros(order.size, dtype=bool)
    repeats[order[1:][same]] = True
    return repeats
