"""The few computed values that the checks need: family, size, transform, case, visibility, kind of box."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cssselect2  # type: ignore[import-untyped]
import tinycss2  # type: ignore[import-untyped]

from tractage.domain.studio.markup import INLINE, Node

KEPT = (
    "font-family",
    "font-size",
    "text-transform",
    "display",
    "position",
    "transform",
    "overflow",
    "clip-path",
)
_INHERITED = ("font-family", "text-transform")
_NUMBER = re.compile(r"(-?[\d.]+)(px|rem|em|%)?$")
Declarations = tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class Style:
    """Computed values of one element; `size` in pixels, `turn` in degrees, this element's own transform."""

    family: str
    size: float
    upper: bool
    display: str
    absolute: bool
    turn: float
    hidden: bool
    clips: bool


@lru_cache(maxsize=64)
def _rules(css: str) -> tuple[tuple[str, Declarations], ...]:
    return tuple(
        (tinycss2.serialize(rule.prelude).strip(), _declared(tinycss2.serialize(rule.content)))
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        if rule.type == "qualified-rule"
    )


@lru_cache(maxsize=4096)
def _declared(css: str) -> Declarations:
    found = tinycss2.parse_declaration_list(css, skip_comments=True, skip_whitespace=True)
    return tuple(
        (one.lower_name, tinycss2.serialize(one.value).strip(), one.important)
        for one in found
        if one.type == "declaration"
    )


def stylesheet(nodes: list[Node]) -> str:
    """Return the text of every `<style>` of a page."""
    return "\n".join(
        "".join(getattr(item, "text", "") for item in node.content) for node in nodes if node.tag == "style"
    )


def declared_families(css: str) -> list[tuple[str, str]]:
    """Return every (selector, first family) that a style sheet declares."""
    return [
        (selector, first_family(value))
        for selector, declarations in _rules(css)
        for name, value, _ in declarations
        if name == "font-family"
    ]


def first_family(value: str) -> str:
    """Return the first name of a CSS list of families, without quotes."""
    return value.split(",", maxsplit=1)[0].strip().strip("\"'")


def computed(nodes: list[Node], unit: float) -> dict[int, Style]:
    """Return the style of every element, by `id(node)`; `unit` is the root's font size in pixels.

    Rules within at-rules (`@media`, `@keyframes`) are left out.
    """
    matcher = cssselect2.Matcher()
    for selector, declarations in _rules(stylesheet(nodes)):
        wanted = tuple(item for item in declarations if item[0] in KEPT)
        if wanted:
            for compiled in cssselect2.compile_selector_list(selector):
                if compiled.pseudo_element is None:
                    matcher.add_selector(compiled, wanted)
    wrappers = {}
    for wrapper in cssselect2.ElementWrapper.from_html_root(nodes[0].element).iter_subtree():
        wrappers[id(wrapper.etree_element)] = wrapper
    styles: dict[int, Style] = {}
    values: dict[int, dict[str, str]] = {}
    for node in nodes:
        if node.parent and (node.parent.tag == "svg" or id(node.parent) not in styles):
            continue
        own = _own(matcher.match(wrappers[id(node.element)]), node)
        above = values.get(id(node.parent), {}) if node.parent else {}
        merged = {name: above[name] for name in _INHERITED if name in above} | own
        values[id(node)] = merged
        parent = styles.get(id(node.parent)) if node.parent else None
        styles[id(node)] = _style(node, merged, parent, unit)
    return styles


def _own(matches: list[Any], node: Node) -> dict[str, str]:
    layers: list[tuple[tuple[bool, Any, int], str, str]] = []
    for specificity, order, _, declarations in matches:
        layers += [((important, specificity, order), name, value) for name, value, important in declarations]
    inline = _declared(node.element.get("style", ""))
    layers += [((important, (9, 9, 9), 10**6), name, value) for name, value, important in inline]
    return {name: value for _, name, value in sorted(layers, key=lambda layer: layer[0]) if name in KEPT}


def _style(node: Node, values: dict[str, str], parent: Style | None, unit: float) -> Style:
    above = parent.size if parent else unit
    default = "inline" if node.tag in INLINE else "block"
    hidden = node.element.get("aria-hidden") == "true" or (parent.hidden if parent else False)
    return Style(
        family=first_family(values.get("font-family", "")),
        size=_size(values.get("font-size", ""), above, unit) if node.tag != "html" else unit,
        upper="uppercase" in values.get("text-transform", ""),
        display=values.get("display", default),
        absolute=values.get("position") in ("absolute", "fixed"),
        turn=_turn(values.get("transform", "")),
        hidden=hidden,
        clips=values.get("overflow") == "hidden",
    )


def _size(value: str, above: float, unit: float) -> float:
    found = _NUMBER.match(value)
    if not found:
        return above
    number = float(found[1])
    return {"px": 1.0, "rem": unit, "em": above, "%": above / 100, None: 1.0}[found[2]] * number


def _turn(value: str) -> float:
    found = re.search(r"rotate\((-?[\d.]+)deg", value)
    return float(found[1]) if found else 0.0
