"""An edit decision list: which parts of which sources, in which order, with which words on top.

Times are seconds; times of captions, overlays and music are those of the finished edit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SIZES = {"9:16": (1080, 1920), "1:1": (1080, 1080), "16:9": (1920, 1080)}
TRANSITIONS = {
    "cut": "",
    "fade": "fade",
    "black": "fadeblack",
    "left": "slideleft",
    "up": "slideup",
    "wipe": "wiperight",
    "circle": "circleopen",
}


@dataclass(frozen=True)
class Cut:
    """A part of a source. focus: the point kept in the middle of a crop, both in [0, 1]; speed: 0.25 to 4."""

    source: Path
    begin: float
    end: float
    focus: tuple[float, float] = (0.5, 0.5)
    speed: float = 1.0
    transition: str = "cut"
    overlap: float = 0.0
    gain: float = 0.0
    mute: bool = False

    @property
    def length(self) -> float:
        """Its length in the edit, in seconds, before it overlaps the cut before it."""
        return (self.end - self.begin) / self.speed


@dataclass(frozen=True)
class Word:
    """A word and the moment from which it is said."""

    text: str
    at: float


@dataclass(frozen=True)
class Caption:
    """Words on screen from `begin` to `end`; `words` light up one after the other when they are timed."""

    text: str
    begin: float
    end: float
    words: tuple[Word, ...] = ()


@dataclass(frozen=True)
class Overlay:
    """A picture with an alpha channel, laid over the whole edit from `begin` to `end`."""

    picture: Path
    begin: float
    end: float


@dataclass(frozen=True)
class Music:
    """A bed under the sound of the cuts: `gain` decibels, `duck` decibels less while the cuts are heard."""

    source: Path
    gain: float = -6.0
    duck: float = 12.0
    begin: float = 0.0


@dataclass(frozen=True)
class Edit:
    """A whole decision list; `loudness` in LUFS, `fps` frames a second; `montage` burns the label in."""

    shape: str
    cuts: tuple[Cut, ...]
    captions: tuple[Caption, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    music: Music | None = None
    end_card: Path | None = None
    end_card_length: float = 2.5
    fps: int = 30
    loudness: float = -14.0
    montage: bool = False
    language: str = "fr"
    title: str = ""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height, in pixels."""
        return SIZES[self.shape]

    @property
    def starts(self) -> tuple[float, ...]:
        """When each cut begins in the edit, in seconds, on a whole frame."""
        return tuple(frame / self.fps for frame in self.start_frames)

    @property
    def start_frames(self) -> tuple[int, ...]:
        """When each cut begins in the edit, in frames."""
        at, starts = 0, []
        for number, cut in enumerate(self.cuts):
            if number:
                at -= self.overlap_frames(number)
            starts.append(at)
            at += self.length_frames(cut)
        return tuple(starts)

    def length_frames(self, cut: Cut) -> int:
        """How many frames a cut gives."""
        return max(1, round(cut.length * self.fps))

    def overlap_frames(self, number: int) -> int:
        """How many frames cut `number` shares with the one before it."""
        return round(self.cuts[number].overlap * self.fps)

    @property
    def cuts_frames(self) -> int:
        """Frames of the cuts, without the end card."""
        return self.start_frames[-1] + self.length_frames(self.cuts[-1])

    @property
    def frames(self) -> int:
        """Frames of the whole edit."""
        card = round(self.end_card_length * self.fps) if self.end_card else 0
        return self.cuts_frames + card

    @property
    def length(self) -> float:
        """Seconds of the whole edit."""
        return self.frames / self.fps

    @property
    def files(self) -> Sequence[Path]:
        """Every file that the edit reads, each once, in order."""
        wanted = [cut.source for cut in self.cuts] + [overlay.picture for overlay in self.overlays]
        wanted += [self.music.source] if self.music else []
        wanted += [self.end_card] if self.end_card else []
        return list(dict.fromkeys(wanted))
