"""Make the files of a work in the background: previews for the reviewers, then an edition a platform, sealed.

Each step ends in its own transaction and is skipped when it is there already: a run that was killed is taken
up where it stopped, and running twice changes nothing.
"""

import io
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tractage.adapters.media import inspect_file, read_frames, thumbnail
from tractage.domain.studio.formats import Format, formats
from tractage.domain.studio.provenance import Credit, SourceType
from tractage.hq.library.legal import MONTAGE_LABEL
from tractage.hq.library.models import AiDeclaration, Edition, Press, Status, Work
from tractage.hq.library.services import FILELESS, EditionFile, keep_edition
from tractage.hq.library.submission import FILM_LIMITS, ORIGINAL

if TYPE_CHECKING:
    from PIL.Image import Image

PREVIEWS = {"preview-480": 600, "preview-960": 1200}
"""Format of each preview and the side, in pixels, of the square that it fits in."""
STILLS = ("portrait", "carre", "story", "large", "bluesky", "whatsapp", "whatsapp-statut")
MOST_PIXELS = 8_000_000
HEAVY_PNG = 4_000_000
QUALITIES = (92, 85, 75, 60)
SEALED_BY_PRESS = {"png": "image/png", "jpeg": "image/jpeg"}
SOURCE_TYPES = {
    AiDeclaration.NONE: SourceType.CREATION,
    AiDeclaration.ASSISTED: SourceType.ASSISTED,
    AiDeclaration.GENERATED: SourceType.GENERATED,
}


class Step(NamedTuple):
    """One file to make: its format, and how."""

    format: str
    make: Callable[[], EditionFile]


def previews_of(work: Work) -> list[Step]:
    """Small pictures to show to the reviewers, then on the wall."""
    if not _has_file(work):
        return []
    source = _source(work)
    return [Step(name, partial(_preview, source, name, side)) for name, side in PREVIEWS.items()]


def editions_of(work: Work) -> list[Step]:
    """The sealed original, and, for a still picture, one file for each platform."""
    if not _has_file(work):
        return []
    original = work.editions.get(format=ORIGINAL)
    steps = [Step(ORIGINAL, partial(_sealed_original, work, original))]
    source = _source(work)
    if original.media_type.startswith("image/") and not inspect_file(source, limits=FILM_LIMITS).animated:
        still = cache(lambda: _decoded(source))  # decoded once, and only if a file is missing
        steps += [Step(name, partial(_still, work, still, formats()[name])) for name in STILLS]
    return steps


def everything_of(work: Work) -> list[Step]:
    """Previews, then editions."""
    return [*previews_of(work), *editions_of(work)]


def run_press(pk: int, steps_of: Callable[[Work], list[Step]], wanted: tuple[str, ...]) -> bool:
    """Make what `steps_of` names and is not there yet; False when `pk` no longer waits for it.

    wanted: the statuses of a work that this press serves. A failure is kept on the work, and raised.
    """
    work = Work.objects.select_related("campaign", "author").filter(pk=pk, status__in=wanted).first()
    if work is None or not work.press or work.press == Press.DONE:
        return False
    try:
        steps = steps_of(work)
        _tell(work, Press.RUNNING, 0, len(steps))
        for number, step in enumerate(steps, 1):
            if not _is_there(work, step.format):
                file = step.make()
                with transaction.atomic():
                    _keep(work, file, wanted)
            _tell(work, Press.RUNNING, number, len(steps))
        _tell(work, Press.DONE, len(steps), len(steps))
    except Exception:
        Work.objects.filter(pk=pk).update(press=Press.FAILED)
        raise
    return True


def _keep(work: Work, file: EditionFile, wanted: tuple[str, ...]) -> None:
    # The work may have gone back to its author meanwhile: nothing is then added to it.
    if Work.objects.select_for_update(of=("self",)).filter(pk=work.pk, status__in=wanted).exists():
        keep_edition(work, file)


def _tell(work: Work, press: Press, done: int, total: int) -> None:
    Work.objects.filter(pk=work.pk).update(press=press, press_done=done, press_total=total)


def _is_there(work: Work, name: str) -> bool:
    from tractage.adapters.provenance import read_seal

    edition = work.editions.filter(format=name).first()
    if edition is None or name != ORIGINAL:
        return edition is not None
    with edition.file.open("rb") as stream:
        return read_seal(stream.read(), edition.media_type) is not None


def _has_file(work: Work) -> bool:
    """Whether there is something to draw: a text has nothing, a game may have a picture."""
    return work.kind not in FILELESS or work.editions.filter(format=ORIGINAL).exists()


def _source(work: Work) -> Path:
    return Path(work.editions.get(format=ORIGINAL).file.path)


def _preview(source: Path, name: str, side: int) -> EditionFile:
    from PIL import Image

    content = thumbnail(source, side, limits=FILM_LIMITS)
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
    return EditionFile(name, content, "webp", "image/webp", width, height, preview=True)


def _decoded(source: Path) -> "Image":
    from PIL import Image

    frames = read_frames(source, pixels=MOST_PIXELS)
    return Image.fromarray(frames[0].pixels)


def _still(work: Work, still: "Callable[[], Image]", wanted: Format) -> EditionFile:
    """The whole picture in the frame of a platform, on the colour of its own edge; nothing is cut off."""
    from PIL import Image, ImageOps

    picture = still()
    fitted = ImageOps.contain(picture, (wanted.width, wanted.height), Image.Resampling.LANCZOS)
    frame = Image.new("RGB", (wanted.width, wanted.height), _edge_colour(picture))
    frame.paste(fitted, ((wanted.width - fitted.width) // 2, (wanted.height - fitted.height) // 2))
    kind, content = _encoded(frame, wanted)
    media_type = SEALED_BY_PRESS[kind]
    extension = "jpg" if kind == "jpeg" else kind
    sealed = _sealed(work, content, media_type)
    return EditionFile(wanted.name, sealed, extension, media_type, frame.width, frame.height)


def _encoded(frame: "Image", wanted: Format) -> tuple[str, bytes]:
    most = (wanted.max_bytes or 10 * HEAVY_PNG) - 60_000  # room for the seal
    for kind, options in _encodings(wanted):
        buffer = io.BytesIO()
        frame.save(buffer, kind.upper(), **options)
        if buffer.tell() <= min(most, HEAVY_PNG if kind == "png" else most):
            break
    return kind, buffer.getvalue()


def _encodings(wanted: Format) -> Iterator[tuple[str, dict[str, int]]]:
    if wanted.type == "png":
        yield "png", {}
    for quality in QUALITIES:
        yield "jpeg", {"quality": quality}


def _edge_colour(picture: "Image") -> tuple[int, int, int]:
    """The median colour of the border, so that the frame continues the paper."""
    import numpy as np

    pixels = np.asarray(picture)
    edge = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    red, green, blue = (int(value) for value in np.median(edge, axis=0))
    return red, green, blue


def _sealed_original(work: Work, original: Edition) -> EditionFile:
    with original.file.open("rb") as stream:
        content = _sealed(work, stream.read(), original.media_type)
    extension = Path(str(original.file.name)).suffix.lstrip(".")
    return EditionFile(ORIGINAL, content, extension, original.media_type, original.width, original.height)


def _sealed(work: Work, content: bytes, media_type: str) -> bytes:
    from tractage.adapters.provenance import load_identity, seal

    # The real hour, even in a replay: a reader checks the certificate against the day of the signature.
    identity = load_identity(Path(settings.TRACTAGE.data_dir) / "keys", work.campaign.name, timezone.now())
    return seal(content, media_type, credit_of(work), identity)


def credit_of(work: Work) -> Credit:
    """What the seal says of a work."""
    montage = MONTAGE_LABEL in work.labels
    kind = SOURCE_TYPES[AiDeclaration(work.ai)]
    if montage and kind is SourceType.CREATION:
        kind = SourceType.COMPOSITE
    return Credit(
        title=work.title,
        authors=(work.credit,),
        licence=work.licence,
        source_type=kind,
        sources=tuple(url for one in work.sources if (url := one.get("url", ""))),
        campaign=work.campaign.name,
        montage=montage,
        ai_declared=kind.declared_ai,
    )


IN_REVIEW = (Status.SUBMITTED, Status.REVIEW)
ACCEPTED = (Status.ACCEPTED,)
