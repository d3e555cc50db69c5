"""Loudness against the standard's own test signals; limiter, ducking and cross-fades as laws."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.studio.edit.sound import (
    CEILING,
    RATE,
    Sound,
    at_loudness,
    ducked,
    limited,
    loudness,
    sequence,
    true_peak,
)
from tractage.domain.studio.edit.windows import filtered, sliding_max, sliding_mean


def tone(decibels: float, seconds: float = 10, hertz: float = 1000) -> Sound:
    """A sine on both channels whose peak is `decibels` under full scale."""
    wave = 10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)
    return np.stack([wave, wave], 1).astype(np.float32)


@pytest.mark.parametrize("level", [-23.0, -33.0])
def test_cases_1_and_2_of_ebu_tech_3341(level: float) -> None:
    assert loudness(tone(level, 20)) == pytest.approx(level, abs=0.1)


def test_case_3_of_ebu_tech_3341() -> None:
    parts = [tone(-36, 10), tone(-23, 60), tone(-36, 10)]
    assert loudness(np.concatenate(parts)) == pytest.approx(-23, abs=0.1)


def test_case_4_of_ebu_tech_3341() -> None:
    levels = [(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)]
    assert loudness(np.concatenate([tone(level, length) for level, length in levels])) == pytest.approx(
        -23, abs=0.1
    )


def test_silence_has_no_loudness_and_stays_silent() -> None:
    silence = np.zeros((RATE, 2), np.float32)
    assert loudness(silence) == float("-inf")
    assert not at_loudness(silence, -14).any()


@settings(max_examples=15, deadline=None)
@given(st.floats(-50, -2), st.integers(0, 2**32 - 1))
def test_any_sound_reaches_its_loudness_under_the_ceiling(level: float, seed: int) -> None:
    rng = np.random.default_rng(seed)
    noise = rng.normal(0, 1, (3 * RATE, 2)) * np.repeat(rng.uniform(0.2, 1, 30), RATE // 10)[:, None]
    out = at_loudness((10 ** (level / 20) * noise).astype(np.float32), -14)
    assert loudness(out) == pytest.approx(-14, abs=0.5)
    assert np.abs(out).max() <= CEILING + 1e-6
    assert true_peak(out) <= 1.0


@settings(max_examples=25, deadline=None)
@given(st.floats(0.1, 8), st.integers(0, 2**32 - 1))
def test_limiter_never_passes_the_ceiling(peak: float, seed: int) -> None:
    sound = (np.random.default_rng(seed).normal(0, peak, (RATE // 4, 2))).astype(np.float32)
    assert np.abs(limited(sound)).max() <= CEILING + 1e-6


def test_limiter_leaves_a_quiet_sound_alone() -> None:
    quiet = tone(-20, 1)
    assert np.array_equal(limited(quiet), quiet)


def test_bed_falls_under_a_voice_and_comes_back() -> None:
    bed = np.full((4 * RATE, 2), 0.5, np.float32)
    voice = np.zeros_like(bed)
    voice[RATE : 2 * RATE] = tone(-10, 1)
    out = np.abs(ducked(bed, voice, 12)[:, 0])
    assert out[RATE // 2] == pytest.approx(0.5)
    assert out[3 * RATE // 2] == pytest.approx(0.5 * 10 ** (-12 / 20), rel=0.01)
    assert out[3 * RATE] == pytest.approx(0.5)


def test_a_cross_fade_keeps_the_power() -> None:
    rng = np.random.default_rng(4)
    first, second = (rng.normal(0, 0.1, (2 * RATE, 2)).astype(np.float32) for _ in range(2))
    track = sequence([(0, first), (RATE, second)], 3 * RATE)
    power = (track**2).mean()
    assert power == pytest.approx(0.01, rel=0.05)
    assert np.array_equal(track[: RATE // 2], first[: RATE // 2])
    assert np.array_equal(track[-RATE // 2 :], second[-RATE // 2 :])


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=60), st.integers(0, 12))
def test_windows_are_those_of_their_definition(values: list[float], half: int) -> None:
    series, size = np.array(values), 2 * half + 1
    around = [series[max(0, n - half) : n + half + 1].max() for n in range(len(series))]
    assert sliding_max(series, size).tolist() == around
    mirrored = np.pad(series, half, mode="symmetric")
    means = [mirrored[n : n + size].mean() for n in range(len(series))]
    assert sliding_mean(series, size) == pytest.approx(means, abs=1e-9)


def test_a_filter_by_frequencies_is_the_filter_by_samples() -> None:
    noise = np.random.default_rng(2).normal(0, 0.2, (30_000, 2))
    above, below = (1.5, -2.7, 1.2), (1.0, -1.69, 0.73)
    wanted = np.zeros_like(noise)
    for n in range(2, len(noise)):
        wanted[n] = above[0] * noise[n] + above[1] * noise[n - 1] + above[2] * noise[n - 2]
        wanted[n] -= below[1] * wanted[n - 1] + below[2] * wanted[n - 2]
    found = filtered(noise, ((above, below),))
    assert np.abs(found - wanted)[3_000:].max() < 1e-9
