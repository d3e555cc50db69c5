"""Floods: too much from one author, the same from many."""

from tractage.domain.guard.decisions import Action
from tractage.domain.guard.events import Post
from tractage.domain.guard.floods import FloodLimits, FloodWatch, link_keys, shared_key, text_key
from tractage.domain.guard.windows import Rate, Window

SPAM = "Venez tous sur le vrai serveur, celui-ci est mort"


def rules(watch: FloodWatch, posts: list[Post]) -> list[list[str]]:
    return [[decision.rule for decision in watch.see(post)] for post in posts]


def test_a_window_lets_go_of_what_is_old() -> None:
    window = Window[str](10)
    window.add(0, "a")
    window.add(9, "b")
    assert window.items() == ["a", "b"]
    window.add(10, "c")
    assert window.items() == ["b", "c"]
    assert window.since(9) == ["c"]


def test_too_many_messages_of_one_author() -> None:
    watch = FloodWatch(FloodLimits(author_messages=Rate(3, 10)))
    posts = [Post(t, str(t), "dan", f"message {'abcdef'[t]}") for t in range(3)]
    assert rules(watch, posts) == [[], [], ["author-rate"]]
    assert watch.see(Post(20, "x", "dan", "encore")) == []


def test_the_same_text_of_one_author_is_the_same_whatever_its_signs() -> None:
    watch = FloodWatch(FloodLimits(author_same=Rate(3, 30), author_messages=Rate(99, 10)))
    texts = ("Achetez ici !", "ACHETEZ   ici 1", "аchetez ici...")
    decisions = [watch.see(Post(t, str(t), "dan", text)) for t, text in enumerate(texts)][-1]
    assert [(each.rule, each.action) for each in decisions] == [("author-same", Action.REMOVE)]
    assert decisions[0].messages == ("0", "1", "2")


def test_the_same_text_of_many_authors() -> None:
    watch = FloodWatch()
    posts = [Post(t, f"m{t}", f"a{t}", f"{SPAM} {t * 111}") for t in range(5)]
    assert rules(watch, posts)[-1] == ["authors-text"]


def test_one_author_is_not_many() -> None:
    watch = FloodWatch(FloodLimits(author_same=Rate(99, 30), author_messages=Rate(99, 10)))
    assert rules(watch, [Post(t, f"m{t}", "dan", SPAM) for t in range(8)]) == [[]] * 8


def test_greetings_and_short_words_are_nobodys_flood() -> None:
    watch = FloodWatch()
    posts = [Post(t / 10, f"m{t}", f"a{t}", "Bonjour à tous, merci !") for t in range(30)]
    posts += [Post(4 + t / 10, f"n{t}", f"a{t}", "On lâche rien !") for t in range(30)]
    assert rules(watch, posts) == [[]] * 60


def test_one_link_of_many_authors_in_different_sentences() -> None:
    watch = FloodWatch()
    posts = [Post(t, f"m{t}", f"a{t}", f"{'abcde'[t]} https://www.exemple.invalid/x?u={t}") for t in range(5)]
    assert rules(watch, posts)[-1] == ["authors-link"]


def test_one_mention_of_many_authors_and_many_mentions_of_one() -> None:
    watch = FloodWatch()
    posts = [Post(t, f"m{t}", f"a{t}", "hé " + "abcdef"[t], mentions=("alice",)) for t in range(6)]
    assert rules(watch, posts)[-1] == ["authors-mention"]
    crowd = tuple(f"x{n}" for n in range(12))
    assert [each.rule for each in watch.see(Post(9, "m", "dan", "coucou", mentions=crowd))] == [
        "author-mentions"
    ]


def test_one_picture_of_many_authors_up_to_a_few_bits() -> None:
    watch = FloodWatch()
    near = [bytes([0xFF] * 31 + [n]) for n in range(4)]
    posts = [Post(t, f"m{t}", f"a{t}", "", pictures=(picture,)) for t, picture in enumerate(near)]
    assert rules(watch, posts)[-1] == ["authors-picture"]
    other = [Post(90 + t, f"o{t}", f"b{t}", "", pictures=(bytes([17 * t] * 32),)) for t in range(4)]
    assert rules(watch, other) == [[]] * 4


def test_keys() -> None:
    assert text_key("Ça va ? 123") == "cava"
    assert shared_key("Bonjour à tous") == ""
    assert link_keys("http://A.fr/x, https://www.a.fr/x?y") == ["a.fr/x"]
