"""Read a page's HTML into a tree, and mark it so that every text can be measured."""

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "wbr"))
INLINE = frozenset(["a", "b", "br", "em", "i", "s", "small", "span", "strong", "sub", "sup", "u"])
_FOREIGN = frozenset(("svg", "style", "script", "head", "title"))


@dataclass
class Node:
    """An element: its tree node, its parent, where its tags lie in the source, and its children in order."""

    element: ET.Element
    parent: "Node | None"
    start: tuple[int, int]
    end: tuple[int, int] = (0, 0)
    content: list["Node | Text"] = field(default_factory=list)

    @property
    def tag(self) -> str:
        """The tag's name, in small letters."""
        return str(self.element.tag)

    @property
    def foreign(self) -> bool:
        """Whether the element's inside is not a flow of text."""
        return self.tag in _FOREIGN

    def label(self) -> str:
        """The element as a message names it: `div#nom-t.brico`."""
        name = self.element.get("id", "")
        classes = ".".join(self.element.get("class", "").split()[:2])
        return (
            self.tag
            + (f"#{name}" if name and not name.startswith(AUTO) else "")
            + (f".{classes}" if classes else "")
        )

    def ancestors(self) -> list["Node"]:
        """Return the element, its parent and so on, up to the root."""
        chain: list[Node] = []
        node: Node | None = self
        while node:
            chain.append(node)
            node = node.parent
        return chain


@dataclass
class Text:
    """A piece of text and where it lies in the source."""

    text: str
    start: int
    end: int


@dataclass
class Run:
    """A flow of text inside one block: the block, the id of the box that measures it, and its words."""

    block: Node
    box: str
    words: str
    first: int
    last: int


AUTO = "studio-"


class _Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.root: Node | None = None
        self.nodes: list[Node] = []
        self._open: list[Node] = []
        self._lines = [0]
        for line in html.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))
        self.feed(html)
        self.close()

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(tag, attrs, closed=tag in VOID)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._begin(tag, attrs, closed=True)

    def _begin(self, tag: str, attrs: list[tuple[str, str | None]], closed: bool) -> None:
        at = self._offset()
        after = at + len(self.get_starttag_text() or "")
        element = ET.Element(tag, {name: value or "" for name, value in attrs})
        parent = self._open[-1] if self._open else None
        node = Node(element, parent, (at, after), (after, after))
        if parent:
            parent.element.append(element)
            parent.content.append(node)
        self.root = self.root or node
        self.nodes.append(node)
        if not closed:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        at = self._offset()
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].tag == tag:
                for node in self._open[depth:]:
                    node.end = (at, at)
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._text(data, len(data))

    def handle_entityref(self, name: str) -> None:
        from html import unescape

        self._text(unescape(f"&{name};"), len(name) + 2)

    def handle_charref(self, name: str) -> None:
        from html import unescape

        self._text(unescape(f"&#{name};"), len(name) + 3)

    def _text(self, text: str, length: int) -> None:
        if self._open:
            at = self._offset()
            self._open[-1].content.append(Text(text, at, at + length))


def read_page(html: str) -> list[Node]:
    """Return the elements of a page in the order of the source."""
    return _Reader(html).nodes


def mark_page(html: str, nodes: list[Node], inline: "set[int]") -> tuple[str, list[Run]]:
    """Return the page with an id on every element and a box around every flow of text, and these flows.

    `inline` holds the ids (`id(node)`) of the elements that flow with the text around them. The boxes
    change nothing to the picture: an inline block that holds the whole flow of its parent is laid out as
    the flow was.
    """
    inserts: list[tuple[int, int, str]] = []
    runs: list[Run] = []
    for number, node in enumerate(nodes):
        if not node.element.get("id") and not _inside_foreign(node):
            node.element.set("id", f"{AUTO}{number}")
            inserts.append((node.start[0] + 1 + len(node.tag), 1, f' id="{AUTO}{number}"'))
    for node in nodes:
        if node.foreign or _inside_foreign(node) or id(node) in inline:
            continue
        for first, last, words in _flows(node, inline):
            box = f"{AUTO}t{len(runs)}"
            runs.append(Run(node, box, words, first, last))
            inserts.append((first, 2, f'<span id="{box}" style="display:inline-block">'))
            inserts.append((last, 0, "</span>"))
    marked, cursor = [], 0
    for at, _, text in sorted(inserts, key=lambda item: (item[0], item[1])):
        marked += [html[cursor:at], text]
        cursor = at
    return "".join([*marked, html[cursor:]]), runs


def _inside_foreign(node: Node) -> bool:
    return any(one.foreign for one in node.ancestors()[1:])


def _flows(node: Node, inline: "set[int]") -> list[tuple[int, int, str]]:
    """Return the start, the end and the words of each unbroken flow of text of a block."""
    flows: list[tuple[int, int, str]] = []
    first, last, words = -1, -1, ""
    for item in [*node.content, None]:
        flowing = isinstance(item, Text) or (isinstance(item, Node) and id(item) in inline)
        if flowing and item is not None:
            span = (item.start, item.end) if isinstance(item, Text) else (item.start[0], _after(item))
            first = span[0] if first < 0 else first
            last, words = span[1], words + text_of(item)
        elif first >= 0:
            if words.strip():
                flows.append((first, last, words))
            first, last, words = -1, -1, ""
    return flows


def _after(node: Node) -> int:
    closing = 0 if node.tag in VOID else len(node.tag) + 3
    return node.end[0] + closing


def text_of(item: "Node | Text") -> str:
    """Return all the text inside an element or a text."""
    if isinstance(item, Text):
        return item.text
    return "".join(text_of(child) for child in item.content)
