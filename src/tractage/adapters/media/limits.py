"""What a file from outside may cost."""

from dataclasses import asdict, dataclass

MEGA = 1_000_000


@dataclass(frozen=True)
class Limits:
    """Limits of one reading: sizes in bytes, areas in pixels, lengths in seconds."""

    picture_bytes: int = 40 * MEGA
    video_bytes: int = 500 * MEGA
    audio_bytes: int = 100 * MEGA
    captions_bytes: int = 1 * MEGA
    out_bytes: int = 500 * MEGA
    picture_pixels: int = 80 * MEGA
    video_pixels: int = 3840 * 2160
    smallest_side: int = 8
    frames: int = 1_500
    """Frames of a GIF, an animated WebP or an animated PNG."""
    animation_pixels: int = 2_000 * MEGA
    """Pixels of a whole animation: frames × width × height."""
    duration: float = 900.0
    """Longest video or sound."""
    memory: int = 2_500 * MEGA
    """Address space of the reading process."""
    seconds: float = 30.0
    """Wall and processor time of one reading."""
    video_seconds: float = 600.0
    """The same when a whole video or sound is encoded again."""

    def to_wire(self) -> dict[str, float]:
        """Return the limits as plain values."""
        return asdict(self)


DEFAULT = Limits()
