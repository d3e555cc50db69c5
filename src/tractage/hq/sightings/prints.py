"""The index of the prints of released works: kept up to date in the background, asked by screenshots."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Max, Sum

from tractage.adapters.media import Family, MediaError, inspect_file, read_frames
from tractage.hq.campaigns.models import Campaign
from tractage.hq.library.models import Edition, Status, Work
from tractage.hq.library.submission import FILM_LIMITS, ORIGINAL

if TYPE_CHECKING:
    from tractage.domain.prints.index import PrintIndex
    from tractage.domain.prints.prints import Print

SHOWN = (Status.RELEASED, Status.RECALLED)
"""A recalled work still goes round: it is recognised, and its page says that it was withdrawn."""
WORK_FRAMES, SHAPES, PIXELS, BATCH, OFFERED = 8, 4, 400_000, 50, 6
PICTURES = frozenset({Family.PICTURE})


@dataclass(frozen=True)
class WorkMatch:
    """A work that a screenshot may show: `sure` when it alone is named, else one of a template's variants."""

    work: int
    score: float
    sure: bool
    mirrored: bool

    def plain(self) -> dict[str, Any]:
        """As a sighting keeps it."""
        return asdict(self)


def can_match() -> bool:
    """Whether this instance has what prints need (the extra `prints`)."""
    return find_spec("cv2") is not None and find_spec("numba") is not None


def index_path(campaign: Campaign) -> Path:
    """The file of the index."""
    return Path(settings.TRACTAGE.data_dir) / "prints" / f"{campaign.slug}.prints"


def missing(campaign: Campaign) -> dict[str, Work]:
    """The works whose files of today are not in the index, by the name that they will have there."""
    path = index_path(campaign)
    known = set(_index(path).works) if path.exists() else set()
    known |= _unreadable(path)
    return {name: work for name, work in _wanted(campaign) if name not in known}


def anything_missing(campaign: Campaign) -> bool:
    """Whether `missing` would find something; asked often, so it looks closer only after a change."""
    path = index_path(campaign)
    editions = Edition.objects.filter(work__campaign=campaign, work__status__in=SHOWN)
    counts = editions.aggregate(number=Count("pk"), last=Max("pk"), size=Sum("bytes"))
    seen = (*counts.values(), path.stat().st_mtime_ns if path.exists() else 0)
    if _nothing_missing.get(path) == seen:
        return False
    if missing(campaign):
        return True
    _nothing_missing[path] = seen
    return False


_nothing_missing: dict[Path, tuple[int | None, ...]] = {}
"""What the works and the index were like when nothing was missing, in this process."""


def refresh(campaign: Campaign) -> int:
    """Add the prints of at most BATCH works that are missing, and return how many were added.

    One slice of what waits: each of its works is in the index afterwards, or remembered as unreadable, so
    slices come to an end. A work that came back with other files is added again: its earlier looks still go
    round.
    """
    from tractage.domain.prints.index import PrintIndex

    path = index_path(campaign)
    path.parent.mkdir(parents=True, exist_ok=True)
    taken, refused = [], set[str]()
    for name, work in islice(missing(campaign).items(), BATCH):
        prints = _prints_of(work)
        if prints:
            taken.append((name, prints))
        else:
            refused.add(name)
    index = PrintIndex.load(path) if path.exists() else PrintIndex()
    if fresh := [one for one in taken if one[0] not in set(index.works)]:
        index.append(fresh).save(path)
    _remember(path, refused)
    return len(taken)


def look_for(campaign: Campaign, picture: bytes, name: str) -> tuple[WorkMatch, ...]:
    """Say which works a screenshot may show, the surest first; the picture is not kept.

    Raises MediaError in words for a file that is no sound picture.
    """
    frames = read_frames(picture, count=1, pixels=PIXELS, name=name)
    path = index_path(campaign)
    if not can_match() or not path.exists():
        return ()
    from tractage.domain.prints.match import find_works
    from tractage.domain.prints.prints import QUERY_POINTS, take_print

    asked = [take_print(frame.pixels, points=QUERY_POINTS) for frame in frames if _large(frame.pixels)]
    found: dict[int, WorkMatch] = {}
    for match in find_works(_index(path), asked):
        for candidate in match.candidates[:OFFERED]:
            pk = int(candidate.partition(":")[0])
            one = WorkMatch(pk, round(match.score, 2), match.work is not None, match.mirrored)
            if pk not in found or one.score > found[pk].score:
                found[pk] = one
    ours = set(
        Work.objects.filter(campaign=campaign, pk__in=found, status__in=SHOWN).values_list("pk", flat=True)
    )
    return tuple(one for one in found.values() if one.work in ours)[:OFFERED]


def _large(pixels: Any) -> bool:
    from tractage.domain.prints.prints import SMALLEST

    return bool(min(pixels.shape[:2]) >= SMALLEST)


def _wanted(campaign: Campaign) -> Iterable[tuple[str, Work]]:
    works = Work.objects.filter(campaign=campaign, status__in=SHOWN).prefetch_related("editions")
    for work in works.order_by("pk"):
        if faces := _faces(work):
            digest = hashlib.sha256("".join(sorted(one.sha256 for one in faces)).encode()).hexdigest()
            yield f"{work.pk}:{digest[:12]}", work


def _faces(work: Work) -> list[Edition]:
    """The files to take prints of: the original, or else one picture of each shape."""
    files = [
        one
        for one in work.editions.all()
        if one.media_type.startswith(("image/", "video/")) and one.media_type != "image/svg+xml"
    ]
    if original := [one for one in files if one.format == ORIGINAL]:
        return original
    shapes: dict[float, Edition] = {}
    for one in sorted(files, key=lambda file: (file.preview, -file.bytes, file.pk)):
        shapes.setdefault(round((one.width or 1) / (one.height or 1), 1), one)
    return list(shapes.values())[:SHAPES]


def _prints_of(work: Work) -> "list[Print]":
    from tractage.domain.errors import InputError
    from tractage.domain.prints.prints import WORK_POINTS, take_print

    prints = []
    for edition in _faces(work):
        source = Path(edition.file.path)
        try:
            animated = inspect_file(source, limits=FILM_LIMITS).animated
            frames = read_frames(
                source, count=WORK_FRAMES if animated else 1, pixels=PIXELS, limits=FILM_LIMITS
            )
            prints += [take_print(frame.pixels, frame.time, WORK_POINTS) for frame in frames]
        except (MediaError, InputError, FileNotFoundError):
            continue  # a file that cannot be looked at has no print; the others of the work have
    return prints


def _index(path: Path) -> "PrintIndex":
    return _loaded(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=2)
def _loaded(path: Path, _written: int) -> "PrintIndex":
    from tractage.domain.prints.index import PrintIndex

    return PrintIndex.load(path)


def _skipped(path: Path) -> Path:
    return path.with_suffix(".skipped.json")


def _unreadable(path: Path) -> set[str]:
    skipped = _skipped(path)
    return set(json.loads(skipped.read_text("utf-8"))) if skipped.exists() else set()


def _remember(path: Path, names: set[str]) -> None:
    if names:
        whole = sorted(_unreadable(path) | names)
        temporary = _skipped(path).with_suffix(".part")
        temporary.write_text(json.dumps(whole), "utf-8")
        temporary.replace(_skipped(path))


def read_matches(kept: Sequence[dict[str, Any]]) -> list[WorkMatch]:
    """The matches that a sighting keeps."""
    return [WorkMatch(**one) for one in kept]
