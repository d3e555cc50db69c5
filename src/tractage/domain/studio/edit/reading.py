"""Read an edit decision list from TOML or CSV text, with one clear line for what is wrong."""

import csv
import io
import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from tractage.domain.errors import InputError
from tractage.domain.studio.edit.decisions import (
    SIZES,
    TRANSITIONS,
    Caption,
    Cut,
    Edit,
    Music,
    Overlay,
    Word,
)

_EDIT = {
    "shape",
    "fps",
    "loudness",
    "montage",
    "language",
    "title",
    "cut",
    "caption",
    "overlay",
    "music",
    "end_card",
}
_CUT = {"source", "in", "out", "focus", "speed", "transition", "overlap", "gain", "mute", "caption"}
_CAPTION = {"text", "in", "out", "words"}
_COLUMNS = (
    "source",
    "in",
    "out",
    "focus",
    "speed",
    "transition",
    "overlap",
    "gain",
    "mute",
    "caption",
    "caption_in",
    "caption_out",
)
DEFAULT_OVERLAP = 0.4  # seconds of a transition that names none
LONGEST = 600.0  # seconds
_OPENING = {"«", "“", "("}


def read_edit(text: str, name: str, folder: Path) -> Edit:
    """Return the edit that `text` describes; `name` ends in .toml or .csv, `folder` is where its files are.

    Raises InputError naming the file, the table or line, the key, what was found and what is expected.
    """
    if name.lower().endswith(".csv"):
        return _checked(_from_csv(text, name, folder), name)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{name}: not TOML: {error}") from None
    _known(data, _EDIT, name)
    cuts, captions = (
        [],
        [_caption(item, f"{name}: caption {n}") for n, item in _tables(data, "caption", name)],
    )
    for number, item in _tables(data, "cut", name):
        cuts.append(_cut(item, f"{name}: cut {number}", folder))
    card = data.get("end_card", {})
    music = data.get("music")
    edit = Edit(
        shape=_choice(data.get("shape", "9:16"), SIZES, f"{name}: shape"),
        cuts=tuple(cuts),
        captions=tuple(captions),
        overlays=tuple(
            _overlay(item, f"{name}: overlay {n}", folder) for n, item in _tables(data, "overlay", name)
        ),
        music=_music(music, f"{name}: music", folder) if music else None,
        end_card=_file(card, "picture", f"{name}: end_card", folder) if card else None,
        end_card_length=_number(card, "length", f"{name}: end_card", 2.5, 0.5, 15),
        fps=int(_number(data, "fps", name, 30, 10, 60)),
        loudness=_number(data, "loudness", name, -14, -30, -9),
        montage=bool(data.get("montage", False)),
        language=str(data.get("language", "fr")),
        title=str(data.get("title", "")),
    )
    return _checked(edit, name)


def _from_csv(text: str, name: str, folder: Path) -> Edit:
    rows = csv.DictReader(io.StringIO(text))
    unknown = sorted(set(rows.fieldnames or ()) - set(_COLUMNS))
    if unknown or "source" not in (rows.fieldnames or ()):
        found = f"column {unknown[0]!r}" if unknown else "no column 'source'"
        raise InputError(f"{name}, line 1: {found}; expected: {', '.join(_COLUMNS)}")
    cuts: list[Cut] = []
    captions: list[Caption] = []
    for number, row in enumerate(rows, 2):
        where = f"{name}, line {number}"
        item: dict[str, Any] = {
            key: value for key, value in row.items() if key in _CUT - {"caption"} and value
        }
        if "focus" in item:
            item["focus"] = item["focus"].replace(";", " ").split()
        item["mute"] = str(item.get("mute", "")).lower() in {"1", "true", "yes", "oui"}
        cuts.append(_cut(item, where, folder))
        if row.get("caption"):
            item = {"text": row["caption"], "in": row.get("caption_in"), "out": row.get("caption_out")}
            captions.append(_caption(item, where))
    return Edit(shape="9:16", cuts=tuple(cuts), captions=tuple(captions))


def _checked(edit: Edit, name: str) -> Edit:
    if not edit.cuts:
        raise InputError(f"{name}: no cut; expected at least one [[cut]] with source, in and out")
    for number, cut in enumerate(edit.cuts):
        before = edit.cuts[number - 1].length if number else math.inf
        if number and cut.overlap > min(before, cut.length) / 2:
            raise InputError(
                f"{name}: cut {number + 1}: overlap {cut.overlap:g} s is over half of one of its two cuts"
            )
    if edit.length > LONGEST:
        raise InputError(f"{name}: the edit lasts {edit.length:.0f} s, at most {LONGEST:.0f} s are made")
    timed: tuple[tuple[str, Sequence[Caption | Overlay]], ...] = (
        ("caption", edit.captions),
        ("overlay", edit.overlays),
    )
    for kind, items in timed:
        for number, item in enumerate(items, 1):
            if item.end > edit.length + 0.5 / edit.fps:
                raise InputError(
                    f"{name}: {kind} {number}: out {item.end:g} s is after the end, {edit.length:g} s"
                )
    return edit


def _cut(item: Mapping[str, Any], where: str, folder: Path) -> Cut:
    _known(item, _CUT, where)
    begin, end = _span(item, where)
    transition = _choice(item.get("transition", "cut"), TRANSITIONS, f"{where}: transition")
    focus = item.get("focus", (0.5, 0.5))
    if not isinstance(focus, list | tuple) or len(focus) != 2:
        raise InputError(f"{where}: focus: found {focus!r}, expected two numbers from 0 to 1")
    x, y = (_number({"focus": value}, "focus", where, 0.5, 0, 1) for value in focus)
    fallback = 0.0 if transition == "cut" else DEFAULT_OVERLAP
    return Cut(
        source=_file(item, "source", where, folder),
        begin=begin,
        end=end,
        focus=(x, y),
        speed=_number(item, "speed", where, 1, 0.25, 4),
        transition=transition,
        overlap=0.0 if transition == "cut" else _number(item, "overlap", where, fallback, 0.1, 3),
        gain=_number(item, "gain", where, 0, -60, 20),
        mute=bool(item.get("mute", False)),
    )


def _caption(item: Mapping[str, Any], where: str) -> Caption:
    _known(item, _CAPTION, where)
    text = str(item.get("text") or "").strip()
    if not text or len(text) > 120:
        raise InputError(f"{where}: text: found {text[:20]!r}, expected 1 to 120 characters")
    begin, end = _span(item, where)
    times = item.get("words", [])
    if not times:
        return Caption(text, begin, end)
    words = spoken(text)
    if not isinstance(times, list) or len(times) != len(words):
        raise InputError(f"{where}: words: expected {len(words)} times, one a word")
    values = [_number({"words": value}, "words", where, 0, 0, LONGEST) for value in times]
    if values != sorted(values) or values[0] < begin or values[-1] >= end:
        raise InputError(f"{where}: words: expected times in order, from in to out")
    return Caption(text, begin, end, tuple(Word(w, at) for w, at in zip(words, values, strict=True)))


def spoken(text: str) -> list[str]:
    """Split `text` into words; a sign that stands alone belongs to the word beside it (« à », « ! »)."""
    words: list[str] = []
    opening = ""
    for token in text.split():
        if any(letter.isalnum() for letter in token) or not (words or token in _OPENING):
            words.append(f"{opening} {token}".strip())
            opening = ""
        elif token in _OPENING:
            opening = token
        else:
            words[-1] += f" {token}"
    return words


def _overlay(item: Mapping[str, Any], where: str, folder: Path) -> Overlay:
    _known(item, {"picture", "in", "out"}, where)
    return Overlay(_file(item, "picture", where, folder), *_span(item, where))


def _music(item: Mapping[str, Any], where: str, folder: Path) -> Music:
    _known(item, {"source", "gain", "duck", "in"}, where)
    return Music(
        _file(item, "source", where, folder),
        gain=_number(item, "gain", where, -6, -60, 12),
        duck=_number(item, "duck", where, 12, 0, 60),
        begin=_number(item, "in", where, 0, 0, 3600),
    )


def _span(item: Mapping[str, Any], where: str) -> tuple[float, float]:
    begin = _number(item, "in", where, None, 0, 86_400)
    end = _number(item, "out", where, None, 0, 86_400)
    if end - begin < 0.04:
        raise InputError(f"{where}: out {end:g} s is not after in {begin:g} s")
    return begin, end


def _number(
    item: Mapping[str, Any], key: str, where: str, default: float | None, low: float, high: float
) -> float:
    value = item.get(key, default)
    if value is None or value == "":
        raise InputError(f"{where}: {key} is missing, expected {low:g} to {high:g}")
    try:
        number = math.nan if isinstance(value, bool) else float(value)
    except (TypeError, ValueError):
        number = math.nan
    if not low <= number <= high:
        raise InputError(f"{where}: {key}: found {value!r}, expected {low:g} to {high:g}")
    return number


def _file(item: Mapping[str, Any], key: str, where: str, folder: Path) -> Path:
    value = item.get(key)
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{where}: {key} is missing, expected a file")
    path = folder / value
    if not path.is_file():
        raise InputError(f"{where}: {key}: no file {value!r} beside the list")
    return path


def _choice(value: Any, allowed: Iterable[str], where: str) -> str:
    if value not in allowed:
        raise InputError(f"{where}: found {value!r}, expected one of: {', '.join(allowed)}")
    return str(value)


def _known(item: Any, keys: set[str], where: str) -> None:
    if not isinstance(item, Mapping):
        raise InputError(f"{where}: found {item!r}, expected a table")
    unknown = sorted(set(item) - keys)
    if unknown:
        raise InputError(f"{where}: unknown key {unknown[0]!r}, expected: {', '.join(sorted(keys))}")


def _tables(data: Mapping[str, Any], key: str, name: str) -> list[tuple[int, Mapping[str, Any]]]:
    items = data.get(key, [])
    if not isinstance(items, list):
        raise InputError(f"{name}: {key}: expected tables written [[{key}]]")
    return list(enumerate(items, 1))
