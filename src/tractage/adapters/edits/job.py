"""What the confined process is told: open files by their descriptors, and what to do with them."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class CutJob:
    """One cut: a descriptor, seconds of the source, frames of the edit, what to do with picture and sound."""

    file: int
    begin: float
    end: float
    speed: float
    focus: tuple[float, float]
    transition: str
    start: int
    frames: int
    overlap: int
    gain: float
    sound: bool


@dataclass(frozen=True)
class LaidJob:
    """One picture over the edit: a descriptor, its place in pixels, the frames on which it shows."""

    file: int
    x: int
    y: int
    begin: int
    end: int


@dataclass(frozen=True)
class MusicJob:
    """The bed: a descriptor, where it begins in seconds, decibels."""

    file: int
    begin: float
    gain: float
    duck: float


@dataclass(frozen=True)
class EditJob:
    """The whole job; `out` is the descriptor to write to, `card` that of the end card or −1."""

    width: int
    height: int
    fps: int
    loudness: float
    out: int
    frames: int
    card: int
    card_frames: int
    cuts: tuple[CutJob, ...]
    laid: tuple[LaidJob, ...]
    music: MusicJob | None

    def to_json(self) -> str:
        """Return the job as one line of JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "EditJob":
        """Read a job written by `to_json`."""
        data = json.loads(text)
        data["cuts"] = tuple(CutJob(**{**cut, "focus": tuple(cut["focus"])}) for cut in data["cuts"])
        data["laid"] = tuple(LaidJob(**laid) for laid in data["laid"])
        data["music"] = MusicJob(**data["music"]) if data["music"] else None
        return cls(**data)
