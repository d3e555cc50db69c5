"""Checks on the source of a page: nothing remote, no script, known families, glyphs that exist."""

import re

from tractage.domain.studio.cascade import Style, declared_families, stylesheet
from tractage.domain.studio.fonts import BLANK, coverage, font_files
from tractage.domain.studio.kits import Finding
from tractage.domain.studio.markup import Node, Text
from tractage.domain.studio.template import PAGE, Template

_FORBIDDEN = frozenset(
    ("script", "iframe", "object", "embed", "form", "input", "button", "link", "meta", "base", "video")
)
_ADDRESSES = frozenset(("src", "href", "xlink:href", "srcset", "data", "action", "poster", "background"))
_URL = re.compile(r"url\(\s*['\"]?([^'\")]*)|@import\s+['\"]?([^'\";]*)", re.IGNORECASE)
_REMOTE_SOURCE = re.compile(
    r"""(?:src|href)\s*=\s*["']?\s*(?:https?:)?//|@import|url\(\s*['"]?\s*(?:https?:)?//""", re.IGNORECASE
)
_OWN_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?=[;\"' }])")


def check_template_source(template: Template) -> list[Finding]:
    """Return what the template's file itself says: scripts, remote addresses, colours that are not the kit's.

    The file is read, not the composed page alone: a branch that no example takes is drawn one day.
    """
    text = (template.folder / PAGE).read_text("utf-8")
    found: list[Finding] = []
    for number, line in enumerate(text.splitlines(), start=1):
        place = f"{PAGE}: line {number}"
        if re.search(r"<\s*script|\son\w+\s*=|javascript:", line, re.IGNORECASE):
            found.append(Finding(True, "script", place, "a script: a template is drawn, never run"))
        if _REMOTE_SOURCE.search(line):
            found.append(
                Finding(True, "remote", place, "a remote resource: everything comes with the template")
            )
        found += [
            Finding(False, "colour", place, f"{colour} is not the kit's: write {{{{ c.encre }}}} and so on")
            for colour in sorted(set(_OWN_COLOUR.findall(line)))
        ]
    return found + [
        Finding(False, "field", f"fields.{name}", f"declared, but {PAGE} never uses it")
        for name in template.fields
        if name not in _SHARED and "f[" not in text and not re.search(rf"\bf\.{name}\b", text)
    ]


_SHARED = frozenset(("campagne", "mention", "imprime"))  # drawn by the shared foot


def check_page_source(nodes: list[Node], styles: dict[int, Style], where: str) -> list[Finding]:
    """Return the scripts, remote resources, unknown families and missing glyphs of a composed page."""
    found: list[Finding] = []
    for node in nodes:
        found += _check_element(node, where)
    css = stylesheet(nodes)
    found += [Finding(True, "remote", f"<style> url({url[:60]})", _NOT_HERE, where) for url in _outside(css)]
    found += [
        Finding(True, "font", selector, _unknown(family), where)
        for selector, family in declared_families(css)
        if family not in font_files()
    ]
    for node in nodes:
        style = styles.get(id(node))
        if style and not node.foreign:
            found += _check_glyphs(node, style, where)
    return found


_NOT_HERE = "a resource outside the page: use a data: address, a drawn shape, or a field of type picture"


def _unknown(family: str) -> str:
    return f"font family {family!r} is not installed; expected one of: {', '.join(font_files())}"


def _check_element(node: Node, where: str) -> list[Finding]:
    found: list[Finding] = []
    if node.tag in _FORBIDDEN and not (node.tag == "meta" and "charset" in node.element.attrib):
        rule = "script" if node.tag == "script" else "remote"
        found.append(Finding(True, rule, node.label(), f"<{node.tag}> has no place in a picture", where))
    for name, value in node.element.items():
        if name.startswith("on") or "javascript:" in value.lower():
            found.append(
                Finding(True, "script", node.label(), f"attribute {name}: a template is never run", where)
            )
        address = value.strip()
        if name in _ADDRESSES and address and not address.startswith(("data:image/", "#")):
            found.append(
                Finding(True, "remote", node.label(), f"{name}={address[:60]!r}: {_NOT_HERE}", where)
            )
        if name == "style":
            found += [
                Finding(True, "remote", node.label(), f"url({url[:60]}): {_NOT_HERE}", where)
                for url in _outside(value)
            ]
            family = re.search(r"font-family\s*:\s*([^;]+)", value)
            if family and (name := family[1].split(",")[0].strip().strip("\"'")) not in font_files():
                found.append(Finding(True, "font", node.label(), _unknown(name), where))
    return found


def _outside(css: str) -> list[str]:
    urls = [first or second for first, second in _URL.findall(css)]
    return [url for url in urls if url and not url.startswith(("data:image/", "#"))]


def _check_glyphs(node: Node, style: Style, where: str) -> list[Finding]:
    words = "".join(item.text for item in node.content if isinstance(item, Text))
    if not words.strip():
        return []
    if style.family not in font_files():
        said = _unknown(style.family) if style.family else "no font family: the engine would choose one"
        return [Finding(True, "font", node.label(), said, where)]
    drawn = words.upper() if style.upper else words
    missing = sorted({sign for sign in drawn if ord(sign) not in coverage(style.family) | BLANK})
    if not missing:
        return []
    names = ", ".join(f"{sign!r} (U+{ord(sign):04X})" for sign in missing[:5])
    return [Finding(True, "glyph", node.label(), f"{style.family} has no {names}", where)]
