"""Make an edit: look at every source, draw the words, run the confined process, put the result in place."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tractage.adapters.edits.job import CutJob, EditJob, LaidJob, MusicJob
from tractage.adapters.media import Family, MediaInfo, inspect_file
from tractage.domain.errors import InputError, TractageError
from tractage.domain.studio.edit.captions import srt, vtt
from tractage.domain.studio.edit.decisions import TRANSITIONS, Edit
from tractage.domain.studio.edit.drawing import Laid, drawn_captions, drawn_label
from tractage.domain.studio.kits import Kit
from tractage.domain.studio.renderer import Renderer


@dataclass(frozen=True)
class Made:
    """What was made: the video, the caption files beside it, its frames and seconds."""

    video: Path
    captions: tuple[Path, ...]
    frames: int
    seconds: float


def make_edit(
    edit: Edit, out: Path, kit: Kit, engine: Renderer, progress: Callable[[int], None] = lambda _: None
) -> Made:
    """Write the video of `edit` to `out` (.mp4), and its captions beside it as .srt and .vtt.

    Every source goes through the sandbox first; the work itself runs in a confined process. `out` changes
    only when the whole video is there. `progress` is called with the number of frames just made.
    Raises InputError that names the source, TractageError when the confined process fails.
    """
    if out.suffix.lower() != ".mp4":
        raise InputError(f"{out.name}: expected a name that ends in .mp4")
    infos = {path: inspect_file(path, name=path.name) for path in edit.files}
    _check(edit, infos)
    with contextlib.ExitStack() as stack:
        part = stack.enter_context(tempfile.TemporaryFile(dir=out.parent))
        job, files = _job(edit, infos, kit, engine, part, stack)
        _run(job, files, progress)
        _publish(part, out)
    captions = tuple(
        _write(out.with_suffix(end), make(edit.captions)) for end, make in ((".srt", srt), (".vtt", vtt))
    )
    return Made(out, captions if edit.captions else (), edit.frames, edit.length)


def _check(edit: Edit, infos: dict[Path, MediaInfo]) -> None:
    for number, cut in enumerate(edit.cuts, 1):
        info = infos[cut.source]
        if info.family is not Family.VIDEO:
            raise InputError(f"cut {number}: {cut.source.name} is no video")
        if cut.end > (info.duration or 0) + 0.1:
            raise InputError(
                f"cut {number}: out {cut.end:g} s is after the end of {cut.source.name} ({info.duration:.2f})"
            )
    pictures = [overlay.picture for overlay in edit.overlays] + ([edit.end_card] if edit.end_card else [])
    for path in pictures:
        if infos[path].family is not Family.PICTURE:
            raise InputError(f"{path.name}: expected a picture")
    if edit.music and infos[edit.music.source].family not in {Family.AUDIO, Family.VIDEO}:
        raise InputError(f"music: {edit.music.source.name}: expected a sound")


def _job(
    edit: Edit,
    infos: dict[Path, MediaInfo],
    kit: Kit,
    engine: Renderer,
    part: IO[bytes],
    stack: contextlib.ExitStack,
) -> tuple[EditJob, tuple[int, ...]]:
    opened = {path: stack.enter_context(path.open("rb")).fileno() for path in edit.files}
    width, height = edit.size
    laid = [
        LaidJob(opened[o.picture], 0, 0, round(o.begin * edit.fps), round(o.end * edit.fps))
        for o in edit.overlays
    ]
    laid += [
        LaidJob(_as_file(item, stack), item.x, item.y, item.begin, item.end)
        for item in _drawn(edit, kit, engine)
    ]
    cuts = tuple(
        CutJob(
            file=opened[cut.source],
            begin=cut.begin,
            end=cut.end,
            speed=cut.speed,
            focus=cut.focus,
            transition=TRANSITIONS[cut.transition],
            start=edit.start_frames[number],
            frames=edit.length_frames(cut),
            overlap=edit.overlap_frames(number) if number else 0,
            gain=cut.gain,
            sound=infos[cut.source].has_audio and not cut.mute,
        )
        for number, cut in enumerate(edit.cuts)
    )
    bed = edit.music
    music = MusicJob(opened[bed.source], bed.begin, bed.gain, bed.duck) if bed else None
    card = opened[edit.end_card] if edit.end_card else -1
    job = EditJob(
        width, height, edit.fps, edit.loudness, part.fileno(), edit.frames,
        card, edit.frames - edit.cuts_frames, cuts, tuple(laid), music,
    )  # fmt: skip
    return job, (*opened.values(), *(item.file for item in laid), part.fileno())


def _drawn(edit: Edit, kit: Kit, engine: Renderer) -> Iterator[Laid]:
    yield from drawn_captions(edit, kit, engine)
    if edit.montage:
        yield drawn_label(edit, kit, engine)


def _as_file(item: Laid, stack: contextlib.ExitStack) -> int:
    file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - the stack closes it
    item.picture.save(file, "PNG", compress_level=1)
    file.flush()
    return file.fileno()


def _run(job: EditJob, files: tuple[int, ...], progress: Callable[[int], None]) -> None:
    process = subprocess.Popen(
        [sys.executable, "-I", "-B", "-m", "tractage.adapters.edits.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=tuple(set(files)),
        text=True,
        start_new_session=True,
        env={key: os.environ[key] for key in ("PATH", "LANG", "LD_LIBRARY_PATH") if key in os.environ},
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    finished, made = False, 0
    try:
        process.stdin.write(job.to_json() + "\n")
        process.stdin.close()
        for line in process.stdout:
            if line.strip() == "done":
                finished = True
            elif line.strip().isdigit():
                progress(int(line) - made)
                made = int(line)
        said = process.stderr.read().strip().splitlines()
        code = process.wait()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if code or not finished:
        reason = said[-1] if said else f"it ended with code {code}"
        raise TractageError(f"the edit could not be made: {reason}")
    progress(job.frames - made)


def _publish(part: IO[bytes], out: Path) -> None:
    """Give the nameless file the name `out`; until then a kill leaves nothing behind."""
    part.flush()
    os.fsync(part.fileno())
    new = out.parent / f".{out.stem}-{os.getpid()}.new"
    folder = os.open(out.parent, os.O_RDONLY)
    try:  # a folder descriptor makes Python call linkat, which follows the link of /proc to the open file
        os.link(f"/proc/self/fd/{part.fileno()}", new.name, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:  # a file system without nameless files
        part.seek(0)
        with new.open("wb") as copy:
            shutil.copyfileobj(part, copy)
    finally:
        os.close(folder)
    new.replace(out)


def _write(path: Path, text: str) -> Path:
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, "utf-8")
    part.replace(path)
    return path
