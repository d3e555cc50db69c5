"""What people do to a picture before they post it again, from seeds: frames in, frames out."""

import io
from collections.abc import Callable

import av
import cv2
import numpy as np
from benchmarks.prints_works import Frames, Look, Picture, colour, page, phrase, scene, write
from PIL import Image

Edit = Callable[[Frames, np.random.Generator, Look], Frames]


def _each(change: Callable[[Picture], Picture]) -> Callable[[Frames], Frames]:
    return lambda frames: [change(frame) for frame in frames]


def jpeg(picture: Picture, quality: int) -> Picture:
    """Return the picture after a JPEG of this quality."""
    done, data = cv2.imencode(
        ".jpg", np.ascontiguousarray(picture[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, quality]
    )
    assert done
    return np.ascontiguousarray(cv2.imdecode(data, cv2.IMREAD_COLOR)[..., ::-1])


def recompress(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    quality = int(rng.integers(15, 45))
    return _each(lambda picture: jpeg(picture, quality))(frames)


def shrink(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    side = int(rng.integers(200, 280))
    return _each(lambda picture: resize(picture, side / max(picture.shape[:2])))(frames)


def resize(picture: Picture, scale: float, stretch: float = 1.0) -> Picture:
    """Return the picture scaled; `stretch` multiplies its width."""
    height, width = picture.shape[:2]
    size = (max(8, round(width * scale * stretch)), max(8, round(height * scale)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)


def blur(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    sigma = float(rng.uniform(1.2, 2.8))
    return _each(lambda picture: cv2.GaussianBlur(picture, (0, 0), sigma))(frames)


def filter_colours(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    gains, gamma = rng.uniform(0.55, 1.25, 3), float(rng.uniform(0.6, 1.6))
    grey = float(rng.choice([0.0, 0.0, 1.0, 0.5]))

    def change(picture: Picture) -> Picture:
        value = (picture / 255.0) ** gamma * gains
        value = grey * value.mean(axis=2, keepdims=True) + (1 - grey) * value
        return (255 * value.clip(0, 1)).astype(np.uint8)

    return _each(change)(frames)


def mirror(frames: Frames, _rng: np.random.Generator, _look: Look) -> Frames:
    return _each(lambda picture: jpeg(picture[:, ::-1], 80))(frames)


def _crop(least: float, most: float) -> Edit:
    """Cut away a share of the height and of the width, split at random between the two sides of each."""

    def edit(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
        cut, split = rng.uniform(least, most, 2), rng.uniform(0, 1, 2)

        def change(picture: Picture) -> Picture:
            (height, width), (top, left) = picture.shape[:2], cut * split
            rows = slice(int(top * height), int((top + 1 - cut[0]) * height))
            return jpeg(picture[rows, int(left * width) : int((left + 1 - cut[1]) * width)], 80)

        return _each(change)(frames)

    return edit


def crop_each_side(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    sides = rng.uniform(0.05, 0.20, 4)

    def change(picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        rows = slice(int(sides[0] * height), int((1 - sides[1]) * height))
        return jpeg(picture[rows, int(sides[2] * width) : int((1 - sides[3]) * width)], 80)

    return _each(change)(frames)


def caption_bar(frames: Frames, rng: np.random.Generator, look: Look) -> Frames:
    share, above, text = float(rng.uniform(0.15, 0.35)), bool(rng.integers(2)), phrase(rng, 3, 6)
    ground, ink = ((255, 255, 255), (0, 0, 0)) if rng.random() < 0.6 else ((0, 0, 0), (255, 255, 255))
    name = str(rng.choice(look.fonts))

    def change(picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        bar = np.full((int(share * height), width, 3), ground, np.uint8)
        bar = write(bar, text, (0.5, 0.5), max(12, int(0.4 * len(bar))), name, ink)
        return jpeg(np.vstack([bar, picture] if above else [picture, bar]), 80)

    return _each(change)(frames)


def border(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    share, tone = rng.uniform(0.04, 0.18, 2), colour(rng)

    def change(picture: Picture) -> Picture:
        up, side = (int(part * size) for part, size in zip(share, picture.shape[:2], strict=True))
        return jpeg(cv2.copyMakeBorder(picture, up, up, side, side, cv2.BORDER_CONSTANT, value=tone), 80)

    return _each(change)(frames)


def rotate(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    angle, tone = float(rng.uniform(-10, 10)), colour(rng)

    def change(picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
        return jpeg(cv2.warpAffine(picture, turn, (width, height), borderValue=tone), 80)

    return _each(change)(frames)


def overlays(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    spots = rng.uniform(0.1, 0.9, (int(rng.integers(2, 6)), 2))
    tones, radius = [colour(rng) for _ in spots], rng.uniform(0.05, 0.12, len(spots))

    def change(picture: Picture) -> Picture:
        picture = np.ascontiguousarray(picture.copy())
        size = np.array(picture.shape[1::-1])
        for spot, tone, part in zip(spots, tones, radius, strict=True):
            r = int(part * min(size))
            x, y = (int(value) for value in spot * size)
            cv2.circle(picture, (x, y), r, tone, -1)
            for side in (-1, 1):
                cv2.circle(picture, (x + side * r // 3, y - r // 4), max(1, r // 6), (0, 0, 0), -1)
            cv2.ellipse(picture, (x, y + r // 5), (r // 2, r // 3), 0, 0, 180, (0, 0, 0), 2)
        return jpeg(picture, 75)

    return _each(change)(frames)


def middle_text(frames: Frames, rng: np.random.Generator, look: Look) -> Frames:
    name, lines = str(rng.choice(look.fonts)), [phrase(rng, 1, 3) for _ in range(int(rng.integers(2, 4)))]
    ink = (255, 255, 255) if rng.random() < 0.5 else (255, 230, 0)
    band = bool(rng.integers(2))

    def change(picture: Picture) -> Picture:
        height = picture.shape[0]
        picture = picture.copy()
        if band:
            picture[int(0.36 * height) : int(0.64 * height)] = (10, 10, 10)
        for number, line in enumerate(lines):
            at = (0.5, 0.5 + 0.13 * (number - (len(lines) - 1) / 2))
            picture = write(
                picture, line, (at[0] + 0.006, at[1] + 0.004), int(0.12 * height), name, (0, 0, 0)
            )
            picture = write(picture, line, at, int(0.12 * height), name, ink)
        return jpeg(picture, 75)

    return _each(change)(frames)


def screenshot(frames: Frames, rng: np.random.Generator, look: Look) -> Frames:
    screen = cv2.resize(page(rng, look), (540, 960), interpolation=cv2.INTER_LINEAR)
    share, place = float(rng.uniform(0.72, 1.0)), rng.uniform(0, 1, 2)
    heart = colour(rng)

    def change(picture: Picture) -> Picture:
        shot = screen.copy()
        inner = resize(picture, min(share * 540 / picture.shape[1], 640 / picture.shape[0]))
        height, width = inner.shape[:2]
        top, left = 110 + int(place[0] * (700 - height)), int(place[1] * (540 - width))
        shot[top : top + height, left : left + width] = inner
        cv2.circle(shot, (500, 880), 26, heart, -1)
        return jpeg(shot, 60)

    return _each(change)(frames)


def in_picture(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    ground, share, place = scene(rng, 720, 720), float(rng.uniform(0.38, 0.6)), rng.uniform(0.02, 0.98, 2)

    def change(picture: Picture) -> Picture:
        whole = ground.copy()
        inner = resize(picture, share * 720 / max(picture.shape[:2]))
        height, width = inner.shape[:2]
        top, left = int(place[0] * (720 - height)), int(place[1] * (720 - width))
        whole[top : top + height, left : left + width] = inner
        return jpeg(whole, 75)

    return _each(change)(frames)


def side_by_side(frames: Frames, rng: np.random.Generator, look: Look) -> Frames:
    other, first = scene(rng, 675, int(rng.integers(400, 700))), bool(rng.integers(2))
    other = write(other, phrase(rng, 2, 3), (0.5, 0.8), 60, str(rng.choice(look.fonts)), (255, 255, 255))

    def change(picture: Picture) -> Picture:
        mine = resize(picture, 675 / picture.shape[0])
        return jpeg(np.hstack([mine, other] if first else [other, mine]), 75)

    return _each(change)(frames)


def photo_of_screen(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    jitter, room = rng.uniform(-0.06, 0.06, (4, 2)), cv2.GaussianBlur(scene(rng, 800, 700), (0, 0), 6)
    moire, phase = float(rng.uniform(0.4, 1.2)), rng.uniform(0, 6, 2)

    def change(picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
        scale = min(560 / width, 660 / height)
        target = (corners + jitter) * (width * scale, height * scale) + (
            350 - width * scale / 2,
            400 - height * scale / 2,
        )
        warp = cv2.getPerspectiveTransform(corners * np.float32([width, height]), target.astype(np.float32))
        shot = room.copy()
        cv2.warpPerspective(picture, warp, (700, 800), dst=shot, borderMode=cv2.BORDER_TRANSPARENT)
        y, x = np.mgrid[:800, :700]
        waves = 6 * np.sin(moire * x + phase[0]) + 6 * np.sin(moire * 0.9 * y + 0.3 * x + phase[1])
        light = np.linspace(0.75, 1.1, 700)[None, :, None]
        shot = (shot * light + waves[..., None]).clip(0, 255).astype(np.uint8)
        return jpeg(cv2.GaussianBlur(shot, (0, 0), 0.8), 60)

    return _each(change)(frames)


def chain(*edits: Edit) -> Edit:
    """Return the edit that does several in a row."""

    def edit(frames: Frames, rng: np.random.Generator, look: Look) -> Frames:
        for one in edits:
            frames = one(frames, rng, look)
        return frames

    return edit


def through_mp4(frames: Frames, crf: int) -> Frames:
    """Return the frames after an H.264 encoding (even sizes, 4:2:0)."""
    out = io.BytesIO()
    height, width = (2 * (size // 2) for size in frames[0].shape[:2])
    with av.open(out, "w", format="mp4") as film:
        stream = film.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.options = {"crf": str(crf), "preset": "veryfast"}
        for frame in frames:
            image = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame[:height, :width]), format="rgb24")
            film.mux(stream.encode(image))
        film.mux(stream.encode(None))
    out.seek(0)
    with av.open(out) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


def through_gif(frames: Frames, colours: int) -> Frames:
    """Return the frames after a GIF of a few dithered colours."""
    images = [Image.fromarray(frame) for frame in frames]
    palette = images[len(images) // 2].quantize(colours)
    return [
        np.asarray(image.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG).convert("RGB"))
        for image in images
    ]


def gif_mp4_gif(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    scale = float(rng.uniform(0.5, 1.0))
    small = [resize(frame, scale) for frame in frames]
    frames = through_mp4(through_gif(small, 128), int(rng.integers(26, 36)))
    return through_gif(frames[int(rng.integers(0, 2)) :], 64)


def video_again(frames: Frames, rng: np.random.Generator, look: Look) -> Frames:
    first = int(rng.integers(0, max(1, len(frames) // 3)))
    edited = chain(_crop(0.05, 0.25), caption_bar)(frames[first:], rng, look)
    return through_mp4(edited, int(rng.integers(26, 34)))


def street(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    """A poster on a wall, seen from the side, in uneven light."""
    wall, slant = scene(rng, 800, 900), float(rng.uniform(0.1, 0.22)) * (1 if rng.random() < 0.5 else -1)
    share = float(rng.uniform(0.65, 0.9))

    def change(picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        scale = share * min(800 / height, 900 / width)
        box = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
        tilt = box.copy()
        tilt[0 if slant > 0 else 1, 1] += abs(slant)
        tilt[3 if slant > 0 else 2, 1] -= abs(slant) * 0.6
        tilt[:, 0] *= 1 - abs(slant)
        target = tilt * (width * scale, height * scale) + (450 - width * scale / 2, 400 - height * scale / 2)
        warp = cv2.getPerspectiveTransform(box * np.float32([width, height]), target.astype(np.float32))
        shot = wall.copy()
        cv2.warpPerspective(picture, warp, (900, 800), dst=shot, borderMode=cv2.BORDER_TRANSPARENT)
        light = np.linspace(1.1, 0.6, 800)[:, None, None]
        return jpeg((shot * light).clip(0, 255).astype(np.uint8), 65)

    return _each(change)(frames)


# Kinds of edits that no threshold was tuned on.


def blurred_ground(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    """The picture between two bands of itself, enlarged and blurred, as vertical players do."""
    share = float(rng.uniform(1.25, 1.8))

    def change(picture: Picture) -> Picture:
        height, width = picture.shape[:2]
        tall = int(height * share)
        ground = cv2.GaussianBlur(cv2.resize(picture, (width, tall)), (0, 0), 18)
        top = (tall - height) // 2
        ground[top : top + height] = picture
        return jpeg(ground, 70)

    return _each(change)(frames)


def meme(frames: Frames, rng: np.random.Generator, look: Look) -> Frames:
    """Large outlined words above and below, over the picture."""
    lines, name = [phrase(rng, 2, 4).upper() for _ in range(2)], look.fonts[0]

    def change(picture: Picture) -> Picture:
        size = int(0.11 * picture.shape[0])
        for text, at in zip(lines, (0.1, 0.9), strict=True):
            for dx, dy in ((-1, 0), (1, 0), (0, -1), (0, 1), (0, 0)):
                ink = (255, 255, 255) if (dx, dy) == (0, 0) else (0, 0, 0)
                picture = write(picture, text, (0.5 + 0.006 * dx, at + 0.005 * dy), size, name, ink)
        return jpeg(picture, 55)

    return _each(change)(frames)


def squeeze(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    """Another ratio without bands: the width is stretched."""
    stretch = float(rng.choice([rng.uniform(0.72, 0.88), rng.uniform(1.14, 1.4)]))
    return _each(lambda picture: jpeg(resize(picture, 1.0, stretch), 70))(frames)


def stickers(frames: Frames, rng: np.random.Generator, look: Look) -> Frames:
    """A quarter of the picture under flat stickers with a letter."""
    spots, tones = rng.uniform(0.1, 0.9, (7, 2)), [colour(rng) for _ in range(7)]
    letters, name = rng.choice(list("ABCDEFGHRSTV"), 7), str(rng.choice(look.fonts))

    def change(picture: Picture) -> Picture:
        picture = np.ascontiguousarray(picture.copy())
        size = np.array(picture.shape[1::-1])
        half = int(0.1 * min(size))
        for spot, tone, letter in zip(spots, tones, letters, strict=True):
            x, y = (int(value) for value in spot * size)
            cv2.rectangle(picture, (x - half, y - half), (x + half, y + half), tone, -1)
            at = (x / size[0], y / size[1])
            picture = np.ascontiguousarray(write(picture, str(letter), at, half, name, (255, 255, 255)))
        return jpeg(picture, 70)

    return _each(change)(frames)


def printed(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    """Grey, sharpened, few tones, dots: a photocopy."""
    levels, sigma = int(rng.integers(4, 7)), float(rng.uniform(1, 2))

    def change(picture: Picture) -> Picture:
        grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(np.float32)
        sharp = 2.2 * grey - 1.2 * cv2.GaussianBlur(grey, (0, 0), sigma)
        y, x = np.mgrid[: grey.shape[0], : grey.shape[1]]
        dots = 18 * np.sin(x * 1.6) * np.sin(y * 1.6)
        few = np.round((sharp + dots).clip(0, 255) / 255 * (levels - 1)) / (levels - 1) * 255
        return jpeg(np.repeat(few.astype(np.uint8)[..., None], 3, axis=2), 70)

    return _each(change)(frames)


def quarter_turn(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    """The picture lying on its side."""
    turns = int(rng.choice([1, 3]))
    return _each(lambda picture: jpeg(np.rot90(picture, turns), 70))(frames)


def four_up(frames: Frames, rng: np.random.Generator, _look: Look) -> Frames:
    """One picture among four in a grid."""
    others, corner = [scene(rng, 400, 400) for _ in range(4)], int(rng.integers(4))

    def change(picture: Picture) -> Picture:
        cells = [other.copy() for other in others]
        inner = resize(picture, 400 / max(picture.shape[:2]))
        cells[corner][: inner.shape[0], : inner.shape[1]] = inner
        return jpeg(np.vstack([np.hstack(cells[:2]), np.hstack(cells[2:])]), 75)

    return _each(change)(frames)


def faster_video(frames: Frames, rng: np.random.Generator, look: Look) -> Frames:
    """Every second frame, mirrored, greyer, in a screenshot of a player, encoded at a low rate."""
    kept = frames[::2] if len(frames) > 1 else frames
    shown = screenshot([frame[:, ::-1] for frame in kept], rng, look)
    return through_mp4(shown, 34) if len(kept) > 1 else shown


TUNED: dict[str, Edit] = {
    "recompress": recompress,
    "blur": blur,
    "down to 240 px": shrink,
    "colour filter": filter_colours,
    "mirror": mirror,
    "crop 5–20 % of each side": crop_each_side,
    "crop 20–35 %": _crop(0.20, 0.35),
    "crop 35–50 %": _crop(0.35, 0.50),
    "caption bar": caption_bar,
    "border": border,
    "rotation ± 10°": rotate,
    "overlays": overlays,
    "text in the middle": middle_text,
    "screenshot, noisy interface": screenshot,
    "photo of a screen": photo_of_screen,
    "picture in picture": in_picture,
    "mirror + crop + caption": chain(mirror, _crop(0.1, 0.3), caption_bar),
    "mirrored noisy screenshot": chain(mirror, screenshot),
    "two works side by side": side_by_side,
    "GIF → MP4 → GIF": gif_mp4_gif,
    "video re-encode + crop + caption": video_again,
    "poster in the street": street,
}
HELD_OUT: dict[str, Edit] = {
    "between blurred bands": blurred_ground,
    "crop, then a screenshot": chain(_crop(0.1, 0.25), screenshot),
    "a quarter turn": quarter_turn,
    "meme words above and below": meme,
    "squeezed to another ratio": squeeze,
    "stickers over a quarter": stickers,
    "photocopy": printed,
    "one of four in a grid": four_up,
    "faster mirrored video, screenshot": faster_video,
}
MOVING_ONLY = ("GIF → MP4 → GIF", "video re-encode + crop + caption", "faster mirrored video, screenshot")
