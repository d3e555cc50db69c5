"""Works are found again in edited pictures, strangers are not, and what cannot be said is not said."""

from pathlib import Path

import numpy as np
import pytest
from benchmarks.prints_edits import HELD_OUT, MOVING_ONLY, TUNED
from benchmarks.prints_works import Work, looks, make_work, stranger

from tractage.domain.errors import InputError
from tractage.domain.prints.codes import encode
from tractage.domain.prints.features import find_points, mirrored, shrink, to_grey
from tractage.domain.prints.index import PrintIndex
from tractage.domain.prints.match import Kind, Match, find_works
from tractage.domain.prints.prints import QUERY_POINTS, Print, take_print

LOOK = looks()["dev"]
WORKS: list[Work] = [make_work("poster", seed, LOOK) for seed in range(8)]
WORKS += [make_work("twin-3", seed, LOOK) for seed in range(8)]
WORKS += [make_work("gif", 20, LOOK), make_work("video", 21, LOOK)]
EDITS = TUNED | HELD_OUT


def prints_of(work: Work) -> list[Print]:
    step = max(1, len(work.frames) // 4)
    return [take_print(frame, 0.2 * number) for number, frame in enumerate(work.frames)][::step]


@pytest.fixture(scope="module")
def index() -> PrintIndex:
    return PrintIndex().append((work.name, prints_of(work)) for work in WORKS)


def look_for(index: PrintIndex, *frames: np.ndarray) -> tuple[Match, ...]:
    return find_works(index, [take_print(frame, points=QUERY_POINTS) for frame in frames])


@pytest.mark.parametrize("edit", [name for name in EDITS if name not in MOVING_ONLY])
def test_a_poster_is_found_under_each_edit(index: PrintIndex, edit: str) -> None:
    (frame,) = EDITS[edit](WORKS[2].frames, np.random.default_rng(5), LOOK)
    matches = look_for(index, frame)
    assert [match.work for match in matches] == [WORKS[2].name]
    assert matches[0].mirrored == ("mirror" in edit)
    assert 0 < matches[0].score <= 1


@pytest.mark.parametrize("edit", MOVING_ONLY)
@pytest.mark.parametrize("number", [16, 17])
def test_a_film_is_found_under_each_edit(index: PrintIndex, edit: str, number: int) -> None:
    frames = EDITS[edit](WORKS[number].frames, np.random.default_rng(3), LOOK)
    picked = [frames[int(at)] for at in np.linspace(0, len(frames) - 1, 4)]
    assert [match.work for match in look_for(index, *picked)] == [WORKS[number].name]


def test_strangers_are_not_found(index: PrintIndex) -> None:
    assert not [seed for seed in range(40) if look_for(index, stranger(seed + 7_000_000, LOOK))]


def test_two_works_side_by_side_are_both_found(index: PrintIndex) -> None:
    left, right = (WORKS[number].frames[0][-500:] for number in (0, 9))
    matches = look_for(index, np.hstack([left, right]))
    assert {match.work for match in matches} == {WORKS[0].name, WORKS[9].name}
    places = {match.work: np.mean([corner[0] for corner in match.region]) for match in matches}
    assert places[WORKS[0].name] < 0.5 < places[WORKS[9].name]


def test_the_region_says_where_the_work_lies(index: PrintIndex) -> None:
    poster = WORKS[3].frames[0]
    height, width = poster.shape[:2]
    framed = np.full((2 * height, 2 * width, 3), 200, np.uint8)
    framed[height // 2 : height // 2 + height, width // 4 : width // 4 + width] = poster
    (match,) = look_for(index, framed)
    expected = [(0.125, 0.25), (0.625, 0.25), (0.625, 0.75), (0.125, 0.75)]
    assert np.allclose(match.region, expected, atol=0.01)
    assert match.visible > 0.98
    (turned,) = look_for(index, framed[:, ::-1])
    assert turned.mirrored
    assert np.allclose(turned.region, [(1 - x, y) for x, y in expected], atol=0.01)


def test_each_variant_of_a_template_is_named(index: PrintIndex) -> None:
    for work in WORKS[8:16]:
        frame = TUNED["screenshot, noisy interface"](work.frames, np.random.default_rng(2), LOOK)[0]
        (match,) = look_for(index, frame)
        assert (match.work, match.kind) == (work.name, Kind.WORK)


def test_a_crop_without_any_difference_names_the_template_alone(index: PrintIndex) -> None:
    photo = WORKS[10].frames[0][90:330, 100:420]  # the picture that all the twins share
    (match,) = look_for(index, photo)
    assert (match.work, match.kind) == (None, Kind.TEMPLATE)
    assert len(match.candidates) > 1
    assert all(name.startswith("twin-3/") for name in match.candidates)


def test_a_variant_that_is_not_registered_is_not_named(index: PrintIndex) -> None:
    named = [look_for(index, make_work("twin-3", seed, LOOK).frames[0]) for seed in range(100, 110)]
    assert not [match for matches in named for match in matches if match.kind is Kind.WORK]


def test_a_template_is_stored_once(index: PrintIndex) -> None:
    alone = PrintIndex().append((work.name, prints_of(work)) for work in WORKS[8:9])
    family = PrintIndex().append((work.name, prints_of(work)) for work in WORKS[8:16])
    assert len(family.members) == 1
    assert len(family.data.codes) < 4 * len(alone.data.codes)


def test_the_same_picture_under_two_names_gives_both() -> None:
    prints = prints_of(WORKS[0])
    index = PrintIndex().append([("first", prints), ("second", prints)])
    assert {match.work for match in look_for(index, WORKS[0].frames[0])} == {"first", "second"}


def test_an_index_grows_is_saved_and_reloaded(index: PrintIndex, tmp_path: Path) -> None:
    grown = PrintIndex()
    for half in (WORKS[:9], WORKS[9:]):
        grown = grown.append((work.name, prints_of(work)) for work in half)
        grown.save(tmp_path / "works.index")
        grown = PrintIndex.load(tmp_path / "works.index")
    assert grown.works == index.works
    assert [len(family) for family in grown.members] == [len(family) for family in index.members]
    frame = TUNED["crop 20–35 %"](WORKS[12].frames, np.random.default_rng(1), LOOK)[0]
    assert look_for(grown, frame) == look_for(index, frame)


def test_an_empty_index_finds_nothing() -> None:
    assert look_for(PrintIndex(), WORKS[0].frames[0]) == ()


def test_a_name_is_registered_once(index: PrintIndex) -> None:
    with pytest.raises(InputError, match="already"):
        index.append([(WORKS[0].name, prints_of(WORKS[0]))])
    with pytest.raises(InputError, match="no picture"):
        index.append([("nothing", [])])


@pytest.mark.parametrize("shape", [(10, 10, 3), (200, 8), (30, 30, 3, 1)])
def test_what_is_not_a_picture_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(InputError, match="8-bit picture"):
        take_print(np.zeros(shape, np.uint8))


def test_a_flat_picture_has_no_points_and_no_match(index: PrintIndex) -> None:
    assert look_for(index, np.full((300, 200, 3), 128, np.uint8)) == ()


def test_the_mirror_needs_no_second_look() -> None:
    small = shrink(to_grey(WORKS[4].frames[0]))
    guessed = mirrored(find_points(small, 400))
    seen = find_points(np.ascontiguousarray(small[:, ::-1]), 400)
    codes, others = encode(guessed.descriptors).words, encode(seen.descriptors).words
    nearest = np.bitwise_count(codes[:, None] ^ others[None]).sum(axis=2).min(axis=1)
    assert np.median(nearest) <= 2
