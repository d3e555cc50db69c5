"""Sightings of one post are one post; what cannot be laid out is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tractage.domain.errors import InputError
from tractage.domain.reach.audit import draw_audit
from tractage.domain.reach.sightings import ListKind, SeenPost, Sighting, merge, tabulate
from tractage.domain.reach.table import read_table

HEADER = "post,platform,views,age_days,lists\n"


def sighting(post: str, kind: str, day: int, views: int | None, published: int | None = None) -> Sighting:
    return Sighting("tiktok", post, kind, date(2027, 3, day), views, published and date(2027, 3, published))


def test_sightings_of_one_post_are_merged_with_the_latest_reading() -> None:
    seen = merge(
        [
            sighting("p", ListKind.SELF_DECLARED, 3, 100, 1),
            sighting("q", "C", 3, 5),
            sighting("p", ListKind.FINGERPRINT, 9, 900),
            sighting("p", "C", 9, 880),
            sighting("p", "D", 12, None),
        ]
    )
    assert seen == (
        SeenPost("tiktok", "p", frozenset("ABCD"), 900, 8.0, 4),
        SeenPost("tiktok", "q", frozenset("C"), 5, None, 1),
    )


@given(st.permutations([sighting("p", k, d, v) for k, d, v in (("A", 1, 10), ("B", 2, 30), ("C", 2, 20))]))
def test_the_order_of_sightings_does_not_matter(sightings: list[Sighting]) -> None:
    assert merge(sightings) == (SeenPost("tiktok", "p", frozenset("ABC"), 30, None, 3),)


def test_posts_are_laid_out_by_platform_and_list() -> None:
    posts = [
        SeenPost("x", "1", frozenset("CA"), 10, 2.0, 2),
        SeenPost("tiktok", "2", frozenset("B"), 0, 3.0, 1),
    ]
    found = tabulate(posts)
    assert (found.platforms, found.lists) == (("tiktok", "x"), ("A", "B", "C"))
    assert found.group.tolist() == [1, 0]
    assert found.seen.tolist() == [[True, False, True], [False, True, False]]
    assert found.ages is not None
    assert found.ages.tolist() == [2.0, 3.0]


@pytest.mark.parametrize(
    ("posts", "message"),
    [
        ([], "no post"),
        ([SeenPost("x", "1", frozenset("A"), None, None, 1)], "views of 1 are None"),
        ([SeenPost("x", "1", frozenset("ABCDEFG"), 1, None, 1)], "7 lists"),
    ],
)
def test_what_cannot_be_laid_out_is_refused(posts: list[SeenPost], message: str) -> None:
    with pytest.raises(InputError, match=message):
        tabulate(posts)


def test_the_same_post_by_three_links_is_one_line() -> None:
    table = read_table(
        HEADER
        + "https://youtu.be/dQw4w9WgXcQ?si=1,YouTube,12 k,3,A\n"
        + '"https://www.youtube.com/shorts/dQw4w9WgXcQ",youtube,"1,2 M",4,B;C\n'
        + "\n"
        + "https://m.youtube.com/watch?v=dQw4w9WgXcQ&t=3,youtube,0,4,A\n",
        "s.csv",
    )
    assert table.merged == 2
    assert table.found.views.tolist() == [1_200_000.0]
    assert table.found.seen.tolist() == [[True, True, True]]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "column post, platform, views, age_days, lists is missing"),
        ("post,platform,views\n1,x,2\n", "column age_days, lists is missing"),
        (HEADER, "no line below the header"),
        (HEADER + "1,x,2,,A,B\n", r"s.csv, line 2: 6 cells; expected 5"),
        (HEADER + "1,x,2,,A\n2,x,-3,,A\n", r"s.csv, line 3: views '-3': negative"),
        (HEADER + "1,x,2,soon,A\n", r"line 2: age_days 'soon'"),
        (HEADER + "1,x,2,,\n", r"line 2: lists is empty"),
        (HEADER + ",x,2,,A\n", r"line 2: post is empty"),
        (HEADER + "1,,2,,A\n", r"line 2: platform ''"),
        (HEADER + "https://vm.tiktok.com/a/,tiktok,2,,A\n", r"line 2: link .* shortened"),
        (
            HEADER + "https://x.com/a/status/12,tiktok,2,,A\n",
            r"line 2: post .* is on x; platform says 'tiktok'",
        ),
        (HEADER + "1,x,2,3,A\n2,x,2,,A\n", "age_days is empty for 1 posts and given for 1"),
    ],
)
def test_a_wrong_table_is_refused_with_the_line(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_table(text, "s.csv")


def test_an_audit_is_drawn_by_its_seed_alone() -> None:
    subjects = {"query": ["a", "b", "c", " c "], "constituency": ["01-01", "2A-02"]}
    drawn = draw_audit(subjects, 3, "2027-03-01")
    turned = {kind: list(reversed(some)) for kind, some in reversed(subjects.items())}
    assert drawn == draw_audit(turned, 3, "2027-03-01")
    assert len({(task.kind, task.subject) for task in drawn}) == 3
    assert any(draw_audit(subjects, 3, f"seed {n}") != drawn for n in range(5))
    assert {(t.kind, t.subject) for t in draw_audit(subjects, 5, "x")} == {
        ("query", "a"),
        ("query", "b"),
        ("query", "c"),
        ("constituency", "01-01"),
        ("constituency", "2A-02"),
    }
    for count in (0, 6):
        with pytest.raises(InputError, match="expected from 1 to 5"):
            draw_audit(subjects, count, "x")
