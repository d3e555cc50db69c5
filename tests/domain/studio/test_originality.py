"""The originality meter: levels, words, and laws."""

from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.studio.originality import Known, Level, contained, measure, shingles

WORDS = "Ce n'est pas une affiche qui change l'élection, c'est la personne qui la donne."
texts = st.text(st.sampled_from("aéb ç’-.\n"), max_size=60)


def test_nothing_known_is_new() -> None:
    found = measure(WORDS, [])
    assert (found.level, found.nearest) == (Level.NEW, None)
    assert [str(remark) for remark in found.remarks] == ["Nothing in it was found in a known work."]


def test_the_same_picture_and_words_are_a_copy_that_must_name_its_parent() -> None:
    found = measure(WORDS, [Known("affiche-12", picture=0.98, text=WORDS)])
    assert found.level is Level.COPY
    said = [str(remark) for remark in found.remarks]
    assert "98 % of the picture is in “affiche-12”." in said
    assert "100 % of the words are those of “affiche-12”." in said
    assert any("does not name “affiche-12”" in line for line in said)


def test_a_declared_version_is_not_reproached() -> None:
    found = measure(
        "D'autres mots pour la même image, vraiment", [Known("a", picture=0.6)], declared_parent="a"
    )
    assert found.level is Level.VERSION
    assert not any("does not name" in str(remark) for remark in found.remarks)
    assert any(not remark.same and "40 % of the picture is new" in str(remark) for remark in found.remarks)


def test_a_mirror_is_said() -> None:
    found = measure("", [Known("a", picture=0.95, mirrored=True)])
    assert found.level is Level.COPY
    assert "mirrored" in str(found.remarks[0])


def test_words_that_come_back_are_inspired() -> None:
    text = "La personne qui la donne change l'élection, et demain nous aussi"
    assert measure(text, [Known("a", text=WORDS)]).level in {Level.INSPIRED, Level.NEW}
    assert (
        measure(WORDS + " Et puis autre chose encore ici", [Known("a", text=WORDS)]).level is Level.INSPIRED
    )


def test_accents_case_and_signs_do_not_hide_a_copy() -> None:
    assert contained("CE N’EST PAS UNE AFFICHE", "ce n'est pas une affiche !") == 1


@given(texts)
def test_a_text_contains_itself(text: str) -> None:
    assert contained(text, text) == (1 if shingles(text) else 0)


@given(texts, texts, st.floats(0, 1), st.floats(0, 1))
def test_more_in_common_is_never_more_original(text: str, other: str, less: float, more: float) -> None:
    less, more = sorted((less, more))
    order = list(Level)
    far = measure(text, [Known("a", picture=less, text=other)])
    near = measure(text, [Known("a", picture=more, text=other)])
    assert order.index(near.level) <= order.index(far.level)
