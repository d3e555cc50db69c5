"""The quantile filter of CooRTweet: an edge is strong when it weighs more than a share of all edges."""

from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from tractage.domain.errors import TractageError


def weight_threshold(histogram: NDArray[np.int64], quantile: float) -> float:
    """Return the type-7 quantile of the weights counted in `histogram`, NaN without any.

    histogram: (heaviest + 1,) edges by weight, the last cell holding all weights from there on
    quantile: in [0, 1]
    Raises: TractageError when the quantile falls among the weights of the last cell.
    Source: Hyndman and Fan 1996, definition 7, as R's quantile().
    """
    total = int(histogram.sum())
    if total == 0:
        return float("nan")
    place = (total - 1) * quantile
    cumulated = np.cumsum(histogram)
    low, high = (int(np.searchsorted(cumulated, spot, side="right")) for spot in (floor(place), ceil(place)))
    if high >= histogram.size - 1:
        raise TractageError(
            f"edge weight: the quantile {quantile:g} lies beyond {histogram.size - 2} pair rows"
        )
    share = place - floor(place)
    return (1 - share) * low + share * high if share > 0 and high != low else float(low)
