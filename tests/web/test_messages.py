"""Interface texts: each English one has its French, well typeset."""

import re
from pathlib import Path

import polib
import pytest

from tractage.conf.messages import Text, catalogues, compile_catalogues, gather, texts_of

PLACEHOLDER = re.compile(r"%\(\w+\)s")
BEFORE_SIGN = re.compile(r"[\w)»][ \u00a0]?[;!?](?=\s|$)|[\w)»] ?:(?=\s|$)|«[^\u202f]|[^\u202f]»|\w'\w")


def _entries() -> list[polib.POEntry]:
    folders = sorted(set(catalogues().values()))
    return [entry for folder in folders for entry in polib.pofile(str(folder / "fr/LC_MESSAGES/django.po"))]


def test_every_text_of_the_sources_is_in_its_catalogue() -> None:
    for folder, texts in gather().items():
        known = {Text(e.msgctxt, e.msgid, e.msgid_plural or None) for e in polib.pofile(
            str(folder / "fr/LC_MESSAGES/django.po"))}  # fmt: skip
        missing = sorted(text.text for text in texts - known)
        assert not missing, f"{folder}: run python -m tractage.conf.messages, then translate: {missing}"


def test_no_entry_is_empty_or_fuzzy() -> None:
    assert not [entry.msgid for entry in _entries() if not entry.translated() or entry.fuzzy]


def test_translations_keep_the_placeholders() -> None:
    for entry in _entries():
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            wanted = set(PLACEHOLDER.findall(entry.msgid + entry.msgid_plural))
            assert set(PLACEHOLDER.findall(text)) <= wanted, entry.msgid
            if not entry.msgid_plural:
                assert set(PLACEHOLDER.findall(text)) == wanted, entry.msgid


def test_french_is_typeset() -> None:
    for entry in _entries():
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            plain = re.sub(r"<[^>]+>|%\(\w+\)s|https?://\S+", "", text)
            assert not BEFORE_SIGN.search(plain), f"{entry.msgid!r}: {text!r}"


@pytest.mark.parametrize(
    ("name", "source", "expected"),
    [
        ("a.py", 'x = _("One")\ny = gettext_lazy("Two")', {Text(None, "One", None), Text(None, "Two", None)}),
        ("a.py", 'ngettext("a seat", "%(n)s seats", n)', {Text(None, "a seat", "%(n)s seats")}),
        ("a.html", "{% translate 'Three' %} {# translate #}", {Text(None, "Three", None)}),
        (
            "a.html",
            "{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
            {Text(None, "%(n)s day", "%(n)s days")},
        ),
    ],
)
def test_texts_are_found(tmp_path: Path, name: str, source: str, expected: set[Text]) -> None:
    file = tmp_path / name
    file.write_text(source)
    assert set(texts_of(file)) == expected


def test_compiling_twice_writes_once(tmp_path: Path) -> None:
    compile_catalogues(tmp_path)
    compiled = tmp_path / "fr/LC_MESSAGES/django.mo"
    before = compiled.stat().st_mtime_ns
    compile_catalogues(tmp_path)
    assert compiled.stat().st_mtime_ns == before


def test_rooms_agree_on_the_french_of_a_text() -> None:
    """The catalogues become one: of two translations of a text, one would silently win everywhere."""
    from tractage.conf.messages import catalogues

    said: dict[tuple[str | None, str], set[tuple[str, ...]]] = {}
    for folder in catalogues().values():
        for entry in polib.pofile(str(folder / "fr/LC_MESSAGES/django.po")):
            words = tuple(entry.msgstr_plural.values()) or (entry.msgstr,)
            said.setdefault((entry.msgctxt, entry.msgid), set()).add(words)
    assert [text for text, french in said.items() if len(french) > 1] == []
