"""The named fields of a template: their types, lengths, and what a row's text becomes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tractage.domain.errors import InputError
from tractage.domain.studio.fonts import drawable
from tractage.domain.studio.kits import OTHERS, PAPERS, Kit

TYPES = ("text", "lines", "number", "percent", "list", "pairs", "choice", "colour", "picture")
_KIT_WORDS = ("name", "imprint", "logo")


@dataclass(frozen=True)
class Field:
    """One field: `lines` and `list` are cut at `|`, `pairs` are `name = value | name = value`."""

    name: str
    type: str
    length: int
    example: str
    label: str
    default: str | None = None
    from_kit: str = ""
    choices: tuple[str, ...] = ()
    items: int = 0
    value_length: int = 0

    @property
    def required(self) -> bool:
        """Whether a row must fill it."""
        return self.default is None and not self.from_kit


def parse_field(name: str, data: Mapping[str, Any], where: str) -> Field:
    """Return the field declared by `[fields.name]`. Raises InputError that names the key."""
    kind = str(data.get("type", "text"))
    if kind not in TYPES:
        raise InputError(f"{where}: fields.{name}.type: {kind!r}; expected one of: {', '.join(TYPES)}")
    for key in ("length", "example"):
        if key not in data:
            raise InputError(
                f"{where}: fields.{name}.{key}: missing; every field has a length and an example"
            )
    if str(data.get("from_kit", "name")) not in _KIT_WORDS:
        raise InputError(f"{where}: fields.{name}.from_kit: expected one of: {', '.join(_KIT_WORDS)}")
    return Field(
        name=name,
        type=kind,
        length=int(data["length"]),
        example=str(data["example"]),
        label=str(data.get("label", name)),
        default=str(data["default"]) if "default" in data else None,
        from_kit=str(data.get("from_kit", "")),
        choices=tuple(data.get("choices", ())),
        items=int(data.get("items", 0)),
        value_length=int(data.get("value_length", 0)),
    )


def read_field(field: Field, row: Mapping[str, str], kit: Kit, where: str) -> Any:
    """Return what the template receives for `field`: a text, a list of texts, or pairs of texts.

    Raises InputError that names the row and the field: unfilled, too long, or not of its type.
    """
    text = str(row.get(field.name) or "").strip()
    if not text and field.from_kit:
        text = str(getattr(kit, field.from_kit))
    if not text and field.default is not None:
        text = field.default
    elif not text and not field.from_kit:
        raise InputError(f"{where}: field {field.name!r} is not filled; expected {_expected(field)}")
    if len(text) > field.length:
        raise InputError(
            f"{where}: field {field.name!r} has {len(text)} signs, "
            f"expected at most {field.length}: {text[:60]!r}"
        )
    if field.type != "picture":
        _check_signs(field, text, where)
    return _typed(field, text, where)


def _check_signs(field: Field, text: str, where: str) -> None:
    """Refuse what no font can draw: the engine would leave it out without a word."""
    lost = sorted({sign for sign in text if ord(sign) not in drawable()})
    if lost:
        names = ", ".join(f"{sign!r} (U+{ord(sign):04X})" for sign in lost[:5])
        raise InputError(f"{where}: field {field.name!r} has signs that no installed font can draw: {names}")


def _expected(field: Field) -> str:
    return f"{field.type} of at most {field.length} signs, such as {field.example!r}"


_NUMBER = re.compile(r"-?\d{1,9}")
_PERCENT = re.compile(r"\d{1,3}(,\d{1,2})?%")
_BLANKS = re.compile(r"[ \u00a0\u202f]")


def _typed(field: Field, text: str, where: str) -> Any:
    if field.type in ("list", "pairs"):
        return _parts(field, text, where)
    among = {"choice": field.choices, "colour": PAPERS + OTHERS}.get(field.type)
    if among and text and text not in among:
        raise InputError(f"{where}: field {field.name!r}: {text!r}; expected one of: {', '.join(among)}")
    shape = {"number": _NUMBER, "percent": _PERCENT}.get(field.type)
    if shape and text and not shape.fullmatch(_BLANKS.sub("", text)):
        raise _wrong(field, text, where)
    return text


def _wrong(field: Field, text: str, where: str) -> InputError:
    return InputError(f"{where}: field {field.name!r}: found {text[:60]!r}, expected {_expected(field)}")


def _parts(field: Field, text: str, where: str) -> list[Any]:
    parts = [part.strip() for part in text.split("|") if part.strip()]
    if field.items and len(parts) > field.items:
        raise InputError(
            f"{where}: field {field.name!r} has {len(parts)} items, expected at most {field.items}"
        )
    if field.type == "list":
        return parts
    pairs = [tuple(side.strip() for side in part.split("=", 1)) for part in parts]
    if any(len(pair) != 2 or not all(pair) for pair in pairs):
        raise _wrong(field, text, where)
    long = next((value for _, value in pairs if 0 < field.value_length < len(value)), "")
    if long:
        raise InputError(
            f"{where}: field {field.name!r}: value {long[:40]!r} has {len(long)} signs, "
            f"expected at most {field.value_length}"
        )
    return pairs
