"""How near a caption is to what was offered or posted; only fingerprints of others' words are known."""

from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.studio.wording import Level, Source, fingerprints, nearness, own_words

KEY, OTHER = b"a key of the instance", b"another key"
IDEA = "Dordogne, 3e : 75 voix d’écart en 2024. Vous connaissez combien de monde là-bas ?"
WORDS = st.lists(
    st.sampled_from(["une", "rue", "deux", "voix", "trois", "mains", "ma", "tante", "demain", "pain"]),
    max_size=30,
).map(" ".join)


def test_the_idea_as_it_stands_is_the_same_whatever_signs_and_hashtags() -> None:
    found = nearness(f"{IDEA.upper()} !!! #LesMainsLibres https://exemple.fr/x", [IDEA], [], KEY)
    assert (found.level, found.source, found.share) == (Level.SAME, Source.IDEA, 1.0)


def test_half_of_an_idea_is_near_and_own_words_are_own() -> None:
    near = nearness(f"{IDEA} Moi, ma tante et ses voisins de palier.", [IDEA], [], KEY)
    assert near.level is Level.NEAR
    own = nearness("Dans mon village on est 312, faites le calcul avec moi.", [IDEA], [], KEY)
    assert own.level is Level.OWN


def test_what_others_posted_is_known_by_fingerprints_alone() -> None:
    posted = fingerprints("Dans mon village on est 312, faites le calcul.", KEY)
    found = nearness("dans mon village on est 312 faites le calcul", [IDEA], [posted], KEY)
    assert (found.level, found.source) == (Level.SAME, Source.POSTED)
    assert not any("village" in mark for mark in posted)
    assert not set(posted) & set(fingerprints("Dans mon village on est 312, faites le calcul.", OTHER))


def test_nothing_but_hashtags_is_no_caption() -> None:
    assert nearness("#a #b https://exemple.fr", [IDEA], [], KEY).level is Level.EMPTY
    assert own_words("Oui #mot @nom").split() == ["Oui"]


@given(WORDS, WORDS)
def test_saying_more_of_the_same_is_never_less_near(mine: str, theirs: str) -> None:
    alone = nearness(mine, [theirs], [], KEY)
    both = nearness(mine, [theirs], [fingerprints(mine, KEY)], KEY)
    assert both.share >= alone.share
    assert 0 <= alone.share <= 1
    assert (both.level is Level.EMPTY) == (not mine.strip())
