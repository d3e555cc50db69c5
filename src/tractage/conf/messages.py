"""Interface texts: gather the English ones from the sources, keep the catalogues, compile them, in Python.

`python -m tractage.conf.messages` brings every catalogue up to date: new texts come without a translation (a
test fails until they have one), texts that are no longer used go.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import polib

PACKAGE = Path(__file__).resolve().parent.parent
DEFAULT = PACKAGE / "web" / "locale"
LANGUAGES = ("fr",)
PLURALS = {"fr": "nplurals=2; plural=(n > 1);"}
FUNCTIONS = {
    "_": 1, "gettext": 1, "gettext_lazy": 1, "gettext_noop": 1, "ngettext": 2, "ngettext_lazy": 2,
    "pgettext": -1, "pgettext_lazy": -1,
}  # fmt: skip
LITERAL = r"""[uU]?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(n?p?gettext)\(\s*{LITERAL}(?:\s*,\s*{LITERAL})?", re.DOTALL)


class Text(NamedTuple):
    """A text of the interface: context and plural are None when it has none."""

    context: str | None
    text: str
    plural: str | None


def catalogues() -> dict[Path, Path]:
    """Each folder that keeps its own `locale`, by the folder; the rest of the package goes to web/locale."""
    found = {folder.parent: folder for folder in PACKAGE.rglob("locale") if folder.is_dir()}
    return found | {PACKAGE: DEFAULT}


def gather() -> dict[Path, set[Text]]:
    """Every text of the package, by the `locale` folder that must hold it."""
    folders = catalogues()
    found: dict[Path, set[Text]] = {folder: set() for folder in folders.values()}
    for file in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("web/templates/**/*.*")]):
        owner = next(parent for parent in _place(file).parents if parent in folders)
        found[folders[owner]].update(texts_of(file))
    return found


def _place(file: Path) -> Path:
    """A template belongs to the face that it is named after: templates/desk/people/… to web/desk/people."""
    templates = PACKAGE / "web" / "templates"
    return PACKAGE / "web" / file.relative_to(templates) if file.is_relative_to(templates) else file


def texts_of(file: Path) -> Iterator[Text]:
    """The texts of one Python file or template."""
    source = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        yield from _in_python(ast.parse(source))
    elif "translate" in source:
        from django.utils.translation.template import templatize

        for function, first, second in CALL.findall(templatize(source)):
            yield _text(function, ast.literal_eval(first), ast.literal_eval(second) if second else None)


def _in_python(tree: ast.AST) -> Iterator[Text]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id not in FUNCTIONS or not node.args:
            continue
        words = [
            arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
        ]
        if words:
            yield _text(node.func.id.lstrip("_"), words[0], words[1] if len(words) > 1 else None)


def _text(function: str, first: str, second: str | None) -> Text:
    if function.startswith("pgettext"):
        return Text(first, second or "", None)
    return Text(None, first, second if function.startswith("n") else None)


def update() -> int:
    """Bring every catalogue up to date; returns how many texts lack a translation."""
    missing = 0
    for folder, texts in gather().items():
        for language in LANGUAGES:
            path = folder / language / "LC_MESSAGES" / "django.po"
            kept = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
            catalogue = polib.POFile(wrapwidth=110)
            catalogue.metadata = {
                "Content-Type": "text/plain; charset=UTF-8",
                "Language": language,
                "Plural-Forms": PLURALS[language],
            }
            for text in sorted(texts, key=lambda one: (one.text.casefold(), one.text, one.context or "")):
                entry = kept.get(text) or _entry(text)
                catalogue.append(entry)
                missing += not entry.translated()
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(path))
    return missing


def _key(entry: polib.POEntry) -> Text:
    return Text(entry.msgctxt, entry.msgid, entry.msgid_plural or None)


def _entry(text: Text) -> polib.POEntry:
    plural = {"msgid_plural": text.plural, "msgstr_plural": {0: "", 1: ""}} if text.plural else {}
    return polib.POEntry(msgid=text.text, msgctxt=text.context, **plural)


def compile_catalogues(target: Path) -> None:
    """Merge each language's catalogues into `target`/<language>/LC_MESSAGES/django.mo, if one is newer."""
    for language in LANGUAGES:
        sources = sorted(
            path
            for folder in catalogues().values()
            for path in folder.glob(f"{language}/LC_MESSAGES/django.po")
        )
        compiled = target / language / "LC_MESSAGES" / "django.mo"
        if not sources or (
            compiled.exists() and compiled.stat().st_mtime >= max(path.stat().st_mtime for path in sources)
        ):
            continue
        merged = polib.pofile(str(sources[0]))
        for path in sources[1:]:
            known = {_key(entry) for entry in merged}
            merged.extend(entry for entry in polib.pofile(str(path)) if _key(entry) not in known)
        from tractage.conf.prepare import write_whole

        write_whole(compiled, merged.to_binary())


if __name__ == "__main__":
    print(f"{update()} texts without a translation")
