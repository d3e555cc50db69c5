"""Walk the whole site: every address that the resolver knows, every form of a page, filled in plausibly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.conftest import small_png
from tests.web.matrix import MATRIX, WORKS

ADMIN = "admin"
SKIPPED = ("logout",)
"""Addresses after which the person is no longer there to go on."""


def fixtures_of_the_matrix() -> dict[str, Any]:
    """`objects` of test_matrix.py and what it asks for, for a module that walks the same table."""
    from tests.web import test_matrix

    return {name: one for name, one in vars(test_matrix).items() if not name.startswith(("test_", "__"))}


def patterns(resolver: URLResolver | None = None) -> Iterator[URLPattern]:
    """Every address of the project but the operator's admin."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLPattern):
            yield one
        elif one.namespace != ADMIN:
            yield from patterns(one)


def addresses(objects: Mapping[str, Any], work: Any) -> dict[str, str]:
    """One address a view, by name. objects: those of test_matrix.py; work: what the works' desk shows.

    Fails on a view that is in no table of matrix.py: it would not be walked.
    """
    edition = work.editions.filter(preview=False).first()
    parts = {"pk": work.pk, "edition": edition.pk if edition else 0}
    found: dict[str, str] = {}
    for one in patterns():
        name = one.name or str(one.pattern)
        if name in MATRIX:
            found[name] = reverse(name, args=[objects[part] for part in MATRIX[name].args])
        elif name in WORKS:
            found[name] = reverse(name, kwargs={key: parts[key] for key in one.pattern.converters})
        else:
            raise AssertionError(f"{name} is in no table of tests/web/matrix.py: it is not walked")
    return found


@dataclass
class Form:
    """A form of a page: where it goes, what it would send, and its buttons (name, value)."""

    action: str
    method: str
    data: dict[str, Any] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects the forms of a page; an empty field gets something plausible."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, [Form("", "outside")]
        self.select = ""
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {key: value or "" for key, value in attrs}
        form, name = self.forms[-1], got.get("name", "")
        if tag == "form":
            self.forms.append(Form(got.get("action") or self.address, got.get("method", "get").lower()))
        elif tag == "button" and got.get("type", "submit") == "submit":
            form.buttons.append((name, got.get("value", "")))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and got.get("value"):
            if "selected" in got or self.select not in form.data:
                form.data[self.select] = got["value"]
        elif tag == "textarea" and name:
            self.area = name
            form.data[name] = ""
        elif tag == "input" and name:
            self._input(form, name, got)

    def _input(self, form: Form, name: str, got: dict[str, str]) -> None:
        kind = got.get("type", "text")
        if kind in ("radio", "checkbox"):
            if "checked" in got or name not in form.data:
                form.data[name] = got.get("value", "on")
        elif kind == "file":
            form.data[name] = SimpleUploadedFile("affiche.png", small_png(7))
        elif kind == "submit":
            form.buttons.append((name, got.get("value", "")))
        else:
            plausible = {"number": "5", "url": "https://example.org/a", "date": "2027-04-20", "time": "10:00",
                         "datetime-local": "2027-04-20T10:00"}  # fmt: skip
            form.data[name] = got.get("value") or plausible.get(kind, "Un texte d’essai")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.forms[-1].data[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            written = str(self.forms[-1].data[self.area]).strip()
            self.forms[-1].data[self.area] = written or "Une phrase d’essai assez longue."
            self.area = ""
        elif tag == "select":
            self.select = ""
        elif tag == "form":
            self.forms.append(Form("", "outside"))


def forms(address: str, page: str) -> list[Form]:
    """The forms of a page that send something."""
    reader = _Reader(address)
    reader.feed(page)
    return [form for form in reader.forms if form.method == "post"]
