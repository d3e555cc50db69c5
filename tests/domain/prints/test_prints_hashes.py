"""Hashes: what must not change them, their distance, and the exact search among many."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from benchmarks.prints_edits import jpeg
from benchmarks.prints_works import looks, scene, stranger
from hypothesis import given, settings
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.prints import HashIndex, detail, distance, hash_picture, luma
from tractage.domain.prints.hash_index import EXACT

HASHES = st.binary(min_size=32, max_size=32)


def grey(seed: int, height: int = 300, width: int = 240) -> np.ndarray:
    return scene(np.random.default_rng(seed), height, width).mean(axis=2).astype(np.uint8)


@given(HASHES, HASHES, HASHES)
def test_the_distance_is_a_distance(first: bytes, second: bytes, third: bytes) -> None:
    assert distance(first, first) == 0
    assert distance(first, second) == distance(second, first) <= 256
    assert distance(first, third) <= distance(first, second) + distance(second, third)


def test_the_distance_counts_bits() -> None:
    assert distance(bytes(32), b"\xff" + bytes(31)) == 8
    with pytest.raises(InputError, match="32 bytes"):
        distance(b"short", bytes(32))


@pytest.mark.parametrize("seed", range(6))
def test_size_light_and_compression_do_not_change_a_hash(seed: int) -> None:
    picture = grey(seed)
    first = hash_picture(picture)
    half = picture.reshape(150, 2, 120, 2).mean(axis=(1, 3)).astype(np.uint8)
    darker = (picture * 0.7 + 10).astype(np.uint8)
    again = jpeg(np.repeat(picture[..., None], 3, axis=2), 40)[..., 0]
    assert max(distance(first, hash_picture(other)) for other in (half, darker, again)) <= 20
    assert distance(first, hash_picture(grey(seed + 100))) > 60


def test_strangers_are_far_apart() -> None:
    look = looks()["dev"]
    hashes = [hash_picture(stranger(seed, look).mean(axis=2).astype(np.uint8)) for seed in range(30)]
    apart = [distance(a, b) for number, a in enumerate(hashes) for b in hashes[:number]]
    assert min(apart) > EXACT
    assert 115 < np.mean(apart) < 135


def test_the_luma_is_that_of_opencv() -> None:
    picture = scene(np.random.default_rng(1), 60, 50)
    assert np.abs(luma(picture).astype(int) - cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)).max() <= 1


def test_a_flat_picture_tells_nothing() -> None:
    assert detail(np.full((50, 40), 90, np.uint8)) < 0.01
    assert detail(grey(1)) > 2
    with pytest.raises(InputError, match="grey picture"):
        hash_picture(np.zeros((4, 4, 3), np.uint8))


@given(st.integers(0, 2**32), st.integers(0, EXACT))
@settings(deadline=None)
def test_nothing_within_the_distance_is_missed(seed: int, flipped: int) -> None:
    rng = np.random.default_rng(seed)
    hashes = rng.integers(0, 256, (500, 32), dtype=np.uint8)
    bits = np.unpackbits(hashes[7])
    bits[rng.choice(256, flipped, replace=False)] ^= 1
    wanted = np.packbits(bits).tobytes()
    index = HashIndex(hashes, tuple(map(str, range(500))))
    expected = [(str(n), distance(row.tobytes(), wanted)) for n, row in enumerate(hashes)]
    hits = [(hit.label, hit.distance) for hit in index.near(wanted)]
    assert sorted(hits) == sorted((label, d) for label, d in expected if d <= EXACT)
    assert ("7", flipped) in hits


def test_an_index_is_saved_appended_and_mapped(tmp_path: Path) -> None:
    first = HashIndex.of({"a": bytes(32), "b": b"\xff" * 32})
    both = first.append({"c": bytes(31) + b"\x0f"})
    both.save(tmp_path / "known.hashes")
    again = HashIndex.load(tmp_path / "known.hashes")
    assert len(again) == 3
    assert [(hit.label, hit.distance) for hit in again.near(bytes(32))] == [("a", 0), ("c", 4)]
    assert [path.name for path in tmp_path.iterdir()] == ["known.hashes"]
    assert not again.hashes.flags.writeable
    assert HashIndex.of({}).near(bytes(32)) == ()


@pytest.mark.parametrize(("within", "wanted"), [(EXACT + 1, bytes(32)), (-1, bytes(32)), (5, b"x")])
def test_a_wrong_question_is_refused(within: int, wanted: bytes) -> None:
    with pytest.raises(InputError):
        HashIndex.of({"a": bytes(32)}).near(wanted, within)


def test_a_file_cut_short_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "known.hashes"
    HashIndex.of({"a": bytes(32)}).save(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="cut"):
        HashIndex.load(path)


def test_the_light_part_needs_neither_opencv_nor_numba() -> None:
    import subprocess
    import sys

    code = "import sys, tractage.domain.prints; sys.exit(bool({'cv2', 'numba'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
