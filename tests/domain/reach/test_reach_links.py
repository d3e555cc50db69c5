"""One post, one address; what cannot count is refused in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.reach.links import (
    PLATFORMS,
    LinkError,
    find_link,
    looks_like_link,
    parse_link,
    same_post,
)

SAME = [
    (
        "tiktok",
        "https://www.tiktok.com/@alice/video/7301234567890123456?lang=fr&_r=1",
        "https://m.tiktok.com/v/7301234567890123456.html",
        "tiktok.com/@alice/photo/7301234567890123456",
    ),
    (
        "instagram",
        "https://www.instagram.com/reel/Cxyz_12-3/?igsh=MTIz",
        "instagram.com/p/Cxyz_12-3",
        "https://instagram.com/alice.b/reel/Cxyz_12-3/#c",
    ),
    (
        "x",
        "https://twitter.com/bob/status/123456789?s=20&t=abc",
        "https://x.com/i/web/status/123456789",
        "https://mobile.twitter.com/bob/status/123456789/photo/1",
    ),
    (
        "youtube",
        "https://youtu.be/dQw4w9WgXcQ?si=1",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
        "https://m.youtube.com/watch?feature=share&v=dQw4w9WgXcQ&t=3s",
    ),
    (
        "facebook",
        "https://www.facebook.com/story.php?story_fbid=1234567&id=9",
        "https://m.facebook.com/alice/posts/1234567",
        "https://www.facebook.com/alice/videos/titre/1234567/",
    ),
    (
        "threads",
        "https://www.threads.net/@alice/post/Cabc",
        "https://www.threads.com/t/Cabc",
        "threads.net/@alice/post/Cabc/?xmt=1",
    ),
    (
        "reddit",
        "https://old.reddit.com/r/france/comments/abc12/titre/",
        "https://redd.it/abc12",
        "https://www.reddit.com/comments/abc12/",
    ),
    (
        "bluesky",
        "https://bsky.app/profile/Alice.bsky.social/post/3kxyz",
        "bsky.app/profile/alice.bsky.social/post/3kxyz?ref=1",
        "https://bsky.app/profile/alice.bsky.social/post/3kxyz/",
    ),
    ("telegram", "https://t.me/canal/42", "https://t.me/s/Canal/42", "telegram.me/canal/42?single"),
    (
        "web",
        "https://exemple.fr/billet/?utm_source=x&b=2&a=1#c",
        "http://www.exemple.fr/billet?a=1&b=2&fbclid=z",
        "exemple.fr/billet/?b=2&a=1",
    ),
]


@pytest.mark.parametrize(("platform", "first", "second", "third"), SAME)
def test_three_links_to_one_post_are_one_address(platform: str, first: str, second: str, third: str) -> None:
    post = parse_link(first)
    assert post.platform == platform
    assert post == parse_link(second) == parse_link(third)
    assert same_post(first, third)


@pytest.mark.parametrize("links", SAME, ids=lambda links: links[0])
def test_a_canonical_address_is_its_own_canonical_address(links: tuple[str, ...]) -> None:
    post = parse_link(links[1])
    assert parse_link(post.url) == post


@given(st.integers(10**17, 10**19), st.from_regex(r"[a-z0-9_.]{2,12}", fullmatch=True))
def test_tiktok_posts_differ_by_their_number_alone(number: int, name: str) -> None:
    link = f"https://www.tiktok.com/@{name}/video/{number}"
    assert parse_link(link).id == str(number)
    assert not same_post(link, f"https://www.tiktok.com/@{name}/video/{number + 1}")


@pytest.mark.parametrize(
    "link",
    [
        "https://vm.tiktok.com/ZMabc/",
        "https://www.tiktok.com/t/ZMabc/",
        "https://t.co/abc",
        "https://bit.ly/3abc",
        "https://www.facebook.com/share/p/abc/",
        "https://www.reddit.com/r/france/s/abc",
        "fb.watch/abc",
    ],
)
def test_a_shortened_link_is_refused(link: str) -> None:
    with pytest.raises(InputError, match=r"shortened.*paste the full address"):
        parse_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "https://www.instagram.com/stories/alice/123/",
        "https://www.instagram.com/direct/t/123",
        "https://t.me/c/1234/5",
        "https://t.me/+abcdef",
        "https://discord.com/channels/1/2/3",
        "https://web.whatsapp.com/x",
        "https://x.com/messages/1-2",
    ],
)
def test_a_private_post_is_refused(link: str) -> None:
    with pytest.raises(InputError, match="not public"):
        parse_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "https://www.tiktok.com/@alice",
        "https://x.com/alice",
        "https://www.youtube.com/@alice",
        "https://www.youtube.com/watch?v=short",
        "https://www.instagram.com/alice/",
        "https://www.facebook.com/alice",
    ],
)
def test_a_page_that_is_not_a_post_is_refused(link: str) -> None:
    with pytest.raises(InputError, match="not one post"):
        parse_link(link)


@pytest.mark.parametrize(
    "text", ["", "bonjour", "deux mots", "https://[bad", "https://", "1234", "exemple.fr"]
)
def test_what_is_no_link_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="expected"):
        parse_link(text)


def test_a_whole_site_is_not_a_post() -> None:
    with pytest.raises(InputError, match="whole site"):
        parse_link("https://exemple.fr/")


@given(st.text(max_size=60))
def test_any_text_is_a_post_or_a_refusal(text: str) -> None:
    try:
        post = parse_link(text)
    except InputError:
        return
    assert post.platform in {*PLATFORMS, "web"}
    assert parse_link(post.url) == post


def test_a_name_of_a_post_is_not_taken_for_a_link() -> None:
    assert not any(looks_like_link(name) for name in ("17", "post-3", "a.b", "tiktok 7"))


@pytest.mark.parametrize(
    ("link", "code"),
    [
        ("https://t.co/abc", "shortened"),
        ("https://t.me/c/1234/5", "private"),
        ("https://x.com/alice", "not-a-post"),
        ("https://exemple.fr/", "not-a-post"),
        ("bonjour", "no-link"),
    ],
)
def test_a_refusal_has_a_code_to_be_said_in_another_language(link: str, code: str) -> None:
    with pytest.raises(LinkError) as refusal:
        parse_link(link)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (("https://x.com/a/status/1", "rien", ""), "https://x.com/a/status/1"),
        (
            ("", "Regarde ça ! https://youtu.be/dQw4w9WgXcQ?si=1.", "Titre"),
            "https://youtu.be/dQw4w9WgXcQ?si=1",
        ),
        (("", "", "« https://exemple.fr/billet »"), "https://exemple.fr/billet"),
        (("", "tiktok.com/@a/video/7301234567890123456"), "tiktok.com/@a/video/7301234567890123456"),
        (("", "aucune adresse ici", ""), ""),
    ],
)
def test_a_phone_shares_an_address_among_words(texts: tuple[str, ...], found: str) -> None:
    assert find_link(*texts) == found


@pytest.mark.parametrize(
    ("link", "names"),
    [
        ("https://www.tiktok.com/@alice/video/7301234567890123456", False),
        ("https://x.com/alice/status/123456789", False),
        ("https://bsky.app/profile/alice.bsky.social/post/3kxyz", True),
        ("https://t.me/canal/42", True),
        ("https://mastodon.example/@alice/110", True),
        ("https://exemple.fr/users/alice/billet", True),
        ("https://exemple.fr/2027/03/billet", False),
    ],
)
def test_an_address_that_names_its_account_says_so(link: str, names: bool) -> None:
    post = parse_link(link)
    assert post.names_account is names
    assert names or "alice" not in post.url


@given(st.text(max_size=80) | st.from_regex(r"https?://[\w./?=&@%\[\]:-]{0,60}", fullmatch=True))
def test_whatever_is_pasted_is_a_post_or_a_refusal_with_a_code(text: str) -> None:
    try:
        post = parse_link(text)
        platform, code = post.platform, ""
    except LinkError as refusal:
        platform, code = "", refusal.code
    assert platform in {*PLATFORMS, "web"} or code in {"shortened", "private", "not-a-post", "no-link"}
    assert isinstance(find_link(text, text), str)
