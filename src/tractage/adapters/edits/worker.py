"""The confined process: reads a job on standard input, writes the video, says how far it is."""

import os
import sys
import warnings
from fractions import Fraction
from typing import Any

import av
import numpy as np

from tractage.adapters.edits.job import EditJob
from tractage.adapters.edits.picture import frames
from tractage.adapters.edits.sound import mixed
from tractage.adapters.media import confine
from tractage.domain.studio.edit.sound import RATE, Sound

MEMORY = 6 * 2**30  # bytes of address space: several 1080p decoders and one encoder
LARGEST = 4 * 2**30  # bytes of the video
PIECE = 1024  # samples of an AAC frame


def write(job: EditJob) -> None:
    """Encode the edit as H.264 and AAC in MP4, its index at the front."""
    sound = mixed(job)
    with os.fdopen(job.out, "r+b", closefd=False) as file:
        index = 65_536 + 64 * job.frames
        with av.open(file, "w", format="mp4", options={"moov_size": str(index)}) as container:
            _encode(container, job, sound)


def _encode(container: Any, job: EditJob, sound: Sound) -> None:
    video = container.add_stream("libx264", rate=job.fps, options={"preset": "veryfast", "crf": "21"})
    video.width, video.height, video.pix_fmt = job.width, job.height, "yuv420p"
    video.codec_context.thread_count = 0
    video.codec_context.time_base = Fraction(1, job.fps)
    track = container.add_stream("aac", rate=RATE, layout="stereo")
    track.bit_rate = 160_000
    heard = 0
    for number, frame in enumerate(frames(job)):
        frame.pts, frame.time_base = number, Fraction(1, job.fps)
        frame.pict_type = 0
        container.mux(video.encode(frame))
        heard = _mux_sound(container, track, sound, heard, (number + 1) * RATE // job.fps)
        if number % 10 == 9:
            print(number + 1, flush=True)
    _mux_sound(container, track, sound, heard, len(sound) + PIECE)
    container.mux(video.encode())
    container.mux(track.encode())


def _mux_sound(container: Any, track: Any, sound: Sound, heard: int, until: int) -> int:
    while heard < min(until, len(sound)):
        piece = np.ascontiguousarray(sound[heard : heard + PIECE].T)
        frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, heard, Fraction(1, RATE)
        container.mux(track.encode(frame))
        heard += piece.shape[1]
    return heard


def main() -> None:
    """Give up what is not needed, then do the one job."""
    warnings.simplefilter("ignore")
    av.logging.set_level(None)
    job = EditJob.from_json(sys.stdin.readline())
    confine.limit_memory(MEMORY, LARGEST)
    confine.limit_time(60 + 20 * job.frames / job.fps)
    confine.close_doors()
    write(job)
    print("done", flush=True)


if __name__ == "__main__":
    main()
