"""Reads about sightings: posts with their lists, works, views and how old the reading is."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils.timezone import localtime

from tractage.domain.reach.table import COLUMNS
from tractage.hq.campaigns.clock import now
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Edition, Status, Work
from tractage.hq.people.models import Member
from tractage.hq.sightings.kinds import How, SeenState, Source, TaskStatus
from tractage.hq.sightings.models import AuditTask, Post, Reading, Sighting


@dataclass(frozen=True)
class SeenPost:
    """One post whole: the union of what was seen of it under all its links."""

    pk: int
    platform: str
    lists: frozenset[str]
    works: frozenset[int]
    views: int | None
    read_on: date | None
    age: int | None
    addressed: bool

    @property
    def name(self) -> str:
        """What the table calls it: no address, no account."""
        return f"{self.platform}-{self.pk}"


@dataclass(frozen=True)
class LeftOut:
    """Posts that the estimate cannot take, and why."""

    unread: int = 0
    unaddressed: int = 0


def posts_seen(campaign: Campaign) -> QuerySet[Post]:
    """Posts that still stand on their own, the latest first, with all that a list shows."""
    live = Sighting.objects.exclude(state=SeenState.WITHDRAWN).select_related("work", "member")
    return (
        Post.objects.filter(campaign=campaign, merged_into__isnull=True)
        .filter(Exists(Sighting.objects.filter(post=OuterRef("pk")).exclude(state=SeenState.WITHDRAWN)))
        .prefetch_related(
            Prefetch("sightings", live.order_by("at", "pk"), to_attr="seen"),
            Prefetch("readings", Reading.objects.order_by("-day", "-views"), to_attr="read"),
            "duplicates",
        )
    )


def waiting_for_a_word(campaign: Campaign) -> QuerySet[Sighting]:
    """Sightings that nobody has confirmed, the oldest first."""
    return (
        Sighting.objects.filter(post__campaign=campaign, state=SeenState.PENDING)
        .select_related("post", "work", "member")
        .order_by("at", "pk")
    )


def whole_post(campaign: Campaign, pk: int) -> Post | None:
    """A post with everything about it, that of its duplicates left to them."""
    return (
        Post.objects.filter(campaign=campaign, pk=pk)
        .select_related("merged_into", "campaign")
        .prefetch_related(
            Prefetch("sightings", Sighting.objects.select_related("work", "member", "confirmed_by")),
            Prefetch("readings", Reading.objects.select_related("member")),
            "duplicates__sightings",
        )
        .first()
    )


def works_to_choose(campaign: Campaign, text: str = "", most: int = 12) -> list[Work]:
    """Works of the wall to choose from, the latest first, whose title or credit holds `text`."""
    works = Work.objects.filter(campaign=campaign, status__in=[Status.RELEASED, Status.RECALLED])
    if text.strip():
        works = works.filter(Q(title__icontains=text.strip()) | Q(credit__icontains=text.strip()))
    return list(with_small_picture(works)[:most])


def with_small_picture(works: QuerySet[Work]) -> QuerySet[Work]:
    """With the smallest preview of each, in one more query."""
    small = Edition.objects.filter(preview=True).order_by("width")
    return works.prefetch_related(Prefetch("editions", small, to_attr="previews"))


def seen_posts(campaign: Campaign, works: set[int] | None = None) -> list[SeenPost]:
    """The posts that confirmed sightings found, of `works` (all when None), each once with all its lists."""
    roots = _roots(campaign)
    rows = Sighting.objects.filter(post__campaign=campaign, state=SeenState.CONFIRMED)
    lists: dict[int, set[str]] = {}
    carried: dict[int, set[int]] = {}
    for post, how, work in rows.values_list("post_id", "how", "work_id"):
        root = roots[post]
        lists.setdefault(root, set()).add(how)
        if work is not None:
            carried.setdefault(root, set()).add(work)
    kept = [root for root in lists if works is None or carried.get(root, set()) & works]
    read = _latest_readings(campaign, roots)
    posts = {one.pk: one for one in Post.objects.filter(campaign=campaign)}
    return [
        _seen(posts[root], lists[root], carried.get(root, set()), read.get(root)) for root in sorted(kept)
    ]


def _seen(post: Post, lists: set[str], works: set[int], read: tuple[date, int] | None) -> SeenPost:
    day = read[0] if read else None
    age = (day - post.published).days if day and post.published and day >= post.published else None
    return SeenPost(
        post.pk,
        post.platform,
        frozenset(lists),
        frozenset(works),
        read[1] if read else None,
        day,
        age,
        post.addressed,
    )


def _roots(campaign: Campaign) -> dict[int, int]:
    """Each post's own number, or that of the post it was merged into, at the end of the chain."""
    into = dict(Post.objects.filter(campaign=campaign).values_list("pk", "merged_into_id"))

    def root(pk: int) -> int:
        seen = {pk}
        while (parent := into.get(pk)) is not None and parent not in seen:
            pk = parent
            seen.add(pk)
        return pk

    return {pk: root(pk) for pk in into}


def _latest_readings(campaign: Campaign, roots: dict[int, int]) -> dict[int, tuple[date, int]]:
    """The latest reading of each post, the largest of one day; YouTube's API is shown and never mixed in."""
    read: dict[int, tuple[date, int]] = {}
    rows = Reading.objects.filter(post__campaign=campaign).exclude(source=Source.YOUTUBE)
    rows = rows.filter(Q(sighting__isnull=True) | Q(sighting__state=SeenState.CONFIRMED))
    for post, day, views in rows.values_list("post_id", "day", "views"):
        root = roots[post]
        read[root] = max(read.get(root, (day, views)), (day, views))
    return read


def usable(posts: Iterable[SeenPost]) -> tuple[list[SeenPost], LeftOut]:
    """The posts that an estimate can take, and how many it leaves out."""
    kept, unread, unaddressed = [], 0, 0
    for post in posts:
        if not post.addressed:
            unaddressed += 1
        elif post.views is None:
            unread += 1
        else:
            kept.append(post)
    return kept, LeftOut(unread, unaddressed)


def as_table(posts: Iterable[SeenPost]) -> str:
    """The table that `tractage reach estimate` reads; ages only when every post has one."""
    rows = list(posts)
    aged = bool(rows) and all(post.age is not None for post in rows)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for post in rows:
        age = post.age if aged else ""
        writer.writerow((post.name, post.platform, post.views, age, ";".join(sorted(post.lists))))
    return out.getvalue()


def days_since(day: date) -> int:
    """How old a reading is today, in days."""
    return (localtime(now()).date() - day).days


def found_by_list(posts: Iterable[SeenPost]) -> dict[str, int]:
    """How many posts each list found."""
    counts = dict.fromkeys((how.value for how in How), 0)
    for post in posts:
        for how in post.lists:
            counts[how] += 1
    return counts


def audit_counts(campaign: Campaign) -> dict[str, int]:
    """How many drawn searches wait, are in hand, are done, and were done with nothing seen."""
    tasks = AuditTask.objects.filter(round__campaign=campaign)
    counts = {status.value: tasks.filter(status=status).count() for status in TaskStatus}
    return counts | {"nothing": tasks.filter(status=TaskStatus.DONE, nothing=True).count()}


def searches_of(campaign: Campaign, member: Member) -> QuerySet[AuditTask]:
    """The drawn searches that a member did, the latest first."""
    return AuditTask.objects.filter(round__campaign=campaign, member=member).order_by("-done_at", "-pk")
