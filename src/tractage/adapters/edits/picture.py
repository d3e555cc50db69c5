"""The pictures of an edit as one FFmpeg filter graph: cuts, crops, speed, transitions, what is laid over."""

from collections.abc import Iterator

import av
from av.filter import Graph
from av.filter.context import FilterContext

from tractage.adapters.edits.job import CutJob, EditJob

_TURNS = {90: ("transpose=cclock",), 180: ("hflip", "vflip"), 270: ("transpose=clock",)}


def frames(job: EditJob) -> Iterator[av.VideoFrame]:
    """Yield the frames of the edit, in order, exactly `job.frames` of them when the sources are sound."""
    graph = Graph()
    node = _cuts(graph, job)
    if job.card >= 0:
        card = _chain(graph, _source(graph, job.card), f"loop=loop=-1:size=1:start=0,{_fill(job, 0.5, 0.5)}")
        card = _chain(graph, card, f"fps={job.fps},{_exactly(job.card_frames)}")
        node = _follow(graph, node, card, job.fps)
    for laid in job.laid:
        over = graph.add("overlay", f"x={laid.x}:y={laid.y}:enable=between(n,{laid.begin},{laid.end - 1})")
        node.link_to(over, 0, 0)
        _chain(graph, _source(graph, laid.file), "format=yuva420p").link_to(over, 0, 1)
        node = over
    node = _chain(graph, node, "format=yuv420p")
    node.link_to(graph.add("buffersink"))
    graph.configure()
    while True:
        try:
            yield graph.vpull()
        except (av.error.EOFError, av.error.BlockingIOError):
            return


def _cuts(graph: Graph, job: EditJob) -> FilterContext:
    node = _cut(graph, job, job.cuts[0])
    for cut in job.cuts[1:]:
        after = _cut(graph, job, cut)
        if not cut.overlap:
            node = _follow(graph, node, after, job.fps)
            continue
        length, offset = cut.overlap / job.fps, cut.start / job.fps
        fade = graph.add("xfade", f"transition={cut.transition}:duration={length:.6f}:offset={offset:.6f}")
        node.link_to(fade, 0, 0)
        after.link_to(fade, 0, 1)
        node = _counted(graph, fade, job.fps)
    return node


def _cut(graph: Graph, job: EditJob, cut: CutJob) -> FilterContext:
    source = _source(graph, cut.file, cut.begin)
    margin = 2.0 * cut.speed  # the source may end a little before the cut: the last frame is held
    steps = [f"trim=start={cut.begin:.6f}:end={cut.end + margin:.6f}"]
    steps += [f"setpts=(PTS-{cut.begin:.6f}/TB)/{cut.speed:.6f}", f"fps={job.fps}:start_time=0"]
    steps += [*_TURNS.get(_rotation(cut.file), ()), _fill(job, *cut.focus), _exactly(cut.frames)]
    return _counted(graph, _chain(graph, source, ",".join(steps)), job.fps)


def _rotation(file: int) -> int:
    """Degrees, counter-clockwise, by which a telephone says its picture must be turned."""
    with av.open(f"/proc/self/fd/{file}") as film:
        frame = next(film.decode(video=0), None)
        return int(frame.rotation) % 360 if frame is not None else 0


def _fill(job: EditJob, x: float, y: float) -> str:
    """Steps that cover the frame and keep the point (x, y) of the picture as near the middle as it can be."""
    place = f"clip(iw*{x:.4f}-ow/2,0,iw-ow):clip(ih*{y:.4f}-oh/2,0,ih-oh)"
    scale = f"scale={job.width}:{job.height}:force_original_aspect_ratio=increase:flags=bicubic"
    return f"{scale},crop={job.width}:{job.height}:{place},setsar=1,format=yuv420p"


def _exactly(count: int) -> str:
    return f"tpad=stop_mode=clone:stop=-1,trim=end_frame={count}"


def _follow(graph: Graph, node: FilterContext, after: FilterContext, fps: int) -> FilterContext:
    both = graph.add("concat", "n=2:v=1:a=0")
    node.link_to(both, 0, 0)
    after.link_to(both, 0, 1)
    return _counted(graph, both, fps)


def _counted(graph: Graph, node: FilterContext, fps: int) -> FilterContext:
    """Number the frames again: transitions want the same time base and rate on both sides."""
    return _chain(graph, node, f"settb=1/{fps},setpts=N,fps={fps}")


def _source(graph: Graph, file: int, begin: float = 0.0) -> FilterContext:
    return graph.add("movie", f"filename=/proc/self/fd/{file}:seek_point={max(0.0, begin - 0.05):.6f}")


def _chain(graph: Graph, node: FilterContext, steps: str) -> FilterContext:
    for step in _split(steps):
        name, _, options = step.partition("=")
        after = graph.add(name, options or None)
        node.link_to(after)
        node = after
    return node


def _split(steps: str) -> Iterator[str]:
    depth, start = 0, 0
    for at, letter in enumerate(steps):
        depth += (letter == "(") - (letter == ")")
        if letter == "," and not depth:
            yield steps[start:at]
            start = at + 1
    yield steps[start:]
