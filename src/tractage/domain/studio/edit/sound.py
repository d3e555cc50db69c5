"""The sound of an edit: mixing, ducking, loudness.

Arrays are (n, 2) float32 at 48 kHz, full scale 1. Loudness follows ITU-R BS.1770-4 (2015): K-weighting,
blocks of 400 ms with 75 % overlap, gates at −70 LUFS and −10 LU. The ceiling follows EBU R 128.
"""

import numpy as np
from numpy.typing import NDArray

from tractage.domain.studio.edit.windows import Filter, filtered, sliding_max, sliding_mean

RATE = 48_000
CEILING = 10 ** (-1.5 / 20)  # full scale; inter-sample peaks then stay under −1 dBTP
SILENCE = -70.0  # LUFS
_SHELF: Filter = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
_HIGH_PASS: Filter = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))

Sound = NDArray[np.float32]


def loudness(sound: Sound) -> float:
    """Return the integrated loudness of `sound` in LUFS, −inf for silence or under 400 ms."""
    weighted = filtered(sound, (_SHELF, _HIGH_PASS))
    block, step = RATE * 4 // 10, RATE // 10
    if len(sound) < block:
        return float("-inf")
    energy = np.concatenate([np.zeros((1, 2)), np.cumsum(weighted**2, axis=0)])
    starts = np.arange(0, len(sound) - block + 1, step)
    power = ((energy[starts + block] - energy[starts]) / block).sum(axis=1)
    loud = power[power > _power(SILENCE)]
    if not len(loud):
        return float("-inf")
    kept = loud[loud > 0.1 * loud.mean()]
    return float(-0.691 + 10 * np.log10(kept.mean()))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10))


def at_loudness(sound: Sound, target: float) -> Sound:
    """Return `sound` brought to `target` LUFS with its peaks under the ceiling; silence is returned as it is.

    Peaks over the ceiling are limited, which takes loudness away, so gain and limiter are repeated until the
    measure is within 0.1 LU.
    """
    gain = 0.0
    out = sound
    for _ in range(12):
        found = loudness(out)
        if not np.isfinite(found) or abs(found - target) <= 0.1:
            break
        gain += target - found
        out = limited(sound * np.float32(10 ** (gain / 20)))
    return out


def limited(sound: Sound) -> Sound:
    """Return `sound` with no sample over the ceiling: the gain falls 5 ms before a peak and rises after it.

    The mean of gains that are each low enough for every sample within 5 ms is low enough too.
    """
    window = RATE // 200
    peaks = np.abs(sound).max(axis=1, initial=0)
    wanted = np.minimum(
        1.0, CEILING / np.maximum(sliding_max(peaks.astype(np.float64), 2 * window + 1), 1e-9)
    )
    return np.asarray(sound * sliding_mean(wanted, window)[:, None], np.float32)


def true_peak(sound: Sound) -> float:
    """Return the largest inter-sample peak of `sound`, full scale, by four-fold oversampling."""
    from scipy.signal import resample_poly  # slow to load, and only a test asks

    return float(np.abs(resample_poly(sound, 4, 1, axis=0)).max()) if len(sound) else 0.0


def sequence(parts: list[tuple[int, Sound]], total: int) -> Sound:
    """Lay sounds at their first samples in a track of `total`; two that overlap cross-fade at equal power."""
    track = np.zeros((total, 2), np.float32)
    ends = 0
    for start, sound in parts:
        piece = sound[: max(0, total - start)].copy()
        shared = min(max(0, ends - start), len(piece))
        if shared:
            rise = np.sin(np.linspace(0, np.pi / 2, shared, dtype=np.float32))[:, None]
            piece[:shared] *= rise
            track[start : start + shared] *= rise[::-1]
        track[start : start + len(piece)] += piece
        ends = start + len(piece)
    return track


def ducked(bed: Sound, voice: Sound, depth: float) -> Sound:
    """Return `bed` lowered by `depth` decibels while `voice` is heard (over −40 dBFS RMS), with soft edges.

    The bed begins to fall 0.12 s before the voice and comes back over 0.5 s after it. Both are (n, 2).
    """
    level = np.sqrt(np.maximum(0, sliding_mean((voice.astype(np.float64) ** 2).mean(axis=1), RATE // 20)))
    heard = sliding_max((level > 0.01).astype(np.float64), RATE // 4 + 1)
    shape = sliding_mean(heard, RATE // 4)
    return np.asarray(bed * (10 ** (-depth * shape / 20))[:, None], np.float32)
