"""Encode a video or a sound again, from decoded pictures and samples alone."""

import os
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Any, BinaryIO, Final

import av
import av.container
import av.filter

from tractage.adapters.media.films import LONG_SIDE, RATE, main_streams
from tractage.adapters.media.limits import Limits
from tractage.adapters.media.refusals import MediaError, Reason

_TURNS: Final = {90: "cclock", 270: "clock"}
_TICK: Final = Fraction(1, 90_000)


def write_clean_film(film: av.container.InputContainer, out: BinaryIO, limits: Limits) -> None:
    """Write H.264 and AAC in an MP4 (a sound alone: AAC in an M4A), upright, at most 1920 pixels long."""
    video, sound = main_streams(film)

    def reopen(url: str, flags: int, options: dict[str, str]) -> Any:
        del url, flags, options
        return os.fdopen(os.open(f"/proc/self/fd/{out.fileno()}", os.O_RDONLY), "rb")

    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(out, "w", format="mp4", options=options, io_open=reopen) as copy:
        writers: list[_Writer] = []
        if video is not None:
            writers.append(_Pictures(copy, video, limits))
        if sound is not None:
            writers.append(_Samples(copy, sound, limits))
        by_index = {writer.source.index: writer for writer in writers}
        for packet in film.demux([writer.source for writer in writers]):
            for frame in packet.decode():
                by_index[packet.stream.index].write(frame)
        for writer in writers:
            writer.finish()
        if not any(writer.written for writer in writers):
            raise MediaError(Reason.DAMAGED)


class _Writer:
    """One stream of the copy."""

    def __init__(self, copy: av.container.OutputContainer, source: Any, limits: Limits) -> None:
        self.copy, self.source, self.limits = copy, source, limits
        self.written = 0
        self.stream: Any = None

    def write(self, frame: Any) -> None:
        """Encode one decoded frame."""
        if frame.time is not None and frame.time > self.limits.duration + 1:
            raise MediaError(Reason.TOO_LONG, limit=int(self.limits.duration))
        for ready in self.prepare(frame):
            self.copy.mux(self.stream.encode(ready))
            self.written += 1

    def prepare(self, frame: Any) -> Iterator[Any]:
        """Yield what the encoder takes."""
        raise NotImplementedError

    def finish(self) -> None:
        """Flush the encoder."""
        if self.stream is not None:
            self.copy.mux(self.stream.encode(None))


class _Pictures(_Writer):
    """The pictures: scaled by a filter graph, turned upright, even sizes, times kept."""

    def __init__(self, copy: av.container.OutputContainer, source: Any, limits: Limits) -> None:
        super().__init__(copy, source, limits)
        self.stream = copy.add_stream("libx264", rate=source.average_rate or 30)
        self.stream.options = {"preset": "veryfast", "crf": "20"}
        self.stream.pix_fmt = "yuv420p"
        self.stream.codec_context.thread_count = 2
        self.stream.time_base = self.stream.codec_context.time_base = _TICK
        self.graph: Any = None
        self.last = -1

    def prepare(self, frame: Any) -> Iterator[Any]:
        if self.graph is None:
            self._build(frame)
        self.graph.push(frame)
        while True:
            try:
                ready = self.graph.pull()
            except (BlockingIOError, EOFError):
                return
            moment = round((frame.time or 0) * 90_000)
            if moment <= self.last:
                return
            self.last = moment
            ready.pts, ready.time_base = moment, _TICK
            ready.pict_type = 0
            yield ready

    def _build(self, frame: Any) -> None:
        turns = int(getattr(frame, "rotation", 0)) % 360
        width, height = (frame.height, frame.width) if turns in _TURNS else (frame.width, frame.height)
        scale = min(1.0, LONG_SIDE / max(width, height))
        self.stream.width, self.stream.height = (max(2, 2 * round(s * scale / 2)) for s in (width, height))
        graph = av.filter.Graph()
        nodes = [graph.add_buffer(width=frame.width, height=frame.height, format=frame.format,
                                  time_base=frame.time_base or _TICK)]  # fmt: skip
        if turns in _TURNS:
            nodes.append(graph.add("transpose", _TURNS[turns]))
        elif turns == 180:
            nodes += [graph.add("hflip"), graph.add("vflip")]
        nodes.append(graph.add("scale", f"{self.stream.width}:{self.stream.height}"))
        nodes += [graph.add("format", "yuv420p"), graph.add("buffersink")]
        for first, second in pairwise(nodes):
            first.link_to(second)
        graph.configure()
        self.graph = graph


class _Samples(_Writer):
    """The sound: two channels at 48 kHz."""

    def __init__(self, copy: av.container.OutputContainer, source: Any, limits: Limits) -> None:
        super().__init__(copy, source, limits)
        self.stream = copy.add_stream("aac", rate=RATE, layout="stereo")
        self.stream.bit_rate = 160_000
        self.resampler = av.AudioResampler(format="fltp", layout="stereo", rate=RATE, frame_size=1024)
        self.count = 0

    def prepare(self, frame: Any) -> Iterator[Any]:
        if self.count > (self.limits.duration + 1) * RATE:
            raise MediaError(Reason.TOO_LONG, limit=int(self.limits.duration))
        frame.pts = None
        for ready in self.resampler.resample(frame):
            ready.pts, ready.time_base = self.count, Fraction(1, RATE)
            self.count += ready.samples
            yield ready

    def finish(self) -> None:
        for ready in self.resampler.resample(None):
            ready.pts, ready.time_base = self.count, Fraction(1, RATE)
            self.count += ready.samples
            self.copy.mux(self.stream.encode(ready))
        super().finish()
