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
