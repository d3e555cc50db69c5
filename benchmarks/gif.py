"""Size of our GIFs against gifski at its quality 100, on three kinds of clips made here.

python benchmarks/gif.py [GIFSKI]    GIFSKI: the program of npm gifski; without it only ours is printed.
"""

import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter, ImageSequence

from tractage.domain.studio.gif import encode_gif
from tractage.domain.studio.similarity import luma, ssim

SIZE, FRAMES, FPS = (480, 270), 36, 12
Clip = NDArray[np.uint8]


def words() -> Clip:
    """Flat papers with big letters, pasted one after the other."""
    papers = [(255, 210, 63), (255, 155, 133), (127, 216, 180)]
    out = []
    for number in range(FRAMES):
        picture = Image.new("RGB", SIZE, (35, 21, 46))
        draw = ImageDraw.Draw(picture)
        for line, paper in enumerate(papers):
            offset = max(0, 300 - 60 * max(0, number - 6 * line))
            draw.polygon(
                [
                    (40 + offset, 30 + 75 * line),
                    (430 + offset, 22 + 75 * line),
                    (436 + offset, 92 + 75 * line),
                    (36 + offset, 98 + 75 * line),
                ],
                fill=paper,
            )
            draw.text((60 + offset, 36 + 75 * line), "TRACTAGE"[: 3 + line], fill=(35, 21, 46), font_size=52)
        out.append(np.array(picture))
    return np.stack(out)


def drawing() -> Clip:
    """Soft light and drawn discs that turn: gradients with edges."""
    y, x = np.mgrid[0 : SIZE[1], 0 : SIZE[0]].astype(np.float32)
    out = []
    for number in range(FRAMES):
        angle = 2 * np.pi * number / FRAMES
        light = 0.5 + 0.5 * np.sin(x / 90 + angle) * np.cos(y / 70 - angle)
        picture = Image.fromarray(
            (np.stack([180 + 70 * light, 120 + 90 * light, 200 - 120 * light], -1))
            .clip(0, 255)
            .astype(np.uint8)
        )
        draw = ImageDraw.Draw(picture)
        for disc in range(5):
            turn = angle + disc * 2 * np.pi / 5
            cx, cy = 240 + 110 * np.cos(turn), 135 + 80 * np.sin(turn)
            draw.ellipse(
                (cx - 30, cy - 30, cx + 30, cy + 30), fill=(11, 95, 102), outline=(255, 251, 242), width=4
            )
        out.append(np.array(picture.filter(ImageFilter.GaussianBlur(0.7))))
    return np.stack(out)


def filmed(seed: int = 7) -> Clip:
    """A textured scene under a slow pan with a little sensor noise, as a telephone films it."""
    rng = np.random.default_rng(seed)
    scene = np.zeros((400, 720, 3), np.float32)
    for scale, light, tint in ((4, 8, 0), (12, 24, 2), (40, 60, 8), (120, 120, 30)):
        for weight, channels in ((light, (0, 1, 2)), (tint, (0,)), (tint, (2,))):
            small = Image.fromarray(rng.random((400 // scale + 2, 720 // scale + 2)).astype(np.float32))
            layer = np.array(small.resize((720, 400), Image.Resampling.BICUBIC))
            for channel in channels:
                scene[..., channel] += weight * layer
    out = []
    for number in range(FRAMES):
        left, top = 20 + 4 * number, 30 + 2 * number
        view = scene[top : top + SIZE[1], left : left + SIZE[0]] + rng.normal(0, 1.2, (SIZE[1], SIZE[0], 1))
        out.append(view.clip(0, 255).astype(np.uint8))
    return np.stack(out)


def peer(clip: Clip, binary: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for number, frame in enumerate(clip):
            names.append(str(Path(folder) / f"{number:03}.png"))
            Image.fromarray(frame).save(names[-1])
        out = Path(folder) / "peer.gif"
        subprocess.run(
            [binary, "--quiet", "-Q", "100", "--fps", str(FPS), "-o", str(out), *names], check=True
        )
        return out.read_bytes()


def likeness(clip: Clip, data: bytes) -> float:
    """Mean SSIM over the clip's frames; an encoder may have merged equal ones into a longer one."""
    shown: list[NDArray[np.uint8]] = []
    for frame in ImageSequence.Iterator(Image.open(io.BytesIO(data))):
        shown += [np.array(frame.convert("RGB"))] * max(1, round(frame.info["duration"] * FPS / 1000))
    shown += [shown[-1]] * (len(clip) - len(shown))
    return float(np.mean([ssim(luma(a), luma(b)) for a, b in zip(clip, shown, strict=False)]))


def main() -> None:
    binary = sys.argv[1] if len(sys.argv) > 1 else ""
    encode_gif(words()[:2, :32, :32], fps=FPS)  # compile
    print("clip      ours bytes   SSIM    peer bytes   SSIM    ratio   CPU s")
    for make in (words, drawing, filmed):
        clip = make()
        begin = time.process_time()
        ours = encode_gif(clip, fps=FPS)
        spent = time.process_time() - begin
        line = f"{make.__name__:9} {len(ours.data):10} {likeness(clip, ours.data):.4f}"
        if binary:
            theirs = peer(clip, binary)
            line += f"  {len(theirs):10} {likeness(clip, theirs):.4f}  {len(ours.data) / len(theirs):.3f}"
        print(f"{line}  {spent:6.1f}")


if __name__ == "__main__":
    main()
