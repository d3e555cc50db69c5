"""Works and strangers made from seeds: posters, cards of a template, words alone, GIFs, videos.

Everything is drawn here, with no photograph of anybody. A `Look` is a set of fonts: the strangers and the
works that a method is tuned on never share their seeds with those that it is judged on.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Picture = NDArray[np.uint8]
Frames = list[Picture]
HEIGHT, WIDTH = 675, 540
WORDS = [
    "voter",
    "dimanche",
    "juillet",
    "ensemble",
    "demain",
    "courage",
    "seat",
    "circonscription",
    "candidate",
    "tour",
    "victoire",
    "manqué",
    "voix",
    "mobilisation",
    "jeunesse",
    "hôpital",
    "école",
    "climat",
    "retraite",
    "salaire",
    "logement",
    "justice",
    "paix",
    "égalité",
    "quartier",
    "village",
    "campagne",
    "procuration",
    "bureau",
    "urne",
    "bulletin",
    "marge",
    "pivot",
    "avenir",
    "espoir",
    "lutte",
    "populaire",
    "service",
    "public",
    "eau",
    "terre",
    "travail",
    "culture",
    "transports",
    "santé",
    "partage",
    "solidarité",
    "liberté",
    "fraternité",
    "commune",
    "région",
    "rue",
    "place",
    "marché",
    "usine",
]
NAMES = [
    "Alice",
    "Bertin",
    "Chloé",
    "Danjou",
    "Émile",
    "Farge",
    "Gaspard",
    "Henry",
    "Inès",
    "Jolivet",
    "Karim",
    "Leroux",
    "Maya",
    "Noiret",
    "Oscar",
    "Perrin",
    "Quentin",
    "Rolland",
    "Sacha",
    "Tessier",
    "Ugo",
    "Vasseur",
    "Wanda",
    "Xavier",
    "Yanis",
    "Zoé",
    "Abel",
    "Besson",
    "Camille",
    "Dumas",
    "Elsa",
    "Fabre",
    "Gildas",
    "Hamon",
]


@dataclass(frozen=True)
class Look:
    """The fonts that works and strangers are drawn with: package and file of each."""

    fonts: tuple[str, ...]


def _packaged(package: str, name: str) -> str:
    return str(files(package).joinpath("files", name))


@lru_cache
def looks() -> dict[str, Look]:
    """Return the fonts to tune with and those held out."""
    anton = _packaged("fontpkg_anton", "Anton-Regular.ttf")
    alfa = _packaged("fontpkg_alfa_slab_one", "AlfaSlabOne-Regular.ttf")
    bricolage = _packaged("fontpkg_bricolage_grotesque", "BricolageGrotesque[opsz,wdth,wght].ttf")
    caveat = _packaged("fontpkg_caveat", "Caveat[wght].ttf")
    others = ("DejaVuSans-Bold.ttf", "DejaVuSerif-Bold.ttf", "LiberationSansNarrow-Bold.ttf")
    kept = tuple(name for name in others if _is_font(name))
    return {"dev": Look((anton, caveat)), "held-out": Look((alfa, bricolage, *kept))}


def _is_font(name: str) -> bool:
    try:
        ImageFont.truetype(name, 10)
    except OSError:
        return False
    return True


@lru_cache(maxsize=256)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return a font at a size in pixels."""
    return ImageFont.truetype(name, size)


def colour(rng: np.random.Generator) -> tuple[int, int, int]:
    """Return a frank colour."""
    hsv = np.array([[[rng.integers(0, 180), rng.integers(90, 255), rng.integers(60, 255)]]], np.uint8)
    red, green, blue = cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)[0, 0]
    return int(red), int(green), int(blue)


def ink_on(picture: Picture, at: tuple[float, float]) -> tuple[int, int, int]:
    """Return a light or dark ink that is read on the ground around a point (fractions of the picture)."""
    height, width = picture.shape[:2]
    around = picture[
        int(max(0, at[1] - 0.05) * height) : int((at[1] + 0.05) * height) + 1, width // 4 : -width // 4
    ]
    return (250, 246, 235) if float(around.mean()) < 128 else (22, 20, 40)


def scene(rng: np.random.Generator, height: int, width: int) -> Picture:
    """Return something like a photograph: clouds, a horizon, buildings, heads, leaves, grain."""
    canvas = np.zeros((height, width, 3), np.float32)
    for octave in range(1, 7):
        size = 2**octave + 1
        noise = rng.normal(size=(size, size, 3)).astype(np.float32)
        noise = 0.7 * noise.mean(axis=2, keepdims=True) + 0.3 * noise
        canvas += cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC) / 1.7**octave
    canvas = 128 + 60 * canvas / (canvas.std() + 1e-6)
    canvas *= np.array(colour(rng), np.float32) / 200 + 0.35
    picture = np.ascontiguousarray(canvas.clip(0, 255).astype(np.uint8))
    for _ in range(int(rng.integers(1, 4))):
        (_buildings, _heads, _leaves)[int(rng.integers(3))](rng, picture)
    picture = cv2.GaussianBlur(picture, (0, 0), float(rng.uniform(0.5, 1.2)))
    grain = rng.normal(0, rng.uniform(2, 7), (height, width, 1)).astype(np.float32)
    return (picture + grain).clip(0, 255).astype(np.uint8)


def _buildings(rng: np.random.Generator, picture: Picture) -> None:
    height, width = picture.shape[:2]
    for _ in range(int(rng.integers(3, 9))):
        left, top = int(rng.integers(-40, width)), int(rng.integers(height // 4, height))
        wide, step = int(rng.integers(40, 160)), int(rng.integers(9, 22))
        cv2.rectangle(picture, (left, top), (left + wide, height), colour(rng), -1)
        shade = colour(rng)
        for y in range(top + 6, height, step):
            for x in range(left + 5, left + wide - 5, step):
                if rng.random() < 0.8:
                    cv2.rectangle(picture, (x, y), (x + step // 2, y + step // 2), shade, -1)


def _heads(rng: np.random.Generator, picture: Picture) -> None:
    height, width = picture.shape[:2]
    for _ in range(int(rng.integers(2, 12))):
        x, y, r = (
            int(rng.integers(0, width)),
            int(rng.integers(height // 3, height)),
            int(rng.integers(14, 70)),
        )
        skin, hair, coat = colour(rng), colour(rng), colour(rng)
        cv2.ellipse(picture, (x, y + 2 * r), (int(1.6 * r), int(1.4 * r)), 0, 180, 360, coat, -1)
        cv2.ellipse(picture, (x, y), (int(0.8 * r), r), 0, 0, 360, skin, -1)
        turn = float(rng.uniform(-25, 25))
        cv2.ellipse(picture, (x, y - r // 3), (int(0.85 * r), int(0.8 * r)), turn, 180, 360, hair, -1)
        for side in (-1, 1):
            cv2.circle(picture, (x + side * r // 3, y), max(1, r // 9), (20, 20, 20), -1)
        smile = int(rng.integers(10, 60))
        cv2.ellipse(picture, (x, y + r // 3), (r // 3, r // 6), 0, smile, 180 - smile // 2, (60, 20, 20), 2)


def _leaves(rng: np.random.Generator, picture: Picture) -> None:
    height, width = picture.shape[:2]
    centre = rng.integers(0, (width, height))
    for _ in range(int(rng.integers(60, 250))):
        x, y = (centre + rng.normal(0, 90, 2)).astype(int)
        axes = (int(rng.integers(2, 14)), int(rng.integers(1, 6)))
        cv2.ellipse(picture, (int(x), int(y)), axes, float(rng.uniform(0, 180)), 0, 360, colour(rng), -1)


def write(
    picture: Picture, text: str, at: tuple[float, float], size: int, name: str, ink: tuple[int, int, int]
) -> Picture:
    """Return the picture with words centred at (x, y), in fractions of its size, shrunk to fit its width."""
    image = Image.fromarray(picture)
    pen = ImageDraw.Draw(image)
    face = font(name, size)
    long = pen.textlength(text, face)
    if long > 0.94 * image.width:
        face = font(name, max(8, int(size * 0.94 * image.width / long)))
    pen.text((at[0] * image.width, at[1] * image.height), text, ink, face, anchor="mm")
    return np.array(image)


def phrase(rng: np.random.Generator, least: int, most: int) -> str:
    """Return a few words in a row."""
    words = " ".join(str(word) for word in rng.choice(WORDS, int(rng.integers(least, most + 1))))
    return words.upper() if rng.random() < 0.6 else words.capitalize()


def poster(rng: np.random.Generator, look: Look) -> Picture:
    """Return a poster: a scene, one to four lines, a band or a badge."""
    height, width = [(675, 540), (540, 540), (720, 405), (400, 711)][int(rng.integers(4))]
    picture = scene(rng, height, width)
    if rng.random() < 0.6:
        top = int(rng.uniform(0, 0.8) * height)
        picture[top : top + int(rng.uniform(0.1, 0.3) * height)] = colour(rng)
    if rng.random() < 0.5:
        spot = (int(rng.integers(60, width - 60)), int(rng.integers(60, height - 60)))
        cv2.circle(picture, spot, int(rng.integers(25, 60)), colour(rng), -1)
    for _ in range(int(rng.integers(1, 5))):
        at = (float(rng.uniform(0.35, 0.65)), float(rng.uniform(0.08, 0.92)))
        size, name = int(rng.integers(24, 90)), str(rng.choice(look.fonts))
        picture = write(picture, phrase(rng, 1, 4), at, size, name, ink_on(picture, at))
    return picture


def typographic(rng: np.random.Generator, look: Look) -> Picture:
    """Return words alone on a ground of rays, stripes or one colour."""
    picture = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    ground, second = colour(rng), colour(rng)
    picture[:] = ground
    kind = rng.integers(3)
    if kind == 0:
        centre, count = (int(rng.integers(0, WIDTH)), int(rng.integers(0, HEIGHT))), int(rng.integers(8, 20))
        for number in range(count):
            angle = 360 * number / count
            cv2.ellipse(picture, centre, (1200, 1200), 0, angle, angle + 180 / count, second, -1)
    elif kind == 1:
        step = int(rng.integers(30, 120))
        for left in range(-HEIGHT, WIDTH, step):
            cv2.line(picture, (left, HEIGHT), (left + HEIGHT, 0), second, step // 3)
    name = str(rng.choice(look.fonts))
    ink = ink_on(picture, (0.5, 0.5))
    lines = int(rng.integers(2, 6))
    for number in range(lines):
        at = (0.5, (number + 0.8) / (lines + 0.6))
        picture = write(picture, phrase(rng, 1, 3), at, int(rng.integers(40, 110)), name, ink)
    return picture


def card(rng: np.random.Generator, look: Look, template: int, photo: int | None = None) -> Picture:
    """Return a card of a template: its frame is that of `template`; portrait, name, seat and figure vary.

    Args:
        template: seed of the frame.
        photo: seed of the picture; None for a card of words alone.
    """
    frame = np.random.default_rng([template, 77])
    picture = np.empty((HEIGHT, WIDTH, 3), np.uint8)
    ground, band, ink = colour(frame), colour(frame), (250, 250, 245)
    picture[:] = ground
    rays, centre = int(frame.integers(5, 24)), (int(frame.integers(0, WIDTH)), int(frame.integers(0, HEIGHT)))
    start, width = float(frame.uniform(0, 360)), float(frame.uniform(0.3, 0.7))
    for number in range(rays):
        angle = start + number * 360 / rays
        cv2.ellipse(picture, centre, (900, 900), 0, angle, angle + width * 360 / rays, band, -1)
    edge = int(frame.integers(8, 30))
    cv2.rectangle(picture, (edge, edge), (WIDTH - edge, HEIGHT - edge), ink, int(frame.integers(2, 9)))
    first, second = (str(frame.choice(look.fonts)) for _ in range(2))
    top, left = int(frame.integers(50, 110)), int(frame.integers(40, 110))
    if photo is not None:
        inner = scene(np.random.default_rng([photo, 5]), 330, 400)
        picture[top : top + 330, left : left + 400] = inner
        cv2.rectangle(picture, (left, top), (left + 400, top + 330), ink, 8)
    picture[top + 360 : top + 450] = band
    lines = (top + 405) / HEIGHT + np.array([0.0, 0.12, 0.21])
    picture = write(picture, phrase(frame, 2, 3), (0.5, 0.065), 34, second, ink)
    picture = write(picture, f"{rng.choice(NAMES)} {rng.choice(NAMES)}", (0.5, lines[0]), 62, first, ink)
    seat = f"{rng.integers(1, 96)}-{rng.integers(1, 12)}  {str(rng.choice(WORDS)).capitalize()}"
    picture = write(picture, seat, (0.5, lines[1]), 40, second, ink)
    figure = f"{rng.integers(3, 2500)} voix"
    picture = write(picture, figure, (0.5, lines[2]), 48, first, ink)
    if photo is None:
        picture = write(picture, phrase(rng, 1, 2), (0.5, 0.30), 80, first, ink)
        picture = write(picture, phrase(rng, 1, 2), (0.5, 0.48), 80, first, ink)
    return picture


def gif(rng: np.random.Generator, look: Look) -> Frames:
    """Return the frames of an animation: a ground that stays, words that come one after the other."""
    ground = typographic(rng, look) if rng.random() < 0.4 else scene(rng, 400, 400)
    ground = cv2.resize(ground, (400, 400), interpolation=cv2.INTER_AREA)
    name, ink = str(rng.choice(look.fonts)), ink_on(ground, (0.5, 0.5))
    frames: Frames = []
    words = [str(word).upper() for word in rng.choice(WORDS, 4)]
    spots = [(float(rng.uniform(0.35, 0.65)), 0.2 + 0.2 * number) for number in range(4)]
    for number in range(12):
        picture = ground
        for line in range(min(4, 1 + number // 3)):
            shift = 0.02 * np.sin(number + line)
            picture = write(picture, words[line], (spots[line][0], spots[line][1] + shift), 70, name, ink)
        frames.append(picture)
    return frames


def video(rng: np.random.Generator, look: Look) -> Frames:
    """Return the frames of a vertical edit, 5 a second: shots that move, captions, a title."""
    frames: Frames = []
    name = str(rng.choice(look.fonts))
    for _ in range(int(rng.integers(3, 6))):
        shot = scene(rng, 560, 420)
        caption, ink = phrase(rng, 2, 3), (255, 255, 255)
        drift = rng.uniform(-4, 4, 2)
        for step in range(int(rng.integers(5, 9))):
            scale = 1 + 0.01 * step
            move = np.array(
                [[scale, 0, -30 + drift[0] * step], [0, scale, -40 + drift[1] * step]], np.float32
            )
            picture = cv2.warpAffine(shot, move, (360, 480), borderMode=cv2.BORDER_REFLECT)
            frames.append(write(picture, caption, (0.5, 0.85), 40, name, ink))
    return frames


@dataclass(frozen=True)
class Work:
    """A work: its name, kind, frames (one for a still) and its template's seed if it has one."""

    name: str
    kind: str
    frames: Frames
    template: int | None = None


def make_work(kind: str, seed: int, look: Look) -> Work:
    """Return the work of a kind and a seed; `card-N` and `words-N` are cards of template N."""
    rng = np.random.default_rng([seed, 11])
    family, _, number = kind.partition("-")
    name = f"{kind}/{seed}"
    if family in ("card", "words", "twin"):
        template = int(number)
        photo = {"card": seed, "words": None, "twin": 424_242}[family]  # twins share one picture
        return Work(name, family, [card(rng, look, template, photo)], template)
    if family in ("gif", "video"):
        return Work(name, family, gif(rng, look) if family == "gif" else video(rng, look))
    return Work(name, family, [poster(rng, look) if family == "poster" else typographic(rng, look)])


def plan(size: int, seed: int) -> list[tuple[str, int]]:
    """Return kind and seed of `size` works in the proportions of a campaign: cards, posters, words, films."""
    shares = {
        f"card-{seed + 1}": 0.083,
        f"twin-{seed + 1}": 0.083,
        f"words-{seed + 2}": 0.1,
        "poster": 0.414,
        "typographic": 0.15,
        "gif": 0.085,
        "video": 0.085,
    }
    return [
        (kind, seed * 100_000 + number)
        for kind, share in shares.items()
        for number in range(round(share * size))
    ]


def collection(size: int, seed: int, look: Look) -> list[Work]:
    """Return the works of a plan."""
    return [make_work(kind, number, look) for kind, number in plan(size, seed)]


def stranger(seed: int, look: Look) -> Picture:
    """Return a picture that is no work of ours, in the same fonts and words."""
    rng = np.random.default_rng([seed, 13])
    kind = int(rng.integers(6))
    if kind == 0:
        return scene(rng, 480, 640)
    if kind == 1:
        return typographic(rng, look)
    if kind == 2:
        return card(rng, look, int(rng.integers(1 << 40, 1 << 41)), int(rng.integers(1 << 40)))
    if kind == 3:
        return page(rng, look)
    return poster(rng, look)


def page(rng: np.random.Generator, look: Look) -> Picture:
    """Return something like a page of an application: bars, avatars, lines of text, a picture or none."""
    light = bool(rng.integers(2))
    picture = np.full((720, 405, 3), 250 if light else 24, np.uint8)
    ink = (20, 20, 20) if light else (235, 235, 235)
    top = int(rng.integers(60, 110))
    cv2.rectangle(picture, (0, 0), (405, top - 20), colour(rng), -1)
    while top < 690:
        cv2.circle(picture, (28, top + 10), 16, colour(rng), -1)
        for line in range(int(rng.integers(1, 5))):
            text = phrase(rng, 2, 6).lower()
            picture = write(
                picture, text, (0.55, (top + 18 * line) / 720), 15, str(rng.choice(look.fonts)), ink
            )
        top += 90
        if rng.random() < 0.3 and top < 520:
            picture[top : top + 160, 60:380] = scene(rng, 160, 320)
            top += 180
    return picture
