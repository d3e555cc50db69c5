"""The table of sightings that the command reads: post, platform, views, age in days, lists."""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tractage.domain.errors import InputError
from tractage.domain.reach.capture import Found
from tractage.domain.reach.links import looks_like_link, parse_link
from tractage.domain.reach.sightings import SeenPost, tabulate
from tractage.domain.reach.views import parse_views

COLUMNS = ("post", "platform", "views", "age_days", "lists")


@dataclass(frozen=True)
class SightingsTable:
    """The posts of a table, each once, and how many lines were merged into another."""

    found: Found
    merged: int


def read_table(text: str, name: str) -> SightingsTable:
    """Read a CSV text with the columns post, platform, views, age_days and lists (parted by `;`).

    A post may be a link, brought to its canonical address, or any other name; lines on one post are merged:
    all their lists, the largest views, the largest age. An empty age is allowed when all are empty.
    Raises InputError with the file, the line, what was found and what was expected.
    """
    reader = csv.reader(text.removeprefix("\ufeff").splitlines())
    rows = _rows(reader, name)
    header = [cell.strip() for cell in next(rows, [])]
    missing = [column for column in COLUMNS if column not in header]
    if missing:
        raise InputError(
            f"{name}: column {', '.join(missing)} is missing; expected the header {','.join(COLUMNS)}"
        )
    posts: dict[tuple[str, str], SeenPost] = {}
    lines = 0
    for number, cells in enumerate(rows, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            hint = "; a cell that holds a comma goes between quotes" if len(cells) > len(header) else ""
            raise InputError(f"{name}, line {number}: {len(cells)} cells; expected {len(header)}{hint}")
        lines += 1
        row = {column: cell.strip() for column, cell in zip(header, cells, strict=True)}
        try:
            post = _post(row)
        except InputError as error:
            raise InputError(f"{name}, line {number}: {error}") from None
        key = (post.platform, post.post)
        posts[key] = _joined(posts[key], post) if key in posts else post
    if not posts:
        raise InputError(f"{name}: no line below the header; expected one line per post")
    _check_ages(posts.values(), name)
    return SightingsTable(tabulate(tuple(posts.values())), lines - len(posts))


def _rows(reader: Iterator[list[str]], name: str) -> Iterator[list[str]]:
    """Return the cells of each line; a line that no table can hold is the user's mistake, not ours."""
    number = 0
    try:
        for cells in reader:
            number += 1
            yield cells
    except csv.Error as error:
        raise InputError(f"{name}, line {number + 1}: not a line of a CSV ({error})") from None


def _post(row: dict[str, str]) -> SeenPost:
    name, platform = row["post"], row["platform"].casefold()
    if not name:
        raise InputError("post is empty; expected a link or a name")
    if not re.fullmatch(r"[\w .-]{1,40}", platform):
        raise InputError(f"platform {row['platform']!r}; expected a short name such as tiktok")
    if looks_like_link(name):
        link = parse_link(name)
        if link.platform not in {"web", platform}:
            raise InputError(f"post {name} is on {link.platform}; platform says {row['platform']!r}")
        name = link.url
    lists = frozenset(part.strip() for part in row["lists"].split(";") if part.strip())
    if not lists:
        raise InputError("lists is empty; expected one list or more, parted by ;")
    return SeenPost(platform, name, lists, parse_views(row["views"]).number, _age(row["age_days"]), 1)


def _age(text: str) -> float | None:
    if not text:
        return None
    try:
        age = float(text.replace(",", "."))
    except ValueError:
        age = -1.0
    if not 0 <= age <= 36_500:
        raise InputError(f"age_days {text!r}; expected a number of days from 0 up, or nothing")
    return age


def _joined(first: SeenPost, second: SeenPost) -> SeenPost:
    ages = [age for age in (first.age, second.age) if age is not None]
    return SeenPost(
        first.platform,
        first.post,
        first.lists | second.lists,
        max(first.views or 0, second.views or 0),
        max(ages, default=None),
        first.sightings + 1,
    )


def _check_ages(posts: Iterable[SeenPost], name: str) -> None:
    ages = [post.age is None for post in posts]
    if any(ages) and not all(ages):
        raise InputError(
            f"{name}: age_days is empty for {sum(ages)} posts and given for {len(ages) - sum(ages)}; "
            "expected one for all or for none"
        )
