"""The sound of an edit, read from its sources and mixed."""

import av
import numpy as np
from av.filter import Graph

from tractage.adapters.edits.job import CutJob, EditJob, MusicJob
from tractage.domain.studio.edit.sound import RATE, Sound, at_loudness, ducked, sequence


def mixed(job: EditJob) -> Sound:
    """Return the whole sound of the edit, (n, 2) float32 at 48 kHz, at the loudness wanted."""
    total = job.frames * RATE // job.fps
    parts = [(cut.start * RATE // job.fps, _of_cut(cut, job.fps)) for cut in job.cuts]
    voice = sequence(parts, total)
    if job.music:
        voice = voice + ducked(_bed(job.music, total), voice, job.music.duck)
    return at_loudness(voice, job.loudness)


def _of_cut(cut: CutJob, fps: int) -> Sound:
    wanted = cut.frames * RATE // fps
    if not cut.sound:
        return np.zeros((wanted, 2), np.float32)
    steps = [f"atrim=start={cut.begin:.6f}:end={cut.end:.6f}", f"asetpts=PTS-{cut.begin:.6f}/TB"]
    speed = cut.speed
    while abs(speed - 1) > 1e-6:
        step = min(2.0, max(0.5, speed))
        steps.append(f"atempo={step:.6f}")
        speed /= step
    sound = _read(cut.file, cut.begin, steps, wanted)
    return np.asarray(sound * np.float32(10 ** (cut.gain / 20)), np.float32)


def _bed(music: MusicJob, total: int) -> Sound:
    sound = _read(music.file, music.begin, [f"atrim=start={music.begin:.6f}", "asetpts=PTS-STARTPTS"], total)
    heard = np.flatnonzero(np.abs(sound).max(axis=1) > 1e-5)
    length = int(heard[-1]) + 1 if len(heard) else total
    repeats = -(-total // max(1, length))
    bed = np.tile(sound[:length], (repeats, 1))[:total].copy()
    fade = min(len(bed), RATE)
    bed[len(bed) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)[:, None]
    return np.asarray(bed * np.float32(10 ** (music.gain / 20)), np.float32)


def _read(file: int, begin: float, steps: list[str], wanted: int) -> Sound:
    """Read at most `wanted` samples; what is missing at the end is silence."""
    graph = Graph()
    node = graph.add("amovie", f"filename=/proc/self/fd/{file}:seek_point={max(0.0, begin - 0.05):.6f}")
    tail = [f"aresample={RATE}:async=1:first_pts=0", "aformat=sample_fmts=flt:channel_layouts=stereo"]
    for step in [*steps, *tail]:
        name, _, options = step.partition("=")
        after = graph.add(name, options)
        node.link_to(after)
        node = after
    node.link_to(graph.add("abuffersink"))
    graph.configure()
    out = np.zeros((wanted, 2), np.float32)
    at = 0
    while at < wanted:
        try:
            frame = graph.pull()
        except (av.error.EOFError, av.error.BlockingIOError):
            break
        piece = frame.to_ndarray().reshape(-1, 2)[: wanted - at]
        out[at : at + len(piece)] = piece
        at += len(piece)
    return out
