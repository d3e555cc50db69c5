"""The pictures laid over an edit: words on paper, and the label MONTAGE."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markupsafe import escape
from PIL import Image

from tractage.domain.studio.edit.captions import State, states
from tractage.domain.studio.edit.decisions import Edit
from tractage.domain.studio.kits import Kit
from tractage.domain.studio.renderer import Renderer

# Share of the height under the words: what the phone applications cover with their own buttons.
_LOW = {"9:16": 0.24, "1:1": 0.08, "16:9": 0.08}


class Laid(NamedTuple):
    """A picture (RGBA), its place on the frame, and the frames on which it shows: begin included, end not."""

    picture: Image.Image
    x: int
    y: int
    begin: int
    end: int


def drawn_captions(edit: Edit, kit: Kit, engine: Renderer) -> Iterator[Laid]:
    """Yield the words of `edit` in the colours of `kit`, each state cut to what is drawn."""
    for state in states(edit):
        yield _cut_out(_page(edit, kit, _words(state, kit)), edit, engine, state.begin, state.end)


def drawn_label(edit: Edit, kit: Kit, engine: Renderer) -> Laid:
    """Return the label that says that the edit is a montage (Code pénal, art. 226-8)."""
    top = 9 if edit.shape == "9:16" else 5
    html = f'<p style="position:absolute;left:4%;top:{top}%" class="label">MONTAGE</p>'
    return _cut_out(_page(edit, kit, html), edit, engine, 0, edit.frames)


def _words(state: State, kit: Kit) -> str:
    said, to_say = kit.colours["canari"], kit.colours["blanc"]
    spans = [
        f'<span style="color:{said if number < state.lit else to_say}">{escape(word)}</span>'
        for number, word in enumerate(state.words)
    ]
    return f'<div class="frame"><p class="words">{" ".join(spans)}</p></div>'


def _page(edit: Edit, kit: Kit, body: str) -> str:
    width, height = edit.size
    size = (width * height) ** 0.5 / 100
    return f"""<!doctype html><html lang="{edit.language}"><head><meta charset="utf-8"><style>
*{{box-sizing:border-box;margin:0;padding:0}}
body{{width:{width}px;height:{height}px;overflow:hidden;position:relative;font-family:"{kit.title_font}";
font-weight:800;font-stretch:75%}}
.frame{{position:absolute;left:8%;width:84%;bottom:{_LOW[edit.shape] * 100:.0f}%;text-align:center}}
.words{{display:inline-block;background:{kit.colours["encre"]};padding:{1.2 * size}px {2.4 * size}px;
font-size:{6.2 * size}px;line-height:1.12;transform:rotate(-1deg);text-wrap:balance}}
.label{{background:{kit.colours["canari"]};color:{kit.colours["encre"]};font-size:{3 * size}px;
padding:{0.5 * size}px {1.2 * size}px;letter-spacing:.06em}}
</style></head><body>{body}</body></html>"""


def _cut_out(html: str, edit: Edit, engine: Renderer, begin: int, end: int) -> Laid:
    width, height = edit.size
    data = engine.open(html, width, height, transparent=True).rgba()
    picture = Image.frombuffer("RGBA", (width, height), data, "raw", "RGBA", 0, 1)
    box = even_box(picture.getbbox() or (0, 0, 2, 2))
    return Laid(picture.crop(box), box[0], box[1], begin, end)


def even_box(box: Sequence[int]) -> tuple[int, int, int, int]:
    """Return `box` grown to even coordinates: video stores colour for two pixels at a time."""
    left, top, right, bottom = box
    return left & ~1, top & ~1, (right + 1) & ~1, (bottom + 1) & ~1
