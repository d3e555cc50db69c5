"""What a file is, by its bytes, against what its name says."""

import pytest
from benchmarks.media_fuzz import samples

from tractage.adapters.media import KINDS, MESSAGES, MediaError, Reason
from tractage.adapters.media.kinds import check_suffix, recognise

FILES = samples()


@pytest.mark.parametrize("name", FILES)
def test_each_kind_is_recognised_by_its_bytes(name: str) -> None:
    kind = recognise(FILES[name][:4096])
    check_suffix(kind, name)
    assert "." + name.rsplit(".", maxsplit=1)[1] in kind.suffixes


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"PK\x03\x04rest", "a ZIP"),
        (b"%PDF-1.7", "a PDF"),
        (b"MZ\x90\0", "a program"),
        (b"\x7fELF", "a program"),
        (b"#!/bin/sh", "a script"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "an SVG drawing"),
        (b"<?xml version='1.0'?>\n<svg/>", "an SVG drawing"),
        (b"  <!DOCTYPE html><html>", "a web page"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "a HEIC or AVIF picture"),
        (b"RIFF\0\0\0\0AVI LIST", "an AVI video"),
        (b"II*\0", "a TIFF picture"),
    ],
)
def test_what_is_refused_is_named(data: bytes, words: str) -> None:
    with pytest.raises(MediaError) as refusal:
        recognise(data)
    assert refusal.value.reason is Reason.UNSUPPORTED
    assert refusal.value.values["found"] == words


def test_a_lie_in_the_name_is_told_in_words() -> None:
    with pytest.raises(MediaError, match=r"its name says a JPEG picture, but it is a PNG picture") as refusal:
        check_suffix(KINDS["png"], "photo.jpeg")
    assert refusal.value.reason is Reason.MISLABELLED
    assert refusal.value.exit_code == 2


def test_a_refusal_speaks_the_language_of_the_site() -> None:
    french = {
        MESSAGES[Reason.MISLABELLED]: "%(name)s : %(claimed)s, %(found)s.",
        "a PNG picture": "une image PNG",
        "a ZIP": "un ZIP",
    }
    refusal = MediaError(Reason.MISLABELLED, name="a.png", claimed="a PNG picture", found="a ZIP")
    assert refusal.in_words(lambda text: french[text]) == "a.png : une image PNG, un ZIP."
