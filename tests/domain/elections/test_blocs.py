"""Packs of blocs are data, checked when they are read."""

import re
from pathlib import Path

import pytest

import tractage
from tractage.domain.elections.blocs import pack, parse_pack
from tractage.domain.elections.catalogue import elections
from tractage.domain.elections.results import load_results
from tractage.domain.errors import InputError

BLOCS = ("gauche", "extreme-droite", "centre", "droite", "extreme-gauche", "autres")

PACK = """
election = "legislatives-2024"
rest = "third"
front_against = ["second"]
[blocs.first]
nuances = ["A", "B"]
[blocs.second]
nuances = ["C"]
[blocs.third]
nuances = []
"""


@pytest.mark.parametrize("election", [one.id for one in elections()])
def test_every_election_has_the_same_blocs(election: str) -> None:
    assert pack(election).ids == BLOCS


@pytest.mark.parametrize("election", ["europeennes-2019", "europeennes-2024", "presidentielle-2022"])
def test_listed_nuances_exist_in_the_results(election: str) -> None:
    known = {one.nuance for _, held in load_results(election).round(1) for one in held.candidacies}
    unused = {"LSOC", "LDSV", "LDVC", "LUDI"}
    for bloc in pack(election).blocs:
        assert bloc.nuances <= known | unused


def test_a_nuance_that_nobody_lists_is_of_the_rest() -> None:
    found = parse_pack(PACK, "x.toml")
    assert [found.bloc_of(nuance) for nuance in "ABCZ"] == ["first", "first", "second", "third"]


def test_swapping_twice_changes_nothing() -> None:
    found = parse_pack(PACK, "x.toml")
    swapped = found.swapped("first", "second")
    assert [swapped.bloc_of(nuance) for nuance in "ABCZ"] == ["second", "second", "first", "third"]
    assert swapped.front_against == {"first"}
    again = swapped.swapped("first", "second")
    assert (again.blocs, again.rest, again.front_against) == (found.blocs, found.rest, found.front_against)


def test_an_unknown_bloc_lists_the_known_ones() -> None:
    with pytest.raises(InputError, match=f"unknown bloc 'x' .*; known: {', '.join(BLOCS)}"):
        pack("legislatives-2024").bloc("x")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('rest = "third"', "", "the key 'rest' is missing"),
        ('rest = "third"', 'rest = "fourth"', "rest = 'fourth' is no bloc; expected first, second, third"),
        ('["second"]', '["fourth"]', "front_against = 'fourth' is no bloc"),
        ('["C"]', '["C", "B"]', "the nuance 'B' is in two blocs, 'first' and 'second'"),
        ('["C"]', '"C"', "blocs.second.nuances: found 'C', expected a list of texts"),
        ('["C"]', "[1]", r"blocs.second.nuances: found \[1\], expected a list of texts"),
        ('rest = "third"', "rest =", "not a TOML file"),
    ],
)
def test_a_fault_in_a_pack_is_named(old: str, new: str, said: str) -> None:
    with pytest.raises(InputError, match=f"^x.toml: {said}"):
        parse_pack(PACK.replace(old, new), "x.toml")


def test_no_code_names_a_bloc_or_a_nuance() -> None:
    nuances = {nuance for one in elections() for bloc in pack(one.id).blocs for nuance in bloc.nuances}
    names = re.compile(rf"[\"']({'|'.join(map(re.escape, sorted({*BLOCS} | nuances)))})[\"']")
    source = Path(tractage.__file__).parent
    files = [*(source / "domain/elections").glob("*.py"), *(source / "adapters/official").glob("*.py")]
    files += [source / "cli/pivots.py", source / "cli/elections.py"]
    assert len(files) > 20
    assert names.search("bloc == 'gauche'")
    assert not [path.name for path in files if names.search(path.read_text("utf-8"))]
