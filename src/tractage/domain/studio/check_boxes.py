"""Checks on measured boxes: text outside its box or the safe area, over another, too small."""

import math
from dataclasses import dataclass

from tractage.domain.studio.cascade import Style
from tractage.domain.studio.formats import Format
from tractage.domain.studio.kits import Finding
from tractage.domain.studio.markup import Run
from tractage.domain.studio.renderer import Box

SMALL_TURN = 6.0  # degrees: a tilt of the wall; more is a text set another way


@dataclass(frozen=True)
class Placed:
    """A flow of text where it lies: its box and its block's, turned with the block; size in pixels."""

    run: Run
    box: Box
    block: Box
    size: float
    turn: float

    @property
    def label(self) -> str:
        """The element and its first words, as a message names them."""
        words = " ".join(self.run.words.split())
        return f"{self.run.block.label()} « {words[:32]}{'…' if len(words) > 32 else ''} »"


def place(
    runs: list[Run], boxes: dict[str, Box], styles: dict[int, Style], fitted: dict[str, float]
) -> list[Placed]:
    """Return every visible flow of text where it lies."""
    placed = []
    for run in runs:
        style = styles[id(run.block)]
        if style.hidden or run.box not in boxes:
            continue
        name = run.block.element.get("id", "")
        box, block = boxes[run.box], boxes.get(name, boxes[run.box])
        turn, turned = _turn(run, styles)
        if turned is not None and abs(turn) > SMALL_TURN:
            pivot = boxes[turned]
            box, block = _rotated(box, pivot, turn), _rotated(block, pivot, turn)
        placed.append(Placed(run, box, block, _size(run, styles, fitted), turn))
    return placed


def _turn(run: Run, styles: dict[int, Style]) -> tuple[float, str | None]:
    for node in run.block.ancestors():
        style = styles.get(id(node))
        if style and style.turn:
            return style.turn, node.element.get("id")
    return 0.0, None


def _rotated(box: Box, pivot: Box, degrees: float) -> Box:
    """Return the box around `box` turned about the top left of `pivot`, the origin of turned texts."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    corners = [
        (
            pivot.x + (x - pivot.x) * cos - (y - pivot.y) * sin,
            pivot.y + (x - pivot.x) * sin + (y - pivot.y) * cos,
        )
        for x in (box.x, box.right)
        for y in (box.y, box.bottom)
    ]
    left, top = min(x for x, _ in corners), min(y for _, y in corners)
    return Box(left, top, max(x for x, _ in corners) - left, max(y for _, y in corners) - top)


def _size(run: Run, styles: dict[int, Style], fitted: dict[str, float]) -> float:
    """Return the size of a flow: that of its own style, scaled when an ancestor's size was fitted."""
    own = styles[id(run.block)]
    for node in run.block.ancestors():
        name = node.element.get("id", "")
        if name.endswith("-t") and name[:-2] in fitted:
            return own.size * fitted[name[:-2]] / max(styles[id(node)].size, 0.1)
    return own.size


def check_boxes(placed: list[Placed], fmt: Format, unit: float, least: float, where: str) -> list[Finding]:
    """Return the texts that overflow, overlap or are too small; `unit` in pixels, `least` in units."""
    found: list[Finding] = []
    slack = 0.35 * unit
    for one in placed:
        found += _overflow(one, fmt, slack, where)
        if one.size < (least - 0.02) * unit:
            said = f"type of {one.size / unit:.2f} hundredths of the side, expected at least {least}"
            found.append(Finding(True, "size", one.label, said, where))
    for index, one in enumerate(placed):
        for other in placed[index + 1 :]:
            across, down = one.box.overlap(other.box)
            if across > slack and down > slack:
                said = f"overlaps {other.label} by {across:.0f} × {down:.0f} px"
                found.append(Finding(True, "overlap", one.label, said, where))
    return found


def _overflow(one: Placed, fmt: Format, slack: float, where: str) -> list[Finding]:
    safe = fmt.safe
    room = Box(safe.left, safe.top, fmt.width - safe.left - safe.right, fmt.height - safe.top - safe.bottom)
    found = []
    for inside, name, least in ((one.block, "its box", slack), (room, "the safe area", 1.0)):
        past = (
            inside.x - one.box.x,
            inside.y - one.box.y,
            one.box.right - inside.right,
            one.box.bottom - inside.bottom,
        )
        most = max(past)
        if most > least:
            side = ("left", "top", "right", "bottom")[past.index(most)]
            said = f"overflows {name} by {most:.0f} px ({side})"
            found.append(Finding(True, "overflow", one.label, said, where))
    return found


def check_fitted(
    runs: list[Placed], boxes: dict[str, Box], fitted: dict[str, float], unit: float, where: str
) -> list[Finding]:
    """Return the fitted texts that overflow even at the smallest size."""
    found = []
    for name in fitted:
        outer, inner = boxes[name], boxes[f"{name}-t"]
        past = max(inner.height - outer.height, inner.width - outer.width)
        if past > 0.35 * unit:
            label = next(
                (one.label for one in runs if one.run.block.element.get("id") == f"{name}-t"), f"#{name}"
            )
            found.append(
                Finding(
                    True,
                    "overflow",
                    label,
                    f"does not fit its box by {past:.0f} px at the smallest size",
                    where,
                )
            )
    return found
